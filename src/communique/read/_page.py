"""An HTML page becomes parts: one tree, read by all witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from lxml.html import HtmlElement

from communique.kit import urls
from communique.kit.text import folded
from communique.read import _head, _jsonld, _witnesses, _zones
from communique.read._blocks import Block, tokens
from communique.read._body import LONG, Body, body
from communique.read._body_around import is_bold
from communique.read._dates import is_contested
from communique.read._parts import Parts, is_dateline, is_label, unwrapped
from communique.read._tree import tree
from communique.read._walls import wall
from communique.read._witnesses import Witness
from communique.read._words import STANDFIRST_CLASS
from communique.records import DayOrder, PagePart, Trouble

_STANDFIRST_CHARS = 800
_HEADLINE_CHARS = 150  # of a line in bold; longer ones are leads
_SHOWN = 0.25  # share of the text of JSON-LD from which the page itself shows it: blurbs and consent walls stay below
_XML = "http://www.w3.org/XML/1998/namespace"


def page(markup: str, *, url: str, latest: date, order: DayOrder | None = None) -> Parts | Trouble:
    """Read an HTML page; `latest` is the last day that it may bear, `order` how its source writes days."""
    root = tree(markup)
    if root is None:
        detail = f"{url or 'the page'} has no elements that can be read, or far too many; look at it in a browser"
        return Trouble(room="read", kind="not-html", detail=detail, passing=False)
    described = _jsonld.markup(root)
    named = _head.meta(root)
    sites = (*_head.site_names(named, described, url), *_head.site_in_title(root, url))
    told = _head.title(root, named=named, markup=described, sites=sites)
    title = told.text if told else None
    home = _head.home_name(root, title, url)
    found = body(root, url=url, title=title, sites=(*sites, folded(home)) if home else sites)
    if (told is None or told.witness == _head.TITLE_ELEMENT) and (printed := _bold_headline(found)):
        found, told, title = _below(found), _head.Told(printed, "a line in bold over the text"), printed
    language = _declared(root, named, described)
    standfirst, dateline, chosen = _apart(found, named, language)
    byline = _head.byline(root, named=named, markup=described, sites=sites)
    publisher = _head.publisher(root, named=named, markup=described, home=home)
    origins = (("title", told), ("byline", byline), ("publisher", publisher))
    told_text = _of_markup(described, chosen)
    shown = () if told_text else _paragraphs(chosen)
    if in_the_way := wall(shown, title=title, url=url):
        return in_the_way
    numerals, has_any = _witnesses.numerals_of(root, found.page, language=language, host=urls.host(url), known=order)
    return Parts(
        paragraphs=told_text or shown,
        title=title,
        byline=byline.text if byline else None,
        publisher=publisher.text if publisher else None,
        origins=tuple((field, one.witness) for field, one in origins if one),
        blocks=(*_told_only(told_text), *_looked_at(found, () if told_text else chosen, dateline)),
        standfirst=standfirst,
        dateline=dateline,
        canonical_url=_head.canonical(root, url=url, named=named),
        declared_language=language,
        links=_head.links(chosen, base_url=_head.base(root, url), url=url),
        feeds=_head.feeds(root, url),
        witnesses=_said(root, found, described, language, url=url, latest=latest, order=numerals.order),
        numerals=numerals if has_any else None,
    )


def _bold_headline(found: Body) -> str | None:
    """Yield the first line of the text where it is in bold, on a page that has no headings and prints no title."""
    if found.headline is not None or len(found.taken) < 3 or any(block.kind == "heading" for block in found.page):
        return None
    first = found.blocks[0]
    is_line = 8 < len(first.text) <= _HEADLINE_CHARS and first.text[-1] not in ".:;,"
    return first.text if is_line and is_bold(first) and not is_dateline(first.text) else None


def _below(found: Body) -> Body:
    """Take the first block for the headline."""
    first, *taken = found.taken
    reasons = (*found.reasons[:first], "it is the headline", *found.reasons[first + 1 :])
    return replace(found, taken=tuple(taken), headline=first, reasons=reasons)


def _of_markup(described: _jsonld.Markup, chosen: Sequence[Block]) -> tuple[str, ...]:
    """Yield the paragraphs that JSON-LD gives, where the page, built by script, shows next to nothing itself."""
    text = described.body or ""
    is_shown = sum(len(block.text) for block in chosen) > _SHOWN * len(text)
    if len(text) < LONG or (is_shown and wall(_paragraphs(chosen), title=None, url="") is None):
        return ()
    return unwrapped(text)


def _told_only(paragraphs: Sequence[str]) -> Iterator[PagePart]:
    for one in paragraphs:
        yield PagePart(
            text=one, kind="paragraph", is_taken=True, reason="only JSON-LD gives it, the page does not show it"
        )


def _looked_at(found: Body, chosen: Sequence[Block], dateline: str | None) -> tuple[PagePart, ...]:
    """Yield all blocks of the page, each with whether it is text and why."""
    kept = {id(block) for block in chosen}
    parts = []
    for number, (block, reason) in enumerate(zip(found.page, found.reasons, strict=True)):
        if id(block) not in kept and number in found.taken:
            reason = "it is the dateline" if block.text == dateline else "it only says when or by whom"
            reason = reason if kept else "JSON-LD gives the text, and this is none of it"
        parts.append(PagePart(text=block.text, kind=block.kind, is_taken=id(block) in kept, reason=reason))
    return tuple(parts)


def _said(
    root: HtmlElement,
    found: Body,
    described: _jsonld.Markup,
    language: str | None,
    *,
    url: str,
    latest: date,
    order: DayOrder | None,
) -> tuple[Witness, ...]:
    """Yield what the page says of its day; the slow witness is asked only where the others leave it open."""
    own = _own(found)
    said = (
        *_witnesses.of_markup(described),
        *_witnesses.of_meta(root, own, order),
        *_witnesses.of_times(root, own, order),
        *_witnesses.of_address(url),
        *_witnesses.of_text(found.page, own, order=order, language=language),
    )
    said = _zones.placed(said, urls.host(url))
    if not is_contested(said, latest=latest):
        return said
    barred = _witnesses.barred(root, found.page, own, said, order=order, language=language)
    return (*said, *_witnesses.of_htmldate(root, latest=latest, forbidden=barred))


def _own(found: Body) -> _witnesses.Own:
    first = found.taken[0] if found.taken else 0
    end = found.taken[-1] + 1 if found.taken else 0
    head = found.headline if found.headline is not None else first
    holders = [found.page[number].element for number in (first, head) if number < len(found.page)]
    around = frozenset(node for holder in holders for node in (holder, *holder.iterancestors()))
    headline = found.page[head].element if head < len(found.page) else None
    return _witnesses.Own(head=head, body=range(first, end), headline=headline, around=around)


def _declared(root: HtmlElement, named: dict[str, str], described: _jsonld.Markup) -> str | None:
    """Yield the language that the page says of itself."""
    told = [named.get(name) for name in ("og:locale", "dc.language", "language")]
    for given in (root.get("lang"), root.get(f"{{{_XML}}}lang"), described.language, *told):
        if given and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*", given.strip()):
            return str(given).strip().replace("_", "-")
    return None


def _apart(
    found: Body, named: dict[str, str], language: str | None
) -> tuple[str | None, str | None, tuple[Block, ...]]:
    """Find standfirst and dateline at the front of the statement; the dateline leaves the text."""
    chosen, standfirst, dateline = list(found.blocks), None, None
    is_begun = False  # a sentence that ends in a day may stand further down; a dateline stands in front
    for block in tuple(chosen[:4]):
        if standfirst is None and len(chosen) > 2 and _is_standfirst(block, chosen[1:], named):
            standfirst = block.text  # stays in the text: it says what the statement says
        elif not is_begun and dateline is None and is_dateline(block.text, language=language):
            dateline = block.text
            chosen.remove(block)
        elif is_label(block.text, language=language):
            chosen.remove(block)
        else:
            is_begun = is_begun or (block.kind == "paragraph" and len(block.text) > LONG)
    if standfirst is None:
        standfirst = _before(found, named)
    return standfirst, dateline, tuple(chosen)


def _is_standfirst(block: Block, following: Sequence[Block], named: dict[str, str]) -> bool:
    """Tell whether a block is a standfirst: named so by the page, or a heading that its description repeats."""
    if not 30 <= len(block.text) <= _STANDFIRST_CHARS or sum(len(one.text) for one in following) < 2 * len(block.text):
        return False
    if block.element.get("itemprop") in ("description", "alternativeHeadline") or STANDFIRST_CLASS.search(
        _classes(block.element)
    ):
        return True
    return block.kind == "heading" and _described(block, named)


def _before(found: Body, named: dict[str, str]) -> str | None:
    """Find a standfirst that no witness took for text: a named block between headline and text."""
    if found.headline is None or not found.taken:
        return None
    for block in found.page[found.headline + 1 : min(found.taken[0], found.headline + 8)]:
        is_named = STANDFIRST_CLASS.search(_classes(block.element)) or _described(block, named)
        if is_named and 30 <= len(block.text) <= _STANDFIRST_CHARS and block.linked_share < 0.5:
            return block.text
    return None


def _described(block: Block, named: dict[str, str]) -> bool:
    told = [named.get(name) for name in ("og:description", "description", "twitter:description")]
    words = tokens(block.text)
    return any(one and words[:8] == tokens(one)[:8] and len(words) >= 5 for one in told)


def _classes(element: HtmlElement) -> str:
    parent = element.getparent()
    own = f"{element.get('class') or ''} {element.get('id') or ''}"
    return own if parent is None or _holds_several(parent) else f"{own} {parent.get('class') or ''}"


def _holds_several(box: HtmlElement) -> bool:
    """Tell whether a box holds three elements or more; `len` counts all of them, for each block again."""
    return sum(1 for _ in islice(box.iterchildren(), 3)) > 2


def _paragraphs(chosen: Sequence[Block]) -> tuple[str, ...]:
    """Yield the paragraphs of the statement; the entries of one list are lines of one paragraph."""
    made: list[str] = []
    before: Block | None = None
    for block in chosen:
        line = _line(block)
        joins = (
            before is not None
            and block.kind == before.kind
            and block.kind in ("entry", "row")
            and _one_list(before, block)
        )
        if joins:
            made[-1] += "\n" + line
        else:
            made.append(line)
        before = block
    return tuple(made)


def _line(block: Block) -> str:
    if block.kind != "entry" or re.match(r"^(?:[-*•–—]|\(?\d{1,3}[.)])\s", block.text):
        return block.text
    return f"{block.number}. {block.text}" if block.number is not None else f"- {block.text}"


def _one_list(before: Block, block: Block) -> bool:
    return (
        before.element.getparent() is block.element.getparent()
        or block.element.getparent() in before.element.iterancestors()
    )
