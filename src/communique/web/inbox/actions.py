"""What happens to a statement at the desk: declined, put off, merged, split. Each act is compare-and-set and has an
entry in the audit that says how it was before, so that it can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F

from communique.kit import jsonable
from communique.records import Actor, Coding, Mention
from communique.web.ledger import models, recorded
from communique.web.ledger.publication import AlreadyMoved
from communique.web.ledger.store import DatabaseLedger

Stage = models.Statement.Stage
Outcome = models.Statement | AlreadyMoved


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something to which version of a statement, and when."""

    statement: str  # key
    version: int  # that the person saw
    by: User
    at: datetime


def decline(act: Act) -> Outcome:
    """Take a statement out of the inbox; nothing of it is told."""
    return _moved(act, "decline", (Stage.INBOX, Stage.SNOOZED), stage=Stage.DECLINED, snoozed_until=None)


def snooze(act: Act, until: datetime) -> Outcome:
    """Put a statement off; it is due again at an instant."""
    return _moved(act, "snooze", (Stage.INBOX, Stage.SNOOZED), stage=Stage.SNOOZED, snoozed_until=until)


def reopen(act: Act) -> Outcome:
    """Put a declined or snoozed statement back into the inbox."""
    return _moved(act, "reopen", (Stage.DECLINED, Stage.SNOOZED), stage=Stage.INBOX, snoozed_until=None)


def review(act: Act) -> Outcome:
    """Note that what changed after the publication was looked at, and that the dispatch stands."""
    return _moved(act, "review", tuple(Stage), needs_review=None)


def merge(act: Act, into: str) -> Outcome:
    """Let all documents of a statement belong to another one. One that was published stays by itself."""
    with DatabaseLedger().transaction():
        other = models.Statement.objects.filter(key=into, merged_into__isnull=True).first()
        if other is None or other.key == act.statement:
            return AlreadyMoved(detail="the statement to merge into is no longer there; choose another")
        won = _won(act, (Stage.INBOX, Stage.SNOOZED, Stage.DECLINED), merged_into=other)
        if isinstance(won, AlreadyMoved):
            return won
        moved = list(won.documents.all())
        before = [_placing(row) for row in moved]
        original = _original(other)
        for row in moved:
            place(row, other, of=original)
        models.Dispatch.objects.filter(statement=won, number__isnull=True).update(statement=other)
        _note(act, "merge", won, {"into": other.key, "documents": before})
        models.Statement.objects.filter(pk=other.pk).update(version=F("version") + 1, changed_at=act.at)
    return other


def split(act: Act, record_ids: Sequence[str]) -> Outcome:
    """Let some documents, named by their evidence, be a statement of their own, in the inbox. Returns that one."""
    with DatabaseLedger().transaction():
        won = _won(act, tuple(Stage))
        if isinstance(won, AlreadyMoved):
            return won
        leaving, left = _parted(won, record_ids)
        if not leaving or not any(row.is_current for row in left):
            _undo_count(won)
            return AlreadyMoved(detail="choose some of the documents, and leave at least one")
        before = [_placing(row) for row in leaving]
        own = _own_statement(won, leaving, act.at)
        for row in leaving:
            place(row, own, of=leaving[0])
        _heal(left)
        _note(act, "split", won, {"to": own.key, "documents": before})
    return own


def decide(act: Act, surface: str, actor: Actor | None) -> Outcome:
    """Say which body a name in the documents stands for, where the registry left that open; None: for none it knows."""
    with DatabaseLedger().transaction():
        won = _won(act, tuple(Stage))
        if isinstance(won, AlreadyMoved):
            return won
        before = []
        for row in won.documents.filter(is_current=True, coding__isnull=False):
            decided = _decided(row, surface, actor)
            if decided is not None:
                before.append([row.pk, row.coding])
                models.Document.objects.filter(pk=row.pk).update(coding=jsonable.of_record(decided))
        _note(act, "answer", won, {"name": surface, "actor": actor.id if actor else None, "codings": before})
    return won


def _decided(row: models.Document, surface: str, actor: Actor | None) -> Coding | None:
    """Yield a coding with the name decided; None: it does not ask this."""
    coding = recorded.coding(row)
    if coding is None or not any(_asks(one, surface, actor) for one in coding.mentions):
        return None
    mentions = (_known(one, actor) if _asks(one, surface, actor) else one for one in coding.mentions)
    return replace(coding, mentions=tuple(mentions))


def _known(mention: Mention, actor: Actor | None) -> Mention:
    if actor is None:
        return replace(mention, candidates=())
    return replace(
        mention, actor=actor.id, name=actor.name, kind=actor.kind, country=actor.country, candidates=()
    )  # fmt: skip


def _asks(mention: Mention, surface: str, actor: Actor | None) -> bool:
    is_open = mention.actor is None and mention.text == surface and bool(mention.candidates)
    return is_open and (actor is None or actor.id in mention.candidates)


def confirm(act: Act, record_id: str) -> Outcome:
    """Say that a document belongs where it was put."""
    with DatabaseLedger().transaction():
        won = _won(act, tuple(Stage))
        if isinstance(won, AlreadyMoved):
            return won
        rows = list(won.documents.filter(capture__record_id=record_id))
        before = [_placing(row) for row in rows]
        models.Document.objects.filter(pk__in=[row.pk for row in rows]).update(is_placed_by_hand=True)
        _note(act, "confirm", won, {"documents": before})
    return won


def place(row: models.Document, statement: models.Statement, *, of: models.Document | None) -> None:
    """Let a document belong to a statement by an editor's word, which outlives recomputation."""
    row.statement, row.is_placed_by_hand = statement, True
    if of is None or of.pk == row.pk:
        row.relation, row.of = "original", None
    elif row.relation == "original" or row.of is None:
        row.relation, row.of = ("copy" if of.language == row.language else "translation"), of
    row.save(update_fields=["statement", "is_placed_by_hand", "relation", "of"])


def _original(statement: models.Statement) -> models.Document | None:
    current = statement.documents.filter(is_current=True).order_by("pk")
    return current.filter(relation="original").first() or current.first()


def _parted(
    statement: models.Statement, record_ids: Sequence[str]
) -> tuple[list[models.Document], list[models.Document]]:
    """Part a statement's documents: those named, with all earlier texts at their addresses, and the others."""
    rows = list(statement.documents.select_related("capture").order_by("pk"))
    pages = {row.page_id for row in rows if row.capture.record_id in record_ids and row.page_id is not None}
    leaving = [row for row in rows if row.capture.record_id in record_ids or row.page_id in pages]
    return leaving, [row for row in rows if row not in leaving]


def _own_statement(statement: models.Statement, leaving: list[models.Document], at: datetime) -> models.Statement:
    """Yield the statement that parted documents are from now on; one of that name that was merged away stands again."""
    key = "s-" + leaving[0].digest.removeprefix("sha256:")
    fresh = {
        "story": statement.story, "stage": Stage.INBOX, "first_seen_at": leaving[0].seen_at, "changed_at": at,
        "day": leaving[0].day, "merged_into": None,
    }  # fmt: skip
    standing = models.Statement.objects.filter(key=key).first()
    if standing is not None and standing.merged_into_id is None:  # the original itself leaves its group
        key += f"-{statement.version}"
    own, _ = models.Statement.objects.update_or_create(key=key, defaults=fresh)
    return own


def _heal(left: list[models.Document]) -> None:
    """Give those who stayed an original among themselves, where theirs has left."""
    staying = {row.pk for row in left}
    first = next((row for row in left if row.relation == "original"), left[0])
    for row in left:
        if row.pk != first.pk and row.of_id in staying:
            continue
        row.of = None if row.pk == first.pk else first
        row.relation = "original" if row.pk == first.pk else row.relation
        row.save(update_fields=["of", "relation"])


def _moved(act: Act, action: str, stages: Sequence[str], **fields: Any) -> Outcome:
    with DatabaseLedger().transaction():
        before = models.Statement.objects.filter(key=act.statement).first()
        won = _won(act, stages, **fields)
        if not isinstance(won, AlreadyMoved) and before is not None:
            _note(act, action, won, {name: _plain(getattr(before, name)) for name in fields})
    return won


def _won(act: Act, stages: Sequence[str], **fields: Any) -> Outcome:
    """Compare and set: change the row only if it is as the person saw it."""
    rows = models.Statement.objects.filter(key=act.statement, version=act.version, stage__in=stages)
    if rows.filter(merged_into__isnull=True).update(version=F("version") + 1, **fields):
        return models.Statement.objects.get(key=act.statement)
    return AlreadyMoved(detail=_how_it_is(act))


def _how_it_is(act: Act) -> str:
    now = models.Statement.objects.filter(key=act.statement).select_related("merged_into").first()
    if now is None:
        return "this statement is no longer there"
    last = models.Audit.objects.filter(statement=now).select_related("by").first()
    who = f" by {last.by.username} at {last.at:%H:%M}" if last and last.by else ""
    state = "merged into another" if now.merged_into else "changed" if now.stage == Stage.INBOX else now.stage
    return f"it was {state}{who} meanwhile; nothing was done, look at it again"


def _undo_count(statement: models.Statement) -> None:
    models.Statement.objects.filter(pk=statement.pk).update(version=F("version") - 1)


def _placing(row: models.Document) -> list[Any]:
    """Yield where a document stood, as `undoing` puts it back."""
    return [row.pk, row.relation, row.of_id, row.is_placed_by_hand]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _note(act: Act, action: str, row: models.Statement, before: dict[str, Any]) -> None:
    detail = before | {"version": row.version}
    models.Audit.objects.create(at=act.at, by=act.by, action=action, statement=row, detail=detail)


Moved = Callable[[Act], Outcome]
SIMPLE: dict[str, Moved] = {"decline": decline, "reopen": reopen, "review": review}  # that need no more than the act
