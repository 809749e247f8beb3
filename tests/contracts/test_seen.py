"""When a page was last seen, and a source that is watched in another spelling of its address."""

from __future__ import annotations

from dataclasses import replace

from communique.testing.builders import MORNING, PAGE, found, source, visited

from .conftest import HOUR, Books, due


def test_a_page_was_seen_when_it_was_found_and_then_when_it_was_visited(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    before = watched.ledger.last_seen([PAGE, "https://elsewhere.example/"])

    watched.ledger.page_visited(PAGE, visited(at=MORNING + HOUR, next_at=None))

    assert before == {PAGE: MORNING}
    assert watched.ledger.last_seen([PAGE]) == {PAGE: MORNING + HOUR}


def test_a_page_that_is_never_visited_again_may_be_due_again(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    watched.ledger.page_visited(PAGE, visited(next_at=None))

    watched.ledger.due_again(PAGE, at=MORNING + HOUR)
    watched.ledger.due_again(PAGE, at=MORNING + 5 * HOUR)

    assert (len(due(watched.ledger).pages), len(due(watched.ledger, hours=1).pages)) == (0, 1)


def test_another_spelling_of_an_address_is_no_other_source(watched: Books) -> None:
    spelt = source().url.replace("https://", "HTTP://www.") + "?utm_source=x#top"

    is_new = watched.ledger.add_source(replace(source(), id="other", url=spelt), now=MORNING)

    assert not is_new
