"""Of all that share a key with a document, those that are worth a closer look."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

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
    import numpy as np  # a tenth of a second, which only those pay who look candidates up

    asked = [key for key in sorted(sharers) if sharers[key]]
    if not asked:
        return []
    lengths = [len(sharers[key]) for key in asked]
    named = np.fromiter(chain.from_iterable(sharers[key] for key in asked), np.int64, sum(lengths))
    names, at = np.unique(named, return_inverse=True)
    votes_each = [(1.0 if length < SHARERS else FAINT) / length for length in lengths]
    told_each = [_surprise(key, length, known) for key, length in zip(asked, lengths, strict=True)]
    votes = np.bincount(at, np.repeat(votes_each, lengths))
    told = np.bincount(at, np.repeat(told_each, lengths))
    likely = np.flatnonzero(votes >= LEAST)
    order = np.lexsort((names[likely], -np.round(np.sqrt(votes[likely]) * told[likely], 9)))
    best: list[int] = names[likely[order[:limit]]].tolist()
    return best


def _surprise(key: int, sharers: int, known: Background) -> float:
    if key >> KIND_SHIFT in WEIGHT:
        return known.worth(key).surprise
    return surprise(math.log((sharers + USUAL_SHARERS) / (known.documents + USUAL_DOCUMENTS)))
