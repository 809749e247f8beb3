"""`communique export`: everything that the desk holds can leave."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from communique.cli._progress import Progress
from communique.cli._workspace import Wrong, on_workspace, quiet_option
from communique.kit import jsonable
from communique.web.workspace import Workspace

Row = dict[str, Any]


@click.command(name="export", epilog="Example: communique export dispatches --format csv > dispatches.csv")
@click.argument("what", type=click.Choice(["dispatches", "events", "registry", "sources"]))
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True,
              help="In CSV and Parquet, what is nested stands as JSON.")  # fmt: skip
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what changed on that day (UTC) or later.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else stdout.")
@quiet_option
@on_workspace
def command(
    workspace: Workspace, *, what: str, form: str, since: datetime | None, out: Path | None, quiet: bool
) -> None:
    """Write out dispatches, events, registry or sources; `import` reads them back."""
    from communique.web.ledger import leaving

    day: date | None = since.date() if since else None
    rows = _counted(leaving.rows(what, workspace, since=day, now=datetime.now(UTC)), Progress(what, quiet=quiet))
    if form == "parquet":
        _parquet(rows, out)
    elif out is not None:
        beside = out.with_name(out.name + ".new")
        with beside.open("w", encoding="utf-8", newline="") as stream:
            _lines(rows, form, stream)
        beside.replace(out)
    else:
        _lines(rows, form, sys.stdout)


def _counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        progress.at(number)
        yield row


def _lines(rows: Iterator[Row], form: str, stream: Any) -> None:
    if form == "jsonl":
        stream.writelines(jsonable.line(row) + "\n" for row in rows)
        return
    first = next(rows, None)
    if first is None:
        return
    writer = csv.DictWriter(stream, fieldnames=list(first), lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat(row) for row in chain([first], rows))


def flat(row: Row) -> Row:
    """Yield a row without nesting: lists and objects as JSON."""
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in row.items()
    }


def _parquet(rows: Iterator[Row], out: Path | None) -> None:
    if out is None:
        raise Wrong("Parquet is no text; name a file with --out")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise Wrong("Parquet needs the extra `parquet`: pip install 'communique[parquet]'") from error
    table = pa.Table.from_pylist([flat(row) for row in rows])
    beside = out.with_name(out.name + ".new")
    pq.write_table(table, beside)
    beside.replace(out)
