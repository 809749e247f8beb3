"""A proposal is a sentence that its own source carries."""

from __future__ import annotations

from datetime import date

import pytest

from communique import code, desk, registry
from communique.records import Coding, Context, Draft, SourceText

NAMES = {"xx-guild": "Pilots' Guild of Norrland", "xx-board": "Harbour Board of Vik"}


def _source(text: str, *, language: str = "en", publisher: str = "xx-guild", signers: int | None = None) -> SourceText:
    context = Context(language=language, published=date(2021, 5, 4), publisher=publisher)
    coding = code.coding(text, registry=registry.load(), context=context)
    return SourceText(
        text=text, language=language, published="2021-05-04", publisher=publisher, coding=coding, signers=signers
    )


def _proposed(source: SourceText, *publishers: str, signers: int | None = None) -> Draft:
    return desk.proposal(source, actor_names=NAMES, publishers=publishers or ("xx-guild",), signers=signers)


def test_the_clause_of_the_event_is_taken_over_word_for_word() -> None:
    source = _source("The Harbour Union of Vik condemned the closure of the pilot station.")

    draft = _proposed(source, "Harbour Union of Vik")

    assert draft.text == "The Harbour Union of Vik condemned the closure of the pilot station."
    assert draft.rule.startswith("own words")


def test_what_is_planned_or_denied_stays_so() -> None:
    planned = _proposed(_source("The Harbour Union of Vik will hold a strike on Monday."), "Harbour Union of Vik")
    denied = _proposed(_source("The Harbour Union of Vik denied that it plans a strike."), "Harbour Union of Vik")

    assert planned.text == "The Harbour Union of Vik will hold a strike on Monday."
    assert denied.text == "The Harbour Union of Vik denied that it plans a strike."


def test_yesterday_becomes_its_day() -> None:
    source = _source("Yesterday the Harbour Union of Vik condemned the closure of the pilot station.")

    draft = _proposed(source, "Harbour Union of Vik")

    assert draft.text == "The Harbour Union of Vik condemned the closure of the pilot station on 3 May 2021."


def test_the_first_person_is_never_told_of_somebody() -> None:
    source = _source("Against the closure of the station\n\nWe condemn the closure. Our members will strike.")

    draft = _proposed(source)

    assert "We" not in draft.text
    assert "Our" not in draft.text
    assert draft.text.startswith("The Pilots' Guild of Norrland ")


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("sv", "Lotsarna kräver svar\n\nLotsgillet kräver svar av styrelsen.", "Lotsarna kräver svar"),
        ("el", "Οι πλοηγοί ζητούν απάντηση\n\nΗ συντεχνία ζητά απάντηση.", "Οι πλοηγοί ζητούν απάντηση"),
        ("ja", "水先人組合は回答を求める\n\n組合は声明を発表した。", "水先人組合は回答を求める"),
        ("ar", "المرشدون يطالبون بالرد\n\nقالت النقابة إنها تطالب بالرد.", "المرشدون يطالبون بالرد"),
    ],
)
def test_another_language_is_quoted_and_not_guessed_at(language: str, text: str, title: str) -> None:
    draft = _proposed(_source(text, language=language))

    assert draft.text == f"The Pilots' Guild of Norrland published a statement: “{title}”."
    assert draft.rule == "title"


def test_quotation_marks_in_a_title_become_inner_ones() -> None:
    source = _source("Guild answers “slander”\n\nThe text follows here, in short.", language="sv")

    assert _proposed(source).text.endswith("“Guild answers 'slander'”.")
    assert not [one for one in desk.findings(_proposed(source).text, [source], language="en") if one.blocks]


def test_a_joint_statement_names_two_and_counts_the_others_if_they_are_counted() -> None:
    text = "For a new tariff\n\nWe, the undersigned, ask for a new tariff."

    counted = _proposed(_source(text, signers=31), "xx-guild", "xx-board", "Third", signers=31)
    uncounted = _proposed(_source(text), "xx-guild", "xx-board", "Third", signers=31)

    assert counted.text.startswith("The Pilots' Guild of Norrland, the Harbour Board of Vik and 29 others published")
    assert uncounted.text.startswith("The Pilots' Guild of Norrland, the Harbour Board of Vik and others published")
    assert counted.text.endswith("a joint statement: “For a new tariff”.")


def test_parts_say_which_words_of_the_source_carry_them() -> None:
    source = _source("The Harbour Union of Vik condemned the closure of the pilot station.")

    draft = _proposed(source, "Harbour Union of Vik")

    carried = [
        (draft.text[slice(*here)], source.text[slice(*there)]) for here, number, there in draft.parts if number == 0
    ]
    assert (" condemned the closure of the pilot station",) * 2 in carried


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n\n", "No end", "a" * 50_000, "?" * 500, "“”", "\ud800\x00", "Title\n\n", "1\n\n2", "We. Us. Our."],
)
def test_any_source_gives_a_sentence_that_passes_the_desk_s_check(text: str) -> None:
    for coding in (None, Coding()):
        source = SourceText(text=text, language="en", publisher="Pilots' Guild", coding=coding)
        draft = desk.proposal(source, actor_names={}, publishers=["Pilots' Guild"])

        assert draft.text.endswith(".")
        assert not [one for one in desk.findings(draft.text, [source], language="en") if one.blocks]


def test_without_anything_known_there_is_still_a_sentence() -> None:
    draft = desk.proposal(SourceText(text=""), actor_names={}, publishers=())

    assert draft.text == "A source of this desk published a statement."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La CGT remercie la CFDT", "The General Union thanked the Democratic Union"),
        ("La CGT lance un appel aux élus", "The General Union published an appeal"),
        ("La CGT suspend la grève du 3 mai", "The General Union told of a protest that is not held"),
        ("La CGT ne condamne pas la décision", "The General Union published a statement"),
    ],
)
def test_an_act_in_another_language_is_told_in_the_wire_s_words(text: str, told: str) -> None:
    source = _source(text, language="fr", publisher="fr-cgt")
    names = {"fr-cgt": "General Union", "fr-cfdt": "Democratic Union"}

    draft = desk.proposal(source, actor_names=names, publishers=("fr-cgt",))

    assert draft.text == f"{told}: “{text}”."
