"""`communique backup`: a consistent copy, taken while the desk runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from communique.cli._workspace import Failed, Place, json_option, on_workspace, tell
from communique.web.workspace import Workspace


@click.command(name="backup", epilog="Example: communique backup newsroom-2026-03-08.tar")
@click.argument("file", type=Place(path_type=Path, dir_okay=False))
@json_option
@on_workspace
def command(workspace: Workspace, file: Path, *, as_json: bool) -> None:
    """Copy database, evidence, registry, keys and settings into one file, while the desk runs."""
    from communique.web.ledger import backup

    try:
        done = backup.back_up(workspace, file, now=datetime.now(UTC))
    except backup.BackupError as error:
        raise Failed(str(error)) from error
    rows = sum(done.rows.values())
    row = {"file": str(file), "rows": rows, "files": done.files, "size_bytes": done.size_bytes}
    said = (
        f"{file}: {rows} rows, {done.files} files, {done.size_bytes / 1024**2:.1f} MiB; it holds the keys, keep it safe"
    )
    tell(row, as_json=as_json, said=said)
