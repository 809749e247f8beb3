"""All findings on a draft, the gravest for each place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from communique.desk import _acts, _exchanged, _figures, _manner, _names, _polarity, _quotes, _speakers
from communique.desk._grounds import Grounds, grounds
from communique.desk._text import Span
from communique.records import Coding, Finding, SourceText

# Of findings on the same words that of the kind named first is kept.
_ORDER = (
    "length", "attribution", "quote", "date", "number", "negation", "modality", "place", "acronym", "name", "action",
    "loaded-word",
)  # fmt: skip
_ALIKE = frozenset({"negation", "modality", "action"})  # ways to say that something is not told so


def findings(
    draft: str,
    sources: Sequence[SourceText],
    *,
    language: str | None = None,
    published: date | None = None,
    coding: Coding | None = None,
) -> tuple[Finding, ...]:
    """Yield what a draft says that its sources don't carry, in the order of the draft.

    `published` is the day that the draft's own "yesterday" counts from; `coding` is that of the draft. Without codings
    the findings that need them are not made. A finding blocks only where it can mislead; where no source is in the
    draft's language, wording can't be compared, and names and quotations are only pointed out.
    """
    if not draft.strip():
        return tuple(_manner.length(draft))
    held = grounds(draft[: _manner.DRAFT_CHARACTERS], sources, language=language, published=published, coding=coding)
    quoted = _quotes.carried(held)
    return _gravest((*_manner.length(draft), *(one for one in _all(held) if not _is_within(one.span, quoted))))


def _is_within(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _all(held: Grounds) -> Iterable[Finding]:
    yield from _speakers.attribution(held)
    yield from _quotes.quotes(held)
    yield from _figures.days(held)
    yield from _figures.numbers(held)
    yield from _polarity.polarity(held)
    yield from _exchanged.exchanged(held)
    yield from _names.names(held)
    yield from _acts.acts(held)
    yield from _manner.loaded_words(held)


def _gravest(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Drop what repeats a graver finding on the same words. A quotation may hold others."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (not one.blocks, _ORDER.index(one.kind), one.span)):
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.span, _ORDER.index(one.kind))))


def _repeats(one: Finding, other: Finding) -> bool:
    is_over = one.span[0] < other.span[1] and other.span[0] < one.span[1]
    return is_over and (one.kind == other.kind or {one.kind, other.kind} <= _ALIKE or other.kind == "attribution")
