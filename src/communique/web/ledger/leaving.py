"""All that the desk holds can leave, each row in a fixed shape: dispatches, events, registry, sources, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from communique.flow import actors
from communique.kit import jsonable
from communique.records import Dispatch
from communique.web.ledger import cases, models, pairs, publication, watchlist
from communique.web.workspace import Workspace

Row = dict[str, Any]
_OF_THE_LOG = ("log_index", "log_size")


def rows(what: str, workspace: Workspace, *, since: date | None) -> Iterator[Row]:
    """Yield the rows of one kind; `since` asks for what changed on that day or later, where rows have a time."""
    if what == "dispatches":
        yield from dispatches(since)
    elif what == "events":
        yield from events(since)
    elif what == "registry":
        yield from (jsonable.of_record(actor) for actor in actors.of(workspace.registry).actors())
    elif what == "corrections":
        yield from cases.rows(workspace, since)
    elif what == "pairs":
        yield from pairs.rows(since)
    else:
        yield from watchlist.leaving_rows()


def dispatches(since: date | None) -> Iterator[Row]:
    """Yield dispatches as the contract's section 7 has them, oldest first; drafts come last and have no id.

    Where a dispatch stands in the log is this wire's own and no part of what leaves: where it comes back, it gets an
    entry in the log of that wire.
    """
    for row in _changed(since):
        yield {name: value for name, value in dispatch(publication.record(row)).items() if name not in _OF_THE_LOG}


def events(since: date | None) -> Iterator[Row]:
    """Yield one row for each event of a dispatch that has a number, with the evidence that it stands on."""
    for row in _changed(since):
        if row.number is not None:
            yield from events_of(publication.record(row))


def events_of(told: Dispatch) -> Iterator[Row]:
    """Yield the events of one dispatch."""
    for number, event in enumerate(told.events, 1):
        yield {
            "id": f"{told.id}.{number}", "dispatch": str(told.id), **jsonable.of_record(event),
            "published": jsonable.jsonable(told.published), "language": told.language, "text": told.text,
            "evidence": [source.digest for source in told.sources if source.digest],
        }  # fmt: skip


def dispatch(told: Dispatch) -> Row:
    """Yield one dispatch as the contract has it. An id is decimal text; a draft has none."""
    kept = jsonable.of_record(told)
    corrections = [{**one, "reason": one["reason"] or None} for one in kept["corrections"]]
    return kept | {
        "id": str(told.id) if told.id else None,
        "translations": [str(number) for number in told.translations],
        "corrections": corrections,
    }


def _changed(since: date | None) -> Iterator[models.Dispatch]:
    found = publication.whole(models.Dispatch.objects.all())
    if since is not None:
        found = found.filter(changed_at__gte=datetime.combine(since, time.min, tzinfo=UTC))
    yield from found.filter(number__isnull=False).order_by("number").iterator(chunk_size=500)
    yield from found.filter(number__isnull=True).order_by("id").iterator(chunk_size=500)
