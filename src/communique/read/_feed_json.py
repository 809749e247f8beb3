"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from communique.kit import urls
from communique.kit.text import collapsed, printable
from communique.read._feed_instants import instant
from communique.read._feed_text import kept, line, unique
from communique.records import Feed, FeedEntry

ENTRIES = 20_000  # as for RSS


def feed(text: str, *, base: str) -> Feed | None:
    """Yield what a JSON Feed holds, or None where the text is not one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return None
    return Feed(
        title=line(_text(found, "title")), description=line(_text(found, "description")),
        link=_link(found, base, "home_page_url"), language=_text(found, "language"), authors=_authors(found),
        categories=(), rights=None, published=None, updated=None, hub=_hub(found),
        older=_link(found, base, "next_url"), topic=_link(found, base, "feed_url"),
        items=tuple(_entry(one, base) for one in islice(found["items"], ENTRIES) if isinstance(one, dict)),
    )  # fmt: skip


def _entry(found: dict[str, Any], base: str) -> FeedEntry:
    return FeedEntry(
        id=_text(found, "id"), title=line(_text(found, "title")), summary=_text(found, "summary"),
        content=_text(found, "content_html") or _text(found, "content_text"),
        link=_link(found, base, "url") or _link(found, base, "external_url"), authors=_authors(found),
        categories=unique([line(tag) for tag in _list(found, "tags") if isinstance(tag, str)]),
        published=instant(_text(found, "date_published")), updated=instant(_text(found, "date_modified")),
    )  # fmt: skip


def _text(found: dict[str, Any], name: str) -> str | None:
    value = found.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)  # ids are often numbers; the standard asks readers to take them as text
    return kept(printable(value)) if isinstance(value, str) else None  # JSON can write every control character


def _list(found: dict[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []


def _link(found: dict[str, Any], base: str, name: str) -> str | None:
    written = collapsed(_text(found, name) or "")
    return (urls.absolute(base, written) or written) if written else None


def _authors(found: dict[str, Any]) -> tuple[str, ...]:
    """Yield the names: `authors` of 1.1, or `author` of 1.0."""
    said = _list(found, "authors") or [found.get("author")]
    return unique([line(_text(one, "name")) for one in said if isinstance(one, dict)])


def _hub(found: dict[str, Any]) -> str | None:
    hubs = [one for one in _list(found, "hubs") if isinstance(one, dict)]
    named = [_text(one, "url") for one in hubs if (_text(one, "type") or "").lower() != "rsscloud"]  # another protocol
    return next((url for url in named if url), None)
