"""One sentence on how a list was found, or why none was."""

from __future__ import annotations

from dataclasses import dataclass

from communique.read import _listing_choice, _listing_tree
from communique.read._listing_choice import CLOSE, Rated
from communique.read._listing_pattern import Tried
from communique.read._listing_tree import Page
from communique.records import ListHistory

STEPS = 4  # of the way to a list's links that are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the sentence is made of."""

    page: Page
    found: list[Rated]  # all groups, the best first
    kept: list[Rated]  # those that are the list; empty: there is none
    entries: int
    history: ListHistory
    tried: Tried
    is_looked_up: bool  # the list was taken from where it stood before


def explanation(told: Told) -> str:
    """Say how the list was found, or why none was."""
    said = _how(told) + _rival(told) if told.kept else _why_not(told)
    return f"{said}{_breach(told)}."


def _how(told: Told) -> str:
    best = told.kept[0]
    where = _build(told.page, best)
    if told.is_looked_up:
        many = f"{told.entries} link{'s' if told.entries != 1 else ''}"
        return f"{many} where the list stood at the last {told.history.held} visits ({where}), {_what(best)}"
    if len(best.group.records) == 1:
        return f"one link with a day beside it, where no group of links looks like a list ({where})"
    groups = "one group" if len(told.kept) == 1 else f"{len(told.kept)} groups"
    return f"{told.entries} links in {groups} of the same build ({where}), {_what(best)}"


def _what(best: Rated) -> str:
    return f"with names of {best.named:.0f} characters on average, {best.dated:.0%} with a day beside them"


def _rival(told: Told) -> str:
    """Name the group that was passed over, if it looked almost as much like a list, or more."""
    rivals = (one for one in told.found if one not in told.kept and one.worth >= told.kept[0].worth * CLOSE)
    rival = next((one for one in rivals if _listing_choice.are_apart(one.group, told.kept)), None)
    if rival is None:
        return ""
    looks = "almost as much like a list" if rival.worth <= told.kept[0].worth else "more like a list"
    return f"; {len(rival.group.records)} other links look {looks} ({_build(told.page, rival)})"


def _why_not(told: Told) -> str:
    if not told.page.links:
        return "No list was found: the page has no links to other pages; it may need scripts to show them"
    if not told.found:
        count = len(told.page.links)
        return f"No list was found: of the {count} links no two look alike and lead to different pages"
    best = told.found[0]
    return (
        f"No list was found: the {len(best.group.records)} links that look most like one ({_build(told.page, best)}) "
        f"have names of {best.named:.0f} characters and {best.dated:.0%} of them a day, which is too little"
    )


def _breach(told: Told) -> str:
    """Say that the list stood elsewhere before, and what is there now."""
    if told.tried.breach is None or told.history.pattern is None:
        return ""
    times = "at the last visit" if told.history.held < 2 else f"at the last {told.history.held} visits"
    return f"; {times} it stood at {told.history.pattern.links[0]}, where now {told.tried.breach}"


def _build(page: Page, one: Rated) -> str:
    """Yield the last steps of the way to the group's links."""
    return _listing_tree.way(page, one.group.records[0].link.element, steps=STEPS)
