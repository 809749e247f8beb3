"""Hostile and odd texts end, in time, without an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import code, registry
from communique.records import Coding, Context

VOCABULARY = """
The Dockers' Union ; , . not has have been to will if unless that which and or but by of in on with condemned calls
strike strikes statement issued said says denies 27th Congress UGT ( ) “ ” ' " 's İ ﷺ 12 May yesterday Greece
Portuguese CP neither nor yet plans closed
"""
WORDS = [*VOCABULARY.split(), "\n"]


def coded(text: str) -> Coding:
    return code.coding(text, registry=registry.load(), context=Context(language="en", published=date(2026, 4, 15)))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_row_of_words_is_coded_with_true_spans(text: str) -> None:
    made = coded(text)

    for event in made.events:
        assert text[slice(*event.trigger.span)] == event.trigger.text
        assert all(0 <= index < len(made.mentions) for index in (*event.source, *event.target))
    for mention in made.mentions:
        assert text[slice(*mention.span)] == mention.text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_coded(text: str) -> None:
    coded(text)


def test_a_title_may_end_with_the_noun_of_a_part() -> None:
    made = coded("The Harbour Workers' Union closes its branch")

    assert [mention.text for mention in made.mentions][-1] == "its branch"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " " * 100_000,
        "a" * 100_000,
        "The " * 20_000,
        "Union of " * 10_000,
        "(" * 50_000,
        "'" * 50_000,
        "condemned and " * 10_000,
        "if unless while " * 10_000,
        "12 May " * 10_000,
        "27th " * 20_000,
        "UGT CGT " * 10_000,
        "Ministry of Health and " * 10_000,
        "\ud800 lone \x00 \ufffe",
        "The Dockers' Union condemned it.\n" * 5_000,
    ],
)
@pytest.mark.usefixtures("hang_guard")
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    assert coded(text) is not None


def test_a_long_text_is_read_in_part_and_says_so() -> None:
    made = coded("The Dockers' Union condemned the closure. " * 1_000)

    assert made.events
    assert "only the first 20000 characters were read" in made.notes
