"""`communique export`: everything that the desk holds can leave."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from communique.cli import _tables
from communique.cli._progress import Progress
from communique.cli._workspace import Place, Wrong, on_workspace, quiet_option, say
from communique.web.workspace import Workspace

Row = dict[str, Any]
TIMELESS = ("registry", "sources")  # their rows have no day of change


@click.command(name="export", epilog="Example: communique export dispatches --format csv > dispatches.csv")
@click.argument("what", type=click.Choice(["dispatches", "events", "registry", "sources", "corrections", "pairs"]))
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True,
              help="In CSV and Parquet, what is nested stands as JSON.")  # fmt: skip
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what changed on that day (UTC) or later.")
@click.option("--out", type=Place(path_type=Path, dir_okay=False), help="A file; else stdout.")
@quiet_option
@on_workspace
def command(
    workspace: Workspace, *, what: str, form: str, since: datetime | None, out: Path | None, quiet: bool
) -> None:
    """Write out dispatches, events, registry or sources, which `import` reads back, corrections or pairs.

    Corrections are what editors corrected of readings and events: test cases for `communique read` and
    `communique code`, each with the page or text and what is right. Pairs are what editors said of two documents: the
    same statement, another, or another of the same story; both are given as `communique match` reads them.
    """
    from communique.web.ledger import leaving

    if form == "parquet" and out is None:
        raise Wrong("Parquet is no text; name a file with --out")
    if out is not None and out.exists() and not out.is_file():
        raise Wrong(f"{out} is a device or a pipe; leave --out out and send stdout there")
    if since and what in TIMELESS:
        say(f"--since does not apply to {what}, whose rows have no day of change; all of them are written")
    day: date | None = since.date() if since else None
    rows = _counted(leaving.rows(what, workspace, since=day), Progress(what, quiet=quiet))
    if out is None:
        _write(rows, form, sys.stdout)
        sys.stdout.flush()
        return
    with _tables.beside(out) as new:
        if form == "parquet":
            _tables.write_parquet(rows, new, what)
            return
        with new.open("w", encoding="utf-8", newline="") as stream:
            _write(rows, form, stream)


def _counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        progress.at(number)
        yield row


def _write(rows: Iterator[Row], form: str, stream: Any) -> None:
    if form == "jsonl":
        _tables.write_lines(rows, stream)
    else:
        _tables.write_csv(rows, stream)
