"""What the demo's desk does by itself, so that its wire is not empty: some statements are drafted and published."""

from __future__ import annotations

from datetime import datetime, timedelta

from communique import archive
from communique.web.workspace import Workspace

PACE = timedelta(seconds=1)  # between two of them: readers of feeds sort by time, and validators ask for different ones
SHOWN = 12  # dispatches on the demo's wire; the rest waits in the inbox


def publish_some(workspace: Workspace, now: datetime) -> int:
    """Publish proposals that a coding stands for and nothing speaks against, the oldest first.

    What stands on several sites is left to whoever sits down at the desk: the tutorial walks with such a statement.
    """
    from django.db.models import Count

    from communique.web.ledger import drafting, models, publication

    published = 0
    alone = models.Statement.objects.annotate(sites=Count("documents__source", distinct=True)).filter(sites=1)
    waiting = alone.filter(stage="inbox", merged_into__isnull=True).order_by("day", "id")
    for statement in list(waiting):
        if published == SHOWN:
            break
        draft = drafting.proposed(statement, workspace)
        if draft is None or any(finding.blocks for finding in draft.findings):
            continue
        at = now - PACE * (SHOWN - published)
        row = publication.new_draft(statement, draft.dispatch, by=None, now=at)
        publication.publish(publication.Act(dispatch=row.pk, version=row.version, by=None, at=at))
        published += 1
    return published


def flaws(workspace: Workspace, now: datetime) -> list[str]:
    """Write the wire and check it as a stranger would; yield one sentence for each flaw."""
    from communique.web.ledger import site

    site.write(workspace, workspace.site, full=False, now=now)
    report = archive.verify(workspace.site, vkey=None)
    return [flaw.detail for flaw in report.flaws]
