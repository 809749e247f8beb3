"""What kind of thing a capture is: decided by its bytes first, then by what was said of it."""

from __future__ import annotations

import re
from typing import Literal

from communique.records import Capture, Trouble

Format = Literal["html", "pdf", "mail", "text"]

PAGE_BYTES = 16 * 1024 * 1024  # the largest statement page met had 1.6 MB
PDF_BYTES = 64 * 1024 * 1024  # scanned annual reports; congress documents stay under 20 MB

_BY_TYPE: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "message/rfc822": "mail",
    "text/plain": "text",
    "text/markdown": "text",
}
_UNDECIDED = (
    "application/octet-stream",
    "application/xml",
    "text/xml",
    "binary/octet-stream",
    "application/force-download",
)
# What programs print before a page is markup too: line breaks of their warnings.
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|article|table|meta|title|h1|br|ul|ol|center)[\s/>]", re.I
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_MAIL_FIELD = re.compile(
    rb"^(?:return-path|received|mime-version|message-id|delivered-to|from|subject|date|to|dkim-signature|x-[\w-]+):",
    re.I | re.M,
)
_MAGIC = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"Rar!", "an archive"),
)


def format_of(capture: Capture) -> Format | Trouble:
    """Decide what to read a capture as, or say why it can't be read."""
    body = capture.body
    if not body.strip():
        return _trouble("empty", f"{capture.url or 'the input'} has no content; capture it again")
    found = _by_bytes(body) or _by_name(capture)
    if found not in ("html", "pdf", "mail", "text"):
        return _trouble("not-a-page", f"{capture.url or 'the input'} is {found}, not a page, PDF, mail or text")
    limit = PDF_BYTES if found == "pdf" else PAGE_BYTES
    if len(body) > limit:
        return _trouble(
            "too-large", f"{capture.url or 'the input'} has {len(body):,} bytes; {limit:,} are read at most"
        )
    return found  # type: ignore[return-value]  # narrowed by the test above, which mypy does not follow


def _trouble(kind: str, detail: str) -> Trouble:
    return Trouble(room="read", kind=kind, detail=detail, passing=False)


def _by_bytes(body: bytes) -> str | None:
    """Name what the bytes leave no doubt about: a format, or what it is instead."""
    start = body[:2048].lstrip()
    if b"%PDF-" in start[:1024]:
        return "pdf"
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    if start.startswith(b"<") and _FEED.search(start[:600]):
        return "a feed or sitemap (see `communique feed`)"
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html[\s>])", start, re.I):
        return "html"
    return None


def _by_name(capture: Capture) -> str:
    """Name the format by what was said of it, and by looks where nothing was."""
    said = capture.media_type
    if said in _BY_TYPE and said != "text/plain":
        return _BY_TYPE[said]
    if said and said != "text/plain" and said not in _UNDECIDED and not said.startswith("text/"):
        return f"of type {said[:60]}"
    return _by_looks(capture.body)


def _by_looks(body: bytes) -> str:
    start = body[:4096]
    fields = {found.lower() for found in _MAIL_FIELD.findall(start.split(b"\n\n")[0].split(b"\r\n\r\n")[0])}
    if len(fields) >= 2:
        return "mail"
    if _MARKUP.search(start):
        return "html"
    if start.count(b"\x00") > len(start) // 2 + 16:
        return "binary data"
    return "text"
