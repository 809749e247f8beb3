"""Of all that share a key with a document, those that are worth a closer look."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence

from communique.match._background import USUAL_DOCUMENTS, WEIGHT, Background, surprise
from communique.match._fingerprint import KIND_SHIFT

# A key is asked for its newest documents, so many and no more: what more share says little, but a translation that
# came this week is among its newest. Such a key votes FAINT times what the last rare one does.
SHARERS = 100
FAINT = 0.25
CANDIDATES = 120  # documents that one new one is held against
LEAST = 0.03  # votes: a key that 33 share, or three that 100 do. Less is chance, and spares most of the work
USUAL_SHARERS = 2  # of USUAL_DOCUMENTS imagined ones, for keys that the background does not count: runs of words, pages


def telling(keys: Iterable[int], known: Background) -> list[int]:
    """Yield the keys that are worth asking for, in order: not those that a third of all documents have.

    They are two thirds of what is read on twins, a third on match; recall of candidates loses 0.001 without them.
    """
    return sorted(key for key in keys if key >> KIND_SHIFT not in WEIGHT or known.worth(key).surprise > 0)


def nearest(sharers: Mapping[int, Sequence[int]], known: Background, *, limit: int = CANDIDATES) -> list[int]:
    """Yield the documents that share most and rarest keys, the likeliest first.

    `sharers` holds, by `telling` key of the document, the newest SHARERS that have it too. Rare among those that share
    it, a key votes; rare in the archive, it tells. Recall on the development halves, without dates and links, is 0.996
    and more with the 120 first by the root of the votes times what is told (tests/gold); by votes alone it took 200.
    """
    both: dict[int, complex] = {}  # votes and what is told, added up in one step: half of the time
    for key in sorted(sharers):
        among = sharers[key]
        vote = (1.0 if len(among) < SHARERS else FAINT) / max(1, len(among))
        each = complex(vote, _surprise(key, len(among), known))
        for one in among:
            both[one] = both.get(one, 0j) + each
    likely = [(-round(math.sqrt(sum_.real) * sum_.imag, 9), one) for one, sum_ in both.items() if sum_.real >= LEAST]
    return [one for _, one in heapq.nsmallest(limit, likely)]


def _surprise(key: int, sharers: int, known: Background) -> float:
    if key >> KIND_SHIFT in WEIGHT:
        return known.worth(key).surprise
    return surprise(math.log((sharers + USUAL_SHARERS) / (known.documents + USUAL_DOCUMENTS)))
