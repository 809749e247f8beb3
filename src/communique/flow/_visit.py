"""The outer half of the corridor: an address is captured, kept as evidence, and read. Nothing is entered yet.

Runs in a thread for each host; touches the network, the evidence folder and the reading pool, never the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from communique import archive, collect
from communique.flow.ledger import DuePage, DueSource
from communique.flow.reading import Reader
from communique.records import Capture, Coding, Context, Document, Evidence, Feed, Hints, Listing, Source, Trouble

GONE = (404, 410)
FIRST_PAGES = 5  # of a list that is seen for the first time: the last weeks, not a whole archive
LEAD_CHARACTERS = 700  # a press sentence is coded from title and lead; the body repeats and quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a visit works with."""

    client: collect.Client
    reader: Reader
    evidence: Path
    clock: Callable[[], datetime]

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
    made: Document | Listing | Feed | None = None  # None: nothing new to read
    coding: Coding | None = None  # of a document
    trouble: Trouble | None = None
    coding_trouble: str | None = None
    is_older: bool = False  # an older page of a list that is seen for the first time
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
        came = True
        visit = _trouble(due, means, got) if isinstance(got, Trouble) else _kept(due, means, got)
        yield visit
        yield from _older(visit, means)
    if not came:  # a mail folder without a new mail
        yield Visit(due=due, at=means.clock())


def _older(first: Visit, means: Means) -> Iterator[Visit]:
    """Page back through a list that is seen for the first time; later its first page tells what is new."""
    if not isinstance(first.due, DueSource) or not first.due.is_first:
        return
    seen, visit = {first.due.source.url}, first
    while (
        isinstance(visit.made, Listing) and (older := visit.made.next) and older not in seen and len(seen) < FIRST_PAGES
    ):
        seen.add(older)
        got = collect.capture(older, client=means.client, source_id=first.due.source.id)
        visit = _trouble(first.due, means, got) if isinstance(got, Trouble) else _kept(first.due, means, got)
        visit = _with(visit, is_older=True)
        yield visit


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
    if (refused := _refused(capture)) is not None:
        return _with(visit, trouble=refused)
    return _read(visit, means, capture)


def _refused(capture: Capture) -> Trouble | None:
    if 200 <= capture.status < 300:
        return None
    if capture.status in GONE:
        detail = (
            f"{capture.url}: the site answers {capture.status}, the page is gone; the evidence of earlier visits stays"
        )
        return Trouble(room="collect", kind="gone", detail=detail, passing=False)
    detail = f"{capture.url}: the site answers {capture.status}; it is tried again later"
    return Trouble(
        room="collect", kind="refused", detail=detail, passing=capture.status >= 500 or capture.status == 429
    )


def _read(visit: Visit, means: Means, capture: Capture) -> Visit:
    kind = visit.due.source.kind if isinstance(visit.due, DueSource) else "page"
    made: Document | Listing | Feed | Trouble
    if kind == "feed":
        made = means.reader.feed(capture)
    elif kind == "listing":
        made = means.reader.listing(capture)
    else:
        made = means.reader.document(capture, _hints(visit.due))
    if isinstance(made, Trouble):
        return _with(visit, trouble=made)
    return _coded(_with(visit, made=made), means, made) if isinstance(made, Document) else _with(visit, made=made)


def _hints(due: DueSource | DuePage) -> Hints:
    return due.hints if isinstance(due, DuePage) else Hints(languages=due.source.languages)


def _coded(visit: Visit, means: Means, document: Document) -> Visit:
    coding = means.reader.coding(told(document), context(document, visit.due.source))
    if isinstance(coding, Trouble):
        return _with(visit, coding_trouble=coding.detail)
    return _with(visit, coding=coding)


def context(document: Document, source: Source) -> Context:
    """Yield what is known of a document beside its words."""
    day = document.published.day if document.published else None
    return Context(language=document.language, published=day, publisher=source.publisher)


def _with(visit: Visit, **fields: object) -> Visit:
    from dataclasses import replace

    return replace(visit, **fields)  # type: ignore[arg-type]  # names and types are those of Visit, in this module only
