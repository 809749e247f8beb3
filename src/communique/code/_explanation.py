"""How a coding came about, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from communique.code._coding import coding
from communique.records import Coding, Context, Event
from communique.registry import Registry

_SLOTS = ("source", "target", "host", "addressee", "beneficiary", "about", "attributed_to")


def explanation(text: str, *, registry: Registry, context: Context) -> tuple[str, ...]:
    """Yield one line for each event: the words that told of it, its rule, who stands where, and its reality."""
    made = coding(text, registry=registry, context=context)
    return (*(_line(event, made) for event in made.events), *made.notes) or ("no event was recognised",)


def _line(event: Event, made: Coding) -> str:
    return (
        f"“{event.trigger.text}” tells of {event.type} ({event.plover}) by rule {event.rule}"
        f"{''.join(_slots(event, made))}; {event.modality}, {event.level}, confidence {event.confidence:.2f}"
    )


def _slots(event: Event, made: Coding) -> Iterator[str]:
    for slot in _SLOTS:
        names = [made.mentions[index].text for index in getattr(event, slot)]
        if names:
            yield f"; {slot}: {', '.join(names)}"
