"""The next (older) page of a list: by what links say of themselves, by their words, by numbers, by addresses."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import _listing_words
from communique.read._listing_tree import Element, Link, Page

ROW = 400  # characters: a box of more holds other things beside a row of numbers
WORDS = 40  # characters: a longer text is a title, not a pager's

_ARROWS = re.compile(r"[\s>»›→⟩⇒≫▶►]+|>>|&gt;|\u00bb")
_PREVIOUS_ARROWS = re.compile(r"^[\s<«‹←⟨≪◀◄]")
_NEXT_CLASS = re.compile(r"(?:^|[-_\s])next(?:$|[-_\s\d]|page|post)", re.I)
_NOT_NEXT = re.compile(r"slide|carousel|swiper|slick|month|calendar|day|week|gallery|lightbox", re.I)
_OTHER_WAY = re.compile(r"\b(?:prev\w*|start|first)\b", re.I)
_ALL = re.compile(r"(?:limit|view|show|per_?page)=(?:all|0)\b|showall|view-all", re.I)
# "?page=2", "&paged=2", "/page/2/", "/page-2"; names of the parameter in the languages met
_PAGE_IN_ADDRESS = re.compile(
    r"(?:(?P<kept>[?&])(?:page|paged|pg|pageno|page_?num(?:ber)?|seite|pagina|strona|sayfa|sida|side|sivu|oldal|ukurasa"
    r"|halaman|trang|p|s)=|(?:/(?:page|seite|pagina|strona|sayfa|sida|side|oldal|trang)[/-]))(?P<number>\d{1,4})(?=[&/#]|$)",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d{1,4}")


def next_page(page: Page) -> str | None:
    """Yield the address of the next page of the list, or None where the page has none."""
    for found in (_declared(page), _worded(page), _numbered(page), _addressed(page)):
        if found is not None and urls.identity(found) != urls.identity(page.address):
            return found
    return None


def _declared(page: Page) -> str | None:
    """Yield where a link of the relation "next" leads to (HTML standard, link types)."""
    for one in page.root.iter("link", "a"):
        if "next" in (one.get("rel") or "").lower().split():
            url = urls.absolute(page.url, collapsed(one.get("href") or ""))
            if url:
                return url
    return None


def _worded(page: Page) -> str | None:
    """Yield the link that is called "next" or "older", or stands in what is classed so."""
    for link in page.links:
        said = link.text or link.element.get("title") or link.element.get("aria-label") or _picture(link.element)
        if len(said) <= WORDS and _may_be(page, link) and _says_next(said):
            return link.url
    for link in page.links:
        if _is_classed(link.element) and len(link.text) <= WORDS and _may_be(page, link):
            return link.url
    return None


def _picture(element: Element) -> str:
    return next((str(one.get("alt")) for one in element.iter("img") if one.get("alt")), "")


def _says_next(said: str) -> bool:
    return _listing_words.core(said) in _listing_words.NEXT


def _is_classed(element: Element) -> bool:
    """Tell whether the link or the box right around it is classed as "next"."""
    parent = element.getparent()
    words = " ".join((one.get("class") or "") + " " + (one.get("id") or "") for one in (element, parent)
                     if one is not None and (one is element or _holds_few(one)))  # fmt: skip
    return bool(_NEXT_CLASS.search(words)) and not _NOT_NEXT.search(words)


def _holds_few(box: Element) -> bool:
    """Tell whether a box holds two elements at most; `len` counts all of them, for each link again."""
    return sum(1 for _ in islice(box.iterchildren(), 3)) < 3


def _may_be(page: Page, link: Link) -> bool:
    """Tell whether a link may lead on: it stays on the site, goes not back, shows not all, turns no calendar."""
    one = link.element
    if urls.host(link.url).removeprefix("www.") != urls.host(page.address).removeprefix("www."):
        return False
    if _OTHER_WAY.search(f"{one.get('rel') or ''} {one.get('class') or ''}") or _ALL.search(link.url):
        return False
    return not _NOT_NEXT.search(f"{one.get('title') or ''} {one.get('class') or ''}")


def _numbered(page: Page) -> str | None:
    """Yield the link whose number follows that of this page in a row of numbers."""
    numbers = {link.element: int(link.text) for link in page.links if _NUMBER.fullmatch(link.text)}
    by_link = {link.element: link for link in page.links if link.element in numbers}
    for element, number in numbers.items():
        box = _pager(element, numbers)
        if box is not None and (current := _current(box, numbers)) is not None and number == current + 1:
            return by_link[element].url
    return None


def _addressed(page: Page) -> str | None:
    """Yield the link with words whose address is this page's with the next number, or that asks for more of it."""
    path, number = _without_page(page.address)
    for link in page.links:
        if len(link.text) > WORDS or not _LETTER.search(link.text) or not _may_be(page, link):
            continue
        other, following = _without_page(link.url)
        is_second = following == (number or 1) + 1 and other == path
        if is_second or (number is None and following in (1, 2) and _asks_for_more(link.text)):
            return link.url
    return None


def _asks_for_more(said: str) -> bool:
    """Tell whether a text begins or ends with "more" or "older": "More upcoming events", "Ältere Meldungen"."""
    words = _listing_words.core(said).split()
    return bool(words) and bool({words[0], words[-1]} & _listing_words.MORE)


def _without_page(url: str) -> tuple[str, int | None]:
    """Part an address into what it is without its page number, and that number; None where it has none."""
    found = _PAGE_IN_ADDRESS.search(url)
    if found is None:
        return urls.identity(url), None
    return urls.identity(url[: found.start()] + (found["kept"] or "") + url[found.end() :]), int(found["number"])


def _pager(element: Element, numbers: dict[Element, int]) -> Element | None:
    """Yield the smallest box around a numbered link that holds more than its own number."""
    for above in list(element.iterancestors())[:4]:
        if not _is_row(above):
            return None
        if len(_shown(above)) > 1:
            return above
    return None


def _is_row(box: Element) -> bool:
    """Tell whether a box holds little text; it is read no further than that, for it is asked again of each number."""
    length = 0
    for part in box.itertext():
        length += len(collapsed(str(part))) + 1
        if length > ROW:
            return False
    return True


def _shown(box: Element) -> list[tuple[int, bool]]:
    """Yield the numbers shown in a box, each with whether it is a link."""
    found: list[tuple[int, bool]] = []
    for one in box.iter(etree.Element):
        is_link = one.tag == "a" and bool(one.get("href"))
        inside = any(above.tag == "a" and above.get("href") for above in one.iterancestors())
        for written in [one.text or "", *((child.tail or "") for child in one)]:
            found += [(int(word), is_link or inside) for word in re.findall(r"(?<!\w)\d{1,4}(?!\w)", written)]
    return found


def _current(box: Element, numbers: dict[Element, int]) -> int | None:
    """Yield the one number of the row that is no link: it is the page that is shown."""
    shown = _shown(box)
    linked = {number for number, is_link in shown if is_link}
    plain = [number for number, is_link in shown if not is_link and number not in linked]
    return plain[0] if len(plain) == 1 and len(linked) >= 1 else None
