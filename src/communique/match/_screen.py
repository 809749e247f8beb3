"""A first look at candidates: which of them can come to anything. Costs a fifth of the whole comparison.

From what two documents share, bounds follow for their resemblance and its evidence; of the rest of the candidate only
its size is looked at. No bound is put on wording: who shares a passage is always compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from communique.match._background import Background
from communique.match._evidence import PLACED, PLACED_SURPRISE, needed
from communique.match._fingerprint import KIND_SHIFT, SOUND, WORD, Fingerprint
from communique.match._score import (
    EVIDENCE_SLOPE,
    LENGTH_BONUS,
    MARKS_HALF,
    MARKS_SLOPE,
    NEAR_ODDS,
    PARAGRAPHS_BONUS,
    SHARED_SHINGLES,
    WEIGHT_HALF,
    WORTH_KEEPING,
)
from communique.match._sides import side
from communique.match._story import STORY_MARKS

# The marks of a candidate are taken to weigh at least so much of what the new document's weigh, on average. By reason;
# with it, one by one, match and twins lose nothing against comparing all.
_AS_HEAVY = 0.75
_HOPELESS = math.log(WORTH_KEEPING / (1 - WORTH_KEEPING))
_MOST_OF_FORM = LENGTH_BONUS + PARAGRAPHS_BONUS + NEAR_ODDS


@dataclass(frozen=True, slots=True)
class _Own:
    """What a new document has that a candidate may share: by mark, so that sums over what is shared run quickly."""

    weight: dict[int, float]
    squared: dict[int, float]
    beyond: dict[int, float]  # the squared weight, less what a translation is expected to carry over
    surprise: dict[int, float]  # at the most: as if it stood at the same place
    length: float
    chance: float


def promising(new: Fingerprint, prints: Sequence[Fingerprint], known: Background) -> list[bool]:
    """Tell of each candidate whether it may be the same statement, quote it, or be on its matter."""
    owns = {passed_over: _own(new, passed_over, known) for passed_over in (SOUND, WORD)}
    shingles = side(new).shingles
    return [
        len(shingles.intersection(one.shingles)) >= SHARED_SHINGLES
        or _may_be(new, one, owns[SOUND if new.latin and one.latin else WORD])
        for one in prints
    ]


def _own(new: Fingerprint, passed_over: int, known: Background) -> _Own:
    worths = {mark: known.worth(mark) for mark in new.marks if mark >> KIND_SHIFT != passed_over}
    return _Own(
        weight={mark: worth.weight for mark, worth in worths.items()},
        squared={mark: worth.weight**2 for mark, worth in worths.items()},
        beyond={mark: worth.weight**2 - worth.expected for mark, worth in worths.items()},
        surprise={mark: worth.surprise + PLACED * (worth.surprise > PLACED_SURPRISE) for mark, worth in worths.items()},
        length=known.length(new, passed_over),
        chance=known.chance(new, passed_over),
    )


def _may_be(new: Fingerprint, one: Fingerprint, own: _Own) -> bool:
    both = sorted(own.weight.keys() & one.marks)  # sorted: sums of floats depend on their order
    squared, total = _sum(own.squared, both), _sum(own.weight, both)
    beyond = _sum(own.beyond, both)
    size = _AS_HEAVY * len(one.marks) / max(1, len(new.marks))
    mine = max(squared, own.length + beyond, 1e-9)
    theirs = max(squared, own.length * size + beyond, 1e-9)
    marks = squared / math.sqrt(mine * theirs) * total / (total + WEIGHT_HALF)
    if marks >= STORY_MARKS:
        return True
    if new.language and new.language == one.language:
        return False  # without a passage in common they can't be one statement
    found = _sum(own.surprise, both) - own.chance * math.sqrt(size)
    lacking = max(0.0, needed(new, one) - found)
    return MARKS_SLOPE * (marks - MARKS_HALF) + _MOST_OF_FORM - EVIDENCE_SLOPE * lacking >= _HOPELESS


def _sum(of: dict[int, float], marks: list[int]) -> float:
    return sum(map(of.__getitem__, marks))
