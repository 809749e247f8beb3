"""The watchlist as OPML 2.0 (http://opml.org/spec2.opml): feed readers take it, and what they write is taken.

What OPML has no word for stands in attributes of a namespace of our own, which other programs pass over.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from communique.kit import text, urls
from communique.records import Source, SourceKind
from communique.web.ledger import models
from communique.web.ledger.watchlist import WatchlistError
from communique.web.workspace import Workspace

NAMESPACE = "urn:communique:opml"
KINDS = ("feed", "listing", "sitemap", "page")  # mailboxes and folders lie on one machine and are no use to another
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def sources(content: bytes, *, pause_s: int) -> list[Source]:
    """Read the sources of an OPML file. Ids are given when they are added, where it is not our own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WatchlistError(f"not an OPML file: {error}") from error
    if tree is None or etree.QName(tree).localname.lower() != "opml":
        raise WatchlistError("not an OPML file: it does not begin with <opml>; export one from your reader")
    return [source for outline in tree.iter("outline") if (source := _source(outline, pause_s)) is not None]


def _source(outline: etree._Element, pause_s: int) -> Source | None:
    feed, page = outline.get("xmlUrl"), outline.get("htmlUrl") or outline.get("url")
    url = (feed or page or "").strip()
    if not url.startswith(("http://", "https://")):
        return None
    id_, pause, languages = _own(outline, "id"), _own(outline, "pause"), _own(outline, "languages")
    return Source(
        id=id_ if _ID.fullmatch(id_) else "",
        url=url,
        kind=_kind(_own(outline, "kind"), "feed" if feed else "listing"),
        name=text.collapsed(outline.get("title") or outline.get("text") or urls.host(url)),
        publisher=_own(outline, "publisher") or None,
        languages=tuple((languages or outline.get("language") or "").split()),
        pause_s=int(pause) if pause.isdecimal() and len(pause) < 9 else pause_s,
    )


def _own(outline: etree._Element, name: str) -> str:
    return (outline.get(f"{{{NAMESPACE}}}{name}") or "").strip()


def _kind(said: str, usual: SourceKind) -> SourceKind:
    return cast("SourceKind", said) if said in KINDS else usual


def written(workspace: Workspace) -> bytes:
    """Write the feeds, lists, maps and pages of the watchlist."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"communique": NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = workspace.text("wire.name")
    body = etree.SubElement(root, "body")
    for row in models.Source.objects.filter(kind__in=KINDS).order_by("slug"):
        etree.SubElement(body, "outline", _attributes(row))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _attributes(row: models.Source) -> dict[str, str]:
    where = {"xmlUrl": row.url, "type": "rss"} if row.kind == "feed" else {"htmlUrl": row.url, "type": "link"}
    own = {
        "id": row.slug, "kind": row.kind, "publisher": row.publisher or "", "languages": " ".join(row.languages),
        "pause": str(row.pause_s),
    }  # fmt: skip
    language = {"language": row.languages[0]} if row.languages else {}
    return {
        "text": row.name, "title": row.name, **where, **language,
        **{f"{{{NAMESPACE}}}{name}": value for name, value in own.items() if value},
    }  # fmt: skip


def left_out() -> int:
    """Yield how many sources OPML can't hold."""
    return models.Source.objects.exclude(kind__in=KINDS).count()
