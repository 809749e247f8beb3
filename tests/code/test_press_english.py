"""What the verbs of English press statements mean: by their words, by what an object is called, by who does it."""

from __future__ import annotations

import pytest

from communique import code, registry
from communique.records import Coding, Context


def coded(text: str) -> Coding:
    return code.coding(text, registry=registry.load(), context=Context(language="en"))


@pytest.mark.parametrize(
    ("text", "type_", "source"),
    [
        ("The Union of Ferry Crews called the timetable in Bergen a disgrace.", "CONDEMN", "Union of Ferry Crews"),
        ("The Union of Ferry Crews described the timetable as a step forward.", "SUPPORT", "Union of Ferry Crews"),
        ("The Supreme Court of Ghana ordered the ministry to pay.", "JUDGE", "Supreme Court of Ghana"),
        ("The Union of Dairy Farmers occupied the town hall.", "ACT", "Union of Dairy Farmers"),
        ("The Bank of Thailand cut its policy rate by half a point.", "DECIDE", "Bank of Thailand"),
        ("The Liberal Party of Gibraltar declared a moratorium on fees.", "DECIDE", "Liberal Party of Gibraltar"),
        ("The Union of Bakers wants the government to lower the tax.", "CALL", "Union of Bakers"),
        ("The Methodist Church in Fiji laid wreaths at the harbour.", "COMMEMORATE", "Methodist Church"),
        ("The Chess Federation of Malta conveyed its thanks to the hosts.", "THANK", "Chess Federation of Malta"),
        ("Oxenhelp pleaded for a longer truce.", "CALL", "Oxenhelp"),
        ("Mirador and the Union of Bakers opposed the merger.", "CONDEMN", "Mirador"),
        ("The trade union Haven won a case against the port.", "DEED", "Haven"),
        ("Solidarity with the people of Fiji: statement of the Union of Bakers.", "SUPPORT", "Union of Bakers"),
        ("The Union of Bakers distanced itself from the leaflet.", "DENY", "Union of Bakers"),
        ("The Danish rail union Spor rejected the offer.", "DENY", "Spor"),
        ("Dairy unions call 48-hour strike.", "ACT", "Dairy unions"),
    ],
)
def test_a_press_sentence_says_what_was_done_and_by_whom(text: str, type_: str, source: str) -> None:
    made = coded(text)

    event = made.events[0]

    assert event.type == type_
    assert made.mentions[event.source[0]].text == source


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The Union of Bakers begins a strike on Monday.", "planned"),
        ("The Union of Bakers began a strike on Monday.", "asserted"),
        ("The Union of Bakers begins a strike today.", "asserted"),
        ("The Union of Bakers is considering a strike.", "possible"),
        ("The Union of Bakers announced road blockades from Monday.", "planned"),
        ("The Union of Bakers called off its strike after the talks.", "negated"),
        ("Dairy unions call off strike", "negated"),
        ("The Union of Bakers lifted its strike after the talks.", "negated"),
    ],
)
def test_a_strike_that_is_to_come_is_none_yet(text: str, modality: str) -> None:
    assert [event.modality for event in coded(text).events] == [modality]


def test_a_passive_goes_on_without_its_be() -> None:
    made = coded("The bill was criticised by the Union of Bakers and praised by the Guild of Millers.")

    assert [(event.type, made.mentions[event.source[0]].text) for event in made.events] == [
        ("CONDEMN", "Union of Bakers"),
        ("SUPPORT", "Guild of Millers"),
    ]


def test_a_leader_who_suggests_something_asks_for_nothing() -> None:
    made = coded("The Liberal Party of Gibraltar may merge with the Reform Party, its leader suggested.")

    assert [(event.type, event.modality) for event in made.events] == [("MERGE", "possible")]


@pytest.mark.parametrize("text", ["Reports said that roads were closed.", "Talks began.", "Hopes rose after the vote."])
def test_a_plain_word_that_begins_a_sentence_is_no_name(text: str) -> None:
    assert coded(text).mentions == ()
