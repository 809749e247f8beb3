"""What the witnesses take for text and is another: late news on top, comments, contacts, the next items, a letterhead.

Told by what it says (`data/around.toml`) or by how it is built, never by one site's names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from lxml.html import HtmlElement

from communique.kit.text import collapsed
from communique.read import _around_words as around
from communique.read._blocks import Block, tokens
from communique.read._body_choice import Choice
from communique.read._body_votes import Votes
from communique.read._words import CONSENT

LINE = 150  # characters up to which a block without a sentence is a line
DAY = 60  # characters of a line that is a day
LABEL = 110  # characters of a line that says what follows
LABELS = 20  # lines that open comments; more are a list of articles
FRONT = 6  # blocks at the front of a text among which a letterhead stands
HEAD = 3  # lines at the end of the text within which a contact's telephone or mail stands
LEAST = 200  # characters of text before what is taken for comments, contacts or other items
REST = 0.4  # share of the text that contacts and what follows them may have
NEXT = 0.6  # share of the text that the next items may have
ITEM = 900  # characters under the title of another item
ITEM_BLOCKS = 4  # blocks under it
WORDS = 3  # of a line in bold that names a body or a source
POINTER = 40  # characters of a link that only leads on
LINKED = 0.8  # share of a line's characters in links, from which it is one
MAIN_CELL = 0.7  # share of the text from which a table's cell is that of the text
# As a line begins that tells when something happened: "14.05", "9.30 uur:", "16:40 –"
_CLOCK = re.compile(
    r"^\W{0,3}(?:[01]?\d|2[0-3])[.:h]\s?[0-5]\d(?!\d|[.:/]\d)(?:\s?(?:uhr|uur|h|kl|[ap]\.?m\.?)\b)?", re.I
)
# What stands in nearly all such questions: to look for their phrases in every block costs a tenth of the time.
_MAY_ASK = re.compile(
    rf"{CONSENT.pattern}|privacy|vie privée|privatsphäre|hozzájárulás|sütik|consimțământ|persetujuan"
    "|تعريف الارتباط|موافقت|کوکی|クッキー|同意|隐私|隱私|쿠키",
    re.I,
)
_ENDS = ".!?:;…。！？؟"
_ROUGH_ENDS = tuple(_ENDS + "»”\"')")  # a sentence may end so


def drop_what_is_around(page: Sequence[Block], votes: Sequence[Votes], choice: Choice) -> None:
    """Leave out what stands around the statement and is none of it."""
    _drop_dialogs(page, choice)
    _drop_side_cells(page, choice)
    _drop_comments(page, votes, choice)
    _drop_contacts(page, choice)
    _drop_letterhead(page, choice)
    _drop_consent(page, choice)


def drop_late_news(page: Sequence[Block], choice: Choice) -> None:
    """Leave out what was put on top of the text later: lines of the hour, "Update: …"; asked below the headline."""
    numbers = _without_day(page, choice.numbers)
    end = _late_news_end(page, numbers)
    rest = _size(page, numbers[end:])
    if not end or rest < max(LEAST, _size(page, numbers[:end]) / 2):
        return
    for number in numbers[:end]:
        choice.drop(number, "it was put on top of the text later")


def _without_day(page: Sequence[Block], numbers: Sequence[int]) -> Sequence[int]:
    """Pass over a first short line with figures: a day, which is no news."""
    if not numbers:
        return numbers
    first = page[numbers[0]].text
    is_day = len(first) < DAY and any(map(str.isdigit, first)) and not (is_update(first) or _CLOCK.match(first))
    return numbers[1:] if is_day else numbers


def _late_news_end(page: Sequence[Block], numbers: Sequence[int]) -> int:
    """Yield how many of the first taken blocks are late news."""
    end, stamped = 0, 0
    for place, number in enumerate(numbers):
        text = page[number].text
        if is_update(text):
            end, stamped = place + 1, stamped + 2
        elif _is_stamped(page, number):
            end, stamped = place + 1, stamped + 1
        elif not _is_live_label(text):
            break
    return end if stamped > 1 else 0


def is_update(text: str) -> bool:
    """Tell whether a line says that it was added later, and when or what: "UPDATE 6 October, 14.30: …"."""
    found = around.opening("updates").match(text)
    if found is None:
        return False
    label, colon, _ = text[found.end() : found.end() + 60].partition(":" if ":" in text[:LABEL] else "–")
    return bool(colon) and len(label.split()) <= 6


def _is_stamped(page: Sequence[Block], number: int) -> bool:
    """Tell whether a block begins with the time of a day, or stands under one."""
    if _CLOCK.match(page[number].text):
        return True
    above = page[number - 1] if number else None
    if above is None or len(above.text) > 30 or not _CLOCK.match(above.text):
        return False
    holder = page[number].element.getparent()
    return above.element is holder or above.element.getparent() is holder


def _is_live_label(text: str) -> bool:
    return len(text) < LABEL and around.opening("live").match(text) is not None


def _drop_dialogs(page: Sequence[Block], choice: Choice) -> None:
    """Drop what stands in an element that says it is a dialog, over the page."""
    inside = [number for number in choice.numbers if _is_in_dialog(page[number].element)]
    if len(inside) < len(choice.numbers):
        for number in inside:
            choice.drop(number, "it stands in a dialog over the page")


def _is_in_dialog(element: HtmlElement) -> bool:
    return any(
        (node.get("role") or "").lower() in ("dialog", "alertdialog") or node.get("aria-modal") == "true"
        for node in (element, *element.iterancestors())
    )


def _drop_side_cells(page: Sequence[Block], choice: Choice) -> None:
    """Drop the lines of other cells beside that of the text, in tables that lay out the page."""
    held: dict[HtmlElement, list[int]] = {}
    for number in choice.numbers:
        if page[number].kind != "row" and (cell := _cell(page[number].element)) is not None:
            held.setdefault(cell, []).append(number)
    total = sum(len(page[number].text) for number in choice.numbers)
    main = max(held, key=lambda cell: _size(page, held[cell]), default=None)
    if main is None or len(held) < 2 or _size(page, held[main]) < MAIN_CELL * total:
        return
    for cell, numbers in held.items():
        if cell.getparent() is main.getparent() and cell is not main and all(_is_line(page[one]) for one in numbers):
            for number in numbers:
                choice.drop(number, "it stands in a cell beside that of the text")


def _cell(element: HtmlElement) -> HtmlElement | None:
    """Yield the innermost cell of a table that an element is, or stands in."""
    return next((node for node in (element, *element.iterancestors()) if node.tag == "td"), None)


def _size(page: Sequence[Block], numbers: Sequence[int]) -> int:
    return sum(len(page[number].text) for number in numbers)


def _is_line(block: Block) -> bool:
    """Tell whether a block is short and holds no sentence."""
    return len(block.text) < LINE and not block.text.endswith(_ROUGH_ENDS)


def _drop_comments(page: Sequence[Block], votes: Sequence[Votes], choice: Choice) -> None:
    """Drop what follows a line like "3 comments" or "Leave a comment", where not all witnesses hold it."""
    opening = (number for number in _lines_below(page, choice.numbers) if _opens_comments(page[number].text))
    for number in islice(opening, LABELS):
        behind = [one for one in choice.numbers if one >= number]
        certain = [one for one in behind if votes[one].careful and votes[one].other]
        if 2 * _size(page, certain) <= _size(page, behind):
            for one in behind:
                choice.drop(one, "it is a comment: it stands under a line that says so")
            return


def _lines_below(page: Sequence[Block], numbers: Sequence[int]) -> Iterator[int]:
    """Yield the lines of the page that stand behind some of the text, taken or not."""
    before = 0
    taken = frozenset(numbers)
    for number, block in enumerate(page):
        if before >= LEAST and len(block.text) < LABEL:
            yield number
        before += len(block.text) if number in taken else 0


def _opens_comments(text: str) -> bool:
    if around.line("reply").fullmatch(text):
        return True
    return any(map(str.isdigit, text)) and around.line("comments").fullmatch(text) is not None


def drop_next_items(page: Sequence[Block], choice: Choice) -> None:
    """Drop other items at the end: a title that is a link, or in bold, and under it a text that leads on to it."""
    numbers = choice.numbers
    if not numbers:
        return
    start = _next_items_begin(page, numbers, _marks(page[0].element))
    if start is None:
        return
    before, behind = [one for one in numbers if one < start], [one for one in numbers if one >= start]
    total = _size(page, numbers)
    if _size(page, before) < LEAST or _size(page, behind) > NEXT * total:
        return
    for number in behind:
        choice.drop(number, "it is another item behind the text")


def _next_items_begin(page: Sequence[Block], numbers: Sequence[int], marks: _Marks) -> int | None:
    """Yield the block from which on the text is nothing but other items; None: there are none.

    Their titles are links; or below each stands a link that says the same ("Read more"). One item is enough where its
    title and the link below it lead to the same place, else there are two.
    """
    titles = [number for number in range(numbers[0] + 1, numbers[-1] + 1) if _may_be_title(page[number], marks)]
    end_of_all = min(numbers[-1] + 3, len(page))  # "Read more" under the last is mostly left out already
    begin, found, said = None, 0, set[str]()
    for title, end in reversed(list(pairwise([*titles, end_of_all]))):
        leads = [lead for block in page[title + 1 : end] if (lead := _leading_on(block, marks))]
        is_linked = _is_link_to_another(page[title])
        said |= set() if is_linked else {lead.said for lead in leads} or {""}
        if not _is_short(page[title + 1 : end]) or len(said) > 1 or "" in said:
            break
        begin = title
        found += 2 if is_linked and {lead.address for lead in leads} & set(page[title].links) else 1
    return begin if found > 1 else None


@dataclass(frozen=True, slots=True)
class _Marks:
    """What of a page is bold, and what its links say; gathered once, since many blocks may share one element."""

    bold: frozenset[str]
    said: Mapping[str, frozenset[str]]  # of each address: the short texts of the links there


def _marks(element: HtmlElement) -> _Marks:
    root = element.getroottree().getroot()
    said: dict[str, set[str]] = {}
    for anchor in root.iter("a"):
        if (address := anchor.get("href")) and (text := _short_text(anchor)):
            said.setdefault(address, set()).add(text)
    bold = frozenset(text for one in root.iter("b", "strong") if (text := _short_text(one)))
    return _Marks(bold, {address: frozenset(texts) for address, texts in said.items()})


def _short_text(element: HtmlElement) -> str | None:
    """Yield the text of an element in one line; None where it is longer than one."""
    parts: list[str] = []
    length = 0
    for part in islice(element.itertext(), LINE):
        parts.append(str(part))
        length += len(part)
        if length > 4 * LINE:  # white space may be most of it
            return None
    text = collapsed("".join(parts))
    return text if 0 < len(text) < LINE else None


def _may_be_title(block: Block, marks: _Marks) -> bool:
    return (
        len(block.text) < LINE and block.text[-1] not in ".:" and (block.kind == "heading" or block.text in marks.bold)
    )


def _is_link_to_another(block: Block) -> bool:
    """Tell whether a title is a link to another page; one in bold alone needs some words, else it names a source."""
    leads_away = any(not address.startswith(("#", "javascript:")) for address in block.links)
    return leads_away and block.linked_share >= LINKED and (block.kind == "heading" or len(tokens(block.text)) > WORDS)


def _is_short(below: Sequence[Block]) -> bool:
    return 0 < len(below) <= ITEM_BLOCKS and sum(len(block.text) for block in below) <= ITEM


@dataclass(frozen=True, slots=True)
class _Lead:
    """A link that leads on."""

    said: str
    address: str


def _leading_on(block: Block, marks: _Marks) -> _Lead | None:
    """Yield the short link that stands alone, or behind the last sentence of a block."""
    address = block.links[-1] if block.links else ""
    for said in sorted(marks.said.get(address, ())):
        before = block.text.removesuffix(said).rstrip()
        is_apart = not before or before[-1] in _ROUGH_ENDS
        if len(said) <= POINTER and block.text.endswith(said) and is_apart:
            return _Lead(said, address)
    return None


def is_bold(block: Block) -> bool:
    """Tell whether all of a line is in bold type."""
    return any(_short_text(one) == block.text for one in block.element.iter("b", "strong"))


def _drop_contacts(page: Sequence[Block], choice: Choice) -> None:
    """Drop the last part of a press release: whom to ask, with telephone or mail, and what stands behind that."""
    numbers = choice.numbers
    total, before = _size(page, numbers), 0
    for place, number in enumerate(numbers):
        text = page[number].text
        behind = numbers[place:]
        if before >= max(LEAST, (1 - REST) * total) and around.opening("contacts").match(text):
            said = "\n".join(page[one].text for one in behind[: HEAD + 1])
            if around.telephones(said) or "@" in said:
                for one in behind:
                    choice.drop(one, "it says whom to ask, or stands behind that")
                return
        before += len(text)


def _drop_letterhead(page: Sequence[Block], choice: Choice) -> None:
    """Drop at the front the address of the sender and the line that says what kind of text follows."""
    for number in choice.numbers[:FRONT]:
        text = page[number].text
        is_label = len(text) < LABEL and around.line("letterhead").fullmatch(text) is not None
        if not (is_label or _is_address(text)) or len(choice.numbers) < 3:
            continue
        choice.drop(number, "it is the letterhead")


def _is_address(text: str) -> bool:
    """Tell whether a block is an address: telephone and mail or web, and no line that is a sentence."""
    if len(text) > 3 * LINE or not (around.telephones(text) and around.addresses(text)):
        return False
    return not any(len(line) > LABEL and line.endswith(tuple(_ENDS)) for line in text.split("\n"))


def _drop_consent(page: Sequence[Block], choice: Choice) -> None:
    """Drop what asks for leave to set cookies, where there is another text."""
    numbers = choice.numbers
    asking = [number for number in (*numbers[:FRONT], *numbers[-FRONT:]) if _asks_for_consent(page[number].text)]
    if _size(page, [one for one in numbers if one not in asking]) < LEAST:
        return
    for number in asking:
        choice.drop(number, "it asks for leave to set cookies")


def _asks_for_consent(text: str) -> bool:
    """Tell whether a block holds two phrases of such a question, or is one of them."""
    if not _MAY_ASK.search(text):
        return False
    found = {one.casefold() for one in around.phrases("consent").findall(text[:1000])}
    return len(found) > 1 or (len(found) == 1 and len(text) < LABEL and text[-1] not in _ENDS)
