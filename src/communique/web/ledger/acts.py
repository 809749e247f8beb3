"""What editors said of the events that were coded: kept apart, and laid over a coding whenever it is read. Pure.

An event is known by the words that tell it, so that a newer lexicon codes the text anew and the editor's word stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.flow import account
from communique.kit import jsonable
from communique.records import Coding, Event, EventType, Mention, Modality, Quote, Span

SLOTS = ("source", "target", "addressee", "beneficiary", "about", "host", "attributed_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An event as an editor says it is."""

    type: EventType
    modality: Modality
    slots: tuple[tuple[str, tuple[Mention, ...]], ...]  # by the names in SLOTS; those left out are empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an editor said of one event."""

    trigger: Quote  # the words that tell it; an empty span: the text no longer has them
    nth: int  # of the events that these words tell, from 0
    said: Said | None  # None: it is no event
    by: str  # user name
    at: str  # ISO 8601 instant


def of(kept: Iterable[Mapping[str, Any]]) -> tuple[Act, ...]:
    """Yield what is kept in a row."""
    return tuple(jsonable.restored(Act, dict(one)) for one in kept)


def key(events: Sequence[Event], number: int) -> tuple[str, int]:
    """Yield how an event of a coding is known: by its words, and which of those told by them it is."""
    words = events[number].trigger.text
    return words, sum(event.trigger.text == words for event in events[:number])


def said_of(coding: Coding, event: Event) -> Said:
    """Yield an event in the words of its bodies."""
    slots = ((name, tuple(coding.mentions[index] for index in getattr(event, name))) for name in SLOTS)
    return Said(type=event.type, modality=event.modality, slots=tuple(slots))


def with_act(acts: Sequence[Act], new: Act) -> tuple[Act, ...]:
    """Yield the acts with one more, which takes the place of what was said of the same event before."""
    return (*without(acts, new.trigger.text, new.nth), new)


def without(acts: Sequence[Act], words: str, nth: int) -> tuple[Act, ...]:
    """Yield the acts but what was said of one event."""
    return tuple(one for one in acts if (one.trigger.text, one.nth) != (words, nth))


def laid_over(coding: Coding, acts: Sequence[Act]) -> Coding:
    """Yield a coding as editors corrected it."""
    if not acts:
        return coding
    known = {(one.trigger.text, one.nth): one for one in acts}
    mentions, events = list(coding.mentions), []
    for number, event in enumerate(coding.events):
        act = known.pop(key(coding.events, number), None)
        if act is None:
            events.append(event)
        elif act.said is not None:
            events.append(_event(event, act.said, mentions))
    for act in known.values():  # told by words that a newer lexicon takes for no event
        if act.said is not None and act.trigger.span[1] > 0:
            blank = Event(type=act.said.type, plover="NONE", trigger=act.trigger)
            events.append(_event(blank, act.said, mentions))
    return replace(coding, mentions=tuple(mentions), events=tuple(events))


def _event(event: Event, said: Said, mentions: list[Mention]) -> Event:
    """Yield an event as an editor says it is; bodies that the coding does not name are added to the mentions."""
    from communique import code  # brings its lexicons' modules: a desk without corrections does without them

    given = dict(said.slots)
    slots: dict[str, Any] = {name: tuple(_index(one, mentions) for one in given.get(name, ())) for name in SLOTS}
    is_as_coded = event.type == said.type and event.plover != "NONE"
    plover = event.plover if is_as_coded else code.TYPES[said.type].plover
    told: dict[str, Any] = {"type": said.type, "modality": said.modality, "plover": plover} | slots
    return replace(event, level="main", confidence=1.0, rule=account.BY_EDITOR, **told)


def _index(mention: Mention, mentions: list[Mention]) -> int:
    for number, one in enumerate(mentions):
        if (one.text, one.actor or mention.actor) == (mention.text, mention.actor or one.actor):
            return number
    mentions.append(mention)
    return len(mentions) - 1


def anchored_all(kept: Sequence[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
    """Yield what is kept in a row with its words found again in a text that was read anew."""
    return [jsonable.of_record(_anchored(one, text)) for one in of(kept)]


def _anchored(act: Act, text: str) -> Act:
    trigger = replace(act.trigger, span=_span(act.trigger.text, act.trigger.span, text))
    if act.said is None:
        return replace(act, trigger=trigger)
    slots = tuple((name, tuple(_found(one, text) for one in bodies)) for name, bodies in act.said.slots)
    return replace(act, trigger=trigger, said=replace(act.said, slots=slots))


def _found(mention: Mention, text: str) -> Mention:
    return replace(mention, span=_span(mention.text, mention.span, text))


def _span(words: str, span: Span, text: str) -> Span:
    if words and text[slice(*span)] == words:
        return span
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else (0, 0)
