"""A record becomes an entry: its own title, its teaser, its day, and whether it is pinned on top."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lxml import etree

from communique.kit.text import collapsed
from communique.read import _listing_days, _listing_words
from communique.read._listing_days import Reckoning
from communique.read._listing_groups import Group, Record
from communique.read._listing_tree import Element, Page, text_of
from communique.records import ListingEntry

TITLE_CHARACTERS = 400
TEASER_CHARACTERS = 1000
DATE_LINE = 80  # characters: a longer line with a day in it is a sentence, not a heading or a label
PINNED = 5  # entries on top that may be pinned

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = {"p", "div", "td", "th", "li", "dd", "dt", "span", "strong", "b", "em", "i", "a", "font", "section"}
_NUMBERS = re.compile(r"[\d./-]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_IN_PATH = re.compile(r"/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that stand in a page outside its entries, in page order: headings over entries that have none."""

    places: tuple[int, ...]
    days: tuple[date, ...]


def title(record: Record, written: str | None, reckoning: Reckoning) -> str | None:
    """Yield the entry's own name: what stands in the list's slot for titles, else what names it in its region."""
    written = _without_days(written or "", reckoning)
    if is_name(written):
        return written[:TITLE_CHARACTERS]
    return name(record)


def name(record: Record) -> str | None:
    """Yield the link's text, unless it names nothing and the region names the entry elsewhere."""
    linked = record.link.text or _described(record.link.element)
    if is_name(linked):
        return collapsed(linked)[:TITLE_CHARACTERS]
    for candidate in _candidates(record):
        if is_name(candidate):
            return candidate[:TITLE_CHARACTERS]
    return collapsed(linked)[:TITLE_CHARACTERS] or None


def is_name(text: str) -> bool:
    """Tell whether a text can be a title: two words, or one that is not a case number, a day or "read more"."""
    if _listing_words.is_nameless(text):
        return False
    letters = sum(map(len, _WORD.findall(text)))
    return letters >= 3 and letters * 2 >= len(re.findall(r"\w", text))


def _described(link: Element) -> str:
    """Yield what a link without text says of itself: its title, its picture's description."""
    pictures = [picture.get("alt") or "" for picture in link.iter("img")]
    return next((text for text in (link.get("title"), link.get("aria-label"), *pictures) if text), "") or ""


def _candidates(record: Record) -> Iterator[str]:
    """Yield the texts of the region that may be its title: headings, then lines before the link, then the others."""
    elements = [piece for piece in record.pieces if not isinstance(piece, str)]
    for one in elements:
        yield from (text_of(heading) for heading in one.iter(*HEADINGS))
    lines = sorted(_lines(record), key=lambda line: -min(len(_NUMBERS.sub("", line)), 120))
    yield from (line for line in lines if len(line) <= TITLE_CHARACTERS)


def _lines(record: Record) -> Iterator[str]:
    """Yield the smallest blocks of text in the region, and its bare text."""
    for piece in record.pieces:
        if isinstance(piece, str):
            yield collapsed(piece)
            continue
        for one in piece.iter(etree.Element):
            own = collapsed(f"{one.text or ''} {' '.join(child.tail or '' for child in one)}")
            if own and one.tag in _LINES:
                yield own


def _without_days(line: str, reckoning: Reckoning) -> str:
    """Cut a day at the beginning or the end of a title, with the marks that part it from the name."""
    for found in reversed(_listing_days.days(line, reckoning)):
        before, after = line[: found.span[0]], line[found.span[1] :]
        if not _listing_words.core(before):
            line = after.lstrip(" \t,;:|)]–—-")
        elif not _listing_words.core(after):
            line = before.rstrip(" \t,;:|([–—-")
    return collapsed(line)


def teaser(record: Record, name: str | None) -> str | None:
    """Yield what the region says beside the title: its longest line that is a sentence."""
    lines = [line for line in _lines(record) if line != name and len(line) >= 40 and line.count(" ") >= 5]
    return max(lines, key=len)[:TEASER_CHARACTERS] if lines else None


def day(record: Record, name: str | None, reckoning: Reckoning) -> date | None:
    """Yield the day that the region gives: in a `time` element, beside the title, or in it."""
    for piece in record.pieces:
        if not isinstance(piece, str):
            for one in piece.iter("time"):
                if found := _listing_days.days(one.get("datetime") or "", reckoning):
                    return found[0].day
    whole = record.text
    beside = whole.replace(name, " ", 1) if name else whole
    found = _listing_days.days(beside, reckoning) or _listing_days.days(whole, reckoning)
    return found[0].day if found else None


def day_of_path(record: Record, reckoning: Reckoning) -> date | None:
    """Yield the day in the entry's address, as in /2019/06/19/."""
    found = _IN_PATH.search(record.link.url)
    try:
        made = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return made if made and made <= reckoning.latest else None


def days_outside(page: Page, group: Group, reckoning: Reckoning) -> Days:
    """Yield the days in short lines between the entries, and that of a heading right above."""
    inside = {one for record in group.records for piece in record.pieces if not isinstance(piece, str)
              for one in piece.iter(etree.Element)}  # fmt: skip
    found: dict[int, date] = {}
    for one in [*_right_above(group.holder), *group.holder.iter(etree.Element)]:
        if one not in inside and (day := _heading_day(one, reckoning)):
            found[page.places[one]] = day
    return Days(places=tuple(sorted(found)), days=tuple(found[place] for place in sorted(found)))


def _heading_day(one: Element, reckoning: Reckoning) -> date | None:
    """Yield the day of a heading, or of a line that is nothing but a day; that of a sentence belongs to one entry."""
    text = text_of(one) if one.tag in HEADINGS else collapsed(one.text or "")
    if not text or len(text) > DATE_LINE:
        return None
    said = _listing_days.days(text, reckoning)
    is_bare = said and not _WORD.search(text[: said[-1].span[0]] + text[said[-1].span[1] :])
    return said[-1].day if said and (is_bare or one.tag in HEADINGS) else None


def _right_above(holder: Element) -> Iterator[Element]:
    """Yield headings right before the list, or before the box that it fills."""
    for one in (holder, holder.getparent()):
        before = one.getprevious() if one is not None else None
        if before is not None and before.tag in HEADINGS:
            yield before
            return


def day_above(record: Record, outside: Days) -> date | None:
    """Yield the last day that stands above the record."""
    number = bisect.bisect_left(outside.places, record.link.place) - 1
    return outside.days[number] if number >= 0 else None


def pinned(entries: list[ListingEntry], records: list[Record]) -> list[bool]:
    """Tell which entries are pinned: marked so, or older entries on top of a list that falls in time below them."""
    marked = [_is_marked(record) for record in records]
    dated = [entry.date for entry in entries]
    for count in range(1, min(PINNED, len(dated) - 3) + 1):
        rest = dated[count:]
        if _falls(rest) and not _falls(dated[count - 1 :]) and all(_is_older(one, rest[0]) for one in dated[:count]):
            return [flag or number < count for number, flag in enumerate(marked)]
    return marked


def _is_marked(record: Record) -> bool:
    words = {word for one in record.element.iter(etree.Element) for word in (one.get("class") or "").lower().split()}
    if words & {"sticky", "pinned", "is-pinned", "is-sticky"}:
        return True
    return any(_listing_words.core(line) in _listing_words.PINNED for line in _lines(record) if len(line) < 30)


def _falls(days: list[date | None]) -> bool:
    """Tell whether all days are known and none is later than the one before it."""
    known = [one for one in days if one is not None]
    return len(known) == len(days) and all(later >= earlier for later, earlier in pairwise(known))


def _is_older(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other
