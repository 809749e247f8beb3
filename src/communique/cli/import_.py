"""`communique import`: take over an existing wire, feed, listing, registry or export."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli import _given, _tables
from communique.cli._workspace import Failed, Language, end, json_option, on_workspace, quiet_option, say, show, tell
from communique.kit import text
from communique.records import Coding, Trouble
from communique.web.workspace import Workspace

if TYPE_CHECKING:
    from communique.cli._entries import Given
    from communique.web.ledger.taking_over import Foreign

# Options that every import of a foreign wire takes.
_OPTIONS = (
    click.option("--publisher", help="Name of the wire that they come from."),
    click.option("--language", type=Language(), help="Language of the entries (BCP 47); else that of the wire."),
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
    from communique.cli import _entries  # it loads the room `read`

    _take(workspace, _entries.of_text(file, pinned=pinned), options)


@command.command(epilog="Example: communique import listing https://wire.example/ --publisher 'Harbour Wire'")
@click.argument("source", metavar="FILE-OR-URL")
@click.option("--url", help="The address that a file was saved from.")
@click.option("--pinned", type=click.IntRange(0), default=0, help="How many on top are pinned; else as the page marks.")
@click.option("--pages", type=click.IntRange(1), default=1, show_default=True,
              help="How many pages of the list, each naming the older one.")  # fmt: skip
@_foreign
def listing(workspace: Workspace, source: str, url: str | None, pinned: int, pages: int, **options: Any) -> None:
    """Take over the entries of a page that lists them, and of the older pages of the same list."""
    from communique.cli import _entries  # it loads the room `read`

    _take(workspace, _entries.of_listing(workspace, source, url=url, pinned=pinned, pages=pages), options)


@command.command(epilog="Example: communique import feed https://wire.example/feed.atom --publisher 'Harbour Wire'")
@click.argument("source", metavar="FILE-OR-URL")
@click.option("--pages", type=click.IntRange(1), default=1, show_default=True,
              help="How many parts of its archive, each naming the older one.")  # fmt: skip
@_foreign
def feed(workspace: Workspace, source: str, pages: int, **options: Any) -> None:
    """Take over the entries of a feed, and of the older parts of its archive."""
    from communique.cli import _entries  # it loads the room `read`

    _take(workspace, _entries.of_feed(workspace, source, pages=pages), options)


@command.command(epilog="Example: communique import wxr wordpress.xml --publisher 'Harbour Wire'")
@click.argument("file", type=_given.RegularFile())
@click.option("--type", "kinds", multiple=True, metavar="TYPE",
              help="A type to take, such as press_release; may be given several times. Else: post.")  # fmt: skip
@_foreign
def wxr(workspace: Workspace, file: Path, kinds: tuple[str, ...], **options: Any) -> None:
    """Take over the published posts of a WordPress export."""
    from communique.cli import _entries  # it loads the room `read`

    _take(workspace, _entries.of_wordpress(file, kinds=kinds), options)


def _take(workspace: Workspace, given: Given, options: dict[str, Any]) -> None:
    from communique.flow.reading import Here
    from communique.web.ledger import taking_over

    entries = given.entries
    worded = [entry for entry in entries if text.collapsed(entry.text)]
    new = taking_over.new_entries(worded, options["publisher"])
    wordless = f", {len(entries) - len(worded)} without words left out" if len(worded) < len(entries) else ""
    for sentence in () if options["quiet"] else given.said:
        say(sentence)
    if options["dry_run"]:
        _preview([entry for _, entry in new], len(worded), wordless, as_json=options["as_json"])
        return
    terms = taking_over.Terms(
        publisher=options["publisher"], language=options["language"] or workspace.text("wire.language"),
        is_published=options["stage"] == "published", now=datetime.now(UTC),
        evidence=tuple(_given.kept(workspace, capture) for capture in given.captures) if new else (),
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
