"""Names of months in some hundred languages (CLDR), and the years that are not counted from Christ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from communique.kit import months
from communique.kit.text import folded

# Abbreviations that people write and CLDR does not have
_ALSO = {"sept": 9, "janv": 1, "juill": 7, "mrt": 3, "okt": 10, "setiembre": 9}
_PERSIAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
BUDDHIST = 543  # years between the Thai and the common reckoning
_GENERIC = r"[^\W\d_][^\s\d.,/()|:–—-]{1,19}"
_COMMON = 3  # times as many languages that must mean one month by a name as mean others, where no language decides


def month(name: str, language: str | None) -> int | None:
    """Yield the month that a name means, 1 to 12; a name of two months is decided by the language, or not at all."""
    meanings = _names().get(_key(name), {})
    if language and (own := meanings.get(language.split("-")[0])):
        return own
    if not meanings or "en" in meanings:
        return meanings.get("en")
    counted = Counter(meanings.values()).most_common()
    return counted[0][0] if counted[0][1] >= _COMMON * sum(count for _, count in counted[1:]) else None


@cache
def pattern() -> str:
    """Yield a regular expression for what may be the name of a month: any word, or one of the names of several."""
    several = {name for name, _, _ in _printed() if not re.fullmatch(_GENERIC, name)}
    named = "|".join(re.escape(name) for name in sorted(several, key=lambda name: (-len(name), name)))
    return f"(?:{named}|{_GENERIC})"


def persian_month(name: str) -> int | None:
    """Yield the month of the Persian (solar) year that a name means, 1 to 12."""
    plain = name.replace("ي", "ی").replace("ك", "ک")
    return _PERSIAN.index(plain) + 1 if plain in _PERSIAN else None


def persian_day(year: int, month: int, day: int) -> date | None:
    """Yield the day of a Persian date, by the 33-year cycle: right from 1178 to 1633."""
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    shifted = year + 1595
    before = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    elapsed = 365 * shifted + shifted // 33 * 8 + (shifted % 33 + 3) // 4 + before + day
    return date.fromordinal(elapsed + _PERSIAN_OFFSET)


_PERSIAN_OFFSET = -356_033  # set so that 1 Farvardin 1400 is 21 March 2021


@cache
def _names() -> dict[str, dict[str, int]]:
    """Yield the names of months (folded), each with the languages that use it and the month that it means there."""
    names: dict[str, dict[str, int]] = {_key(name): {"en": number} for name, number in _ALSO.items()}
    for name, number, language in _printed():
        names.setdefault(_key(name), {}).setdefault(language, number)
    return names


def _printed() -> Iterator[tuple[str, int, str]]:
    for language in months.languages():
        for name, number in months.of(language).items():
            yield name, number, language


def _key(name: str) -> str:
    return folded(name).strip(".")
