"""Which document of a statement is the original, and what a late arrival changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique import match
from communique.records import Document

Make = Callable[..., Document]
Wire = list[tuple[str, Document]]

TEXT = (
    "The Union of Lamplighters of Castria calls on the city of Puerto Real to keep all 318 gas lamps of the old "
    "harbour. In a letter to mayor Inés Maldonado the union offers to train 24 apprentices by 30 September. Electric "
    "light costs less, the union writes, and shows less: visitors come for the lamps. A meeting is held on 12 May."
)


def _known(key: str, document: Document, statement: str = "s-1") -> match.Candidate:
    return match.Candidate(fingerprint=match.fingerprint(document), key=key, statement=statement, story="t-1")


def test_of_one_day_the_text_of_who_acts_in_it_is_the_original(make: Make) -> None:
    printed = make(text=TEXT, publisher="Harbour Wire", published="2024-05-02", language="en")
    own = make(
        text=TEXT + " Press contact: the union's office, Calle Mayor 3.",
        publisher="Union of Lamplighters of Castria", published="2024-05-02", language="en",
    )  # fmt: skip

    told = match.relations([_known("wire", printed), _known("own", own)])

    assert [(one.key, one.relation, one.of) for one in told] == [("wire", "copy", "own"), ("own", "original", None)]


def test_the_earlier_day_outweighs_who_acts(make: Make) -> None:
    printed = make(text=TEXT, publisher="Harbour Wire", published="2024-05-01", language="en")
    own = make(text=TEXT, publisher="Union of Lamplighters of Castria", published="2024-05-02", language="en")

    told = match.relations([_known("wire", printed), _known("own", own)])

    assert told[0].relation == "original"


def test_the_one_that_others_link_to_is_the_original(make: Make) -> None:
    url = "https://lamps.example/letter"
    linked = make(text=TEXT, publisher="Lamps", url=url, published="2024-05-02", language="en")
    linking = make(
        text=TEXT, publisher="Port Gazette", url="https://gazette.example/9", published="2024-05-02", language="en",
        links=[url],
    )  # fmt: skip

    told = match.relations([_known("a", linking), _known("b", linked)])

    assert [one.relation for one in told] == ["copy", "original"]


def test_an_earlier_text_that_comes_later_asks_for_the_relations_to_be_told_anew(wire: Wire) -> None:
    documents = dict(wire)
    later = [_known(key, documents[key]) for key in ("yard-de", "yard-ru")]

    found = match.statement(documents["yard-en"], later)
    told = match.relations([*later, _known("yard-en", documents["yard-en"])])

    assert (found.statement, found.relation, found.is_retold) == ("s-1", "original", True)
    assert [(one.relation, one.of) for one in told] == [
        ("translation", "yard-en"), ("translation", "yard-en"), ("original", None),
    ]  # fmt: skip


def test_a_later_text_leaves_the_relations_as_they_are(wire: Wire) -> None:
    documents = dict(wire)

    found = match.statement(documents["yard-ru"], [_known("yard-en", documents["yard-en"])])

    assert not found.is_retold


def test_a_late_bridge_joins_two_statements(wire: Wire) -> None:
    documents = dict(wire)
    apart = [_known("yard-en", documents["yard-en"], "s-1"), _known("yard-ar", documents["yard-ar"], "s-2")]

    found = match.statement(documents["yard-ru"], apart)

    assert {found.statement, *found.joins} == {"s-1", "s-2"}


def test_what_resembles_one_of_two_twins_joins_nothing(wire: Wire) -> None:
    documents = dict(wire)
    apart = [_known("yard-en", documents["yard-en"], "s-1"), _known("twin-en", documents["twin-en"], "s-2")]

    found = match.statement(documents["yard-de"], apart)

    assert (found.statement, found.joins) == ("s-1", ())


def test_what_a_body_says_in_two_languages_on_one_day_is_original_in_both(wire: Wire) -> None:
    documents = dict(wire)
    both = [replace(documents[key], publisher="Shipyard Unions") for key in ("yard-en", "yard-de")]
    dated = [replace(one, published=both[0].published) for one in both]

    told = match.relations([_known("en", dated[0]), _known("de", dated[1])])

    assert [one.relation for one in told] == ["original", "original"]


def test_what_half_resembles_a_statement_is_not_merged_but_asked_about(make: Make) -> None:
    body, _, end = TEXT.partition(" Electric light")
    known = make(text=f"{body} Electric light{end}", language="en")
    retold = make(
        text=f"{body} Electric light costs less, and yet nobody comes to see it, while the lamps are photographed all "
        "year round by visitors who stay for dinner afterwards.",
        language="en",
    )

    found = match.statement(retold, [_known("a", known)])

    assert (found.relation, found.of, found.asks) == ("original", None, ("s-1",))
    assert found.statement != "s-1"
