"""Rows of the ledger as records of the rooms, and records as what a column can hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Field, Model

from communique.flow import reckoning
from communique.flow.course import Memory
from communique.flow.ledger import DueSource, Outdated, Versions
from communique.kit import jsonable, text
from communique.records import (
    Amendment,
    Assignment,
    Change,
    Coding,
    DayOrder,
    Evidence,
    Hints,
    Source,
    SourceKind,
    Validators,
)
from communique.records import Document as DocumentRecord
from communique.web.ledger import acts, answers, models

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def outdated(row: models.Document) -> Outdated:
    """Yield a document with what it takes to make it anew."""
    kept, page = row.capture, row.page
    return Outdated(
        key=str(row.pk),
        document=as_read(row),
        amendments=amendments(row),
        source=source(row.source),
        hints=_hints(page, row.source) if page else Hints(day_order=day_order(row.source)),
        evidence=evidence(kept),
        versions=Versions(read=row.read_version, match=row.match_version, code=row.code_version),
    )


def day_order(row: models.Source) -> DayOrder | None:
    """Yield how a source writes days in numerals; None: its pages don't show it yet."""
    return reckoning.order(row.day_first, row.month_first)


def _hints(page: models.Page, source: models.Source) -> Hints:
    return Hints(
        listing_date=page.listing_date, feed_date=page.feed_date, languages=tuple(source.languages),
        day_order=day_order(source),
    )  # fmt: skip


def evidence(row: models.Capture) -> Evidence:
    """Yield where a capture is kept."""
    return Evidence(
        warc=row.warc,
        offset=row.offset,
        record_id=row.record_id,
        url=row.url,
        captured_at=row.captured_at,
        digest=row.digest,
    )


def due_source(row: models.Source) -> DueSource:
    """Yield a source as flow visits it."""
    return DueSource(
        source=source(row),
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        troubles_in_row=row.troubles_in_row,
        is_first=row.listed_before is None,
        visited_at=row.visited_at,
        told=frozenset(row.told),
        text_digest=row.text_digest,
        revisions_in_row=row.revisions_in_row,
        new_at=row.new_at,
        memory=memory(row),
        day_order=day_order(row),
        told_until=row.told_until if row.told_at and not row.is_told_late else None,
    )


def memory(row: models.Source) -> Memory:
    """Yield what is remembered of a source from visit to visit."""
    return jsonable.restored(Memory, row.memory)


def source(row: models.Source) -> Source:
    """Yield a source as the rooms know it."""
    return Source(  # made by hand: a pass makes thousands, and checking what we wrote ourselves took most of its time
        id=row.slug,
        url=row.url,
        kind=cast("SourceKind", row.kind),
        name=row.name,
        publisher=row.publisher,
        languages=tuple(row.languages),
        pause_s=row.pause_s,
    )


def document(row: models.Document) -> DocumentRecord:
    """Yield a document as the rooms know it: as it was read, and as editors corrected it."""
    return jsonable.restored(DocumentRecord, row.content)


def as_read(row: models.Document) -> DocumentRecord:
    """Yield a document as the program read it, without what editors corrected."""
    return jsonable.restored(DocumentRecord, row.content if row.reading is None else row.reading)


def amendments(row: models.Document) -> tuple[Amendment, ...]:
    """Yield what editors corrected of a reading, the oldest first."""
    return tuple(jsonable.restored(Amendment, one) for one in row.amendments)


def coding(row: models.Document) -> Coding | None:
    """Yield what was coded from a document, with what editors answered and corrected; None: coding failed."""
    if row.coding is None and not row.acts:
        return None
    coded = jsonable.restored(Coding, row.coding) if row.coding is not None else Coding()
    return acts.laid_over(answers.given(coded, row.answers), acts.of(row.acts))


def change(row: models.Document) -> Change | None:
    """Yield how a revision differs from the text before; None: it revises none."""
    return jsonable.restored(Change, row.change) if row.change is not None else None


def assignment(row: models.Document) -> Assignment:
    """Yield to which statement a document belongs."""
    return jsonable.restored(
        Assignment,
        {
            "statement": row.statement.key,
            "relation": row.relation,
            "of": str(row.of_id) if row.of_id else None,
            "story": row.statement.story,
            "score": row.score,
        },
    )


def storable(value: str | None, model: type[Model], column: str) -> str | None:
    """Yield a text as its column takes it: a site may say something absurdly long, or send what no database holds."""
    if value is None:
        return None
    return text.printable(value)[: cast("Field[str, str]", model._meta.get_field(column)).max_length]


def content(record: DataclassInstance) -> dict[str, Any]:
    """Yield a record as JSON that both databases take: PostgreSQL refuses NUL and lone surrogates."""
    made: dict[str, Any] = _printable(jsonable.of_record(record))
    return made


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return text.printable(value)
    if isinstance(value, list):
        return [_printable(part) for part in value]
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    return value


def day(document: DocumentRecord) -> date | None:
    """Yield the day of a document; None: not known."""
    return document.published.day if document.published else None
