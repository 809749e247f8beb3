"""How a source writes days, as all ledgers learn it from its pages, and what is read again then."""

from __future__ import annotations

from datetime import date

from communique.flow.ledger import Versions
from communique.records import DayOrder, Numerals, Validators
from communique.testing.builders import MORNING, PAGE, document, found, source, visited

from .conftest import Books, due, entered

PRESENT = Versions(read=1, match=1, code=1)
SHOWN = Numerals(order="day-first", by="page")
OPEN = Numerals(order=None, by=None)


def orders(books: Books) -> tuple[DayOrder | None, DayOrder | None]:
    """Yield the order that a visit to the source, and one to its page, are told."""
    books.ledger.add_found(source().id, [found(f"{PAGE}-beside")], now=MORNING)
    now = due(books.ledger, hours=9)
    return now.sources[0].day_order, now.pages[0].hints.day_order


def settle(books: Books) -> None:
    for number in range(3):
        entered(books.ledger, document(url=f"{PAGE}/{number}", text=f"Word {number} of the pilots.", numerals=SHOWN))


def test_three_pages_settle_how_a_source_writes_days(watched: Books) -> None:
    for number in range(2):
        entered(watched.ledger, document(url=f"{PAGE}/{number}", text=f"Word {number}.", numerals=SHOWN))
    entered(watched.ledger, document(url=f"{PAGE}/x", text="Word of another.", numerals=OPEN))
    assert orders(watched) == (None, None)

    watched.ledger.source_visited(source().id, visited(numerals=SHOWN))

    assert orders(watched) == ("day-first", "day-first")


def test_documents_that_were_read_without_that_are_read_again_with_it(watched: Books) -> None:
    entered(watched.ledger, document(text="A day left open.", numerals=OPEN))
    entered(watched.ledger, document(url=f"{PAGE}-none", text="No day in numerals."))
    assert watched.ledger.outdated(PRESENT, limit=9) == []

    settle(watched)

    (old,) = watched.ledger.outdated(PRESENT, limit=9)
    assert (old.document.text, old.hints.day_order) == ("A day left open.", "day-first")


def test_the_list_is_asked_for_in_full_once_that_is_settled(watched: Books) -> None:
    watched.ledger.source_visited(source().id, visited(validators=Validators(etag='"1"')))

    settle(watched)

    assert due(watched.ledger, hours=9).sources[0].validators == Validators()


def test_a_day_that_a_list_gives_only_then_reaches_what_was_read(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    entered(watched.ledger, document(text="A day that the list knows."))
    dated = found(listing_date=date(2026, 2, 3))
    watched.ledger.add_found(source().id, [dated], now=MORNING)
    assert watched.ledger.outdated(PRESENT, limit=9) == []

    settle(watched)
    watched.ledger.add_found(source().id, [dated], now=MORNING)

    (old,) = watched.ledger.outdated(PRESENT, limit=9)
    assert old.hints.listing_date == date(2026, 2, 3)
