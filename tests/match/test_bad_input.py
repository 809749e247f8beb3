"""Texts that say nothing, texts of one template, texts of numbers alone: bounded time, and nothing merged by them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from time import process_time

import pytest
from bench.match import desk

from communique import match
from communique.records import Document

Make = Callable[..., Document]


def _words(drawn: random.Random, count: int) -> str:
    return " ".join("".join(drawn.choices("abdegiklmnoprstu", k=drawn.randrange(3, 9))) for _ in range(count))


def _pages(make: Make, count: int, own_words: int) -> Iterator[tuple[str, Document]]:
    """Yield pages of one publisher: some words of their own, then 150 that stand under all of them."""
    drawn = random.Random(8)
    footer = _words(drawn, 150)
    for at in range(count):
        title, own = _words(drawn, 6).capitalize(), _words(drawn, own_words).capitalize()
        text = f"{own}.\n\n{footer}." if own_words else footer
        yield str(at), make(text=text, title=title, language="en", publisher="Guild of Bakers")


@pytest.mark.parametrize("own_words", [0, 12, 40])
def test_pages_that_share_their_publishers_footer_stay_apart(make: Make, own_words: int) -> None:
    found = match.statements(list(_pages(make, 60, own_words)))

    assert len({one.statement for one in found}) == 60


def test_a_copy_of_a_page_with_a_footer_is_found_elsewhere(make: Make) -> None:
    pages = list(_pages(make, 20, 60))
    copied = make(text=pages[3][1].text, title=pages[3][1].title, language="en", publisher="Port Gazette")

    found = match.statements([*pages, ("copy", copied)])

    assert found[-1].statement == found[3].statement
    assert len({one.statement for one in found}) == 20


def test_one_by_one_the_footer_says_nothing_either(make: Make) -> None:
    prints = [(key, match.fingerprint(page)) for key, page in _pages(make, 20, 40)]
    known = match.background(one for _, one in prints)
    others = [match.Candidate(fingerprint=one, key=key, statement=f"s-{key}", story="t") for key, one in prints[1:]]

    found = match.statement(prints[0][1], others, known)

    assert (found.relation, found.asks) == ("original", ())


@pytest.mark.parametrize("text", ["OK", "Yes.", "…", "7"])
def test_tiny_texts_are_not_merged(make: Make, text: str) -> None:
    pages = [(str(at), make(text=text, title=f"Headline {at}")) for at in range(50)]

    assert len({one.statement for one in match.statements(pages)}) == 50


@pytest.mark.parametrize("piece", ["1 May ", "7,5 ", "1.", "a@b.", "www.", "e\u0301", "١٢٣ ", "9" * 400 + " "])
def test_a_megabyte_of_anything_takes_bounded_time(make: Make, piece: str) -> None:
    start = process_time()

    found = match.statements([("a", make(text=piece * (1_000_000 // len(piece)), language="en"))])

    assert found[0].relation == "original"
    assert process_time() - start < 10


def test_a_change_of_a_megabyte_of_numbers_is_told_in_one_short_sentence(make: Make) -> None:
    drawn = random.Random(8)
    before, after = (" ".join(str(drawn.randrange(10**9)) for _ in range(100_000)) for _ in range(2))
    start = process_time()

    change = match.change(make(text=before), make(text=after))

    assert change is not None
    assert len(change.summary) < 300
    assert process_time() - start < 10


def _one_by_one(documents: list[Document]) -> desk.Desk:
    """Yield the books after documents came one by one, as at a desk."""
    books = desk.Desk()
    for one in documents:
        books.take(one)
    return books


def test_one_document_three_hundred_times_is_one_statement_at_the_desk_and_nobody_is_asked(make: Make) -> None:
    text = _words(random.Random(8), 200)
    start = process_time()

    books = _one_by_one([make(text=text, language="en", publisher=f"Harbour Wire {at}") for at in range(300)])

    assert {books.standing(one.statement) for one in books.given} == {books.given[0].statement}
    assert not any(one.asks for one in books.given)
    assert process_time() - start < 60


@pytest.mark.parametrize("text", ["OK", "Yes.", "…", "7"])
def test_tiny_texts_are_not_merged_at_the_desk_either(make: Make, text: str) -> None:
    books = _one_by_one([make(text=text, title=f"Headline {at}") for at in range(150)])

    assert len({one.statement for one in books.given}) == 150
    assert not any(one.asks for one in books.given)


def test_megabytes_of_numbers_come_one_by_one_in_bounded_time(make: Make) -> None:
    drawn, start = random.Random(8), process_time()
    texts = [" ".join(str(drawn.randrange(10**9)) for _ in range(100_000)) for _ in range(4)]

    books = _one_by_one([make(text=text, language="en") for text in texts])

    assert len({one.statement for one in books.given}) == 4
    assert process_time() - start < 20
