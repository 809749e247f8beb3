"""One page under several addresses, held by all three ledgers alike."""

from __future__ import annotations

import pytest

from communique.flow.ledger import Found
from communique.records import Trouble
from communique.testing.builders import MORNING, PAGE, document, found, source, visited

from .conftest import HOUR, Books, due, entered

OTHER = "https://rivermen.example/en/locks"
THIRD = "https://rivermen.example/locks-reopen"
GONE = Trouble(room="collect", kind="gone", detail="it is gone", passing=False)


def named(books: Books, *urls: str) -> int:
    return books.ledger.add_found(source().id, [Found(url=url) for url in urls], now=MORNING)


def due_pages(books: Books, hours: float = 0) -> list[str]:
    return [page.url for page in due(books.ledger, hours=hours).pages]


def test_what_is_named_as_old_is_known_and_not_due(watched: Books) -> None:
    new = watched.ledger.add_found(source().id, [Found(url=PAGE, is_due=False), Found(url=OTHER)], now=MORNING)

    assert (new, due_pages(watched)) == (2, [OTHER])
    assert watched.ledger.is_known(PAGE)


@pytest.mark.long
def test_a_whole_sitemap_is_entered_once(watched: Books) -> None:
    names = [f"https://rivermen.example/s/{number}" for number in range(40_000)]

    assert (named(watched, *names), named(watched, *names)) == (40_000, 0)


def test_another_address_of_a_page_is_known_and_leads_to_its_document(watched: Books) -> None:
    named(watched, PAGE)
    entered(watched.ledger, document())

    kept = watched.ledger.same(PAGE, OTHER, now=MORNING)

    assert kept == PAGE
    assert named(watched, OTHER) == 0
    assert watched.ledger.current(OTHER) == watched.ledger.current(PAGE)


def test_of_two_that_are_one_the_one_with_a_document_stays(watched: Books) -> None:
    named(watched, OTHER, PAGE)
    entered(watched.ledger, document())

    assert watched.ledger.same(OTHER, PAGE, now=MORNING) == PAGE
    assert watched.ledger.same(PAGE, OTHER, now=MORNING) == PAGE
    assert due_pages(watched) == [PAGE]


def test_of_two_without_document_the_one_known_first_stays(watched: Books) -> None:
    named(watched, OTHER)
    named(watched, PAGE)

    assert watched.ledger.same(PAGE, OTHER, now=MORNING) == OTHER
    assert due_pages(watched) == [OTHER]


def test_three_that_are_one_are_one_in_whatever_order_it_is_seen(watched: Books) -> None:
    named(watched, PAGE)
    named(watched, OTHER)
    named(watched, THIRD)
    watched.ledger.same(THIRD, OTHER, now=MORNING)
    watched.ledger.same(OTHER, PAGE, now=MORNING)

    entered(watched.ledger, document(url=PAGE))

    assert all(watched.ledger.current(url) for url in (PAGE, OTHER, THIRD))
    assert watched.counts()["pages"] == 3


def test_another_address_is_not_visited_again_by_itself(watched: Books) -> None:
    named(watched, PAGE)
    named(watched, OTHER)
    watched.ledger.same(OTHER, PAGE, now=MORNING)

    watched.ledger.page_visited(OTHER, visited(next_at=MORNING + HOUR))

    assert due_pages(watched, hours=2) == [PAGE]


def test_a_name_that_is_disputed_is_a_page_of_its_own(watched: Books) -> None:
    named(watched, PAGE, THIRD)
    entered(watched.ledger, document())
    watched.ledger.same(PAGE, OTHER, now=MORNING)

    watched.ledger.apart(OTHER, now=MORNING)

    assert watched.ledger.current(OTHER) is None
    assert OTHER in due_pages(watched)
    assert watched.ledger.same(THIRD, OTHER, now=MORNING) == THIRD
    assert watched.ledger.current(OTHER) is None


def test_how_often_a_watched_page_changed_in_a_row_is_counted_and_a_failure_is_no_rest(watched: Books) -> None:
    counts = []
    for text in ("a", "b", "c", None, "d", "d"):
        watched.ledger.source_visited(source().id, visited(next_at=MORNING, text_digest=text))
        (only,) = due(watched.ledger).sources
        counts.append((only.text_digest, only.revisions_in_row))

    assert counts == [("a", 0), ("b", 1), ("c", 2), ("c", 2), ("d", 3), ("d", 0)]


def test_a_source_says_when_it_was_visited_last(watched: Books) -> None:
    assert due(watched.ledger).sources[0].visited_at is None

    watched.ledger.source_visited(source().id, visited(next_at=MORNING))

    assert due(watched.ledger).sources[0].visited_at == MORNING


def test_a_page_that_is_gone_keeps_its_document(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    entered(watched.ledger, document())

    watched.ledger.page_visited(PAGE, visited(next_at=None, is_gone=True, trouble=GONE))

    assert watched.ledger.current(PAGE) is not None


def test_what_was_told_of_single_files_is_remembered(watched: Books) -> None:
    watched.ledger.tell_once(source().id, "a")
    watched.ledger.source_visited(source().id, visited(next_at=MORNING))
    watched.ledger.tell_once(source().id, "b")

    assert due(watched.ledger).sources[0].told == {"a", "b"}
