"""A page that shows only what stands in the way of a text: a question about cookies, a check for robots, a login."""

from __future__ import annotations

from collections.abc import Sequence

from communique.read import _around_words as around
from communique.records import Trouble

LONGEST: dict[around.Kind, int] = {"consent": 2500, "robots": 700, "subscribers": 700}  # characters of such a page
SHORT = 250  # characters of text on which one phrase is enough
SHARE = 0.5  # share of the text that stands in paragraphs with such a phrase
_SAID: dict[around.Kind, tuple[str, str]] = {
    "consent": ("consent-wall", "a question about cookies and data"),
    "robots": ("robot-wall", "a check that its visitor is no robot"),
    "subscribers": ("subscriber-wall", "a line for subscribers"),
}


def wall(paragraphs: Sequence[str], *, title: str | None, url: str) -> Trouble | None:
    """Say what stands in the way, where nothing else is shown; None: the page has a text."""
    size = sum(map(len, paragraphs))
    for kind, (slug, said) in _SAID.items():
        if 0 < size <= LONGEST[kind] and _is_all(kind, paragraphs, title, size):
            detail = (
                f"{url or 'the page'} shows nothing but {said}; the statement stands behind it: look for a feed, "
                "a print version or a PDF of it"
            )
            return Trouble(room="read", kind=slug, detail=detail, passing=kind == "robots")
    return None


def _is_all(kind: around.Kind, paragraphs: Sequence[str], title: str | None, size: int) -> bool:
    find = around.phrases(kind).findall
    found = [(len(one), {phrase.casefold() for phrase in find(one)}) for one in paragraphs]
    phrases = set().union(*(told for _, told in found))
    if not phrases or sum(length for length, told in found if told) < SHARE * size:
        return False
    return size <= SHORT or len(phrases | {phrase.casefold() for phrase in find(title or "")}) > 1
