"""Words of the trade in thirteen languages: strike, congress, solidarity, occupation. One term in all of them.

What a statement without numbers and names still has. The list is data/terms.csv: a row for each term, a column for each
language; a cell holds the beginnings of its words, parted by spaces, or with "=" at the end whole words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from communique.kit.text import folded

UNSPACED = ("ja", "zh")  # languages that write without spaces: their words are looked for anywhere in the text
_LONGEST = 14  # letters of the longest beginning
_SHORTEST = 3
# Of compounds ("Warnstreik") the last word says what it is: looked for in the languages that write them as one.
_COMPOUNDING = frozenset({"de"})
_COMPOUND_LETTERS = 5
# Articles, conjunctions and prepositions that Arabic writes as one with a word, and the persons of its verbs.
_ATTACHED = re.compile(r"(?:[وف])?(?:ال|لل|بال|كال|[بلكس])?[ينتا]?")


class _Beginnings(NamedTuple):
    """The words of one language, folded."""

    whole: Mapping[str, tuple[str, ...]]
    begun: Mapping[str, tuple[str, ...]]
    first: frozenset[str]  # letters, _SHORTEST of them, that a beginning begins with


@cache
def languages() -> frozenset[str]:
    """Yield the languages that the list has words in."""
    return frozenset(_rows()[0]) - {"term"}


@lru_cache(maxsize=1 << 12)
def terms(word: str, language: str) -> tuple[str, ...]:
    """Yield the terms that a word of a language that parts words by spaces stands for: mostly none, seldom two."""
    known = _words(language)
    form = folded(word)
    if found := known.whole.get(form) or _begun(form, known):
        return found
    return next((found for other in _others(form, language) if (found := _begun(other, known))), ())


def unspaced_terms(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield the terms of a text in a language without spaces, each with the place of its first letter."""
    known = _unspaced(language)
    for found in _pattern(language).finditer(text):
        for term in known[found[0]]:
            yield term, found.start()


def _begun(form: str, known: _Beginnings) -> tuple[str, ...]:
    if form[:_SHORTEST] not in known.first:  # most words end here
        return ()
    for length in range(min(len(form), _LONGEST), _SHORTEST - 1, -1):
        if found := known.begun.get(form[:length]):
            return found
    return ()


def _others(form: str, language: str) -> Iterator[str]:
    """Yield what of a word may stand in the list as well: without what is attached, or the last part of a compound."""
    if language == "ar" and (attached := _ATTACHED.match(form)):
        yield from (form[at:] for at in range(1, attached.end() + 1) if len(form) - at > _SHORTEST)
    if language in _COMPOUNDING:
        yield from (form[at:] for at in range(3, len(form) - _COMPOUND_LETTERS + 1))


@cache
def _words(language: str) -> _Beginnings:
    whole: dict[str, tuple[str, ...]] = {}
    begun: dict[str, tuple[str, ...]] = {}
    for row in _rows():
        for word in row.get(language, "").split():
            kept = whole if word.endswith("=") else begun
            form = folded(word.removesuffix("="))
            kept[form] = (*kept.get(form, ()), row["term"])
    return _Beginnings(whole, begun, frozenset(form[:_SHORTEST] for form in begun))


@cache
def _unspaced(language: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows():
        for word in row[language].replace("=", "").split():
            found[word] = (*found.get(word, ()), row["term"])
    return found


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_unspaced(language), key=lambda word: (-len(word), word)))))


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("communique.match").joinpath("data", "terms.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
