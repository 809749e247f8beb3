"""One input object of `read`, `listing` or `feed` becomes a Capture, and what is known of the page beside it.

A page comes as `html` (text), as `base64` (bytes) or as `path` (a file, also gzipped). Sizes are capped before and
after decompression, and nothing but a regular file is opened, so that a device or a pipe can't stall a filter.
"""

from __future__ import annotations

import base64
import gzip
import zlib
from datetime import UTC, date, datetime
from email.message import Message
from pathlib import Path, PurePath
from typing import IO, Any

from communique.kit import jsonable
from communique.kit.digest import sha256
from communique.kit.text import printable
from communique.records import Capture, DayOrder, Hints, Trouble

BODY_BYTES = 32 * 1024 * 1024  # after decompression; statements are a thousandth of it, PDFs with pictures a third
SHOWN = 200  # characters of a path or a value that are repeated in a message

_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".eml": "message/rfc822",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".xml": "application/xml",
    ".json": "application/json",
}
_MAGIC = ((b"%PDF-", "application/pdf"), (b"Return-Path:", "message/rfc822"), (b"Received:", "message/rfc822"))


def capture(fields: dict[str, Any]) -> Capture | Trouble:
    """Yield the capture that an input object describes, or what is wrong with it."""
    wrong = _wrong_fields(fields)
    if wrong is not None:
        return wrong
    body = _body(fields)
    if isinstance(body, Trouble):
        return body
    fetched_at = _fetched_at(fields.get("fetched_at"))
    if isinstance(fetched_at, Trouble):
        return fetched_at
    media_type, charset = _declared(fields, body)
    url = printable(fields.get("url") or "").strip()
    return Capture(
        source_id="", url=url, final_url=url, fetched_at=fetched_at, status=200, media_type=media_type,
        charset=charset, request_headers=(), headers=(), body=body, digest=sha256(body), address=None,
    )  # fmt: skip


def hints(fields: dict[str, Any]) -> Hints | Trouble:
    """Yield what the input object knows of the page from elsewhere, or what is wrong with it."""
    languages = fields.get("languages") or []
    if not isinstance(languages, list) or not all(isinstance(tag, str) for tag in languages):
        return trouble("bad-field", "`languages` is not a list of BCP 47 tags, likeliest first")
    listing_date = _day(fields.get("listing_date"), "listing_date")
    if isinstance(listing_date, Trouble):
        return listing_date
    feed_date = fields.get("feed_date")
    if feed_date is not None and (not isinstance(feed_date, str) or not _is_instant_or_day(feed_date)):
        return trouble("bad-field", f"`feed_date` is {_shown(feed_date)}, where an ISO 8601 day or instant is expected")
    order = day_order(fields)
    if isinstance(order, Trouble):
        return order
    return Hints(listing_date=listing_date, feed_date=feed_date, languages=tuple(languages), day_order=order)


def day_order(fields: dict[str, Any]) -> DayOrder | Trouble | None:
    """Yield how the page's source writes days in numerals, as the input object knows it, or what is wrong with it."""
    order = fields.get("day_order")
    if order not in (None, "day-first", "month-first"):
        detail = f"`day_order` is {_shown(str(order))}, where day-first or month-first is expected"
        return trouble("bad-field", detail)
    known: DayOrder | None = order
    return known


def trouble(kind: str, detail: str) -> Trouble:
    """Yield a trouble about an input object."""
    return Trouble(room="read", kind=kind, detail=printable(detail), passing=False)


def _wrong_fields(fields: dict[str, Any]) -> Trouble | None:
    for name in ("path", "html", "base64", "url", "media_type"):
        if fields.get(name) is not None and not isinstance(fields[name], str):
            return trouble("bad-field", f"`{name}` is {jsonable.kind(fields[name])}, where a string is expected")
    if sum(fields.get(name) is not None for name in ("path", "html", "base64")) != 1:
        return trouble("bad-field", "give the page either as `path` (a file), as `html` (its text) or as `base64`")
    return None


def _body(fields: dict[str, Any]) -> bytes | Trouble:
    if (html := fields.get("html")) is not None:
        body: bytes = html.encode("utf-8", "replace")
        return body if len(body) <= BODY_BYTES else _too_large("`html`")
    if (packed := fields.get("base64")) is not None:
        return _of_base64(packed)
    return _file(fields["path"])


def _of_base64(packed: str) -> bytes | Trouble:
    """Yield the bytes of a page that is no text, such as a PDF, or a text of another encoding."""
    if len(packed) > BODY_BYTES * 4 // 3 + 4:
        return _too_large("`base64`")
    try:
        return base64.b64decode(packed, validate=True)
    except ValueError as error:
        return trouble("bad-field", f"`base64` is not Base64 (RFC 4648): {error}")


def _file(name: str) -> bytes | Trouble:
    """Read a file within the cap; only the file that is named, and only if it is a regular one."""
    try:
        path = Path(name)
        if not path.exists():
            return trouble("no-such-file", f"there is no file {_shown(name)}; `path` is relative to the current folder")
        if not path.is_file():
            return trouble("not-a-file", f"{_shown(name)} is not a regular file; give one page as `path`")
        with path.open("rb") as plain:
            body = _unpacked(plain) if name.lower().endswith(".gz") else plain.read(BODY_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        return trouble("bad-gzip", f"{_shown(name)} is not a whole gzip file ({error}); pack it again")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a usable name"
        return trouble("unreadable", f"{_shown(name)} can't be read: {reason.lower()}")
    return body if len(body) <= BODY_BYTES else _too_large(_shown(name))


def _unpacked(plain: IO[bytes]) -> bytes:
    with gzip.GzipFile(fileobj=plain) as unpacked:
        return unpacked.read(BODY_BYTES + 1)


def _too_large(what: str) -> Trouble:
    return trouble("too-large", f"{what} holds more than {BODY_BYTES // 1024**2} MiB; a page is never that large")


def _declared(fields: dict[str, Any], body: bytes) -> tuple[str | None, str | None]:
    """Yield media type and charset: as said, else by the file's name and its first bytes."""
    if said := fields.get("media_type"):
        header = Message()
        header["content-type"] = " ".join(said.split())
        charset = header.get_content_charset()
        return said.split(";")[0].strip().lower() or None, charset
    if "html" in fields and fields["html"] is not None:
        return "text/html", "utf-8"
    by_magic = next((kind for magic, kind in _MAGIC if body.startswith(magic)), None)
    name = PurePath((fields.get("path") or "").lower().removesuffix(".gz"))
    return by_magic or _TYPES.get(name.suffix), None


def _fetched_at(given: object) -> datetime | Trouble:
    """Yield when the page was fetched; a page of unknown age is taken as fetched now, when it is read."""
    if given is None:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(given) if isinstance(given, str) else None
        if found is not None and found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return trouble(
        "bad-field", f"`fetched_at` is {_shown(given)}, where an ISO 8601 instant with an offset is expected"
    )


def _day(given: object, name: str) -> date | Trouble | None:
    if given is None:
        return None
    try:
        if isinstance(given, str):
            return date.fromisoformat(given)
    except ValueError:
        pass
    return trouble("bad-field", f"`{name}` is {_shown(given)}, where an ISO 8601 day is expected")


def _is_instant_or_day(given: str) -> bool:
    try:
        datetime.fromisoformat(given)
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
