"""The database's own shape: made at first use, brought up to date, refused when it is of a newer program."""

from __future__ import annotations

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from communique.web.ledger import refusal
from communique.web.workspace import Workspace, WorkspaceError


def bring_up_to_date(workspace: Workspace) -> None:
    """Apply the migrations that are missing, all in order; nothing where there are none."""
    try:
        executor = MigrationExecutor(connection)
        _refuse_newer(executor, workspace)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        folder = None if workspace.text("database.url") else workspace.folder
        why = refusal.plain(error, folder)
        raise WorkspaceError(f"the database of {workspace.folder} can't be used: {why}") from error


def _refuse_newer(executor: MigrationExecutor, workspace: Workspace) -> None:
    known = set(executor.loader.disk_migrations)
    newer = [name for app, name in executor.loader.applied_migrations if app == "ledger" and (app, name) not in known]
    if newer:
        raise WorkspaceError(
            f"the database of {workspace.folder} is of a newer Communiqué (it has {newer[0]}); update this program"
        )
