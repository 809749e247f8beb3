"""What a publisher writes under, over and around all that it says: no part of any one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from communique.match._fingerprint import Fingerprint

# A run of words that stands under so many different headlines of one publisher is boilerplate. By reason: a statement
# that is revised keeps its headline, and is seldom told under five.
HEADLINES = 5
COUNTED_TEXTS = 400  # of one publisher: bounded memory, and more would not tell more


def boilerplate(fingerprints: Iterable[Fingerprint]) -> Mapping[str, frozenset[int]]:
    """Yield, by publisher, the hashes of the runs of words that many of its texts have; the order does not matter."""
    by_publisher: defaultdict[str, list[Fingerprint]] = defaultdict(list)
    for one in fingerprints:
        if one.publisher:
            by_publisher[one.publisher].append(one)
    learned = {publisher: _learned(texts) for publisher, texts in by_publisher.items() if len(texts) >= HEADLINES}
    return {publisher: runs for publisher, runs in learned.items() if runs}


def _learned(texts: list[Fingerprint]) -> frozenset[int]:
    """Count headlines, not texts: copies and later versions of one statement share all their words, and its title."""
    under: defaultdict[object, set[int]] = defaultdict(set)
    for one in sorted(texts, key=lambda one: one.identity)[:COUNTED_TEXTS]:
        if (headline := one.title_marks or one.day) is not None:
            under[headline].update(one.shingles)
    if len(under) < HEADLINES:
        return frozenset()
    seen = Counter(chain.from_iterable(under.values()))
    return frozenset(run for run, times in seen.items() if times >= HEADLINES)


def own_runs(runs: frozenset[int], *learned: frozenset[int]) -> frozenset[int]:
    """Yield the runs of words of a text that are no boilerplate."""
    return runs.difference(*learned) if any(learned) else runs
