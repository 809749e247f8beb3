"""One document's sets as comparing needs them: made once, for all that the document is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.match._fingerprint import (
    ADDRESS,
    CODE,
    DAY,
    HASH,
    KIND_SHIFT,
    NAME,
    NUMBER,
    SMALL,
    SOUND,
    TITLE_ONLY,
    YEAR,
    Fingerprint,
    is_fact,
)

# Marks that each of two texts has and the other has not, by what they are worth as a contradiction.
CONTRADICTION = {DAY: 1.0, NUMBER: 1.0, SMALL: 0.6, YEAR: 1.0, NAME: 0.7, ADDRESS: 0.3, CODE: 0.7}
# Across languages names are spelt anew and small numbers become words: only these contradict. In nine of ten true
# translations they weigh 0.5 and less on the side that has fewer, in half of the pairs that look alike 1 and more.
ACROSS_CONTRADICTION = {DAY: 1.0, NUMBER: 1.0, YEAR: 1.0, CODE: 0.5}
_KEPT = 64  # some 50 KiB each; of the candidates of one new document about eight are compared wholly


@dataclass(frozen=True, slots=True)
class Side:
    """The sets of one fingerprint."""

    shingles: frozenset[int]
    marks: frozenset[int]
    said: frozenset[int]  # hashes of all marks of the text, whatever their kind, sounds aside
    worth: Mapping[int, float]  # hash -> what it weighs that the other text in this language does not say it
    worth_across: Mapping[int, float]  # the same for a text in another language
    title_facts: frozenset[int]  # numbers, days and codes of the title


@lru_cache(maxsize=_KEPT)
def side(one: Fingerprint) -> Side:
    """Yield the sets of a fingerprint. A name at the head of a sentence is a word, and yet the same: by its hash."""
    marks = one.marks.tolist()
    kinds = {
        mark & HASH: mark >> KIND_SHIFT
        for mark, place in zip(marks, one.places, strict=True)
        if place != TITLE_ONLY and mark >> KIND_SHIFT != SOUND
    }
    return Side(
        shingles=frozenset(one.shingles),
        marks=frozenset(marks),
        said=frozenset(kinds),
        worth=_worth(kinds, CONTRADICTION),
        worth_across=_worth(kinds, ACROSS_CONTRADICTION),
        title_facts=frozenset(mark for mark in one.title_marks if is_fact(mark)),
    )


def _worth(kinds: Mapping[int, int], by_kind: Mapping[int, float]) -> dict[int, float]:
    return {value: by_kind[kind] for value, kind in kinds.items() if kind in by_kind}
