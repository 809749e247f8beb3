"""A mail or a file of this machine as a Capture, so that later rooms see one kind of evidence."""

from __future__ import annotations

from datetime import datetime

from communique.kit.digest import sha256
from communique.records import Capture


def capture_of(body: bytes, url: str, media_type: str, *, source_id: str, now: datetime) -> Capture:
    """Yield the capture of bytes that no server answered with."""
    return Capture(
        source_id=source_id,
        url=url,
        final_url=url,
        fetched_at=now,
        status=200,
        media_type=media_type,
        charset=None,
        request_headers=(),
        headers=(),
        body=body,
        digest=sha256(body),
        address=None,
    )
