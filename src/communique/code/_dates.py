"""Dates of a text: absolute, relative to the day of publication, intervals, durations, deadlines."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import ahocorasick
from babel import Locale

from communique.code._lexicon import Lexicon
from communique.kit.months import of as months_of
from communique.records import DateExpression

_ISO = re.compile(r"(\d{4}(?<![\d-]....)-\d{2}-\d{2})(?![\d-])")
_BOUND = {"before": "<", "until": "<", "by": "<=", "till": "<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patterns:
    """What dates look like in one language. `names` maps month and weekday names to their numbers."""

    months: dict[str, int]
    weekdays: dict[str, int]
    # Names and forms, each under letters of which some must stand in a text for it to be looked for.
    expressions: tuple[tuple[frozenset[str], str, re.Pattern[str]], ...]
    letters: ahocorasick.Automaton  # finds all those letters in a text of small ones, in one pass


def dates(text: str, lexicon: Lexicon | None, language: str, published: date | None) -> tuple[DateExpression, ...]:
    """Yield the dates of the text in order, none overlapping.

    Without a lexicon only what CLDR names (days and months) and ISO dates are found. A relative date without a day of
    publication keeps its words and has no value.
    """
    found = [*_named(text, lexicon, language, published), *_iso(text)]
    if len(found) < 2:
        return tuple(found)
    kept: list[DateExpression] = []
    for one in sorted(found, key=lambda one: (one.span[0], -one.span[1])):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return tuple(kept)


def _iso(text: str) -> Iterator[DateExpression]:
    for match in _ISO.finditer(text) if "-" in text else ():
        try:
            date.fromisoformat(match[1])
        except ValueError:
            continue
        yield DateExpression(text=match[1], span=match.span(1), kind="absolute", value=match[1])


@cache
def _patterns(lexicon_language: str | None, language: str) -> _Patterns:
    locale = Locale.parse(language)
    months = {
        name.lower(): number
        for context in ("format", "stand-alone")
        for number, name in locale.months[context]["wide"].items()
        # Babel lets names of a language that was asked for before show through: the shipped table says whose it is.
        if months_of(language).get(name.casefold().strip(". ")) == number
    }
    weekdays = {name.lower(): number for number, name in locale.days["format"]["wide"].items()}
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = "|".join(sorted(map(re.escape, weekdays), key=len, reverse=True))
    of = r"(?:\s{1,3}de|\.)?"  # "12 de mayo", "12. Mai"
    any_language = [
        ("day", rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{of}\s{{1,3}}(?P<m>{month})(?:{of},?\s{{1,3}}(?P<y>\d{{4}}))?"),
        ("day", rf"(?P<m>{month})\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s{{1,3}}(?P<y>\d{{4}}))?(?!\d)"),
        ("month", rf"(?P<m>{month}){of}\s{{1,3}}(?P<y>\d{{4}})"),
    ]
    hints = _HINTS | dict.fromkeys(("day", "month", "month-alone"), tuple(months)) | {"weekday": tuple(weekdays)}
    expressions = any_language + (_english(month, day) if lexicon_language == "en" else [])
    return _Patterns(
        months=months,
        weekdays=weekdays,
        expressions=tuple(
            (frozenset(hints[name]), name, re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE))
            for name, form in expressions
        ),
        letters=_any_of({letters for name, _ in expressions for letters in hints[name]}),
    )


def _any_of(letters: set[str]) -> ahocorasick.Automaton:
    found = ahocorasick.Automaton()
    for one in letters:
        found.add_word(one, one)
    found.make_automaton()
    return found


def _english(month: str, day: str) -> list[tuple[str, str]]:
    number = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?"
    unit = "day|week|month|year"
    return [
        ("day", rf"(?P<d>\d{{1,2}})[-–](?P<d2>\d{{1,2}})\s{{1,3}}(?P<m>{month})(?:\s{{1,3}}(?P<y>\d{{4}}))?"),
        ("month-alone", rf"(?P<bound>in|since|until|by|before)\s{{1,3}}(?P<m>{month})"),
        (
            "weekday",
            rf"(?:(?P<bound>by|until|before)\s{{1,3}})?(?:on\s{{1,3}})?(?P<which>last|next|this)?\s{{0,3}}(?P<wd>{day})",
        ),
        ("today", r"(?:early\s{1,3}|late\s{1,3})?(?P<word>today|tonight|yesterday|tomorrow)"),
        ("period", rf"(?P<which>last|next|this)\s{{1,3}}(?P<unit>{unit})"),
        (
            "weekend",
            r"(?:at|over|during|on)\s{1,3}the\s{1,3}(?P<which>last|next|this)?\s{0,3}weekend|(?P<which2>last|next|this)\s{1,3}weekend",
        ),
        (
            "ago",
            rf"(?P<n>{number})\s{{1,3}}(?P<unit>{unit})s?\s{{1,3}}(?P<way>ago|earlier|before|later)(?!\s{{1,3}}the)",
        ),
        ("after", rf"(?P<n>{number})\s{{1,3}}(?P<unit>{unit})s?\s{{1,3}}(?P<way>after)"),
        ("duration", rf"(?:after|within)\s{{1,3}}(?P<n>{number})\s{{1,3}}(?P<unit>{unit})s?"),
        ("year", r"(?:(?P<bound>until|since|before|by)\s{1,3}|(?:in|of)\s{1,3}(?=\d{4}))?(?P<y>(?:19|20)\d{2})"),
    ]


# Months and days are added.
_HINTS: dict[str, tuple[str, ...]] = {
    "today": ("today", "tonight", "yesterday", "tomorrow"),
    "period": ("last", "next", "this"),
    "weekend": ("weekend",),
    "ago": ("ago", "earlier", "before", "later"),
    "after": ("after",),
    "duration": ("after", "within"),
    "year": ("19", "20"),
}


def _named(text: str, lexicon: Lexicon | None, language: str, published: date | None) -> Iterator[DateExpression]:
    patterns = _patterns(lexicon.language if lexicon else None, language)
    held = {letters for _, letters in patterns.letters.iter(text.lower())} if patterns.letters else frozenset()
    for letters, name, pattern in patterns.expressions if held else ():
        for match in pattern.finditer(text) if not letters.isdisjoint(held) else ():
            made = _value(name, match, patterns, lexicon, text, published)
            if made is not None:
                yield made
    if lexicon:
        yield from _feasts(text, lexicon, published)


def _value(  # noqa: PLR0911 one branch for each form of a date; each is a line
    name: str, match: re.Match[str], patterns: _Patterns, lexicon: Lexicon | None, text: str, published: date | None
) -> DateExpression | None:
    part = match.groupdict()
    match name:
        case "day":
            value = _day(part, patterns.months, published)
            return _made(match, "absolute", value, skip=0) if value else None
        case "month":
            return _made(match, "absolute", f"{part['y']}-{patterns.months[part['m'].lower()]:02}")
        case "month-alone":
            if part["m"].lower() == "may" and part["m"][0].islower():
                return None
            ahead = part["bound"] in ("by", "until") or _is_ahead(text[: match.start()], lexicon)
            value = _month(patterns.months[part["m"].lower()], published, ahead=ahead)
            return _made(match, "relative", _bounded(part["bound"], value))
        case "weekday":
            ahead = _is_ahead(text[: match.start()], lexicon)
            value = _weekday(patterns.weekdays[part["wd"].lower()], part, published, ahead=ahead)
            return _made(match, "deadline" if part["bound"] else "relative", _bounded(part["bound"], value))
        case "year":
            if match.group().isdigit() and not _reads_as_year(text, match):
                return None
            return _made(match, "absolute", (_BOUND.get(part["bound"] or "", "")) + part["y"])
        case "duration":
            return _made(match, "duration", f"P{_number(part['n'], lexicon)}{part['unit'][0].upper()}")
        case _:
            return _made(
                match, "interval" if name == "weekend" else "relative", _shifted(name, part, lexicon, published)
            )


def _made(match: re.Match[str], kind: str, value: str | None, *, skip: int | None = None) -> DateExpression:
    surface = match.group()
    start = match.start() + (len(surface) - len(surface.lstrip()) if skip is None else skip)
    return DateExpression(text=match.string[start : match.end()], span=(start, match.end()), kind=kind, value=value)


def _is_ahead(before: str, lexicon: Lexicon | None) -> bool:
    """Tell whether the sentence so far speaks of what is to come."""
    if lexicon is None:
        return False
    sentence = before[max(before.rfind(". "), before.rfind("\n"), len(before) - 400) + 1 :]
    return re.search(rf"\b(?:{lexicon.dates['ahead']})\b", sentence, re.IGNORECASE) is not None


def _day(part: dict[str, str | None], months: dict[str, int], published: date | None) -> str | None:
    month, day = months[(part["m"] or "").lower()], int(part["d"] or 0)
    if not 1 <= day <= monthrange(2024, month)[1]:
        return None
    if part.get("y"):
        year = int(part["y"] or 0)
        return f"{year:04}-{month:02}-{day:02}" + _until(part, months) if day <= monthrange(year, month)[1] else None
    if published is None:
        return f"--{month:02}-{day:02}"
    years = [
        year for year in (published.year - 1, published.year, published.year + 1) if day <= monthrange(year, month)[1]
    ]
    nearest = min((date(year, month, day) for year in years), key=lambda one: abs((one - published).days))
    return nearest.isoformat() + _until(part, months)


def _until(part: dict[str, str | None], months: dict[str, int]) -> str:
    """Yield the end of an interval within a month, as ISO 8601 writes it: /10."""
    last = part.get("d2")
    if not last or not 1 <= int(last) <= monthrange(2024, months[(part["m"] or "").lower()])[1]:
        return ""
    return f"/{int(last):02}"


def _month(month: int, published: date | None, *, ahead: bool) -> str | None:
    """Yield the month that is meant: the next one where the sentence looks ahead, else the nearest."""
    if published is None:
        return None
    distance = (month - published.month) % 12 if ahead else (month - published.month + 6) % 12 - 6
    return _period(published, "month", distance)


def _bounded(bound: str | None, value: str | None) -> str | None:
    return value and _BOUND.get((bound or "").lower(), "") + value


def _weekday(weekday: int, part: dict[str, str | None], published: date | None, *, ahead: bool) -> str | None:
    """Yield the day that a weekday means: the last one, unless the sentence looks ahead or sets a term."""
    if published is None:
        return None
    which = (part.get("which") or "").lower()
    forward = which == "next" or (which != "last" and (ahead or bool(part.get("bound"))))
    step = (weekday - published.weekday()) % 7 if forward else -((published.weekday() - weekday) % 7)
    if step == 0 and which in ("next", "last"):
        step = 7 if which == "next" else -7
    return (published + timedelta(days=step)).isoformat()


def _reads_as_year(text: str, match: re.Match[str]) -> bool:
    """Tell a bare year ("the 2031 fair") from another number of four digits ("2000 people")."""
    before, after = text[: match.start()].split()[-1:], text[match.end() :].split()[:1]
    named = bool(after) and after[0][0].islower() and not after[0].rstrip(".,").endswith("s")
    return bool(before) and before[0].lower() in ("the", "its", "their", "in") and named


def _number(word: str | None, lexicon: Lexicon | None) -> int:
    text = (word or "").lower()
    return int(text) if text.isdigit() else int(lexicon.dates["numbers"][text]) if lexicon else 0


def _shifted(name: str, part: dict[str, str | None], lexicon: Lexicon | None, published: date | None) -> str | None:
    if published is None or lexicon is None or name == "after":
        return None
    if name == "today":
        return (published + timedelta(days=lexicon.dates["days"][(part["word"] or "").lower()])).isoformat()
    which = {"last": -1, "next": 1}.get((part.get("which") or part.get("which2") or "").lower(), 0)
    if name == "weekend":
        return _weekend(published, which, is_named=bool(part.get("which") or part.get("which2")))
    if name == "period":
        return _period(published, (part["unit"] or "").lower(), which)
    sign = 1 if (part["way"] or "").lower() == "later" else -1
    return _ago(published, (part["unit"] or "").lower(), sign * _number(part["n"], lexicon))


def _weekend(published: date, which: int, *, is_named: bool) -> str:
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    if which > 0 or (is_named and which == 0):
        saturday += timedelta(days=7)
    sunday = saturday + timedelta(days=1)
    same_month = sunday.month == saturday.month
    return f"{saturday.isoformat()}/{sunday.day:02}" if same_month else f"{saturday.isoformat()}/{sunday.isoformat()}"


def _period(published: date, unit: str, shift: int) -> str:
    if unit == "day":
        return (published + timedelta(days=shift)).isoformat()
    if unit == "week":
        year, week, _ = (published + timedelta(weeks=shift)).isocalendar()
        return f"{year}-W{week:02}"
    if unit == "year":
        return str(published.year + shift)
    months = published.year * 12 + published.month - 1 + shift
    return f"{months // 12}-{months % 12 + 1:02}"


def _ago(published: date, unit: str, shift: int) -> str | None:
    if abs(shift) > 999:
        return None
    if unit in ("day", "week"):
        return (published + timedelta(days=shift * (7 if unit == "week" else 1))).isoformat()
    return _period(published, unit, shift)


@cache
def _feast_names(feasts: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, feasts), key=len, reverse=True))
    return re.compile(rf"(?:(?P<bound>before|by|until)\s)?(?:(?:on|at|after)\s)?(?P<name>{names})(?!\w)")


def _feasts(text: str, lexicon: Lexicon, published: date | None) -> Iterator[DateExpression]:
    if not any(map(text.__contains__, lexicon.ready.feasts)):
        return
    feasts = lexicon.dates["feasts"]
    for match in _feast_names(lexicon.ready.feasts).finditer(text):
        value = _feast(feasts[match["name"]], published) if published else None
        yield _made(match, "relative", _bounded(match["bound"], value))


def _feast(rule: int | str, published: date) -> str:
    """Yield the feast's day that is nearest to the day of publication."""
    years = (published.year - 1, published.year, published.year + 1)
    days = [
        easter(year) + timedelta(days=rule) if isinstance(rule, int) else date.fromisoformat(f"{year}-{rule}")
        for year in years
    ]
    return min(days, key=lambda day: abs((day - published).days)).isoformat()


def easter(year: int) -> date:
    """Yield Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
