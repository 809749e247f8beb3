"""A draft goes out: held against its sources once more, then published, at once or at its time.

What is due is a query, and each publication is one transaction with compare-and-set: a crash loses nothing, and of two
processes that see the same draft due one publishes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min

from communique.records import Finding
from communique.web.ledger import drafting, models, publication
from communique.web.ledger.publication import Act, AlreadyMoved
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

Outcome = models.Dispatch | AlreadyMoved | tuple[Finding, ...]
KEPT_BACK = "It was to be published at its time and was not: its documents no longer carry {what}. Look at the draft."


def publish(act: Act, *, reason: str, workspace: Workspace) -> Outcome:
    """Publish a draft as saved. Blocking findings keep it back, and are the answer, unless a reason overrides them."""
    row = _row(act)
    found = blocking(row, workspace)
    if found and not reason:
        return found
    with DatabaseLedger().transaction():
        _bring_up_to_date(row, workspace)
        done = publication.publish(act)
        if found and not isinstance(done, AlreadyMoved):
            _note_override(act, done, found, reason)
    return done


def schedule(act: Act, at: datetime, *, reason: str, workspace: Workspace) -> Outcome:
    """Let a draft be published at an instant; what speaks against it keeps it back as it would now."""
    row = _row(act)
    found = blocking(row, workspace)
    if found and not reason:
        return found
    with DatabaseLedger().transaction():
        done = publication.schedule(act, at)
        if found and not isinstance(done, AlreadyMoved):
            _note_override(act, done, found, reason)
    return done


def publish_due(workspace: Workspace, *, now: datetime) -> Iterator[models.Dispatch]:
    """Publish what is scheduled until now, the longest due first. Yields each that was published or kept back.

    A draft that its documents no longer carry (a page was edited since) goes back to the desk, unless an editor has
    overridden just that.
    """
    due = models.Dispatch.objects.filter(stage="scheduled", scheduled_at__lte=now).order_by("scheduled_at", "id")
    for row in list(due):
        act = Act(dispatch=row.pk, version=row.version, by=None, at=now)
        found = tuple(one for one in blocking(row, workspace) if _named(one) not in _overridden(row))
        done = _keep_back(act, found) if found else _publish_at_its_time(act, row, workspace)
        if not isinstance(done, AlreadyMoved):
            yield done


def next_at() -> datetime | None:
    """Yield when the next scheduled dispatch is due; None: none is scheduled."""
    at: datetime | None = models.Dispatch.objects.filter(stage="scheduled").aggregate(at=Min("scheduled_at"))["at"]
    return at


def blocking(row: models.Dispatch, workspace: Workspace) -> tuple[Finding, ...]:
    """Yield what keeps a draft from being published; an imported one has no documents to be held against."""
    if row.statement is None:
        return ()
    return tuple(one for one in drafting.findings(row.text, row.statement, workspace) if one.blocks)


def _row(act: Act) -> models.Dispatch:
    return models.Dispatch.objects.select_related("statement").get(pk=act.dispatch)


def _publish_at_its_time(
    act: Act, row: models.Dispatch, workspace: Workspace
) -> models.Dispatch | AlreadyMoved:  # fmt: skip
    with DatabaseLedger().transaction():
        _bring_up_to_date(row, workspace)
        return publication.publish(act)


def _bring_up_to_date(row: models.Dispatch, workspace: Workspace) -> None:
    """Let a draft carry the documents that joined its statement since it was begun."""
    if row.statement is None:
        return
    rows = drafting.documents(row.statement, workspace.text("wire.language"))
    if rows:
        fresh = drafting.dispatch(row.text, rows, workspace)
        same = models.Dispatch.objects.filter(pk=row.pk, version=row.version, stage__in=("draft", "scheduled"))
        same.update(content=publication.content_of(fresh), country=fresh.country)


def _keep_back(act: Act, found: tuple[Finding, ...]) -> models.Dispatch | AlreadyMoved:
    with DatabaseLedger().transaction():
        done = publication.keep_back(act, [_named(one) for one in found])
        if not isinstance(done, AlreadyMoved) and done.statement is not None:
            review = KEPT_BACK.format(what=", ".join(f"{one.kind} “{one.text}”" for one in found[:3]))
            models.Statement.objects.filter(pk=done.statement.pk).update(needs_review=review)
    return done


def _note_override(act: Act, row: models.Dispatch, found: tuple[Finding, ...], reason: str) -> None:
    models.Audit.objects.create(
        at=act.at, by=act.by, action="override", dispatch=row, statement=row.statement,
        detail={"reason": reason, "findings": [_named(one) for one in found]},
    )  # fmt: skip


def _overridden(row: models.Dispatch) -> set[str]:
    rows = models.Audit.objects.filter(dispatch=row, action="override").values_list("detail", flat=True)
    return {name for detail in rows for name in detail.get("findings", ())}


def _named(finding: Finding) -> str:
    return f"{finding.kind}: {finding.text}"
