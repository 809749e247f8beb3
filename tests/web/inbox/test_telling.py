"""A line's verb and its object read as one sentence, in the words of the text where those are finite."""

from __future__ import annotations

from typing import Any

import pytest

from communique.records import Coding, Event, Mention, Quote
from communique.web.inbox import telling


def _quote(text: str, words: str) -> Quote:
    return Quote(text=words, span=(text.index(words), text.index(words) + len(words)))


def _told(kind: Any, text: str, trigger: str, thing: str, *, in_own_language: bool = True) -> str:
    event = Event(type=kind, plover="NONE", trigger=_quote(text, trigger), object=_quote(text, thing))
    made = telling.of(Coding(events=(event,)), event, in_own_language=in_own_language)
    return f"{made.act} | {made.words}"


@pytest.mark.parametrize(
    ("kind", "text", "trigger", "thing", "told"),
    [
        ("WARN", "The League warns against a limit on cash.", "warns against", "a limit on cash",
         "warns against | a limit on cash"),
        ("DEED", "The anglers have taken nine tonnes of scrap.", "have taken", "nine tonnes of scrap",
         "has taken | nine tonnes of scrap"),
        ("PUBLISH", "It publishes a list of permits.", "publishes a list", "a list of permits",
         "publishes | a list of permits"),
        ("CALL", "We call for a guarantee.", "call for", "a guarantee", "calls for | a guarantee"),
        ("CALL", "We demand a guarantee.", "demand", "a guarantee", "calls for | a guarantee"),
        ("CONDEMN", "We condemn the closure.", "condemn", "the closure", "condemns | the closure"),
        ("STATE", "It informs mariners that the buoy is lit.", "informs", "mariners that the buoy",
         "informs | mariners that the buoy …"),
    ],
)  # fmt: skip
def test_verb_and_object_read_as_one(kind: str, text: str, trigger: str, thing: str, told: str) -> None:
    assert _told(kind, text, trigger, thing) == told


def test_an_act_of_many_verbs_that_is_not_finite_leaves_the_line_to_the_title() -> None:
    assert _told("DEED", "We carry books.", "carry", "books").endswith(" | ")


@pytest.mark.parametrize("thing", ["those", "That unions", "whether the gate", "them"])
def test_words_that_tell_nothing_alone_leave_the_line_to_the_title(thing: str) -> None:
    assert _told("COMMEMORATE", f"It remembers {thing} who drowned.", "remembers", thing).endswith(" | ")


def test_another_language_gives_the_object_and_the_desk_the_verb() -> None:
    told = _told("CONDEMN", "Le parti dénonce la hausse.", "dénonce", "la hausse", in_own_language=False)

    assert told == "condemns | la hausse"


def test_whom_stands_between_the_verb_and_what() -> None:
    text = "It urges the Harbour Board to open the gate."
    board = _quote(text, "Harbour Board")
    mention = Mention(text=board.text, span=board.span, actor=None, name=board.text, kind=None, country=None)
    event = Event(
        type="CALL",
        plover="NONE",
        trigger=_quote(text, "urges"),
        addressee=(0,),
        object=_quote(text, "to open the gate"),
    )

    made = telling.of(Coding(mentions=(mention,), events=(event,)), event, in_own_language=True)

    assert (made.act, made.words) == ("calls on", "Harbour Board to open the gate")
