"""`communique worker`: a further collecting process, on a PostgreSQL workspace, on this or any machine."""

from __future__ import annotations

import click

from communique.cli import run
from communique.cli._workspace import Wrong, json_option, on_workspace, quiet_option
from communique.web.workspace import Workspace


@click.command(name="worker", epilog="Example: communique worker --workspace /srv/newsroom")
@click.option("--once", is_flag=True, help="Stop when nothing is due.")
@json_option
@quiet_option
@on_workspace
def command(workspace: Workspace, *, once: bool, as_json: bool, quiet: bool) -> None:
    """Work off what is due, beside other workers: each host is visited by one of them at a time."""
    if not workspace.text("database.url"):
        raise Wrong(
            "a worker needs a workspace on PostgreSQL (database.url); on SQLite `communique serve` does all the work"
        )
    run.collect(workspace, once=once, as_json=as_json, quiet=quiet)
