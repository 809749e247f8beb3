"""Write what the reference takes from the program itself: commands, settings, shapes, registry, dependencies.

`python docs/generate.py` writes the files; `tests/docs/test_generated.py` fails where they are older than the program.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import click

from communique import cli, code, registry
from communique.web.workspace import SETTINGS, Setting

DOCS = Path(__file__).parent
WIDTH = 88  # columns of the printed help
GENERAL = "general knowledge"  # the source of an actor for whom nothing was read
_NOTE = "% Written by docs/generate.py; change the program or that script, not this page.\n"


def commands() -> str:
    """Yield the page of all commands: each one's help, as the program prints it."""
    lines = [
        _NOTE, "# Commands", "",
        ("One program, `communique`; also `python -m communique`. Results go to stdout, talk and progress to stderr. "
        "Exit status: 0 all well, 1 at least one trouble, 2 wrong use. What follows is what `--help` prints."), "",
    ]  # fmt: skip
    for depth, name, text in _helps(cli.program, None, "communique"):
        lines += [f"{'#' * (depth + 2)} {name}", "", "```text", text, "```", ""]
    return "\n".join(lines)


def _helps(command: click.Command, parent: click.Context | None, name: str) -> Iterator[tuple[int, str, str]]:
    context = click.Context(command, parent, info_name=name, terminal_width=WIDTH, help_option_names=["-h", "--help"])
    depth = len(context.command_path.split()) - 1
    yield min(depth, 2), context.command_path, command.get_help(context).strip()
    if isinstance(command, click.Group):
        for found in command.list_commands(context):
            if (below := command.get_command(context, found)) is not None:
                yield from _helps(below, context, found)


def settings() -> str:
    """Yield the page of all settings."""
    lines = [
        _NOTE, "# Settings", "",
        ("They stand in `communique.toml` of the workspace; all are optional. The environment goes before the file, "
        "and `--set section.key=value` on the command line before both. A setting that does not exist or has a wrong "
        "type ends the command with a sentence that says so."), "",
    ]  # fmt: skip
    section = ""
    for setting in SETTINGS.values():
        if (head := setting.name.split(".")[0]) != section:
            lines += [
                "",
                f"## {head}",
                "",
                "| setting | default | meaning | environment |",
                "| --- | --- | --- | --- |",
            ]
            section = head
        lines.append(f"| `{setting.name}` | `{_default(setting)}` | {setting.meaning} | `{setting.variable}` |")
    return "\n".join(lines) + "\n"


def _default(setting: Setting) -> str:
    if isinstance(setting.default, bool):
        return "true" if setting.default else "false"
    return str(setting.default) if isinstance(setting.default, int) else f'"{setting.default}"'


def shapes() -> str:
    """Yield the page of all JSON shapes, from the schemas that the package carries."""
    lines = [
        _NOTE, "# Shapes", "",
        ("What goes in and comes out as JSON. `communique schema NAME` prints the whole JSON Schema (2020-12). Fields "
        "may be added; none disappears or changes its meaning. Each shape below lists its first level; a field in "
        "bold is always there."), "",
    ]  # fmt: skip
    for path in _schemas():
        lines += _shape(path.name.removesuffix(".json"), json.loads(path.read_text("utf-8")))
    return "\n".join(lines).rstrip() + "\n"


def _schemas() -> list[Any]:
    folder = resources.files("communique").joinpath("schemas")
    return sorted((path for path in folder.iterdir() if path.name.endswith(".json")), key=lambda path: path.name)


def _shape(name: str, schema: dict[str, Any]) -> list[str]:
    whole = _first(schema)
    lines = [f"## {name}", "", f"{schema['title']}.", ""]
    if fields := whole.get("properties"):
        always = whole.get("required", [])
        lines += ["| field | what it is |", "| --- | --- |"]
        lines += [
            f"| {f'**`{one}`**' if one in always else f'`{one}`'} | {_told(told)} |" for one, told in fields.items()
        ]
        lines.append("")
    return lines


def _first(schema: dict[str, Any]) -> dict[str, Any]:
    """Yield what a line is when all goes well: of an output's alternatives the first; the other is its trouble."""
    found = schema.get("oneOf", [schema])[0]
    return _resolved(schema, found["$ref"]) if "$ref" in found else dict(found)


def _resolved(schema: dict[str, Any], reference: str) -> dict[str, Any]:
    found: Any = schema
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part, {})
    return dict(found)


def _told(field: Any) -> str:
    told = field.get("description", "") if isinstance(field, dict) else ""
    return " ".join(told.split()).replace("|", "\\|") or "see the schema"


def organisations() -> str:
    """Yield the page of the shipped registry: how many of each kind, and how many of them a source was read for."""
    known = registry.load().actors()
    read = Counter(actor.kind for actor in known if actor.source != GENERAL)
    unread = Counter(actor.kind for actor in known if actor.source == GENERAL)
    lines = [
        _NOTE, "# Organisations", "",
        (f"{len(known):,} are shipped. For {read.total():,} a named collection was read: the column `source` of each "
        "line says which, and `src/communique/registry/data/README.md` says under what licence. "
        f"{unread.total():,} are general knowledge: nothing was read for them, so they carry no date and no address. "
        "The two are counted apart."), "",
        ("A newsroom [adds, corrects, renames and merges](../how-to/organisations.md) its own; they go before the "
        "shipped ones."), "",
        "| kind | with a source | general knowledge |", "| --- | --- | --- |",
    ]  # fmt: skip
    kinds = [kind for kind in registry.KINDS if read[kind] or unread[kind]]
    lines += [f"| {kind} | {read[kind]:,} | {unread[kind]:,} |" for kind in kinds]
    return "\n".join(lines) + "\n"


def events() -> str:
    """Yield the codebook: what each type means, what it is in PLOVER and CAMEO, and what slots and modality say."""
    lines = [
        _NOTE, "# Events", "",
        "An event says who did what to whom, as a text tells it. [Shapes](shapes.md) has every field.", "",
        "## Types", "", "| type | means | PLOVER | CAMEO root |", "| --- | --- | --- | --- |",
        *(f"| {name} | {kind.means} | {kind.plover} | {kind.cameo or ''} |" for name, kind in code.TYPES.items()), "",
        ("PLOVER (Open Event Data Alliance, 2021) is the type unless the words say otherwise: a text may threaten "
        "while it warns. A CAMEO root (Schrodt, codebook 1.1b3, 2012) is given where a type lies within one. "
        "About a third of what a press wire tells has no PLOVER type; that is why these come first and PLOVER is a "
        "mapping. Of an act that is only announced, PLOVER counts a gift or a concession as AGREE, and force or "
        "sanctions as THREATEN; `type` stays what it is."), "",
        "## Slots", "",
        ("`source` acts. `target` is acted upon. `about` is what it is about. `host`, `addressee` and `beneficiary` "
        "are what they say. `attributed_to` only tells of it and is never the source of what it tells. An empty slot "
        "means that the text does not say it, or that it could not be decided; nothing is filled by guessing."), "",
        "## Modality", "",
        ("`asserted`, `negated` (did not), `planned` (will), `conditional` (if), `possible` (may, is said to), "
        "`denied` (denied that it did). Only what is asserted was done, according to the text."), "",
        "## Level", "",
        "`main` is what the sentence tells; `background` is what it mentions on the way.", "",
        "## Languages", "",
        (f"Acts are read in {', '.join(code.LANGUAGES)}. In other languages a text has mentions, places, "
        "dates, and no events, and its `notes` say so."),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def dependencies() -> str:
    """Yield the table of dependencies: name, licence as its package says, size of its files, and why it is here."""
    reasons = tomllib.loads((DOCS / "dependencies.toml").read_text("utf-8"))
    lines = [_NOTE, "# Dependencies", "", reasons["lead"].strip(), ""]
    for part in ("run", "parquet", "test"):
        lines += [
            f"## {reasons['headings'][part]}",
            "",
            "| package | licence | MiB | why |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| {name} | {_licence(name)} | {_mib(name)} | {why} |" for name, why in sorted(reasons[part].items())
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _licence(name: str) -> str:
    found = metadata.metadata(name)
    if expression := found.get("License-Expression"):
        return expression
    marks = [mark.split(" :: ")[-1] for mark in found.get_all("Classifier") or [] if mark.startswith("License ::")]
    stated = (found.get("License") or "").strip().splitlines()
    marks = [mark for mark in marks if mark != "OSI Approved"]
    return ", ".join(marks) or (stated[0] if stated and len(stated[0]) < 60 else "see its package")


def _mib(name: str) -> str:
    files = [*(metadata.files(name) or []), *((metadata.files("psycopg-binary") or []) if name == "psycopg" else [])]
    size = sum(Path(str(file.locate())).stat().st_size for file in files if Path(str(file.locate())).is_file()
               and file.suffix not in (".pyc",))  # fmt: skip
    return f"{size / 1024**2:.1f}"


PAGES = {
    "reference/commands.md": commands,
    "reference/settings.md": settings,
    "reference/shapes.md": shapes,
    "reference/events.md": events,
    "reference/organisations.md": organisations,
    "dependencies.md": dependencies,
}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"{DOCS / name}\n")


if __name__ == "__main__":
    main()
