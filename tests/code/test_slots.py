"""Slots: who acts, on whom, on whose behalf, and who only says so."""

from __future__ import annotations

from datetime import date

import pytest

from communique import code, registry
from communique.records import Coding, Context, Event


def coded(text: str, published: date | None = date(2026, 4, 15)) -> Coding:
    return code.coding(text, registry=registry.load(), context=Context(language="en", published=published))


def main_event(text: str) -> tuple[Event, dict[str, list[str]]]:
    made = coded(text)
    event = next(event for event in made.events if event.level == "main")
    slots = ("source", "target", "host", "addressee", "about", "attributed_to")
    return event, {
        slot: [made.mentions[i].text for i in getattr(event, slot)] for slot in slots if getattr(event, slot)
    }


@pytest.mark.parametrize(
    ("text", "kind", "slots"),
    [
        (
            "The Lantern Society urged the Harbour Council to free the teachers.",
            "CALL",
            {"source": ["Lantern Society"], "addressee": ["Harbour Council"]},
        ),
        (
            "The Football Federation of Northport was fined by the Tidewater Court.",
            "JUDGE",
            {"source": ["Tidewater Court"], "target": ["Football Federation of Northport"]},
        ),
        ("Two teachers were arrested in Northport.", "DETAIN", {"target": ["Two teachers"]}),
        (
            "The Lantern Party criticised the Harbour Council's plan.",
            "CONDEMN",
            {"source": ["Lantern Party"], "target": ["Harbour Council"]},
        ),
        (
            "The Lantern Party condemned the closure of the Tidewater Library.",
            "CONDEMN",
            {"source": ["Lantern Party"], "about": ["Tidewater Library"]},
        ),
        (
            "On behalf of the Church of Northport, Karin Lund thanked the Ferry Union.",
            "THANK",
            {"source": ["Karin Lund", "Church of Northport"], "target": ["Ferry Union"]},
        ),
        (
            "The Lantern Society, together with 12 further groups, asked the Harbour Council to wait.",
            "CALL",
            {"source": ["Lantern Society", "12 further groups"], "addressee": ["Harbour Council"]},
        ),
        (
            "The Harbour Council says the Ferry Union left the talks.",
            "LEAVE",
            {"source": ["Ferry Union"], "attributed_to": ["Harbour Council"]},
        ),
        (
            "The Ferry Union's secretariat thanked the Harbour Council.",
            "THANK",
            {"source": ["Ferry Union"], "target": ["Harbour Council"]},
        ),
        (
            "The Ferry Union, whose board sat in Northport, adopted a charter.",
            "DECIDE",
            {"source": ["Ferry Union"]},
        ),
        (
            "The Lantern Party met with the Anchor Party in Kiel.",
            "MEET",
            {"source": ["Lantern Party"], "target": ["Anchor Party"]},
        ),
        (
            "Solidarity message of the Ferry Union to the Dockers' Union of Northport",
            "SUPPORT",
            {"source": ["Ferry Union"], "target": ["Dockers' Union of Northport"]},
        ),
        (
            "The Lantern Party issued a communiqué in solidarity with the Ferry Union.",
            "SUPPORT",
            {"source": ["Lantern Party"], "target": ["Ferry Union"]},
        ),
    ],
)
def test_each_body_stands_in_its_slot(text: str, kind: str, slots: dict[str, list[str]]) -> None:
    event, found = main_event(text)

    assert (event.type, found) == (kind, slots)


def test_a_youth_wing_is_not_its_party() -> None:
    event, found = main_event("The Anchor Party of Northport's youth wing condemned the closure.")

    assert event.type == "CONDEMN"
    assert found["source"] == ["Anchor Party of Northport's youth wing"]


def test_who_speaks_for_a_body_is_not_the_body() -> None:
    _, urged = main_event("The Dockers' Union's general secretary Ana Duarte urged the Harbour Council to wait.")
    _, said = main_event("The Dockers' Union's general secretary Ana Duarte apologised.")

    assert urged == {"source": ["Dockers' Union"], "addressee": ["Harbour Council"], "attributed_to": ["Ana Duarte"]}
    assert said == {"source": ["Dockers' Union", "Ana Duarte"]}


def test_the_telling_gives_way_to_what_is_told() -> None:
    made = coded("The Ministry of Tides said that the Dockers' Union had accepted the offer.")

    assert [event.type for event in made.events if event.level == "main"] == ["AGREE"]


def test_a_country_that_acts_is_a_mention_and_one_where_something_happens_is_a_place() -> None:
    acting = coded("Austria thanked the Ferry Union.")
    place = coded("The Ferry Union met in Austria.")

    assert ([m.text for m in acting.mentions], acting.places) == (["Austria", "Ferry Union"], ())
    assert ([m.text for m in place.mentions], [p.country for p in place.places]) == (["Ferry Union"], ["AT"])


def test_an_event_knows_its_place_its_day_and_its_occasion() -> None:
    event, _ = main_event("The Anchor Party elected Kari Holm at its 64th congress in Oslo on Monday.")

    assert (event.place, event.date, event.occasion) == ("Oslo", "2026-04-13", "64th congress")


def test_the_day_on_which_it_is_said_is_not_the_day_of_the_act() -> None:
    event, _ = main_event("The Ferry Union has not signed the letter, its board said on Monday.")

    assert event.date is None


def test_all_spans_point_at_the_words_of_the_text() -> None:
    text = "İzmir, 3 May: the Lantern Party\xa0(LaP) condemned today the Harbour Council’s plan in Ankara."
    made = coded(text)

    quotes = [(event.trigger.text, event.trigger.span) for event in made.events]
    quotes += [(event.object.text, event.object.span) for event in made.events if event.object]
    quotes += [(place.text, place.span) for place in made.places]
    quotes += [(one.text, one.span) for one in made.dates]
    assert quotes
    assert all(text[slice(*span)] == words for words, span in quotes)


def test_each_event_names_its_rule_and_how_sure_it_is() -> None:
    event, _ = main_event("The Dockers' Union condemned the closure.")

    assert event.rule.startswith("en.condemn.")
    assert 0.5 < event.confidence < 1


def test_the_explanation_says_what_was_seen() -> None:
    lines = code.explanation(
        "The Dockers' Union condemned the closure.", registry=registry.load(), context=Context(language="en")
    )

    told = "“condemned” tells of CONDEMN (ACCUSE) by rule en.condemn.1"
    assert lines == (f"{told}; source: Dockers' Union; asserted, main, confidence 0.87",)


@pytest.mark.parametrize(
    ("text", "plover"),
    [
        ("The Lantern Society donated 200 tents to the Harbour Council.", "AID"),
        ("The Lantern Society will donate 200 tents to the Harbour Council.", "AGREE"),
        ("The Harbour Council blockaded the port.", "COERCE"),
        ("The Harbour Council will blockade the port.", "THREATEN"),
        ("The Harbour Council restored diplomatic relations with the Lantern Party.", "SUPPORT"),
    ],
)
def test_the_plover_type_of_what_is_only_announced_is_that_of_a_promise_or_a_threat(text: str, plover: str) -> None:
    event, _ = main_event(text)

    assert event.plover == plover


@pytest.mark.parametrize(
    ("text", "kind", "source"),
    [
        ("The Dockers' Union appealed to the Harbour Council to open the quay.", "CALL", "Dockers' Union"),
        ("The Supreme Court of Norway dismissed the petition of the Bar Council.", "JUDGE", "Supreme Court of Norway"),
        ("The IG Metall union warned the Harbour Council.", "WARN", "IG Metall"),
        ("The Dockers' Union waterproofed the quay.", "DEED", "Dockers' Union"),
    ],
)
def test_the_subject_of_such_a_verb_is_who_acts(text: str, kind: str, source: str) -> None:
    made = code.coding(text, registry=registry.load(), context=Context(language="en"))

    (event,) = [event for event in made.events if event.level == "main"]

    assert (event.type, [made.mentions[place].text for place in event.source]) == (kind, [source])
