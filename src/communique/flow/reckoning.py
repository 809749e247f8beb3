"""How a source writes days in numerals, learned from all its pages: pure decisions."""

from __future__ import annotations

from communique.records import DayOrder, Numerals

SETTLED = 3  # pages with days that can be read in one way only, before they speak for the others of a source
PURE = 10  # times as many as of the other order: file numbers and quoted forms look like days


def order(day_first: int, month_first: int) -> DayOrder | None:
    """Yield the order that so many pages of a source show each; None: too few, or both."""
    most, least = max(day_first, month_first), min(day_first, month_first)
    if most < SETTLED or least * PURE > most:
        return None
    return "day-first" if day_first > month_first else "month-first"


def shown(numerals: Numerals | None) -> DayOrder | None:
    """Yield the order that a page shows by days of its own that can be read in one way only."""
    return numerals.order if numerals is not None and numerals.by == "page" else None


def is_outdated(numerals: Numerals | None, settled: DayOrder | None) -> bool:
    """Tell whether a page would be read otherwise now that the order of its source is known, or known no more."""
    if numerals is None or numerals.by == "page":
        return False
    return numerals.order != settled if settled is not None else numerals.by == "source"
