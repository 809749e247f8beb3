"""Which documents are worth comparing: those that share keys, never all with all."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from communique.match._fingerprint import Fingerprint
from communique.match._keys import keys_of

FAN_OUT = 100  # a key that more documents share proposes only neighbours in rank; it says little anyway
NEIGHBOURS = 4
CANDIDATES = 40  # compared for each document, those with most and rarest shared keys first


def pairs(ranked: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places, the smaller first, each once. Time grows with the documents, not with their square."""
    shared = _postings(ranked)
    found: set[tuple[int, int]] = set()
    for place, one in enumerate(ranked):
        votes: dict[int, float] = defaultdict(float)
        for key in sorted(keys_of(one)):
            posting = shared.get(key, ())
            for other in _proposed(posting, place):
                votes[other] += 1 / math.sqrt(len(posting))
        votes.pop(place, None)
        best = sorted(votes, key=lambda other: (-votes[other], other))[:CANDIDATES]
        found.update((min(place, other), max(place, other)) for other in best)
    return iter(sorted(found))


def _postings(ranked: Sequence[Fingerprint]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(ranked):
        for key in keys_of(one):
            places[key].append(place)
    return {key: posting for key, posting in places.items() if len(posting) > 1}


def _proposed(posting: Sequence[int], place: int) -> Sequence[int]:
    if len(posting) <= FAN_OUT:
        return posting
    at = bisect_left(posting, place)
    return posting[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
