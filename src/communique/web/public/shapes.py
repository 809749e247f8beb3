"""Shapes of the API: what may be asked, and what comes back. Rows are those that `communique export` writes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

MOST = 500  # results in one answer
_TOP = 2**31 - 1  # of a dispatch's number, on both databases
_DAY = "a day (2026-03-08: 00:00 UTC) or an instant with its offset (2026-03-08T09:00:00Z)"

Number = Annotated[int, Field(ge=1, le=_TOP)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]  # PostgreSQL refuses the null byte
When = Annotated[AwareDatetime | date, Field(union_mode="left_to_right")]
Limit = Annotated[int, Field(ge=1, le=MOST)]


class Asked(Schema):
    """Which dispatches are wanted. What is left out does not restrict."""

    actor: Word | None = Field(default=None, description="id of an organisation, as in /organisations")
    country: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}$")] | None = Field(
        default=None, description="ISO 3166-1 alpha-2, or INT (international), EU (the Union's bodies)"
    )
    language: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,35}$")] | None = Field(
        default=None, description="BCP 47, as the dispatches have it"
    )
    story: Word | None = Field(default=None, description="slug of a story, as in /stories")
    after: When | None = Field(
        default=None, description=f"published then or later: {_DAY}; undated dispatches fall out"
    )
    before: When | None = Field(default=None, description=f"published earlier: {_DAY}; undated dispatches fall out")
    updated_since: When | None = Field(
        default=None, description=f"published here, corrected or pinned then or later: {_DAY}"
    )
    cursor: Number | None = Field(default=None, description="`next` of the answer before")
    limit: Limit = Field(default=50, description="results in one answer")


class AskedEvents(Asked):
    """Which events are wanted."""

    limit: Limit = Field(default=50, description="dispatches whose events are told in one answer")
    type: Annotated[str, Field(pattern=r"^[A-Z]{1,20}$")] | None = Field(default=None, description="such as CONDEMN")
    modality: Literal["asserted", "negated", "planned", "conditional", "possible", "denied"] | None = Field(
        default=None, description="such as asserted: leave out what was denied or only planned"
    )


class AskedSearch(Asked):
    """What is looked for."""

    q: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description='words that must all be there, in any order; "words in quotes" stand together'
    )


class AskedList(Schema):
    """Which part of a list is wanted."""

    cursor: Word | None = Field(default=None, description="`next` of the answer before")
    limit: Limit = Field(default=100, description="results in one answer")


class Refusal(Schema):
    """Why there is no answer."""

    detail: str = Field(description="one plain sentence")


class Event(Schema):
    """Who did what to whom."""

    type: str
    plover: str = Field(description="PLOVER (2021) type, or NONE")
    source: list[str] = Field(description="ids of those who act")
    target: list[str]
    about: list[str]
    modality: str
    date: str | None = Field(description="ISO 8601; null: not known")
    confirmed: bool = Field(description="an editor looked at it")


class Source(Schema):
    """A text that the dispatch stands on."""

    url: str
    publisher: str | None
    language: str | None
    published: str | None = Field(description="ISO 8601 day; null: the original has no date")
    captured: str | None = Field(description="ISO 8601 instant; null: taken over without a capture")
    digest: str | None = Field(description="of the bytes that were seen")


class Correction(Schema):
    """A public change of the dispatch."""

    operation: str
    at: str
    reason: str | None
    before: str | None = Field(description="the wording before; null: it stayed, or the words are not public")


class Dispatch(Schema):
    """One dispatch. Of one that is held or withdrawn the words and all that is drawn from them are left out."""

    id: str
    url: str
    text: str | None = Field(description="null: held or withdrawn")
    headline: str | None
    dateline: str | None
    pinned: bool
    published: str | None = Field(description="ISO 8601 instant; null: the original has no date")
    published_precision: str | None = Field(description="day: only the day of `published` is known; else minute")
    stage: Literal["published", "held", "withdrawn", "replaced"]
    scheduled: None = Field(
        description="as in an export: when a draft is to be published; of what is public always null"
    )
    language: str
    publisher: str | None = Field(description="the wire that published it first; null: this one")
    actors: list[str]
    country: str | None
    place: str | None
    occasion: str | None
    signatories: list[str]
    story: str | None
    topics: list[str]
    translations: list[str]
    events: list[Event]
    sources: list[Source]
    corrections: list[Correction]
    log_index: int | None
    log_size: int | None
    released: str | None
    replaced_by: int | None


class EventRow(Event):
    """One event with the dispatch and the evidence that it stands on."""

    id: str
    dispatch: str
    published: str | None
    language: str
    text: str
    evidence: list[str] = Field(description="digests of the sources")


class Organisation(Schema):
    """An actor of the registry that the wire has told of."""

    id: str
    name: str
    kind: str | None = Field(description="null: the registry does not know it any more")
    country: str | None
    names: list[tuple[str, str | None]] = Field(description="name and its BCP 47 language")
    acronyms: list[str]
    parent: str | None
    site: str | None
    founded: str | None
    ended: str | None
    successor: str | None
    source: str
    dispatches: int
    newest: str | None = Field(description="number of the newest dispatch; null: none yet")
    url: str


class Story(Schema):
    """Dispatches on one matter."""

    slug: str
    dispatches: int
    newest: str | None
    url: str


class Dispatches(Schema):
    """Some dispatches, newest first."""

    results: list[Dispatch]
    next: str | None = Field(description="the cursor of what follows; null: this is the end")


class Events(Schema):
    """The events of some dispatches, newest dispatch first."""

    results: list[EventRow]
    next: str | None = Field(description="the cursor of what follows, even where `results` is empty; null: the end")


class Organisations(Schema):
    """Some organisations, by id."""

    results: list[Organisation]
    next: str | None


class Stories(Schema):
    """Some stories, by slug."""

    results: list[Story]
    next: str | None


class Found(Schema):
    """What a search found, newest first."""

    query: str
    results: list[Dispatch]
    next: str | None = Field(description="the cursor from which the search goes on; null: all was looked through")
    complete: bool = Field(description="false: the search ran out of time; `next` goes on where it stopped")


class Start(Schema):
    """Where everything is, relative to this address."""

    wire: str
    paths: list[str]
