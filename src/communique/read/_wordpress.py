"""A WordPress export (WXR, an RSS 2.0 file with WordPress's own elements) becomes posts, one by one."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import IO

from lxml import etree, html

from communique.kit import text
from communique.records import Trouble

EXCERPT = "{http://wordpress.org/export/%s/excerpt/}encoded"
BODY = "{http://purl.org/rss/1.0/modules/content/}encoded"
VERSIONS = ("1.2", "1.1", "1.0")
# What WordPress keeps for itself beside what people wrote; whoever exports everything gets it unasked.
_FURNITURE = re.compile(
    r"attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-\S+|elementor_\w+"
)
_LEAD = 20_000  # characters of a body in which its first paragraph is looked for
_TAIL = 4096  # bytes at the end of a file in which its last tag stands
# Shortcodes, WordPress's own markup: `[gallery ids="1,2"]`, `[caption …]words[/caption]`. What is in plain brackets,
# such as "[sic]", is the author's.
_CAPTION = re.compile(r"\[caption\b[^\]]*\].*?\[/caption\]", re.DOTALL)
_PAIRED = re.compile(r"\[([\w-]+)(?:\s[^\]]*)?\](.*?)\[/\1\]", re.DOTALL)
_SINGLE = re.compile(r"\[[a-z][\w-]*(?:\s+[\w-]+=[^\]]*|\s*/)\]")
_ALONE = re.compile(r"\[[a-z][\w-]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One published post of a WordPress site."""

    title: str
    excerpt: str | None  # None: the author wrote none
    lead: str  # first paragraph of the body; "": it has no words
    url: str | None
    published: datetime | None  # aware, UTC; midnight where only the day is known
    is_day_only: bool  # the file gives the site's own time without its offset: the day is known, the instant is not
    is_sticky: bool
    language: str | None  # BCP 47, as the plug-in Polylang marks it; None: not marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What stands in an export beside the posts that are taken, so that it can be said."""

    kind: str  # WordPress's post type, such as page
    status: str  # publish, draft, future, private, pending, trash …; "password": published for those who know one


def wordpress(path: Path, kinds: Collection[str] = ("post",)) -> Iterator[Post | Passed | Trouble]:
    """Yield the published posts of a WXR file in file order (oldest first, as WordPress writes it). Streams.

    A file that is cut off yields what stands before the cut, and a Trouble at its end.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY), "rb") as stream:  # nameless: lxml chokes on names not in UTF-8
            is_export = False
            for found in _posts(stream, kinds):
                is_export = True
                yield found
            if is_export and _is_cut(stream):
                name = text.printable(path.name)
                detail = f"{name}: cut off in the middle, its last tag is missing; make it anew under Tools, Export"
                yield Trouble(room="read", kind="cut", detail=detail, passing=False)
    except (etree.XMLSyntaxError, OSError) as error:
        name = text.printable(path.name)
        detail = f"{name}: not a WordPress export that can be read ({error}); make it anew under Tools, Export"
        yield Trouble(room="read", kind="not-wxr", detail=detail, passing=False)


def _is_cut(stream: IO[bytes]) -> bool:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    return b"</rss>" not in stream.read()


def _posts(stream: IO[bytes], kinds: Collection[str]) -> Iterator[Post | Passed]:
    # iterparse never fetches; entities stay unresolved, so that a bomb in the DTD is not expanded.
    events = etree.iterparse(stream, tag="item", resolve_entities=False, no_network=True, recover=True)
    for _, element in events:
        fields = _fields(element)
        kind, status = fields.get("post_type", "post"), fields.get("status", "publish")
        if fields.get("post_password"):
            status = "password"  # WordPress marks it as published
        if kind in kinds and status == "publish":
            yield _post(element, fields)
        elif not _FURNITURE.fullmatch(kind):
            yield Passed(kind=kind, status=status)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


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
    at, day = _instant(fields.get("post_date_gmt", "")), _instant(fields.get("post_date", ""))
    if is_day_only := at is None and day is not None:
        at = datetime.combine(day, time.min, tzinfo=UTC)
    return Post(
        title=_plain(element.findtext("title") or ""),
        excerpt=_plain(excerpt) or None if excerpt else None,
        lead=_lead(element.findtext(BODY) or ""),
        url=link if link.startswith(("http://", "https://")) else None,
        published=at,
        is_day_only=is_day_only,
        is_sticky=fields.get("is_sticky") == "1",
        language=_language(element),
    )


def _language(element: etree._Element) -> str | None:
    marked = (child.get("nicename") for child in element.iterfind("category") if child.get("domain") == "language")
    return next((name for name in marked if name and re.fullmatch(r"[a-z]{2,3}(-[a-z]{2})?", name)), None)


def _lead(markup: str) -> str:
    """Yield the first part of a body that has words; WordPress parts paragraphs by tags or by blank lines."""
    parts = (_plain(part) for part in re.split(r"</p\s*>|</div\s*>|\n\s*\n", _without_shortcodes(markup[:_LEAD])))
    return next((part for part in parts if part and not _ALONE.fullmatch(part)), "")


def _without_shortcodes(markup: str) -> str:
    """Yield a body without WordPress's shortcodes; what stands between an opening and a closing one stays."""
    return _SINGLE.sub("", _PAIRED.sub(r"\2", _CAPTION.sub("", markup)))


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
