"""The same place in each entry of a list: which one holds the titles, and which one the days.

An entry alone can't tell whether its name is "Affirmed in part" or "Bell v. Harbour Board"; the list can. In one
column every text is another and is made of words: the names. In another the days fall from top to bottom.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from lxml import etree

from communique.kit.text import collapsed
from communique.read import _listing_words
from communique.read._listing_days import Reckoning, days
from communique.read._listing_groups import Record
from communique.read._listing_tree import INLINE, Element, Page, text_of, way
from communique.records import ListPattern

Slot = tuple[object, ...]
Cells = dict[Slot, str]

SHOWN = 12  # entries that show where their parts stand
STEPS = 3  # to the part of an entry, from the last box around it
GOOD = 0.7  # of the worth of the best slot, from which that of the captures before is kept
CELLS = 60  # of one entry that are looked at
LONG = 160  # characters: longer texts are rather teasers than titles

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LINK: Slot = ("link",)
_DESCRIBED: Slot = ("described",)  # what a picture that is a link says of itself: often the title with more around it
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERED = re.compile(r"(?<!\S)\S*\d\S*")
_FILE_NUMBER = re.compile(r"^(?=\S*\d)\S+(?:\s*[:–—-])?\s+")
_REMARK = re.compile(r"\s*\((?=[^()]*\d|opens )[^()]*\)$")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the slots of a list give, entry by entry."""

    titles: tuple[str | None, ...]
    days: tuple[date | None, ...]
    title_place: str | None  # which slot the titles were taken from, in words that stay from capture to capture
    day_place: str | None


def found(page: Page, records: tuple[Record, ...], reckoning: Reckoning, known: ListPattern | None = None) -> Found:
    """Yield the titles and the days that stand in the best slot for each; of good ones the one that is `known`."""
    cells = [_cells(page, record) for record in records]
    ways = _ways(page, records)
    slot = _title_slot(cells, known.title if known else None, ways)
    titles = _without_marks([one.get(slot) if slot else None for one in cells])
    days_, day_slot = _days(cells, reckoning, known.day if known else None, ways)
    return Found(
        titles=tuple(titles), days=days_, title_place=_place(slot, ways) if slot else None,
        day_place=_place(day_slot, ways) if day_slot else None,
    )  # fmt: skip


def _ways(page: Page, records: tuple[Record, ...]) -> dict[int, str]:
    """Yield the last steps to the elements of the entries, by the number of their path."""
    ways: dict[int, str] = {}
    for record in records[:SHOWN]:
        for piece in record.pieces:
            for one in () if isinstance(piece, str) else islice(piece.iter(etree.Element), CELLS):
                if page.paths[one] not in ways:
                    ways[page.paths[one]] = way(page, one, steps=STEPS)
    return ways


def _place(slot: Slot, ways: dict[int, str]) -> str:
    """Say in words which slot is meant: "link", "heading article > h3", "2nd block li > p, 1st day"."""
    kind, *rest = slot
    if kind in ("link", "described") or not rest:
        return _with_day(str(kind), rest)
    if kind == "bare":
        return _with_day(f"text {rest[0]}", rest[2:])
    number = int(str(rest[1]))
    return _with_day(f"{kind} {ways.get(int(str(rest[0])), '')}" + (f" [{number + 1}]" if number else ""), rest[2:])


def _with_day(place: str, rest: list[object]) -> str:
    """Say which of several days of one text is meant."""
    return f"{place}, day {int(str(rest[1])) + 1}" if len(rest) == 2 and rest[1] else place


def _cells(page: Page, record: Record) -> Cells:
    """Yield the texts of an entry by slot: its link, its smallest blocks without the link, what is marked in them."""
    link = record.link.element
    cells: Cells = {_LINK: record.link.text} if record.link.text else {_DESCRIBED: _described(link)}
    for text, kind in _leaves(page, record, link):
        if len(cells) >= CELLS:
            break
        number = 0
        while (*kind, number) in cells:
            number += 1
        if text:
            cells[*kind, number] = text
    return cells


def _described(link: Element) -> str:
    pictures = [picture.get("alt") or "" for picture in link.iter("img")]
    return next((text for text in (link.get("title"), link.get("aria-label"), *pictures) if text), "") or ""


def _leaves(page: Page, record: Record, link: Element) -> Iterator[tuple[str, Slot]]:
    for number, piece in enumerate(record.pieces):
        if isinstance(piece, str):
            yield collapsed(piece), ("bare", number)
            continue
        for one in piece.iter(etree.Element):
            if one is link:
                continue
            if one.tag == "time":
                yield one.get("datetime") or text_of(one), ("time", page.paths[one])
            elif one.tag in ("b", "strong", "em", "i", "span", "u") and one is not piece:
                yield text_of(one), (str(one.tag), page.paths[one])
            elif one.tag not in INLINE or one is piece:
                yield from _of_block(page, one, link)


def _of_block(page: Page, block: Element, link: Element) -> Iterator[tuple[str, Slot]]:
    """Yield the text that stands in a block itself, without the entry's link and without the blocks within."""
    kind = "heading" if block.tag in _HEADINGS else "block"
    if not any(child.tag not in INLINE for child in block.iterchildren(etree.Element)):
        yield _without(block, link), (kind, page.paths[block])
        return
    parts = [block.text or "", *(child.tail or "" for child in block)]
    parts[1:] = [f"{_inline(child, link)}{tail}" for child, tail in zip(block, parts[1:], strict=True)]
    for part in parts:
        if part.strip():
            yield collapsed(part), ("own", page.paths[block])


def _inline(child: Element, link: Element) -> str:
    return _without(child, link) + " " if child.tag in INLINE and child is not link else ""


def _without(block: Element, link: Element) -> str:
    """Yield the text of a block, but for that of the link."""
    if block is link:
        return ""
    parts: list[str] = []
    inside = {id(one) for one in link.iter()} if link in block.iterdescendants(etree.Element) else set()
    for one in block.iter(etree.Element):
        if id(one) not in inside:
            parts.append(one.text or "")
        if one is not block and (id(one) not in inside or one is link):
            parts.append(one.tail or "")
    return collapsed("".join(parts) if not inside else " ".join(parts))


def _title_slot(cells: list[Cells], known: str | None, ways: dict[int, str]) -> Slot | None:
    """Yield the slot whose texts are most like titles: words, all different, not too long, early, or linked.

    That in which they stood before needs only be nearly as good.
    """
    by_slot: dict[Slot, list[str]] = defaultdict(list)
    for one in cells:
        for slot, text in one.items():
            by_slot[slot].append(text)
    rated = [
        (_worth(texts, len(cells)) * _bonus(slot) * 0.97**number, -number, slot)
        for number, (slot, texts) in enumerate(by_slot.items())
    ]
    best = max(rated, key=lambda one: one[:2], default=(0.0, 0, None))
    before = next((one for one in rated if known and _place(one[2], ways) == known), None)
    if before is not None and before[0] > best[0] * GOOD:
        return before[2]
    return best[2] if best[0] > 0 else None


def _bonus(slot: Slot) -> float:
    return {"link": 1.8, "heading": 1.6, "strong": 1.2, "b": 1.2, "described": 0.8}.get(str(slot[0]), 1.0)


def _worth(texts: list[str], count: int) -> float:
    cores = [_core(text) for text in texts]
    named = [core for core in cores if len(_LETTERS.findall(core)) >= 3]
    if not named:
        return 0.0
    length = sum(map(len, named)) / len(named)
    sized = min(length, 25) / 25 if length <= LONG else LONG / length
    return len(set(named)) / count * sized


def _core(text: str) -> str:
    """Yield what of a text can be a name: its words, without numbers, brackets and "read more"."""
    words = collapsed(_NUMBERED.sub(" ", _BRACKETED.sub(" ", text)))
    return "" if _listing_words.is_nameless(words) else words.casefold()


def _without_marks(titles: list[str | None]) -> list[str | None]:
    """Cut what a list puts before or after all its titles and which names none: a number, a remark in brackets."""
    for mark in (_FILE_NUMBER, _REMARK):
        marks = [found.group() for title in titles if title and (found := mark.search(title))]
        differing = len(set(marks)) in (1, len(marks)) or mark is _REMARK
        if len(marks) >= 3 and len(marks) >= 0.8 * len(titles) and differing:
            titles = [mark.sub("", title) or title if title else None for title in titles]
    return titles


def _days(
    cells: list[Cells], reckoning: Reckoning, known: str | None, ways: dict[int, str]
) -> tuple[tuple[date | None, ...], Slot | None]:
    """Yield for each entry the day in the slot that gives most of them, and gives them in order; and that slot.

    That in which they stood before needs only give nearly as many.
    """
    by_slot: dict[Slot, dict[int, date]] = defaultdict(dict)
    for number, one in enumerate(cells):
        for slot, text in one.items():
            for place, said in enumerate(days(text, reckoning)[:3]):
                by_slot[*slot, "day", place].setdefault(number, said.day)
    worth = {slot: len(said) / len(cells) + 0.4 * _order(said) for slot, said in by_slot.items()}
    ranked = sorted(by_slot, key=lambda slot: -worth[slot])
    before = next((slot for slot in ranked if known and _place(slot, ways) == known), None)
    if before is not None and worth[before] > worth[ranked[0]] * GOOD:
        ranked = [before, *(slot for slot in ranked if slot != before)]
    given = (next((by_slot[slot][number] for slot in ranked if number in by_slot[slot]), None)
             for number in range(len(cells)))  # fmt: skip
    return tuple(given), ranked[0] if ranked else None


def _order(said: dict[int, date]) -> float:
    """Yield how far the days are in order, 0 to 1: lists are, by the day of publication."""
    row = [said[number] for number in sorted(said)]
    steps = list(pairwise(row))
    if not steps:
        return 0.5
    falling = sum(later <= earlier for earlier, later in steps)
    return max(falling, sum(later >= earlier for earlier, later in steps)) / len(steps)
