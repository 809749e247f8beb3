"""The watchlist: sources as the desk adds, pauses, removes and exchanges them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from lxml import etree

from communique.flow import health
from communique.kit import text, urls
from communique.records import Source, SourceKind
from communique.web.ledger import models, store
from communique.web.workspace import Workspace

KINDS: tuple[SourceKind, ...] = ("feed", "listing", "page", "mail", "folder")


class WatchlistError(Exception):
    """The watchlist can't be read or changed as asked."""


def source_id(url: str, name: str) -> str:
    """Yield a readable id for a source: its host and path, in ASCII, not in use yet."""
    parts = urls.identity(url) or name
    base = re.sub(r"[^a-z0-9]+", "-", text.folded(parts)).strip("-")[:80] or "source"
    taken = set(models.Source.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def add(source: Source, *, now: datetime) -> bool:
    """Enter a source; False where its address is watched already."""
    return store.DatabaseLedger().add_source(source, now=now)


def pause(slug: str, *, is_paused: bool) -> None:
    """Pause or resume a source."""
    if not models.Source.objects.filter(slug=slug).update(is_paused=is_paused):
        raise WatchlistError(f"there is no source {slug}; `communique sources list` shows all")


def remove(slug: str) -> str:
    """Take a source off the watchlist. What came from it stays: then it is only paused. Returns what was done."""
    row = models.Source.objects.filter(slug=slug).first()
    if row is None:
        raise WatchlistError(f"there is no source {slug}; `communique sources list` shows all")
    if models.Capture.objects.filter(source=row).exists():
        pause(slug, is_paused=True)
        return f"{slug} is not visited any more; what came from it stays, with its evidence"
    with transaction.atomic():
        models.Page.objects.filter(source=row).delete()
        row.delete()
    return f"{slug} is removed"


def course(row: models.Source) -> health.Course:
    """Yield what the ledger remembers of a source's visits."""
    return health.Course(
        is_paused=row.is_paused, visited_at=row.visited_at, new_at=row.new_at, next_visit_at=row.next_visit_at,
        listed_before=row.listed_before, troubles_in_row=row.troubles_in_row,
        trouble_kind=row.trouble_kind, trouble_detail=row.trouble_detail, trouble_since=row.trouble_since,
    )  # fmt: skip


def rows(now: datetime) -> Iterator[dict[str, object]]:
    """Yield each source as `sources list --json` and `export sources` print it."""
    for row in models.Source.objects.order_by("slug"):
        yield {
            "id": row.slug, "url": row.url, "kind": row.kind, "name": row.name, "publisher": row.publisher,
            "languages": row.languages, "pause_s": row.pause_s, "paused": row.is_paused,
            "state": health.sentence(course(row), now), "needs_a_person": health.needs_a_person(course(row)),
            "visited": row.visited_at, "next_visit": row.next_visit_at,
        }  # fmt: skip


def from_opml(content: bytes, *, pause_s: int) -> list[Source]:
    """Read the feeds and pages of an OPML 2.0 file (http://opml.org/spec2.opml). Ids are given when they are added."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WatchlistError(f"not an OPML file: {error}") from error
    if tree is None or etree.QName(tree).localname.lower() != "opml":
        raise WatchlistError("not an OPML file: it does not begin with <opml>; export one from your reader")
    return [source for outline in tree.iter("outline") if (source := _outline(outline, pause_s)) is not None]


def _outline(outline: etree._Element, pause_s: int) -> Source | None:
    feed, page = outline.get("xmlUrl"), outline.get("htmlUrl") or outline.get("url")
    url = feed or page
    if not url or not url.startswith(("http://", "https://")):
        return None
    name = text.collapsed(outline.get("title") or outline.get("text") or urls.host(url))
    language = outline.get("language")
    kind: SourceKind = "feed" if feed else "listing"
    return Source(id="", url=url, kind=kind, name=name, languages=(language,) if language else (), pause_s=pause_s)


def to_opml(workspace: Workspace) -> bytes:
    """Write the watchlist as OPML 2.0."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = workspace.text("wire.name")
    body = etree.SubElement(root, "body")
    for row in models.Source.objects.filter(kind__in=("feed", "listing", "page")).order_by("slug"):
        where = {"xmlUrl": row.url, "type": "rss"} if row.kind == "feed" else {"htmlUrl": row.url, "type": "link"}
        etree.SubElement(body, "outline", {"text": row.name, "title": row.name, **where})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def add_all(sources: Iterable[Source], *, now: datetime) -> tuple[int, int]:
    """Enter sources, giving ids to those without; returns how many were new and how many were watched already."""
    from dataclasses import replace

    new = known = 0
    for source in sources:
        with_id = replace(source, id=source.id or source_id(source.url, source.name))
        is_new = add(with_id, now=now)
        new, known = new + is_new, known + (not is_new)
    return new, known
