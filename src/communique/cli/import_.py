"""`communique import`: take over an existing wire, feed, listing, registry or export."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli import _given, _tables
from communique.cli._workspace import Failed, end, json_option, on_workspace, quiet_option, say, show, tell
from communique.kit import text
from communique.records import Capture, Coding, Feed, Listing, Trouble
from communique.web.workspace import Workspace

if TYPE_CHECKING:
    from communique.web.ledger.taking_over import Foreign

LONGEST = 10_000  # characters of one line; the longest sentence of a real wire has some 600
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

# Options that every import of a foreign wire takes.
_OPTIONS = (
    click.option("--publisher", help="Name of the wire that they come from."),
    click.option("--language", default=None, help="Language of the entries (BCP 47); else that of the wire."),
    click.option("--as", "stage", type=click.Choice(["published", "draft"]), default="published", show_default=True,
                 help="draft: they wait at the desk."),
    click.option("--dry-run", is_flag=True, help="Show what would come; enter nothing."),
    json_option,
    quiet_option,
)  # fmt: skip


def _foreign(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return on_workspace(function)


@click.group(name="import", epilog="Example: communique import text page.txt --publisher 'Harbour Wire' --pinned 4")
def command() -> None:
    """Take over what exists. Doing it twice adds nothing."""


@command.command(name="text", epilog="Example: communique import text page.txt --publisher 'Harbour Wire' --pinned 4")
@click.argument("file", type=_given.RegularFile())
@click.option("--pinned", type=click.IntRange(0), default=0, help="How many on top are pinned.")
@_foreign
def text_(workspace: Workspace, file: Path, pinned: int, **options: Any) -> None:
    """Take over a list of dispatches from a text file: one a line, newest first, no dates."""
    capture = _given.file(file, media_type="text/plain")
    lines = _lines(file, capture.body)
    if not lines:
        raise Failed(f"{file} holds no line of text; one dispatch a line is expected")
    _take(workspace, [_entry(line, pinned=number < pinned) for number, line in enumerate(lines)], capture, options)


def _lines(file: Path, body: bytes) -> list[str]:
    """Yield the lines that hold words, or say why a file is no list of dispatches."""
    try:
        lines = body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise Failed(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if (control := _CONTROL.search(line)) is not None:
            raise Failed(f"{file}: line {number} holds the character U+{ord(control[0]):04X}; a text file is expected")
        if len(line) > LONGEST:
            raise Failed(f"{file}: line {number} has {len(line)} characters; one dispatch a line is expected")
    return [line for line in lines if text.collapsed(line)]


@command.command(epilog="Example: communique import listing https://wire.example/ --publisher 'Harbour Wire'")
@click.argument("source", metavar="FILE-OR-URL")
@click.option("--url", help="The address that a file was saved from.")
@click.option("--pinned", type=click.IntRange(0), default=0, help="How many on top are pinned; else as the page marks.")
@_foreign
def listing(workspace: Workspace, source: str, url: str | None, pinned: int, **options: Any) -> None:
    """Take over the entries of a page that lists them."""
    from communique import read

    capture = _given.file_or_url(workspace, source, url=url, media_type="text/html")
    found = _read(read.listing(capture))
    if not isinstance(found, Listing) or not found.items:
        raise Failed(f"{source}: nothing to take over; {getattr(found, 'explanation', '')}")
    entries = [
        _entry(
            one.title or one.teaser or "", url=one.url, pinned=one.pinned or number < pinned,
            published=datetime.combine(one.date, time.min, tzinfo=UTC) if one.date else None, precision="day",
        )
        for number, one in enumerate(found.items)
    ]  # fmt: skip
    _take(workspace, entries, capture, options)


@command.command(epilog="Example: communique import feed https://wire.example/feed.atom --publisher 'Harbour Wire'")
@click.argument("source", metavar="FILE-OR-URL")
@_foreign
def feed(workspace: Workspace, source: str, **options: Any) -> None:
    """Take over the entries of a feed."""
    from communique import read

    capture = _given.file_or_url(workspace, source, url=None, media_type="application/xml")
    found = _read(read.feed(capture))
    if not isinstance(found, Feed) or not found.items:
        raise Failed(f"{source}: the feed has no entries; nothing to take over")
    entries = [
        _entry(one.title or one.summary or "", url=one.link, published=_instant(one.published or one.updated))
        for one in found.items
    ]
    _take(workspace, entries, capture, options)


@command.command(epilog="Example: communique import wxr wordpress.xml --publisher 'Harbour Wire'")
@click.argument("file", type=_given.RegularFile())
@_foreign
def wxr(workspace: Workspace, file: Path, **options: Any) -> None:
    """Take over the published posts of a WordPress export."""
    from communique import read

    entries = []
    for post in read.wordpress(file):
        if isinstance(post, Trouble):
            raise Failed(post.detail)
        entries.append(
            _entry(
                post.excerpt or post.title or post.lead, url=post.url, published=post.published, pinned=post.is_sticky
            )
        )
    if not entries:
        raise Failed(f"{file}: no published post in it; make the export anew under Tools, Export, All content")
    entries.reverse()  # WordPress writes the oldest first
    entries.sort(key=_moment, reverse=True)
    _take(workspace, entries, _given.file(file, media_type="application/xml"), options)


def _moment(entry: Foreign) -> datetime:
    return entry.published or datetime.min.replace(tzinfo=UTC)


def _entry(wording: str, **fields: Any) -> Foreign:
    from communique.web.ledger.taking_over import Foreign

    return Foreign(text=wording, **fields)


def _instant(written: str | None) -> datetime | None:
    """Read a feed's instant; one without an offset is taken as UTC, as RFC 4287 feeds mean it."""
    if not written or len(written) < 10:
        return None
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _read(found: Listing | Feed | Trouble) -> Listing | Feed:
    if isinstance(found, Trouble):
        raise Failed(found.detail)
    return found


def _take(workspace: Workspace, entries: Sequence[Foreign], capture: Capture, options: dict[str, Any]) -> None:
    from communique.flow.reading import Here
    from communique.web.ledger import taking_over

    worded = [entry for entry in entries if text.collapsed(entry.text)]
    new = taking_over.new_entries(worded, options["publisher"])
    wordless = f", {len(entries) - len(worded)} without words left out" if len(worded) < len(entries) else ""
    if options["dry_run"]:
        _preview(new, len(worded), wordless, as_json=options["as_json"])
        return
    terms = taking_over.Terms(
        publisher=options["publisher"], language=options["language"] or workspace.text("wire.language"),
        is_published=options["stage"] == "published", now=datetime.now(UTC),
        evidence=_given.kept(workspace, capture) if new else None,
    )  # fmt: skip
    taken = taking_over.take_over(new, terms, Here(workspace.registry)) if new else []
    for one in taken:
        if options["as_json"] or not options["quiet"]:
            plain = f"{one.number or 'draft':>6}  {one.text}\n{'':>8}{_marks(one.coding)}"
            show(_row(one.text, one.number, one.trouble), as_json=options["as_json"], plain=plain)
        if one.trouble:
            say(one.trouble.detail)
    say(f"{len(taken)} taken over, {len(worded) - len(new)} were here already or stand twice{wordless}")
    end(troubled=any(one.trouble for one in taken))


def _marks(coding: Coding | None) -> str:
    """Say in one line what was made of a text: acts and who did them, the occasion, days that can't be told."""
    if coding is None:
        return "not coded"
    names = [mention.actor or f"{mention.text} (not known)" for mention in coding.mentions]
    acts = [
        f"{', '.join(names[index] for index in event.source) or 'nobody named'} {event.type}"
        + ("" if event.modality == "asserted" else f" ({event.modality})")
        for event in coding.events
        if event.level == "main"
    ]
    occasions = [occasion.text for occasion in coding.occasions]
    open_days = [
        one for one in coding.dates if one.kind != "duration" and not (one.value or "").lstrip("<=")[:1].isdigit()
    ]
    unresolved = [f"“{one.text}” unresolved" for one in open_days]
    return " · ".join((*acts, *occasions, *unresolved)) or "nothing coded"


def _row(wording: str, number: int | None, trouble: Trouble | None = None) -> dict[str, Any]:
    return {"id": str(number) if number else None, "text": wording, "trouble": trouble}


def _preview(new: Sequence[Foreign], given: int, wordless: str, *, as_json: bool) -> None:
    for entry in new:
        wording = text.collapsed(entry.text)
        show(_row(wording, None), as_json=as_json, plain=f"{'pinned' if entry.pinned else '':>6}  {wording}")
    rest = f"{given - len(new)} are here already or stand twice{wordless}"
    say(f"{len(new)} would be taken over, {rest}; nothing was entered")


# What `export` wrote comes back: name of the command -> what its help says.
_RETURNING = {
    "sources": "Read back what `export sources` wrote.",
    "dispatches": "Read back what `export dispatches` wrote: numbers stay where they are free.",
    "events": "Read back what `export events` wrote: events of dispatches that are here.",
    "registry": "Take over actors into the desk's own registry: what `export registry` wrote.",
}


def _add_returning(what: str, meaning: str) -> None:
    @command.command(name=what, help=meaning, epilog=f"Example: communique import {what} {what}.jsonl")
    @click.argument("file", type=_given.RegularFile())
    @click.option("--dry-run", is_flag=True, help="Show what would come; enter nothing.")
    @json_option
    @on_workspace
    def returned(workspace: Workspace, file: Path, *, dry_run: bool, as_json: bool) -> None:
        new, known = _returned(workspace, what, file, dry_run=dry_run)
        row = {"new": new, "known": known, "is_entered": not dry_run}
        verb = "would be taken over" if dry_run else "taken over"
        tell(row, as_json=as_json, said=f"{new} {verb}, {known} were here already")


for _what, _meaning in _RETURNING.items():
    _add_returning(_what, _meaning)


def _returned(workspace: Workspace, what: str, file: Path, *, dry_run: bool) -> tuple[int, int]:
    from django.db import transaction

    from communique.web.ledger import returning

    try:
        with transaction.atomic(), _registry_folder(workspace, is_copy=dry_run) as folder:
            rows, now = _tables.read(file, what), datetime.now(UTC)
            if what == "registry":
                new, known = returning.registry(rows, folder)
            else:
                new, known = getattr(returning, what)(rows, now)
            transaction.set_rollback(dry_run)
    except (returning.ReturnError, _tables.TableError) as error:
        raise Failed(f"{file}: {error}; nothing was entered") from error
    return new, known


@contextmanager
def _registry_folder(workspace: Workspace, *, is_copy: bool) -> Iterator[Path]:
    """Yield the folder of the desk's own actors, or a copy of it that goes again."""
    if not is_copy:
        yield workspace.registry
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(workspace.registry, Path(folder) / "registry"))
