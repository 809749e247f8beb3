"""What a dispatch says in data: its actors, events, country and occasion, taken from a coding. Nothing is added."""

from __future__ import annotations

from dataclasses import dataclass

from communique.records import Coding, DispatchEvent, Event, Occasion

BY_EDITOR = "editor"  # Event.rule of what an editor said or confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The data of one dispatch."""

    actors: tuple[str, ...]  # ids; those who act first
    events: tuple[DispatchEvent, ...]  # main events only; confirmed where an editor said so
    country: str | None  # of the first actor that has one
    place: str | None
    occasion: str | None  # as the text names it: "21st IMCWP"
    series: str | None = None  # that the occasion is a numbered one of; None: of none
    occasion_number: int | None = None  # in the series


def of_coding(coding: Coding | None) -> Account:
    """Yield what a coding says of a text; an empty account where nothing was coded."""
    if coding is None:
        return Account(actors=(), events=(), country=None, place=None, occasion=None)
    main = [event for event in coding.events if event.level == "main"]
    order = [index for event in main for index in (*event.source, *event.host)]
    order += [index for event in main for index in (*event.target, *event.about, *event.addressee)]
    order += list(range(len(coding.mentions)))
    occasion = occasion_of(coding)
    is_numbered = occasion is not None and is_of_a_series(occasion)
    named = [coding.mentions[index] for index in dict.fromkeys(order)]
    return Account(
        actors=tuple(dict.fromkeys(mention.actor for mention in named if mention.actor)),
        events=tuple(_event(event, coding) for event in main),
        country=next((mention.country for mention in named if mention.country), None),
        place=next((event.place for event in main if event.place), None),
        occasion=occasion.text if occasion else None,
        series=occasion.series if occasion and is_numbered else None,
        occasion_number=occasion.number if occasion and is_numbered else None,
    )


def occasion_of(coding: Coding) -> Occasion | None:
    """Yield the occasion of a text: the first that is a numbered one of a series, else the first."""
    return next(filter(is_of_a_series, coding.occasions), coding.occasions[0] if coding.occasions else None)


def is_of_a_series(occasion: Occasion) -> bool:
    """Tell whether an occasion has a place in a series."""
    return occasion.series is not None and occasion.number is not None


def _event(event: Event, coding: Coding) -> DispatchEvent:
    def ids(slot: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(actor for index in slot if (actor := coding.mentions[index].actor))

    return DispatchEvent(
        type=event.type, plover=event.plover, source=ids(event.source), target=ids(event.target),
        about=ids(event.about), modality=event.modality, date=event.date,
        confirmed=event.rule == BY_EDITOR,
    )  # fmt: skip
