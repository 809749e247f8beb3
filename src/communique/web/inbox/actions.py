"""What happens to a statement at the desk: declined, put off, split, answered. Each act is compare-and-set and has an
entry in the audit that says how it was before, so that it can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone

from communique.records import Actor
from communique.web.inbox import placing
from communique.web.ledger import answers, models, pairs, recorded
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
    """Take a statement out of the inbox; nothing of it is told. One with a scheduled dispatch will be told."""
    with DatabaseLedger().transaction():
        if models.Dispatch.objects.filter(statement__key=act.statement, stage="scheduled").exists():
            return AlreadyMoved(detail="a dispatch on it is scheduled; take that back to draft before you decline it")
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


def tell_in(act: Act, story: str) -> Outcome:
    """Let a statement be told in another story; "": it begins one of its own. No program moves it again."""
    own = f"t-{act.statement.removeprefix('s-')}"[:68]
    return _moved(act, "move to story", tuple(Stage), story=story or f"{own}-{act.version}")


def split(act: Act, record_ids: Sequence[str], *, said: pairs.Said = "other", story: str | None = None) -> Outcome:
    """Let some documents, named by their evidence, be a statement of their own, in the inbox. Returns that one.

    `said` is how they stand to those that stay; `story` is theirs from now on, None: the one that they were in.
    """
    with DatabaseLedger().transaction():
        done = won(act, tuple(Stage))
        if isinstance(done, AlreadyMoved):
            return done
        leaving, left = _parted(done, record_ids)
        if not leaving or not any(row.is_current for row in left):
            undo_count(done)
            return AlreadyMoved(detail="choose some of the documents, and leave at least one")
        before, lead = placing.noted(leaving), placing.original(leaving) or leaving[0]
        judged = pairs.noted(lead, placing.original(left), said)
        own = _own_statement(done, lead, act.at, story=story)
        for row in leaving:  # a body's own languages of one day are all originals
            placing.place(row, own, of=None if row.relation == "original" else lead)
        for one in (done, own):
            placing.heal(one)
        note(act, "split", done, {"to": own.key, "documents": before, **judged})
    return own


def part_off(act: Act, record_id: str, *, is_one_story: bool) -> Outcome:
    """Say that a document is another statement: on the same matter, or on one of its own."""
    if is_one_story:
        return split(act, [record_id], said="story")
    return split(act, [record_id], story=f"t-{record_id.removeprefix('urn:uuid:')}")


def tell_apart(act: Act, other: str, *, is_one_story: bool) -> Outcome:
    """Say that a statement is not the one that it was asked about; of one story, if it is on the same matter."""
    with DatabaseLedger().transaction():
        before = models.Statement.objects.filter(key=act.statement).first()
        beside = models.Statement.objects.filter(key=other).first()
        if before is None or beside is None:
            return AlreadyMoved(detail="one of the two statements is no longer there")
        fields = {"asks": [key for key in before.asks if key != other]} | (
            {"story": beside.story} if is_one_story else {}
        )
        done = won(act, tuple(Stage), **fields)
        if isinstance(done, AlreadyMoved):
            return done
        own, lead = (placing.original(list(one.documents.order_by("pk"))) for one in (done, beside))
        judged = pairs.noted(own, lead, "story" if is_one_story else "other") if own else {}
        held = {"asks": before.asks, "story": before.story}
        note(act, "tell apart", done, {"before": held, "other": other, **judged})
    return done


def decide(act: Act, surface: str, actor: Actor | None) -> Outcome:
    """Say which body a name in the documents stands for, where the registry left that open; None: for none it knows."""
    with DatabaseLedger().transaction():
        done = won(act, tuple(Stage))
        if isinstance(done, AlreadyMoved):
            return done
        before = []
        for row in done.documents.filter(is_current=True, coding__isnull=False):
            coding = recorded.coding(row)
            if coding is not None and answers.asks(coding, surface, actor.id if actor else None):
                before.append([row.pk, row.answers])
                given = row.answers | {surface: answers.of(actor)}
                models.Document.objects.filter(pk=row.pk).update(answers=given)
        note(act, "answer", done, {"name": surface, "actor": actor.id if actor else None, "answers": before})
    return done


def confirm(act: Act, record_id: str) -> Outcome:
    """Say that a document belongs where it was put."""
    with DatabaseLedger().transaction():
        done = won(act, tuple(Stage))
        if isinstance(done, AlreadyMoved):
            return done
        rows = list(done.documents.filter(capture__record_id=record_id))
        before = placing.noted(rows)
        others = [row for row in done.documents.order_by("pk") if row not in rows]
        judged = pairs.noted(rows[0], placing.original(others), "same") if rows else {}
        models.Document.objects.filter(pk__in=[row.pk for row in rows]).update(is_placed_by_hand=True)
        note(act, "confirm", done, {"documents": before, **judged})
    return done


def _parted(
    statement: models.Statement, record_ids: Sequence[str]
) -> tuple[list[models.Document], list[models.Document]]:
    """Part a statement's documents: those named, with all earlier texts at their addresses, and the others."""
    rows = list(statement.documents.select_related("capture").order_by("pk"))
    pages = {row.page_id for row in rows if row.capture.record_id in record_ids and row.page_id is not None}
    leaving = [row for row in rows if row.capture.record_id in record_ids or row.page_id in pages]
    return leaving, [row for row in rows if row not in leaving]


def _own_statement(
    statement: models.Statement, lead: models.Document, at: datetime, *, story: str | None
) -> models.Statement:  # fmt: skip
    """Yield the statement that parted documents are from now on; one of that name that was merged away stands again."""
    key = "s-" + lead.digest.removeprefix("sha256:")
    fresh = {
        "story": story or statement.story, "stage": Stage.INBOX, "first_seen_at": lead.seen_at, "changed_at": at,
        "day": lead.day, "merged_into": None,
    }  # fmt: skip
    standing = models.Statement.objects.filter(key=key).first()
    if standing is not None and standing.merged_into_id is None:  # the original itself leaves its group
        key += f"-{statement.version}"
    own, _ = models.Statement.objects.update_or_create(key=key, defaults=fresh)
    return own


def _moved(act: Act, action: str, stages: Sequence[str], **fields: Any) -> Outcome:
    with DatabaseLedger().transaction():
        before = models.Statement.objects.filter(key=act.statement).first()
        done = won(act, stages, **fields)
        if not isinstance(done, AlreadyMoved) and before is not None:
            note(act, action, done, {name: _plain(getattr(before, name)) for name in fields})
    return done


def won(act: Act, stages: Sequence[str], **fields: Any) -> Outcome:
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
    who = f" by {last.by.username} at {timezone.localtime(last.at):%H:%M}" if last and last.by else ""
    state = "merged into another" if now.merged_into else "changed" if now.stage == Stage.INBOX else now.stage
    return f"it was {state}{who} meanwhile; nothing was done, look at it again"


def undo_count(statement: models.Statement) -> None:
    """Take back what `won` counted, where nothing came of it."""
    models.Statement.objects.filter(pk=statement.pk).update(version=F("version") - 1)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def note(act: Act, action: str, row: models.Statement, before: dict[str, Any]) -> None:
    """Enter an act in the audit, with how it was before."""
    detail = before | {"version": row.version}
    models.Audit.objects.create(at=act.at, by=act.by, action=action, statement=row, detail=detail)


Moved = Callable[[Act], Outcome]
SIMPLE: dict[str, Moved] = {"decline": decline, "reopen": reopen, "review": review}  # that need no more than the act
