"""Statements that a late document joins: merged undoably, and never under an editor's hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from communique.testing.builders import MORNING, PAGE, capture, document, entry, evidence, source

pytestmark = pytest.mark.db

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def two(newsroom: Any) -> tuple[str, str]:
    """Two statements of one document each, in the inbox."""
    from communique.web.ledger.store import DatabaseLedger

    ledger = DatabaseLedger()
    ledger.add_source(source(), now=MORNING)
    names = []
    for at, text in enumerate(("The locks reopen.", "Les écluses rouvrent.")):
        one = document(url=f"{PAGE}-{at}", text=text)
        kept = capture(url=one.url, body=text.encode())
        ledger.add_capture(kept, evidence(kept))
        made = entry(one, evidence(kept))
        ledger.add_document(made)
        names.append(made.assignment.statement)
    return names[0], names[1]


def _joined(two: tuple[str, str]) -> None:
    from communique.web.ledger.store import DatabaseLedger

    DatabaseLedger().join(two[1], [two[0]], now=LATER)


def _rows(two: tuple[str, str]) -> list[Any]:
    from communique.web.ledger import models

    return [models.Statement.objects.get(key=key) for key in two]


def test_a_join_has_an_entry_of_the_program_that_says_how_it_was(two: tuple[str, str]) -> None:
    from communique.web.ledger import models

    _joined(two)

    (noted,) = models.Audit.objects.filter(action="merge", statement__key=two[1])
    assert (noted.by, noted.detail["into"]) == (None, two[0])
    assert [row[1] for row in noted.detail["documents"]] == ["original"]


def test_what_was_published_on_keeps_its_documents_and_is_marked_for_review(two: tuple[str, str]) -> None:
    from communique.web.ledger import models

    models.Statement.objects.filter(key=two[1]).update(stage="dispatched")

    _joined(two)

    first, second = _rows(two)
    assert first.merged_into == second
    assert two[0] in second.needs_review


def test_two_that_were_published_on_stay_two_and_are_both_marked(two: tuple[str, str]) -> None:
    from communique.web.ledger import models

    models.Statement.objects.update(stage="dispatched")

    _joined(two)

    assert [(row.merged_into, bool(row.needs_review)) for row in _rows(two)] == [(None, True), (None, True)]


def test_what_an_editor_placed_is_not_joined(two: tuple[str, str]) -> None:
    from communique.web.ledger import models

    models.Document.objects.filter(statement__key=two[0]).update(is_placed_by_hand=True)

    _joined(two)

    assert [row.merged_into for row in _rows(two)] == [None, None]
