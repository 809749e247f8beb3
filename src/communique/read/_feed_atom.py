"""Atom 0.3 and 1.0 (RFC 4287)."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read import _feed_media, _feed_threads, _feed_tree
from communique.read._feed_instants import instant
from communique.read._feed_text import construct, line, markup, person, unique
from communique.read._feed_tree import Parts, inner_text, language, local_name
from communique.records import Feed, FeedEntry

ENTRIES = 20_000  # as for RSS


def feed(root: etree._Element, *, base: str) -> Feed:
    """Yield what an Atom file holds."""
    found = _parts(root)
    here = urls.absolute(base, _feed_tree.xml_base(root) or "") or base
    return Feed(
        title=_line(found, "title"),
        description=_line(found, "subtitle", "tagline"),
        link=related(found.get("link", []), "alternate", here),
        language=language(root) or _line(found, "dc:language", "language"),
        authors=_authors(found),
        categories=_categories(found),
        rights=_line(found, "rights", "copyright", "dc:rights"),
        published=_instant(found, "published", "issued", "created"),
        updated=_instant(found, "updated", "modified", "dc:date"),
        hub=related(found.get("link", []), "hub", here),
        topic=related(found.get("link", []), "self", here),
        older=None if "fh:complete" in found else older(found.get("link", []), here),
        items=tuple(_entry(one, here, base) for one in islice(found.get("entry", ()), ENTRIES)),
    )


def _entry(element: etree._Element, here: str, page: str) -> FeedEntry:
    found = _parts(element)
    here = urls.absolute(here, _feed_tree.xml_base(element) or "") or here
    entry = FeedEntry(
        id=_id(found, here, declared=here != page),
        title=_line(found, "title", "dc:title", "media:title"),
        summary=_markup(found, "summary", "description") or _feed_media.said(found),
        content=_markup(found, "content", "content:encoded"),
        link=related(found.get("link", []), "alternate", here),
        authors=_authors(found),
        categories=_categories(found),
        published=_instant(found, "published", "issued", "created", "dc:date", "pubDate"),
        updated=_instant(found, "updated", "modified"),
        in_reply_to=_feed_threads.answered(found, here),
        replies=_feed_threads.answers(found, "link"),
    )
    return entry if entry.link or entry.content else _feed_media.with_file(entry, found, here)


def related(links: list[etree._Element], relation: str, here: str) -> str | None:
    """Yield the address of a link of this relation; of several the one to a web page. No `rel` means "alternate"."""
    fitting = [one for one in links if (one.get("rel") or "alternate").rpartition("/")[2].lower() == relation]
    fitting.sort(key=lambda one: "html" not in (one.get("type") or "html"))
    for one in fitting:
        base_of_link = urls.absolute(here, _feed_tree.xml_base(one) or "") or here
        written = collapsed(one.get("href") or one.text or "")
        if written:
            return urls.absolute(base_of_link, written) or written
    return None


def older(links: list[etree._Element], here: str) -> str | None:
    """Yield the document with the entries before these: an archive's or a paged feed's (RFC 5005, sections 3 and 4)."""
    return related(links, "prev-archive", here) or related(links, "next", here)


def construct_or_markup(name: str, element: etree._Element) -> str | None:
    """Yield an element's text or markup: Atom's, where the name is Atom's, are constructs with a type."""
    return construct(element) if name.startswith("atom:") else markup(element)


def _parts(element: etree._Element) -> Parts:
    """Yield the children by name; Atom's own, declared or not, without a prefix."""
    return {name.removeprefix("atom:"): children for name, children in _feed_tree.parts(element).items()}


def _line(found: Parts, *names: str) -> str | None:
    return next((text for name in names for one in found.get(name, ()) if (text := line(construct(one)))), None)


def _id(found: Parts, here: str, *, declared: bool) -> str | None:
    """Yield the id; a relative one only where the feed declares what it is relative to, else as it stands."""
    written = _line(found, "id", "dc:identifier")
    if written is None or not declared or ":" in written:
        return written
    return urls.absolute(here, written) or written


def _markup(found: Parts, *names: str) -> str | None:
    return next((text for name in names for one in found.get(name, ()) if (text := construct(one))), None)


def _instant(found: Parts, *names: str) -> str | None:
    return next((at for name in names for one in found.get(name, ()) if (at := instant(one.text))), None)


def _authors(found: Parts) -> tuple[str, ...]:
    named = [_author(one) for one in found.get("author", ())]
    return unique(named) or unique([person(one.text) for one in found.get("dc:creator", ())])


def _author(element: etree._Element) -> str | None:
    """Yield the name; an author without child elements is a name by mistake, and is read as one."""
    named = next((child for child in element if local_name(child) == "name"), None)
    if named is not None:
        return person(inner_text(named))
    return person(element.text) if len(element) == 0 else None


def _categories(found: Parts) -> tuple[str, ...]:
    own = [line(one.get("label") or one.get("term") or one.text) for one in found.get("category", ())]
    return unique([*own, *(line(one.text) for one in found.get("dc:subject", ()))])
