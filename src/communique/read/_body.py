"""Which blocks of a page are the statement: witnesses vote, and what they leave open is judged by context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from lxml.html import HtmlElement

from communique.kit import urls
from communique.kit.text import folded
from communique.read import _body_votes
from communique.read._blocks import Block, blocks, tokens
from communique.read._body_around import drop_late_news, drop_next_items, drop_what_is_around
from communique.read._body_choice import Choice
from communique.read._body_votes import Votes
from communique.read._head import agrees
from communique.read._words import BYLINE_CLASS, CAPTION, CONSENT, COPYRIGHT, CREDIT, INTRUDER, OPENING

LINKED = 0.8  # share of characters in links from which a block is a pointer, not a text
HELD = 0.9  # share of the text from which an element is the statement's own
STRAY = 150  # characters up to which a line outside it is no part of the statement
GAP = 12  # blocks that may be missed between two of one text
LEAD = 12  # blocks between headline and text: days, names, pictures, shares; more are another part of the page
LEAD_LINKED = 0.3  # share of characters in links, above which a sentence leads elsewhere
SENTENCE_ENDS = ".!?…。！？؟।»”\"'"
LONG = 80  # characters from which a block is a paragraph of the statement, not a label
_HEADLINE_WITHIN = 0.2  # a headline deeper in the text than this share is a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The statement among the blocks of its page."""

    page: tuple[Block, ...]  # all blocks
    taken: tuple[int, ...]  # indexes of those that are the statement, rising; headline and what precedes it left out
    headline: int | None  # index of the block that prints the title
    reasons: tuple[str, ...]  # one for each block: why it was taken or left out

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Yield the blocks of the statement."""
        return tuple(self.page[number] for number in self.taken)


def body(root: HtmlElement, *, url: str, title: str | None, sites: Sequence[str] = ()) -> Body:
    """Decide which blocks of a page are the statement; `sites` are names of the site, folded."""
    page = blocks(root)
    votes = _body_votes.votes(root, page, url)
    choice = Choice(votes)
    _fill(page, votes, choice)
    _close_gaps(page, choice)
    _keep_lists_whole(page, votes, choice)
    _drop_pointers(page, votes, choice)
    _drop_intruders(page, choice)
    _drop_strays(page, choice)
    _drop_foot(page, votes, choice, sites)
    drop_what_is_around(page, votes, choice)
    if not urls.is_front(url):  # there the other items are the text
        drop_next_items(page, choice)
    headline = _headline(page, choice.taken, title)
    if headline is not None:
        for number in range(headline):
            choice.drop(number, "it stands before the headline")
        choice.drop(headline, "it is the headline")
    drop_late_news(page, choice)
    if headline is not None:
        _take_lead(page, choice, headline)
    _drop_credits(page, choice)
    _drop_last_headings(page, choice)
    return Body(page=page, taken=tuple(choice.numbers), headline=headline, reasons=tuple(choice.reasons))


def _fill(page: Sequence[Block], votes: Sequence[Votes], choice: Choice) -> None:
    """Take paragraphs that readability holds and trafilatura lost, where their like in the template are taken."""
    places = {_place(page[number]) for number in choice.numbers if len(page[number].text) > LONG}
    for number, (block, vote) in enumerate(zip(page, votes, strict=True)):
        if vote.other and not choice.taken[number] and block.linked_share < 0.5 and _place(block) in places:
            choice.take(number, "readability holds it, and its like in the template are taken")


def _close_gaps(page: Sequence[Block], choice: Choice) -> None:
    """Take what stands between two taken blocks of one parent, where it is text: lists of demands, short lines."""
    for before, behind in pairwise(choice.numbers):
        between = range(before + 1, behind)
        parent = page[before].element.getparent()
        if not 0 < len(between) <= GAP or parent is not page[behind].element.getparent():
            continue
        if all(_is_text_within(page[number], parent) for number in between):
            for number in between:
                choice.take(number, "it stands between two blocks of the text")


def _is_text_within(block: Block, parent: HtmlElement | None) -> bool:
    """Tell whether a block is unlinked text right under the parent, or an entry of a list right under it."""
    holder = block.element.getparent()
    is_close = holder is parent or (block.kind == "entry" and holder is not None and holder.getparent() is parent)
    return is_close and block.linked_share < 0.3 and block.kind in ("entry", "paragraph") and not _is_intruder(block)


def _keep_lists_whole(page: Sequence[Block], votes: Sequence[Votes], choice: Choice) -> None:
    """Take all entries of a list right under a taken line, where a witness holds most of them: demands, signers."""
    for entries in _lists(page):
        above = entries[0] - 1
        if above < 0 or not choice.taken[above] or not _is_right_under(page[entries[0]], page[above]):
            continue
        held = sum(votes[number].usual or votes[number].other for number in entries)
        linked = sum(page[number].linked_share for number in entries)
        if held >= 0.5 * len(entries) and linked < 0.3 * len(entries) and not _is_intruder(page[entries[0]]):
            for number in entries:
                choice.take(number, "it is an entry of a list under a line of the text")


def _lists(page: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the indexes of the entries of each list, where nothing stands between them."""
    for (kind, _), run in groupby(enumerate(page), key=lambda one: (one[1].kind, one[1].element.getparent())):
        if kind == "entry":
            yield [number for number, _ in run]


def _is_right_under(entry: Block, line: Block) -> bool:
    """Tell whether the list of an entry and a line above it have one parent."""
    holder = entry.element.getparent()
    return holder is not None and holder.getparent() is line.element.getparent()


def _drop_foot(page: Sequence[Block], votes: Sequence[Votes], choice: Choice, sites: Sequence[str]) -> None:
    """Drop the last lines where they are the site's foot: its copyright, its name, or its box of contacts."""
    chosen = choice.numbers
    end = _contacts_begin(page, votes, chosen)
    for number in reversed(chosen[1:]):
        if number < end and not _is_foot(page[number], sites):
            break
        choice.drop(number, "it is the foot of the site, or its box of contacts")


def _contacts_begin(page: Sequence[Block], votes: Sequence[Votes], chosen: Sequence[int]) -> int:
    """Yield the index from which short lines follow a heading that no witness takes for the statement's."""
    for place in range(len(chosen) - 1, 0, -1):
        if not _is_line(page[chosen[place]]):
            break
        between = range(chosen[place - 1] + 1, chosen[place])
        if any(page[number].kind == "heading" and votes[number] == Votes() for number in between):
            return chosen[place]
    return len(page)


def _take_lead(page: Sequence[Block], choice: Choice, headline: int) -> None:
    """Take the sentences between headline and text: a lead often has a box of its own, which the witnesses pass by."""
    first = next(iter(choice.numbers), headline)
    if first - headline > LEAD or _has_dateline(page[first].text):
        return
    told = {tokens(page[number].text) for number in choice.numbers}
    for number in range(headline + 1, first):
        if _is_lead(page[number]) and tokens(page[number].text) not in told:
            choice.take(number, "it is a sentence between the headline and the text")


def _has_dateline(text: str) -> bool:
    """Tell whether a text begins with place and day, or with a line of its own for the place, in capitals."""
    return bool(OPENING.match(text)) or (len(text) < LONG and text.isupper())


def _is_lead(block: Block) -> bool:
    """Tell whether a block is a sentence of some length; shorter ones are standfirsts, and stand apart."""
    is_prose = len(block.text) > STRAY and block.text[-1] in SENTENCE_ENDS and block.kind in ("paragraph", "heading")
    if not is_prose or block.linked_share > LEAD_LINKED or CONSENT.search(block.text) or _is_intruder(block):
        return False
    around = (block.element, *islice(block.element.iterancestors(), 2))
    named = (f"{node.get('class') or ''} {node.get('id') or ''}" for node in around)
    if any(CAPTION.search(name) or BYLINE_CLASS.search(name) for name in named):
        return False
    return not any(node.tag in ("figure", "aside", "form") for node in around)


def _drop_credits(page: Sequence[Block], choice: Choice) -> None:
    """Drop lines that say whose a picture is."""
    for number in choice.numbers:
        if len(page[number].text) < STRAY and CREDIT.search(page[number].text):
            choice.drop(number, "it says whose a picture is")


def _drop_last_headings(page: Sequence[Block], choice: Choice) -> None:
    """Drop headings at the end: what they announce is not of the text, so they are not either."""
    for number in reversed(choice.numbers[1:]):
        if page[number].kind != "heading":
            return
        choice.drop(number, "it is a heading with no text behind it")


def _is_foot(block: Block, sites: Sequence[str]) -> bool:
    """Tell whether a line is a copyright notice, or nothing but the name of the site and links."""
    if len(block.text) > STRAY:
        return False
    if COPYRIGHT.match(block.text):
        return True
    first = folded(block.text.split("\n")[0]).strip(" .|·©")
    return bool(block.links) and first in sites


def _is_line(block: Block) -> bool:
    return len(block.text) < STRAY and block.text[-1] not in ".!?:"


def _drop_intruders(page: Sequence[Block], choice: Choice) -> None:
    """Drop what stands in a footer, a comment or a box, unless the box holds most of the text: then it is misnamed."""
    chosen = choice.numbers
    inside = [number for number in chosen if _is_intruder(page[number])]
    if sum(len(page[number].text) for number in inside) * 2 < sum(len(page[number].text) for number in chosen):
        for number in inside:
            choice.drop(number, "it stands in a footer, a comment or a box beside the text")


def _drop_strays(page: Sequence[Block], choice: Choice) -> None:
    """Drop short lines outside the element that holds nearly all of the text: addresses, slogans, marks of the site."""
    chosen = choice.numbers
    inside: Counter[HtmlElement] = Counter()
    for number in chosen:
        for node in page[number].element.iterancestors():
            inside[node] += len(page[number].text)
    total = sum(len(page[number].text) for number in chosen)
    holders = [node for node, held in inside.items() if held >= HELD * total]
    if not holders:
        return
    holder = max(holders, key=lambda node: sum(1 for _ in node.iterancestors()))
    for number in chosen:
        block = page[number]
        if _is_line(block) and holder not in block.element.iterancestors():
            choice.drop(number, "it is a short line outside the element that holds the text")


def _is_intruder(block: Block) -> bool:
    for node in (block.element, *block.element.iterancestors()):
        if node.tag in ("body", "html", "main", "article"):
            return False
        if node.tag in ("footer", "nav") or INTRUDER.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    return False


def _place(block: Block) -> tuple[tuple[str, str, str], ...]:
    """Yield where the template puts a block: tag, class and id of all elements around it."""
    return tuple((node.tag, node.get("class") or "", node.get("id") or "") for node in block.element.iterancestors())


def _drop_pointers(page: Sequence[Block], votes: Sequence[Votes], choice: Choice) -> None:
    """Drop what only points elsewhere: a lone linked line ("Read more: …"), or a run that not all witnesses hold."""
    chosen = choice.numbers
    linked = {number for number in chosen if page[number].linked_share >= LINKED}
    for place, number in enumerate(chosen):
        if number not in linked:
            continue
        beside = chosen[max(0, place - 1) : place] + chosen[place + 1 : place + 2]
        if not votes[number].other or not any(near in linked for near in beside):
            choice.drop(number, "it only points elsewhere")


def _headline(page: Sequence[Block], taken: Sequence[bool], title: str | None) -> int | None:
    """Find the block that prints the title, if it stands before the text or in its first part."""
    if not title:
        return None
    total = sum(len(block.text) for block, chosen in zip(page, taken, strict=True) if chosen)
    before, found = 0, None
    for number, (block, chosen) in enumerate(zip(page, taken, strict=True)):
        if before > _HEADLINE_WITHIN * total:
            break
        if len(block.text) < 500 and agrees(block.text, title):
            is_better = found is None or block.kind == "heading" or (chosen and page[found].kind != "heading")
            found = number if is_better else found
        before += len(block.text) if chosen else 0
    return found
