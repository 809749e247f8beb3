"""Rows of page numbers: which of them is the page that is shown, and which link follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import _listing_steps, _listing_words
from communique.read._listing_tree import Element, Link, Page, text_of

ROW = 400  # characters: a box of more holds other things beside a row of numbers
LEVELS = 4  # between a number's link and the box of its row

# "2", "[2]", "02", "Page 2", "Seite 2."
_NUMBER = re.compile(r"(?:([^\W\d_]+\.?)\s?)?[\[(]?0*(\d{1,4})[\])]?\.?")
_RANGE = re.compile(r"(?<![\w-])(\d{1,5})\s?[-–—]\s?(\d{1,5})(?![\w-])")
_PLAIN = re.compile(r"(?<!\w)0*(\d{1,4})(?!\w)")
_YEARS = range(1900, 2100)
_MARK = re.compile(
    r"(?:^|[\s_-])(?:active|current|selected|aktiv|aktuell|actual|actuel|actif|cur|here|thispage)(?:$|[\s_-])", re.I
)
_DISABLED = re.compile(r"(?:^|[\s_-])(?:disabled|inactive|nonactive)(?:$|[\s_-])", re.I)
_WEEKS = 3  # rows of a table with several numbers each: a calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The numbers of one box."""

    linked: dict[int, Link]
    marked: frozenset[int]  # those that the page itself marks as shown, or whose link leads to it
    plain: tuple[int, ...]  # those that are no link


def following(page: Page) -> Iterator[str]:
    """Yield the links whose number, or range of numbers, follows that of this page in a row of them."""
    numbers = {link.element: number for link in page.links if (number := number_of(link.text)) is not None}
    links = {link.element: link for link in page.links if link.element in numbers}
    seen: set[Element] = set()
    for element in numbers:
        box = _box(element, numbers)
        if box is None or box in seen or _is_calendar(element):
            continue
        seen.add(box)
        row = _row(page, box, numbers, links)
        current = _current(page, row)
        if current is not None and current + 1 in row.linked:
            yield row.linked[current + 1].url
    yield from _of_ranges(page)


def number_of(text: str) -> int | None:
    """Yield the number that a text is, alone or behind a word for a page; None where it is something else."""
    if len(text) > 24 or (found := _NUMBER.fullmatch(text)) is None:
        return None
    is_named = found[1] is None or _listing_words.core(found[1]) in _listing_words.PAGE
    return int(found[2]) if is_named else None


def _box(element: Element, numbers: dict[Element, int]) -> Element | None:
    """Yield the smallest box around a numbered link that shows more than its own number."""
    for above in islice(element.iterancestors(), LEVELS):
        if not is_row(above):
            return None
        if len(_PLAIN.findall(text_of(above))) > 1:
            return above
    return None


def is_row(box: Element) -> bool:
    """Tell whether a box holds little text; it is read no further than that, for it is asked again of each number."""
    length = 0
    for part in box.itertext():
        length += len(collapsed(str(part))) + 1
        if length > ROW:
            return False
    return True


def _row(page: Page, box: Element, numbers: dict[Element, int], links: dict[Element, Link]) -> _Row:
    linked: dict[int, Link] = {}
    marked: set[int] = set()
    plain: list[int] = []
    here = urls.identity(page.address)
    for one in box.iter(etree.Element):
        if one in numbers:
            if links[one].identity == here or _is_marked(one, box):
                marked.add(numbers[one])
            elif not _is_within(one, box, _DISABLED):
                linked.setdefault(numbers[one], links[one])
            continue
        is_linked = any(above in numbers for above in (one, *one.iterancestors()) if above is not box)
        written = ([] if is_linked else [one.text or ""]) + [child.tail or "" for child in one if not is_linked]
        found = [int(number) for text in written for number in _PLAIN.findall(text)]
        plain += found
        marked.update(found if found and one is not box and _is_marked(one, box) else ())
    return _Row(linked=linked, marked=frozenset(marked), plain=tuple(dict.fromkeys(plain)))


def _current(page: Page, row: _Row) -> int | None:
    """Yield the number of the page that is shown: the one marked, else the one that is no link, else the first."""
    known = {*row.linked, *row.marked}
    if all(number in _YEARS for number in known):
        return None
    if len(row.marked) == 1:
        return next(iter(row.marked))
    plain = [number for number in row.plain if number not in row.linked]
    if len(plain) == 1 and row.linked:
        return plain[0]
    return 1 if not row.marked and not plain and _is_unnumbered(page, row) else None


def _is_unnumbered(page: Page, row: _Row) -> bool:
    """Tell whether all of a row are links and its second leads one on from this page: then this is the first."""
    if 1 not in row.linked or 2 not in row.linked:
        return False
    found = _listing_steps.step(page.address, row.linked[2].url)
    return found is not None and found.before is None and found.is_on


def _is_marked(element: Element, box: Element) -> bool:
    around = (element, *element.iterancestors()) if element is not box else (element,)
    for one in around:
        if one is box:
            return False
        if (one.get("aria-current") or "false").lower() != "false" or one.get("aria-selected") == "true":
            return True
        if _MARK.search(one.get("class") or "") and not _DISABLED.search(one.get("class") or ""):
            return True
    return False


def _is_within(element: Element, box: Element, named: re.Pattern[str]) -> bool:
    """Tell whether an element, or one around it within the box, is classed so."""
    for one in (element, *element.iterancestors()):
        if one is box:
            return False
        if named.search(one.get("class") or ""):
            return True
    return False


def _is_calendar(element: Element) -> bool:
    """Tell whether the table right around a number has several rows of numbers: its numbers are days."""
    table = next(element.iterancestors("table"), None)
    if table is None or len(text_of(table)) > ROW:
        return False
    weeks = sum(len(_PLAIN.findall(text_of(row))) > 1 for row in islice(table.iter("tr"), 12))
    return weeks >= _WEEKS


def _of_ranges(page: Page) -> Iterator[str]:
    """Yield the link whose range ("21–40") begins behind the one that is shown without a link ("1–20")."""
    for link in page.links:
        if len(link.text) > 24 or (found := _RANGE.fullmatch(link.text.strip("[]() "))) is None:
            continue
        for above in islice(link.element.iterancestors(), LEVELS):
            if not is_row(above):
                break
            shown = text_of(above)
            for one in above.iter("a"):
                shown = shown.replace(text_of(one), " ", 1)
            if any(int(end) + 1 == int(found[1]) for _, end in _RANGE.findall(shown)):
                yield link.url
                break
