"""A first look at candidates: which of them can come to anything. Costs a twentieth of comparing all of them.

From what two documents share, bounds follow for their resemblance and its evidence; of the rest of the candidate only
its size is looked at. No bound is put on wording: who shares a passage is always compared. All candidates are looked
at in one go, on rows of numbers, and those that come as bytes stay bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communique.match._background import Background
from communique.match._boilerplate import own_runs
from communique.match._codec import Looks, looks
from communique.match._evidence import NEEDED_ACROSS_PUBLISHERS, NEEDED_WITHIN_PUBLISHER, PLACED, PLACED_SURPRISE
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
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

# The marks of a candidate are taken to weigh at least so much of what the new document's weigh, on average. By reason;
# with it, one by one, match and twins lose nothing against comparing all.
_AS_HEAVY = 0.75
# Log odds. A group is joined, or asked about, from 0 on, and then one of its documents alone has as much; by a point
# the bounds may be wrong. With -3.9, where links begin, a third more are compared, and nothing else comes out.
_HOPELESS = -1.0
_MOST_OF_FORM = LENGTH_BONUS + PARAGRAPHS_BONUS + NEAR_ODDS
_SLOTS = 1 << 16  # a table of the new document's marks by their last bits: most of the others' are not in it


@dataclass(frozen=True, slots=True)
class _Shared:
    """Which candidate shares which number of the new document."""

    candidate: Places  # its place among the candidates
    own: Places  # the place of the number in the new document


def promising(
    new: Fingerprint, prints: Sequence[Fingerprint], known: Background, *, hopeless: float = _HOPELESS
) -> list[bool]:
    """Tell of each candidate whether it may be the same statement or quote it.

    In two languages that takes log odds of `hopeless` and more.
    """
    import numpy as np  # a tenth of a second, which only those pay who look candidates up

    if not prints:
        return []
    seen = looks(prints)
    own = sorted(own_runs(frozenset(new.shingles), known.boilerplate(new.publisher)))
    passages = _shared(np.array(own, np.uint32), seen.shingles, seen.shingle_sizes)
    quotes = np.bincount(passages.candidate, minlength=len(prints)) >= SHARED_SHINGLES
    both = _shared(np.frombuffer(new.marks, np.uint64), seen.marks, seen.mark_sizes)
    odds = _bounds(new, seen, both, known)
    # Without a passage in common, two texts in one language can't be one statement.
    language = new.language.encode("utf-8", "surrogatepass")
    is_other = np.array([not language or language != one for one in seen.languages])
    may_be = is_other & (odds >= hopeless)
    found: list[bool] = (quotes | may_be).tolist()
    return found


def _shared(own: NDArray[Any], every: NDArray[Any], sizes: Places) -> _Shared:
    """Yield what rows of numbers, one behind the other, share with the new document's, which are sorted."""
    import numpy as np

    if not len(own):
        return _Shared(np.zeros(0, np.int64), np.zeros(0, np.int64))
    table = np.zeros(_SLOTS, np.bool_)
    table[own % _SLOTS] = True
    near = np.flatnonzero(table[every % _SLOTS])
    at = np.searchsorted(own, every[near])
    is_same = own[np.minimum(at, len(own) - 1)] == every[near]
    candidate = np.searchsorted(np.cumsum(sizes), near[is_same], side="right")
    return _Shared(candidate, at[is_same])


def _bounds(new: Fingerprint, seen: Looks, both: _Shared, known: Background) -> Floats:
    """Yield, for each candidate, the most that the log odds of one statement can be, as far as marks tell."""
    import numpy as np

    # Of a pair in Latin scripts sounds are passed over, of others words: each row of sums has its own zeros.
    is_latin = seen.latin & new.latin
    worths = [known.worth(mark) for mark in new.marks]
    kinds = np.frombuffer(new.marks, np.uint64) >> np.uint64(KIND_SHIFT)
    is_told = np.where(is_latin[both.candidate], (kinds != SOUND)[both.own], (kinds != WORD)[both.own])

    def sums(values: Iterable[float]) -> Floats:
        every = np.fromiter(values, np.float64, len(worths))
        summed: Floats = np.bincount(both.candidate, every[both.own] * is_told, len(is_latin)).astype(np.float64)
        return summed

    weight, squared = sums(worth.weight for worth in worths), sums(worth.weight**2 for worth in worths)
    beyond = squared - sums(worth.expected for worth in worths)
    found = sums(worth.surprise + PLACED * (worth.surprise > PLACED_SURPRISE) for worth in worths)
    length = np.where(is_latin, known.length(new, SOUND), known.length(new, WORD))
    chance = np.where(is_latin, known.chance(new, SOUND), known.chance(new, WORD))
    size = _AS_HEAVY * seen.mark_sizes / max(1, len(new.marks))
    mine = np.maximum(np.maximum(squared, length + beyond), 1e-9)
    theirs = np.maximum(np.maximum(squared, length * size + beyond), 1e-9)
    marks = squared / np.sqrt(mine * theirs) * weight / (weight + WEIGHT_HALF)
    publisher = new.publisher.encode("utf-8", "surrogatepass")
    is_own = np.array([bool(publisher) and publisher == one for one in seen.publishers])
    needed = np.where(is_own, NEEDED_WITHIN_PUBLISHER, NEEDED_ACROSS_PUBLISHERS)
    lacking = np.maximum(0.0, needed - (found - chance * np.sqrt(size)))
    odds: Floats = MARKS_SLOPE * (marks - MARKS_HALF) + _MOST_OF_FORM - EVIDENCE_SLOPE * lacking
    return odds
