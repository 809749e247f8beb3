"""What `export` wrote comes back. All of a file is entered, or nothing; what is here already stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from communique import registry as registries
from communique.flow import LOCAL, health
from communique.kit import digest, jsonable
from communique.records import Actor, Dispatch, DispatchEvent, Source
from communique.web.ledger import models, organisations, publication, watchlist

Rows = Iterator[dict[str, Any]]
LONGEST_PAUSE_S = 366 * 86400
LARGEST = 2**31 - 1  # number of a dispatch, on both databases


class ReturnError(Exception):
    """The file is not what `export` writes."""


def _restored(kind: type[Any], fields: dict[str, Any], number: int) -> Any:
    try:
        return jsonable.restored(kind, fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReturnError(f"row {number}: {where or 'the row'}: {first['msg'].lower()}") from error


def sources(rows: Rows, now: datetime) -> tuple[int, int]:
    """Enter sources, as they were when they left; returns how many were new and how many were here."""
    new = known = 0
    for number, row in enumerate(rows, 1):
        source, course = _source(row, number), _course(row, number)
        is_new, _ = watchlist.add_all([source], now=now)
        if is_new and course is not None:
            watchlist.return_to(source.url, course)
        new, known = new + is_new, known + (not is_new)
    return new, known


def _course(row: dict[str, Any], number: int) -> health.Course | None:
    if row.get("course") is None:  # a list made by hand
        return None
    came: health.Course = _restored(health.Course, row["course"], number)
    told = asdict(came) | {f"memory.{name}": at for name, at in asdict(came.memory).items()}
    naive = [name for name, at in told.items() if isinstance(at, datetime) and at.tzinfo is None]
    if naive:
        raise ReturnError(f"row {number}: course.{naive[0]} has no offset from UTC; write it as 2026-03-08T09:00:00Z")
    return came


def _source(row: dict[str, Any], number: int) -> Source:
    wanted = ("id", "url", "kind", "name", "publisher", "languages", "pause_s")
    source: Source = _restored(Source, {name: row[name] for name in wanted if name in row}, number)
    allowed = ("file://",) if source.kind in LOCAL else ("http://", "https://")
    if not source.url.startswith(allowed):
        raise ReturnError(f"row {number}: url: {source.url[:80]!r} does not begin with {' or '.join(allowed)}")
    if not 0 <= source.pause_s <= LONGEST_PAUSE_S:
        raise ReturnError(f"row {number}: pause_s: {source.pause_s}, where 0 to {LONGEST_PAUSE_S} seconds are expected")
    return source


def dispatches(rows: Rows, now: datetime) -> tuple[int, int]:
    """Enter dispatches, oldest first; a number stays where it is free and rises, else the next one is given."""
    new = known = 0
    here: dict[int, int] = {}  # number in the file -> number on this wire
    leading: list[tuple[int, Dispatch]] = []  # primary keys of those that lead to others, which may come later
    for number, row in enumerate(rows, 1):
        told: Dispatch = _restored(Dispatch, _dispatch_fields(row, number), number)
        key = digest.sha256_of_text(f"export\n{told.publisher or ''}\n{told.id}\n{told.text}")
        entered = _standing(told, key)
        if entered is None:
            entered = _enter(told, key, now)
            leading += [(entered.pk, told)] if told.translations or told.replaced_by else []
            new += 1
        else:
            known += 1
        if told.id and entered.number:
            here[told.id] = entered.number
    for pk, told in leading:
        _lead(pk, told, here)
    return new, known


def _lead(pk: int, told: Dispatch, here: Mapping[int, int]) -> None:
    """Let a dispatch lead to its translations and its successor under the numbers that they have on this wire."""
    row = models.Dispatch.objects.get(pk=pk)
    row.content = row.content | {"translations": [here[one] for one in told.translations if one in here]}
    if told.replaced_by is not None and told.replaced_by in here:
        row.replaced_by = models.Dispatch.objects.get(number=here[told.replaced_by])
    row.save(update_fields=["content", "replaced_by"])


def _dispatch_fields(row: dict[str, Any], number: int) -> dict[str, Any]:
    try:
        own, translations = int(row.get("id") or 0), [int(one) for one in row.get("translations", [])]
    except (TypeError, ValueError, OverflowError) as error:
        raise ReturnError(f"row {number}: `id` and `translations` are decimal numbers as text") from error
    if not 0 <= own <= LARGEST:
        raise ReturnError(
            f"row {number}: `id` is {str(row['id'])[:40]}, where a number from 1 to {LARGEST} is expected"
        )
    given = row.get("corrections", [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise ReturnError(f"row {number}: `corrections` is not a list of objects")
    corrections = [{**one, "reason": one.get("reason") or ""} for one in given]
    return row | {"id": own, "translations": translations, "corrections": corrections}


def _standing(told: Dispatch, key: str) -> models.Dispatch | None:
    """Yield the dispatch that is here already: the same number with words that it has or had, or the same draft."""
    imported = models.Dispatch.objects.filter(import_key=key).first()
    if imported is not None:
        return imported
    same = models.Dispatch.objects.filter(language=told.language)
    if not told.id:
        return same.filter(number__isnull=True, text=told.text).first()
    row = same.filter(number=told.id).first()
    if row is None:
        return None
    words = {told.text, *(one.before for one in told.corrections)} - {None}
    return row if words & {row.text, *row.corrections.values_list("before", flat=True)} else None


def _enter(told: Dispatch, key: str, now: datetime) -> models.Dispatch:
    is_public = told.stage in publication.PUBLIC
    return publication.take_over(told, import_key=key, now=now, is_published=is_public, number=told.id or None)


def events(rows: Rows, now: datetime) -> tuple[int, int]:
    """Enter events of dispatches that are here: an event that stands there already stays."""
    new = known = 0
    for number, row in enumerate(rows, 1):
        found = models.Dispatch.objects.filter(number=_number(row, number)).first()
        if found is None:
            raise ReturnError(f"row {number}: dispatch {row.get('dispatch')} is not here; import the dispatches first")
        event = jsonable.of_record(_restored(DispatchEvent, _event_fields(row), number))
        standing = found.content.setdefault("events", [])
        if event in standing:
            known += 1
            continue
        standing.append(event)
        found.changed_at, found.version = now, found.version + 1
        found.save(update_fields=["content", "changed_at", "version"])
        new += 1
    return new, known


def _number(row: dict[str, Any], number: int) -> int:
    try:
        return int(row["dispatch"])
    except (KeyError, TypeError, ValueError) as error:
        raise ReturnError(f"row {number}: `dispatch` is missing or no number") from error


def _event_fields(row: dict[str, Any]) -> dict[str, Any]:
    wanted = ("type", "plover", "source", "target", "about", "modality", "date", "confirmed")
    return {name: row[name] for name in wanted if name in row}


def registry(rows: Rows, folder: Path) -> tuple[int, int]:
    """Enter actors into the desk's own registry; returns how many were new or other, and how many stood there.

    Documents that name one of them are coded again.
    """
    given = [_restored(Actor, row, number) for number, row in enumerate(rows, 1)]
    standing = {actor.id: actor for actor in registries.load(folder).actors()}
    new, known = registries.save(folder, given)
    if new:
        other = [one for one in given if standing.get(one.id) != one]
        organisations.recode([*other, *(standing[one.id] for one in other if one.id in standing)])
    return new, known
