"""`communique restore`: make a workspace from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique import web
from communique.cli._given import RegularFile
from communique.cli._workspace import Failed, Place, json_option, sentences, tell, whole_or_removed

if TYPE_CHECKING:
    from communique.web.ledger.backup import Copied


@click.command(name="restore", epilog="Example: communique restore newsroom-2026-03-08.tar newsroom")
@click.argument("file", type=RegularFile())
@click.argument("folder", metavar="[DIR]", required=False, type=Place(path_type=Path))
@click.option("--database", metavar="URL", default="", help="An empty PostgreSQL database, for a backup from one.")
@json_option
def command(file: Path, folder: Path | None, *, database: str, as_json: bool) -> None:
    """Make a workspace in DIR (else in a folder named after the backup); every file and table is checked."""
    target = (folder or Path(file.name.split(".")[0])).absolute()
    with sentences():
        done = _restore(file, target, database)
    restored = {"rows": sum(done.rows.values()), "files": done.files}
    made = {"folder": str(target), "database": "postgresql" if database else "sqlite", "restored": restored}
    said = f"{target} is restored and checked; `communique publish --workspace {target}` writes its wire"
    tell(made, as_json=as_json, said=said)


def _restore(file: Path, target: Path, database: str) -> Copied:
    from communique.web.ledger import backup

    try:
        workspace = backup.restore(file, target, database_url=database)
        with whole_or_removed(target):
            web.setup(workspace)
            if database:
                backup.load_tables(file)
            return backup.checked(file)
    except backup.BackupError as error:
        raise Failed(str(error)) from error
