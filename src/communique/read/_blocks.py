"""The blocks of a page: paragraphs, headings, list entries, table rows, in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from communique.kit.text import collapsed
from communique.read._words import words

BlockKind = Literal["paragraph", "heading", "entry", "row"]

# Content of these is never text of the page (HTML Living Standard: metadata, scripting, embedded and form content).
UNREAD = words(
    """head script style noscript template svg math iframe object embed canvas audio video map select datalist option
    optgroup textarea button input progress meter dialog"""
)
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_ENTRIES = words("li dt dd")
_CELLS = words("td th")
_BLOCKS = words(
    """address article aside blockquote body caption center details div dl fieldset figcaption figure footer form
    header hgroup hr html legend main menu nav ol p pre section summary table tbody tfoot thead tr ul"""
) | (_HEADINGS | _ENTRIES | _CELLS)
_NESTING = (_BLOCKS - words("tr tbody thead tfoot td th p")) | {"br"}
_CELL_CHARS = 300  # longer cells hold text, not figures and names
# One token a letter in scripts without spaces (Thai to Khmer, kana, Han); else a run of word characters.
_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")

# Joiners and other signs without a width: some witnesses drop them, and Persian has one in every second word.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """One block of a page's text."""

    text: str  # NFC; lines of a paragraph (single breaks in the page) parted by "\n"
    kind: BlockKind
    number: int | None  # of an entry in a numbered list
    element: HtmlElement  # the block-level element that it stands in
    links: tuple[str, ...]  # as printed in href
    linked_share: float  # 0..1: share of its characters that are links


def tokens(text: str) -> tuple[str, ...]:
    """Yield the words of a text, case folded; in scripts without spaces its letters."""
    seen = text if text.isascii() else _INVISIBLE.sub("", text)
    return tuple(_TOKEN.findall(seen.casefold()))


def blocks(root: HtmlElement) -> tuple[Block, ...]:
    """Yield the blocks of the page, each piece of readable text in exactly one."""
    reader = _Reader(_numbers(root))
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_read = isinstance(element.tag, str) and element.tag not in UNREAD
        if event == "start" and is_read:
            reader.enter(element)
        elif event == "start":
            walk.skip_subtree()
        else:
            reader.leave(element, is_read=is_read)
    return tuple(reader.blocks)


class _Reader:
    """Gathers inline text until a block-level element begins or ends, or two line breaks stand together."""

    __slots__ = ("_breaks", "_link_depth", "_linked", "_links", "_numbers", "_parts", "_row", "blocks")

    def __init__(self, numbers: dict[HtmlElement, int]) -> None:
        self.blocks: list[Block] = []
        self._numbers = numbers
        self._row: HtmlElement | None = None  # a row of figures and names is one block, whatever is in it
        self._link_depth = 0
        self._begin()

    def _begin(self) -> None:
        self._parts: list[str] = []
        self._links: list[str] = []
        self._linked = self._breaks = 0

    def enter(self, element: HtmlElement) -> None:
        """Read on at the start of an element."""
        tag = element.tag
        if tag in _BLOCKS and self._row is None:
            self._close(element.getparent())
            self._row = element if tag == "tr" and _is_plain_row(element) else None
        elif tag in _CELLS and any(part.strip() for part in self._parts):
            self._parts.append(" | ")
        elif tag == "br":
            self._break(element)
        elif tag == "a":
            self._link_depth += 1
            self._links += [element.get("href")] if element.get("href") else []
        self._add(element.text)

    def leave(self, element: HtmlElement, *, is_read: bool) -> None:
        """Read on behind an element."""
        if is_read and element.tag in _BLOCKS and self._row in (None, element):
            self._close(element)
            self._row = None
        elif is_read and element.tag == "a":
            self._link_depth = max(0, self._link_depth - 1)
        self._add(element.tail)

    def _break(self, element: HtmlElement) -> None:
        self._breaks += 1
        if self._breaks > 1 and self._row is None:
            self._close(element.getparent())
        else:
            self._parts.append("\n")

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._parts.append(text.replace("\n", " ").replace("\r", " "))
        if not text.isspace():
            self._breaks = 0
            self._linked += len(text.strip()) if self._link_depth else 0

    def _close(self, element: HtmlElement | None) -> None:
        lines = [collapsed(line) for line in "".join(self._parts).split("\n")]
        text = "\n".join(line for line in lines if line.strip(" |"))
        if text and element is not None:
            kind, number = ("row", None) if self._row is not None else _kind(element, self._numbers)
            share, links = min(1.0, self._linked / len(text)), tuple(self._links)
            block = Block(text=text, kind=kind, number=number, element=element, links=links, linked_share=share)
            self.blocks.append(block)
        self._begin()


def _is_plain_row(row: HtmlElement) -> bool:
    """Tell whether a table row is a line of figures and names: short cells without blocks in them."""
    cells = [cell for cell in row if cell.tag in _CELLS]
    if len(cells) < 2 or any(inner.tag in _NESTING for cell in cells for inner in cell.iterdescendants()):
        return False
    return all(len("".join(cell.itertext())) < _CELL_CHARS for cell in cells)


def _kind(element: HtmlElement, numbers: dict[HtmlElement, int]) -> tuple[BlockKind, int | None]:
    node: HtmlElement | None = element
    for _ in range(3):  # <li><p> and <h2><div> are still an entry and a heading
        if node is None or node.tag in _CELLS:
            break
        if node.tag in _HEADINGS:
            return "heading", None
        if node.tag in _ENTRIES:
            return "entry", numbers.get(node)
        node = node.getparent()
    return "paragraph", None


def _numbers(root: HtmlElement) -> dict[HtmlElement, int]:
    """Yield the numbers that a browser would show before the entries of numbered lists."""
    numbers: dict[HtmlElement, int] = {}
    for numbered in root.iter("ol"):
        start = numbered.get("start", "1")
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        numbers.update((entry, number) for number, entry in enumerate(numbered.iterchildren("li"), first))
    return numbers
