"""Dates, places and occasions of a text."""

from __future__ import annotations

from datetime import date

import pytest

from communique import code, registry
from communique.code._dates import easter
from communique.records import Coding, Context

WEDNESDAY = date(2026, 4, 15)


def coded(text: str, published: date | None = WEDNESDAY, language: str = "en") -> Coding:
    return code.coding(text, registry=registry.load(), context=Context(language=language, published=published))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("The union met yesterday.", "2026-04-14"),
        ("The union met on Monday.", "2026-04-13"),
        ("The union will meet on Monday.", "2026-04-20"),
        ("The union met last week.", "2026-W15"),
        ("The union will meet next month.", "2026-05"),
        ("The union met two days ago.", "2026-04-13"),
        ("The union met at the weekend.", "2026-04-11/12"),
        ("The union met on 12 May 2019.", "2019-05-12"),
        ("The union met on May 12, 2019.", "2019-05-12"),
        ("The union met on 28 December.", "2025-12-28"),
        ("The union met on 2019-05-12.", "2019-05-12"),
        ("The union answers by Friday.", "<=2026-04-17"),
        ("The union answers before Easter.", "<2026-04-05"),
        ("The union met on Good Friday.", "2026-04-03"),
        ("The union has been here since 1965.", "1965"),
        ("The union ended it after four days.", "P4D"),
    ],
)
def test_a_date_has_its_value(words: str, value: str) -> None:
    assert [one.value for one in coded(words).dates] == [value]


def test_a_relative_date_without_a_day_of_publication_has_no_value() -> None:
    (one,) = coded("The union met yesterday.", published=None).dates

    assert (one.text, one.value) == ("yesterday", None)


def test_a_day_without_a_year_and_without_publication_keeps_its_month_and_day() -> None:
    (one,) = coded("The union met on December 13.", published=None).dates

    assert one.value == "--12-13"


@pytest.mark.parametrize(
    "words", ["It has 2000 members.", "The 31 February is no day.", "They may go.", "A march began."]
)
def test_a_number_or_a_word_that_is_no_date_is_none(words: str) -> None:
    assert coded(words).dates == ()


@pytest.mark.parametrize(
    ("year", "day"), [(2019, date(2019, 4, 21)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))]
)
def test_easter_is_where_the_calendar_puts_it(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("words", "name", "kind", "number"),
    [
        ("Before the 21st IMCWP.", "International Meeting of Communist and Workers' Parties", "meeting", 21),
        (
            "The 12th Congress of the Ferry Union was held.",
            "Congress of the Ferry Union",
            "congress",
            12,
        ),
        ("The XXVI Congress was held.", "Congress", "congress", 26),
        ("They marked the 50th anniversary of the Harbour Charter.", "Harbour Charter", "anniversary", 50),
        ("The third annual conference was held.", "Annual conference", "conference", 3),
        ("They met on International Women's Day.", "International Women's Day", "holiday", None),
    ],
)
def test_an_occasion_is_a_series_with_a_number(words: str, name: str, kind: str, number: int | None) -> None:
    found = coded(words).occasions

    assert [(one.name, one.kind, one.number) for one in found] == [(name, kind, number)]


@pytest.mark.parametrize(
    ("words", "series"),
    [
        ("Before the 21st IMCWP.", "International Meeting of Communist and Workers' Parties"),
        ("The 12th Congress of the Ferry Union was held.", "Congress of the Ferry Union"),
        ("The Ferry Union held its 12th Congress.", "Congress of the Ferry Union"),
        ("They marked the 50th anniversary of the Harbour Charter.", "Anniversary: Harbour Charter"),
        ("The 12th Congress was held.", None),
        ("The Ferry Union thanked the OSCE at its 12th Congress.", None),
        ("Those of the Ferry Union came to their 12th Congress.", None),
    ],
)
def test_an_occasion_is_of_a_series_where_the_text_says_whose_it_is(words: str, series: str | None) -> None:
    assert [one.series for one in coded(words).occasions] == [series]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("The union met in İzmir.", [("İzmir", "TR")]),
        ("The union met in Mérida, Mexico.", [("Mérida", "MX"), ("Mexico", "MX")]),
        ("The union met in Jerusalem.", [("Jerusalem", None)]),
        ("The union met in Quayhaven.", [("Quayhaven", None)]),
        ("Germany's DIN wrote to the Church of Greece.", []),
        ("The union of Reading lovers will Split.", []),
    ],
)
def test_a_place_is_no_part_of_a_name_and_a_disputed_one_has_no_country(
    words: str, places: list[tuple[str, str | None]]
) -> None:
    assert [(place.text, place.country) for place in coded(words).places] == places


def test_a_language_without_a_lexicon_gets_mentions_and_dates_and_no_guessed_events() -> None:
    made = coded("Den 12. mai 2019 møttes Deutscher Gewerkschaftsbund i Köln.", language="nb")

    assert made.events == ()
    assert [(one.name, one.country) for one in made.places] == [("Köln", "DE")]
    assert [one.value for one in made.dates] == ["2019-05-12"]
    assert "de-dgb" in [mention.actor for mention in made.mentions]
    assert made.notes == ("no lexicon for nb: no events, no occasions",)


def test_a_language_that_nobody_knows_is_no_error() -> None:
    assert coded("Qapla'!", language="tlh").events == ()
    assert coded("Qapla'!", language="../en").notes
