"""Shapes of the API: what may be asked, and what comes back. Rows are those that `communique export` writes.

What is said of a parameter begins with what is expected, up to the first semicolon: refusals quote that.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, get_args

from ninja import P, PathEx, Schema
from pydantic import AwareDatetime, BeforeValidator, Field

from communique.records import EventType, Modality

MOST = 500  # results in one answer
_TOP = 2**31 - 1  # of a dispatch's number, on both databases
_DAY = "a day (2026-03-08 from 00:00 UTC on) or an instant with its offset (2026-03-08T09:00:00Z)"
_CURSOR = "the `next` of the answer before"

Number = Annotated[int, Field(ge=1, le=_TOP)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]  # PostgreSQL refuses the null byte
# pydantic alone takes a bare number for seconds since 1970, and so `after=2019` for that year's first hour.
_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written(given: str) -> str:
    if not _WRITTEN.match(given):
        raise ValueError("a day begins with year, month and day")
    return given


When = Annotated[AwareDatetime | date, Field(union_mode="left_to_right"), BeforeValidator(_written)]
Limit = Annotated[int, Field(ge=1, le=MOST)]
_LIMIT = f"a whole number from 1 to {MOST}"
DispatchId = PathEx[Number, P(description="the number of a dispatch on this wire, such as 27")]
OrganisationId = PathEx[Word, P(description="the id of an organisation, as in /organisations")]


class Asked(Schema):
    """Which dispatches are wanted. What is left out does not restrict."""

    actor: Word | None = Field(default=None, description="the id of an organisation, as in /organisations")
    country: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}$")] | None = Field(
        default=None, description="a country by ISO 3166-1 alpha-2, or INT (international), EU (the Union's bodies)"
    )
    language: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,35}$")] | None = Field(
        default=None, description="a language by BCP 47, as the dispatches have it"
    )
    story: Word | None = Field(default=None, description="the slug of a story, as in /stories")
    series: Word | None = Field(default=None, description="the slug of a series of occasions, as in /series")
    after: When | None = Field(
        default=None, description=f"{_DAY}; published then or later; undated dispatches fall out"
    )
    before: When | None = Field(default=None, description=f"{_DAY}; published earlier; undated dispatches fall out")
    updated_since: When | None = Field(
        default=None, description=f"{_DAY}; published here, corrected or pinned then or later"
    )
    cursor: Number | None = Field(default=None, description=_CURSOR)
    limit: Limit = Field(default=50, description=f"{_LIMIT}; results in one answer")


class AskedEvents(Asked):
    """Which events are wanted."""

    limit: Limit = Field(default=50, description=f"{_LIMIT}; dispatches whose events are told in one answer")
    type: EventType | None = Field(default=None, description="a type of event in capitals, such as CONDEMN")
    modality: Modality | None = Field(
        default=None,
        description=f"{', '.join(get_args(Modality))}; asserted leaves out what was denied or only planned",
    )


class AskedSearch(Asked):
    """What is looked for."""

    q: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description='words (at most 300 characters); all must be there, in any order; "words in quotes" stand together'
    )


class AskedList(Schema):
    """Which part of a list is wanted."""

    cursor: Word | None = Field(default=None, description=_CURSOR)
    limit: Limit = Field(default=100, description=f"{_LIMIT}; results in one answer")


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
    series: str | None = Field(description="the name of the series that the occasion is one of")
    occasion_number: int | None = Field(description="its number there")
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


class Occasion(Schema):
    """One occasion of a series."""

    number: int
    dispatches: int
    first: str = Field(description="number of its first dispatch on this wire")


class Series(Schema):
    """Occasions of one kind, by number: the congresses of one body, the meetings of one forum."""

    slug: str
    name: str
    occasions: list[Occasion] = Field(description="the highest number first")
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


class SeriesList(Schema):
    """Some series, by slug."""

    results: list[Series]
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
