"""Another wire's dispatches become this one's: numbered from the oldest, each once, no date invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from communique.flow import account
from communique.flow.reading import Reader
from communique.kit import digest, text, urls
from communique.records import Coding, Context, Dispatch, DispatchSource, Evidence, Trouble
from communique.web.ledger import models, publication
from communique.web.ledger.store import DatabaseLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """One entry of another wire's page, feed or export."""

    text: str  # as printed; white space is collapsed when it is taken over
    url: str | None = None  # None: the page gives no link
    published: datetime | None = None  # aware; None: the page gives no date
    precision: Literal["minute", "day"] = "minute"
    pinned: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for all entries of one import."""

    publisher: str | None  # the wire that they come from
    language: str
    is_published: bool
    now: datetime
    evidence: Evidence | None  # the file or page that they were read from; None: nothing was kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import did with one entry."""

    text: str
    number: int | None  # None: a draft
    coding: Coding | None  # None: it could not be coded, and `trouble` says why
    trouble: Trouble | None


def key(entry: Foreign, publisher: str | None) -> str:
    """Yield what an entry is known by: its address where it has one, else its words; and the wire it is from."""
    named = urls.identity(entry.url) if entry.url else text.folded(entry.text)
    return digest.sha256_of_text(f"{publisher or ''}\n{named}")


def new_entries(entries: Sequence[Foreign], publisher: str | None) -> list[Foreign]:
    """Yield the entries that are not here yet, oldest first: a list stands newest first, so it is turned round."""
    wanted = {key(entry, publisher): entry for entry in reversed(entries) if text.collapsed(entry.text)}
    known = models.Dispatch.objects.filter(import_key__in=list(wanted)).values_list("import_key", flat=True)
    there = set(known)
    return [entry for name, entry in wanted.items() if name not in there]


def take_over(entries: Iterable[Foreign], terms: Terms, reader: Reader) -> list[Taken]:
    """Enter entries that are not here yet, in the order given (oldest first), all in one transaction."""
    made = [(entry, _coded(entry, terms, reader)) for entry in entries]
    taken = []
    with DatabaseLedger().transaction():
        for entry, coded in made:
            coding = coded if isinstance(coded, Coding) else None
            dispatch = _dispatch(entry, coding, terms)
            row = publication.take_over(
                dispatch,
                import_key=key(entry, terms.publisher),
                coding=coding,
                now=terms.now,
                is_published=terms.is_published,
            )
            trouble = coded if isinstance(coded, Trouble) else None
            taken.append(Taken(text=dispatch.text, number=row.number, coding=coding, trouble=trouble))
    return taken


def _coded(entry: Foreign, terms: Terms, reader: Reader) -> Coding | Trouble:
    day = entry.published.date() if entry.published else None
    context = Context(language=entry.language or terms.language, published=day, publisher=None)
    return reader.coding(text.collapsed(entry.text), context)


def _dispatch(entry: Foreign, coding: Coding | None, terms: Terms) -> Dispatch:
    wording, told = text.collapsed(entry.text), account.of_coding(coding)
    return Dispatch(
        id=0, text=wording, pinned=entry.pinned, published=entry.published, published_precision=entry.precision,
        language=entry.language or terms.language, publisher=terms.publisher, actors=told.actors, events=told.events,
        country=told.country, place=told.place, occasion=told.occasion, sources=_sources(entry, terms),
    )  # fmt: skip


def _sources(entry: Foreign, terms: Terms) -> tuple[DispatchSource, ...]:
    kept = terms.evidence
    if entry.url is None and kept is None:
        return ()
    return (
        DispatchSource(
            url=entry.url or (kept.url if kept else ""),
            publisher=None,
            language=entry.language or terms.language,
            published=entry.published.date().isoformat() if entry.published else None,
            captured=kept.captured_at.isoformat() if kept else None,
            digest=kept.digest if kept else None,
        ),
    )
