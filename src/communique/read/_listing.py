"""What a page lists: the entries that it exists to list, the next page, the feeds, and how they were found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import (
    _listing_choice,
    _listing_days,
    _listing_documents,
    _listing_entries,
    _listing_explanation,
    _listing_groups,
    _listing_history,
    _listing_next,
    _listing_pattern,
    _listing_slots,
    _listing_tree,
)
from communique.read._listing_choice import Rated
from communique.read._listing_days import Reckoning
from communique.read._listing_groups import Group, Record
from communique.read._listing_history import Entries, Seen
from communique.read._listing_slots import Found
from communique.read._listing_tree import Page
from communique.records import NO_HISTORY, Capture, DayOrder, ListHistory, Listing, ListingEntry, ListLesson, Trouble

PAGE_BYTES = 16 * 1024 * 1024
AHEAD = timedelta(days=366)  # what is announced for later than this is not a day of publication

ENDS_DATED = 0.5  # share of entries with a day, from which a link without one at an end is looked at
ENDS_NAMES = 0.5  # of the usual length of a title, below which it is of the frame

_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
_MONTH_FIRST_HOSTS = re.compile(r"\.(?:us|gov|mil|edu|ph)$")
_MONTH_FIRST_LANGUAGES = re.compile(r"en-(?:us|ph)|fil", re.I)


def listing(
    capture: Capture, *, history: ListHistory = NO_HISTORY, day_order: DayOrder | None = None
) -> Listing | Trouble:  # fmt: skip
    """Yield what a page lists, in page order, with a sentence that says how it was found or why nothing was.

    `history` is what earlier captures of this list have shown, `day_order` what all pages of its source have;
    `Listing.lesson` is what this one adds.
    """
    if len(capture.body) > PAGE_BYTES:
        return _trouble(capture, "too-large", f"holds more than {PAGE_BYTES // 1024**2} MiB; no list is that long")
    if not capture.body.strip():
        return _trouble(capture, "empty", "is empty; look at what the address answers in a browser")
    if capture.body.startswith(b"%PDF-"):
        return _trouble(capture, "not-html", "is a PDF, where a web page is expected; read it as a document")
    page = _listing_tree.page(capture.body, charset=capture.charset, url=capture.final_url)
    if page is None:
        return _trouble(
            capture,
            "not-html",
            "can't be read as a web page, or has more parts, or more within each other, than any list",
        )
    return _read(page, _reckoning(page, capture.fetched_at.date() + AHEAD, day_order), history)


def _read(page: Page, reckoning: Reckoning, history: ListHistory) -> Listing:
    older = _listing_next.older_page(page)
    seen = _listing_history.seen(page, history)

    def lones() -> list[Rated]:
        return _listing_choice.rated(page, _listing_groups.lone(page, older=older), reckoning)

    rated = _listing_choice.rated(page, _listing_groups.groups(page, older=older), reckoning)
    found = _listing_history.moving_first(rated, seen)
    tried = _listing_pattern.tried(page, found, history, lones=lones)
    is_looked_up = bool(tried.kept) and history.is_steady
    chosen = list(tried.kept) if is_looked_up else _listing_choice.chosen(found) or _listing_choice.lone(lones())
    slots = [_listing_slots.found(page, one.group.records, reckoning, history.pattern) for one in chosen]
    entries = _entries(page, chosen, slots, reckoning, seen)
    told = _listing_explanation.Told(
        page=page, found=found, kept=chosen, entries=len(entries), history=history, tried=tried,
        is_looked_up=is_looked_up,
    )  # fmt: skip
    return Listing(
        url=page.address, items=tuple(entry for entry, _ in entries),
        next=_listing_next.next_page(page, older), older=older, feeds=_feeds(page),
        explanation=_listing_explanation.explanation(told),
        hub=_related(page, "hub"), topic=_related(page, "self"),
        lesson=ListLesson(
            pattern=_listing_pattern.of(page, chosen, slots), links=_listing_history.marks(page),
            familiar=_listing_history.familiar(entries, seen), breach=tried.breach,
            numerals=reckoning.numerals,
        ),
    )  # fmt: skip


def _reckoning(page: Page, latest: date, known: DayOrder | None) -> Reckoning:
    here = bool(_MONTH_FIRST_HOSTS.search(urls.host(page.address))) or bool(
        _MONTH_FIRST_LANGUAGES.match(page.language or "")
    )
    lines = (str(part) for part in page.root.itertext() if 6 <= len(part) <= 400)
    numerals, has_any = _listing_days.numerals(lines, known=known, month_first_here=here or None)
    return Reckoning(
        order=numerals.order, latest=latest, language=page.language, numerals=numerals if has_any else None
    )  # fmt: skip


def _entries(page: Page, chosen: list[Rated], slots: list[Found], reckoning: Reckoning, seen: Seen) -> Entries:
    """Yield the entries in page order, each address once."""
    found: Entries = []
    for each, its in zip(chosen, slots, strict=True):
        of_group = _without_ends(list(_of_group(page, each.group, its, reckoning)))
        found += _listing_history.without_frame(of_group, seen)
    found.sort(key=lambda one: one[1].link.place)
    known: dict[str, tuple[ListingEntry, Record]] = {}
    for entry, record in found:
        known.setdefault(record.link.identity, (entry, record))
    entries = list(known.values())
    said = _listing_entries.pinned([entry for entry, _ in entries], [record for _, record in entries])
    stayed = _listing_history.pins(entries, seen)
    return [
        (replace(entry, pinned=is_said or has_stayed), record)
        for (entry, record), is_said, has_stayed in zip(entries, said, stayed, strict=True)
    ]


def _without_ends(found: Entries) -> Entries:
    """Cut short links without a day before the first dated entry and behind the last: of the frame, built alike."""
    dated = [number for number, (entry, _) in enumerate(found) if entry.date]
    if len(dated) < max(1, ENDS_DATED * len(found)):
        return found
    usual = median(len(entry.title or "") for entry, _ in found if entry.date)
    return [
        (entry, record)
        for number, (entry, record) in enumerate(found)
        if dated[0] <= number <= dated[-1] or len(entry.title or "") >= ENDS_NAMES * usual
    ]


def _of_group(
    page: Page, group: Group, slots: Found, reckoning: Reckoning
) -> Iterator[tuple[ListingEntry, Record]]:  # fmt: skip
    outside = _listing_entries.days_outside(page, group, reckoning)
    texts = _listing_documents.documents(page, group)
    for record, written, day in zip(group.records, slots.titles, slots.days, strict=True):
        title = _listing_entries.title(record, written, reckoning)
        known = day or _listing_entries.day_above(record, outside)
        yield ListingEntry(
            url=texts.get(record.element, record.link).url, title=title, teaser=_listing_entries.teaser(record, title),
            date=known or _listing_entries.day_of_path(record, reckoning), pinned=False,
        ), record  # fmt: skip


def _feeds(page: Page) -> tuple[str, ...]:
    found: list[str] = []
    for one in page.root.iter("link"):
        kinds = (one.get("rel") or "").lower().split()
        if "alternate" in kinds and (one.get("type") or "").lower().split(";")[0].strip() in _FEED_TYPES:
            url = urls.absolute(page.url, collapsed(one.get("href") or ""))
            if url and url not in found:
                found.append(url)
    return tuple(found)


def _related(page: Page, relation: str) -> str | None:
    """Yield what the page's head names so; what stands in its body may be a stranger's (WebSub, section 8.1)."""
    named = (one for head in page.root.iter("head") for one in head.iter("link"))
    fitting = (one for one in named if relation in (one.get("rel") or "").lower().split())
    return next((url for one in fitting if (url := urls.absolute(page.url, collapsed(one.get("href") or "")))), None)


def _trouble(capture: Capture, kind: str, what: str) -> Trouble:
    where = capture.final_url or "the page"
    return Trouble(room="read", kind=kind, detail=f"{where} {what}", passing=False)
