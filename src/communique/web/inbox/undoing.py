"""Undo: what somebody did last at the desk, taken back while nobody has built on it.

What readers have seen is never undone silently: a publication is taken back by a withdrawal, which they see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.dateparse import parse_datetime

from communique.web import workspace
from communique.web.inbox import correcting, merging, placing
from communique.web.ledger import dossiers, models, publication
from communique.web.ledger.publication import AlreadyMoved
from communique.web.ledger.store import DatabaseLedger

UNDOABLE_FOR = timedelta(minutes=10)
NOTED_BESIDE = (
    "sign in",
    "override",
)  # entries that say something of an act beside them; they are no acts by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was taken back."""

    action: str
    statement: str | None  # key; None: it was about no statement


def last_act(user: User, now: datetime) -> str | None:
    """Yield the name of what somebody would undo now; None: nothing."""
    last = _last(user, now)
    return last.action if last is not None and last.action in _WAYS else None


def undo(user: User, now: datetime) -> Undone | AlreadyMoved:
    """Take back what somebody did last."""
    with DatabaseLedger().transaction():
        last = _last(user, now)
        if last is None:
            return AlreadyMoved(detail="there is nothing of yours to undo in the last ten minutes")
        way = _WAYS.get(last.action)
        if way is None:
            return AlreadyMoved(detail=_SEEN.get(last.action, f"a {last.action} can't be undone"))
        won = models.Audit.objects.filter(pk=last.pk, undone_at__isnull=True).update(undone_at=now)
        wrong = way(last, now) if won else "it is undone already"
        if wrong is not None:
            models.Audit.objects.filter(pk=last.pk).update(undone_at=None)
            return AlreadyMoved(detail=wrong)
    return Undone(action=last.action, statement=last.statement.key if last.statement else None)


def _last(user: User, now: datetime) -> models.Audit | None:
    acts = models.Audit.objects.filter(by=user, undone_at__isnull=True, at__gte=now - UNDOABLE_FOR)
    return acts.exclude(action__in=NOTED_BESIDE).select_related("statement", "dispatch").order_by("-at", "-id").first()


def _stage_back(entry: models.Audit, _: datetime) -> str | None:
    before = {name: value for name, value in entry.detail.items() if name != "version"}
    if before.get("snoozed_until"):
        before["snoozed_until"] = parse_datetime(before["snoozed_until"])
    rows = models.Statement.objects.filter(audit=entry.pk, version=entry.detail["version"], merged_into__isnull=True)
    return (
        None
        if rows.update(version=F("version") + 1, **before)
        else "somebody has worked on it since; nothing was undone"
    )


def _split_back(entry: models.Audit, now: datetime) -> str | None:
    own = models.Statement.objects.filter(key=entry.detail["to"], merged_into__isnull=True).first()
    if own is None or entry.statement is None:
        return "the parted statement was merged meanwhile; nothing was undone"
    if own.stage == models.Statement.Stage.DISPATCHED or own.dispatches.exists():
        return "the parted statement was published or drafted meanwhile; merge it back by hand"
    placing.back(entry.detail["documents"], now_in=own, to=entry.statement)
    models.Statement.objects.filter(pk=own.pk).update(merged_into=entry.statement, version=F("version") + 1)
    models.Statement.objects.filter(pk=entry.statement.pk).update(version=F("version") + 1, changed_at=now)
    return None


def _answer_back(entry: models.Audit, _: datetime) -> str | None:
    for pk, given in entry.detail["answers"]:
        models.Document.objects.filter(pk=pk, statement=entry.statement).update(answers=given)
    models.Statement.objects.filter(pk=entry.statement_id or 0).update(version=F("version") + 1)
    return None


def _apart_back(entry: models.Audit, _: datetime) -> str | None:
    rows = models.Statement.objects.filter(audit=entry.pk, version=entry.detail["version"], merged_into__isnull=True)
    won = rows.update(version=F("version") + 1, **entry.detail["before"])
    return None if won else "somebody has worked on it since; nothing was undone"


def _correction_back(entry: models.Audit, _: datetime) -> str | None:
    return correcting.back(entry, workspace.current())


def _confirm_back(entry: models.Audit, _: datetime) -> str | None:
    if entry.statement is None:
        return "the statement is no longer there"
    placing.back(entry.detail["documents"], now_in=entry.statement, to=entry.statement)
    models.Statement.objects.filter(pk=entry.statement.pk).update(version=F("version") + 1)
    return None


def _draft_away(entry: models.Audit, _: datetime) -> str | None:
    return discard(entry.dispatch) if entry.dispatch else "the draft is no longer there"


def discard(row: models.Dispatch) -> str | None:
    """Delete a draft, which no reader has seen; its entries in the audit stay. Returns why it can't be done."""
    if row.stage == "scheduled":
        return "it is scheduled; take it back to draft first"
    if row.number is not None or row.stage != "draft":
        return f"it is {row.stage} by now; correct or withdraw it"
    models.Audit.objects.filter(dispatch=row).update(dispatch=None)
    row.delete()
    return None


def _words_back(entry: models.Audit, now: datetime) -> str | None:
    row = entry.dispatch
    if row is None:
        return "the draft is no longer there"
    rows = models.Dispatch.objects.filter(pk=row.pk, stage="draft", version=row.version)
    won = rows.update(text=entry.detail["text"], version=F("version") + 1, changed_at=now)
    return None if won else f"it is {row.stage} by now, and its words stay"


def _time_back(entry: models.Audit, now: datetime) -> str | None:
    """Undo a scheduling or its end; what would go out in the past stays at the desk."""
    at = parse_datetime(entry.detail["scheduled_at"]) if entry.detail["scheduled_at"] else None
    if at is not None and at <= now:
        return "its time is past; publish it now or give it another"
    rows = models.Dispatch.objects.filter(
        audit=entry.pk, version=entry.detail["version"], stage__in=("draft", "scheduled")
    )
    won = rows.update(stage=entry.detail["stage"], scheduled_at=at, version=F("version") + 1, changed_at=now)
    return None if won else "somebody has worked on it since; nothing was undone"


def _pin_back(entry: models.Audit, now: datetime) -> str | None:
    row = entry.dispatch
    if row is None:
        return "the dispatch is no longer there"
    act = publication.Act(dispatch=row.pk, version=row.version, by=entry.by, at=now)
    done = publication.pin(act, is_pinned=bool(entry.detail["pinned"]))
    if isinstance(done, AlreadyMoved):
        return done.detail
    models.Audit.objects.filter(by=entry.by, dispatch=row, at=now).update(undone_at=now)  # undoing is not undone again
    return None


def _name_back(entry: models.Audit, _: datetime) -> str | None:
    return dossiers.name_back(entry.detail["story"], given=entry.detail["name"], before=entry.detail["before"])


# What readers may have seen, and the act that takes it back before their eyes.
_SEEN = {
    "publish": "a publication is not undone: readers may have seen it; hold, correct or withdraw it",
    "hold": "a hold is not undone: readers may have seen it; release the dispatch",
    "release": "a release is not undone: readers may have seen it; hold the dispatch again",
    "correct": "a correction is not undone: readers may have seen it; correct it once more, with the words before",
    "update": "an update is not undone: readers may have seen it; correct it, with the words before",
    "withdraw": "a withdrawal is for good; publish a new dispatch",
    "replace": "a replacement is for good; correct the dispatch that took the place",
}
_WAYS: dict[str, Callable[[models.Audit, datetime], str | None]] = {
    "decline": _stage_back, "snooze": _stage_back, "reopen": _stage_back, "review": _stage_back,
    "move to story": _stage_back,
    "merge": merging.merge_back, "part": merging.part_back, "split": _split_back,
    "answer": _answer_back, "confirm": _confirm_back, "tell apart": _apart_back,
    "correct reading": _correction_back, "correct event": _correction_back,
    "draft": _draft_away, "reword": _words_back, "schedule": _time_back, "unschedule": _time_back,
    "pin": _pin_back, "unpin": _pin_back, "name story": _name_back,
}  # fmt: skip
