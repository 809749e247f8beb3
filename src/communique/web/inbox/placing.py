"""Where documents belong by an editor's word, which outlives recomputation, and how that is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communique.web.ledger import models


def place(row: models.Document, statement: models.Statement, *, of: models.Document | None) -> None:
    """Let a document belong to a statement; `of` is the original there, None where it is an original itself."""
    row.statement, row.is_placed_by_hand = statement, True
    if of is None or of.pk == row.pk:
        row.relation, row.of = "original", None
    elif row.relation == "original" or row.of is None:
        row.relation, row.of = ("copy" if of.language == row.language else "translation"), of
    row.save(update_fields=["statement", "is_placed_by_hand", "relation", "of"])


def original(rows: Sequence[models.Document]) -> models.Document | None:
    """Yield the text that leads: the first original among the current ones, else the first at all."""
    current = [row for row in rows if row.is_current] or list(rows)
    return next((row for row in current if row.relation == "original"), current[0] if current else None)


def heal(statement: models.Statement) -> None:
    """Give the documents of a statement an original among themselves, where theirs has left. There may be several."""
    rows = list(statement.documents.order_by("pk"))
    first, here = original(rows), {row.pk for row in rows}
    for row in rows:
        leads = row == first or row.relation == "original"
        if leads and (row.relation, row.of_id) == ("original", None):
            continue
        if not leads and row.of_id in here:
            continue
        row.relation, row.of = ("original", None) if leads else (row.relation, first)
        row.save(update_fields=["relation", "of"])


def noted(rows: Sequence[models.Document]) -> list[list[Any]]:
    """Yield where documents stand, as `back` takes it."""
    return [[row.pk, row.relation, row.of_id, row.is_placed_by_hand] for row in rows]


def back(entries: Sequence[Sequence[Any]], *, now_in: models.Statement, to: models.Statement) -> None:
    """Put documents back to where they stood; those that were moved further meanwhile stay there."""
    for pk, relation, of_id, by_hand in entries:
        models.Document.objects.filter(pk=pk, statement__in=(now_in, to)).update(
            statement=to, relation=relation, of_id=of_id, is_placed_by_hand=by_hand
        )
    for one in (now_in, to):
        heal(one)
