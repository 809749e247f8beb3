"""`communique listing`: what a page lists."""

from __future__ import annotations

from communique.cli import _filter, _pages
from communique.cli._filter import Filter, Line
from communique.kit import jsonable
from communique.records import Trouble

_UNSHOWN = ("hub", "topic", "lesson")  # for whoever visits the page again
_MEMORY_BYTES = 1536 * 1024 * 1024  # a page of the most elements that are read takes 0.5 GiB


def work(fields: Line) -> Line | Trouble:
    """Read one page that lists others."""
    from communique import read  # its libraries take a moment to import; `--help` does without

    capture, order = _pages.capture(fields), _pages.day_order(fields)
    if isinstance(capture, Trouble):
        return capture
    found = order if isinstance(order, Trouble) else read.listing(capture, day_order=order)
    if isinstance(found, Trouble):
        return found
    shown = {name: value for name, value in jsonable.of_record(found).items() if name not in _UNSHOWN}
    lesson = jsonable.jsonable(found.lesson) or {}
    learned = {name: lesson.get(name) for name in ("pattern", "numerals")}
    return shown | {"url": found.url or None} | learned


FILTER = Filter(
    room="read", name="listing", work=work, deadline_s=10.0, memory_bytes=_MEMORY_BYTES,
    preload=("communique.cli.listing", "communique.cli._warm_read"),
)  # fmt: skip


@_filter.command(FILTER, example="communique listing pages.jsonl > entries.jsonl")
def command() -> None:
    """Find what pages list: address, title, teaser and day of each entry, the next page, and feeds.

    In, one JSON object a line: id, path or html, url, media_type. Out: id, url, items (in page order), next, older
    (where the list goes on, also where the page does not call that the next page), feeds, explanation, one sentence
    that says how the list was found, or why none was, and pattern: where links, titles and days of the list stand.
    """
