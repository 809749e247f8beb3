"""Texts with marks: which words name a body, which tell the act, which carry a part of the proposal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from communique.records import Coding, Draft
from communique.records.coding import Span

Kind = Literal["mention", "trigger", "object", "part", "finding"]
Parts = Sequence[tuple[Span, int, Span]]  # records.Draft.parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a text, in code points, and what it is."""

    span: Span
    kind: Kind
    note: str = ""  # for a reader who points at it
    part: int | None = None  # number of the proposal's part that it belongs to, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words under the same marks."""

    text: str
    kinds: str = ""  # "mention part"; "" for plain words
    note: str = ""
    part: int | None = None
    is_end_of_part: bool = False  # the part's number is printed behind it


def stretches(text: str, marks: Sequence[Mark]) -> tuple[Stretch, ...]:
    """Cut a text where marks begin and end; together the stretches are the text. Marks outside it are left out."""
    inside = [mark for mark in marks if 0 <= mark.span[0] < mark.span[1] <= len(text)]
    cuts = sorted({0, len(text), *(edge for mark in inside for edge in mark.span)})
    return tuple(_stretch(text, start, end, inside) for start, end in pairwise(cuts))


def _stretch(text: str, start: int, end: int, marks: Sequence[Mark]) -> Stretch:
    over = [mark for mark in marks if mark.span[0] <= start and end <= mark.span[1]]
    part = next((mark for mark in over if mark.part is not None), None)
    return Stretch(
        text=text[start:end],
        kinds=" ".join(dict.fromkeys(mark.kind for mark in over)),
        note="; ".join(dict.fromkeys(mark.note for mark in over if mark.note)),
        part=part.part if part else None,
        is_end_of_part=part is not None and part.span[1] == end,
    )


def of_coding(coding: Coding | None) -> list[Mark]:
    """Yield what a coding points at in its text."""
    if coding is None:
        return []
    marks = [Mark(span=one.span, kind="mention", note=_body(one.name, one.actor)) for one in coding.mentions]
    for event in coding.events:
        tells = f"{event.type.lower()}, {event.modality}, rule {event.rule}" if event.rule else event.type.lower()
        marks.append(Mark(span=event.trigger.span, kind="trigger", note=tells))
        if event.object is not None and event.level == "main":
            marks.append(Mark(span=event.object.span, kind="object"))
    return marks


def _body(name: str, actor: str | None) -> str:
    return f"{name} ({actor})" if actor else f"{name}, not in the registry"


def of_parts(parts: Parts, source: int) -> list[Mark]:
    """Yield which words of one source carry which part of the proposal."""
    return [
        Mark(span=span, kind="part", part=number) for number, (_, where, span) in enumerate(parts, 1) if where == source
    ]


def of_proposal(draft: Draft) -> tuple[Stretch, ...]:
    """Yield the proposal's own words with the numbers of their parts."""
    marks = [Mark(span=span, kind="part", part=number) for number, (span, _, _) in enumerate(draft.parts, 1)]
    return stretches(draft.text, marks)


def paragraphs(found: Sequence[Stretch]) -> tuple[tuple[Stretch, ...], ...]:
    """Part stretches into paragraphs, where blank lines stand between."""
    made: list[list[Stretch]] = [[]]
    for one in found:
        for number, text in enumerate(one.text.split("\n\n")):
            if number:
                made.append([])
            if text:
                made[-1].append(Stretch(text=text, kinds=one.kinds, note=one.note, part=one.part,
                                        is_end_of_part=one.is_end_of_part))  # fmt: skip
    return tuple(tuple(paragraph) for paragraph in made if paragraph)
