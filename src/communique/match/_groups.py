"""From resemblances to groups: documents that say the same, whatever order they came in.

Average linkage: two groups become one when, over the pairs of languages that they have, the best pairs of documents
are on average more likely one statement than not. Two documents that exclude each other keep their groups apart.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from communique.match._about import ABOUT_SHINGLES
from communique.match._background import Background
from communique.match._candidates import near
from communique.match._fingerprint import Fingerprint
from communique.match._score import FAR_DAYS, SAME, WORTH_KEEPING, Resemblance, day_odds, resemblance, says_something
from communique.match._screen import promising

ODDS_LIMIT = 5.0  # one very sure pair must not outvote all others
WORTH_KEEPING_ODDS = math.log(WORTH_KEEPING / (1 - WORTH_KEEPING))
CHECKED = 12  # members of each group that are held against those of the other before two groups become one

Languages = tuple[str, str]


@dataclass(slots=True)
class _Group:
    """A group while it grows."""

    members: list[int]
    first: int | None  # ordinals of the days of the earliest and the latest member; None: no member has a day
    last: int | None
    links: dict[int, dict[Languages, float]] = field(
        default_factory=dict
    )  # group -> best odds by languages, days aside


def rank(one: Fingerprint) -> tuple[int, str, str]:
    """Yield the order in which documents are looked at: the earliest first, then by what they are, never by input."""
    return (one.day if one.day is not None else 1 << 30, one.digest, one.identity)


class _Grouping:
    """The groups of one run; merging stops when no two belong together."""

    def __init__(self, ranked: Sequence[Fingerprint], known: Background) -> None:
        self._ranked, self._known = ranked, known
        self._groups = {place: _Group([place], one.day, one.day) for place, one in enumerate(ranked)}
        self._excluded: set[tuple[int, int]] = set()
        self._queue: list[tuple[float, int, int]] = []
        self.scores: dict[tuple[int, int], Resemblance] = {}

    def run(self) -> list[list[int]]:
        for one, others in near(self._ranked):
            new, prints = self._ranked[one], [self._ranked[other] for other in others]
            hopeful = promising(new, prints, self._known, hopeless=WORTH_KEEPING_ODDS)
            for other in compress(others, hopeful):
                self._compare(one, other)
        while self._queue:
            odds, one, other = heapq.heappop(self._queue)
            if self._is_current(-odds, one, other) and not self._are_apart(one, other):
                self._merge(one, other)
        return sorted(sorted(group.members) for group in self._groups.values())

    def _compare(self, one: int, other: int) -> None:
        found = resemblance(self._ranked[one], self._ranked[other], self._known)
        if found.excludes:
            self._excluded.add((one, other))
        if found.score >= WORTH_KEEPING or found.shared_shingles >= ABOUT_SHINGLES:
            self.scores[one, other] = found
        if found.score < WORTH_KEEPING:
            return
        first, second = self._ranked[one].language, self._ranked[other].language
        odds = text_odds(found)
        self._groups[one].links[other] = {(first, second): odds}
        self._groups[other].links[one] = {(second, first): odds}
        self._propose(one, other)

    def _propose(self, one: int, other: int) -> None:
        odds = self._odds(one, other)
        if odds >= math.log(SAME / (1 - SAME)):
            heapq.heappush(self._queue, (-odds, min(one, other), max(one, other)))

    def _odds(self, one: int, other: int) -> float:
        left, right = self._groups[one], self._groups[other]
        by_language = left.links[other]
        return joint_odds(by_language) + day_odds(_gap(left, right))

    def _is_current(self, odds: float, one: int, other: int) -> bool:
        if one not in self._groups or other not in self._groups or other not in self._groups[one].links:
            return False
        return abs(self._odds(one, other) - odds) < 1e-12

    def _are_apart(self, one: int, other: int) -> bool:
        """Tell whether a member of one group excludes one of the other; if so, the two groups are parted for good."""
        left, right = self._groups[one].members[:CHECKED], self._groups[other].members[:CHECKED]
        if any(self._excludes(a, b) for a in left for b in right):
            del self._groups[one].links[other], self._groups[other].links[one]
            return True
        return False

    def _excludes(self, one: int, other: int) -> bool:
        pair = (min(one, other), max(one, other))
        if pair in self._excluded:
            return True
        first, second = self._ranked[one], self._ranked[other]
        if pair in self.scores or not first.language or first.language != second.language:
            return False
        return resemblance(first, second, self._known).excludes

    def _merge(self, one: int, other: int) -> None:
        """Take the group `other` into `one`; of two links to a third group, the better for each pair of languages."""
        kept, gone = self._groups[one], self._groups.pop(other)
        kept.members = sorted(kept.members + gone.members)
        days = [day for day in (kept.first, kept.last, gone.first, gone.last) if day is not None]
        kept.first, kept.last = min(days, default=None), max(days, default=None)
        kept.links.pop(other, None)
        gone.links.pop(one, None)
        for third, by_language in gone.links.items():
            joined = kept.links.setdefault(third, {})
            mirrored = self._groups[third].links
            mirrored.pop(other, None)
            for languages, odds in by_language.items():
                joined[languages] = max(odds, joined.get(languages, -ODDS_LIMIT))
            mirrored[one] = {(b, a): odds for (a, b), odds in joined.items()}
        for third in sorted(kept.links):
            self._propose(one, third)


def text_odds(found: Resemblance) -> float:
    """Yield the log odds that two documents are one statement, without what their days say: a copy often has no day."""
    score = min(max(found.score, 1e-6), 1 - 1e-6)
    return max(-ODDS_LIMIT, min(ODDS_LIMIT, math.log(score / (1 - score)) - day_odds(found.days_apart)))


def joint_odds(by_language: Mapping[Languages, float]) -> float:
    """Yield the odds for two groups: the mean over pairs of languages of the best link of each.

    Where the wording of one language already says yes, that is enough: translations of the one can't speak against a
    short excerpt of the other.
    """
    own = max((odds for (one, other), odds in by_language.items() if one == other), default=0.0)
    return own if own > 0 else sum(by_language.values()) / len(by_language)


def _gap(one: _Group, other: _Group) -> int | None:
    """Yield the days between two groups; 0 where they overlap, None where one has no day."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return max(0, one.first - other.last, other.first - one.last)


def groups(
    ranked: Sequence[Fingerprint], known: Background
) -> tuple[list[list[int]], dict[tuple[int, int], Resemblance]]:
    """Yield the groups as places in `ranked`, and the resemblances that were looked at.

    `ranked` is sorted by `rank`. Documents of one and the same text are taken together beforehand, so that a thousand
    copies cost no more than one.
    """
    twins = _verbatim(ranked, known)
    alone = [places[0] for places in twins]
    grouping = _Grouping([ranked[place] for place in alone], known)
    made = [sorted(place for at in group for place in twins[at]) for group in grouping.run()]
    return made, {(alone[one], alone[other]): found for (one, other), found in grouping.scores.items()}


def _verbatim(ranked: Sequence[Fingerprint], known: Background) -> list[list[int]]:
    """Yield lists of places with the same text, parted where weeks lie between; short ones only if all is the same."""
    runs: dict[str, list[list[int]]] = defaultdict(list)
    for place, one in enumerate(ranked):
        same = runs[one.digest if says_something(one, known) else one.identity]
        if same and _follows(ranked[same[-1][-1]], one):
            same[-1].append(place)
        else:
            same.append([place])
    return sorted(run for same in runs.values() for run in same)


def _follows(before: Fingerprint, after: Fingerprint) -> bool:
    return before.day is None or after.day is None or after.day - before.day < FAR_DAYS
