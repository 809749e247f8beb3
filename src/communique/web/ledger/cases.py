"""What editors corrected, as test cases: the input of a room command, and what it should have yielded."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from communique import archive
from communique.flow import context, told
from communique.flow.amending import amended
from communique.kit import jsonable
from communique.records import Amendment, Capture, Coding, Document, Trouble
from communique.web.ledger import acts, answers, models, recorded
from communique.web.workspace import Workspace

Row = dict[str, Any]
_EMPTY: Row = {
    "html": None, "base64": None, "media_type": None, "fetched_at": None, "listing_date": None, "feed_date": None,
    "languages": [], "text": None, "language": None, "published": None, "publisher": None,
}  # fmt: skip
_FIELD_OF = {"leave-out": "text", "take-in": "text", "add-signer": "signatories", "remove-signer": "signatories"}


def rows(workspace: Workspace, since: date | None) -> Iterator[Row]:
    """Yield a case for each reading and each coding that an editor corrected, the oldest document first."""
    found = models.Document.objects.filter(is_current=True).select_related("source", "page", "capture")
    from_at = datetime.combine(since, time.min, tzinfo=UTC).isoformat() if since else ""
    for row in found.exclude(amendments=[], acts=[]).order_by("pk").iterator(chunk_size=100):
        for case in (_reading(row, workspace), _coding(row)):
            if case is not None and case["at"] >= from_at:
                yield case


def _reading(row: models.Document, workspace: Workspace) -> Row | None:
    """Yield the case of a reading; None: nothing of it was corrected, or its page can't be read from the disk."""
    given, read = recorded.amendments(row), recorded.as_read(row)
    kept = recorded.outdated(row)
    capture = archive.answer(kept.evidence, folder=workspace.evidence) if given else None
    if capture is None or isinstance(capture, Trouble):
        return None
    names = list(dict.fromkeys(_FIELD_OF.get(one.what, one.what) for one in given))
    made = amended(read, given)
    return {
        "id": f"read-{_record_id(row)}", "room": "read", "url": capture.final_url, **_EMPTY, **_body(capture),
        "fetched_at": capture.fetched_at.isoformat(), "listing_date": jsonable.jsonable(kept.hints.listing_date),
        "feed_date": kept.hints.feed_date, "languages": list(kept.hints.languages),
        "expected": _fields(made, names), "was": _fields(read, names),
        "by": list(dict.fromkeys(one.by for one in given)), "at": _last(given),
    }  # fmt: skip


def _body(capture: Capture) -> Row:
    """Yield a page as it lies in the evidence: as text where it is UTF-8, else its bytes."""
    media_type = capture.media_type or "text/html"
    if media_type in ("text/html", "application/xhtml+xml") and (capture.charset or "utf-8").lower() == "utf-8":
        try:
            return {"html": capture.body.decode(), "media_type": f"{media_type}; charset=utf-8"}
        except UnicodeDecodeError:
            pass
    declared = f"{media_type}; charset={capture.charset}" if capture.charset else media_type
    return {"base64": base64.b64encode(capture.body).decode(), "media_type": declared}


def _fields(document: Document, names: list[str]) -> Row:
    """Yield fields as `communique read` writes them; what says a day, and where a name stands, is no part of a case."""
    made = {name: jsonable.jsonable(getattr(document, name)) for name in names}
    if made.get("published"):
        made["published"] = {name: made["published"][name] for name in ("at", "precision")}
    if "signatories" in made:
        made["signatories"] = [{"name": one.name, "relation": one.relation} for one in document.signatories]
    return made


def _coding(row: models.Document) -> Row | None:
    said = acts.of(row.acts)
    if not said:
        return None
    document = recorded.document(row)
    known = context(document, recorded.source(row.source))
    coded = jsonable.restored(Coding, row.coding) if row.coding is not None else Coding()
    before = answers.given(coded, row.answers)
    return {
        "id": f"code-{_record_id(row)}", "room": "code", "url": document.url, **_EMPTY, "text": told(document),
        "language": known.language, "published": jsonable.jsonable(known.published), "publisher": known.publisher,
        "expected": _events(acts.laid_over(before, said)), "was": _events(coded),
        "by": list(dict.fromkeys(one.by for one in said)), "at": max(one.at for one in said),
    }  # fmt: skip


def _events(coding: Coding) -> Row:
    return {"mentions": jsonable.jsonable(coding.mentions), "events": jsonable.jsonable(coding.events)}


def _last(given: tuple[Amendment, ...]) -> str:
    return max(one.at for one in given)


def _record_id(row: models.Document) -> str:
    return row.capture.record_id.removeprefix("urn:uuid:")
