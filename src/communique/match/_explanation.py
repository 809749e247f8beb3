"""Why two documents are or are not one statement, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.match._background import Background, background
from communique.match._evidence import missing
from communique.match._fingerprint import (
    ADDRESS,
    CODE,
    DAY,
    KIND_SHIFT,
    LINK,
    NAME,
    NUMBER,
    SMALL,
    SOUND,
    TERM,
    YEAR,
    Fingerprint,
    fingerprint,
    is_fact,
    surfaces,
)
from communique.match._score import SAME, Resemblance, resemblance
from communique.records import Document

_KINDS = {
    "days": (DAY,), "numbers": (NUMBER, YEAR, SMALL), "codes": (CODE,), "names": (NAME,), "addresses": (ADDRESS, LINK),
    "words of the trade": (TERM,),
}  # fmt: skip
TOLD = 8


def explanation(one: Document, other: Document, known: Background | None = None) -> str:
    """Yield one paragraph of plain sentences: the verdict, then each signal for and against it."""
    left, right = fingerprint(one), fingerprint(other)
    counted = known or background([left, right])
    found = resemblance(left, right, counted)
    return " ".join(_sentences(one, other, left, right, found))


def _sentences(
    one: Document, other: Document, left: Fingerprint, right: Fingerprint, found: Resemblance
) -> Iterator[str]:
    verdict = "One statement" if found.score >= SAME else "Two statements"
    yield f"{verdict} (score {found.score:.2f}, one from {SAME:.2f} on)."
    yield _wording(found)
    yield from _shared(surfaces(one), surfaces(other), found)
    if found.wording is None and missing(found.evidence, left, right):
        yield "Two strangers may share as much by chance: it is too little, or stands in other places of the text."
    yield from _against(one, other, left, right, found)
    yield _days(found)


def _wording(found: Resemblance) -> str:
    if found.wording is None:
        return "The languages differ, so the wording was not compared."
    return (
        f"Of the shorter text's runs of words, {found.wording:.0%} stand in the other ({found.shared_shingles} runs)."
    )


def _shared(left: Mapping[int, str], right: Mapping[int, str], found: Resemblance) -> Iterator[str]:
    both = left.keys() & right.keys()
    told = [
        f"{kind} {', '.join(words)}"
        for kind, of in _KINDS.items()
        if (words := sorted({left[mark] for mark in both if mark >> KIND_SHIFT in of})[:TOLD])
    ]
    share = f"resemblance of what survives translation {found.marks:.2f}"
    yield (
        f"Both have {'; '.join(told)} ({share})." if told else f"They share no day, number, name or address ({share})."
    )


def _against(
    one: Document, other: Document, left: Fingerprint, right: Fingerprint, found: Resemblance
) -> Iterator[str]:
    if found.contest <= 0:
        yield "Nothing in one contradicts the other."
        return
    mine, theirs = (_only(one, right), _only(other, left))
    yield (
        f"Against: the first alone has {', '.join(mine) or 'nothing'}, "
        f"the second alone {', '.join(theirs) or 'nothing'}"
        f" (weight {found.contest:.1f})."
    )


def _only(document: Document, other: Fingerprint) -> list[str]:
    """Yield numbers, days and names that the other has not; those of the title first."""
    spoken = {mark & 0xFFFFFFFF for mark in other.marks}
    written = surfaces(document)
    of_title = fingerprint(document).title_marks
    own = [
        mark
        for mark in written
        if mark & 0xFFFFFFFF not in spoken
        and mark >> KIND_SHIFT != SOUND
        and (is_fact(mark) or mark >> KIND_SHIFT == NAME)
    ]
    return list(dict.fromkeys(written[mark] for mark in sorted(own, key=lambda mark: (mark not in of_title, mark))))[
        :TOLD
    ]


def _days(found: Resemblance) -> str:
    if found.days_apart is None:
        return "The day of one of them is not known."
    if found.days_apart == 0:
        return "They bear the same day."
    return f"They lie {found.days_apart} day{'s' if found.days_apart > 1 else ''} apart."
