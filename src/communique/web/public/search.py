"""Words are looked for in dispatches, newest first, within a deadline.

A plain first search: case and accents don't matter, all words must be there. It reads texts in the order of the key
and stops in time, so it is bounded whatever the size of the wire; a full-text index can take the place of `found`
without a change of what comes back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from communique.kit import text
from communique.web.ledger import models
from communique.web.public import rows

DEADLINE_S = 2.0
CANDIDATES = 50_000  # texts looked through in one request
_BATCH = 500
_TERMS = 12  # more words than that only cost time
_TERM = re.compile(r'"([^"]+)"?|([^\s"]+)')
_DAY = re.compile(r"(?<!\S)(after|before):(\d{4}-\d{2}-\d{2})(?!\S)", re.IGNORECASE)
_FIELDS = {"after": "published_at__gte", "before": "published_at__lt"}  # as the API's parameters of these names
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("’‘ʼ", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found before it ended."""

    numbers: tuple[int, ...]  # of dispatches, newest first
    next: int | None  # the search goes on below this number; None: all was looked through
    is_complete: bool  # False: time or candidates ran out before there were enough results


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """When a search ends."""

    limit: int  # results
    deadline_s: float = DEADLINE_S
    candidates: int = CANDIDATES
    clock: Callable[[], float] = time.monotonic


def is_asked(query: str) -> bool:
    """Tell whether a query asks for anything: words, or days."""
    words, narrowed = _parted(query)
    return bool(narrowed or terms(words))


def _parted(query: str) -> tuple[str, dict[str, datetime]]:
    """Part a query into its words and the days of `after:2026-03-08` and `before:…`; what is no day is a word."""
    narrowed: dict[str, datetime] = {}

    def taken(match: re.Match[str]) -> str:
        try:
            narrowed[_FIELDS[match[1].casefold()]] = rows.moment(date.fromisoformat(match[2]))
        except ValueError:
            return match[0]
        return " "

    return _DAY.sub(taken, text.printable(query)), narrowed


def terms(query: str) -> tuple[str, ...]:
    """Yield what must be in a text: each word, and each run of words in quotes, folded."""
    found = (first or second for first, second in _TERM.findall(folded(text.printable(query))))
    return tuple(dict.fromkeys(term for word in found if (term := word.strip())))[:_TERMS]


def folded(words: str) -> str:
    """Yield words without case, accents and kinds of quotation marks."""
    plain = words.translate(_QUOTES)
    return plain.lower() if plain.isascii() else text.folded(plain)


def found(query: str, candidates: QuerySet[models.Dispatch], bounds: Bounds) -> Found:
    """Look through candidates, newest first, for texts that hold all terms of a query."""
    words_asked, narrowed = _parted(query)
    wanted, end = terms(words_asked), bounds.clock() + bounds.deadline_s
    if not wanted and not narrowed:
        return Found(numbers=(), next=None, is_complete=True)
    numbers: list[int] = []
    last = None
    for seen, batch in enumerate(_batches(candidates.filter(**narrowed)), 1):
        for last, headline, words in batch:
            if all(term in folded(f"{headline or ''}\n{words}") for term in wanted):
                numbers.append(last)
            if len(numbers) == bounds.limit:
                return Found(numbers=tuple(numbers), next=last, is_complete=True)
        if bounds.clock() >= end or seen * _BATCH >= bounds.candidates:
            return Found(numbers=tuple(numbers), next=last, is_complete=False)
    return Found(numbers=tuple(numbers), next=None, is_complete=True)


def _batches(candidates: QuerySet[models.Dispatch]) -> Iterator[list[tuple[int, str | None, str]]]:
    shown = candidates.filter(stage__in=rows.SHOWN).prefetch_related(None)
    below = shown
    while batch := list(below.values_list("number", "headline", "text")[:_BATCH]):
        yield [(number or 0, headline, words) for number, headline, words in batch]
        below = shown.filter(number__lt=batch[-1][0])
