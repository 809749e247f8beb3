"""Within one group: which document is the original, and how each of the others came from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.match._background import Background
from communique.match._fingerprint import HASH, Fingerprint, link
from communique.match._score import SAME, resemblance
from communique.records import Relation

# Copies, excerpts and later versions of match/copies lie above 0.9, below 0.5 and between 0.75 and 0.95.
WHOLE = 0.75  # another publisher's text that carries at least so much of the original is a copy, else an excerpt
VERSION = 0.55  # the publisher's own text that carries at least so much is a later version, else an excerpt
PARTIAL = 0.6  # beside a text that is longer than so, a text is no original while dates don't say otherwise
NAMED_AMONG = 200  # in a larger group nobody is asked whom it names: it is copies, and time is bounded
FORERUNNERS = 8  # earlier texts of one language that a text may have been taken from
ID_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Descent:
    """How one document came about."""

    relation: Relation
    parent: int | None  # place in the group; None for an original
    score: float


def descents(members: Sequence[Fingerprint], known: Background) -> list[Descent]:
    """Yield the descent of each member of a group, in the order given.

    The original leads the group. What its publisher itself said in other languages on the same day is original too.
    """
    order = _by_origin(members)
    made = {order[0]: Descent("original", None, 1.0)}
    for at, place in enumerate(order[1:], 1):
        made[place] = _descent(place, order[:at], members, known)
    return [made[place] for place in range(len(members))]


def origin(members: Sequence[Fingerprint]) -> int:
    """Yield the place of the original."""
    return _by_origin(members)[0]


def statement_id(original: Fingerprint) -> str:
    """Yield the id of the group with this original: neither order nor ids of an input matter to it."""
    return f"s-{original.identity[:ID_DIGITS]}"


def story_id(original: Fingerprint) -> str:
    """Yield the id of the story that begins with this original."""
    return f"t-{original.identity[:ID_DIGITS]}"


def _by_origin(members: Sequence[Fingerprint]) -> list[int]:
    """Yield the places of the members, the original in front: never what was collected first.

    The earliest; on one day a full text before a part of one, then the text that most others name or link to, then the
    one whose publisher acts in it, then the fullest; what is left, the smallest digest decides.
    """
    longest: dict[str, int] = {}
    for one in members:
        longest[one.language] = max(longest.get(one.language, 0), len(one.shingles))
    spoken = _spoken(members)

    def place_in_line(place: int) -> tuple[int, bool, bool, int, bool, int, str, str, int]:
        one = members[place]
        is_partial = len(one.shingles) < PARTIAL * longest[one.language]
        day = one.day if one.day is not None else 1 << 30
        named = sum(place in names for other, names in enumerate(spoken) if members[other].publisher != one.publisher)
        acts = place in spoken[place]
        return (
            day, one.is_marked_updated, is_partial, -named, not acts, -len(one.shingles), one.digest, one.identity,
            place,
        )  # fmt: skip

    return sorted(range(len(members)), key=place_in_line)


def _spoken(members: Sequence[Fingerprint]) -> list[frozenset[int]]:
    """Yield, for each member, the places of those whose publisher it names, or whose address it links to."""
    if len(members) > NAMED_AMONG:
        return [frozenset()] * len(members)
    hashes = [frozenset(mark & HASH for mark in one.marks) for one in members]
    return [
        frozenset(
            place
            for place, one in enumerate(members)
            if (one.publisher_marks and one.publisher_marks <= said) or (one.address and link(one.address) in said)
        )
        for said in hashes
    ]


def _descent(place: int, before: Sequence[int], members: Sequence[Fingerprint], known: Background) -> Descent:
    one, first = members[place], before[0]
    for parent in [other for other in before if _may_be_one_language(members[other], one)][:FORERUNNERS]:
        found = resemblance(one, members[parent], known)
        if found.wording is not None and (found.score >= SAME or one.digest == members[parent].digest):
            return Descent(_within_language(one, members[parent]), parent, found.score)
    score = resemblance(one, members[first], known).score
    if _is_own_version(one, members[first]):
        return Descent("original", None, max(score, SAME))
    is_one_language = bool(one.language) and one.language == members[first].language
    return Descent("revision" if is_one_language else "translation", first, max(score, SAME))


def _is_own_version(one: Fingerprint, first: Fingerprint) -> bool:
    """Tell whether a body said it itself in a further language on the same day: neither text is a translation then."""
    if not one.publisher or one.publisher != first.publisher or one.day is None or one.day != first.day:
        return False
    return bool(one.language) and one.language != first.language and not one.is_marked_updated


def _may_be_one_language(one: Fingerprint, other: Fingerprint) -> bool:
    return one.language == other.language or not one.language or not other.language


def _within_language(one: Fingerprint, parent: Fingerprint) -> Relation:
    if one.digest == parent.digest:
        return "copy"
    carried = len(set(one.shingles) & set(parent.shingles)) / max(1, len(parent.shingles))
    if one.address and one.address == parent.address:
        return "revision"
    if one.publisher and one.publisher == parent.publisher:
        return "revision" if carried >= VERSION or one.is_marked_updated else "excerpt"
    if one.is_marked_updated:
        return "revision"
    return "copy" if carried >= WHOLE else "excerpt"
