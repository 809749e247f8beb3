"""Days of a draft are held against days of the sources, and against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from communique import desk
from communique.records import SourceText


def _wrong(draft: str, source: str, *, language: str = "en", published: str | None = "2019-06-14") -> list[str]:
    day = date.fromisoformat(published) if published else None
    found = desk.findings(draft, [SourceText(text=source, language=language, published=published)], published=day)
    return [one.text for one in found if one.kind == "date" and one.blocks]


SOURCE = "The synod met on Thursday, 13 June 2019, in the cathedral. It will meet again in October."


@pytest.mark.parametrize(
    "draft",
    [
        "The synod met on 13 June 2019.",
        "The synod met on June 13, 2019.",
        "The synod met on the 13th of June.",
        "The synod met on 2019-06-13.",
        "The synod met on Thursday.",
        "The synod met yesterday.",
        "The synod met in June 2019.",
        "The synod met in 2019.",
        "The synod will meet again in October.",
    ],
)
def test_a_day_may_be_written_otherwise(draft: str) -> None:
    assert _wrong(draft, SOURCE) == []


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("The synod met on 12 June 2019.", "12 June 2019"),
        ("The synod met on June 23, 2019.", "June 23, 2019"),
        ("The synod met on 13 July.", "13 July"),
        ("The synod met on 13 June 2018.", "13 June 2018"),
        ("The synod met on Wednesday.", "Wednesday"),
        ("The synod met in 2018.", "2018"),
        ("The synod will meet again in November.", "November"),
        ("The synod will meet again tomorrow.", "tomorrow"),
    ],
)
def test_a_day_that_no_source_names_blocks(draft: str, wrong: str) -> None:
    assert _wrong(draft, SOURCE) == [wrong]


@pytest.mark.parametrize(
    ("draft", "source", "language"),
    [
        ("The council met on 10 August 2020.", "Der Rat tagte vom 10. bis 16. August 2020.", "de"),
        ("The council met on 5 February.", "Le conseil s'est réuni les 4 et 5 février.", "fr"),
        ("The council met on 5 May 2020.", "El consejo se reunió el 5 de mayo de 2020.", "es"),
        ("The council met on 5 May 2020.", "Совет собрался 5 мая 2020 года.", "ru"),
        ("The council met on 5 May 2020.", "評議会は2020年5月5日に開かれた。", "ja"),
        ("The council met on 5 May 2020.", "Το συμβούλιο συνήλθε στις 5 Μαΐου 2020.", "el"),
    ],
)
def test_days_are_known_across_languages(draft: str, source: str, language: str) -> None:
    assert _wrong(draft, source, language=language, published=None) == []


def test_yesterday_is_counted_from_publication() -> None:
    source = "The synod met yesterday."

    assert _wrong("The synod met on 13 June 2019.", source) == []
    assert _wrong("The synod met on 11 June 2019.", source) == ["11 June 2019"]


def test_without_a_day_of_publication_yesterday_stays_unresolved() -> None:
    assert _wrong("The synod met yesterday.", "The synod met yesterday.", published=None) == []
    assert _wrong("The synod met on 13 June.", "The synod met yesterday.", published=None) == ["13 June"]


def test_may_is_a_month_only_where_it_can_be_one() -> None:
    assert _wrong("The synod may meet again.", SOURCE) == []
    assert _wrong("The synod will meet in May.", SOURCE) == ["May"]


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("On Friday, 13 June 2019, the synod met; it will meet on Friday again.", ["Friday"]),
        ("On Thursday, 13 June 2019, the synod met; it will meet on Friday again.", []),
        ("The synod met on 13 June 2019 (Friday).", ["Friday"]),
        ("The synod met on Friday, 13 June.", []),  # of which year is not said
    ],
)
def test_a_weekday_is_that_of_the_date_beside_it(draft: str, wrong: list[str]) -> None:
    assert _wrong(draft, "The synod met on Thursday, 13 June 2019. It will meet on Friday again.") == wrong


def test_a_wrong_weekday_of_the_source_is_the_source_s() -> None:
    assert _wrong("The synod met on Friday, 13 June 2019.", "The synod met on Friday, 13 June 2019.") == []
