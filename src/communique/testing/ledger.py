"""The books in memory: what flow needs of a ledger, without a database. Passes the contract tests of the real one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from communique import match
from communique.flow import course, reckoning
from communique.flow.ledger import (
    MOST_TOLD,
    Due,
    DuePage,
    DueSource,
    Entry,
    Found,
    Known,
    Outdated,
    Renewed,
    Versions,
    Visited,
)
from communique.kit import urls
from communique.records import Capture, Evidence, Hints, Kinship, Numerals, Source, Validators
from communique.testing import _books

Row = TypeVar("Row")


class MemoryLedger:
    """A ledger for tests and for trying things out: threads share one, nothing outlives it."""

    def __init__(self) -> None:
        self._books = _books.Books()
        self._background, self._counted = match.background([]), 0
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Exclude other threads; on an exception the books are as they were."""
        with self._lock:
            before = self._books.copy()
            try:
                yield
            except BaseException:
                self._books = before
                raise

    def counts(self) -> dict[str, int]:
        """Yield how many rows the books hold, by kind."""
        books = self._books
        return {
            "sources": len(books.sources),
            "pages": len(books.pages),
            "captures": len(books.captures),
            "statements": len(books.stories),
            "documents": len(books.documents),
            "current": sum(row.is_current for row in books.documents.values()),
        }

    def entries(self) -> tuple[Entry, ...]:
        """Yield all documents as they were entered, oldest first."""
        return tuple(row.entry for row in self._books.documents.values())

    def add_source(self, source: Source, *, now: datetime) -> bool:
        """Enter a source, due at once; False where its address or its id is there already."""
        known = self._books.sources
        if source.id in known or any(urls.identity(one.url) == urls.identity(source.url) for one, _ in known.values()):
            return False
        known[source.id] = (source, _books.Course(next_at=now))
        return True

    @contextmanager
    def due(self, now: datetime, *, limit: int) -> Iterator[Due]:
        """Yield what may be visited, the longest due first. One process has these books, so no host is locked."""
        yield Due(
            sources=[
                _books.due_source(*row) for row in _longest_due(self._books.sources.values(), _of_source, now)[:limit]
            ],
            pages=[self._due_page(row) for row in _longest_due(self._books.pages.values(), _of_page, now)[:limit]],
        )

    def _due_page(self, page: _books.Page) -> DuePage:
        source, of_source = self._books.sources[page.source_id]
        found, course = page.found, page.course
        return DuePage(
            url=found.url,
            source=source,
            hints=Hints(
                listing_date=found.listing_date,
                feed_date=found.feed_date,
                languages=source.languages,
                day_order=of_source.day_order,
            ),
            validators=course.validators,
            digest=course.digest,
            visits=course.visits,
            troubles_in_row=course.troubles_in_row,
        )

    def next_due_at(self) -> datetime | None:
        """Yield when the next source or page becomes due; None: nothing is watched."""
        courses = [*map(_of_source, self._books.sources.values()), *map(_of_page, self._books.pages.values())]
        return min((course.next_at for course in courses if course.next_at is not None), default=None)

    def is_known(self, url: str) -> bool:
        """Tell whether an address (by its identity), or a body (by its "sha256:…"), is in the books."""
        if url.startswith("sha256:"):
            return any(kept.digest == url for _, kept in self._books.captures.values())
        return urls.identity(url) in self._books.pages

    def add_capture(self, capture: Capture, evidence: Evidence) -> bool:
        """Enter where a capture is kept; False where it is there already."""
        if evidence.record_id in self._books.captures:
            return False
        self._books.captures[evidence.record_id] = (capture, evidence)
        return True

    def add_found(self, source_id: str, found: Iterable[Found], *, now: datetime) -> int:
        """Enter addresses that a source names, due at once unless they say otherwise; known ones stay as they are."""
        rows = {urls.identity(one.url): one for one in found}
        new = {identity: one for identity, one in rows.items() if identity not in self._books.pages}
        if self._books.sources[source_id][1].day_order is not None:
            self._redate({identity: one for identity, one in rows.items() if identity not in new and one.listing_date})
        for identity, one in new.items():
            course = _books.Course(next_at=now if one.is_due else None)
            self._books.pages[identity] = _books.Page(source_id=source_id, found=one, course=course, found_at=now)
        return len(new)

    def _redate(self, found: Mapping[str, Found]) -> None:
        """Enter days that a list gives for known pages, once it is known how its source writes them."""
        for identity, one in found.items():
            page = self._books.pages[identity]
            if page.found.listing_date != one.listing_date:
                dated = replace(page.found, listing_date=one.listing_date)
                self._books.pages[identity] = replace(page, found=dated)
                self._read_again(partial(_is_at, identity))

    def _learn(self, source_id: str, numerals: Numerals | None) -> None:
        """Count a page that shows how its source writes days; what was read otherwise is due to be read again."""
        source, known = self._books.sources[source_id]
        shown = reckoning.shown(numerals)
        added = replace(
            known, day_first=known.day_first + (shown == "day-first"),
            month_first=known.month_first + (shown == "month-first"),
        )  # fmt: skip
        order = added.day_order
        if order != known.day_order:
            added = replace(added, validators=Validators())
            self._read_again(
                lambda one: one.source_id == source_id and reckoning.is_outdated(one.document.numerals, order)
            )
        self._books.sources[source_id] = (source, added)

    def _read_again(self, is_meant: Callable[[Entry], bool]) -> None:
        for number, row in self._books.documents.items():
            if row.is_current and is_meant(row.entry):
                made = replace(row.entry, versions=replace(row.entry.versions, read=0))
                self._books.documents[number] = replace(row, entry=made)

    def last_seen(self, urls: Iterable[str]) -> Mapping[str, datetime]:
        """Yield of each address that is known when its page was last visited, or else when it was found."""
        pages = {url: self._books.pages.get(self._root(url)) for url in urls}
        return {url: page.course.visited_at or page.found_at for url, page in pages.items() if page}

    def due_again(self, url: str, *, at: datetime) -> None:
        """Let a known page be visited at an instant, or sooner where it is due before."""
        page = self._books.pages[self._root(url)]
        course = replace(page.course, next_at=min(at, page.course.next_at or at))
        self._books.pages[self._root(url)] = replace(page, course=course)

    def same(self, url: str, other: str, *, now: datetime) -> str:
        """Note that two addresses lead to one page; yields the one under which it is known from now on."""
        pages, here = self._books.pages, self._root(url)
        if urls.identity(other) not in pages:
            made = _books.Page(
                source_id=pages[here].source_id, found=Found(url=other), course=_books.Course(next_at=None),
                found_at=now,
            )  # fmt: skip
            pages[urls.identity(other)] = replace(made, same_as=here)
            return pages[here].found.url
        there = self._root(other)
        if pages[there].is_disputed or pages[here].is_disputed:
            return pages[here].found.url
        is_first = list(pages).index(there) < list(pages).index(here) and self.current(url) is None
        kept, left = (there, here) if self.current(other) or is_first else (here, there)
        for identity, page in pages.items():
            if kept != left and left in (identity, page.same_as):
                pages[identity] = replace(page, same_as=kept, course=replace(page.course, next_at=None))
        return pages[kept].found.url

    def apart(self, url: str, *, now: datetime) -> None:
        """Take back that an address leads to another's page; it is a page of its own, due at once."""
        page = self._books.pages[urls.identity(url)]
        if not page.is_disputed:
            course = replace(page.course, next_at=now) if page.same_as else page.course
            self._books.pages[urls.identity(url)] = replace(page, same_as=None, is_disputed=True, course=course)

    def _root(self, url: str) -> str:
        identity = urls.identity(url)
        page = self._books.pages.get(identity)
        return page.same_as or identity if page else identity

    def current(self, url: str) -> Known | None:
        """Yield the current document at an address (by its identity)."""
        identity = self._root(url)
        for key, row in self._books.documents.items():
            if row.is_current and self._root(row.entry.url) == identity:
                return Known(key=str(key), document=row.entry.document, assignment=row.assignment)
        return None

    def candidates(self, keys: frozenset[int], *, limit: int) -> Sequence[match.Candidate]:
        """Yield current documents that share a key, those that share most (and rarest) keys first."""
        current = {number: row for number, row in reversed(self._books.documents.items()) if row.is_current}
        known = self.background()
        sharers = {
            key: [number for number, row in current.items() if key in row.entry.keys][: match.SHARERS]
            for key in match.telling(keys, known)
        }
        near = match.nearest(sharers, known, limit=limit)
        return [_candidate(number, current[number]) for number in near]

    def background(self) -> match.Background:
        """Yield how common marks are among the newest documents."""
        if match.is_outgrown(self._counted, len(self._books.documents)):
            self._counted = len(self._books.documents)
            newest = list(self._books.documents.values())[-match.COUNTED :]
            self._background = match.background(row.entry.fingerprint for row in newest)
        return self._background

    def told_in(self, stories: Sequence[str], *, limit: int) -> Sequence[match.Candidate]:
        """Yield the newest current documents of some stories, the oldest of them first."""
        current = [(number, row) for number, row in self._books.documents.items() if row.is_current]
        return [_candidate(*one) for one in current if one[1].assignment.story in stories][-limit:]

    def written_by(self, source_id: str, beside: Sequence[str], *, limit: int) -> Sequence[match.Fingerprint]:
        """Yield what a source, and those that some documents are of, published last: `limit` of each."""
        documents = self._books.documents
        sources = dict.fromkeys([source_id, *(documents[int(key)].entry.source_id for key in beside)])
        rows = {one: [row for row in documents.values() if row.entry.source_id == one] for one in sources}
        return [row.entry.fingerprint for one in rows.values() for row in [*filter(_is_current, one)][-limit:]]

    def members(self, statement: str) -> Sequence[match.Candidate]:
        """Yield the current documents of a statement, or of the one that it was merged into."""
        name = self._books.standing(statement)
        rows = self._books.documents.items()
        return [_candidate(number, row) for number, row in rows if row.is_current and row.assignment.statement == name]

    def join(self, statement: str, others: Sequence[str], *, now: datetime) -> None:
        """Let statements be one from now on."""
        books = self._books
        names = sorted({books.standing(one) for one in (statement, *others)}, key=list(books.stories).index)
        books.merged |= dict.fromkeys(names[1:], names[0])
        for number, row in books.documents.items():
            if row.assignment.statement in names[1:]:
                placed = replace(row.assignment, statement=names[0], story=books.stories[names[0]])
                books.documents[number] = replace(row, assignment=placed)

    def retell(self, told: Sequence[Kinship]) -> None:
        """Enter the relations of a statement's documents anew."""
        for one in told:
            row = self._books.documents[int(one.key)]
            placed = replace(row.assignment, relation=one.relation, of=one.of, score=one.score)
            self._books.documents[int(one.key)] = replace(row, assignment=placed)

    def add_document(self, entry: Entry) -> None:
        """Enter a document; what it revises is no longer current."""
        books = self._books
        _ = books.captures[entry.record_id]  # evidence comes first: a KeyError here is a fault of the caller
        statement = entry.assignment.statement
        if entry.revises:
            revised = books.documents[int(entry.revises)]
            books.documents[int(entry.revises)] = replace(revised, is_current=False)
            statement = revised.assignment.statement
        statement = books.standing(statement)
        story = books.stories.setdefault(statement, entry.assignment.story)
        seen = Found(url=entry.url)
        books.pages.setdefault(
            urls.identity(entry.url),
            _books.Page(
                source_id=entry.source_id, found=seen, course=_books.Course(next_at=None), found_at=entry.seen_at
            ),
        )
        placed = replace(entry.assignment, statement=statement, story=story, joins=(), is_retold=False)
        books.documents[len(books.documents) + 1] = _books.Row(entry=entry, assignment=placed)
        self._learn(entry.source_id, entry.document.numerals)

    def outdated(self, present: Versions, *, limit: int) -> Sequence[Outdated]:
        """Yield current documents that an older version of a room made, oldest first."""
        rows = [
            self._outdated(number, row.entry)
            for number, row in self._books.documents.items()
            if row.is_current and _is_older(row.entry.versions, present)
        ]
        return rows[:limit]

    def _outdated(self, number: int, entry: Entry) -> Outdated:
        page = self._due_page(self._books.pages[urls.identity(entry.url)])
        return Outdated(
            key=str(number),
            document=entry.document,
            source=page.source,
            hints=page.hints,
            evidence=self._books.captures[entry.record_id][1],
            versions=entry.versions,
        )

    def renew(self, key: str, renewed: Renewed) -> None:
        """Enter what the present rooms made of a document; its statement stays."""
        row = self._books.documents[int(key)]
        made = replace(
            row.entry,
            document=renewed.document,
            keys=renewed.keys,
            fingerprint=renewed.fingerprint,
            coding=renewed.coding,
            trouble=renewed.trouble,
            versions=renewed.versions,
        )
        self._books.documents[int(key)] = replace(row, entry=made)

    def source_visited(self, source_id: str, visited: Visited) -> None:
        """Note how a visit to a source's own address went."""
        source, course = self._books.sources[source_id]
        noted = replace(_books.noted(course, visited), next_at=visited.next_at or course.next_at)
        self._books.sources[source_id] = (source, noted)
        self._learn(source_id, visited.numerals)

    def tell_once(self, source_id: str, mark: str) -> None:
        """Note that a trouble with a single mail, file or note was told, by its digest."""
        source, course = self._books.sources[source_id]
        self._books.sources[source_id] = (source, replace(course, told=(*course.told, mark)[-MOST_TOLD:]))

    def looked_home(self, source_id: str, *, ahead: int, at: datetime) -> None:
        """Note how many statements stand on the page that a silent feed belongs to, and in no list of ours."""
        source, known = self._books.sources[source_id]
        memory = course.seen_at_home(known.memory, ahead=ahead, at=at)
        self._books.sources[source_id] = (source, replace(known, memory=memory))

    def page_visited(self, url: str, visited: Visited) -> None:
        """Note how a visit to a page went."""
        identity = urls.identity(url)
        page = self._books.pages[identity]
        noted = _books.noted(page.course, visited)
        self._books.pages[identity] = replace(page, course=replace(noted, next_at=None) if page.same_as else noted)

    def put_off(self, due: DueSource | DuePage, *, until: datetime) -> None:
        """Note that nothing was asked, because the site rests."""
        books = self._books
        if isinstance(due, DueSource):
            source, course = books.sources[due.source.id]
            books.sources[due.source.id] = (source, replace(course, next_at=until))
            return
        identity = urls.identity(due.url)
        page = books.pages[identity]
        books.pages[identity] = replace(page, course=replace(page.course, next_at=until))


def _is_older(made: Versions, present: Versions) -> bool:
    return made.read < present.read or made.match < present.match or made.code < present.code


def _of_source(row: tuple[Source, _books.Course]) -> _books.Course:
    return row[1]


def _of_page(row: _books.Page) -> _books.Course:
    return row.course


def _longest_due(rows: Iterable[Row], course: Callable[[Row], _books.Course], now: datetime) -> list[Row]:
    due = [(at, number, row) for number, row in enumerate(rows) if (at := course(row).next_at) and at <= now]
    return [row for _, _, row in sorted(due, key=lambda one: one[:2])]


def _is_at(identity: str, entry: Entry) -> bool:
    return urls.identity(entry.url) == identity


def _is_current(row: _books.Row) -> bool:
    return row.is_current


def _candidate(number: int, row: _books.Row) -> match.Candidate:
    return match.Candidate(
        key=str(number),
        fingerprint=row.entry.fingerprint,
        statement=row.assignment.statement,
        story=row.assignment.story,
    )
