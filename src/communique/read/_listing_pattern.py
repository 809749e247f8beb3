"""Where a list stood on the captures before: looked up first, and told when it stands there no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.read import _listing_choice, _listing_tree
from communique.read._listing_choice import ENOUGH, LONE_NAME, Rated
from communique.read._listing_slots import Found
from communique.read._listing_tree import Page
from communique.records import ListHistory, ListPattern

HOLDS = 0.25  # of the worth of what looks best: what stands at the known place must have it to be a list still
DATED = 0.5  # share of entries with a day, where there was a place for it

Lones = Callable[[], list[Rated]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What stands where the list stood before."""

    kept: tuple[Rated, ...] = ()  # empty: nothing is known, or the pattern is broken
    breach: str | None = None  # how it is broken, in a clause


def tried(page: Page, found: list[Rated], history: ListHistory, *, lones: Lones) -> Tried:
    """Look for the list where it stood. `found` are the groups, the best first; `lones` yields the single links."""
    known = history.pattern
    if known is None:
        return Tried()
    there = [one for one in found if _way(page, one) in known.links]
    if not there:
        return _alone(page, known, lones())
    breach = _breach(there[0], found[0], known)
    return Tried(breach=breach) if breach else Tried(kept=tuple(_listing_choice.with_alike(there[0], there)))


def of(page: Page, kept: list[Rated], slots: list[Found]) -> ListPattern | None:
    """Yield where a list stands that was found as these groups."""
    if not kept:
        return None
    ways = tuple(dict.fromkeys(_way(page, one) for one in kept))
    has_days = kept[0].dated >= DATED and len(kept[0].group.records) > 1
    return ListPattern(links=ways, title=slots[0].title_place, day=slots[0].day_place if has_days else None)


def _way(page: Page, one: Rated) -> str:
    return _listing_tree.way(page, one.group.records[0].link.element)


def _alone(page: Page, known: ListPattern, lones: list[Rated]) -> Tried:
    """Look for a list of which one entry is left."""
    there = [one for one in lones if _way(page, one) in known.links and one.named >= LONE_NAME]
    if len(there) == 1 and (known.day is None or there[0].dated):
        return Tried(kept=(there[0],))
    return Tried(breach="stand no links" if not there else "stands one link that looks like no list")


def _breach(there: Rated, best: Rated, known: ListPattern) -> str | None:
    """Say how the pattern is broken by what stands there now; None: it holds."""
    count = len(there.group.records)
    if known.day is not None and there.dated < DATED:
        return f"stand {count} links of which {there.dated:.0%} have a day beside them"
    if there.worth < max(ENOUGH, HOLDS * best.worth):
        return f"stand {count} links that look far less like a list than others do"
    return None
