"""One answer of the web, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One answer on the way that said: look elsewhere."""

    url: str  # that was asked
    at: datetime  # aware, UTC
    status: int  # 301, 302, 303, 307, 308
    headers: tuple[tuple[str, str], ...]  # as received; `location` says where to look
    address: str | None  # the IP address that answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One answer of the web (or one mail, or one file), as it came."""

    source_id: str  # which source it was fetched for; "" outside a workspace
    url: str  # the address that was asked
    final_url: str  # the address that answered, after redirects; equals url without any
    fetched_at: datetime  # aware, UTC: when the answer began
    status: int  # HTTP status; 200 for mails and files; 304: not changed, and body is empty
    media_type: str | None  # "text/html", lower case, without parameters; None: not said
    charset: str | None  # as the header says; None: not said
    request_headers: tuple[tuple[str, str], ...]  # as sent, in order
    headers: tuple[tuple[str, str], ...]  # as received, in order, without transfer coding
    body: bytes  # after content decoding
    digest: str  # "sha256:…" of body
    address: str | None  # the IP address that answered; None for mails and files
    redirects: tuple[Redirect, ...] = ()  # from url to final_url, in order
    moved: bool = False  # True: each redirect from url to final_url said that it is for good (301, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a capture is kept: one WARC record."""

    warc: str  # file name within the evidence folder
    offset: int  # of the response record in that file, bytes
    record_id: str  # "urn:uuid:…"
    url: str
    captured_at: datetime  # aware, UTC
    digest: str  # "sha256:…" of the payload
