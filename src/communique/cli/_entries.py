"""What an import reads becomes entries of another wire: newest first, as they stand there, with their evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from communique import read
from communique.cli import _given
from communique.cli._workspace import Failed
from communique.kit import text
from communique.records import Capture, Feed, FeedEntry, Listing, ListingEntry, Trouble
from communique.web.workspace import Workspace

if TYPE_CHECKING:  # it loads the models, which need a workspace first
    from communique.web.ledger.taking_over import Foreign

LONGEST = 10_000  # characters of one line; the longest sentence of a real wire has some 600
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|!--|html|rss|feed|rdf:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was read from files or pages."""

    captures: tuple[Capture, ...]  # `page` of an entry counts in them
    entries: tuple[Foreign, ...]  # newest first
    said: tuple[str, ...] = ()  # what is to be told besides, a sentence each


def of_text(file: Path, *, pinned: int) -> Given:
    """Read a text file: one dispatch a line, newest first, no dates."""
    capture = _given.file(file, media_type="text/plain")
    lines = _lines(file, capture.body)
    if not lines:
        raise Failed(f"{file} holds no line of text; one dispatch a line is expected")
    entries = tuple(_entry(line, pinned=number < pinned) for number, line in enumerate(lines))
    return Given(captures=(capture,), entries=entries)


def _lines(file: Path, body: bytes) -> list[str]:
    """Yield the lines that hold words, or say why a file is no list of dispatches."""
    try:
        lines = body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise Failed(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    if _MARKUP.match(lines[0] or "".join(lines[:20])):
        raise Failed(f"{file} is a page, a feed or an export; take it over with `import listing`, `feed` or `wxr`")
    for number, line in enumerate(lines, 1):
        if (control := _CONTROL.search(line)) is not None:
            raise Failed(f"{file}: line {number} holds the character U+{ord(control[0]):04X}; a text file is expected")
        if len(line) > LONGEST:
            raise Failed(f"{file}: line {number} has {len(line)} characters; one dispatch a line is expected")
    return [line for line in lines if text.collapsed(line)]


def of_listing(workspace: Workspace, source: str, *, url: str | None, pinned: int, pages: int) -> Given:
    """Read a page that lists dispatches, and as many older pages of the list as are asked for."""
    captures, entries, older = [], [], None
    for number, (capture, found) in enumerate(_pages(workspace, source, url=url, kind="listing", pages=pages)):
        assert isinstance(found, Listing)  # noqa: S101  # `_pages` reads what it is told to
        if not found.items and not number:
            advice = "; if the dispatches stand on the page as text, save them, one a line, for `import text`"
            raise Failed(f"{source}: nothing to take over; {found.explanation.rstrip('.')}{advice}")
        captures.append(capture)
        entries += [_of_listing(one, page=number) for one in found.items]
        older = found.older
    if pinned:
        entries = [replace(entry, pinned=entry.pinned or place < pinned) for place, entry in enumerate(entries)]
    return Given(captures=tuple(captures), entries=_newest_first(entries), said=_more(older))


def of_feed(workspace: Workspace, source: str, *, pages: int) -> Given:
    """Read a feed, and as many parts of its archive as are asked for."""
    captures, entries, older = [], [], None
    for number, (capture, found) in enumerate(_pages(workspace, source, url=None, kind="feed", pages=pages)):
        assert isinstance(found, Feed)  # noqa: S101  # `_pages` reads what it is told to
        captures.append(capture)
        entries += [_of_feed(one, page=number) for one in found.items]
        older = found.older
    if not entries:
        raise Failed(f"{source}: the feed has no entries; nothing to take over")
    return Given(captures=tuple(captures), entries=_by_time(_newest_first(entries)), said=_more(older))


def of_wordpress(file: Path, *, kinds: Sequence[str]) -> Given:
    """Read the published posts of a WordPress export."""
    entries: list[Foreign] = []
    passed: Counter[str] = Counter()
    for found in read.wordpress(file, kinds or ("post",)):
        if isinstance(found, Trouble):
            raise Failed(found.detail)
        if isinstance(found, read.Post):
            entries.append(_of_post(found))
        elif found.status == "publish":
            passed[f"{found.kind} (--type {found.kind} takes them)"] += 1
        else:
            passed[{"future": "scheduled", "password": "behind a password"}.get(found.status, found.status)] += 1
    told = ", ".join(f"{count} {what}" for what, count in sorted(passed.items()))
    if not entries:
        what = f"; it holds {told}" if told else "; make the export anew under Tools, Export, All content"
        raise Failed(f"{text.printable(str(file))}: no published post in it{what}")
    capture = _given.file(file, media_type="application/xml")
    newest_first = tuple(reversed(entries))  # WordPress writes the oldest first
    said = (f"left out: {told}",) if told else ()
    return Given(captures=(capture,), entries=tuple(sorted(newest_first, key=_moment, reverse=True)), said=said)


def _pages(
    workspace: Workspace, source: str, *, url: str | None, kind: str, pages: int
) -> Iterator[tuple[Capture, Listing | Feed]]:
    """Read one page or feed after the other, each once, as each names the one with what is older."""
    wanted: str | None = source
    seen: set[str] = set()
    while wanted and wanted not in seen and len(seen) < pages:
        media_type = "text/html" if kind == "listing" else "application/xml"
        capture = _given.file_or_url(workspace, wanted, url=None if seen else url, media_type=media_type)
        found = read.listing(capture) if kind == "listing" else read.feed(capture)
        if isinstance(found, Trouble):
            raise Failed(found.detail.replace(capture.url, wanted))
        seen.add(wanted)
        yield capture, found
        wanted = found.older


def _more(older: str | None) -> tuple[str, ...]:
    return (
        (f"older ones stand at {older}; --pages N takes N pages in one go, numbered from the oldest",) if older else ()
    )


def _newest_first(entries: Sequence[Foreign]) -> tuple[Foreign, ...]:
    """Yield entries as a page stands, newest first: a list whose days mostly rise stands the other way round."""
    days = [entry.published for entry in entries if entry.published and not entry.pinned]
    steps = Counter(later > earlier for earlier, later in pairwise(days) if later != earlier)
    return tuple(reversed(entries)) if steps[True] > steps[False] else tuple(entries)


def _by_time(entries: Sequence[Foreign]) -> tuple[Foreign, ...]:
    """Yield entries by their instants where each has one; a feed's order says little."""
    is_dated = all(entry.published for entry in entries)
    return tuple(sorted(entries, key=_moment, reverse=True)) if is_dated else tuple(entries)


def _moment(entry: Foreign) -> datetime:
    return entry.published or datetime.min.replace(tzinfo=UTC)


def _of_listing(one: ListingEntry, *, page: int) -> Foreign:
    published = datetime.combine(one.date, time.min, tzinfo=UTC) if one.date else None
    entry = _entry(one.title or one.teaser or "", url=one.url, published=published, is_day_only=True, page=page)
    return replace(entry, pinned=one.pinned)


def _of_feed(one: FeedEntry, *, page: int) -> Foreign:
    written = one.published or one.updated or ""
    is_day_only = len(written) == len("2026-03-08")
    entry = _entry(
        one.title or one.summary or "", url=one.link, published=_instant(written), is_day_only=is_day_only, page=page
    )
    return replace(entry, name=one.id)


def _of_post(post: read.Post) -> Foreign:
    entry = _entry(
        post.excerpt or post.title or post.lead, url=post.url, published=post.published, is_day_only=post.is_day_only
    )
    return replace(entry, pinned=post.is_sticky, language=post.language)


def _entry(
    wording: str, *, url: str | None = None, published: datetime | None = None, is_day_only: bool = False,
    pinned: bool = False, page: int = 0,
) -> Foreign:  # fmt: skip
    from communique.web.ledger.taking_over import Foreign

    return Foreign(
        text=wording, url=url, published=published, precision="day" if is_day_only else "minute",
        pinned=pinned, page=page,
    )  # fmt: skip


def _instant(written: str) -> datetime | None:
    """Read a feed's instant; one without an offset is taken as UTC, as RFC 4287 feeds mean it."""
    if len(written) < 10:
        return None
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
