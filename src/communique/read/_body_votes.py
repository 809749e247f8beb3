"""Which blocks of a page each witness for its text holds: trafilatura, careful and usual, and readability."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from statistics import median_low

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from readability import Document as Readability

from communique.kit import urls
from communique.kit.text import printable
from communique.read._blocks import Block, blocks, tokens

RUN = 4  # words in a row: the unit in which a block and a witness are compared
# A block counts as a witness's when this share of its runs stands in the witness's text.
# Ablation (F1 on whole articles · on segments of mixed sites): trafilatura alone 0.962 · 0.918, readability alone
# 0.967 · 0.877, this 0.975 · 0.931; without _fill 0.964 · 0.925, without _drop_pointers 0.968 · 0.920.
AGREED = 0.8
# Share of the text on which two witnesses agree from which the third is not asked (on 76 of 182 pages): on both sets
# nothing changes; from 0.95 on whole articles begin to lose.
CERTAIN = 0.98
CERTAIN_CHARS = 500  # on less text two may agree by chance
# Elements, from which trafilatura goes without its second opinions: a page of 1.8 MB took 4.9 s, and takes 4.0.
LARGE = 15_000
# What is all links is not shown to the witnesses: this changes none of 180 pages, and saves a twentieth of the time.
MENU_LINKED = 0.95  # share of a block's characters in links
MENU_LINKS = 4
MENU_NAME = 40  # characters of a link; those to other texts are longer
_DROPPED = "data-communique-dropped"
_SPACES = re.compile(r"\s{2,}")
_HIDDEN = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.I)

for name in ("readability.readability", "trafilatura", "htmldate"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # they report each odd page; ours to report


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What each witness holds of one block."""

    careful: bool = False  # trafilatura, for precision
    usual: bool = False  # trafilatura, balanced
    other: bool = False  # readability

    @property
    def reason(self) -> str:
        """Say who holds the block."""
        if self.usual and self.other:
            return "trafilatura and readability hold it"
        if self.careful:
            return "trafilatura holds it, also when it is careful"
        if self.usual or self.other:
            return f"only {'trafilatura' if self.usual else 'readability'} holds it"
        return "no witness holds it"


def votes(root: HtmlElement, page: Sequence[Block], url: str) -> tuple[Votes, ...]:
    """Yield for each block of the page which witnesses hold it."""
    plain, given = _plain(root, _menus(page)), [tokens(block.text) for block in page]
    careful = _agreed(given, _trafilatura(plain, url, is_careful=True))
    other = _agreed(given, _readability(plain))
    is_asked = not _is_certain(page, careful, other)
    usual = _agreed(given, _trafilatura(plain, url, is_careful=False)) if is_asked else careful
    return tuple(
        Votes(careful=first, usual=second, other=third)
        for first, second, third in zip(careful, usual, other, strict=True)
    )


def _is_certain(page: Sequence[Block], careful: Sequence[bool], other: Sequence[bool]) -> bool:
    """Tell whether the two witnesses that differ most hold the same text: a third would add nothing."""
    held = [(len(block.text), one, two) for block, one, two in zip(page, careful, other, strict=True) if one or two]
    both = sum(size for size, one, two in held if one and two)
    return both > CERTAIN_CHARS and both >= CERTAIN * sum(size for size, _, _ in held)


def _menus(page: Sequence[Block]) -> tuple[HtmlElement, ...]:
    """Yield the largest elements in which all is links, several of them and short: menus, tags, pages of the site."""
    holding_text = {node for block in page[:1] for node in block.element.iterancestors("html", "body")}
    for block in page:
        if block.linked_share < MENU_LINKED:
            _add_all(holding_text, block.element)
    inside: dict[HtmlElement, list[Block]] = {}
    for block in page:
        if block.linked_share >= MENU_LINKED and block.element not in holding_text:
            inside.setdefault(_highest_outside(holding_text, block.element), []).append(block)
    return tuple(element for element, held in inside.items() if _is_menu(held))


def _add_all(known: set[HtmlElement], element: HtmlElement) -> None:
    for node in (element, *element.iterancestors()):
        if node in known:
            return
        known.add(node)


def _highest_outside(known: set[HtmlElement], element: HtmlElement) -> HtmlElement:
    highest = element
    for node in element.iterancestors():
        if node in known:
            break
        highest = node
    return highest


def _is_menu(held: Sequence[Block]) -> bool:
    links = sum(len(block.links) for block in held)
    return links >= MENU_LINKS and sum(len(block.text) for block in held) < MENU_NAME * links


def _plain(root: HtmlElement, menus: Sequence[HtmlElement]) -> HtmlElement:
    """Yield a copy without what is hidden and what no witness takes: each of them copies what it gets, some twice.

    Runs of white space become one sign of it: readability measures each text again for each element around it, in a
    time that grows with the length of the runs (a page of nested tables took 9 s, and takes 1).
    """
    for menu in menus:
        menu.set(_DROPPED, "")
    plain: HtmlElement = deepcopy(root)
    for menu in menus:
        del menu.attrib[_DROPPED]
    etree.strip_elements(plain, "script", "style", "noscript", "svg", "iframe", "template", "link", with_tail=False)
    for element in plain.xpath(f"//body//*[@hidden or @style or @{_DROPPED}]"):
        is_out = element.get("hidden") is not None or element.get(_DROPPED) is not None
        if is_out or _HIDDEN.search(element.get("style") or ""):
            element.drop_tree()
    for element in plain.iter():
        if element.text and _SPACES.search(element.text):
            element.text = _shortened(element.text)
        if element.tail and _SPACES.search(element.tail):
            element.tail = _shortened(element.tail)
    return plain


def _shortened(text: str) -> str:
    # A reference like &#5; makes what the tree itself refuses.
    return _SPACES.sub(_one_space, printable(text))


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "


def _trafilatura(root: HtmlElement, url: str, *, is_careful: bool) -> str:
    try:
        found = trafilatura.bare_extraction(
            deepcopy(root), url=url if urls.host(url) else None, include_comments=False, favor_precision=is_careful,
            fast=_is_large(root),
        )  # fmt: skip
    except Exception:  # noqa: BLE001  # a library may fail in any way on a hostile page; its witness is then silent
        return ""
    return str(getattr(found, "text", None) or "")


def _is_large(root: HtmlElement) -> bool:
    """Tell whether a page has so many elements that trafilatura is not asked for its own second opinions."""
    return sum(1 for _ in islice(root.iter(), LARGE)) == LARGE


class _OnCopies(Readability):  # type: ignore[misc]  # the library has no types
    """Readability on a tree that is not its own: it parses again on each try and changes what it parses.

    Its cleaner is left out: what that would drop for safety, scripts, styles, handlers, is gone or not looked at.
    """

    def _parse(self, input: HtmlElement) -> HtmlElement:  # noqa: A002  # the library's name
        return deepcopy(input)


def _readability(root: HtmlElement) -> str:
    try:
        summary = _OnCopies(root).summary(html_partial=True)
        return "\n".join(block.text for block in blocks(fragment_fromstring(summary, create_parent="div")))
    except Exception:  # noqa: BLE001  # as above; it gives up on pages without any paragraph
        return ""


def _agreed(given: Sequence[tuple[str, ...]], text: str) -> list[bool]:
    """Tell for each block, given as words, whether it stands in a witness's text; of equal ones only that in place."""
    words: list[str] = []
    lines: dict[tuple[str, ...], int] = {}
    for line in text.split("\n"):
        if found := tokens(line):
            lines.setdefault(found, len(words))
            words += found
    runs: dict[tuple[str, ...], int] = {}
    for start, run in enumerate(_runs(words)):
        runs.setdefault(run, start)
    agreed = [_stands(one, runs, lines) for one in given]
    _keep_one_of_equals(given, agreed, runs, lines)
    return agreed


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _stands(words: tuple[str, ...], runs: dict[tuple[str, ...], int], lines: dict[tuple[str, ...], int]) -> bool:
    if len(words) < RUN:
        return words in lines
    found = [run in runs for run in _runs(words)]
    return sum(found) >= AGREED * len(found)


def _keep_one_of_equals(given: Sequence[tuple[str, ...]], agreed: list[bool], runs: dict[tuple[str, ...], int],
                        lines: dict[tuple[str, ...], int]) -> None:  # fmt: skip
    """Leave of equal blocks (a headline repeated in menus) the one next to those that the witness has beside it."""
    places: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(given):
        if agreed[number]:
            places.setdefault(words, []).append(number)

    def at(words: tuple[str, ...]) -> int:
        return lines.get(words, -1) if len(words) < RUN else next(runs[run] for run in _runs(words) if run in runs)

    anchors = [
        (at(words), numbers[0]) for words, numbers in places.items() if len(numbers) == 1 and len(words) >= 2 * RUN
    ]
    for words, numbers in places.items():
        if len(numbers) == 1:
            continue
        place = at(words)
        near = sorted(anchors, key=lambda anchor: abs(anchor[0] - place))[:3]
        middle = median_low([number for _, number in near]) if near else numbers[0]
        kept = min(numbers, key=lambda number: abs(number - middle))
        for number in numbers:
            agreed[number] = number == kept
