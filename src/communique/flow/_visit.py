"""The outer half of the corridor: an address is captured, kept as evidence, and read. Nothing is entered yet.

Runs in a thread for each host; touches the network, the evidence folder and the reading pool, never the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from communique import archive, collect
from communique.flow import _absence, _notes, _sitemaps
from communique.flow.ledger import DuePage, DueSource
from communique.flow.reading import Reader
from communique.kit import digest
from communique.records import (
    Capture,
    Coding,
    Context,
    Document,
    Evidence,
    Feed,
    Hints,
    Listing,
    Sitemap,
    Source,
    Trouble,
)

LOCAL = ("mail", "folder")  # kinds of sources whose captures come from no web page, and from many bodies
OF_ONE = frozenset({"link", "not-a-file", "too-large", "unknown-kind", "unreadable"})  # troubles of a mail or file
LEAD_CHARACTERS = 700  # a press sentence is coded from title and lead; the body repeats and quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a visit works with."""

    client: collect.Client
    reader: Reader
    evidence: Path
    clock: Callable[[], datetime]
    first_pages: int = 5  # of a list or feed that is seen for the first time: the last weeks, not a whole archive

    def break_off(self) -> None:
        """End all visits under way, from any thread: each raises collect.Stopped. The means are of no use after it."""
        self.client.stop()
        self.reader.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer, and where it is kept."""

    capture: Capture
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One answer, kept and read; or what went wrong."""

    due: DueSource | DuePage
    at: datetime
    kept: Kept | None = None  # None: nothing answered
    made: Document | Listing | Feed | Sitemap | None = None  # None: nothing new to read
    coding: Coding | None = None  # of a document
    trouble: Trouble | None = None
    coding_trouble: str | None = None
    is_further: bool = False  # came with a visit: an older page of a list, a part of a sitemap, a note of a feed
    address: str | None = None  # of a note; None: that of the page, or of the capture
    is_home: bool = False  # the page that a silent feed belongs to, looked at to see whether that moves on
    not_before: datetime | None = None  # the site wishes to be left alone until then; None: it wishes nothing


def whole(document: Document) -> str:
    """Yield all that a document says: title, standfirst, text. What is coded (`told`) is how it begins."""
    return "\n\n".join(_paragraphs(document))


def told(document: Document) -> str:
    """Yield what a document tells first: its title, its standfirst or lead. This is the text that is coded."""
    parts: list[str] = []
    for paragraph in _paragraphs(document):
        parts.append(paragraph)
        if sum(map(len, parts)) > LEAD_CHARACTERS:
            break
    return "\n\n".join(parts)


def _paragraphs(document: Document) -> tuple[str, ...]:
    above = [part for part in (document.title, document.standfirst) if part]
    return (*above, *(paragraph for paragraph in document.text.split("\n\n") if paragraph not in above))


def visits(due: DueSource | DuePage, means: Means, *, is_known: Callable[[str], bool]) -> Iterator[Visit]:
    """Visit a source or a page: one Visit for each answer, at least one in all."""
    came = False
    for got in _captures(due, means, is_known):
        visit = _trouble(due, means, got) if isinstance(got, Trouble) else _kept(due, means, got)
        if visit.kept is None and _is_told(visit):
            continue
        came = True
        yield visit
        yield from _further(visit, means)
    if not came:  # a mail folder without a new mail
        yield Visit(due=due, at=means.clock())


def once(visit: Visit) -> str | None:
    """Yield the mark of a trouble that is told once: it is of a single mail, file or note, and stays.

    None: it is told each time, or there is none.
    """
    trouble = visit.trouble
    if trouble is None or isinstance(visit.due, DuePage):
        return None
    is_of_one = visit.due.source.kind in LOCAL and trouble.kind in OF_ONE
    return digest.sha256_of_text(f"{trouble.kind} {trouble.detail}") if is_of_one or visit.address else None


def _is_told(visit: Visit) -> bool:
    return isinstance(visit.due, DueSource) and once(visit) in visit.due.told


def _further(first: Visit, means: Means) -> Iterator[Visit]:
    """Yield what comes with a visit to a source: its notes, the parts of a sitemap, the older pages of a list."""
    if not isinstance(first.due, DueSource):
        return
    if isinstance(first.made, Sitemap):
        yield from _parts(first, first.due, means, depth=_sitemaps.DEPTH)
    yield from _noted(first, means)
    if first.due.is_first:
        yield from _older(first, means)


def _older(first: Visit, means: Means) -> Iterator[Visit]:
    """Page back through a list or feed that is seen for the first time; later its first page tells what is new."""
    seen, visit = {first.due.source.url}, first
    while (older := _before(visit.made)) and older not in seen and len(seen) < means.first_pages:
        seen.add(older)
        visit = _asked(older, first, means)
        yield visit
        yield from _noted(visit, means)


def _before(made: object) -> str | None:
    return made.older if isinstance(made, Listing | Feed) else None


def _parts(first: Visit, due: DueSource, means: Means, *, depth: int) -> Iterator[Visit]:
    """Ask the parts of a sitemap that may hold something new."""
    if not isinstance(first.made, Sitemap) or not depth:
        return
    for url in _sitemaps.parts(first.made, since=None if due.is_first else due.visited_at, now=first.at):
        visit = _asked(url, first, means)
        yield visit
        yield from _parts(visit, due, means, depth=depth - 1)


def _asked(url: str, first: Visit, means: Means) -> Visit:
    got = collect.capture(url, client=means.client, source_id=first.due.source.id)
    visit = _trouble(first.due, means, got) if isinstance(got, Trouble) else _kept(first.due, means, got)
    return replace(visit, is_further=True)


def _noted(visit: Visit, means: Means) -> Iterator[Visit]:
    """Read the entries of a feed that are statements themselves, with the feed as their evidence."""
    if not isinstance(visit.made, Feed) or visit.kept is None:
        return
    for address, entry in _notes.notes(visit.made, visit.due.source.url):
        page = _notes.page(entry, address, visit.kept.capture)
        hints = Hints(feed_date=entry.published or entry.updated, languages=visit.due.source.languages)
        note = replace(visit, made=None, is_further=True, address=address)
        read = _as_document(note, means, means.reader.document(page, hints))
        if not _is_told(read):
            yield read


def _captures(due: DueSource | DuePage, means: Means, is_known: Callable[[str], bool]) -> Iterator[Capture | Trouble]:
    if isinstance(due, DuePage):
        yield collect.capture(due.url, client=means.client, source_id=due.source.id, validators=due.validators)
    else:
        yield from collect.captures(due.source, client=means.client, validators=due.validators, is_known=is_known)


def _trouble(due: DueSource | DuePage, means: Means, trouble: Trouble) -> Visit:
    return Visit(due=due, at=means.clock(), trouble=trouble)


def _kept(due: DueSource | DuePage, means: Means, capture: Capture) -> Visit:
    kept = Kept(capture=capture, evidence=archive.keep(capture, folder=means.evidence))
    visit = Visit(due=due, at=capture.fetched_at, kept=kept)
    if capture.status == 304 or (isinstance(due, DuePage) and capture.digest == due.digest):
        return visit
    is_page = isinstance(due, DuePage) or due.source.kind == "page"
    if (refused := _refused(capture, is_page=is_page)) is not None:
        return replace(visit, trouble=refused)
    return _read(visit, means, capture)


def _refused(capture: Capture, *, is_page: bool) -> Trouble | None:
    if is_page and (absent := _absence.of_answer(capture, url=capture.url)) is not None:
        return absent.of(capture.url)
    if 200 <= capture.status < 300:
        return None
    if capture.status in _absence.GONE:
        detail = f"{capture.url}: the site answers {capture.status}, it is gone; the evidence of earlier visits stays"
        return Trouble(room="collect", kind="gone", detail=detail, passing=False)
    detail = f"{capture.url}: the site answers {capture.status}; {_remedy(capture.status)}"
    return Trouble(
        room="collect", kind="refused", detail=detail, passing=capture.status >= 500 or capture.status == 429
    )


def _remedy(status: int) -> str:
    """Say what a person can do about an answer that brings nothing."""
    if status in (401, 403, 406, 451):  # not for everybody, or not for programs
        return "if it opens in a browser, ask the site to let this desk in (collect.contact tells it who asks)"
    return "it is tried again later"


def _read(visit: Visit, means: Means, capture: Capture) -> Visit:
    kind = visit.due.source.kind if isinstance(visit.due, DueSource) else "page"
    made: Listing | Feed | Sitemap | Trouble
    if kind == "feed":
        made = means.reader.feed(capture)
    elif kind == "listing":
        made = _listing(visit.due, means, capture)
    elif kind == "sitemap":
        made = means.reader.sitemap(capture)
    else:
        return _as_page(visit, means, capture)
    if isinstance(made, Trouble) or (isinstance(made, Listing) and not made.items):
        made = _instead(capture, means) or made
    return replace(visit, trouble=made) if isinstance(made, Trouble) else replace(visit, made=made)


def _instead(capture: Capture, means: Means) -> Trouble | None:
    """Say what stands where a list or feed is looked for: a login, a notice, a domain for sale; None: none of those."""
    absent = _absence.of_answer(capture, url=capture.url)
    if absent is None and capture.body:
        read = means.reader.document(capture, Hints())
        absent = _absence.of_page(capture, read if isinstance(read, Document) else None)
    return absent.of(capture.url) if absent else None


def _listing(due: DueSource | DuePage, means: Means, capture: Capture) -> Listing | Trouble:
    """Read a list with what is known of it and of its source."""
    if isinstance(due, DuePage):
        return means.reader.listing(capture)
    return means.reader.listing(capture, due.memory.history, due.day_order)


def _as_page(visit: Visit, means: Means, capture: Capture) -> Visit:
    """Read a page of the web, a mail or a file; a notice that a page is not there is no document."""
    made = means.reader.document(capture, _hints(visit.due))
    if visit.due.source.kind not in LOCAL or isinstance(visit.due, DuePage):
        document = None if isinstance(made, Trouble) else made
        absent = _absence.of_page(capture, document)
        made = made if absent is None else absent.of(capture.url)
    return _as_document(visit, means, made)


def _as_document(visit: Visit, means: Means, made: Document | Trouble) -> Visit:
    if isinstance(made, Trouble):
        return replace(visit, trouble=made)
    return _coded(replace(visit, made=made), means, made)


def _hints(due: DueSource | DuePage) -> Hints:
    if isinstance(due, DuePage):
        return due.hints
    return Hints(languages=due.source.languages, day_order=due.day_order)


def _coded(visit: Visit, means: Means, document: Document) -> Visit:
    coding = means.reader.coding(told(document), context(document, visit.due.source))
    if isinstance(coding, Trouble):
        return replace(visit, coding_trouble=coding.detail)
    return replace(visit, coding=coding)


def context(document: Document, source: Source) -> Context:
    """Yield what is known of a document beside its words."""
    day = document.published.day if document.published else None
    publisher = source.publisher or (document.publisher if source.kind in LOCAL else None)
    return Context(language=document.language, published=day, publisher=publisher)
