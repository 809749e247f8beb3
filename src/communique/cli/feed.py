"""`communique feed`: what a feed holds."""

from __future__ import annotations

from communique.cli import _filter, _pages
from communique.cli._filter import Filter, Line
from communique.kit import jsonable
from communique.records import Trouble

_MEMORY_BYTES = 1536 * 1024 * 1024  # a feed of the largest size takes 0.2 GiB
_FOR_VISITS = ("wishes", "topic")  # what only a newsroom that visits the feed again has a use for


def work(fields: Line) -> Line | Trouble:
    """Read one feed; fields that it does not give are left out."""
    from communique import read  # its libraries take a moment to import; `--help` does without

    capture = _pages.capture(fields)
    found = capture if isinstance(capture, Trouble) else read.feed(capture)
    return found if isinstance(found, Trouble) else {"feed": _given(jsonable.of_record(found))}


def _given(fields: Line) -> Line:
    """Leave out what the feed does not give; the list of entries is always there."""
    shown = {name: value for name, value in fields.items() if value not in (None, "", []) and name not in _FOR_VISITS}
    return shown | {"items": [_given_entry(entry) for entry in fields["items"]]}


def _given_entry(fields: Line) -> Line:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


FILTER = Filter(
    room="read", name="feed", work=work, deadline_s=10.0, memory_bytes=_MEMORY_BYTES,
    preload=("communique.cli.feed", "communique.cli._warm_read"),
)  # fmt: skip


@_filter.command(FILTER, example="communique feed feeds.jsonl > entries.jsonl")
def command() -> None:
    """Read feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed become one form.

    In, one JSON object a line: id, path or html (the feed's text), url, media_type. Out: id and feed, with title,
    description, link, language, authors, categories, rights, published, updated, hub and items; what a feed does not
    give is left out, and instants keep the offset that the feed gave.
    """
