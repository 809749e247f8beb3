"""Silence explained: how a source is, in one sentence, and whether a person is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from communique.flow import health, layout
from communique.flow.course import Memory, Spoken
from communique.flow.health import Announced
from communique.records import SourceKind, Wishes
from communique.testing.builders import MORNING

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED_HOME = "https://rivermen.example/statements/"


def course(**given: Any) -> health.Course:
    """Yield the course of a source that was visited an hour ago and said something new a day ago."""
    fields: dict[str, Any] = {
        "is_paused": False, "visited_at": MORNING - HOUR,
        "new_at": MORNING - DAY, "next_visit_at": MORNING + 2 * HOUR,
        "listed_before": 20, "troubles_in_row": 0, "trouble_kind": None, "trouble_detail": None,
        "trouble_since": None, "memory": Memory(listed=20, newest_at=MORNING - DAY), "spoken": Spoken(),
    }  # fmt: skip
    return health.Course(**{**fields, **given})


TOLD = Announced(hub="hub.example", until=MORNING + DAY, told_at=MORNING - DAY)


def trouble(kind: str, detail: str, times: int = 1) -> dict[str, Any]:
    return {
        "trouble_kind": kind, "trouble_detail": detail, "troubles_in_row": times, "trouble_since": MORNING - 3 * DAY,
    }  # fmt: skip


RELAID = layout.Relaid(at=MORNING - 2 * DAY, before=20, after=19, familiar=17, breach="stand no links")

STATES: dict[str, tuple[health.Course, str, str, bool]] = {
    "all is well": (course(), "fine", "last said something new on 1 March 2026; next visit in 2 h", False),
    "its rhythm": (
        course(memory=Memory(gap_s=3 * 86_400)), "fine",
        "last said something new on 1 March 2026, usually every 3 days; next visit in 2 h, by its own rhythm", False,
    ),
    "not visited": (course(visited_at=None, next_visit_at=MORNING), "unvisited", "not visited yet; due now", False),
    "paused": (course(is_paused=True, **trouble("timeout", "x", 9)), "paused", "paused; nothing is collected", False),
    "nothing new for long": (
        course(new_at=MORNING - 40 * DAY), "silent",
        "answers, but has said nothing new since 21 January 2026; next visit in 2 h", False,
    ),
    "nothing new for its kind": (
        course(new_at=MORNING - 3 * DAY, memory=Memory(gap_s=3600)), "silent",
        "answers, but has said nothing new since 27 February 2026, usually every 60 min", False,
    ),
    "nothing new at all": (course(new_at=None), "silent", "answers, but has said nothing new so far", False),
    "robots.txt forbids it": (
        course(**trouble("robots", "rivermen.example/robots.txt asks Communique not to fetch /feed.xml")), "robots",
        "blocked by robots.txt since 27 February 2026: rivermen.example/robots.txt asks Communique not to", True,
    ),
    "refused once": (
        course(**trouble("refused", "the site answers 503")), "refused",
        "refused since 27 February 2026: the site answers 503; next visit in 2 h, later after each failure", False,
    ),
    "refused for days": (
        course(**trouble("refused", "the site answers 403", 4)), "refused",
        "refused since 27 February 2026, 4 times in a row: the site answers 403", True,
    ),
    "gone": (course(**trouble("gone", "the site answers 410")), "gone", "look for its new address on the site", True),
    "no answer": (
        course(**trouble("timeout", "it was silent for 20 s", 2)), "unreachable",
        "silent since 27 February 2026, 2 times in a row: it was silent for 20 s", False,
    ),
    "no feed any more": (
        course(**trouble("not-a-feed", "it is a web page, not a feed")), "unreadable",
        "unreadable since 27 February 2026: it is a web page, not a feed; test the address anew", True,
    ),
    "asked to wait": (
        course(**trouble("asked-to-wait", "it is busy")), "unreachable", "next visit in 2 h, as the site asks", False,
    ),
    "moved": (
        course(memory=Memory(moved_to="https://rivermen.example/press/", moved_since=date(2026, 3, 1), moved_days=2)),
        "moved",
        "has moved to https://rivermen.example/press/, take over? It says so since 1 March 2026; else", True,
    ),
    "layout changed": (
        course(memory=Memory(listed=0, empty_since=MORNING - 2 * DAY)), "layout",
        "the list's layout changed on 28 February 2026: 20 items before, 0 since; open the page", True,
    ),
    "another list after a change of layout": (
        course(memory=Memory(listed=7, relaid=replace(RELAID, after=7, familiar=0))), "layout",
        "20 items before, 7 since, none of which stood there before; open the page and look whether this is the", True,
    ),
    "silent since a change of layout": (
        course(new_at=MORNING - 60 * DAY, memory=Memory(listed=19, relaid=RELAID)), "silent",
        "1 January 2026; the list's layout changed on 28 February 2026: 20 items before, 19 since, 17 of which", False,
    ),
    "the same list in another layout": (course(memory=Memory(relaid=RELAID)), "fine", "2026; next visit", False),
    "feed emptied": (
        course(memory=Memory(listed=0, empty_since=MORNING - 2 * DAY)), "empty",
        "the feed is empty since 28 February 2026: 20 entries before, none since", True,
    ),
    "never a list": (
        course(memory=Memory(listed=0), listed_before=None, new_at=None), "empty",
        "answers, but no list was found on the page so far", True,
    ),
    "the site moves on without its feed": (
        course(new_at=MORNING - 60 * DAY, memory=Memory(listed=20, home=FEED_HOME, ahead=6)), "behind",
        f"the feed has had nothing new since 1 January 2026, but {FEED_HOME} lists 6 statements that it lacks", True,
    ),
    "another language": (
        course(spoken=Spoken(usual="el", other="en", run=5, since=MORNING - 9 * DAY)), "language",
        "speaks en since 21 February 2026, and el before", True,
    ),
    "one text in another language": (
        course(spoken=Spoken(usual="el", other="en", run=4, since=MORNING)), "fine", "last said something new", False,
    ),
    "only old items": (
        course(new_at=None, memory=Memory(listed=9, newest_at=MORNING - 700 * DAY)), "old",
        "lists only old items: the newest is of 1 April 2024", True,
    ),
    "a clock that runs ahead": (
        course(memory=Memory(listed=9, newest_at=MORNING + 400 * DAY)), "clock",
        "its clock is wrong: the newest entry is of 6 April 2027, 400 days ahead", True,
    ),
    "a clock of another zone": (course(memory=Memory(newest_at=MORNING + DAY)), "fine", "last said", False),
    "a feed with a hub": (
        course(new_at=MORNING - HOUR, announced=TOLD), "fine",
        "hub.example, last told on 1 March 2026; next visit in 2 h, to see whether its hub has told all", False,
    ),
    "a hub that forgets": (
        course(announced=Announced(hub="hub.example", until=MORNING + DAY, told_at=MORNING - DAY, is_late=True)),
        "fine", "last told on 1 March 2026, but not of all that came since; next visit in 2 h", False,
    ),
    "a hub that has not told yet": (
        course(announced=Announced(hub="hub.example", until=MORNING + DAY, told_at=None)), "fine",
        "announces itself through hub.example, nothing told yet; next visit", False,
    ),
    "a feed that asks to be left alone": (
        course(memory=Memory(wishes=Wishes(least_s=86_400))), "fine", "next visit in 2 h, as the feed asks", False,
    ),
    "a feed that asks for less than it gets": (
        course(memory=Memory(gap_s=90 * 86_400, wishes=Wishes(least_s=3600))), "fine",
        "next visit in 2 h, by its own rhythm", False,
    ),
    "a feed that asks for a pause and has a hub": (
        course(memory=Memory(wishes=Wishes(least_s=28_800)), new_at=MORNING - HOUR, announced=TOLD), "fine",
        "next visit in 2 h, later than the feed asks, to see whether its hub has told all", False,
    ),
    "a feed with a rhythm and a hub": (
        course(memory=Memory(gap_s=14_400), new_at=MORNING - HOUR, announced=TOLD), "fine",
        "next visit in 2 h, to see whether its hub has told all", False,
    ),
    "a hub that need not tell for a source that is asked once a day anyway": (
        course(memory=Memory(gap_s=90 * 86_400), announced=TOLD), "fine",
        "next visit in 2 h, by its own rhythm", False,
    ),
    "a feed that keeps hours": (
        course(memory=Memory(gap_s=14_400, wishes=Wishes(skip_hours=(3,)))), "fine",
        "next visit in 2 h, by its own rhythm, and not at times when the feed asks to be left alone", False,
    ),
    "a source that was silent from the start": (
        course(new_at=MORNING - 20 * DAY), "fine", "next visit in 2 h, by its own rhythm", False,
    ),
}  # fmt: skip


LISTS: dict[str, SourceKind] = dict.fromkeys(
    ("layout changed", "never a list", "another list after a change of layout", "silent since a change of layout"),
    "listing",
)


@pytest.mark.parametrize("case", STATES)
def test_each_silence_is_told_apart_in_one_sentence(case: str) -> None:
    given, kind, part, needs = STATES[case]

    state = health.state(given, MORNING, kind=LISTS.get(case, "feed"))

    assert (state.kind, state.needs_a_person) == (kind, needs)
    assert part in state.sentence
    assert "\n" not in state.sentence


def test_a_hub_whose_promise_has_ended_is_not_named() -> None:
    ended = course(announced=Announced(hub="hub.example", until=MORNING, told_at=MORNING - DAY))

    sentence = health.state(ended, MORNING, kind="feed").sentence

    assert "hub" not in sentence


@pytest.mark.parametrize(
    ("wait", "told"),
    [(timedelta(seconds=5), "1 min"), (timedelta(minutes=99), "99 min"), (48 * HOUR, "48 h"), (50 * HOUR, "2 days")],
)
def test_the_next_visit_is_told_as_people_do(wait: timedelta, told: str) -> None:
    assert f"next visit in {told}" in health.state(course(next_visit_at=MORNING + wait), MORNING, kind="page").sentence
