"""What was published on a page that is taken away comes back to the desk, once."""

from __future__ import annotations

import pytest

from communique.records import Trouble
from communique.testing.builders import MORNING, PAGE, capture, document, entry, evidence, found, source, visited
from communique.web.ledger import models
from communique.web.ledger.store import DatabaseLedger

GONE = Trouble(room="collect", kind="soft-404", detail="the address leads to the front page now", passing=False)


@pytest.fixture(params=["newsroom", "newsroom_on_postgresql"])
def published(request: pytest.FixtureRequest) -> DatabaseLedger:
    """Books with one statement that a dispatch was made of."""
    request.getfixturevalue(request.param)
    ledger = DatabaseLedger()
    ledger.add_source(source(), now=MORNING)
    ledger.add_found(source().id, [found()], now=MORNING)
    kept = capture()
    ledger.add_capture(kept, evidence(kept))
    ledger.add_document(entry(document(), evidence(kept)))
    models.Statement.objects.update(stage=models.Statement.Stage.DISPATCHED)
    return ledger


def test_the_day_and_the_reason_are_told_at_the_desk(published: DatabaseLedger) -> None:
    published.page_visited(PAGE, visited(next_at=None, is_gone=True, trouble=GONE))

    assert models.Page.objects.get().gone_at == MORNING
    assert models.Statement.objects.get().needs_review == f"taken away on 2026-03-02: {GONE.detail}"


def test_it_is_told_once_and_what_is_back_may_go_again(published: DatabaseLedger) -> None:
    published.page_visited(PAGE, visited(next_at=None, is_gone=True, trouble=GONE))
    models.Statement.objects.update(needs_review=None)

    published.page_visited(PAGE, visited(next_at=None, is_gone=True, trouble=GONE))
    assert models.Statement.objects.get().needs_review is None

    published.page_visited(PAGE, visited(next_at=None))
    assert models.Page.objects.get().gone_at is None
