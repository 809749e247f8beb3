"""Numbers of a draft are held against numbers of the sources by value, not by how they are written."""

from __future__ import annotations

import pytest

from communique import desk
from communique.records import SourceText


def _kinds(draft: str, source: str, language: str = "en") -> list[tuple[str, str]]:
    found = desk.findings(draft, [SourceText(text=source, language=language)])
    return [(one.kind, one.text) for one in found if one.blocks]


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("The union has 31 branches.", "The union has thirty-one branches."),
        ("The union has thirty-one branches.", "The union has 31 branches."),
        ("The union has 31 branches.", "The union has ٣١ branches."),
        ("The union has 12000 members.", "The union has 12,000 members."),
        ("The union has twelve thousand members.", "The union has 12,000 members."),
        ("The bank lends 1.5 million crowns.", "The bank lends 1,500,000 crowns."),
        ("The church has 3 bishops.", "The church has three bishops."),
        ("Of the members 40 per cent voted.", "Of the members 40% voted."),
        ("The 21st congress was held.", "The XXI congress was held."),
        ("It was the 21st congress.", "It was the twenty-first congress."),
        ("About 2000 pilots took part.", "About 2,000 pilots took part."),
        ("Wages rose by 2 to 5 percent.", "Wages rose by 2 to 5 percent."),
    ],
)
def test_a_number_may_be_written_otherwise(draft: str, source: str) -> None:
    assert _kinds(draft, source) == []


@pytest.mark.parametrize(
    ("draft", "source", "language"),
    [
        ("Der Verband hat 80.000 Mitglieder.", "The association has 80,000 members.", "en"),
        ("Le syndicat compte 12 sections.", "Le syndicat compte douze sections.", "fr"),
        ("El sindicato tiene 21 secciones.", "El sindicato tiene veintiuna o 21 secciones.", "es"),
        ("Der Bund hat 21 Verbände.", "Der Bund hat einundzwanzig Verbände.", "de"),
        ("Quatre-vingt-dix délégués ont voté.", "Il y a eu 90 délégués.", "fr"),
    ],
)
def test_each_language_has_its_own_ways(draft: str, source: str, language: str) -> None:
    assert _kinds(draft, source, language) == []


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("The union has 32 branches.", "32"),
        ("The union has thirty-two branches.", "thirty-two"),
        ("The union has 310 branches.", "310"),
        ("The union has 31,000 branches.", "31,000"),
        ("The union has 31 million branches.", "31 million"),
        ("The union has 3.1 branches.", "3.1"),
    ],
)
def test_a_number_that_no_source_gives_blocks(draft: str, wrong: str) -> None:
    assert ("number", wrong) in _kinds(draft, "The union has thirty-one branches.")


def test_a_percentage_is_no_count() -> None:
    assert _kinds("Of them 40 voted.", "Of the members 40% voted.") == [("number", "40")]
    assert _kinds("Of them 40% voted.", "Of the members 40 voted.") == [("number", "40")]


def test_a_day_of_the_month_carries_no_count() -> None:
    assert _kinds("The strike of 8 pilots ended.", "The strike of pilots ended on 8 May.") == [("number", "8")]


def test_signers_that_were_counted_carry_their_number() -> None:
    source = SourceText(text="Peace now. We call for peace.", language="en", signers=31)

    found = desk.findings("31 bodies, among them 29 others, call for peace.", [source])

    assert not [one for one in found if one.blocks]


def test_a_language_whose_number_words_are_not_known_warns_only() -> None:
    found = desk.findings(
        "The strike lasted 12 days.", [SourceText(text="Lakko kesti kaksitoista päivää.", language="fi")]
    )

    assert [(one.kind, one.blocks) for one in found] == [("number", False)]


@pytest.mark.parametrize(
    ("draft", "is_carried"),
    [
        ("More than 40,000 pilots voted.", True),
        ("Over 41,000 pilots voted.", True),
        ("Nearly 42,000 pilots voted.", True),
        ("About 40,000 pilots voted.", True),
        ("Some forty thousand pilots voted.", True),
        ("40,000 pilots voted.", False),
        ("More than 42,000 pilots voted.", False),
        ("More than 20,000 pilots voted.", False),
        ("Nearly 40,000 pilots voted.", False),
        ("More than 41,399 pilots voted.", False),
    ],
)
def test_a_rounder_number_stands_for_one_that_it_names_as_such(draft: str, is_carried: bool) -> None:
    assert (_kinds(draft, "In the end 41,500 pilots voted.") == []) is is_carried
