"""Statements that turned out to be one, and relations told anew. What an editor placed stays where it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from communique.records import Coding, Kinship
from communique.web.ledger import answers as given_answers
from communique.web.ledger import models

Stage = models.Statement.Stage
FOR_REVIEW = "A later document shows that this and another statement are one: {key}. See whether the dispatch stands."


def join(key: str, others: Iterable[str], *, now: datetime) -> None:
    """Merge statements into one by the program's word; each merge has an entry in the audit that says how it was.

    One that somebody drafted or published on keeps its documents and is marked for review; two of those stay two.
    """
    for other in others:
        pair = [standing(one) for one in (key, other)]
        if pair[0] != pair[1] and not models.Document.objects.filter(statement__in=pair, is_placed_by_hand=True):
            _join(*pair, now=now)


def standing(key: str) -> models.Statement:
    """Yield the statement of that name, or the one that it was merged into."""
    row = models.Statement.objects.get(key=key)
    while row.merged_into is not None:
        row = row.merged_into
    return row


def ask(statement: models.Statement, others: Iterable[str]) -> None:
    """Note which statements this one may be the same as; those that an editor told apart are not asked about again."""
    told = models.Audit.objects.filter(action="tell apart", statement=statement, undone_at__isnull=True)
    known = {statement.key, *statement.asks}
    new = [key for key in dict.fromkeys(others) if key not in known]
    apart = set(told.values_list("detail__other", flat=True)) if new else set()
    if found := [key for key in new if key not in apart]:
        statement.asks = [*statement.asks, *found]
        statement.save(update_fields=["asks"])


def asked(statement: models.Statement) -> models.Statement | None:
    """Yield the first of the statements that this one may be the same as, as far as it stands by itself."""
    for key in statement.asks:
        other = models.Statement.objects.filter(key=key).first()
        found = standing(key) if other is not None else None
        if found is not None and found.pk != statement.pk:
            return found
    return None


def settle(kept: models.Statement, gone: models.Statement) -> dict[str, Any]:
    """Let a statement ask what the one that became part of it asked, and no more about that one.

    Yields what an entry of the audit keeps of it, for `unsettle`.
    """
    asked_it, before = gone.key in kept.asks, list(kept.asks)
    kept.asks = [key for key in before if key != gone.key]
    ask(kept, [key for key in gone.asks if key != kept.key])
    taken = [key for key in kept.asks if key not in before]
    kept.save(update_fields=["asks"])
    return {"asked": asked_it, "took": taken}


def unsettle(kept: models.Statement, gone: models.Statement, detail: dict[str, Any]) -> None:
    """Let two statements ask again what they asked before one became part of the other; what was answered stays so."""
    taken = set(detail.get("took", ()))
    kept.asks = [key for key in kept.asks if key not in taken]
    if detail.get("asked"):
        ask(kept, [gone.key])
    kept.save(update_fields=["asks"])
    if kept.needs_review == FOR_REVIEW.format(key=gone.key):
        models.Statement.objects.filter(pk=kept.pk).update(needs_review=None)


def _join(one: models.Statement, other: models.Statement, *, now: datetime) -> None:
    kept, gone = sorted((one, other), key=lambda row: (not _is_worked_on(row), row.first_seen_at, row.pk))
    for row, twin in ((kept, gone), (gone, kept)):
        if row.stage == Stage.DISPATCHED:
            models.Statement.objects.filter(pk=row.pk).update(needs_review=FOR_REVIEW.format(key=twin.key))
    if not _is_worked_on(gone):
        _merge(gone, kept, now)


def _is_worked_on(statement: models.Statement) -> bool:
    return statement.stage == Stage.DISPATCHED or statement.dispatches.exists()


def _merge(gone: models.Statement, kept: models.Statement, now: datetime) -> None:
    before = [list(row) for row in gone.documents.values_list("pk", "relation", "of_id", "is_placed_by_hand")]
    gone.merged_into, gone.version = kept, gone.version + 1
    gone.save(update_fields=["merged_into", "version"])
    gone.documents.update(statement=kept)
    detail = {"into": kept.key, "documents": before, "version": gone.version, **settle(kept, gone)}
    models.Audit.objects.create(at=now, by=None, action="merge", statement=gone, detail=detail)
    models.Statement.objects.filter(pk=kept.pk).update(version=F("version") + 1, changed_at=now)


def retell(told: Iterable[Kinship]) -> None:
    """Enter how the documents of a statement came about, as it is seen now."""
    for one in told:
        models.Document.objects.filter(pk=int(one.key), is_placed_by_hand=False).update(
            relation=one.relation, of_id=int(one.of) if one.of else None, score=one.score
        )


def answers(statement: models.Statement, coding: Coding | None) -> dict[str, Any]:
    """Yield what editors have answered of other documents of a statement, where a new one asks the same."""
    rows = statement.documents.filter(is_current=True).exclude(answers={}).order_by("pk")
    known = {name: answer for given in rows.values_list("answers", flat=True) for name, answer in given.items()}
    return given_answers.asked(coding, known) if coding else {}
