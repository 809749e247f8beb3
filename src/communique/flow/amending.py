"""A reading with an editor's corrections laid over it. Pure: what was read stays as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, cast, get_args

from communique.kit.digest import of_words
from communique.kit.text import collapsed
from communique.records import AmendedField, Amendment, Dating, Document, Precision, Signatory

FIELDS: tuple[str, ...] = get_args(AmendedField)
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO 8601 date
_AGAINST: dict[str, str] = {
    "leave-out": "take-in",
    "take-in": "leave-out",
    "add-signer": "remove-signer",
    "remove-signer": "add-signer",
}
_GAP = "\n\n"


def amended(document: Document, amendments: Iterable[Amendment]) -> Document:
    """Yield a reading as an editor has corrected it. The digest is that of the corrected text."""
    for one in amendments:
        document = _with(document, one)
    return document


def with_amendment(amendments: Sequence[Amendment], new: Amendment) -> tuple[Amendment, ...]:
    """Yield the corrections with one more. What undoes an earlier one takes it away, instead of standing beside it."""
    if new.what in FIELDS:
        before = next((one for one in amendments if one.what == new.what), None)
        others = tuple(one for one in amendments if one.what != new.what)
        was = before.was if before else new.was
        return others if new.to == was else (*others, replace(new, was=was))
    others = tuple(one for one in amendments if not _is_about(one, new))
    is_undone = any(_is_about(one, new) and one.what == _AGAINST[new.what] for one in amendments)
    return others if is_undone else (*others, new)


def _is_about(one: Amendment, new: Amendment) -> bool:
    return one.what in (new.what, _AGAINST[new.what]) and _key(one.to or "") == _key(new.to or "")


def field(document: Document, name: str) -> str | None:
    """Yield a field that can be corrected, as an amendment writes it."""
    value = getattr(document, name)
    return value.at if isinstance(value, Dating) else value


def precision(at: str) -> Precision:
    """Yield how exact a date is, by how much of it is written."""
    return _PRECISIONS.get(len(at), "minute")


def still_hold(amendments: Sequence[Amendment], before: Document, after: Document) -> tuple[Amendment, ...]:
    """Yield what goes on to hold for a later text at the same address.

    A field stays corrected while the page gives what it gave when it was corrected; a signer that was added, while the
    text names it as it did; paragraphs are known by their words.
    """
    return tuple(one for one in amendments if _holds(one, before, after))


def _holds(one: Amendment, before: Document, after: Document) -> bool:
    if one.what in FIELDS:
        return field(after, one.what) == one.was
    if one.what == "add-signer":
        return (one.to or "") in after.text or (one.to or "") not in before.text
    return True


def _with(document: Document, one: Amendment) -> Document:
    if one.what == "leave-out":
        return _without(document, one.to or "")
    if one.what == "take-in":
        return _taken_in(document, one)
    if one.what == "remove-signer":
        return replace(document, signatories=tuple(_others(document.signatories, one.to or "")))
    if one.what == "add-signer":
        return _signed(document, one.to or "")
    if one.what == "published":
        dating = Dating(at=one.to, precision=precision(one.to), evidence="editor") if one.to else None
        return replace(document, published=dating)
    return replace(document, **cast("dict[str, Any]", {one.what: one.to}))


def _others(signatories: Iterable[Signatory], name: str) -> Iterable[Signatory]:
    return (one for one in signatories if _key(one.name) != _key(name))


def _signed(document: Document, name: str) -> Document:
    start = document.text.find(name)
    signer = Signatory(
        name=name, span=(start, start + len(name)) if start >= 0 else None, relation="signer", actor=None, joined=None
    )
    return replace(document, signatories=(*_others(document.signatories, name), signer))


def _without(document: Document, paragraph: str) -> Document:
    """Leave a paragraph out; whoever signed only there has not signed."""
    paragraphs = document.text.split(_GAP)
    kept = [number for number, one in enumerate(paragraphs) if _key(one) != _key(paragraph)]
    return _of(document, paragraphs, kept, [paragraphs[number] for number in kept])


def _taken_in(document: Document, one: Amendment) -> Document:
    """Take a paragraph in, behind the one that it follows on the page; where that is gone, at the end."""
    paragraphs = document.text.split(_GAP) if document.text else []
    keys = [_key(each) for each in paragraphs]
    if _key(one.to or "") in keys:
        return document
    at = 0 if one.after is None else keys.index(_key(one.after)) + 1 if _key(one.after) in keys else len(keys)
    kept = [*range(at), -1, *range(at, len(paragraphs))]
    made = [*paragraphs[:at], one.to or "", *paragraphs[at:]]
    return _of(document, paragraphs, kept, made)


def _of(document: Document, before: Sequence[str], kept: Sequence[int], after: Sequence[str]) -> Document:
    """Yield the document with other paragraphs; `kept` says for each which of those before it was, -1 for none."""
    old, new = _starts(before), _starts(after)
    moves = {number: new[place] - old[number] for place, number in enumerate(kept) if number >= 0}
    text = _GAP.join(after)
    signatories = (_moved(one, old, moves) for one in document.signatories)
    return replace(document, text=text, digest=of_words(text), signatories=tuple(filter(None, signatories)))


def _starts(paragraphs: Sequence[str]) -> list[int]:
    return list(accumulate((len(one) + len(_GAP) for one in paragraphs), initial=0))


def _moved(one: Signatory, starts: Sequence[int], moves: dict[int, int]) -> Signatory | None:
    if one.span is None:
        return one
    begin, end = one.span
    number = sum(start <= begin for start in starts[:-1]) - 1
    by = moves.get(number)
    return replace(one, span=(begin + by, end + by)) if by is not None else None


def _key(text: str) -> str:
    return collapsed(text).casefold()
