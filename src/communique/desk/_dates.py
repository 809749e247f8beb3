"""Days as values: 13 June 2019, June 13, Monday, yesterday, 2019-06-13."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from communique.desk._calendar import Calendar, calendar
from communique.desk._text import Span, Text, covered

_BETWEEN = r"(?:\s?(?:-|–|—|/|to|and|&|bis|und|au|à|et|al|a|y|e|till|until)\s?(?:the\s|el\s|le\s|zum\s)?)"
_TH = r"(?:st|nd|rd|th|er|re|º|ª|°|\.)?"
# Words before a month that may be another word ("may", "mars").
_NEAR = frozenset({
    "in", "of", "since", "until", "by", "early", "late", "mid", "next", "last", "this", "during", "from", "before",
    "after", "im", "en", "de", "desde",
})  # fmt: skip
_YEAR = re.compile(r"(?<![\w.,:/$€£-])(1[5-9]\d\d|2[01]\d\d)(?=s?\b)(?![.,:]\d|-\w)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_YEAR_AFTER = re.compile(r",?\s(?:de\s|del\s|of\s)?(\d{4})(?!\d)")
_CENTURY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A day, month, year or weekday that a text names, as far as it names it."""

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    offset: int | None = None  # days from publication: "yesterday" is -1
    is_swapped: bool = False  # a second reading of "3/4/2019"


def dated(text: Text) -> tuple[Dated, ...]:
    """Yield the dates of a text, in order; readings of the same words never overlap but swapped ones."""
    found: list[Dated] = []
    for one in _all(text):
        if not covered(one.span, (other.span for other in found[-8:])) or one.is_swapped:
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.span))


def _all(text: Text) -> Iterator[Dated]:
    """Yield readings, longer forms first where two could begin at one place."""
    known = calendar(text.language)
    taken: set[int] = set()
    for one in (*_exact(text.raw), *_named(text.raw, known), *_words(text, known)):
        places = range(*one.span)
        if one.is_swapped or taken.isdisjoint(places):
            taken.update(places)
            yield one


def _exact(raw: str) -> Iterator[Dated]:
    for match in _ISO.finditer(raw):
        yield Dated(span=match.span(), year=int(match[1]), month=int(match[2]), day=int(match[3]))
    for match in _EAST_ASIAN.finditer(raw):
        year = int(match[1]) if match[1] else None
        yield Dated(span=match.span(), year=year, month=int(match[2]), day=int(match[3]))
    for match in _NUMERIC.finditer(raw):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        year += 2000 if year < _CENTURY else 0
        if second <= 12:
            yield Dated(span=match.span(), year=year, month=second, day=first)
        if first <= 12 and (match[2] == "/" or second > 12):
            yield Dated(span=match.span(), year=year, month=first, day=second, is_swapped=second <= 12)


def _named(raw: str, known: Calendar) -> Iterator[Dated]:
    day_first, month_first = _patterns(known.pattern)
    for match in day_first.finditer(raw):
        yield from _days(match, known)
    for match in month_first.finditer(raw):
        yield from _days(match, known)


def _days(match: re.Match[str], known: Calendar) -> Iterator[Dated]:
    """Yield one date, or two for "17. bis 23. September": the first has the span of its own number."""
    month = known.months[match["month"].lower()]
    year = int(match["year"]) if match["year"] else None
    days = [name for name in ("day", "other") if match[name] and 1 <= int(match[name]) <= 31]
    if not days:
        return
    last = days[-1]
    spans = {last: (match.start(), match.end())}
    if len(days) > 1:
        is_day_first = match.start("day") < match.start("month")
        cut = match.end("day") if is_day_first else match.end("month") + 1
        spans = {"day": (match.start(), cut), "other": (cut, match.end())}
        if not is_day_first:
            spans = {"day": (match.start(), match.end("day")), "other": (match.end("day"), match.end())}
    for name in days:
        yield Dated(span=spans[name], year=year, month=month, day=int(match[name]))


@cache
def _patterns(months: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    year = r"(?:,?\s(?:de\s|del\s|of\s)?(?P<year>\d{4})(?!\d))?"
    day_first = (
        rf"(?<![\w.,:])(?P<day>\d{{1,2}}){_TH}(?:{_BETWEEN}(?P<other>\d{{1,2}}){_TH})?"
        rf"\s?(?:of\s|de\s|d['’])?(?P<month>{months})\b(?:\.(?=\s\d))?{year}"
    )
    month_first = (
        rf"\b(?P<month>{months})\b\.?\s(?:the\s)?(?P<day>\d{{1,2}}){_TH}(?![\d:])"
        rf"(?:{_BETWEEN}(?P<other>\d{{1,2}}){_TH}(?![\d:]|\s?(?:{months})\b))?{year}"
    )
    return re.compile(day_first, re.I), re.compile(month_first, re.I)


def _words(text: Text, known: Calendar) -> Iterator[Dated]:
    """Yield months, weekdays and relative words that stand alone, and years."""
    before = ""
    for word in text.words:
        name = word.text.lower().removesuffix("'s").removesuffix("’s")
        if name in known.weekdays:
            yield Dated(span=word.span, weekday=known.weekdays[name])
        elif name in known.months and (name in known.alone or before in _NEAR) and _is_written_so(text, word.text):
            yield _month(text, word.span, known.months[name])
        elif word.word in text.lexicon.relative:
            yield Dated(span=word.span, offset=text.lexicon.relative[word.word])
        before = word.word
    for match in _YEAR.finditer(text.raw):
        yield Dated(span=match.span(1), year=int(match[1]))


def _month(text: Text, span: Span, month: int) -> Dated:
    """Yield a month with the year that follows it, if one does."""
    following = _YEAR_AFTER.match(text.raw, span[1])
    if following is None:
        return Dated(span=span, month=month)
    return Dated(span=(span[0], following.end()), year=int(following[1]), month=month)


def _is_written_so(text: Text, name: str) -> bool:
    """Tell whether a month could be written so: English and German give it a capital."""
    return name[0].isupper() or text.language not in ("en", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the sources say of days, put together."""

    days: frozenset[tuple[int | None, int, int]]  # (year or None, month, day)
    months: frozenset[tuple[int | None, int]]
    years: frozenset[int]
    weekdays: frozenset[int]
    offsets: frozenset[int]  # relative words as they stand

    def has_day(self, month: int, day: int, year: int | None) -> bool:
        """Tell whether a source names this day; a year that it leaves open may be any that a source names."""
        years = {found for found, m, d in self.days if (m, d) == (month, day)}
        return bool(years) and (year is None or year in years or (None in years and year in self.years))

    def has_month(self, month: int, year: int | None) -> bool:
        """Tell whether a source names this month."""
        years = {found for found, m in self.months if m == month}
        return bool(years) and (year is None or year in years or (None in years and year in self.years))


def known(texts: tuple[tuple[Text, tuple[Dated, ...], date | None], ...]) -> Known:
    """Put together what sources say of days, each with the day that its relative words count from."""
    days: set[tuple[int | None, int, int]] = set()
    months: set[tuple[int | None, int]] = set()
    years: set[int] = set()
    weekdays: set[int] = set()
    offsets: set[int] = set()
    for _, found, published in texts:
        implied = tuple(_implied(found, published))
        days |= {(day.year, day.month, day.day) for day in implied}
        days |= {(one.year, one.month, one.day) for one in found if one.month and one.day}
        months |= {(one.year, one.month) for one in found if one.month}
        months |= {(day.year, day.month) for day in implied}
        years |= {one.year for one in found if one.year} | {day.year for day in implied}
        weekdays |= {one.weekday for one in found if one.weekday is not None}
        offsets |= {one.offset for one in found if one.offset is not None}
    weekdays |= set(_weekdays(days, years))
    return Known(
        days=frozenset(days), months=frozenset(months), years=frozenset(years), weekdays=frozenset(weekdays),
        offsets=frozenset(offsets),
    )  # fmt: skip


def _implied(found: tuple[Dated, ...], published: date | None) -> Iterator[date]:
    """Yield the days that follow from publication: itself, "yesterday", and the Mondays around it."""
    if published is None:
        return
    yield published
    for one in found:
        if one.offset is not None:
            yield _moved(published, one.offset)
        if one.weekday is not None:
            ahead = (one.weekday - published.weekday()) % 7
            yield _moved(published, ahead)
            yield _moved(published, ahead - 7)


def _moved(day: date, offset: int) -> date:
    try:
        return day + timedelta(days=offset)
    except OverflowError:
        return day


def _weekdays(days: set[tuple[int | None, int, int]], years: set[int]) -> Iterator[int]:
    for year, month, day in days:
        for one in (years if year is None else {year}) if len(years) < 12 or year is not None else ():
            try:
                yield date(one, month, day).weekday()
            except ValueError:
                continue
