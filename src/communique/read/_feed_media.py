"""What Media RSS and enclosures say of an entry: the words about a film or picture, and the file that is the entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import _feed_tree
from communique.read._feed_text import construct, line
from communique.read._feed_tree import Parts
from communique.records import FeedEntry

_HOLDERS = ("media:group", "media:content")  # they hold what is said of all versions of a film, or of this one
_READ = ("application/pdf", "text/html", "application/xhtml+xml", "text/plain")  # kinds of files that are statements


def title(found: Parts) -> str | None:
    """Yield the title that stands with the film."""
    return line(_inside(found, "media:title"))


def said(found: Parts) -> str | None:
    """Yield what is said about the film."""
    return _inside(found, "media:description")


def _inside(found: Parts, name: str) -> str | None:
    if not any(holder in found for holder in _HOLDERS):
        return None
    return next((text for parts in _held(found) for one in parts.get(name, ()) if (text := construct(one))), None)


def _held(found: Parts) -> Iterator[Parts]:
    """Yield the children of the groups and contents of an entry, and of the contents within its groups."""
    for holder in _HOLDERS:
        for one in found.get(holder, ()):
            held = _feed_tree.parts(one)
            yield held
            yield from (_feed_tree.parts(inner) for inner in held.get("media:content", ()))


def with_file(entry: FeedEntry, found: Parts, here: str) -> FeedEntry:
    """Let an entry that neither holds its text nor links to it link to the file that it encloses: a PDF, say."""
    return replace(entry, link=_enclosed(found, here))


def _enclosed(found: Parts, here: str) -> str | None:
    atoms = [one for one in found.get("link", ()) if (one.get("rel") or "").lower() == "enclosure"]
    for one in (*found.get("enclosure", ()), *atoms, *found.get("media:content", ())):
        kind = (one.get("type") or "").partition(";")[0].strip().lower()
        written = collapsed(one.get("url") or one.get("href") or "")
        if kind in _READ and written:
            return urls.absolute(here, written)
    return None
