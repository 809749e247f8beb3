"""A document as `communique read` writes it, read back from JSON. Only `text` is required."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, cast, get_args

from communique.kit import jsonable
from communique.kit.digest import sha256_of_text
from communique.kit.text import nfc, printable
from communique.records import Dating, Document, Precision, Signatory, SignatoryRelation, Trouble
from communique.records.document import DateEvidence

_TEXTS: Final = ("title", "url", "canonical_url", "byline", "publisher", "dateline", "language", "standfirst")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")


class _FieldError(Exception):
    """A field of the input has another shape than the contract says."""


def document(fields: dict[str, Any], room: str = "match") -> Document | Trouble:
    """Yield the document; a Trouble names the field that is wrong, what was found and what is expected."""
    try:
        texts = {name: _text(fields, name) for name in _TEXTS}
        text = _text(fields, "text")
        if text is None or not text.strip():
            detail = "there is no text; give what the document says as `text`"
            return Trouble(room=room, kind="no-text", detail=detail, passing=False)
        return Document(
            capture_digest="",
            url=texts.pop("url") or "",
            **cast("Any", texts),  # the names are those of the record
            published=_dating(fields, "published"),
            updated=_dating(fields, "updated"),
            text=text,
            signatories=tuple(_signatory(one) for one in _list(fields, "signatories", dict)),
            signatory_count=None,
            open_list=fields.get("open_list") is True,
            links=tuple(printable(link) for link in _list(fields, "links", str)),
            feeds=(),
            digest=sha256_of_text(text),
        )
    except _FieldError as error:
        return Trouble(room=room, kind="bad-field", detail=str(error), passing=False)


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise _FieldError(f"`{name}` is {jsonable.kind(value)}, where a string is expected")
    return nfc(printable(value)) or None if value else None  # the empty string is unknown


def _list(fields: dict[str, Any], name: str, kind: type) -> list[Any]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
        raise _FieldError(
            f"`{name}` is not a list of {'strings' if kind is str else 'objects'}; see `communique schema`"
        )
    return value


def _dating(fields: dict[str, Any], name: str) -> Dating | None:
    """Read {"at", "precision", "evidence"}, or an ISO 8601 day or instant alone."""
    value = fields.get(name)
    if value is None:
        return None
    given = value if isinstance(value, dict) else {"at": value}
    at = given.get("at")
    precision = given.get("precision") or ("minute" if isinstance(at, str) and len(at) > 10 else "day")
    if not isinstance(at, str) or precision not in get_args(Precision) or not _is_dated(at, precision):
        raise _FieldError(f"`{name}` gives no date; an ISO 8601 date like 2019-06-19 is expected, with its precision")
    evidence = given.get("evidence")
    known = evidence if evidence in get_args(DateEvidence) else "meta"
    return Dating(at=at, precision=cast("Precision", precision), evidence=cast("DateEvidence", known))


def _is_dated(at: str, precision: str) -> bool:
    if precision in ("year", "month"):
        return re.fullmatch(r"\d{4}(-\d{2})?", at[:7]) is not None
    if not _DAY.fullmatch(at):
        return False
    try:
        date.fromisoformat(at[:10])
    except ValueError:
        return False
    return True


def _signatory(fields: dict[str, Any]) -> Signatory:
    name, relation = fields.get("name"), fields.get("relation") or "signer"
    if not isinstance(name, str) or relation not in get_args(SignatoryRelation):
        raise _FieldError("`signatories` holds one without a `name`, or with a `relation` that there is not")
    return Signatory(
        name=nfc(printable(name)), span=None, relation=cast("SignatoryRelation", relation), actor=None, joined=None
    )
