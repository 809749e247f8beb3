"""What editors said of two documents: one statement, two, or two of one story. Kept in the audit, undone with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from communique.kit import jsonable
from communique.web.ledger import models, recorded

Said = Literal["same", "other", "story"]  # "story": two statements on one matter
Row = dict[str, Any]
_FIELDS = ("url", "title", "language", "publisher", "text")


def noted(one: models.Document, other: models.Document | None, said: Said) -> Row:
    """Yield what an entry of the audit says of two documents; nothing where there is no second."""
    if other is None or other.pk == one.pk:
        return {}
    return {"pair": [one.pk, other.pk], "said": said, "score": one.score}


def rows(since: date | None) -> Iterator[Row]:
    """Yield each answer that stands, the oldest first, with both documents as `communique match` reads them."""
    entries = models.Audit.objects.filter(by__isnull=False, undone_at__isnull=True, detail__has_key="pair")
    if since:
        entries = entries.filter(at__gte=datetime.combine(since, time.min, tzinfo=UTC))
    for entry in entries.select_related("by").order_by("at", "pk").iterator(chunk_size=100):
        found = models.Document.objects.select_related("capture").in_bulk(entry.detail["pair"])
        one, other = (found[pk] for pk in entry.detail["pair"])
        yield {
            "id": f"pair-{entry.pk}", "said": entry.detail["said"], "score": entry.detail["score"],
            "by": entry.by.username if entry.by else "", "at": entry.at.isoformat(),
            "one": _document(one), "other": _document(other),
        }  # fmt: skip


def _document(row: models.Document) -> Row:
    document = recorded.document(row)
    dated = document.published.at[:10] if document.published else None
    links = jsonable.jsonable(document.links)
    fields = {name: getattr(document, name) for name in _FIELDS}
    return {"id": row.capture.record_id.removeprefix("urn:uuid:"), **fields, "published": dated, "links": links}
