"""What two captures of one list have in common: links that came, links that went, links that stand there always.

A list moves: entries come at one end and go at the other. What stays where it is while others come and go is a menu, a
link of the frame that is built like an entry, or pinned.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from communique.read._listing_choice import CLOSE, Rated
from communique.read._listing_groups import Record
from communique.read._listing_tree import Page
from communique.records import ListHistory, ListingEntry

MARKS = 400  # links of a page that are remembered; lists of more are not held against each other
PINS = 5  # entries that may be pinned on top
SHORT = 0.6  # of the usual length of a name, where no entry has a day
TAIL = 2  # links without a day that may be of the frame at the end of a list

Entries = list[tuple[ListingEntry, Record]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The links of two captures of one page, by their marks."""

    before: Mapping[str, int]  # place by mark; empty: there was no capture before, or it had too many links
    places: tuple[str, ...]  # the marks by place
    now: frozenset[str]

    def is_fresh(self, record: Record) -> bool:
        """Tell whether a link did not stand on the page before."""
        return bool(self.before) and mark(record.link.identity) not in self.before

    def has_lost_before(self, record: Record) -> bool:
        """Tell whether the link that stood right above a link is gone."""
        place = self.before.get(mark(record.link.identity), 0)
        return place > 0 and self.places[place - 1] not in self.now


def mark(identity: str) -> str:
    """Yield the mark of an address: eight hexadecimal digits."""
    return f"{zlib.crc32(identity.encode('utf-8', 'surrogatepass')):08x}"


def marks(page: Page) -> str:
    """Yield the marks of a page's links in page order, each once, parted by spaces; "" for very many."""
    known = dict.fromkeys(mark(link.identity) for link in page.links)
    return " ".join(known) if len(known) <= MARKS else ""


def seen(page: Page, history: ListHistory) -> Seen:
    """Hold a page's links against those of the capture before."""
    places = tuple(history.links.split())
    before = {one: number for number, one in enumerate(places)}
    return Seen(before=before, places=places, now=frozenset(mark(link.identity) for link in page.links))


def familiar(entries: Entries, held: Seen) -> int | None:
    """Count the entries whose links stood on the page before; None where that is not known."""
    return sum(not held.is_fresh(record) for _, record in entries) if held.before else None


def moving_first(found: list[Rated], held: Seen) -> list[Rated]:
    """Put a group with new links first, where the best has none and looks hardly better: lists move, menus don't."""
    if not held.before or not found or _moves(found[0], held):
        return found
    best = found[0]
    mover = next((one for one in found[1:] if one.worth >= best.worth * CLOSE and _moves(one, held)), None)
    return found if mover is None else [mover, *(one for one in found if one is not mover)]


def _moves(one: Rated, held: Seen) -> bool:
    """Tell whether a group has both new links and known ones; one of new links alone may be a box of chance."""
    fresh = sum(held.is_fresh(record) for record in one.group.records)
    return 0 < fresh < len(one.group.records)


def pins(entries: Entries, held: Seen) -> list[bool]:
    """Tell which entries are pinned: they stood there before, and what is new came below them and not above.

    Not where an entry is no older than the new one below it: there the days have put it on top. Not in a list by name.
    """
    fresh = [held.is_fresh(record) for _, record in entries]
    first = fresh.index(True) if True in fresh else 0
    goes_on = not all(fresh[first:])
    named = [(entry.title or "").casefold() for entry, _ in entries]
    if not 0 < first <= PINS or not goes_on or named == sorted(named):
        return [False] * len(entries)
    newest = entries[first][0].date
    stays = [_may_be_pinned(entry, newest) for entry, _ in entries[:first]]
    return [number < first and all(stays) for number in range(len(entries))]


def _may_be_pinned(entry: ListingEntry, newest: date | None) -> bool:
    return entry.date is None or newest is None or entry.date < newest


def without_frame(entries: Entries, held: Seen) -> Entries:
    """Cut one or two links at the end that stayed there while new ones came above and those right above them went.

    Nothing new is lost by it: what is cut stood on the page before.
    """
    come = sum(held.is_fresh(record) for _, record in entries)
    if not come:
        return entries
    for size in range(1, min(TAIL, len(entries) - 1) + 1):
        tail = entries[-size:]
        if all(_is_frame(entry, entries) for entry, _ in tail) and held.has_lost_before(tail[0][1]):
            return entries[:-size]
    return entries


def _is_frame(entry: ListingEntry, entries: Entries) -> bool:
    """Tell whether an entry may be no entry: it has no day where most have one; where none has, its name is short."""
    dated = sum(one.date is not None for one, _ in entries)
    if dated:
        return entry.date is None and dated >= len(entries) / 2
    return len(entry.title or "") < SHORT * median(len(one.title or "") for one, _ in entries)
