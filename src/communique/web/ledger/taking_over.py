"""Another wire's dispatches become this one's: numbered from the oldest, each once, no date invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from communique.flow import account
from communique.flow.reading import Reader
from communique.kit import digest, text, urls
from communique.records import Coding, Context, Dispatch, DispatchSource, Evidence, Trouble
from communique.web.ledger import models, publication
from communique.web.ledger.store import DatabaseLedger

_AT_ONCE = 10_000  # keys asked for in one query; databases take some 32,000 parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """One entry of another wire's page, feed or export."""

    text: str  # as printed; white space is collapsed when it is taken over
    url: str | None = None  # None: the page gives no link
    published: datetime | None = None  # aware; None: the page gives no date
    precision: Literal["minute", "day"] = "minute"
    pinned: bool = False
    language: str | None = None
    name: str | None = None  # what its feed calls it (guid, id); None: it has no such name
    page: int = 0  # on which of the pages or files that were read it stands: an index of `Terms.evidence`


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for all entries of one import."""

    publisher: str | None  # the wire that they come from
    language: str
    is_published: bool
    now: datetime
    evidence: tuple[Evidence, ...]  # the files or pages that they were read from; empty: nothing was kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import did with one entry."""

    text: str
    number: int | None  # None: a draft
    coding: Coding | None  # None: it could not be coded, and `trouble` says why
    trouble: Trouble | None


def new_entries(entries: Sequence[Foreign], publisher: str | None) -> list[tuple[str, Foreign]]:
    """Yield the entries that are not here yet, oldest first, each with the key by which it is known from then on.

    A list stands newest first, so it is turned round. What stands twice in it comes once. An entry is known by its
    address. Some wires give one address to several entries (their front page, the statement that two of them tell
    of): there it is known by address and words.
    """
    worded = [entry for entry in reversed(entries) if text.collapsed(entry.text)]
    apart = {(_named(entry), _alone(entry)) for entry in worded}
    times = Counter(address for address, _ in apart)
    wanted: dict[str, Foreign] = {}
    for entry in worded:
        plain, full = _keys(entry, publisher)
        wanted[full if times[_named(entry)] > 1 else plain] = entry
    known = _known([key for entry in wanted.values() for key in _keys(entry, publisher)])
    return [(key, entry) for key, entry in wanted.items() if not _is_here(key, entry, publisher, known)]


def _is_here(key: str, entry: Foreign, publisher: str | None, known: Mapping[str, str]) -> bool:
    """Tell whether an entry was taken over before, when its address may have had it alone or with others."""
    plain, full = _keys(entry, publisher)
    if full in known:
        return True
    return plain in known and (key == plain or text.folded(known[plain]) == text.folded(entry.text))


def _named(entry: Foreign) -> str:
    return urls.identity(entry.url) if entry.url else _alone(entry)


def _alone(entry: Foreign) -> str:
    """Yield what an entry is known by if its address says nothing: its feed's name for it, else its words."""
    return entry.name or text.folded(entry.text)


def _keys(entry: Foreign, publisher: str | None) -> tuple[str, str]:
    """Yield the key of an entry whose address is its own, and of one that shares it."""
    return _key(publisher, _named(entry), ""), _key(publisher, _named(entry), _alone(entry))


def _key(publisher: str | None, address: str, own: str) -> str:
    return digest.sha256_of_text(f"{publisher or ''}\n{address}" + (f"\n{own}" if own else ""))


def _known(keys: Sequence[str]) -> dict[str, str]:
    """Yield the keys that are here, each with the words of its dispatch."""
    known: dict[str, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        rows = models.Dispatch.objects.filter(import_key__in=keys[start : start + _AT_ONCE])
        known.update((row.import_key or "", row.text) for row in rows.only("import_key", "text"))
    return known


def take_over(entries: Iterable[tuple[str, Foreign]], terms: Terms, reader: Reader) -> list[Taken]:
    """Enter what `new_entries` gives, in the order given (oldest first), all in one transaction."""
    made = [(key, entry, _coded(entry, terms, reader)) for key, entry in entries]
    taken = []
    with DatabaseLedger().transaction():
        for key, entry, coded in made:
            coding = coded if isinstance(coded, Coding) else None
            dispatch = _dispatch(entry, coding, terms)
            row = publication.take_over(
                dispatch,
                import_key=key,
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
        id=0, text=wording, pinned=entry.pinned, published=entry.published,
        published_precision=entry.precision if entry.published else "minute",
        language=entry.language or terms.language, publisher=terms.publisher, actors=told.actors, events=told.events,
        country=told.country, place=told.place, occasion=told.occasion, series=told.series,
        occasion_number=told.occasion_number, sources=_sources(entry, terms),
    )  # fmt: skip


def _sources(entry: Foreign, terms: Terms) -> tuple[DispatchSource, ...]:
    kept = terms.evidence[entry.page] if terms.evidence else None
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
