"""Days as lists write them: read as everywhere, but that a later day than the page may bear is none.

Whether 3/4 is in March or in April is a property of the page, decided from all its days (`order`), never of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communique.read import _dateforms
from communique.read._dateforms import Order
from communique.records import Numerals

FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDay:
    """A day in a text."""

    day: date
    span: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """How a page writes its days."""

    order: Order | None  # None: can't be told, so days of two small numbers are left out
    latest: date  # a later day is no day of publication
    language: str | None = None
    numerals: Numerals | None = None  # how that was told; None: the page has no days in numerals


def days(text: str, reckoning: Reckoning) -> tuple[FoundDay, ...]:
    """Yield the days in the text, in order."""
    if not any(char.isdigit() for char in text):
        return ()
    found = _dateforms.days(text, order=reckoning.order, language=reckoning.language)
    made = (FoundDay(day=date.fromisoformat(one.at[:10]), span=one.span) for one in found)
    return tuple(one for one in made if one.day.year >= FIRST_YEAR and one.day <= reckoning.latest)


def numerals(texts: Iterable[str], *, known: Order | None, month_first_here: bool | None) -> tuple[Numerals, bool]:
    """Tell from all days of a page whether the day stands before the month, and whether it has any in numerals.

    Decided by numbers over twelve; where there are none, by those on other pages of the source; else by what is usual
    where the page comes from, and by its days with a month's name ("June 19, 2019").
    """

    def usual(lines: tuple[str, ...]) -> Order | None:
        if month_first_here is None:
            return _dateforms.order_of_names(line for line in lines if len(line) < 60)
        return "month-first" if month_first_here else "day-first"

    return _dateforms.reckoned(texts, known=known, custom=usual)
