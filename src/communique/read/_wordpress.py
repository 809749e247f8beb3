"""A WordPress export (WXR, an RSS 2.0 file with WordPress's own elements) becomes posts, one by one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from lxml import etree, html

from communique.kit import text
from communique.records import Trouble

EXCERPT = "{http://wordpress.org/export/%s/excerpt/}encoded"
BODY = "{http://purl.org/rss/1.0/modules/content/}encoded"
VERSIONS = ("1.2", "1.1", "1.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One published post of a WordPress site."""

    title: str
    excerpt: str | None  # None: the author wrote none
    lead: str  # first paragraph of the body; "": it has no words
    url: str | None
    published: datetime | None  # aware, UTC
    is_sticky: bool


def wordpress(path: Path) -> Iterator[Post | Trouble]:
    """Yield the published posts of a WXR file in file order (oldest first, as WordPress writes it). Streams."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY), "rb") as stream:  # nameless: lxml chokes on names not in UTF-8
            yield from _posts(stream)
    except (etree.XMLSyntaxError, OSError) as error:
        name = text.printable(path.name)
        detail = f"{name}: not a WordPress export that can be read ({error}); make it anew under Tools, Export"
        yield Trouble(room="read", kind="not-wxr", detail=detail, passing=False)


def _posts(stream: IO[bytes]) -> Iterator[Post]:
    # iterparse never fetches; entities stay unresolved, so that a bomb in the DTD is not expanded.
    events = etree.iterparse(stream, tag="item", resolve_entities=False, no_network=True, recover=True)
    for _, element in events:
        fields = _fields(element)
        if _is_public(fields):
            yield _post(element, fields)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _is_public(fields: dict[str, str]) -> bool:
    """Tell whether everybody can read it; WordPress marks what needs a password as published too."""
    is_post = fields.get("post_type", "post") == "post" and fields.get("status", "publish") == "publish"
    return is_post and not fields.get("post_password")


def _fields(element: etree._Element) -> dict[str, str]:
    """Yield WordPress's own elements by local name: their namespace differs from version to version."""
    return {
        etree.QName(child).localname: (child.text or "").strip()
        for child in element
        if "wordpress.org/export" in str(child.tag) and "excerpt" not in str(child.tag)  # comments have no name
    }


def _post(element: etree._Element, fields: dict[str, str]) -> Post:
    excerpt = next((found for version in VERSIONS if (found := element.findtext(EXCERPT % version))), None)
    link = (element.findtext("link") or "").strip()
    return Post(
        title=_plain(element.findtext("title") or ""),
        excerpt=_plain(excerpt) or None if excerpt else None,
        lead=_lead(element.findtext(BODY) or ""),
        url=link if link.startswith(("http://", "https://")) else None,
        published=_instant(fields.get("post_date_gmt", "")),
        is_sticky=fields.get("is_sticky") == "1",
    )


def _lead(markup: str) -> str:
    """Yield the first part of a body that has words; WordPress parts paragraphs by tags or by blank lines."""
    parts = (_plain(part) for part in re.split(r"</p\s*>|</div\s*>|\n\s*\n", markup))
    return next((part for part in parts if part), "")


def _plain(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return text.collapsed(markup)
    return text.collapsed(str(html.fromstring(f"<div>{markup}</div>").xpath("string()")))


def _instant(written: str) -> datetime | None:
    """Read WordPress's "2019-01-10 09:00:00" (UTC); drafts carry zeros."""
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
