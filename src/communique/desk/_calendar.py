"""Names of months and weekdays in all languages, from CLDR by way of Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from communique.kit import months

# Month names that are common words as well: alone, they are months only after one of these.
_DOUBTFUL = frozenset({"may", "march", "august", "mars", "mai", "marzo", "mart"})
_LEAST = 3  # letters of an abbreviated month
_NUMBER_MARKS = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How a language calls months and weekdays; names are in lower case."""

    months: Mapping[str, int]  # wide and abbreviated, 1 to 12
    alone: frozenset[str]  # those that are months without a number beside them
    weekdays: Mapping[str, int]  # Monday is 0
    pattern: str  # alternation of months for a regular expression, longest first


@cache
def calendar(language: str) -> Calendar:
    """Yield the calendar of a language, English included: dates in English stand in texts of all languages."""
    locales = [locale for name in dict.fromkeys((language, "en")) if (locale := _locale(name)) is not None]
    months: dict[str, int] = {}
    wide: set[str] = set()
    weekdays: dict[str, int] = {}
    for locale in locales:
        for name, month, is_wide in _months(locale):
            months.setdefault(name, month)
            wide |= {name} if is_wide else set()
        for context in ("format", "stand-alone"):
            for day, name in locale.days[context]["wide"].items():
                weekdays.setdefault(name.lower(), day)
    pattern = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return Calendar(months=months, alone=frozenset(wide - _DOUBTFUL), weekdays=weekdays, pattern=pattern)


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def _months(locale: Locale) -> list[tuple[str, int, bool]]:
    found = []
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                form = name.lower().rstrip(".")
                # Babel lets names of a language asked for before show through: the shipped table says whose it is.
                is_own = months.of(locale.language).get(name.casefold().strip(". ")) == month
                if is_own and len(form) >= _LEAST and not _NUMBER_MARKS.match(form):
                    found.append((form, month, width == "wide"))
    return found
