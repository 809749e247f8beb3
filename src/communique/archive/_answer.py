"""Evidence read back as the capture that it was."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed

from communique.archive import _index, _record
from communique.kit import digest
from communique.records import Capture, Evidence, Redirect, Trouble

_NAME = re.compile(r"[\w.-]+\.warc\.gz", re.ASCII)
Fields = tuple[tuple[str, str], ...]


def answer(evidence: Evidence, *, folder: Path) -> Capture | Trouble:
    """Yield the capture that evidence points at, checked against its digest; a trouble where it is lost or damaged.

    A 304 comes back as it came, with an empty body. Nothing is written, so the folder may be read-only.
    """
    try:
        record, body = _read(folder, evidence.warc, evidence.offset, evidence.record_id)
        capture = _capture(evidence, record, _payload(folder, record.rec_headers, body))
    except (OSError, ValueError, KeyError, TypeError, ArchiveLoadFailed, zlib.error) as error:
        return _trouble("unreadable", f"{evidence.warc} at byte {evidence.offset} can't be read ({error}); restore it")
    found = digest.sha256(capture.body)
    if found != evidence.digest:
        return _trouble("damaged", f"{evidence.warc} at byte {evidence.offset} has another digest than was noted;"
                        " restore the file from a backup")  # fmt: skip
    return capture


def _read(folder: Path, warc: str, offset: int, record_id: str) -> tuple[Any, bytes]:
    """Yield a record and its body, which is read up to the end so that gzip's checksum is checked too."""
    if not _NAME.fullmatch(warc):
        raise ValueError(f"{warc!r} is not the name of a WARC file")
    with (folder / warc).open("rb") as stream:
        stream.seek(offset)
        record = next(iter(WARCIterator(stream)), None)
        if record is None or (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>") != record_id:
            raise ValueError(f"no record {record_id} stands there")
        return record, record.raw_stream.read()


def _payload(folder: Path, head: Any, body: bytes) -> bytes:
    """Yield the payload: the record's own, or, of a revisit, that of the record that it refers to."""
    payload = head.get_header("WARC-Payload-Digest")
    if head.get_header("WARC-Type") != "revisit" or payload is None:
        return body
    warc, offset = head.get_header(_record.REFERS_TO_FILE), head.get_header(_record.REFERS_TO_OFFSET)
    referred = (head.get_header("WARC-Refers-To") or "").strip("<>")
    try:
        return _read(folder, warc or "", int(offset or 0), referred)[1]
    except (OSError, ValueError):
        kept = _elsewhere(folder, payload)
        return _read(folder, kept.warc, kept.offset, kept.record_id)[1]


def _elsewhere(folder: Path, payload: str) -> _record.Kept:
    """Look the payload up in the index: its file was repacked or renamed since the revisit was written."""
    try:
        with sqlite3.connect(f"file:{folder / _index.FILE}?mode=ro", uri=True) as index:
            kept = _index.by_payload(index, payload)
        index.close()
    except sqlite3.Error as error:
        raise ValueError(f"the record that holds the payload is not where it was, and the index: {error}") from error
    if kept is None:
        raise ValueError(f"no record holds the payload {payload}")
    return kept


def _capture(evidence: Evidence, record: Any, body: bytes) -> Capture:
    own = json.loads(record.rec_headers.get_header(_record.OWN_FIELD))
    http = record.http_headers
    headers: Fields = tuple(_record.original_field(*one) for one in http.headers) if http else _pairs(own["headers"])
    return Capture(
        source_id=own["source"],
        url=own["url"],
        final_url=own["final_url"],
        fetched_at=_instant(record.rec_headers.get_header("WARC-Date")),
        status=int(http.get_statuscode()) if http else own["status"],
        media_type=own["media_type"],
        charset=own["charset"],
        request_headers=_pairs(own.get("request_headers", [])),
        headers=headers,
        body=body,
        digest=evidence.digest,
        address=own["address"],
        redirects=tuple(_redirect(*one) for one in own.get("redirects", [])),
    )


def _redirect(url: str, at: str, status: int, headers: list[list[str]], address: str | None) -> Redirect:
    return Redirect(url=url, at=datetime.fromisoformat(at), status=status, headers=_pairs(headers), address=address)


def _pairs(listed: list[list[str]]) -> Fields:
    return tuple((name, value) for name, value in listed)


def _instant(date: str) -> datetime:
    return datetime.fromisoformat(date.replace("Z", "+00:00"))


def _trouble(kind: str, detail: str) -> Trouble:
    return Trouble(room="archive", kind=kind, detail=detail, passing=False)
