"""The published sentence and all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from communique.records.coding import Coding, Span

Stage = Literal["draft", "scheduled", "published", "held", "withdrawn", "replaced"]
Operation = Literal["hold", "release", "correct", "update", "withdraw", "replace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One text that a draft must be covered by."""

    text: str
    language: str | None = None
    published: str | None = None  # ISO 8601 day
    publisher: str | None = None
    coding: Coding | None = None  # None: not coded; findings that need it are then not made
    signers: int | None = None  # how many signed, as counted by `read`; None: not counted, or no joint statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a draft that its sources don't carry. Field names are those of the contract, section 6."""

    kind: str
    span: Span  # of the draft
    text: str
    blocks: bool  # True: can't be published without an editor's explicit, logged override
    advice: str  # one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposed sentence, and which words of which source carry each part of it."""

    text: str
    language: str
    parts: tuple[tuple[Span, int, Span], ...] = ()  # (span of text, index of the source, span of the source)
    rule: str = ""  # how the sentence was made, for an editor who asks


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchEvent:
    """A coded event as the wire shows it: actor ids instead of mentions."""

    type: str
    plover: str
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    modality: str = "asserted"
    date: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchSource:
    """A document behind a dispatch."""

    url: str
    publisher: str | None  # actor id
    language: str | None
    published: str | None  # ISO 8601 day
    captured: str | None  # ISO 8601 instant; None: imported without a capture
    digest: str | None  # "sha256:…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A labelled public change of a dispatch."""

    operation: Operation
    at: datetime  # aware
    reason: str
    before: str | None  # the wording before; None where the wording stayed


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One published sentence. Field names are those of the contract, section 7."""

    id: int  # the number on this wire; rises in order of publication
    text: str
    headline: str | None = None
    dateline: str | None = None
    pinned: bool = False
    published: datetime | None = None  # aware; None: the original has no date
    published_precision: Literal["minute", "day"] = "minute"  # "day": only the day of `published` is known
    stage: Stage = "published"
    scheduled: datetime | None = None  # aware; when it is to be published; None: it is not scheduled
    language: str = "en"  # BCP 47
    publisher: str | None = None  # the wire that published it first; None: this one
    actors: tuple[str, ...] = ()  # actor ids, sources of the events first
    country: str | None = None  # where the act or its main actor belongs
    place: str | None = None
    occasion: str | None = None  # as the text names it: "21st IMCWP"
    series: str | None = None  # that the occasion is one of, by name; None: it is numbered in none
    occasion_number: int | None = None  # in the series; None: no series
    signatories: tuple[str, ...] = ()  # names, where the statement is joint
    story: str | None = None  # slug
    topics: tuple[str, ...] = ()  # IPTC Media Topics ids
    translations: tuple[int, ...] = ()
    events: tuple[DispatchEvent, ...] = ()
    sources: tuple[DispatchSource, ...] = ()
    corrections: tuple[Correction, ...] = ()  # oldest first
    log_index: int | None = None  # entry of its publication in the log; None: not logged yet
    log_size: int | None = None  # size of the log right after that entry: what its proof refers to
    released: datetime | None = None  # aware; when this wire put it out; None: not known (an import without a clock)
    replaced_by: int | None = None  # the dispatch that took its place; None: none, or stage is not "replaced"
