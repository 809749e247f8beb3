"""What each part of a page says of the day that it was published. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

import htmldate
from htmldate import extractors
from lxml.html import HtmlElement

from communique.kit.text import collapsed
from communique.read._blocks import Block
from communique.read._calendars import islamic_months
from communique.read._dateforms import Found, Order, days, reckoned, stamp, twofold, with_plain_digits
from communique.read._jsonld import Markup
from communique.read._words import (
    BY,
    CLOCK,
    DATE_CLASS,
    FOREIGN,
    ITEMPROP,
    MODIFIED,
    OTHERS_ITEMTYPE,
    PUBLISHED,
    PUBLISHED_META,
    RETRIEVED,
    UPDATED,
    UPDATED_META,
    words,
)
from communique.records import DateEvidence, Numerals

Role = Literal["published", "updated"]


class _NoParser:
    """What htmldate is given in the place of dateparser, which takes two seconds and much memory to get ready.

    On 225 pages of the gold sets it decided none rightly that is not decided so without it; the names of months in
    other languages are read by our own witness.
    """

    def get_date_data(self, _: str) -> dict[str, None]:
        """Yield that there is no day, in dateparser's form."""
        return {"date_obj": None}


extractors.get_external_parser = _NoParser  # type: ignore[assignment]  # the library keeps its own in a cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One place that names a day, and how far it is to be believed."""

    at: str  # ISO 8601: month, day or minute
    evidence: DateEvidence
    weight: float  # 0..1: how often a witness of its kind is right where it speaks
    role: Role = "published"


_IN_ADDRESS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2])[/_.-](0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
)
# A number of an item that is, or ends in, the second in which it was made
_SECOND_IN_ADDRESS = re.compile(
    r"(?<!\d)\d{0,3}((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{0,3}(?!\d)"
)
_SNAPSHOT = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/")
_DAY_FIRST_IN_ADDRESS = re.compile(r"(?<!\d)(\d\d)[-_.](\d\d)[-_.]((?:19|20)\d\d)(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")
# Domains of English pages whose country leaves no doubt of the order of numerals; elsewhere the language tells it.
_DAY_FIRST = words("uk ie au nz in pk bd lk mt gh ng ke ug tz zm zw bw na jm tt sg my hk cy")
_MONTH_FIRST = words("us gov mil")
_BESIDE = 3  # blocks before the headline in which a day is its own; twice as many follow it with shares and a picture
_BEHIND = 3  # blocks behind the text in which its colophon stands
_TITLE = 12  # characters from which a headline is told from a word
_CLOSING = 40  # characters beside the day in the line that closes a statement: a place, a body
_OF_ONE_TEXT = 4  # days beside a headline: published, updated, each twice; more are those of a list
_DOUBTED = 0.6  # how far a marked day is still believed where the text in its element names another
_SHORT = 240  # characters: a block that names a day is a line, not a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Where the page's own text stands among its blocks."""

    head: int  # index of the headline's block; that of the first block of the body where there is no headline
    body: range  # indexes from the first block of the body to the last
    headline: HtmlElement | None
    around: frozenset[HtmlElement]  # the elements that hold the body: never foreign to it


def of_markup(markup: Markup) -> Iterator[Witness]:
    """Yield what JSON-LD says."""
    if markup.published and (at := stamp(markup.published) or _one_day(markup.published, None)):
        yield Witness(at=at, evidence="json-ld", weight=0.96)
    if markup.modified and (at := stamp(markup.modified)):
        yield Witness(at=at, evidence="json-ld", weight=0.9, role="updated")


def of_meta(root: HtmlElement, own: Own, order: Order | None) -> Iterator[Witness]:
    """Yield what the meta elements say, those of comments and other articles left out."""
    for meta in root.iter("meta"):
        if meta.get("itemprop") and (_is_of_comment(meta) or _is_foreign(meta, own)):
            continue
        names = {
            (meta.get(key) or "").strip().lower() for key in ("name", "property", "itemprop", "http-equiv", "pubdate")
        }
        content = meta.get("content") or meta.get("datetime") or ""
        weight = max((PUBLISHED_META.get(name, 0.0) for name in names), default=0.0)
        updated = bool(names & UPDATED_META)
        if not (weight or updated) or not content:
            continue
        if at := stamp(content) or _one_day(content, order):
            yield Witness(at=at, evidence="meta", weight=weight or 0.85, role="updated" if updated else "published")


def of_times(root: HtmlElement, own: Own, order: Order | None) -> Iterator[Witness]:
    """Yield what elements made for days say: `<time>`, `itemprop`, `<abbr>`; the one nearest the headline first."""
    marked = [element for element in root.iter("time", "abbr", "span", "p", "div", "li") if _is_marked(element)]
    near_text = [one for one in marked if not (_is_of_comment(one) or _is_foreign(one, own))]
    nearest = _nearest(near_text, own.headline)
    for element in near_text[:40]:
        text = collapsed(element.text_content())[:_SHORT]
        at, is_doubted = _of_both(element.get("datetime") or element.get("content") or element.get("title") or "",
                                  text, order)  # fmt: skip
        if not at:
            continue
        named = " ".join(element.get(key) or "" for key in ("itemprop", "class", "pubdate"))
        role: Role = "updated" if MODIFIED.search(named) or _says_updated(element, text) else "published"
        weight = _marked_weight(element)
        if not weight:
            weight = 0.4 if element is not nearest[0] else 0.88 if len(nearest) <= _OF_ONE_TEXT else 0.55
        yield Witness(at=at, evidence="time", weight=weight * (_DOUBTED if is_doubted else 1.0), role=role)


def _marked_weight(element: HtmlElement) -> float:
    """Yield how far an element is believed that says itself what its day is; 0 where it does not."""
    named = ITEMPROP.search(element.get("itemprop") or "")
    if named:
        return 0.75 if "created" in named[0].lower() else 0.93
    return 0.93 if element.get("pubdate") is not None else 0.0


def _of_both(value: str, text: str, order: Order | None) -> tuple[str | None, bool]:
    """Yield the day of an element made for days, and whether its value and its text name days far apart.

    The text that says "published" is then believed: templates fill the value with the day of the last change.
    """
    marked, printed = stamp(value), _one_day(text, order)
    if marked is None or printed is None or abs((_day_of(marked) - _day_of(printed)).days) <= 1:
        return marked or printed, False
    return (printed, False) if PUBLISHED.search(text) else (marked, True)


def _day_of(at: str) -> date:
    return date.fromisoformat(at[:10])


def of_address(url: str) -> Iterator[Witness]:
    """Yield what the address says; `1970/01` and its like are an unset clock and fall to the bounds of the decision."""
    address = _SNAPSHOT.sub("", url)  # the day in it is that of an archive's visit
    path = urlsplit(address).path + "?" + urlsplit(address).query if "://" in address else address
    for pattern in _IN_ADDRESS:
        if found := pattern.search(path):
            yield Witness(at=f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", evidence="url", weight=0.86)
            return
    if (written := _DAY_FIRST_IN_ADDRESS.search(path)) and int(written[2]) <= 12 < int(written[1]) <= 31:
        yield Witness(at=f"{written[3]}-{written[2]}-{written[1]}", evidence="url", weight=0.8)
        return
    if second := _SECOND_IN_ADDRESS.search(path):
        yield Witness(at=f"{second[1]}-{second[2]}-{second[3]}", evidence="url", weight=0.7)
        return
    if month := _MONTH_IN_ADDRESS.search(path):
        yield Witness(at=f"{month[1]}-{month[2]}", evidence="url", weight=0.6)


def of_text(blocks: Sequence[Block], own: Own, *, order: Order | None, language: str | None) -> Iterator[Witness]:
    """Yield what the text near the headline says, and the line that closes the statement."""
    head, body = own.head, own.body
    for number in range(max(0, head - 6), min(len(blocks), body.start + 3)):
        block = blocks[number]
        is_beside = head - _BESIDE <= number <= head + 2 * _BESIDE
        is_paragraph = len(block.text) > _SHORT and number >= body.start + 2
        if is_paragraph or _is_foreign(block.element, own, by_name=not is_beside):
            continue
        if block.linked_share > 0.9 and not _is_byline(block.text, days(block.text, order=order, language=language)):
            continue  # another item
        yield from _of_block(block, away=not is_beside, order=order, language=language)
    for number in body[-3:]:
        text = blocks[number].text
        is_closing = number >= body.start + 3 and len(text) < 80 and not RETRIEVED.search(text)
        found = days(text, order=order, language=language) if is_closing else ()
        if found and len(text) - (found[-1].span[1] - found[-1].span[0]) < _CLOSING:
            yield Witness(at=found[-1].at, evidence="text", weight=0.72 if len(found) == 1 else 0.4)
    called = blocks[head].text if head < len(blocks) and own.headline is not None else ""
    naming = (one for one in blocks if len(called) > _TITLE and called in one.text) if called else ()
    for block in (*blocks[body.stop : body.stop + _BEHIND], *naming):
        yield from _of_colophon(block, order=order, language=language)


def of_htmldate(root: HtmlElement, *, latest: date, forbidden: frozenset[str]) -> Iterator[Witness]:
    """Yield what htmldate finds anywhere on the page; it does not say where, and 1 January may mean just a year.

    `forbidden` are days that it may not say; see `barred`.
    """
    try:
        found = htmldate.find_date(root, original_date=True, url="", max_date=latest.isoformat())
    except Exception:  # noqa: BLE001  # a library may fail in any way on a hostile page; its witness is then silent
        return
    if found and found not in forbidden and not found.endswith("-01-01"):
        yield Witness(at=found, evidence="text", weight=0.55)


def barred(
    root: HtmlElement, blocks: Sequence[Block], own: Own, said: Sequence[Witness],
    *, order: Order | None, language: str | None,
) -> frozenset[str]:  # fmt: skip
    """Yield the days that a witness which looks anywhere may not say.

    Those of markup and of change, which it repeats; twofold numerals, which it reads one way; days of comments and of
    looking something up.
    """
    echoed = {one.at[:10] for one in said if one.role == "updated" or one.evidence in ("json-ld", "meta")}
    undecided = {day for block in blocks[:500] for day in twofold(block.text[:300])} if order is None else set()
    looked_up = {
        one.at[:10]
        for block in blocks
        if len(block.text) < _SHORT and RETRIEVED.search(block.text)
        for one in days(block.text, order=order, language=language)
    }
    return frozenset(echoed | undecided | looked_up | _days_of_others(root, own))


def _days_of_others(root: HtmlElement, own: Own) -> frozenset[str]:
    """Yield the days that elements made for days give within comments, and the frame of the site."""
    marked = (one for one in root.iter("time", "abbr") if _is_marked(one))
    said = (stamp(one.get("datetime") or one.get("title") or "") for one in marked
            if _is_of_comment(one) or _is_foreign(one, own))  # fmt: skip
    return frozenset(at[:10] for at in said if at)


def numerals_of(
    root: HtmlElement, blocks: Sequence[Block], *, language: str | None, host: str, known: Order | None
) -> tuple[Numerals, bool]:  # fmt: skip
    """Tell how this page's days in numerals are to be read, and whether it has any."""
    lines = (block.text for block in blocks[:2000] if len(block.text) < 2000)
    return reckoned(lines, known=known, custom=lambda _: _usual(root, language, host))


def _usual(root: HtmlElement, language: str | None, host: str) -> Order | None:
    """Tell how days are written in a page's country and language; None where both ways are usual."""
    region = (root.get("lang") or "").replace("_", "-").lower()
    suffix = host.rpartition(".")[2]
    if suffix in _MONTH_FIRST or (region in ("en-us", "en-ph", "es-us") and suffix not in _DAY_FIRST):
        return "month-first"
    if suffix in _DAY_FIRST:
        return "day-first"
    return None if (language or region or "en").split("-")[0] == "en" and region in ("", "en") else "day-first"


def _of_block(block: Block, *, away: bool, order: Order | None, language: str | None) -> Iterator[Witness]:
    text = block.text[:_SHORT]
    found = days(text, order=order, language=language)
    if not found:  # an Islamic day alone: sighted somewhere, so it gives no more than a month
        for month in islamic_months(with_plain_digits(text)):
            yield Witness(at=month, evidence="text", weight=0.6 if len(text) < 2 * _CLOSING else 0.3)
    marked = DATE_CLASS.search(_named(block.element)) is not None or _is_byline(text, found)
    for number, one in enumerate(found[:3]):
        start = text[(found[number - 1].span[1] if number else 0) : one.span[0]]
        alone = len(text) - (one.span[1] - one.span[0]) < 50
        weight = 0.84 if PUBLISHED.search(start) else 0.8 if marked and alone else 0.76 if alone else 0.35
        weight -= 0.3 if away and not marked else 0.08 if away else 0.0
        weight -= 0.4 if CLOCK.search(start) else 0.0
        weight -= 0.1 if one.ambiguous else 0.0
        weight -= 0.5 if RETRIEVED.search(start) else 0.0
        role: Role = "updated" if UPDATED.search(start) else "published"
        yield Witness(at=one.at, evidence="text", weight=max(weight, 0.0), role=role)


def _is_byline(text: str, found: Sequence[Found]) -> bool:
    """Tell whether a line says who wrote the text and ends in the one day that it names."""
    return (
        len(found) == 1
        and len(text) < 2 * _CLOSING
        and BY.match(text) is not None
        and found[0].span[1] >= len(text) - 1
    )


def _of_colophon(block: Block, *, order: Order | None, language: str | None) -> Iterator[Witness]:
    """Yield the day of a line, behind the text or naming its title, that says when it was put on its page.

    "This entry was posted on …", "The article … was published on …".
    """
    found = days(block.text[:_SHORT], order=order, language=language)
    if len(found) != 1 or not PUBLISHED.search(block.text[:_SHORT]) or UPDATED.search(block.text[:_SHORT]):
        return
    yield Witness(at=found[0].at, evidence="text", weight=0.78)


def _one_day(text: str, order: Order | None) -> str | None:
    found = days(text, order=order) if 5 < len(text) <= _SHORT else ()
    return found[0].at if found else None


def _is_marked(element: HtmlElement) -> bool:
    if (
        element.tag == "time"
        or ITEMPROP.search(element.get("itemprop") or "")
        or MODIFIED.search(element.get("itemprop") or "")
    ):
        return True
    return element.tag == "abbr" and bool(DATE_CLASS.search(element.get("class") or ""))


def _named(element: HtmlElement) -> str:
    """Yield the class and id of an element and of its parent."""
    parent = element.getparent()
    nodes = [element] if parent is None else [element, parent]
    return " ".join(f"{node.get('class') or ''} {node.get('id') or ''}" for node in nodes)


def _is_of_comment(element: HtmlElement) -> bool:
    """Tell whether the microdata around an element describes a comment or a review, not the page's own text."""
    scope = next((one for one in (element, *element.iterancestors()) if one.get("itemscope") is not None), None)
    return scope is not None and bool(OTHERS_ITEMTYPE.search(scope.get("itemtype") or ""))


def _is_foreign(element: HtmlElement, own: Own, *, by_name: bool = True) -> bool:
    """Tell whether an element belongs to another text than the page's own, or to the frame of the site."""
    node: HtmlElement | None = element
    while node is not None and node not in own.around:
        if node.tag in ("aside", "footer", "nav"):
            return True
        named = f"{node.get('class') or ''} {node.get('id') or ''}"
        if by_name and len(named) > 1 and FOREIGN.search(named):
            return True
        node = node.getparent()
    return False


def _says_updated(element: HtmlElement, text: str) -> bool:
    """Tell whether the words in an element or right before it say that its day is one of change."""
    if UPDATED.search(text) or PUBLISHED.search(text):
        return not PUBLISHED.search(text)
    before = element.getprevious()
    parent = element.getparent()
    words = (
        (before.tail or before.text or "") if before is not None else (parent.text or "" if parent is not None else "")
    )
    return bool(UPDATED.search(words[-60:])) and not PUBLISHED.search(words[-60:])


def _nearest(elements: list[HtmlElement], headline: HtmlElement | None) -> list[HtmlElement]:
    """Yield the elements that share the closest ancestor with the headline."""
    if not elements or headline is None:
        return elements[:1]
    line = [headline, *headline.iterancestors()]
    depth = {node: number for number, node in enumerate(line)}
    distances = [
        min((depth[node] for node in element.iterancestors() if node in depth), default=len(line))
        for element in elements
    ]
    closest = min(distances)
    return [element for element, distance in zip(elements, distances, strict=True) if distance == closest]
