"""What happens to a dispatch: drafted, published, held, corrected, withdrawn. Each act is compare-and-set, has an
entry in the audit, and, where readers see it, an entry in the log; all in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from communique import archive, wire
from communique.kit import jsonable, text
from communique.records import Coding, Correction, Dispatch, Operation
from communique.web.ledger import models
from communique.web.ledger.store import DatabaseLedger

PUBLIC = ("published", "held", "withdrawn", "replaced")  # stages in which a dispatch has a number and a page


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyMoved:
    """Somebody else was faster: what the editor saw is no longer how it is."""

    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something to which version of a dispatch, and when."""

    dispatch: int  # primary key
    version: int  # that the person saw
    by: User | None  # None: the program, by an import
    at: datetime


def whole(rows: QuerySet[models.Dispatch]) -> QuerySet[models.Dispatch]:
    """Load with dispatches what `record` makes of them, so that no row asks the database again."""
    return rows.select_related("replaced_by").prefetch_related("corrections")


def record(row: models.Dispatch) -> Dispatch:
    """Yield a dispatch as the rooms know it; a draft has number 0. Of many, load them with `whole`."""
    fixed = {
        "id": row.number or 0, "text": row.text, "headline": row.headline, "pinned": row.pinned,
        "published": row.published_at, "stage": row.stage,
        "scheduled": row.scheduled_at, "language": row.language, "country": row.country,
        "corrections": [jsonable.of_record(correction_record(one)) for one in row.corrections.all()],
        "log_index": row.log_index, "replaced_by": row.replaced_by and row.replaced_by.number,
    }  # fmt: skip
    return jsonable.restored(Dispatch, row.content | fixed)


def correction_record(row: models.Correction) -> Correction:
    """Yield a correction as the rooms know it."""
    fields = {"operation": row.operation, "at": row.at, "reason": row.reason, "before": row.before}
    return jsonable.restored(Correction, fields)


def publish(act: Act) -> models.Dispatch | AlreadyMoved:
    """Publish a draft: it gets its number, its slug and its log entry, and readers see it with the next edition."""
    with DatabaseLedger().transaction():
        won = _won(act, ("draft", "scheduled"), stage="published", published_at=act.at, scheduled_at=None)
        if isinstance(won, AlreadyMoved):
            return won
        _number(won)
        _log(won, "dispatch", act.at, None)
        _note(act, "publish", won, {})
        if won.statement is not None:
            won.statement.stage = models.Statement.Stage.DISPATCHED
            won.statement.needs_review = None
            won.statement.save(update_fields=["stage", "needs_review"])
    return won


def take_over(
    dispatch: Dispatch,
    *,
    import_key: str,
    now: datetime,
    is_published: bool,
    number: int | None = None,
    coding: Coding | None = None,
) -> models.Dispatch:
    """Enter a dispatch of another wire, as published or as a draft; its own date (or none) stays.

    `number` is kept where it is higher than all that were given so far. A scheduled one keeps its time while that is to
    come; what should have gone out before is for an editor to look at.
    """
    at = dispatch.scheduled if dispatch.scheduled and dispatch.scheduled > now and not is_published else None
    with DatabaseLedger().transaction():
        row = models.Dispatch.objects.create(
            stage=dispatch.stage if is_published else "scheduled" if at else "draft", scheduled_at=at,
            text=dispatch.text, headline=dispatch.headline,
            language=dispatch.language, pinned=dispatch.pinned, published_at=dispatch.published,
            country=dispatch.country, import_key=import_key, content=content_of(dispatch),
            coding=jsonable.of_record(coding) if coding else None, created_at=now, changed_at=now,
        )  # fmt: skip
        for one in dispatch.corrections:  # before the log's entry, whose digest they are part of
            models.Correction.objects.create(
                dispatch=row, operation=one.operation, at=one.at, reason=one.reason, before=one.before
            )
        if is_published:
            _number(row, wished=number)
            _log(row, "dispatch", now, None)
    return row


def content_of(dispatch: Dispatch) -> dict[str, Any]:
    """Yield what `models.Dispatch.content` keeps: the fields that have no column of their own."""
    kept = jsonable.of_record(dispatch)
    for name in ("id", "text", "headline", "pinned", "published", "stage", "scheduled", "language", "country",
                 "corrections", "log_index", "replaced_by"):  # fmt: skip
        kept.pop(name)
    return kept


def hold(act: Act, reason: str) -> models.Dispatch | AlreadyMoved:
    """Take a dispatch's words off the wire for now; its page says that it is held and why."""
    return _public_change(act, ("published",), "hold", reason, stage="held")


def release(act: Act, reason: str) -> models.Dispatch | AlreadyMoved:
    """Show a held dispatch again."""
    return _public_change(act, ("held",), "release", reason, stage="published")


def correct(act: Act, wording: str, reason: str) -> models.Dispatch | AlreadyMoved:
    """Set the wording right; the old one stays readable beside it."""
    return _public_change(act, ("published", "held"), "correct", reason, text=text.collapsed(wording))


def update(act: Act, wording: str, reason: str) -> models.Dispatch | AlreadyMoved:
    """Bring the wording up to what has happened since; it was right when it was published, and stays readable."""
    return _public_change(act, ("published",), "update", reason, text=text.collapsed(wording))


def replace_by(act: Act, other: models.Dispatch, reason: str) -> models.Dispatch | AlreadyMoved:
    """Let another published dispatch take a dispatch's place; its page leads there."""
    with DatabaseLedger().transaction():
        standing = models.Dispatch.objects.filter(pk=other.pk, stage="published").exclude(pk=act.dispatch).first()
        if standing is None:  # one that is replaced itself could lead round in a circle
            return AlreadyMoved(detail="only another dispatch that readers can read can take its place")
        return _public_change(act, ("published", "held"), "replace", reason, stage="replaced", replaced_by=standing)


def withdraw(act: Act, reason: str) -> models.Dispatch | AlreadyMoved:
    """Take a dispatch back for good; its page says so."""
    return _public_change(act, ("published", "held"), "withdraw", reason, stage="withdrawn")


def pin(act: Act, *, is_pinned: bool) -> models.Dispatch | AlreadyMoved:
    """Let a dispatch stand on top of the front page, or no longer."""
    with DatabaseLedger().transaction():
        won = _won(act, ("published",), pinned=is_pinned)
        if not isinstance(won, AlreadyMoved):
            _note(act, "pin" if is_pinned else "unpin", won, {"pinned": not is_pinned})
    return won


def _public_change(
    act: Act, stages: Sequence[str], operation: Operation, reason: str, **fields: Any
) -> models.Dispatch | AlreadyMoved:
    with DatabaseLedger().transaction():
        before = models.Dispatch.objects.filter(pk=act.dispatch).first()
        won = _won(act, stages, **fields)
        if isinstance(won, AlreadyMoved) or before is None:
            return won
        old = before.text if "text" in fields else None
        models.Correction.objects.create(
            dispatch=won, operation=operation, at=act.at, reason=reason, before=old, by=act.by
        )
        _log(won, "operation", act.at, Correction(operation=operation, at=act.at, reason=reason, before=old))
        _note(act, operation, won, {"stage": before.stage, "text": before.text})
    return won


def _won(act: Act, stages: Sequence[str], **fields: Any) -> models.Dispatch | AlreadyMoved:
    """Compare and set: change the row only if it is as the person saw it."""
    rows = models.Dispatch.objects.filter(pk=act.dispatch, version=act.version, stage__in=stages)
    if rows.update(version=F("version") + 1, changed_at=_changed_at(act), **fields):
        return models.Dispatch.objects.get(pk=act.dispatch)
    now = models.Dispatch.objects.filter(pk=act.dispatch).first()
    if now is None:
        return AlreadyMoved(detail="this draft is no longer there")
    last = models.Audit.objects.filter(dispatch=now).select_related("by").first()
    who = f" by {last.by.username}" if last and last.by else ""
    changed = f"{timezone.localtime(now.changed_at):%H:%M}"
    return AlreadyMoved(detail=f"it is {now.stage} by now, changed at {changed}{who}; look at it again")


def _changed_at(act: Act) -> datetime:
    """Yield when an act counts as done: never before an edition that did not have it yet, or no other would."""
    edition_at = models.Edition.objects.order_by("-number").values_list("at", flat=True).first()
    return max(act.at, edition_at) if edition_at else act.at


def _number(row: models.Dispatch, *, wished: int | None = None) -> None:
    """Give a dispatch its number and slug, for ever. Runs under the ledger's lock, so that numbers have no gaps."""
    highest = models.Dispatch.objects.aggregate(top=Max("number"))["top"] or 0
    row.number, row.slug = max(highest + 1, wished or 0), row.slug or wire.slug(row.text, row.language)
    row.save(update_fields=["number", "slug"])
    enter_sections(row)


def enter_sections(row: models.Dispatch) -> None:
    """Enter in which lists of the wire a numbered dispatch stands."""
    models.DispatchSection.objects.filter(dispatch=row).delete()
    told = record(row)
    models.DispatchSection.objects.bulk_create(
        models.DispatchSection(
            dispatch=row, kind=section.kind, key=section.key, number=row.number or 0,
            occasion=told.occasion_number if section.kind == "series" else None,
        )
        for section in wire.sections(told, lambda _: None)
    )  # fmt: skip


def _log(row: models.Dispatch, kind: str, at: datetime, correction: Correction | None) -> None:
    index = next_log_index()
    dispatch = record(row)
    body = (
        archive.operation_entry(dispatch, correction.operation, at=at)
        if correction
        else archive.dispatch_entry(dispatch, at=at)
    )
    models.LogEntry.objects.create(index=index, kind=kind, body=body, at=at, dispatch=row)
    if correction is None:
        row.log_index = index
        # What came back from an export was put out when it says so, not when it came back.
        released = dispatch.released or at
        row.content = content_of(replace(dispatch, log_size=index + 1, released=released))
        row.save(update_fields=["log_index", "content"])


def next_log_index() -> int:
    """Yield the index that the next entry of the log gets; call it under the ledger's lock."""
    top = models.LogEntry.objects.aggregate(top=Max("index"))["top"]
    return 0 if top is None else top + 1


def _note(act: Act, action: str, row: models.Dispatch, before: dict[str, Any]) -> None:
    models.Audit.objects.create(
        at=act.at, by=act.by, action=action, dispatch=row, statement=row.statement, detail=before
    )


def new_draft(statement: models.Statement, dispatch: Dispatch, *, by: User | None, now: datetime) -> models.Dispatch:
    """Enter a draft on a statement."""
    with transaction.atomic():
        row = models.Dispatch.objects.create(
            statement=statement, stage="draft", text=dispatch.text, headline=dispatch.headline,
            language=dispatch.language, country=dispatch.country, content=content_of(dispatch),
            created_at=now, changed_at=now,
        )  # fmt: skip
        models.Audit.objects.create(at=now, by=by, action="draft", dispatch=row, statement=statement)
    return row


def reword(act: Act, wording: str) -> models.Dispatch | AlreadyMoved:
    """Change the words of a draft; readers have not seen it, so nothing is logged but the audit."""
    with transaction.atomic():
        before = models.Dispatch.objects.filter(pk=act.dispatch).values_list("text", flat=True).first()
        won = _won(act, ("draft",), text=text.collapsed(wording))
        if not isinstance(won, AlreadyMoved):
            _note(act, "reword", won, {"text": before})
    return won


def schedule(act: Act, at: datetime) -> models.Dispatch | AlreadyMoved:
    """Let a draft be published at an instant; until then its words stay as they are."""
    return _timed(act, ("draft", "scheduled"), "schedule", stage="scheduled", scheduled_at=at)


def unschedule(act: Act) -> models.Dispatch | AlreadyMoved:
    """Let a scheduled dispatch be a draft again."""
    return _timed(act, ("scheduled",), "unschedule", stage="draft", scheduled_at=None)


def keep_back(act: Act, findings: Sequence[str]) -> models.Dispatch | AlreadyMoved:
    """Let a scheduled dispatch be a draft again because its documents no longer carry it."""
    with transaction.atomic():
        won = _won(act, ("scheduled",), stage="draft", scheduled_at=None)
        if not isinstance(won, AlreadyMoved):
            _note(act, "keep back", won, {"reason": "; ".join(findings)})
    return won


def _timed(act: Act, stages: Sequence[str], action: str, **fields: Any) -> models.Dispatch | AlreadyMoved:
    with DatabaseLedger().transaction():
        before = models.Dispatch.objects.filter(pk=act.dispatch).first()
        won = _won(act, stages, **fields)
        if isinstance(won, AlreadyMoved) or before is None:
            return won
        at = before.scheduled_at.isoformat() if before.scheduled_at else None
        _note(act, action, won, {"stage": before.stage, "scheduled_at": at, "version": won.version})
    return won
