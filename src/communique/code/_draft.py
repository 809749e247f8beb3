"""An event under way: the analysers fill it, and it becomes a record once, at the end.

A tuple and not a record, since each is changed several times, and a changed copy of a record of eighteen fields takes
six times as long as one of a tuple.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from communique.code._types import plover
from communique.records import Event, EventType, Level, Modality, Quote

_Slot = tuple[int, ...]  # indexes of bodies


class Draft(NamedTuple):
    """The fields of an event; its slots hold indexes of bodies."""

    type: EventType
    plover: str
    trigger: Quote
    source: _Slot = ()
    target: _Slot = ()
    host: _Slot = ()
    addressee: _Slot = ()
    beneficiary: _Slot = ()
    about: _Slot = ()
    attributed_to: _Slot = ()
    object: Quote | None = None
    place: str | None = None
    date: str | None = None
    occasion: str | None = None
    modality: Modality = "asserted"
    level: Level = "main"
    confidence: float = 0.5
    rule: str = ""

    def bodies(self) -> set[int]:
        """Yield the bodies in its slots."""
        return {
            *self.source, *self.target, *self.host, *self.addressee, *self.beneficiary, *self.about,
            *self.attributed_to,
        }  # fmt: skip

    def event(self, number: Mapping[int, int]) -> Event:
        """Yield the record, its slots counted as `number` says."""

        def counted(slot: _Slot) -> _Slot:
            return slot and tuple([number[body] for body in slot])

        return Event(
            type=self.type, plover=plover(self.plover, self.modality), trigger=self.trigger,
            source=counted(self.source), target=counted(self.target), host=counted(self.host),
            addressee=counted(self.addressee), beneficiary=counted(self.beneficiary), about=counted(self.about),
            attributed_to=counted(self.attributed_to), object=self.object, place=self.place, date=self.date,
            occasion=self.occasion, modality=self.modality, level=self.level, confidence=self.confidence,
            rule=self.rule,
        )  # fmt: skip
