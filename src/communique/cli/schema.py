"""`communique schema`: the JSON Schema of a shape."""

from __future__ import annotations

from importlib.resources import files

import click

_FOLDER = files("communique").joinpath("schemas")


def names() -> tuple[str, ...]:
    """Yield the names of the shapes that have a schema."""
    return tuple(
        sorted(entry.name.removesuffix(".json") for entry in _FOLDER.iterdir() if entry.name.endswith(".json"))
    )


@click.command(name="schema", epilog="Example: communique schema check")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema (2020-12) of a shape; without NAME, the names of all.

    A shape named like a room is one line of its output; NAME-input is one line of its input.
    """
    known = names()
    if name is None:
        click.echo("\n".join(known))
        return
    if name not in known:
        raise click.BadParameter(f"there is no shape {name!r}; there are {', '.join(known)}", param_hint="NAME")
    click.echo(_FOLDER.joinpath(f"{name}.json").read_text(encoding="utf-8"), nl=False)
