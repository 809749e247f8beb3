"""What the wire itself says, in the wire's language; dates and numbers as people write them there (CLDR)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from communique.wire._edition import WireError

Phrase = str | dict[str, str]


class TimezoneError(WireError):
    """The wire's time zone is not known here."""


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language, and its ways of writing days and numbers."""

    language: str  # BCP 47, as the wire is set
    locale: Locale
    phrases: dict[str, Phrase]
    zone: tzinfo
    countries: dict[str, str]  # code -> what the wire itself calls it

    def __call__(self, key: str, count: int | None = None, **fields: str) -> str:
        """Yield a phrase; one that counts has a form for each plural category of the language."""
        phrase = self.phrases[key]
        if isinstance(phrase, dict):
            form = self.locale.plural_form(count or 0)
            phrase = phrase.get(form) or phrase["other"]
            fields["count"] = self.number(count or 0)
        return phrase.format_map(fields)

    @property
    def direction(self) -> str:
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def number(self, value: int) -> str:
        return str(format_decimal(value, locale=self.locale))

    def local(self, moment: datetime) -> datetime:
        """Yield the moment on the wire's clock."""
        return moment.astimezone(self.zone)

    def clock(self, moment: datetime) -> str:
        return str(format_skeleton("Hm", self.local(moment), tzinfo=None, locale=self.locale))

    def day(self, day: date) -> str:
        return str(format_date(day, "long", locale=self.locale))

    def weekday(self, day: date) -> str:
        return str(format_date(day, "full", locale=self.locale))

    def between(self, first: date, last: date) -> str:
        """Yield "between 10 and 24 January 2019": the earlier day without what both share."""
        same_month = (first.year, first.month) == (last.year, last.month)
        skeleton = "d" if same_month else "MMMMd" if first.year == last.year else ""
        short = str(format_skeleton(skeleton, first, locale=self.locale)) if skeleton else self.day(first)
        return self("undated_between", first=short, last=self.day(last))

    def occasion(self, number: int) -> str:
        """Yield what one occasion of a series is called by its number."""
        return self("occasion_number", number=self.number(number))

    def country(self, code: str) -> str:
        if code in ("INT", "EU"):
            return self(f"country_{code}")
        return self.countries.get(code) or str(self.locale.territories.get(code, code))

    def tongue(self, tag: str) -> str:
        """Yield a language's name in the wire's language."""
        name = Locale.parse(tag, sep="-").get_display_name(self.locale) if known(tag) else None
        return str(name or tag)


def known(tag: str) -> bool:
    """Tell whether CLDR knows the language of a BCP 47 tag."""
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def tag(language: str) -> str:
    """Yield a language tag that formats take (BCP 47, well-formed); "und" where it is not one."""
    return language if _TAG.fullmatch(language) else "und"


@cache
def direction(tag: str) -> str:
    """Yield "rtl" or "ltr" for a language."""
    return "rtl" if known(tag) and Locale.parse(tag, sep="-").text_direction == "rtl" else "ltr"


@cache
def _locale(tag: str) -> Locale:
    """Yield the locale; plain "en" writes days in the order that most of the world does."""
    if tag == "en":
        return Locale("en", "GB")
    return Locale.parse(tag, sep="-") if known(tag) else Locale("en", "GB")


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TimezoneError(f"wire.timezone: {name!r} is no known time zone; write one like Europe/Athens") from error


@cache
def words(language: str, timezone: str, countries: tuple[tuple[str, str], ...] = ()) -> Words:
    """Yield the catalogue for a language: its own, else the English one with the language's own dates."""
    english = _catalogue("en")
    own = _catalogue(language.split("-", maxsplit=1)[0].lower())
    return Words(language, _locale(language if own else "en"), english | own, _zone(timezone), dict(countries))


def _catalogue(language: str) -> dict[str, Phrase]:
    file = files("communique.wire") / "words" / f"{language}.json"
    if not language.isalpha() or not file.is_file():
        return {}
    phrases: dict[str, Phrase] = json.loads(file.read_text(encoding="utf-8"))
    return phrases
