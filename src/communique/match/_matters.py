"""Stories: which statements are on one matter.

Two are when they share rare names and words in front, rarer than what either body always writes, and lie weeks apart,
not years. Groups grow by average linkage, within bounds of size and spread, so that no chain swallows the archive.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import fmean
from typing import Protocol

from communique.match._background import Background
from communique.match._theme import BODY, TITLE, Theme, Themes, is_heard, marks_of

# Found on bench/match/stories with seeds 1 to 3; see docs/benchmarks.md. Move only with that bench.
ONE_MATTER = 3.25  # nats of evidence from which two statements are on one matter
ON_AVERAGE = 1.5  # nats that the statements of one story have, taken each with each
ABOUT = 1.0  # nats beside its quotation that put a text on a statement into its story
MOST_OF_A_PAIR = 8.0  # one very sure pair must not carry all others
# A key stands this much rarer than by chance before it says anything: nats.
UNSURPRISING = 2.0
NAMELESS = 2.0  # words count up to so many times what names do: a kind of matter has words, a matter has names
CONTEST_FROM, CONTEST = 3.5, 1.5  # a name so rare in each title that the other statement has nowhere speaks against
WEIGHTS = {(BODY, BODY): 0.15, (BODY, 1): 0.15, (1, 1): 0.8}  # by where a key stands in the two; else:
IN_BOTH_FRONTS, IN_ONE_TITLE = 1.0, 0.5
# A story of a season; of years, where something is said of it every other month.
GAP_DAYS = 60
SPREAD_DAYS = 1100
STATEMENTS = 40
SHARED_BY, COMMON = 200, 1.0  # what more statements share makes no matter of them, however many there are
CLOSEST = 24  # statements that one is compared with, those that share most and rarest keys in front
NO_DAY = 1 << 30
# What a key that is shared votes in all: whole numbers, whose sum no order of adding them changes.
BALLOT = 232_792_560
CHECKED = 8  # of each of two stories that are held against each other
BESIDE = 1  # words apart: the parts of one name, "Golden Perch"
# Shares are counted as if further statements were known: two alone must not look as if all spoke of nothing else.
IMAGINED, IMAGINED_WITH, IMAGINED_HEARD = 200, 2.0, 6.0  # many words sound alike
MONTH = 30  # days
IMAGINED_MONTHS = 1.5
KNOWN_MONTHS = 3  # in fewer months a body shows no habits
OWN_HABIT = 0.15  # the share of its months in which a body uses what two of its statements share, before it is known


class Known(Protocol):
    """What is known of how common keys are."""

    def share(self, key: int) -> float:
        """Yield the share of all statements that have a key."""

    def habit(self, publisher: str, key: int, days: Sequence[int | None]) -> float:
        """Yield in what share of its months a body uses a key, those around some days aside: they may be the story."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """What everybody writes; of no body its habits are known."""

    share: Callable[[int], float]

    def habit(self, publisher: str, key: int, days: Sequence[int | None]) -> float:
        """Yield what anybody's habit is."""
        del publisher, days
        return self.share(key)


@dataclass(frozen=True, slots=True)
class Usage:
    """Who has used which key, and when: what everybody or one body always writes tells no matter."""

    share: Callable[[int], float]
    _used: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    _months: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def habit(self, publisher: str, key: int, days: Sequence[int | None]) -> float:
        """Yield in what share of its months a body uses a key, those around some days aside: they may be the story."""
        around = {day // MONTH + beside for day in days if day is not None for beside in (-1, 0, 1)}
        used, all_ = self._used.get((publisher, key), set()) - around, self._months.get(publisher, set()) - around
        usual = self.share(key) if len(days) == 1 else max(self.share(key), OWN_HABIT)
        if len(all_) < KNOWN_MONTHS:
            return usual
        return (len(used) + IMAGINED_MONTHS * usual) / (len(all_) + IMAGINED_MONTHS)


def usage(statements: Iterable[Themes], share: Callable[[int], float]) -> Usage:
    """Yield what the bodies of these statements write; `share` says how common a key is among all."""
    made = Usage(share)
    for one in chain.from_iterable(statements):
        if one.day is None or not one.publisher:
            continue
        made._months[one.publisher].add(one.day // MONTH)
        for key in one.places:
            if share(key) < COMMON:
                made._used[one.publisher, key].add(one.day // MONTH)
    return made


def common(statements: Sequence[Themes]) -> Callable[[int], float]:
    """Yield how common keys are among these statements."""
    counts = Counter(key for one in statements for key in {key for theme in one for key in theme.places})
    shares = {key: smoothed(key, count, of=len(statements)) for key, count in counts.items()}
    return shares.__getitem__


def everybody(known: Background) -> Everybody:
    """Yield what is known where no body's habits are."""
    return Everybody(among(known))


def among(known: Background) -> Callable[[int], float]:
    """Yield how common keys are among the documents that were counted."""
    return lambda key: smoothed(key, known.having(marks_of(key)), of=known.documents)


def smoothed(key: int, having: int, *, of: int) -> float:
    """Yield the share of the statements that have a key, but for two that are being compared."""
    if having > SHARED_BY:
        return COMMON
    imagined = IMAGINED_HEARD if is_heard(key) else IMAGINED_WITH
    return (max(0, having - 2) + imagined) / (max(0, of - 2) + IMAGINED)


def evidence(one: Themes, other: Themes, known: Known, *, nameless: float = 0.0) -> float:
    """Yield what speaks for one matter, in nats; below zero where more speaks against.

    Where two statements have languages in common, those alone are compared: they say most.
    """
    pairs = [(a, b) for a in one for b in other]
    own = [(a, b) for a, b in pairs if a.language == b.language]
    return fmean(_evidence(a, b, known, nameless) for a, b in own or pairs)


def _evidence(one: Theme, other: Theme, known: Known, nameless: float) -> float:
    by_sound = not (one.is_latin and other.is_latin)
    both = [key for key in one.places.keys() & other.places.keys() if is_heard(key) == by_sound]
    worth = {key: _weight(one.places[key], other.places[key]) * _surprise(key, one, other, known) for key in both}
    kept = _single(worth, one, other)
    total = sum(worth[key] for key in kept)
    named = sum(worth[key] for key in kept if by_sound or (key in one.names and key in other.names))
    against = 0.0 if by_sound else min(_unshared(one, other, known), _unshared(other, one, known))
    return min(total, nameless + NAMELESS * named) - CONTEST * against


def _single(worth: Mapping[int, float], one: Theme, other: Theme) -> list[int]:
    """Yield the keys with what stands side by side counted once: a name of two words is one name."""
    kept: list[int] = []
    for key in sorted(worth, key=lambda key: (-worth[key], key)):
        if not any(_is_beside(key, each, one) or _is_beside(key, each, other) for each in kept):
            kept.append(key)
    return kept


def _is_beside(key: int, other: int, theme: Theme) -> bool:
    return key in theme.at and other in theme.at and abs(theme.at[key] - theme.at[other]) <= BESIDE


def _weight(one: int, other: int) -> float:
    if (place := WEIGHTS.get((min(one, other), max(one, other)))) is not None:
        return place
    return IN_BOTH_FRONTS if min(one, other) > BODY else IN_ONE_TITLE


def _surprise(key: int, one: Theme, other: Theme, known: Known) -> float:
    share = known.share(key)
    if one.publisher and one.publisher == other.publisher:
        share = max(share, known.habit(one.publisher, key, (one.day, other.day)))
    else:
        share = max(share, *(known.habit(each.publisher, key, (each.day,)) for each in (one, other)))
    return max(0.0, -math.log(share) - UNSURPRISING)


def _unshared(one: Theme, other: Theme, known: Known) -> float:
    """Yield how rare a name of a title is that the other statement has nowhere."""
    alone = (key for key in one.names if one.places[key] == TITLE and key not in other.places)
    return max((max(0.0, -math.log(known.share(key)) - CONTEST_FROM) for key in alone if not is_heard(key)), default=0)


def is_on(text: Themes, quoted: Themes, known: Known) -> bool:
    """Tell whether a text that quotes a statement is on its matter: what both share may be everybody's words.

    A quotation is known by its words, and need not have a name in it.
    """
    is_of_the_season = may_follow([text[0].day], [quoted[0].day])
    return is_of_the_season and evidence(text, quoted, known, nameless=math.inf) >= ABOUT


def may_follow(days: Sequence[int | None], others: Sequence[int | None]) -> bool:
    """Tell whether statements of these days may be of one story: what is undated may be of any."""
    one, other = ([day for day in row if day is not None] for row in (days, others))
    if not one or not other:
        return True
    gap = max(0, min(one) - max(other), min(other) - max(one))
    return gap <= GAP_DAYS and max(*one, *other) - min(*one, *other) <= SPREAD_DAYS


def _is_bounded(one: Sequence[Themes], other: Sequence[Themes]) -> bool:
    days = ([each[0].day for each in row] for row in (one, other))
    return len(one) + len(other) <= STATEMENTS and may_follow(*days)


def fits(one: Sequence[Themes], other: Sequence[Themes], known: Known) -> float | None:
    """Yield how well two stories go together, the mean over their statements; None: they stay two."""
    if not _is_bounded(one, other):
        return None
    left, right = one[-CHECKED:], other[-CHECKED:]
    pairs = [min(MOST_OF_A_PAIR, evidence(a, b, known)) for a in left for b in right]
    mean = sum(pairs) / len(pairs)
    return mean if mean >= ON_AVERAGE and max(pairs) >= ONE_MATTER else None


def stories(statements: Sequence[Themes], of: Mapping[int, int]) -> list[int]:
    """Yield the story of each statement, as the place of the first statement in it.

    Statements are in order of rank; `of` says which is a text of somebody's own on which other.
    """
    known = usage(statements, common(statements))
    found = {pair: evidence(statements[pair[0]], statements[pair[1]], known) for pair in _near(statements)}
    pairs = sorted((min(pair), max(pair)) for pair in of.items())
    quotes = {(one, other) for one, other in pairs if is_on(statements[one], statements[other], known)}
    found.update(dict.fromkeys(quotes, math.inf))
    sure = sorted((pair for pair, nats in found.items() if nats >= ONE_MATTER), key=lambda pair: (-found[pair], pair))
    story = list(range(len(statements)))
    members = {place: [place] for place in story}
    for pair in sure:
        first, second = sorted(story[place] for place in pair)
        if first == second:
            continue
        one, other = ([statements[place] for place in members[number]] for number in (first, second))
        if not (_is_bounded(one, other) if pair in quotes else fits(one, other, known) is not None):
            continue
        for place in members[second]:
            story[place] = first
        members[first] = sorted(members[first] + members.pop(second))
    return story


def _near(statements: Sequence[Themes]) -> Iterator[tuple[int, int]]:
    """Yield pairs of statements of one season that share a rare key in front, each once.

    A statement may be of the season of the others on one key from a first one to a last one, and with all that have no
    day: they are sorted by day for it.
    """
    order = sorted(range(len(statements)), key=lambda place: (_day(statements[place]), place))
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for at, place in enumerate(order):
        for key in in_front(statements[place]):
            postings[key].append(at)
    days = [_day(statements[place]) for place in order]
    rare = {key: posting for key, posting in postings.items() if 1 < len(posting) <= SHARED_BY}
    chosen: set[tuple[int, int]] = set()
    for at, place in enumerate(order):
        votes: defaultdict[int, int] = defaultdict(int)
        for key in in_front(statements[place]):
            if posting := rare.get(key):
                vote = BALLOT // len(posting)
                for other in _of_season(posting, days, days[at]):
                    votes[other] += vote
        votes.pop(at, None)
        best = heapq.nsmallest(CLOSEST, ((-vote, order[other]) for other, vote in votes.items()))
        chosen.update((min(place, other), max(place, other)) for _, other in best)
    return iter(sorted(chosen))


def _of_season(posting: Sequence[int], days: Sequence[int], day: int) -> Sequence[int]:
    """Yield those of a posting, sorted by day, that a statement of a day may follow or be followed by."""
    if day == NO_DAY:
        return posting
    first = bisect_left(posting, day - GAP_DAYS, key=days.__getitem__)
    undated = bisect_left(posting, NO_DAY, key=days.__getitem__)
    last = bisect_right(posting, day + GAP_DAYS, lo=first, hi=undated, key=days.__getitem__)
    return [*posting[first:last], *posting[undated:]] if undated < len(posting) else posting[first:last]


def _day(one: Themes) -> int:
    return NO_DAY if one[0].day is None else one[0].day


def in_front(one: Themes) -> set[int]:
    """Yield the keys that stand in the title or the lead."""
    return {key for theme in one for key, place in theme.places.items() if place > BODY}
