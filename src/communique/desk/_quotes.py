"""Findings on quotations: what stands in quotation marks must stand so in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.desk._grounds import Grounds
from communique.desk._text import QUOTE, Span
from communique.kit.text import collapsed
from communique.records import Finding

_MARKS = str.maketrans(dict.fromkeys('"“”„«»‹›「」') | dict.fromkeys("’‘‚`´", "'") | dict.fromkeys("–—‑", "-"))
_GAP = re.compile(r"\s*(?:\[[^\]]{0,200}\]|\(\.\.\.\)|…|\.\.\.)\s*")
_SINGLE = re.compile(r"(?<!\w)'|'(?!\w)")
_EDGES = " .,;:!?-'"


def quotes(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each quotation that no source has word for word; omissions may be marked "…" or "[…]"."""
    for words, span, is_carried in _all(grounds):
        if not is_carried:
            yield _finding(grounds, words, span)


def carried(grounds: Grounds) -> tuple[Span, ...]:
    """Yield the places of the quotations that a source has word for word: nothing in them can mislead."""
    return tuple(span for _, span, is_carried in _all(grounds) if is_carried)


def _all(grounds: Grounds) -> Iterator[tuple[str, Span, bool]]:
    """Yield the words of each quotation, their place, and whether a source has them."""
    found = list(QUOTE.finditer(grounds.draft.raw))
    texts = [_plain(source.text.raw) for source in grounds.sources] if found else []
    for match in found:
        number = next(place for place, words in enumerate(match.groups(), 1) if words is not None)
        pieces = [piece for part in _GAP.split(match[number]) if (piece := _plain(part).strip(_EDGES))]
        yield match[number], match.span(number), not pieces or any(_stands_in(pieces, text) for text in texts)


def _stands_in(pieces: list[str], text: str) -> bool:
    """Tell whether a text has all pieces, in their order, each as whole words."""
    at = 0
    for piece in pieces:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if found is None:
            return False
        at = found.end()
    return True


def _plain(words: str) -> str:
    """Yield words without quotation marks, single ones between words too, in one line and one case."""
    return collapsed(_SINGLE.sub("", words.translate(_MARKS))).casefold()


def _finding(grounds: Grounds, words: str, span: Span) -> Finding:
    if grounds.is_translated:
        advice = "No source is in the draft's language: say that the quotation is translated, or tell it without marks."
    else:
        advice = "No source has these words in this order; quote what stands there, or tell it without quotation marks."
    return Finding(kind="quote", span=span, text=words, blocks=not grounds.is_translated, advice=advice)
