"""The reading of one document as an editor looks at it: what was taken from where, left out, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique import archive
from communique.flow.amending import FIELDS, field
from communique.kit import urls
from communique.kit.text import collapsed
from communique.records import Amendment, DayWitness, Document, Explanation, PagePart, Trouble
from communique.web import reading
from communique.web.inbox import eventing, times, words
from communique.web.inbox.access import Visitor
from communique.web.inbox.eventing import Events
from communique.web.ledger import models, recorded
from communique.web.ledger.people import Role

PARTS = 400  # blocks of a page that are shown; a page with more is a list or an archive
_NAMES = {
    "title": "Title", "published": "Published", "language": "Language", "byline": "Byline", "publisher": "Publisher",
    "standfirst": "Standfirst", "dateline": "Dateline", "updated": "Updated", "canonical_url": "Canonical address",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a document, with what it was taken from."""

    name: str
    label: str
    value: str  # "" where there is none
    witness: str
    was: str  # as it was read; "" likewise
    by: str  # who corrected it; "" for nobody
    at: str  # ISO 8601; "" likewise
    on: str  # the same day as people write it; "" likewise
    may_change: bool
    is_words: bool  # in the document's language


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One block of the page."""

    text: str
    kind: str
    is_taken: bool
    reason: str
    by: str  # who took it in or left it out; "" for nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One who signed, or was read as a signer."""

    name: str
    relation: str
    is_removed: bool
    by: str  # who added or removed it; "" for nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the page of a reading needs."""

    key: str  # of the statement
    version: int
    record_id: str  # uuid of the evidence
    title: str
    language: str | None
    language_name: str
    direction: str
    site: str
    url: str
    fields: tuple[Field, ...]
    days: tuple[tuple[str, DayWitness], ...]  # each with its day as people write it
    parts: tuple[Part, ...]
    more_parts: int
    signers: tuple[Signer, ...]
    events: Events
    trouble: str | None  # why the stored page can't be read again; what was read from it stands
    is_amended: bool
    may_correct: bool


def row_of(key: str, record_id: str) -> models.Document | None:
    """Yield the row of a current document of a statement."""
    rows = models.Document.objects.select_related("source", "page", "capture", "statement")
    return rows.filter(
        statement__key=key, statement__merged_into__isnull=True, is_current=True,
        capture__record_id=f"urn:uuid:{record_id}",
    ).first()  # fmt: skip


def of(visitor: Visitor, row: models.Document) -> Reading:
    """Yield how a document was read: the stored page is read once more."""
    found = _explained(visitor, row)
    document, given = recorded.document(row), recorded.amendments(row)
    explanation = _of_kept(recorded.as_read(row)) if isinstance(found, Trouble) else found
    parts = tuple(_parts(explanation.parts, given))
    may = visitor.may(Role.EDITOR)
    return Reading(
        key=row.statement.key, version=row.statement.version, record_id=row.capture.record_id.rpartition(":")[2],
        title=row.title or "(without a title)", language=row.language, language_name=words.language_name(row.language),
        direction=words.direction(row.language), site=urls.host(_address(row)) or row.source.name, url=_address(row),
        fields=tuple(_fields(explanation, document, given, may=may)),
        days=tuple((times.dated(one.at), one) for one in explanation.days),
        parts=parts[:PARTS], more_parts=max(0, len(parts) - PARTS), signers=tuple(_signers(document, given)),
        events=eventing.of(row), trouble=found.detail if isinstance(found, Trouble) else None,
        is_amended=bool(given), may_correct=may,
    )  # fmt: skip


def place(visitor: Visitor, row: models.Document, text: str) -> tuple[str, str | None] | None:
    """Yield a part of the stored page by its words, and the part of the text that it follows; None: there is no such.

    What is taken into a text always stands on the page: nobody's words get among the evidence.
    """
    found = _explained(visitor, row)
    explanation = _of_kept(recorded.as_read(row)) if isinstance(found, Trouble) else found
    after = None
    for part in _parts(explanation.parts, recorded.amendments(row)):
        if _key(part.text) == _key(text):
            return part.text, after
        after = part.text if part.is_taken else after
    return None


def _explained(visitor: Visitor, row: models.Document) -> Explanation | Trouble:
    kept = recorded.outdated(row)
    capture = archive.answer(kept.evidence, folder=visitor.workspace.evidence)
    if isinstance(capture, Trouble):
        return capture
    found = reading.explained(replace(capture, source_id=kept.source.id), kept.hints, visitor.workspace)
    return found if isinstance(found, Trouble) else found[1]


def _of_kept(document: Document) -> Explanation:
    """Yield what is known of a reading whose page can't be read again: its text."""
    parts = (PagePart(text=one, kind="paragraph", is_taken=True, reason="") for one in document.text.split("\n\n"))
    return Explanation(fields=(), days=(), parts=tuple(parts))


def _fields(
    explanation: Explanation, document: Document, given: Sequence[Amendment], *, may: bool
) -> Iterator[Field]:  # fmt: skip
    witnesses = {one.field: one for one in explanation.fields}
    said = {one.what: one for one in given}
    for name, label in _NAMES.items():
        witness, amendment = witnesses.get(name), said.get(name)  # type: ignore[call-overload]  # `updated` is no amendment
        value = field(document, name)
        yield Field(
            name=name, label=label, value=value or "", witness=witness.witness if witness else "",
            was=(amendment.was or "") if amendment else "", by=amendment.by if amendment else "",
            at=amendment.at if amendment else "",
            on=times.dated(amendment.at[:10]) if amendment else "", may_change=may and name in FIELDS,
            is_words=name not in ("published", "updated", "language", "canonical_url"),
        )  # fmt: skip


def _parts(parts: Sequence[PagePart], given: Sequence[Amendment]) -> Iterator[Part]:
    said = {_key(one.to or ""): one for one in given if one.what in ("leave-out", "take-in")}
    for part in parts:
        one = said.get(_key(part.text))
        yield Part(
            text=part.text, kind=part.kind, is_taken=one.what == "take-in" if one else part.is_taken,
            reason=part.reason, by=one.by if one else "",
        )  # fmt: skip


def _signers(document: Document, given: Sequence[Amendment]) -> Iterator[Signer]:
    added = {_key(one.to or ""): one.by for one in given if one.what == "add-signer"}
    for one in document.signatories:
        yield Signer(name=one.name, relation=one.relation, is_removed=False, by=added.get(_key(one.name), ""))
    for removed in given:
        if removed.what == "remove-signer":
            yield Signer(name=removed.to or "", relation="signer", is_removed=True, by=removed.by)


def _address(row: models.Document) -> str:
    return row.page.url if row.page else row.capture.url


def _key(text: str) -> str:
    return collapsed(text).casefold()
