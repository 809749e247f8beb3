"""`communique read`: a page becomes a document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

import click

from communique.cli import _filter, _pages
from communique.cli._filter import Filter, Line
from communique.cli._progress import Progress
from communique.kit import jsonable
from communique.records import Capture, Document, Hints, Trouble

_PAGE_ENDINGS = (".html", ".htm", ".shtml", ".xhtml", ".pdf", ".eml", ".txt")
_MEMORY_BYTES = 1536 * 1024 * 1024  # the largest page of the gold sets takes 0.2 GiB; a PDF of 60 MB 0.6


def work(fields: Line) -> Line | Trouble:
    """Read one page."""
    from communique import read  # its libraries take a second to import; `--help` does without

    given = _given(fields)
    found = given if isinstance(given, Trouble) else read.document(given[0], hints=given[1])
    return found if isinstance(found, Trouble) else _shown(found)


def explained(fields: Line) -> Line | Trouble:
    """Read one page and say how."""
    from communique import read

    given = _given(fields)
    found = given if isinstance(given, Trouble) else read.explained(given[0], hints=given[1])
    if isinstance(found, Trouble):
        return found
    document, explanation = found
    return _shown(document) | {"explanation": jsonable.of_record(explanation)}


def _given(fields: Line) -> tuple[Capture, Hints] | Trouble:
    capture, hints = _pages.capture(fields), _pages.hints(fields)
    if isinstance(capture, Trouble):
        return capture
    return hints if isinstance(hints, Trouble) else (capture, hints)


def _shown(document: Document) -> Line:
    shown = jsonable.of_record(document)
    del shown["capture_digest"]  # of the evidence, which a room command has not kept
    return shown


FILTER = Filter(
    room="read", work=work, deadline_s=20.0, memory_bytes=_MEMORY_BYTES,
    preload=("communique.cli.read", "communique.cli._warm_read"),
)  # fmt: skip


@click.command(name="read", epilog="Example: communique read statement.html --url https://union.example/statement")
@click.option("--url", help="The address of the page; FILE is then the page itself (HTML, PDF, mail or text).")
@click.option("--explain", is_flag=True, help="Add `explanation`: what each field was taken from, what was left out.")
@_filter.options
def command(*, url: str | None, explain: bool, files: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Read pages: title, text, day, language and signers of the statement on each.

    FILE is JSON Lines, one object for each page: id, path or html, url, media_type, fetched_at, listing_date,
    feed_date, languages; path may end in .gz. A FILE whose name ends in .html, .htm, .xhtml, .pdf, .eml or .txt
    (also .gz), and any FILE given with --url, is a page itself. Out comes one JSON object a page; with --explain it
    says what each field was taken from, which days stand where, and why each part of the page is text or not.
    """
    this = replace(FILTER, work=explained) if explain else FILTER
    _filter.finish(_filter.run(this, _lines(files, url), jobs, Progress("read", quiet=quiet)))


def _lines(files: tuple[str, ...], url: str | None) -> Iterable[bytes]:
    pages = [name for name in files if _is_page(name)]
    if url is not None and (len(files) != 1 or files[0] == "-"):
        raise click.UsageError(
            "--url is the address of one page; name its file, or put `url` into each line of JSON Lines"
        )
    if url is not None or (pages and len(pages) == len(files)):
        return _of_pages(files, url)
    if pages:
        raise click.UsageError(f"{pages[0]} is a page and others are JSON Lines; give them in two calls")
    return _filter.read_lines(files)


def _of_pages(files: Iterable[str], url: str | None) -> Iterator[bytes]:
    for name in files:
        yield json.dumps({"path": name, "url": url or ""}).encode()


def _is_page(name: str) -> bool:
    return PurePath(name.lower().removesuffix(".gz")).suffix in _PAGE_ENDINGS
