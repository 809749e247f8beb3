"""What flow needs of the books that a newsroom keeps. The database and the double in `testing` both keep to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from communique import match
from communique.flow.course import NOTHING, Memory
from communique.records import (
    Amendment,
    Assignment,
    Capture,
    Change,
    Coding,
    DayOrder,
    Document,
    Evidence,
    Hints,
    Kinship,
    Numerals,
    Source,
    Trouble,
    Validators,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSource:
    """A source that may be visited again."""

    source: Source
    validators: Validators
    troubles_in_row: int
    is_first: bool = False  # no list or feed of it was read yet
    visited_at: datetime | None = None  # None: never yet
    told: frozenset[str] = frozenset()  # digests of troubles with single mails, files and notes that were told
    text_digest: str | None = None  # of a watched page at the last visit; None: none was read
    revisions_in_row: int = 0  # of a watched page: visits that each found another text
    new_at: datetime | None = None  # last visit that brought something new; None: none yet
    memory: Memory = NOTHING
    day_order: DayOrder | None = None  # as the pages of the source show; see flow.reckoning
    told_until: datetime | None = None  # a hub tells what is new until then, and did so in time; None: none does

    @property
    def address(self) -> str:
        """Yield what is asked for."""
        return self.source.url


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """A known address that may be visited (again)."""

    url: str
    source: Source
    hints: Hints
    validators: Validators
    digest: str | None  # "sha256:…" of the last body; None: never captured
    visits: int  # so far
    troubles_in_row: int

    @property
    def address(self) -> str:
        """Yield what is asked for."""
        return self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What may be visited now."""

    sources: Sequence[DueSource]
    pages: Sequence[DuePage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a list or a feed names."""

    url: str
    title: str | None = None
    listing_date: date | None = None
    feed_date: str | None = None  # ISO 8601 as the feed gave it
    pinned: bool = False
    changed_at: datetime | None = None  # when a sitemap says that it last changed; None: it doesn't, or not plausibly
    is_due: bool = True  # False: known from now on, but not visited: it is old, or the feed holds all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document that the ledger holds."""

    key: str  # names it to `match` and to `Entry.revises`
    document: Document
    assignment: Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Which version of each room made a document's row."""

    read: int
    match: int
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document with all that the rooms made of it, ready to be entered."""

    url: str  # under which address it is current
    source_id: str
    record_id: str  # of the capture's evidence
    document: Document
    assignment: Assignment
    coding: Coding | None  # None: coding failed, and `trouble` says how
    trouble: str | None
    keys: frozenset[int]
    fingerprint: match.Fingerprint
    revises: str | None  # Known.key; None: the first text at this address
    change: Change | None
    versions: Versions
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """A current document that an older version of a room made."""

    key: str
    document: Document  # as it was read
    source: Source
    hints: Hints  # what was known of the page before it was read
    evidence: Evidence
    versions: Versions
    amendments: tuple[Amendment, ...] = ()  # what editors corrected of the reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The same document, made by the present rooms."""

    document: Document  # as it is read
    keys: frozenset[int]  # of the text with the amendments
    fingerprint: match.Fingerprint  # likewise
    coding: Coding | None  # of the same; None: coding failed, and `trouble` says how
    trouble: str | None
    versions: Versions
    amendments: tuple[Amendment, ...] = ()  # with which it was coded


NO_VALIDATORS = Validators()
MOST_TOLD = 1000  # troubles with single mails, files and notes that are remembered as told, the last ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """How a visit went, and when the next one is."""

    at: datetime
    next_at: datetime | None  # None: not visited again
    answered: bool = False
    found_new: bool = False
    validators: Validators = NO_VALIDATORS
    trouble: Trouble | None = None
    listed: int | None = None  # entries of the list or feed; None: none was read
    explanation: str | None = None
    digest: str | None = None  # of the body; None: no body came
    is_gone: bool = False  # taken away: 404, 410, or what says the same in other words
    text_digest: str | None = None  # of the text at a watched page; None: none was read
    numerals: Numerals | None = None  # of a list that brought something new; None: it has none, or brought nothing
    memory: Memory | None = None  # of a source, to be kept until the next visit; None: as it was


class Ledger(Protocol):
    """The books. Everything between entering and leaving `transaction` is entered as one, or not at all."""

    def transaction(self) -> AbstractContextManager[None]:
        """Open a transaction that excludes other writers, so that two documents are never matched side by side."""

    def add_source(self, source: Source, *, now: datetime) -> bool:
        """Enter a source, due at once; False where its address or its id is there already."""

    def due(self, now: datetime, *, limit: int) -> AbstractContextManager[Due]:
        """Yield what may be visited, the longest due first, and keep other workers from the same hosts meanwhile."""

    def next_due_at(self) -> datetime | None:
        """Yield when the next source or page becomes due; None: nothing is watched."""

    def is_known(self, url: str) -> bool:
        """Tell whether an address (by its identity), or a body (by its "sha256:…"), is in the books."""

    def add_capture(self, capture: Capture, evidence: Evidence) -> bool:
        """Enter where a capture is kept; False where it is there already."""

    def add_found(self, source_id: str, found: Iterable[Found], *, now: datetime) -> int:
        """Enter addresses that a source names, due at once unless they say otherwise; known ones stay as they are.

        Returns how many are new.
        """

    def last_seen(self, urls: Iterable[str]) -> Mapping[str, datetime]:
        """Yield of each address that is known when its page was last visited, or else when it was found."""

    def due_again(self, url: str, *, at: datetime) -> None:
        """Let a known page be visited at an instant, or sooner where it is due before."""

    def same(self, url: str, other: str, *, now: datetime) -> str:
        """Note that two addresses lead to one page; at most one of them has a document.

        Yields the address under which the page is known from now on: that with a document, else the one known first.
        """

    def apart(self, url: str, *, now: datetime) -> None:
        """Take back that an address leads to another's page; it is a page of its own, due at once.

        From then on no other is the same as this.
        """

    def current(self, url: str) -> Known | None:
        """Yield the current document at an address (by its identity)."""

    def candidates(self, keys: frozenset[int], *, limit: int) -> Sequence[match.Candidate]:
        """Yield current documents that share a key, those that share most (and rarest) keys first."""

    def background(self) -> match.Background:
        """Yield how common marks are among the newest documents; counted anew as the books grow."""

    def told_in(self, stories: Sequence[str], *, limit: int) -> Sequence[match.Candidate]:
        """Yield the newest current documents of some stories, the oldest of them first."""

    def written_by(self, source_id: str, beside: Sequence[str], *, limit: int) -> Sequence[match.Fingerprint]:
        """Yield what a source, and those that some documents are of, published last: `limit` of each."""

    def members(self, statement: str) -> Sequence[match.Candidate]:
        """Yield the current documents of a statement, or of the one that it was merged into."""

    def join(self, statement: str, others: Sequence[str], *, now: datetime) -> None:
        """Let statements be one from now on; what was published on either is marked for review."""

    def retell(self, told: Sequence[Kinship]) -> None:
        """Enter the relations of a statement's documents anew; what an editor placed stays."""

    def add_document(self, entry: Entry) -> None:
        """Enter a document; what it revises is no longer current; its statement appears in the inbox or changes."""

    def source_visited(self, source_id: str, visited: Visited) -> None:
        """Note how a visit to a source's own address went."""

    def tell_once(self, source_id: str, mark: str) -> None:
        """Note that a trouble with a single mail, file or note was told, by its digest."""

    def looked_home(self, source_id: str, *, ahead: int, at: datetime) -> None:
        """Note how many statements stand on the page that a silent feed belongs to, and in no list of ours."""

    def page_visited(self, url: str, visited: Visited) -> None:
        """Note how a visit to a page went."""

    def put_off(self, due: DueSource | DuePage, *, until: datetime) -> None:
        """Note that nothing was asked, because the site rests; nothing else of what is known changes."""

    def outdated(self, present: Versions, *, limit: int) -> Sequence[Outdated]:
        """Yield current documents that an older version of a room made, oldest first."""

    def renew(self, key: str, renewed: Renewed) -> None:
        """Enter what the present rooms made of a document; its statement and what editors said of it stay."""
