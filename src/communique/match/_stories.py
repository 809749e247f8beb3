"""Stories as statements come one by one: which known story a new statement belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from communique.match._assign import Candidate
from communique.match._background import Background
from communique.match._fingerprint import Fingerprint
from communique.match._matters import (
    COMMON,
    ONE_MATTER,
    STATEMENTS,
    Everybody,
    among,
    evidence,
    fits,
    in_front,
    may_follow,
    usage,
)
from communique.match._sides import side
from communique.match._theme import Themes, marks_of, themes

STORIES = 4  # that one new statement is held against, those with the likest statements
OF_STORIES = 4 * STATEMENTS  # documents of them that are asked for
HABIT = 60  # newest documents of a source that show what it always writes


def near_stories(new: Fingerprint, candidates: Sequence[Candidate], known: Background) -> tuple[str, ...]:
    """Yield the stories that a new statement may belong to, by what its candidates share with it in front."""
    share = among(known)
    mine = themes([new])
    front = {mark for key in in_front(mine) if share(key) < COMMON for mark in marks_of(key)}
    best: defaultdict[str, float] = defaultdict(float)
    for one in candidates:
        if not may_follow([new.day], [one.fingerprint.day]) or front.isdisjoint(side(one.fingerprint).marks):
            continue
        nats = evidence(mine, themes([one.fingerprint]), Everybody(share))
        best[one.story] = max(best[one.story], nats)
    likely = [story for story, nats in best.items() if nats >= ONE_MATTER]
    return tuple(sorted(likely, key=lambda story: (-best[story], story))[:STORIES])


def story(
    new: Fingerprint, told: Sequence[Candidate], written: Iterable[Fingerprint], known: Background
) -> str | None:  # fmt: skip
    """Yield the story that a new statement belongs to; None: it begins one of its own.

    `told` are the documents of the stories in question; `written` is what the bodies that speak in them, and the new
    one's, have said lately, on whatever matter.
    """
    rows: defaultdict[str, list[Themes]] = defaultdict(list)
    for story_, prints in _statements(told):
        rows[story_].append(themes(prints))
    mine, usual = themes([new]), usage([themes([one]) for one in written], among(known))
    odds = {one: found for one, members in rows.items() if (found := fits([mine], members, usual)) is not None}
    return min(odds, key=lambda one: (-odds[one], one), default=None)


def _statements(told: Sequence[Candidate]) -> list[tuple[str, list[Fingerprint]]]:
    """Yield the documents of each statement, and its story, the earliest statement first."""
    prints: defaultdict[tuple[str, str], list[Fingerprint]] = defaultdict(list)
    for one in told:
        prints[one.story, one.statement].append(one.fingerprint)
    ordered = sorted(prints.items(), key=lambda pair: (_day(pair[1]), pair[0]))
    return [(story, found) for (story, _), found in ordered]


def _day(prints: Sequence[Fingerprint]) -> int:
    return min((one.day for one in prints if one.day is not None), default=0)
