"""RSS 0.9 to 2.0 and RDF, with the extensions that say the same better (Dublin Core, Atom, content, iTunes)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import _feed_atom, _feed_media, _feed_threads
from communique.read._feed_instants import instant
from communique.read._feed_text import line, markup, person, unique
from communique.read._feed_tree import Parts, inner_text, language, local_name, parts, xml_base
from communique.records import Feed, FeedEntry

ENTRIES = 20_000  # the newest stand first; what a feed holds beyond them is not read

_AUTHORS = ("author", "dc:creator", "dc:author", "atom:author", "managingEditor", "itunes:author")
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def feed(root: etree._Element, *, base: str) -> Feed:
    """Yield what an RSS file holds."""
    channel = next((child for child in root.iter() if local_name(child) == "channel"), root)
    found = parts(channel)
    here = _base(base, root, channel)
    return Feed(
        title=_line(found, "title", "dc:title", "atom:title"),
        description=_line(found, "description", "itunes:summary", "dc:description", "atom:subtitle", "tagline"),
        link=_link(found, here),
        language=_line(found, "language", "dc:language") or language(channel) or language(root),
        authors=_authors(
            found, "managingEditor", "dc:creator", "dc:author", "atom:author", "author", "itunes:author", "webMaster"
        ),
        categories=_categories(found),
        rights=_line(found, "copyright", "dc:rights", "atom:rights"),
        published=_instant(found, "pubDate", "dc:date", "dcterms:issued", "atom:published"),
        updated=_instant(found, "lastBuildDate", "dcterms:modified", "atom:updated"),
        hub=_feed_atom.related(found.get("atom:link", []), "hub", here),
        topic=_feed_atom.related(found.get("atom:link", []), "self", here),
        older=None if "fh:complete" in found else _feed_atom.older(found.get("atom:link", []), here),
        items=tuple(_entry(one, here) for one in islice(_entries(root), ENTRIES)),
    )


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the items wherever they stand: RDF has them beside the channel, broken files inside one another."""
    if next(root.iter("{*}item"), None) is not None:  # lxml's own search is ten times as fast as asking each element
        return root.iter("{*}item")
    return (one for one in root.iter(etree.Element) if local_name(one) == "item")  # "rss:item", never declared


def _entry(element: etree._Element, here: str) -> FeedEntry:
    found = parts(element)
    here = _base(here, element)
    entry = FeedEntry(
        id=_line(found, "guid", "dc:identifier", "atom:id") or element.get(_RDF_ABOUT),
        title=_line(found, "title", "dc:title", "atom:title", "media:title") or _feed_media.title(found),
        summary=_markup(found, "description", "dc:description", "atom:summary", "itunes:summary", "media:description")
        or _feed_media.said(found),
        content=_markup(found, "content:encoded", "atom:content", "xhtml:body", "content", "encoded"),
        link=_link(found, here) or _permalink(found, here),
        authors=_authors(found, *_AUTHORS),
        categories=_categories(found),
        published=_instant(found, "pubDate", "pubdate", "dc:date", "dcterms:issued", "dcterms:created",
                           "atom:published", "date", "published"),
        updated=_instant(found, "dcterms:modified", "atom:updated", "lastBuildDate"),
        in_reply_to=_feed_threads.answered(found, here),
        replies=_feed_threads.answers(found, "atom:link"),
    )  # fmt: skip
    return entry if entry.link or entry.content else _feed_media.with_file(entry, found, here)


def _base(given: str, *elements: etree._Element) -> str:
    for element in elements:
        if stated := xml_base(element):
            given = urls.absolute(given, stated) or given
    return given


def _line(found: Parts, *names: str) -> str | None:
    """Yield the first that is there and not empty, as one plain line."""
    return next((text for name in names for one in found.get(name, ()) if (text := line(markup(one)))), None)


def _markup(found: Parts, *names: str) -> str | None:
    construct = _feed_atom.construct_or_markup
    return next((text for name in names for one in found.get(name, ()) if (text := construct(name, one))), None)


def _instant(found: Parts, *names: str) -> str | None:
    """Yield the first that can be read as an instant."""
    return next((at for name in names for one in found.get(name, ()) if (at := instant(one.text))), None)


def _link(found: Parts, here: str) -> str | None:
    """Yield the link; of several, which RSS does not allow, the last: so other readers have it (gofeed, feedparser)."""
    for one in reversed(found.get("link", ())):
        written = collapsed(inner_text(one)) or one.get("href") or ""
        if written:
            return urls.absolute(here, written) or written
    return _feed_atom.related(found.get("atom:link", []), "alternate", here)


def _permalink(found: Parts, here: str) -> str | None:
    """Yield a guid that is an address: it is the link unless the feed says that it is not (RSS 2.0)."""
    for one in found.get("guid", ()):
        if (one.get("isPermaLink") or "true").lower() == "true":
            return urls.absolute(here, one.text or "") if "://" in (one.text or "") else None
    return None


def _authors(found: Parts, *names: str) -> tuple[str, ...]:
    """Yield the names under the first element name that gives any."""
    for name in names:
        said = unique([_author(one) for one in found.get(name, ())])
        if said:
            return said
    return ()


def _author(element: etree._Element) -> str | None:
    named = next((child for child in element if local_name(child) == "name"), None) if len(element) else None
    return person(inner_text(element if named is None else named))


def _categories(found: Parts) -> tuple[str, ...]:
    plain = [line(markup(one)) for name in ("category", "dc:subject") for one in found.get(name, ())]
    plain += [line(one.get("label") or one.get("term")) for one in found.get("atom:category", ())]
    keywords = [word.strip() for one in found.get("itunes:keywords", ()) for word in (one.text or "").split(",")]
    nested = [part.get("text") for one in found.get("itunes:category", ()) for part in one.iter(etree.Element)]
    return unique([*keywords, *nested, *plain] if keywords or nested else plain)
