"""Records for tests: each builder yields a whole, plausible one, and a test says only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from communique import match
from communique.flow.ledger import Entry, Found, Known, Versions, Visited
from communique.kit import digest
from communique.records import Assignment, Capture, Coding, Dating, Document, Evidence, Source

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday; tests count from it and never read the clock
PAGE = "https://rivermen.example/statements/locks"
TEXT = (
    "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth before "
    "the spring flood.\n\nThe locks were closed on 14 January; since then 37 barges have waited below the weir."
)


def source(**given: Any) -> Source:
    """Yield a source; its id follows from its address unless given."""
    url = given.get("url", "https://rivermen.example/feed.xml")
    fields = {"id": url.split("://", 1)[-1].replace("/", "-"), "url": url, "kind": "feed", "name": "River Pilots"}
    return Source(**{**fields, **given})


def capture(**given: Any) -> Capture:
    """Yield an answer; `digest` and `final_url` follow from `body` and `url` unless given."""
    body = given.get("body", TEXT.encode())
    url = given.get("url", PAGE)
    fields = {
        "source_id": source().id, "url": url, "final_url": url, "fetched_at": MORNING, "status": 200,
        "media_type": "text/html", "charset": "utf-8", "request_headers": (), "headers": (), "body": body,
        "digest": digest.sha256(body), "address": "192.0.2.7",
    }  # fmt: skip
    return Capture(**{**fields, **given})


def evidence(of: Capture, **given: Any) -> Evidence:
    """Yield where a capture is kept. The same capture gives the same record id."""
    name = f"{of.url} {of.fetched_at.isoformat()} {of.digest}"
    fields = {
        "warc": "communique-20260302-00001.warc.gz", "offset": 0, "record_id": f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
        "url": of.url, "captured_at": of.fetched_at, "digest": of.digest,
    }  # fmt: skip
    return Evidence(**{**fields, **given})


def document(**given: Any) -> Document:
    """Yield a document; `digest` follows from `text` unless given."""
    text = given.get("text", TEXT)
    fields = {
        "capture_digest": digest.sha256_of_text(text), "url": PAGE, "canonical_url": None,
        "title": "River pilots: reopen the locks", "byline": None, "publisher": "Union of River Pilots",
        "dateline": None, "published": Dating(at="2026-03-01", precision="day", evidence="json-ld"), "updated": None,
        "language": "en", "standfirst": None, "text": text, "signatories": (), "signatory_count": None,
        "open_list": False, "links": (), "feeds": (), "digest": digest.sha256_of_text(text),
    }  # fmt: skip
    return Document(**{**fields, **given})


def original(of: Document) -> Assignment:
    """Yield the assignment of a document that nothing else says."""
    name = of.digest.removeprefix("sha256:")[:24]
    return Assignment(statement=f"s-{name}", relation="original", of=None, story=f"t-{name}", score=1.0)


def entry(of: Document, kept: Evidence, **given: Any) -> Entry:
    """Yield a document ready to be entered: an original of its own, unless told otherwise."""
    fields = {
        "url": of.url, "source_id": source().id, "record_id": kept.record_id, "document": of,
        "assignment": original(of), "coding": Coding(), "trouble": None, "keys": frozenset({int(of.digest[7:15], 16)}),
        "fingerprint": match.fingerprint(of),
        "revises": None, "change": None, "versions": Versions(read=1, match=1, code=1), "seen_at": MORNING,
    }  # fmt: skip
    return Entry(**{**fields, **given})


def revision(of: Document, kept: Evidence, *, known: Known, **given: Any) -> Entry:
    """Yield a later text at the address of a known document."""
    return entry(of, kept, **{"assignment": known.assignment, "revises": known.key, **given})


def found(url: str = PAGE, **given: Any) -> Found:
    """Yield an address that a list names."""
    return Found(**{"url": url, "title": "River pilots: reopen the locks", **given})


def visited(**given: Any) -> Visited:
    """Yield a visit that went well; the next one is an hour later."""
    at = given.get("at", MORNING)
    return Visited(**{"at": at, "next_at": at + timedelta(hours=1), "answered": True, **given})
