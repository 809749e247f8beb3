"""`communique init`: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from communique import web
from communique.cli._workspace import Place, Wrong, json_option, sentences, tell, whole_or_removed
from communique.web import workspace as workspaces


@click.command(name="init", epilog="Example: communique init newsroom")
@click.argument("folder", metavar="DIR", type=Place(path_type=Path))
@click.option("--database", metavar="URL", default="", help="PostgreSQL address; without it SQLite in the folder.")
@click.option("--name", "wire_name", default="", help="Name of the wire.")
@click.option("--url", "wire_url", default="", help="Public address of the wire.")
@json_option
def command(folder: Path, *, database: str, wire_name: str, wire_url: str, as_json: bool) -> None:
    """Make a workspace: a folder for settings, database, evidence, keys and the wire."""
    given = {"database.url": database, "wire.name": wire_name, "wire.url": wire_url.rstrip("/")}
    if database and not database.startswith(("postgresql://", "postgres://")):
        raise Wrong(f"--database {database}: an address such as postgresql://user@host/name is expected")
    with sentences():
        workspace = workspaces.make(folder.absolute(), {name: value for name, value in given.items() if value})
        with whole_or_removed(workspace.folder):
            web.setup(workspace)
    made = {"folder": str(workspace.folder), "database": "postgresql" if database else "sqlite", "restored": None}
    tell(made, as_json=as_json, said=f"made {folder}; next: communique sources add URL --workspace {folder}")
