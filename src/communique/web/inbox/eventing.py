"""Events as an editor looks at them and corrects them: what a form needs, and what was sent with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from communique import registry
from communique.flow import told
from communique.kit.text import collapsed
from communique.records import Actor, Coding, Event, EventType, Mention, Modality, Quote
from communique.web.inbox import words
from communique.web.ledger import acts, models, recorded

TYPES: tuple[EventType, ...] = get_args(EventType)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
BODIES = 20  # that a form offers; a text that names more is a list
LONGEST = 300  # characters of a field
_SLOTS = {
    "source": "who", "target": "whom", "addressee": "to whom", "beneficiary": "for whom", "about": "about",
    "host": "host", "attributed_to": "told by",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that the text names, and what it is in one event."""

    number: int  # in the coding's mentions
    text: str  # as the text names it
    name: str
    actor: str  # id; "" for one that is not in the registry
    slot: str  # "" where the event does not concern it


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """One event of a document, with what it takes to correct it."""

    record_id: str  # uuid of the document's evidence
    words: str  # that tell it; "" for one that is to be added
    nth: int
    type: str
    modality: str
    act: str  # "condemns"
    slots: tuple[tuple[str, str], ...]  # (what it is in the event, names)
    bodies: tuple[Body, ...]
    rule: str
    by: str  # who corrected or confirmed it; "" for nobody
    at: str  # ISO 8601; "" likewise
    is_event: bool  # False: an editor said that it is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """The events of a document."""

    record_id: str
    language: str | None
    direction: str
    rows: tuple[EventShown, ...]
    blank: EventShown  # for an event that the program missed
    types: tuple[tuple[str, str], ...] = tuple((one, words.ACTS[one]) for one in TYPES)
    modalities: tuple[str, ...] = MODALITIES
    slots: tuple[tuple[str, str], ...] = tuple(_SLOTS.items())


def of(row: models.Document) -> Events:
    """Yield the main events of a document as they are told now, and those that an editor said are none."""
    coding, record_id = recorded.coding(row) or Coding(), row.capture.record_id.removeprefix("urn:uuid:")
    said = {(one.trigger.text, one.nth): one for one in acts.of(row.acts)}
    shown = []
    for number, event in enumerate(coding.events):
        act = said.get(acts.key(coding.events, number))
        if event.level == "main":
            shown.append(_shown(record_id, coding, event, acts.key(coding.events, number), act))
    shown += [_none(record_id, act) for act in said.values() if act.said is None]
    blank = EventShown(
        record_id=record_id, words="", nth=0, type="STATE", modality="asserted", act="", slots=(),
        bodies=_bodies(coding, None), rule="", by="", at="", is_event=True,
    )  # fmt: skip
    return Events(
        record_id=record_id, language=row.language, direction=words.direction(row.language), rows=tuple(shown),
        blank=blank,
    )  # fmt: skip


def _shown(record_id: str, coding: Coding, event: Event, key: tuple[str, int], act: acts.Act | None) -> EventShown:
    names = {slot: [coding.mentions[index].name for index in getattr(event, slot)] for slot in _SLOTS}
    return EventShown(
        record_id=record_id, words=key[0], nth=key[1], type=event.type, modality=event.modality,
        act=words.ACTS[event.type],
        slots=tuple((_SLOTS[slot], ", ".join(dict.fromkeys(found))) for slot, found in names.items() if found),
        bodies=_bodies(coding, event), rule=event.rule, by=act.by if act else "", at=act.at if act else "",
        is_event=True,
    )  # fmt: skip


def _none(record_id: str, act: acts.Act) -> EventShown:
    return EventShown(
        record_id=record_id, words=act.trigger.text, nth=act.nth, type="", modality="", act="", slots=(), bodies=(),
        rule="", by=act.by, at=act.at, is_event=False,
    )  # fmt: skip


def _bodies(coding: Coding, event: Event | None) -> tuple[Body, ...]:
    return tuple(
        Body(number=number, text=one.text, name=one.name, actor=one.actor or "", slot=_slot(event, number))
        for number, one in enumerate(coding.mentions[:BODIES])
    )


def _slot(event: Event | None, number: int) -> str:
    return next((slot for slot in _SLOTS if event is not None and number in getattr(event, slot)), "")


def sent(
    fields: Mapping[str, str], row: models.Document, known: registry.Registry, *, by: str, at: str
) -> acts.Act | str:
    """Yield what an editor says with a form of an event, or why it can't be said."""
    text, coding = told(recorded.document(row)), recorded.coding(row) or Coding()
    trigger = _trigger(fields, coding, text)
    if isinstance(trigger, str):
        return trigger
    quote, nth, event = trigger
    said: acts.Said | str | None = None
    if fields.get("do") == "right" and event is not None:
        said = acts.said_of(coding, event)
    elif fields.get("do") == "correct":
        said = _said(fields, coding, text, known)
    elif fields.get("do") != "none":
        return "nothing was said of the event; choose what is right"
    return said if isinstance(said, str) else acts.Act(trigger=quote, nth=nth, said=said, by=by, at=at)


def _trigger(fields: Mapping[str, str], coding: Coding, text: str) -> tuple[Quote, int, Event | None] | str:
    """Yield the words that tell an event, which of the events told by them it is, and it where it is coded."""
    asked = fields.get("words", "")
    nth = int(given) if (given := fields.get("nth", "")).isascii() and given.isdigit() and len(given) < 4 else 0
    keys = [acts.key(coding.events, number) for number in range(len(coding.events))]
    if (asked, nth) in keys:
        event = coding.events[keys.index((asked, nth))]
        return event.trigger, nth, event
    start = text.find(asked) if asked else -1
    if start < 0:
        return "give the words that tell it, as they stand in the title or how the text begins"
    return Quote(text=asked, span=(start, start + len(asked))), nth, None


def _said(fields: Mapping[str, str], coding: Coding, text: str, known: registry.Registry) -> acts.Said | str:
    type_, modality = fields.get("type"), fields.get("modality")
    if type_ not in TYPES or modality not in MODALITIES:
        return "choose a type and whether it was done, out of the lists"
    slots: dict[str, list[Mention]] = {slot: [] for slot in acts.SLOTS}
    for number, one in enumerate(coding.mentions[:BODIES]):
        if fields.get(f"mention-{number}", "") != one.text[:LONGEST]:
            return "the document was coded anew meanwhile; look at it again"
        if (slot := fields.get(f"slot-{number}", "")) in slots:
            slots[slot].append(one)
    if name := collapsed(fields.get("body", ""))[:LONGEST]:
        actor = known.actor(name) or known.resolve(name)
        if actor is None or fields.get("body-slot") not in slots:
            return f"the registry has no “{name}”, or what it is in the event is not chosen; give an id or a full name"
        slots[fields["body-slot"]].append(_mention(actor, text))
    kept = tuple((slot, tuple(found)) for slot, found in slots.items() if found)
    return acts.Said(type=type_, modality=modality, slots=kept)


def _mention(actor: Actor, text: str) -> Mention:
    """Yield a body as the text names it; one that it does not name stands nowhere in it."""
    names: Sequence[str] = (actor.name, *(name for name, _ in actor.names), *actor.acronyms)
    found = next((name for name in names if name in text), None)
    start = text.index(found) if found else 0
    return Mention(
        text=found or actor.name, span=(start, start + len(found or "")), actor=actor.id, name=actor.name,
        kind=actor.kind, country=actor.country,
    )  # fmt: skip


def fields_of(post: Mapping[str, Any]) -> dict[str, str]:
    """Yield what a form sent, each field once and not longer than any is."""
    return {name: str(post[name])[:LONGEST] for name in post}
