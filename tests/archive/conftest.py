"""Captures, dispatches and small wires of invented organisations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from communique import archive
from communique.kit import digest
from communique.records import Capture, Dispatch, DispatchSource

MORNING = datetime(2026, 3, 8, 6, 30, 0, 123456, tzinfo=UTC)
PAGE = "<!doctype html><title>Pay for nurses</title><p>The Nurses’ Union of Harbour City calls for higher pay.</p>"

CaptureMaker = Callable[..., Capture]
DispatchMaker = Callable[..., Dispatch]
WireMaker = Callable[..., Path]


def _capture(body: bytes | str = PAGE, *, url: str = "https://nurses.example/pay?id=7", **other: Any) -> Capture:
    content = body.encode() if isinstance(body, str) else body
    fields: dict[str, Any] = {
        "source_id": "nurses",
        "url": url,
        "final_url": url,
        "fetched_at": MORNING,
        "status": 200,
        "media_type": "text/html",
        "charset": "utf-8",
        "request_headers": (("User-Agent", "Communiqué/0 (+https://wire.example/about/)"), ("Accept", "*/*")),
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a-7"')),
        "body": content,
        "digest": digest.sha256(content),
        "address": "192.0.2.7",
    }
    return Capture(**{**fields, **other})


def _dispatch(id_: int, text: str = "The Nurses’ Union calls for higher pay.", **other: Any) -> Dispatch:
    source = DispatchSource(
        url=f"https://nurses.example/{id_}",
        publisher="nurses",
        language="en",
        published="2026-03-08",
        captured="2026-03-08T06:30:00+00:00",
        digest=digest.sha256_of_text(text),
    )
    return Dispatch(**{"id": id_, "text": text, "published": MORNING, "sources": (source,), **other})


def _wire(site: Path, signer: archive.Signer, count: int = 3) -> Path:
    """Write a small wire: `count` dispatches with pages and proofs, one correction, one edition."""
    entries = [archive.dispatch_entry(_dispatch(id_), at=MORNING) for id_ in range(1, count + 1)]
    corrected = _dispatch(1, "The Nurses’ Union of Harbour City calls for higher pay.")
    entries.append(archive.operation_entry(corrected, "correct", at=MORNING + timedelta(hours=1)))
    size = archive.append(site / "log", entries, signer=signer)
    log = archive.log(site / "log", signer.verifier)
    for id_ in range(1, count + 1):
        newest = archive.content_digest(corrected if id_ == 1 else _dispatch(id_))
        claim = archive.canonical({"communique": {"digest": newest, "log_index": id_ - 1}, "uri": f"/d/{id_}/"})
        _put(site / f"d/{id_}.json", claim)
        _put(site / f"d/{id_}.tlog-proof", archive.proof(log, id_ - 1, size=id_, signer=signer))
        _put(site / f"d/{id_}/nurses/index.html", PAGE.encode())
    _put(site / "index.html", PAGE.encode())
    _put(site / "log/index.html", b"<!doctype html><title>The log</title>")
    listed = archive.list_files(site)
    entries.append(archive.edition_entry(1, at=MORNING, files=listed.digest, count=listed.count))
    archive.append(site / "log", entries[size:], first=size, signer=signer)
    return site


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture(scope="session")
def capture() -> CaptureMaker:
    """Yield a maker of captures; name the fields that matter."""
    return _capture


@pytest.fixture(scope="session")
def dispatch() -> DispatchMaker:
    """Yield a maker of dispatches."""
    return _dispatch


@pytest.fixture(scope="session")
def signer() -> archive.Signer:
    """Yield a key that is the same in every run."""
    return archive.Signer(name="wire.example/log", seed=bytes(range(32)))


@pytest.fixture(scope="session")
def wire() -> WireMaker:
    """Yield a maker of small wires."""
    return _wire
