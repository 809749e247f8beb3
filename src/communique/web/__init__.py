"""The desk, the API and the ledger: Django lives here and nowhere else.

Room: web
In: HTTP requests; a workspace
Out: pages, JSON; the ledger that flow writes through
Entry: setup(workspace), then web.ledger, web.inbox, web.public
"""

from __future__ import annotations

import os
import secrets

from communique.web import workspace as workspaces
from communique.web.workspace import Workspace


def setup(workspace: Workspace) -> None:
    """Load Django for one workspace and bring its database up to date. A process works on one workspace only.

    Raises WorkspaceError where the database is of a newer program or can't be opened.
    """
    os.environ["COMMUNIQUE_WORKSPACE"] = str(workspace.folder)
    for name, value in workspace.values.items():
        os.environ["COMMUNIQUE_" + name.replace(".", "_").upper()] = (
            str(value).lower() if isinstance(value, bool) else str(value)
        )
    os.environ["DJANGO_SETTINGS_MODULE"] = "communique.web.settings"
    workspaces.complete(workspace.folder)
    _make_secret(workspace)
    import django

    django.setup()
    from communique.web.ledger import migration

    migration.bring_up_to_date(workspace)


def _make_secret(workspace: Workspace) -> None:
    path = workspace.keys / "django-secret"
    if not path.exists():
        beside = path.with_name(f"{path.name}.{os.getpid()}.new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        beside.replace(path)
