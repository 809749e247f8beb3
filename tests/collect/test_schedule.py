"""When a source is visited again: decisions over instants, nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import collect
from communique.records import Wishes

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
HOUR = 3600
DAY = 24 * HOUR


def after(pause_s: float, **given: object) -> timedelta:
    """Yield how long after noon the next visit is, without chance."""
    return collect.next_visit(NOON, pause_s, chance=lambda: 0.5, **given) - NOON  # type: ignore[arg-type]


@pytest.mark.parametrize(("troubles", "hours"), [(0, 1), (1, 2), (3, 8), (4, 16), (5, 24), (30, 24), (10_000, 24)])
def test_each_trouble_doubles_the_pause_up_to_a_day(troubles: int, hours: int) -> None:
    assert after(HOUR, troubles=troubles) == timedelta(hours=hours)


def test_a_source_with_a_longer_pause_than_a_day_keeps_it() -> None:
    assert after(48 * HOUR, troubles=3) == timedelta(hours=48)


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 54), (0.5, 60), (1.0, 66)])
def test_visits_drift_apart_by_up_to_a_tenth(chance: float, minutes: int) -> None:
    assert collect.next_visit(NOON, HOUR, chance=lambda: chance) == NOON + timedelta(minutes=minutes)


def test_the_next_visit_is_never_before_the_end_of_an_asked_pause() -> None:
    assert after(HOUR, not_before=NOON + timedelta(hours=5)) == timedelta(hours=5)


@pytest.mark.parametrize(
    ("wishes", "hours"),
    [
        (Wishes(skip_hours=(13, 14, 15)), 4),
        (Wishes(skip_days=(0,)), 12),
        (Wishes(skip_days=(0, 1), skip_hours=(0, 1)), 38),
        (Wishes(skip_hours=tuple(range(24))), 1),  # that would be never; a feed does not mean it
    ],
)
def test_hours_and_days_that_a_feed_wants_to_be_left_alone_in_are_passed_over(wishes: Wishes, hours: int) -> None:
    assert after(HOUR, wishes=wishes) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("gap_s", "pause_s"),
    [(None, HOUR), (60, 600), (8 * HOUR, 2 * HOUR), (2 * DAY, 12 * HOUR), (90 * DAY, DAY)],
)
def test_a_source_is_visited_by_its_own_rhythm_from_ten_minutes_to_a_day(gap_s: float | None, pause_s: float) -> None:
    assert collect.adapted_pause_s(HOUR, gap_s=gap_s) == pause_s


def test_a_source_that_falls_silent_is_visited_ever_more_rarely() -> None:
    pauses = [collect.adapted_pause_s(HOUR, gap_s=4 * HOUR, silent_s=days * DAY) for days in (0.1, 1, 2, 9)]

    assert pauses == [HOUR, 6 * HOUR, 12 * HOUR, DAY]


def test_a_source_without_a_rhythm_is_visited_ever_more_rarely_as_well() -> None:
    pauses = [collect.adapted_pause_s(HOUR, silent_s=days * DAY) for days in (0, 0.1, 1, 9)]

    assert pauses == [HOUR, HOUR, 6 * HOUR, DAY]


def test_a_feed_is_not_visited_sooner_than_it_asks_for() -> None:
    assert collect.adapted_pause_s(HOUR, gap_s=60, wishes=Wishes(least_s=2 * HOUR)) == 2 * HOUR


@pytest.mark.parametrize(("usual_s", "pause_s"), [(HOUR, 6 * HOUR), (9 * HOUR, DAY), (3 * DAY, 3 * DAY), (60, 60)])
def test_visits_are_a_net_under_what_a_hub_tells(usual_s: int, pause_s: int) -> None:
    assert collect.net_pause_s(usual_s) == pause_s
    assert collect.adapted_pause_s(HOUR, gap_s=60, wishes=Wishes(least_s=365 * DAY)) == DAY


@pytest.mark.parametrize(
    ("gap_s", "least_s", "is_told", "told"),
    [
        (None, None, False, ()),
        (8 * HOUR, None, False, ("rhythm",)),
        (8 * HOUR, HOUR, False, ("rhythm",)),  # it asks for less than its rhythm gives
        (8 * HOUR, 3 * HOUR, False, ("wish",)),
        (8 * HOUR, 3 * HOUR, True, ("wish", "net")),
        (90 * DAY, None, True, ("rhythm",)),  # once a day is rare enough as a net
    ],
)
def test_a_pause_says_what_it_is_taken_from(
    gap_s: float | None, least_s: int | None, *, is_told: bool, told: tuple[str, ...]
) -> None:
    asked = Wishes(least_s=least_s)

    assert collect.reasons(HOUR, gap_s=gap_s, silent_s=None, wishes=asked, is_told=is_told) == told


def test_a_pause_under_ten_minutes_is_meant_as_it_is_set() -> None:
    assert collect.adapted_pause_s(5, gap_s=DAY, silent_s=DAY, wishes=Wishes(least_s=DAY)) == 5


@given(st.floats(600, 1e6), st.none() | st.floats(0, 1e9), st.none() | st.floats(0, 1e9), st.none() | st.integers(1))
def test_no_rhythm_and_no_wish_leads_out_of_ten_minutes_to_a_day(
    pause_s: float, gap_s: float | None, silent_s: float | None, least_s: int | None
) -> None:
    found = collect.adapted_pause_s(pause_s, gap_s=gap_s, silent_s=silent_s, wishes=Wishes(least_s=least_s))

    assert 600 <= found <= max(DAY, pause_s)


def test_a_rhythm_is_taken_from_the_newest_dated_statements() -> None:
    daily = [NOON - timedelta(days=days) for days in range(30)]
    long_ago = [NOON - timedelta(days=1000 + days) for days in range(30)]

    assert collect.gap_of([*long_ago, *daily], NOON) == DAY


@pytest.mark.parametrize("dates", [[], [NOON], [NOON] * 9, [NOON, NOON - timedelta(days=1)]])
def test_few_dates_are_no_rhythm(dates: list[datetime]) -> None:
    assert collect.gap_of(dates, NOON) is None


def test_dates_in_the_future_say_nothing_of_a_rhythm() -> None:
    assert collect.gap_of([NOON + timedelta(days=days) for days in range(1, 9)], NOON) is None


def test_a_rhythm_that_is_observed_follows_the_newer_gaps() -> None:
    first = collect.gap_after(None, NOON - timedelta(days=2), NOON)
    second = collect.gap_after(first, NOON, NOON + timedelta(days=1))

    assert collect.gap_after(None, None, NOON) is None
    assert first == 2 * DAY
    assert second == pytest.approx(1.7 * DAY)
