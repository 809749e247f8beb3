"""When a source is due: decisions over instants, nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from communique import collect

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = 3600


def ago(hours: float) -> datetime:
    return NOON - timedelta(hours=hours)


def test_a_source_that_was_never_visited_is_due() -> None:
    assert collect.is_due(None, HOUR, NOON)


@pytest.mark.parametrize(
    ("hours", "troubles", "due"),
    [(1, 0, True), (0.9, 0, False), (1.5, 1, False), (2, 1, True), (25, 30, True), (23, 30, False), (49, 0, True)],
)
def test_each_trouble_doubles_the_pause_up_to_a_day(hours: float, troubles: int, due: bool) -> None:
    assert collect.is_due(ago(hours), HOUR, NOON, troubles=troubles) is due


def test_a_source_with_a_longer_pause_than_a_day_keeps_it() -> None:
    assert not collect.is_due(ago(30), 48 * HOUR, NOON, troubles=3)


def test_a_source_that_asked_for_a_pause_is_not_due_before_it_ends() -> None:
    assert not collect.is_due(None, HOUR, NOON, not_before=NOON + timedelta(seconds=1))
    assert collect.is_due(ago(2), HOUR, NOON, not_before=NOON)


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 54), (0.5, 60), (1.0, 66)])
def test_visits_drift_apart_by_up_to_a_tenth(chance: float, minutes: int) -> None:
    assert collect.next_visit(NOON, HOUR, chance=lambda: chance) == NOON + timedelta(minutes=minutes)


def test_the_next_visit_is_never_before_the_end_of_an_asked_pause() -> None:
    end = NOON + timedelta(hours=5)

    assert collect.next_visit(NOON, HOUR, chance=lambda: 0.5, not_before=end) == end
