"""The day of publication: decided from all witnesses, or left open where they don't agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from communique.read._dateforms import stamp
from communique.read._witnesses import Witness
from communique.records import Dating, DayWitness, Document, Hints, Precision

EARLIEST = date(1991, 8, 6)  # the first page of the web; earlier days are unset clocks or history
# A wrong day is worse than none: below this the best witness is not believed. See bench figures of `dates`.
BELIEVED = 0.5
# On the sets `dates` and `segments`: 0.10 and 0.90 leave two wrong days of nine open and no right one.
CLEAR = 0.10  # by how much the best day must lead the second, where neither is marked up for machines
_BELIEVED_ALONE = 0.75  # a witness that may show a later day to be one of change
_MARKUP = ("json-ld", "meta", "time")
_ECHO = 0.5  # how far such a day is still believed to be that of publication
_UNDOUBTED = 0.9
_CONTESTED = 0.15
Verdict = Literal["decided", "agrees", "outvoted", "impossible", "open"]
_SHIFTED = 0.9  # how far an instant in UTC also speaks for the neighbouring day that address or text name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What was decided. None: no witness, or no agreement."""

    published: Dating | None
    updated: Dating | None


def of_hints(hints: Hints) -> list[Witness]:
    """Yield what feed and listing said of the page."""
    found = []
    if hints.feed_date and (at := stamp(hints.feed_date)):
        found.append(Witness(at=at, evidence="feed", weight=0.97))
    if hints.listing_date:
        found.append(Witness(at=hints.listing_date.isoformat(), evidence="listing", weight=0.92))
    return found


def is_contested(witnesses: Iterable[Witness], *, latest: date) -> bool:
    """Tell whether the witnesses leave the day open, or nearly so: then it is worth to ask a slow one."""
    possible = [one for one in witnesses if one.role == "published" and EARLIEST <= _first_day(one.at) <= latest]
    ranked = sorted(_scores([one for one in possible if len(one.at) >= 10], []).values(), reverse=True)
    return not ranked or ranked[0] < BELIEVED or (len(ranked) > 1 and ranked[0] - ranked[1] < _CONTESTED)


def latest_day(fetched_at: datetime) -> date:
    """Yield the last day that a page fetched then may bear: further east it may be tomorrow."""
    return fetched_at.date() + timedelta(days=1)


def decided(witnesses: Iterable[Witness], *, fetched_at: datetime) -> Dates:
    """Decide the day of publication and the day of the last change."""
    latest = latest_day(fetched_at)
    possible = [one for one in witnesses if EARLIEST <= _first_day(one.at) <= latest]
    published = _published(_without_echoes(possible))
    updated = max((one for one in possible if one.role == "updated"), key=lambda one: one.weight, default=None)
    if updated and updated.evidence == "text" and not any(one.role == "published" for one in possible):
        # "As of 19 October" beside the headline and no other day anywhere: so its makers date what they publish.
        return Dates(published=_published([replace(updated, role="published")]), updated=None)
    changed = _dating(updated) if updated else None
    if published and changed and changed.at[:10] < published.at[:10]:
        changed = None  # a page isn't changed before it is published: the template's own date
    return Dates(published=published, updated=changed)


def verdicts(asked: Sequence[Witness], made: Document, *, fetched_at: datetime) -> tuple[DayWitness, ...]:
    """Say of each witness what became of it, the strongest first."""
    latest = latest_day(fetched_at)
    return tuple(
        DayWitness(
            at=one.at, evidence=one.evidence, role=one.role, weight=round(one.weight, 2),
            verdict=_verdict(one, made.updated if one.role == "updated" and made.updated else made.published, latest),
        )
        for one in sorted(asked, key=lambda one: (one.role, -one.weight, one.at))
    )  # fmt: skip


def _verdict(one: Witness, decision: Dating | None, latest: date) -> Verdict:
    if not EARLIEST <= _first_day(one.at) <= latest:
        return "impossible"
    if decision is None:
        return "open"
    if one.at == decision.at and one.evidence == decision.evidence:
        return "decided"
    return "agrees" if decision.at.startswith(one.at[:10]) else "outvoted"


def _without_echoes(possible: list[Witness]) -> list[Witness]:
    """Yield what speaks of publication; a day that is also one of change counts less beside an earlier one.

    Programs that know one day only, that of the last change, give it under both names.
    """
    said = [one for one in possible if one.role == "published"]
    changes = {one.at[:10] for one in possible if one.role == "updated"}
    marked = [one for one in said if one.evidence in _MARKUP and one.weight >= _BELIEVED_ALONE]
    earliest = min((_first_day(one.at) for one in marked if one.at[:10] not in changes), default=None)
    if earliest is None:
        return said
    later = earliest + timedelta(days=1)  # the next day may be the same in another time zone
    return [
        replace(one, weight=one.weight * _ECHO) if one.at[:10] in changes and _first_day(one.at) > later else one
        for one in said
    ]


def _published(witnesses: list[Witness]) -> Dating | None:
    exact = [one for one in witnesses if len(one.at) >= 10]
    months = [one for one in witnesses if len(one.at) == 7]
    scores = _scores(exact, months)
    if not scores:
        return _dating(max(months, key=lambda one: one.weight)) if months else None
    ranked = sorted(scores, key=lambda day: (-scores[day], day))
    best, second = ranked[0], (ranked[1] if len(ranked) > 1 else None)
    unclear = second is not None and scores[best] - scores[second] < CLEAR and scores[best] < _UNDOUBTED
    if scores[best] < BELIEVED or unclear:
        return None
    # The most reliable witness of that day speaks; of equals the more exact one.
    return _dating(max((one for one in exact if one.at[:10] == best), key=lambda one: (one.weight, len(one.at))))


def _scores(exact: list[Witness], months: list[Witness]) -> dict[str, float]:
    """Yield how far each day is believed: as if witnesses of different kinds erred independently.

    Of one kind only the best speaks for a day: a template repeats itself.
    """
    best: dict[str, dict[str, float]] = defaultdict(dict)
    said = {one.at[:10] for one in exact if len(one.at) == 10}
    for one in exact:
        best[one.at[:10]][one.evidence] = max(best[one.at[:10]].get(one.evidence, 0.0), one.weight)
        for day in _local_days(one.at) & said:
            best[day][one.evidence] = max(best[day].get(one.evidence, 0.0), one.weight * _SHIFTED)
    scores = {}
    for day, kinds in best.items():
        doubt = 1.0
        for weight in kinds.values():
            doubt *= 1.0 - weight
        if any(day.startswith(one.at) for one in months):
            doubt *= 0.5
        scores[day] = 1.0 - doubt
    return scores


def _local_days(at: str) -> frozenset[str]:
    """Yield the other day that an instant in UTC is somewhere on earth (UTC+14 to UTC-12); none for other offsets."""
    if not at.endswith("+00:00"):
        return frozenset()
    hour, day = int(at[11:13]), date.fromisoformat(at[:10])
    return frozenset(
        (day + timedelta(days=step)).isoformat() for step, moves in ((1, hour >= 10), (-1, hour < 12)) if moves
    )


def _first_day(at: str) -> date:
    return date.fromisoformat(at[:10] if len(at) >= 10 else f"{at}-01")


def _dating(witness: Witness) -> Dating:
    precision: Precision = "minute" if len(witness.at) > 10 else "day" if len(witness.at) == 10 else "month"
    return Dating(at=witness.at, precision=precision, evidence=witness.evidence)
