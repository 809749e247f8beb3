"""A capture as WARC records and back; pure. WARC 1.1 (ISO 28500:2017), written and read by warcio.

An answer over HTTP is a `response` and its `request`; a mail or a file is a `resource`; a payload that is kept already
makes a `revisit`, as does a 304. The body is kept as it is after content decoding; the header fields that speak of the
coded form (Content-Encoding, Transfer-Encoding, Content-Length) are kept with `X-Archive-Orig-` before their names,
so that other programs don't decode it twice. What HTTP has no place for stands in a field of our own in the record's
head (`Communique-Capture`, JSON), so that reading a record gives exactly the capture that was kept.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from communique.kit import digest
from communique.records import Capture, Redirect

OWN_FIELD = "Communique-Capture"
REFERS_TO_FILE, REFERS_TO_OFFSET = "WARC-Refers-To-Filename", "WARC-Refers-To-File-Offset"
_ORIGINAL = "X-Archive-Orig-"
_CODING = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_BREAKS = re.compile(r"[\x00-\x1f\x7f]")
_URI_SAFE = "%:/?#[]@!$&'()*+,;=-._~"
# Made from what a capture is, the id of a record is the same whenever the same capture is kept.
_NAMESPACE = uuid.UUID("6f0c3c9e-4d0f-5d43-9c0e-6c1f2f0d8f11")
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a payload is kept already."""

    warc: str
    offset: int
    record_id: str
    target: str  # WARC-Target-URI
    date: str  # WARC-Date


class _Head(StatusAndHeaders):  # type: ignore[misc]  # warcio ships no types
    """HTTP header fields as they came: warcio's own would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_str().encode("utf-8", "replace") + b"\r\n"


def record_id(capture: Capture) -> str:
    """Yield the id of the record of a capture, "urn:uuid:…"."""
    said = [date(capture.fetched_at), capture.final_url, capture.status, capture.headers, capture.digest, _own(capture)]
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, json.dumps(said))}"


def date(instant: datetime) -> str:
    """Yield an aware instant as WARC 1.1 writes it, with microseconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def target(capture: Capture) -> str:
    """Yield the address that answered, with what an address can't hold percent-encoded."""
    return quote(capture.final_url, safe=_URI_SAFE, errors="replace")


def written(capture: Capture, kept: Kept | None) -> bytes:
    """Yield the bytes of the records of a capture, one gzip member each; the first is what evidence points at.

    `kept` is the record of the same payload, if there is one (for a 304: of what was not modified).
    """
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=RecordBuilder.WARC_1_1)
    writer.write_record(_main(writer, capture, kept))
    if _over_http(capture) and capture.request_headers:
        writer.write_record(_request(writer, capture))
    for number, redirect in enumerate(capture.redirects):
        writer.write_record(_redirect(writer, capture, redirect, number))
    return out.getvalue()


def file_head(name: str, software: str, day: datetime) -> bytes:
    """Yield the `warcinfo` record that a file begins with."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=RecordBuilder.WARC_1_1)
    fields = {"software": software, "format": "WARC File Format 1.1"}
    record = writer.create_warcinfo_record(name, fields)
    record.rec_headers.replace_header("WARC-Date", date(day))
    record.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(_NAMESPACE, name)}>")
    _digests(record, record.raw_stream.getvalue(), None)
    writer.write_record(record)
    return out.getvalue()


def _over_http(capture: Capture) -> bool:
    is_http = capture.final_url.lower().startswith(("http://", "https://"))
    return is_http and (capture.address is not None or bool(capture.headers) or capture.status == NOT_MODIFIED)


def _main(writer: Any, capture: Capture, kept: Kept | None) -> Any:
    not_modified = capture.status == NOT_MODIFIED and _over_http(capture)
    is_revisit = not_modified or kept is not None
    kind = "revisit" if is_revisit else "response" if _over_http(capture) else "resource"
    head = _response_head(capture) if _over_http(capture) else None
    body = b"" if is_revisit else capture.body
    record = writer.create_warc_record(
        target(capture),
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=_content_type(capture) if head is None else "",
        warc_headers_dict=_fields(capture, kept, not_modified=not_modified),
        http_headers=head,
    )
    _digests(record, body, None if not_modified else capture.digest)
    return record


def _fields(capture: Capture, kept: Kept | None, *, not_modified: bool) -> dict[str, str]:
    found = {
        "WARC-Record-ID": f"<{record_id(capture)}>",
        "WARC-Date": date(capture.fetched_at),
        **({"WARC-IP-Address": address} if (address := _address(capture)) else {}),
        OWN_FIELD: json.dumps(_own(capture), separators=(",", ":")),
        # warcio would else work out its own before the payload is in one piece with the head
        "WARC-Payload-Digest": capture.digest,
    }
    if not_modified:
        found["WARC-Profile"] = _NOT_MODIFIED
        del found["WARC-Payload-Digest"]
    elif kept:
        found["WARC-Profile"] = RecordBuilder.REVISIT_PROFILE_1_1
    if kept:
        found |= {
            "WARC-Refers-To": f"<{kept.record_id}>",
            "WARC-Refers-To-Target-URI": kept.target,
            "WARC-Refers-To-Date": kept.date,
            REFERS_TO_FILE: kept.warc,
            REFERS_TO_OFFSET: str(kept.offset),
        }
    return found


def _own(capture: Capture) -> dict[str, Any]:
    """Yield what the HTTP head does not say."""
    found: dict[str, Any] = {"source": capture.source_id, "url": capture.url, "final_url": capture.final_url}
    found |= {"media_type": capture.media_type, "charset": capture.charset, "address": capture.address}
    if not _over_http(capture):
        found |= {"status": capture.status, "headers": capture.headers, "request_headers": capture.request_headers}
    elif capture.request_headers:
        found["request_headers"] = capture.request_headers
    if capture.redirects:
        found["redirects"] = [
            [one.url, one.at.isoformat(), one.status, one.headers, one.address] for one in capture.redirects
        ]
    return found


def _address(capture: Capture) -> str | None:
    try:
        return str(ipaddress.ip_address((capture.address or "").partition("%")[0]))
    except ValueError:
        return None


def _content_type(capture: Capture) -> str:
    return _BREAKS.sub(" ", capture.media_type or "application/octet-stream").encode("ascii", "replace").decode("ascii")


def _response_head(capture: Capture) -> _Head:
    return _head_of(capture.status, capture.headers)


def _head_of(status: int, headers: tuple[tuple[str, str], ...]) -> _Head:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    return _Head(f"{status} {phrase}", [_kept_field(*one) for one in headers], protocol="HTTP/1.1")


def _kept_field(name: str, value: str) -> tuple[str, str]:
    hidden = name.lower() in _CODING or name.lower().startswith(_ORIGINAL.lower())
    return (_ORIGINAL if hidden else "") + _BREAKS.sub(" ", name), _BREAKS.sub(" ", value)


def original_field(name: str, value: str) -> tuple[str, str]:
    """Yield a header field as it came: the reverse of how it is kept."""
    return (name[len(_ORIGINAL) :] if name.startswith(_ORIGINAL) else name), value


def _request(writer: Any, capture: Capture) -> Any:
    wanted = "/" + target(capture).partition("#")[0].partition("://")[2].partition("/")[2]
    head = _Head(f"GET {wanted} HTTP/1.1", [_kept_field(*one) for one in capture.request_headers], is_http_request=True)
    id_ = uuid.uuid5(_NAMESPACE, "request " + record_id(capture))
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{id_}>",
        "WARC-Date": date(capture.fetched_at),
        "WARC-Concurrent-To": f"<{record_id(capture)}>",
    }
    record = writer.create_warc_record(target(capture), "request", warc_headers_dict=fields, http_headers=head)
    record.rec_headers.remove_header("WARC-Payload-Digest")
    _digests(record, b"", digest.sha256(b""))
    return record


def _redirect(writer: Any, capture: Capture, redirect: Redirect, number: int) -> Any:
    """Make the record of an answer on the way. It has no payload: what such answers say beside is for nobody."""
    head = _head_of(redirect.status, redirect.headers)
    id_ = uuid.uuid5(_NAMESPACE, f"redirect {number} {record_id(capture)}")
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{id_}>",
        "WARC-Date": date(redirect.at),
        "WARC-Concurrent-To": f"<{record_id(capture)}>",
    }
    where = quote(redirect.url, safe=_URI_SAFE, errors="replace")
    record = writer.create_warc_record(where, "response", warc_headers_dict=fields, http_headers=head)
    _digests(record, b"", digest.sha256(b""))
    return record


def _digests(record: Any, body: bytes, payload: str | None) -> None:
    """Set the digests: SHA-256 in hex, as everywhere in Communiqué, where warcio would take SHA-1."""
    if record.http_headers:
        record.http_headers.compute_headers_buffer()
    block = hashlib.sha256(record.http_headers.headers_buff if record.http_headers else b"")
    block.update(body)
    record.rec_headers.replace_header("WARC-Block-Digest", "sha256:" + block.hexdigest())
    if payload:
        record.rec_headers.replace_header("WARC-Payload-Digest", payload)
