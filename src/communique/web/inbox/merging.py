"""Two statements become one by an editor's word, and two again: also where it was the program that merged them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from communique.web.inbox import placing
from communique.web.inbox.actions import Act, Outcome, Stage, note, undo_count, won
from communique.web.ledger import joining, models, pairs
from communique.web.ledger.publication import AlreadyMoved
from communique.web.ledger.store import DatabaseLedger


def merge(act: Act, into: str) -> Outcome:
    """Let all documents of a statement belong to another one. One that was published stays by itself."""
    with DatabaseLedger().transaction():
        other = models.Statement.objects.filter(key=into, merged_into__isnull=True).first()
        if other is None or other.key == act.statement:
            return AlreadyMoved(detail="the statement to merge into is no longer there; choose another")
        drafts = models.Dispatch.objects.filter(statement__key=act.statement, number__isnull=True)
        if drafts.exists() and other.dispatches.filter(number__isnull=True).exists():
            return AlreadyMoved(detail="both have a draft; delete one of them first")
        done = won(act, (Stage.INBOX, Stage.SNOOZED, Stage.DECLINED), merged_into=other)
        if isinstance(done, AlreadyMoved):
            return done
        moved, lead = list(done.documents.order_by("pk")), placing.original(list(other.documents.order_by("pk")))
        detail = {"into": other.key, "documents": placing.noted(moved), "drafts": [row.pk for row in drafts]}
        if (own := placing.original(moved)) is not None:
            detail |= pairs.noted(own, lead, "same")
        for row in moved:
            placing.place(row, other, of=lead)
        drafts.update(statement=other)
        note(act, "merge", done, detail | joining.settle(other, done))
        _touch(other, act.at)
    return other


def merges(statement: models.Statement) -> QuerySet[models.Audit]:
    """Yield the merges that a statement grew by and that stand, the newest first."""
    rows = models.Audit.objects.filter(action="merge", undone_at__isnull=True, statement__merged_into=statement)
    return rows.select_related("statement", "by").order_by("-at", "-id")


def part(act: Act, key: str) -> Outcome:
    """Let a statement that was merged into this one stand by itself again; no program joins them any more."""
    with DatabaseLedger().transaction():
        done = won(act, tuple(Stage))
        if isinstance(done, AlreadyMoved):
            return done
        entry = merges(done).filter(statement__key=key).first()
        before = placing.noted(list(done.documents.order_by("pk")))
        wrong = merge_back(entry, act.at) if entry else "they are parted already"
        if wrong is not None or entry is None or entry.statement is None:
            undo_count(done)
            return AlreadyMoved(detail=wrong or "they are parted already")
        models.Audit.objects.filter(pk=entry.pk).update(undone_at=act.at)
        entry.statement.documents.update(is_placed_by_hand=True)
        done.refresh_from_db()
        own, lead = (placing.original(list(one.documents.order_by("pk"))) for one in (entry.statement, done))
        judged = pairs.noted(own, lead, "other") if own else {}
        note(act, "part", done, {"merge": entry.pk, "documents": before, **judged})
    return entry.statement


def merge_back(entry: models.Audit, now: datetime) -> str | None:
    """Take a merge back, with the draft that came along. Yields why it can't be done."""
    into = models.Statement.objects.filter(key=entry.detail["into"]).first()
    if into is None or entry.statement is None:
        return "one of the two statements is no longer there"
    if into.merged_into_id is not None:
        return "both were merged into a third meanwhile; part that first"
    drafts = models.Dispatch.objects.filter(pk__in=entry.detail.get("drafts", ()), statement=into)
    if drafts.filter(number__isnull=False).exists():
        return "the draft that came along was published meanwhile; split documents off instead"
    drafts.update(statement=entry.statement)
    models.Statement.objects.filter(pk=entry.statement.pk).update(merged_into=None, version=F("version") + 1)
    placing.back(entry.detail["documents"], now_in=into, to=entry.statement)
    joining.unsettle(into, entry.statement, entry.detail)
    _touch(into, now)
    return None


def part_back(entry: models.Audit, now: datetime) -> str | None:
    """Undo a parting: the merge stands again. Yields why it can't be done."""
    merged = models.Audit.objects.filter(pk=entry.detail["merge"]).select_related("statement").first()
    if entry.statement is None or merged is None or merged.statement is None:
        return "one of the two statements is no longer there"
    own = merged.statement
    if own.merged_into_id is not None or entry.statement.merged_into_id is not None:
        return "one of them was merged meanwhile; nothing was undone"
    if own.stage == Stage.DISPATCHED or own.dispatches.exists():
        return "the parted statement was published or drafted meanwhile; merge it by hand"
    placing.back(entry.detail["documents"], now_in=own, to=entry.statement)
    models.Statement.objects.filter(pk=own.pk).update(merged_into=entry.statement, version=F("version") + 1)
    merged.detail |= joining.settle(entry.statement, own)
    models.Audit.objects.filter(pk=merged.pk).update(undone_at=None, detail=merged.detail)
    _touch(entry.statement, now)
    return None


def _touch(statement: models.Statement, at: datetime) -> None:
    models.Statement.objects.filter(pk=statement.pk).update(version=F("version") + 1, changed_at=at)
