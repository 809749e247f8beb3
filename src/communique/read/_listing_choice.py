"""Which group of links is the list that the page exists for.

Each group gets a rating from what its regions hold: names of some length, days, text beside the links; less for
groups in menus, sidebars and footers. The best one wins; groups that say the same kind of thing join it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from communique.read import _listing_entries
from communique.read._listing_days import Reckoning
from communique.read._listing_groups import Group, Record
from communique.read._listing_tree import Element, Page

RATED = 60  # records of a group that are looked at: enough to know its kind
ENOUGH = 0.35  # a group below is no list
LONE_NAME = 15  # characters of the name of a list's only entry
LONE_WORTH = 0.8  # a day beside it and a name, in the page's own matter
CLOSE = 0.7  # of the winner's worth: a person should look whether the right one was taken

_ASIDE_TAGS = {"nav": 0.2, "footer": 0.3, "header": 0.4, "aside": 0.4, "form": 0.8, "select": 0.1}
_ASIDE_WORDS = re.compile(
    r"(?:^|[-_\s])(?:nav\w*|menu\w*|footer\w*|foot|sidebar\w*|side|breadcrumb\w*|social\w*|share\w*|sharing|related\w*|"
    r"tag-?cloud|tags|pag(?:er|ination|inate)\w*|comments?|respond|widget\w*|toolbar|language\w*|lang|skip|copyright|"
    r"cookie\w*|banner|sponsor\w*|dropdown\w*|topbar|top-bar|masthead|categories|archives?|blogroll|login)(?:$|[-_\s])",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A group and what it is worth."""

    group: Group
    worth: float
    dated: float  # share of records whose region gives a day
    named: float  # mean length of the names, characters


def rated(page: Page, found: tuple[Group, ...], reckoning: Reckoning) -> list[Rated]:
    """Yield the groups, the best first."""
    sides = _Sides()
    made = [_rated(page, group, reckoning, sides) for group in found]
    return sorted(made, key=lambda one: -one.worth)


class _Sides:
    """How far from the page's matter an element stands, remembered for each."""

    def __init__(self) -> None:
        self._known: dict[object, float] = {}

    def of(self, group: Group) -> float:
        chain = [group.records[0].element, *group.records[0].element.iterancestors()]
        share = 1.0
        for one in reversed(chain):
            if one not in self._known:
                self._known[one] = share * _aside(str(one.tag), f"{one.get('class') or ''} {one.get('id') or ''}")
            share = self._known[one]
        return share


def _aside(tag: str, words: str) -> float:
    share = _ASIDE_TAGS.get(tag, 1.0)
    return share * (0.4 if tag not in ("body", "html", "main", "article") and _ASIDE_WORDS.search(words) else 1.0)


def _rated(page: Page, group: Group, reckoning: Reckoning, sides: _Sides) -> Rated:
    looked_at = group.records[:: max(1, len(group.records) // RATED)]
    values, dated, lengths, names = [], 0, [], set()
    for record in looked_at:
        name = _listing_entries.name(record)
        has_day = _listing_entries.day(record, name, reckoning) is not None
        dated += has_day
        is_named = _listing_entries.is_name(name or "")
        lengths.append(_length(name or "") if is_named else 0)
        names.add(name)
        values.append(_value(record, lengths[-1], has_day=has_day))
    count = len(looked_at)
    many = min(len(group.records), 40) ** 0.5
    variety = len(names) / count
    worth = sum(values) / count * many * variety * sides.of(group)
    return Rated(group=group, worth=worth, dated=dated / count, named=sum(lengths) / count)


def _length(text: str) -> float:
    """Yield the length in letters of an alphabet; a Chinese or Japanese sign says as much as about two and a half."""
    return sum(2.5 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _value(record: Record, length: float, *, has_day: bool) -> float:
    beside = max(0, len(record.text) - length)
    return min(length, 100) / 100 + (0.7 if has_day else 0) + min(beside, 200) / 200 * 0.4


def chosen(found: list[Rated]) -> list[Rated]:
    """Yield the group that wins with those that say the same kind of thing; none where nothing is worth it."""
    return [] if not found or found[0].worth < ENOUGH else with_alike(found[0], found)


def with_alike(best: Rated, found: list[Rated]) -> list[Rated]:
    """Yield a group, and those that say the same kind of thing elsewhere on the page."""
    taken = _elements(best.group)
    kept = [best]
    for one in found:
        if one is not best and _is_alike(one, best) and not _overlaps(one.group, taken):
            kept.append(one)
            taken |= _elements(one.group)
    return kept


def lone(found: list[Rated]) -> list[Rated]:
    """Yield the one link that is a list of one entry: named like a title, with a day, not in the page's frame."""
    entries = [one for one in found if one.dated == 1 and one.named >= LONE_NAME and one.worth >= LONE_WORTH]
    return entries if len(entries) == 1 else []


def _is_alike(one: Rated, best: Rated) -> bool:
    return one.worth > best.worth * 0.4 and one.dated >= 0.8 and best.dated >= 0.8


def _elements(group: Group) -> set[Element]:
    pieces = (piece for record in group.records for piece in record.pieces)
    return {one for piece in pieces if not isinstance(piece, str) for one in piece.iter(etree.Element)}


def _overlaps(group: Group, taken: set[Element]) -> bool:
    """Tell whether a record of the group stands in, or holds, what is taken."""
    return any(
        any(inner in taken for inner in record.element.iter(etree.Element))
        or any(above in taken for above in record.element.iterancestors())
        for record in group.records
    )


def are_apart(group: Group, kept: list[Rated]) -> bool:
    """Tell whether a group shares no part of the page with those that were taken."""
    return all(not _overlaps(group, _elements(one.group)) for one in kept)
