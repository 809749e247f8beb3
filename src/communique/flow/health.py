"""How a source is, in one sentence: what came last, what is wrong since when, and what a person could do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SILENT_AFTER = timedelta(days=30)

# What a person can do about a kind of trouble; kinds that are not here are told by their detail alone.
REMEDIES = {
    "gone": "look for its new address on the site, or remove it",
    "robots": "ask the site, or set collect.robots to false if you may",
    "private-address": "set collect.allow_private to true if the site stands in your own network",
    "not-a-feed": "test the address anew: communique sources test",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the ledger remembers of a source's visits. Instants are aware UTC; None: not yet."""

    is_paused: bool
    visited_at: datetime | None
    new_at: datetime | None
    next_visit_at: datetime
    listed_before: int | None
    troubles_in_row: int
    trouble_kind: str | None
    trouble_detail: str | None
    trouble_since: datetime | None


def sentence(course: Course, now: datetime) -> str:
    """Say how a source is."""
    if course.is_paused:
        return "paused; nothing is collected until it is resumed"
    if course.visited_at is None:
        return "not visited yet; it is due now"
    if course.trouble_kind:
        return _wrong(course, course.trouble_kind)
    if course.listed_before is None:
        return f"answers, but nothing was listed so far; {_next(course, now)}"
    if course.new_at is None or now - course.new_at > SILENT_AFTER:
        since = f"since {_day(course.new_at)}" if course.new_at else "so far"
        return f"answers, but has said nothing new {since}; {_next(course, now)}"
    return f"last said something new on {_day(course.new_at)}; {_next(course, now)}"


def needs_a_person(course: Course) -> bool:
    """Tell whether waiting won't mend it."""
    return bool(course.trouble_kind) and (course.troubles_in_row >= 3 or course.trouble_kind in REMEDIES)


def _wrong(course: Course, kind: str) -> str:
    since = f" since {_day(course.trouble_since)}" if course.trouble_since else ""
    times = f", {course.troubles_in_row} times in a row" if course.troubles_in_row > 1 else ""
    remedy = f"; {REMEDIES[kind]}" if kind in REMEDIES else ""
    return f"silent{since}{times}: {course.trouble_detail}{remedy}"


def _next(course: Course, now: datetime) -> str:
    wait = course.next_visit_at - now
    if wait <= timedelta(0):
        return "due now"
    minutes = int(wait.total_seconds() // 60)
    return (
        f"next visit in {minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"next visit in {minutes + 1} min"
    )


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
