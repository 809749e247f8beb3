"""Who did what to whom, as a text says it. Field names are those of the contract, section 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Span = tuple[int, int]  # code points of the coded text, end exclusive

Modality = Literal["asserted", "negated", "planned", "conditional", "possible", "denied"]
Level = Literal["main", "background"]
EventType = Literal[
    "STATE", "CONDEMN", "SUPPORT", "CALL", "WARN", "REPORT", "PUBLISH", "CONVENE", "ELECT", "RESIGN", "RUN",
    "MERGE", "RENAME", "FOUND", "JOIN", "LEAVE", "JUDGE", "DETAIN", "ACT", "COMMEMORATE", "AGREE", "DECIDE",
    "AID", "MEET", "DENY", "DEED", "CORRECT", "PLEDGE", "AWARD", "INVITE", "THANK",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An organisation, office or person in the registry."""

    id: str  # slug: "ps-pcp"
    name: str  # the established English name, else the own one
    kind: str  # one of the contract's kinds
    country: str | None  # ISO 3166-1 alpha-2, "INT", "EU"; None: not known
    names: tuple[tuple[str, str | None], ...] = ()  # (name, BCP 47 language or None), own and established ones
    acronyms: tuple[str, ...] = ()
    parent: str | None = None  # actor id
    site: str | None = None
    founded: str | None = None  # ISO 8601, as exact as known
    ended: str | None = None
    successor: str | None = None  # actor id
    source: str = ""  # what was read for it, or "general knowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the text with their place."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A body named in the text."""

    text: str
    span: Span
    actor: str | None  # actor id; None: not in the registry, or undecided
    name: str  # the actor's name, or the surface
    kind: str | None
    country: str | None
    candidates: tuple[str, ...] = ()  # actor ids, where undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place named in the text."""

    text: str
    span: Span
    name: str
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression:
    """A date named in the text."""

    text: str
    span: Span
    kind: str  # "absolute", "relative", "interval", "duration", "deadline"
    value: str | None  # ISO 8601; None: can't be resolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A numbered or recurring event named in the text."""

    text: str
    span: Span
    name: str
    kind: str  # "meeting", "congress", "conference", "plenary", "session", "anniversary", "holiday"
    number: int | None
    series: str | None = None  # "Congress of the Harbour Union"; None: it does not recur, or whose it is is not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom. Slots hold indexes into Coding.mentions."""

    type: EventType
    plover: str
    trigger: Quote
    source: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    host: tuple[int, ...] = ()
    addressee: tuple[int, ...] = ()
    beneficiary: tuple[int, ...] = ()
    about: tuple[int, ...] = ()
    attributed_to: tuple[int, ...] = ()
    object: Quote | None = None
    place: str | None = None
    date: str | None = None  # ISO 8601
    occasion: str | None = None
    modality: Modality = "asserted"
    level: Level = "main"
    confidence: float = 0.5  # 0..1
    rule: str = ""  # the lexicon rule that made it: "en.condemn.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """All that was coded from one text."""

    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    notes: tuple[str, ...] = ()  # what was not tried, and why ("no lexicon for ja: no events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a text beside its words, before it is coded."""

    language: str | None = None  # BCP 47
    published: date | None = None  # anchors relative dates
    publisher: str | None = None  # actor id or name
