"""Days as people and programs write them: ISO 8601, RFC 5322, and words and numerals of some 45 languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from communique.read import _calendars, _months
from communique.records import DayOrder, Numerals

Order = DayOrder

_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)"
    r"(?:[T ]{1,2}(\d\d):?(\d\d)(?::?\d\d(?:[.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_RFC = re.compile(r"(?:\w{3},\s*)?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|GMT|UTC?|Z)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}Z?)?")
_NUMERALS = re.compile(
    r"(?<![A-Za-z\d./:-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|(?<!-)\d\d)(?![\d/-])"
)  # "19-7-02" is a file number, "v1.6.19" a version
_YEAR_FIRST = re.compile(r"(?<![\d./-])((?:19|20)\d\d)([./])\s?(\d{1,2})\2\s?(\d{1,2})\.?(?!\d)")
_EAST_ASIA = re.compile(
    r"((?:19|20)\d\d)\s?[年년](?:[（(][^）)]{2,8}[）)])?\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]"
)
_SOLAR = ("fa", "ps")  # languages whose numerals may be days of the Persian year
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_COUNTED = re.compile(r"\d|[一二三四五六七八九十]日")  # without it a text names no day
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_YEAR = r"((?:19|20|25)\d\d)"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|º|ª|°|-?(?:го|е)|-(?:a|an|en|ta)|ی)?"
_LAST_CENTURY = 70  # years of two digits from here on are of the twentieth


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A day that a text names, with its place."""

    at: str  # ISO 8601: a day, or a minute with offset
    span: tuple[int, int]
    ambiguous: bool = False  # numerals that could be day or month first, read by `order`


def stamp(text: str) -> str | None:
    """Yield the ISO 8601 day or instant of a value made for machines; None if it is none.

    An instant keeps its offset; without one, or at midnight exactly (templates fill in zeros), it is a day.
    """
    text = unicodedata.normalize("NFKC", text).strip()[:80]
    if iso := _ISO.search(text):
        return _instant(iso)
    if _RFC.search(text):
        try:
            return parsedate_to_datetime(text).isoformat(timespec="minutes")
        except (ValueError, TypeError, IndexError):
            return None
    if compact := _COMPACT.fullmatch(text):
        return _day(int(compact[1]), int(compact[2]), int(compact[3]))
    return None


def days(text: str, *, order: Order | None, language: str | None = None) -> tuple[Found, ...]:
    """Yield the days that a text names, in their order.

    `order` says how numerals like 3/4/2019 are read in this source; None leaves those out that could be either.
    `language` decides names that mean two months ("listopada" is November in Polish, October in Croatian).
    """
    if not _COUNTED.search(text):
        return ()
    plain = with_plain_digits(text)
    found = [*_marked(plain), *_worded(plain, language), *_numeral(plain, order)]
    taken: list[Found] = []
    for one in sorted(found, key=lambda one: (one.span[0], -one.span[1])):
        if not taken or one.span[0] >= taken[-1].span[1]:
            taken.append(one)
    return tuple(taken)


def twofold(text: str) -> frozenset[str]:
    """Yield both readings of the numerals in a text that could be day or month first."""
    plain = with_plain_digits(text)
    orders: tuple[Order, ...] = ("day-first", "month-first")
    return frozenset(one.at for order in orders for one in _numeral(plain, order) if one.ambiguous)


def order_shown(texts: Iterable[str]) -> Order | None:
    """Tell how a source writes numerals, from those that can be read in one way only; None if they don't agree.

    One in ten may be of the other order: file numbers and forms look like days.
    """
    first, second = 0, 0
    for text in texts:
        for numerals in _NUMERALS.finditer(with_plain_digits(text)):
            first += int(numerals[1]) > 12
            second += int(numerals[3]) > 12
    if first == second or min(first, second) * 10 > max(first, second):
        return None
    return "day-first" if first > second else "month-first"


def reckoned(
    texts: Iterable[str], *, known: Order | None, custom: Callable[[tuple[str, ...]], Order | None]
) -> tuple[Numerals, bool]:  # fmt: skip
    """Yield how a page's days in numerals are to be read, and whether it has any.

    By its own that can be read in one way only, else by those of its source (`known`), else by what is usual where it
    comes from.
    """
    lines = tuple(texts)
    if shown := order_shown(lines):
        return Numerals(order=shown, by="page"), True
    has_any = any(twofold(line) for line in lines)
    if known is not None:
        return Numerals(order=known, by="source"), has_any
    usual = custom(lines)
    return Numerals(order=usual, by="custom" if usual else None), has_any


def order_of_names(texts: Iterable[str]) -> Order | None:
    """Tell how a source writes days with a month's name, from the first that it has; None where it has none."""
    day_first, month_first, *_ = _patterns()
    for text in texts:
        plain = with_plain_digits(text)
        orders: tuple[tuple[Order, re.Pattern[str]], ...] = (("month-first", month_first), ("day-first", day_first))
        for order, form in orders:
            found = form.search(plain)
            if found and _months.month(found["month"], None):
                return order
    return None


def _instant(iso: re.Match[str]) -> str | None:
    day = _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if day is None or iso[4] is None or iso[6] is None or int(iso[4]) > 23 or int(iso[5]) > 59:
        return day
    offset = "+00:00" if iso[6] == "Z" else f"{iso[6][:3]}:{iso[6][-2:]}"
    if iso[4] == iso[5] == "00":
        return day
    written = f"{day}T{iso[4]}:{iso[5]}{offset}"
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return day
    return written


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def with_plain_digits(text: str) -> str:
    """Write digits of all scripts as 0 to 9; the length stays, so spans hold."""
    if text.isascii() or not _OTHER_DIGIT.search(text):
        return text
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() and char.isdecimal() else char
        for char in text
    )


def _marked(text: str) -> Iterator[Found]:
    for iso in _ISO.finditer(text):
        if at := _instant(iso):
            yield Found(at=at, span=iso.span())
    for pattern, places in ((_YEAR_FIRST, (1, 3, 4)), (_EAST_ASIA, (1, 2, 3))):
        for match in pattern.finditer(text):
            if at := _day(*(int(match[place]) for place in places)):
                yield Found(at=at, span=match.span())
    for parts, span in _calendars.east_asian(text):
        if at := _day(*parts):
            yield Found(at=at, span=span)


def _numeral(text: str, order: Order | None) -> Iterator[Found]:
    for match in _NUMERALS.finditer(text):
        first, second = int(match[1]), int(match[3])
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        either = first <= 12 and second <= 12 and first != second
        if either and match[2] == "." and order is None:
            day_first = True  # points are written in countries that put the day first
        elif either:
            if order is None:
                continue
            day_first = order == "day-first"
        else:
            day_first = second <= 12
        at = _day(year, second, first) if day_first else _day(year, first, second)
        if at and 1990 <= year <= 2099:
            yield Found(at=at, span=match.span(), ambiguous=either)


def _worded(text: str, language: str | None) -> Iterator[Found]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            parts = match.groupdict()
            number = _number(parts, language)
            at = number and _day(_full_year(parts["year"], language), number, int(parts["day"]))
            if at:
                yield Found(at=at, span=match.span())
    for day, span in _calendars.persian(text, numerals=language in _SOLAR):
        yield Found(at=day.isoformat(), span=span)


def _number(parts: dict[str, str | None], language: str | None) -> int | None:
    """Yield the month that a pattern found: in numerals, Roman numerals or by name."""
    if parts.get("number"):
        return int(parts["number"] or 0)
    if parts.get("roman"):
        return _ROMAN.index((parts["roman"] or "").upper()) + 1
    return _months.month(parts["month"] or "", language)


def _full_year(written: str, language: str | None) -> int:
    year = int(written)
    if len(written) == 2 and language == "th":
        return 2500 + year - _calendars.BUDDHIST
    if len(written) == 2:
        return 2000 + year if year < _LAST_CENTURY else 1900 + year
    return year - _calendars.BUDDHIST if year > 2400 else year


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Yield patterns for a day with a named month and a year."""
    name = _months.pattern()
    # "كانون الثاني/يناير": a month with its other name behind it
    month = rf"(?:ខែ)?(?P<month>{name})(?:လ)?\.?(?:\s?[/(]\s?(?:{name})\.?\)?)?"
    day = rf"(?:(?<![\d.,:/-])|(?<=ika-))(?P<day>\d{{1,2}}){_ORDINAL}"
    year = r"(?:พ\.ศ\.\s?|ค\.ศ\.\s?|ឆ្នាំ)?" + _YEAR.replace("(", "(?P<year>", 1) + r"(?!\d)"
    bare = year.removesuffix(r"(?!\d)")
    # What stands between a year and the month or day behind it: Latvian, Kazakh, Kyrgyz, Uzbek
    then = r"(?:\. ?gada|\s?жылғы|-?\s?жылдын|-?\s?yil(?:ning)?)"
    return (
        # 19 June 2019 · 19. Juni 2019 · 1er juin 2019 · 19 de junio de 2019 · 19-Jun-2019 · 19 giugno, 2019
        re.compile(
            rf"{day}[\s\-/,]{{0,3}}(?:of |de |del |d[’']|ng |ta[’'] |day of )?{month}[\s,،\-/]{{0,3}}"
            rf"(?:de[l]? |year )?[’']?{year}",
            re.I,
        ),
        # June 19, 2019 · Jun. 19th 2019
        re.compile(rf"(?<!\w){month}\s{{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{0,2}}(?:de )?{year}", re.I),
        # 2019. június 19. · 2019 m. birželio 19 d. · 2019, June 19 · 2019ko ekainaren 19an
        re.compile(rf"(?<!\d){bare}(?:\.| m\.| оны|,|e?ko| ခုနှစ်|{then})?\s?{month}\s?(?P<day>\d{{1,2}})(?!\d)", re.I),
        # 2019. gada 19. jūnijs · 2019 жылғы 19 маусым · 2019-yil 19-iyun
        re.compile(rf"(?<!\d){bare}{then}\s(?P<day>\d{{1,2}})[.\s\-]{{1,2}}{month}", re.I),
        # ngày 19 tháng 6 năm 2019
        re.compile(rf"{day}\s+tháng\s+(?P<number>\d{{1,2}})[,\s]+(?:năm\s+)?{year}", re.I),
        # 2019 оны 6 дугаар сарын 19
        re.compile(
            rf"(?<!\d){bare} оны\s(?P<number>\d{{1,2}})(?:[\s-]?д[уү]г[аэ]{{2}}р)?\sсарын\s(?P<day>\d{{1,2}})(?!\d)"
        ),
        # 19 VI 2019 · 19.VI.2019
        re.compile(rf"{day}[.\s]{{0,2}}(?P<roman>X?I{{1,3}}|I?[VX]|VI{{1,3}})[.\s]{{1,2}}{year}"),
        # 19-Jun-19
        re.compile(rf"{day}[-\s](?P<month>[^\W\d_]{{3,4}})[-\s][’']?(?P<year>\d\d)(?![\d:])", re.I),
        # 19 มิ.ย. 62
        re.compile(rf"{day}\s?(?P<month>[ก-ฮ][ก-๏]{{0,2}}\.[ก-ฮ][ก-๏]?\.?)\s?(?P<year>\d\d)(?![\d:])"),
    )
