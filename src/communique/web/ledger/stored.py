"""Which stored copies stand behind what the desk published: from a dispatch to the pages as they stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from communique.web.ledger import models

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_RECORD = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_NUMBER = re.compile(r"[0-9]{1,9}")
_STATEMENT = re.compile(r"s-[\w-]{1,78}")


class NothingStored(Exception):  # noqa: N818 - the house names a fault by what is wrong
    """No stored copy is found under that name; the message says what names are taken."""


def behind(name: str) -> Sequence[models.Capture]:
    """Yield the captures behind a dispatch (its number), a statement, a digest or a record, in the order of sources."""
    found: Sequence[models.Capture] = ()
    if _NUMBER.fullmatch(name):
        found = _of_dispatch(models.Dispatch.objects.filter(number=int(name)).first())
    elif _DIGEST.fullmatch(name):
        found = [one] if (one := of_digest(name)) else []
    elif match := _RECORD.fullmatch(name):
        found = list(models.Capture.objects.filter(record_id=f"urn:uuid:{match[1]}"))
    elif _STATEMENT.fullmatch(name):
        found = _of_statement(models.Statement.objects.filter(key=name).first())
    if not found:
        expected = "give a dispatch's number, a statement (s-…), a digest (sha256:…) or a record (urn:uuid:…)"
        raise NothingStored(f"nothing is stored for {name[:100]}; {expected}")
    return found


def of_digest(digest: str, at: datetime | None = None) -> models.Capture | None:
    """Yield the capture of a payload: the one of that instant where it is known, else the first that brought it."""
    rows = models.Capture.objects.filter(digest=digest).exclude(status=304).order_by("captured_at", "id")
    return (rows.filter(captured_at=at).first() if at else None) or rows.first()


def _of_dispatch(row: models.Dispatch | None) -> Sequence[models.Capture]:
    """Yield what the sources of a dispatch were when it was last changed in public; of a draft, what they are."""
    if row is None:
        return ()
    named = [one for one in row.content.get("sources") or () if one.get("digest")]
    if not named:
        return _of_statement(row.statement)
    found = [of_digest(one["digest"], _instant(one.get("captured"))) for one in named]
    return [one for one in found if one is not None]


def _of_statement(row: models.Statement | None) -> Sequence[models.Capture]:
    if row is None:
        return ()
    while row.merged_into is not None:
        row = row.merged_into
    documents = models.Document.objects.filter(statement=row, is_current=True).select_related("capture")
    return [document.capture for document in documents.order_by("id")]


def _instant(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
