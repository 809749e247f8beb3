"""What is written into the log: canonical JSON, one object an entry."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from communique.kit import digest
from communique.records import Dispatch, Operation


def dispatch_entry(dispatch: Dispatch, *, at: datetime) -> bytes:
    """Yield the entry for a dispatch's publication. `at` is the publication on this wire, aware."""
    return canonical(
        {"at": _instant(at), "digest": content_digest(dispatch), "id": str(dispatch.id), "kind": "dispatch"}
    )


def operation_entry(dispatch: Dispatch, operation: Operation, *, at: datetime) -> bytes:
    """Yield the entry for a public change; the dispatch is that after the change. `at` is aware."""
    return canonical(
        {
            "at": _instant(at),
            "digest": content_digest(dispatch),
            "id": str(dispatch.id),
            "kind": "operation",
            "operation": operation,
        }
    )


def edition_entry(number: int, *, at: datetime, files: str, count: int) -> bytes:
    """Yield the entry for a state of the wire: the digest of its list of files and how many these are."""
    return canonical({"at": _instant(at), "count": count, "files": files, "kind": "edition", "number": number})


def content_digest(dispatch: Dispatch) -> str:
    """Yield the digest of what a dispatch says and rests on, as "sha256:…" of its canonical JSON.

    In it is what changes only through a logged operation: the words, their day and publisher, the stage, signatories,
    sources, corrections. Not in it is what a desk may set right silently (pins, topics, coding, links to translations).
    """
    return digest.sha256(canonical(_content(dispatch)))


def _content(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "corrections": [
            {"at": _instant(one.at), "before": one.before, "operation": one.operation, "reason": one.reason}
            for one in dispatch.corrections
        ],
        "dateline": dispatch.dateline,
        "headline": dispatch.headline,
        "id": str(dispatch.id),
        "language": dispatch.language,
        "published": dispatch.published and _instant(dispatch.published),
        "publisher": dispatch.publisher,
        "signatories": list(dispatch.signatories),
        "sources": [
            {"captured": one.captured, "digest": one.digest, "published": one.published, "url": one.url}
            for one in dispatch.sources
        ],
        "stage": dispatch.stage,
        "text": dispatch.text,
    }


def canonical(fields: dict[str, Any]) -> bytes:
    """Yield JSON in one form: keys sorted, no spaces, UTF-8, no escapes but those that JSON demands."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def _instant(at: datetime) -> str:
    """Yield an aware instant as ISO 8601 in UTC."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no offset; instants in the log are aware")
    return at.astimezone(UTC).isoformat()
