"""Where a list goes on: by what links say of themselves, by their words, by numbers, by addresses.

Two questions are told apart: which page has the older entries, and which one the page itself calls the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import _listing_pager, _listing_words
from communique.read._listing_steps import Step, step
from communique.read._listing_tree import Element, Link, Page

WORDS = 40  # characters: a longer text is a title, not a pager's
POINTING = 3  # arrows that lead on to different addresses; more of them stand beside entries

_ARROW = re.compile(r"[\s>»›→⟩⇒≫▶►❯〉＞]+")
_POINTS_ON = re.compile(
    r"(?:chevron|angle|arrow|caret)(?:-\w+)?[-_]?right|(?:icon|btn|pager|pagination)[-_]next|(?:^|/)next[-_\w]*\.(?:gif|png|svg|jpe?g|webp)",
    re.I,
)
_NEXT_CLASS = re.compile(r"(?:^|[-_\s])next(?:$|[-_\s\d]|page|post)", re.I)
_NOT_NEXT = re.compile(r"slide|carousel|swiper|slick|month|calendar|day|week|gallery|lightbox", re.I)
_OTHER_WAY = re.compile(r"\b(?:prev\w*|start|first)\b", re.I)
_BACK = re.compile(r"(?:^|[-_\s])prev(?:ious)?(?:$|[-_\s])", re.I)
_OFF = re.compile(r"(?:^|[-_\s])disabled(?:$|[-_\s])", re.I)
_ALL = re.compile(r"(?:limit|view|show|per_?page)=(?:all|0)\b|showall|view-all", re.I)
# "?page=2", "&paged=2", "/page/2/", "/page-2"; names of the parameter in the languages met
_PAGE_IN_ADDRESS = re.compile(
    r"(?:(?P<kept>[?&])(?:page|paged|pg|pageno|page_?num(?:ber)?|seite|pagina|strona|sayfa|sida|side|sivu|oldal|ukurasa"
    r"|halaman|trang|p|s)=|(?:/(?:page|seite|pagina|strona|sayfa|sida|side|oldal|trang)[/-]))(?P<number>\d{1,4})(?=[&/#]|$)",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def older_page(page: Page) -> str | None:
    """Yield the address at which a list goes on, or None where the page names none. It never leads to newer entries."""
    barred = {urls.identity(page.address), *_newer(page)}
    for asked in (_declared, _worded, _classed, _listing_pager.following, _pointed, _addressed):
        for found in asked(page):
            if urls.identity(found) not in barred:
                return found
    return None


def next_page(page: Page, older: str | None) -> str | None:
    """Yield the page at which the list goes on, where the page itself calls it the next one.

    None where it only calls it older or previous, as blogs do: what they call next are the newer entries.
    """
    if older is None:
        return None
    links = [link for link in page.links if link.identity == urls.identity(older)]
    is_by_age = any(_is_called_back(link) for link in links)
    return older if not is_by_age or any(_is_called_next(link) for link in links) else None


def _is_called_back(link: Link) -> bool:
    """Tell whether a link, or the box around it alone, is called older or previous."""
    parent = link.element.getparent()
    named = " ".join(one.get("class") or "" for one in (link.element, parent)
                     if one is not None and (one is link.element or _holds_few(one)))  # fmt: skip
    return bool(_BACK.search(named)) or any(_is_older(said) for said in _said(link))


def _is_called_next(link: Link) -> bool:
    """Tell whether a link is called next by its relation, its words, its class, its number or its arrow."""
    return (
        "next" in (link.element.get("rel") or "").lower().split()
        or any(_says_next(said) and not _is_older(said) for said in _said(link))
        or _is_classed(link.element)
        or _listing_pager.number_of(link.text) is not None
        or _points_on(link)
    )


def _newer(page: Page) -> Iterator[str]:
    """Yield where links lead that are called "newer"."""
    for link in page.links:
        if any(_listing_words.core(said) in _listing_words.NEWER for said in _said(link)):
            yield link.identity


def _declared(page: Page) -> Iterator[str]:
    """Yield where links of the relation "next" lead to (HTML standard, link types).

    Left out are the next text, named in its title, and a step back on a page that calls another link "older".
    """
    older = [
        link for link in page.links if any(_listing_words.core(one) in _listing_words.OLDER for one in _said(link))
    ]
    for one in page.root.iter("link", "a"):
        if "next" not in (one.get("rel") or "").lower().split() or (one.tag == "link" and _names_a_text(one)):
            continue
        url = urls.absolute(page.url, collapsed(one.get("href") or ""))
        if url and not (older and _is_back(step(page.address, url))):
            yield url


def _names_a_text(element: Element) -> bool:
    title = element.get("title") or ""
    return bool(_LETTER.search(title)) and not _says_next(title) and not _DIGIT.search(title)


def _is_on(found: Step | None) -> bool:
    return found is not None and found.is_on


def _is_back(found: Step | None) -> bool:
    return found is not None and found.is_back


def _worded(page: Page) -> Iterator[str]:
    """Yield the links that are called "next" or "older"."""
    for link in page.links:
        called = [said for said in _said(link) if _says_next(said) or _is_older(said)]
        if called and _may_be(page, link, is_older=any(_is_older(said) for said in called)):
            yield link.url


def _classed(page: Page) -> Iterator[str]:
    """Yield the links that are classed as "next", or stand in a box that is.

    Not a step back where what is classed as "previous" is a step on: so blogs name newer and older entries.
    """
    is_turned = any(_is_called_back(link) and _is_on(step(page.address, link.url)) for link in page.links)
    for link in page.links:
        is_turned_back = is_turned and _is_back(step(page.address, link.url))
        if _is_classed(link.element) and len(link.text) <= WORDS and _may_be(page, link) and not is_turned_back:
            yield link.url


def _said(link: Link) -> Iterator[str]:
    """Yield what a link is called: by its text, its title, its label, its picture."""
    one = link.element
    for said in (link.text, one.get("title"), one.get("aria-label"), _picture(one)):
        if said and len(said) <= WORDS:
            yield said


def _picture(element: Element) -> str:
    return next((str(one.get("alt")) for one in element.iter("img") if one.get("alt")), "")


def _says_next(said: str) -> bool:
    """Tell whether a text is a name of the next page, also with numbers: "Next 20 entries", "Next page (2 of 7)"."""
    core = _listing_words.core(said)
    if core in _listing_words.NEXT or _listing_words.core(_BRACKETED.sub(" ", said)) in _listing_words.NEXT:
        return True
    first, _, rest = core.partition(" ")
    return first in _listing_words.NEXT and rest[:1].isdecimal()


def _is_older(said: str) -> bool:
    return _listing_words.core(said) in _listing_words.OLDER


def _is_classed(element: Element) -> bool:
    """Tell whether the link or the box right around it is classed as "next"."""
    parent = element.getparent()
    words = " ".join((one.get("class") or "") + " " + (one.get("id") or "") for one in (element, parent)
                     if one is not None and (one is element or _holds_few(one)))  # fmt: skip
    return bool(_NEXT_CLASS.search(words)) and not _NOT_NEXT.search(words)


def _holds_few(box: Element) -> bool:
    """Tell whether a box holds two elements at most; `len` counts all of them, for each link again."""
    return sum(1 for _ in islice(box.iterchildren(), 3)) < 3


def _may_be(page: Page, link: Link, *, is_older: bool = False) -> bool:
    """Tell whether a link may lead on: it stays on the site, goes not back, shows not all, turns no calendar.

    Templates class what is called "older" as "previous".
    """
    one, parent = link.element, link.element.getparent()
    if urls.host(link.url).removeprefix("www.") != urls.host(page.address).removeprefix("www."):
        return False
    is_back = _OTHER_WAY.search(f"{one.get('rel') or ''} {one.get('class') or ''}") and not is_older
    if (
        is_back
        or _ALL.search(link.url)
        or any(_OFF.search(box.get("class") or "") for box in (one, parent) if box is not None)
    ):
        return False
    return not _NOT_NEXT.search(f"{one.get('title') or ''} {one.get('class') or ''}")


def _pointed(page: Page) -> Iterator[str]:
    """Yield the link that is nothing but an arrow and leads one step on: of several the one that leads least far."""
    entries = {link.identity for link in page.links if _LETTER.search(link.text)}
    leading: dict[str, int] = {}
    for link in page.links:
        if link.identity in entries or not _points_on(link) or not _may_be(page, link):
            continue
        found = step(page.address, link.url)
        if found is not None and found.is_on and found.behind is not None:
            leading.setdefault(link.url, found.behind)
    if len(leading) <= POINTING:
        yield from sorted(leading, key=lambda url: leading[url])


def _points_on(link: Link) -> bool:
    """Tell whether a link shows an arrow to the right and no word."""
    if link.text:
        return _ARROW.fullmatch(link.text) is not None
    if _ARROW.fullmatch(_picture(link.element)):
        return True
    named = (f"{one.get('class') or ''} {one.get('src') or ''}" for one in islice(link.element.iter(), 6))
    return any(_POINTS_ON.search(name) for name in named)


def _addressed(page: Page) -> Iterator[str]:
    """Yield the link with words whose address is this page's with the next number, or that asks for more of it."""
    path, number = _without_page(page.address)
    for link in page.links:
        if len(link.text) > WORDS or not _LETTER.search(link.text) or not _may_be(page, link):
            continue
        other, following = _without_page(link.url)
        is_second = following == (number or 1) + 1 and other == path
        if is_second or (number is None and following in (1, 2) and _asks_for_more(link.text)):
            yield link.url


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
