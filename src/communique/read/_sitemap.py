"""A sitemap file becomes a Sitemap: the protocol's XML, its index, Google's news extension, plain text, gzip or not.

https://www.sitemaps.org/protocol.html; news: https://developers.google.com/search/docs/crawling-indexing/sitemaps.
What the protocol limits (50,000 addresses and 50 MiB a file) bounds what is read of one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from lxml import etree

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read._feed_instants import instant
from communique.read._feed_tree import local_name
from communique.records import Capture, Sitemap, SitemapEntry, Trouble

FILE_BYTES = 50 * 1024 * 1024  # unpacked; the protocol allows no more
ENTRIES = 50_000  # the same
_GZIP = b"\x1f\x8b"
_ROOTS = ("urlset", "sitemapindex")


def sitemap(capture: Capture) -> Sitemap | Trouble:
    """Yield the addresses that a sitemap names. A file that breaks off gives what stands before the break."""
    body = _unpacked(capture.body)
    if len(body) > FILE_BYTES:
        return _trouble(
            capture, "too-large", f"holds more than {FILE_BYTES // 1024**2} MiB, which no sitemap may; tell its owner"
        )
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return _trouble(capture, "empty", "is empty; look whether the address still is that of a sitemap")
    if not start.startswith(b"<"):
        return _of_text(capture, body)
    try:
        return _of_xml(capture, body)
    except etree.XMLSyntaxError:
        return _none(capture)


def _unpacked(body: bytes) -> bytes:
    """Yield a body out of its gzip file, no more than one byte beyond the limit; as it is where it is in none."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, FILE_BYTES + 1)
    except zlib.error:
        return b""


def _of_xml(capture: Capture, body: bytes) -> Sitemap | Trouble:
    items: list[SitemapEntry] = []
    parts: list[SitemapEntry] = []
    root = None
    for event, element in islice(_events(body), 2 * ENTRIES + 1):
        if event == "start":
            root = root or local_name(element)
            if root not in _ROOTS:
                return _none(capture)
        elif (made := _entry(element, capture.final_url)) is not None:
            (parts if local_name(element) == "sitemap" else items).append(made)
    if root is None:
        return _none(capture)
    return Sitemap(url=capture.final_url, items=tuple(items[:ENTRIES]), parts=tuple(parts[:ENTRIES]))


def _events(body: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Yield the start of the root and the end of each entry; what was read is let go, so a large file stays small."""
    reader = etree.iterparse(
        BytesIO(body), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    is_root = True
    for event, element in reader:
        if event == "start":
            if is_root:
                yield event, element
            is_root = False
        elif local_name(element) in ("url", "sitemap"):
            yield event, element
            element.clear()
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]


def _entry(element: etree._Element, base: str) -> SitemapEntry | None:
    said = {local_name(one): collapsed(one.text or "") for one in reversed(list(element.iter(etree.Element)))}
    url = urls.absolute(base, said.get("loc", ""))
    if url is None or not said.get("loc"):
        return None
    return SitemapEntry(
        url=url,
        title=said.get("title") or None,
        changed=instant(said.get("lastmod")),
        published=instant(said.get("publication_date")),
    )


def _of_text(capture: Capture, body: bytes) -> Sitemap | Trouble:
    """Read a plain list, one address a line."""
    lines = body.decode("utf-8-sig", "replace").splitlines()
    items = tuple(
        SitemapEntry(url=line.strip()) for line in islice(lines, ENTRIES) if line.startswith(("http://", "https://"))
    )
    return Sitemap(url=capture.final_url, items=items, parts=()) if items else _none(capture)


def _none(capture: Capture) -> Trouble:
    return _trouble(
        capture, "not-a-sitemap", "is no sitemap (no <urlset>, no <sitemapindex>, no list of addresses); test it anew"
    )


def _trouble(capture: Capture, kind: str, what: str) -> Trouble:
    return Trouble(room="read", kind=kind, detail=f"{capture.final_url or 'the file'} {what}", passing=False)
