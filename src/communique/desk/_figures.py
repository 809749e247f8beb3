"""Findings on numbers and days: each value of a draft must be a value of a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from communique.desk._dates import Dated
from communique.desk._grounds import Grounds
from communique.desk._numbers import Quantity
from communique.desk._text import Span, Text, covered
from communique.kit.text import folded
from communique.records import Finding

_SMALL = 100  # below it a source may write a number as a word, which is known only of languages with a lexicon
_NAMED = 3  # signers whom a draft names before "and 29 others"
_BESIDE = re.compile(r"[ \u00a0]?[,(]?[ \u00a0]?(?:(?:the|den|dem|le|el|de) )?")  # between a weekday and its date
_BEFORE = 24  # characters before a number in which "more than" can stand
_EXACT = 3  # significant figures of a number that may be rounded; "nearly 28 million" is rounded already
# What a rounded number may stand for, as shares of it.
_STANDS_FOR = {
    "above": (Decimal(1), Decimal("1.25")),
    "below": (Decimal("0.8"), Decimal(1)),
    "about": (Decimal("0.9"), Decimal("1.1")),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def numbers(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each number that no source carries, and for each percentage that is none there."""
    carried = _carried(grounds)
    years = {str(year) for year in grounds.days.years}
    year_spans = [one.span for one in grounds.dated if one.year and not one.month]
    for one in grounds.quantities:
        if not one.asked or covered(one.span, year_spans):
            continue
        found = [percent for value in one.values for percent in carried.get(value, ())]
        found = found or _rounded(grounds, one, carried)
        if not found and not (one.values & years and not one.percent):
            yield _number(grounds, one)
        elif found and one.percent is not None and all(percent is (not one.percent) for percent in found):
            yield _percentage(grounds, one)


def _carried(grounds: Grounds) -> dict[str, set[bool | None]]:
    """Yield the values that sources carry, each with whether it is a percentage there."""
    found: dict[str, set[bool | None]] = {}
    for source in grounds.sources:
        for one in source.quantities:
            for value in one.values:
                found.setdefault(value, set()).add(one.percent)
        for others in range(_NAMED + 1) if source.given.signers else ():
            found.setdefault(str((source.given.signers or 0) - others), set()).add(False)
    return found


def _rounded(grounds: Grounds, one: Quantity, carried: Mapping[str, set[bool | None]]) -> list[bool | None]:
    """Yield what is known of the numbers that a rounder one stands for: "more than 40,000" for 41,500."""
    before = f" {folded(grounds.draft.raw[max(0, one.span[0] - _BEFORE) : one.span[0]]).strip()}"
    ways = grounds.draft.lexicon.rounding.items()
    way = next((way for way, words in ways if any(before.endswith(f" {word}") for word in words)), None)
    if way is None:
        return []
    least, most = _STANDS_FOR[way]
    return [
        percent
        for value in one.values
        for exact, percents in carried.items()
        if least <= Decimal(exact) / max(Decimal(value), Decimal(1)) <= most
        and _figures(value) < _figures(exact) >= _EXACT
        for percent in percents
    ]


def _figures(value: str) -> int:
    """Count the significant figures of a number."""
    return len(value.replace(".", "").strip("0"))


def _number(grounds: Grounds, one: Quantity) -> Finding:
    written = _written(grounds, one.span)
    is_sure = any(source.text.lexicon.language for source in grounds.sources) or not _is_small(one)
    advice = f"No source gives the number {written}; give the one that stands there, or leave it out."
    return Finding(kind="number", span=one.span, text=written, blocks=is_sure, advice=advice)


def _is_small(one: Quantity) -> bool:
    return any("." not in value and len(value) < 4 and int(value) <= _SMALL for value in one.values)


def _percentage(grounds: Grounds, one: Quantity) -> Finding:
    written = _written(grounds, one.span)
    there, here = ("a count", "a percentage") if one.percent else ("a percentage", "a count")
    advice = f"{written} is {there} in the sources and {here} here; say what is counted."
    return Finding(kind="number", span=one.span, text=written, blocks=True, advice=advice)


def _written(grounds: Grounds, span: Span) -> str:
    return grounds.draft.raw[span[0] : span[1]]


def days(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each day, month, year or weekday that no source carries."""
    swapped = {one.span for one in grounds.dated if one.is_swapped}
    readings: dict[Span, list[Dated]] = {}
    for one in grounds.dated:
        readings.setdefault(one.span, []).append(one)
    for span, ones in readings.items():
        if any(_is_carried(grounds, one) for one in ones):
            continue
        if span not in swapped and _stands_there(grounds, ones[0]):
            continue
        yield _date(grounds, ones[0])
    yield from _weekdays(grounds)


def _weekdays(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each weekday beside a full date that is another day of the week, and is so in no source."""
    there = {pair for source in grounds.sources for pair in _pairs(source.text, source.dated)}
    for name, day in _pairs(grounds.draft, grounds.dated):
        is_carried = any(_is_same(name, day, *pair) for pair in there)
        if is_carried or not _is_carried(grounds, name) or _weekday(day) in (None, name.weekday):
            continue
        written = _written(grounds, name.span)
        advice = f"{_written(grounds, day.span)} is a {_WEEKDAYS[_weekday(day) or 0]}, not a {written}; check both."
        yield Finding(kind="date", span=name.span, text=written, blocks=True, advice=advice)


def _pairs(text: Text, dated: Iterable[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """Yield weekdays with the day that stands beside them: "Sunday, 16 August 1998", "16 August 1998 (Sunday)"."""
    for one, other in pairwise(one for one in dated if not one.is_swapped):
        between = text.raw[one.span[1] : other.span[0]]
        if _BESIDE.fullmatch(between) is None:
            continue
        if one.weekday is not None and other.day:
            yield one, other
        elif other.weekday is not None and one.day:
            yield other, one


def _is_same(name: Dated, day: Dated, other_name: Dated, other_day: Dated) -> bool:
    is_same_year = None in (day.year, other_day.year) or day.year == other_day.year
    return is_same_year and (name.weekday, day.month, day.day) == (other_name.weekday, other_day.month, other_day.day)


def _weekday(day: Dated) -> int | None:
    """Yield the weekday of a full date (Monday is 0); None where it lacks its year or is no day."""
    try:
        return date(day.year or 0, day.month or 0, day.day or 0).weekday()
    except ValueError:
        return None


def _is_carried(grounds: Grounds, one: Dated) -> bool:
    known = grounds.days
    if one.month and one.day:
        return known.has_day(one.month, one.day, one.year)
    if one.month:
        return known.has_month(one.month, one.year)
    if one.weekday is not None:
        return one.weekday in known.weekdays
    if one.offset is not None:
        return _is_relative_carried(grounds, one.offset)
    return one.year in known.years or _is_a_number(grounds, str(one.year))


def _is_relative_carried(grounds: Grounds, offset: int) -> bool:
    if offset == 0 or offset in grounds.days.offsets or grounds.published is None:
        return True
    day = grounds.published + timedelta(days=offset)
    return grounds.days.has_day(day.month, day.day, day.year)


def _is_a_number(grounds: Grounds, value: str) -> bool:
    return any(value in one.values for source in grounds.sources for one in source.quantities)


def _stands_there(grounds: Grounds, one: Dated) -> bool:
    """Tell whether the very words stand in a source, where they were read as something else."""
    if one.month and one.day:
        return False
    written = _written(grounds, one.span).casefold()
    return one.month is not None and one.year is None and written in grounds.places


def _date(grounds: Grounds, one: Dated) -> Finding:
    written = _written(grounds, one.span)
    what = "names" if one.weekday is None else "speaks of"
    advice = f"No source {what} {written}; check the day against the text."
    if one.weekday is not None and grounds.days.weekdays:
        there = ", ".join(_WEEKDAYS[day] for day in sorted(grounds.days.weekdays))
        advice = f"No source speaks of {written}; the days that they name or imply: {there}."
    return Finding(kind="date", span=one.span, text=written, blocks=True, advice=advice)
