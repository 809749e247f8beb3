"""`communique demo`: a complete newsroom on a built-in fictional world."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import click

from communique.cli._ending import interruptible, leave
from communique.cli._log import to_stderr
from communique.cli._memory import stay_small
from communique.cli._workspace import json_option, say, sentences
from communique.kit import forking

# What flow.reading.MOTHER says; flow itself takes half a second to import, which the mother need not wait for.
MOTHER = "communique.flow.reading_process"


@click.command(name="demo", epilog="Example: communique demo --check")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the newsroom; 0 takes a free one.")
@click.option(
    "--check", is_flag=True, help="Run it all without staying, compare with the world's answer key, print counts."
)
@json_option
def command(*, port: int, check: bool, as_json: bool) -> None:
    """Make a newsroom on a built-in fictional world, run everything on it, then serve desk and wire.

    Prints one line with the address and a link that signs in once. Everything lies in a temporary folder and is removed
    at the end. With --check prints one JSON object; exit status 0 only if every room did its work.
    """
    interruptible()
    stay_small()
    to_stderr()
    with sentences(), _temporary() as folder, suppress(KeyboardInterrupt):
        _run(
            Path(folder), port=port, check=check, as_json=as_json
        )  # a check that ends by itself leaves with its own status
    say("the demo has ended")
    leave(1 if check else 0, without=Path(folder))  # a check that was broken off has shown nothing


def _run(folder: Path, *, port: int, check: bool, as_json: bool) -> None:
    """Let the mother of the reading processes load her libraries while this process loads its own."""
    forking.context(MOTHER)
    from communique.cli import _demo_newsroom

    _demo_newsroom.run(folder, port=port, check=check, as_json=as_json)


def _temporary() -> tempfile.TemporaryDirectory[str]:
    """Yield the demo's folder. A thread may still write in it while it is removed; `leave` removes what that leaves."""
    return tempfile.TemporaryDirectory(prefix="communique-demo-", ignore_cleanup_errors=True)
