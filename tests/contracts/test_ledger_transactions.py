"""What is entered in one transaction is entered whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique import match
from communique.flow.ledger import Ledger, Renewed, Versions
from communique.records import Trouble
from communique.testing.builders import (
    MORNING,
    PAGE,
    document,
    found,
    source,
    visited,
)

from .conftest import HOUR, Books, due, entered

BUSY = Trouble(room="collect", kind="timeout", detail="rivermen.example: no answer in 30 s", passing=True)


def test_a_transaction_is_entered_whole(watched: Books) -> None:
    with watched.ledger.transaction():
        watched.ledger.add_found(source().id, [found()], now=MORNING)
        entered(watched.ledger, document())

    counts = watched.counts()
    assert (counts["pages"], counts["captures"], counts["documents"]) == (1, 1, 1)


class PowerCutError(BaseException):
    """What nobody catches."""


def interrupted(ledger: Ledger, fault: type[BaseException]) -> None:
    """Enter this and that in one transaction, which then fails."""
    with ledger.transaction():
        ledger.add_source(source(url="https://elsewhere.example/rss"), now=MORNING)
        ledger.add_found(source().id, [found()], now=MORNING)
        entered(ledger, document())
        ledger.source_visited(source().id, visited(next_at=MORNING + HOUR))
        raise fault


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, PowerCutError])
def test_a_fault_in_the_middle_of_a_transaction_leaves_nothing(watched: Books, fault: type[BaseException]) -> None:
    before = watched.counts()

    with pytest.raises(fault):
        interrupted(watched.ledger, fault)

    assert watched.counts() == before
    assert len(due(watched.ledger).sources) == 1
    assert watched.ledger.current(PAGE) is None


def test_after_a_fault_the_books_go_on(watched: Books) -> None:
    with pytest.raises(RuntimeError):
        interrupted(watched.ledger, RuntimeError)

    entered(watched.ledger, document())

    assert watched.counts()["documents"] == 1


def test_what_an_older_room_made_is_outdated_until_it_is_renewed(watched: Books) -> None:
    one = entered(watched.ledger, document(text="The rivermen of Port Sorrow ask for a lighthouse."))
    newer = Versions(read=one.versions.read + 1, match=one.versions.match, code=one.versions.code)

    (old,) = watched.ledger.outdated(newer, limit=10)
    renewed = Renewed(
        document=replace(old.document, title="Rivermen ask"),
        keys=frozenset({7}),
        fingerprint=match.fingerprint(old.document),
        coding=None,
        trouble=None,
        versions=newer,
    )
    watched.ledger.renew(old.key, renewed)

    assert watched.ledger.outdated(one.versions, limit=10) == []
    assert watched.ledger.outdated(newer, limit=10) == []
    known = watched.ledger.current(one.url)
    assert known is not None
    assert known.document.title == "Rivermen ask"
    assert known.assignment.statement == one.assignment.statement
    assert [each.key for each in watched.ledger.candidates(frozenset({7}), limit=10)] == [old.key]
