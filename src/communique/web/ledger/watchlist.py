"""The watchlist: sources as the desk adds, pauses, removes and exchanges them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import get_args

from django.db import transaction

from communique.flow import health
from communique.kit import jsonable, text, urls
from communique.records import Source, SourceKind
from communique.web.ledger import addresses, courses, hubs, models, recorded, store

KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
Shown = dict[str, object]  # a source as people and programs see it


class WatchlistError(Exception):
    """The watchlist can't be read or changed as asked."""


def source_id(url: str, name: str) -> str:
    """Yield a readable id for a source: its host and path, in ASCII, not in use yet."""
    parts = urls.identity(url) or name
    base = re.sub(r"[^a-z0-9]+", "-", text.folded(parts)).strip("-")[:80] or "source"
    taken = set(models.Source.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def add(source: Source, *, now: datetime) -> bool:
    """Enter a source; False where its address is watched already."""
    return store.DatabaseLedger().add_source(source, now=now)


def change(operation: str, slug: str, *, now: datetime) -> str:
    """Do one of OPERATIONS to a source. Returns what was done."""
    with transaction.atomic():
        return OPERATIONS[operation](slug, now)


def change_all(operation: str, slugs: Iterable[str], *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Do one of OPERATIONS to all sources or to none. Returns what was done to each, by its id."""
    with transaction.atomic():
        return tuple((slug, change(operation, slug, now=now)) for slug in dict.fromkeys(slugs))


def _pause(slug: str, now: datetime) -> str:
    """Visit a source no more for a while; its hub is to tell nothing meanwhile."""
    _pausing(slug, is_paused=True)
    hubs.leave(_row(slug), now=now)
    return f"{slug} is paused"


def _resume(slug: str, _: datetime) -> str:
    _pausing(slug, is_paused=False)
    return f"{slug} is visited again"


def _pausing(slug: str, *, is_paused: bool) -> None:
    if not models.Source.objects.filter(slug=slug).update(is_paused=is_paused):
        raise WatchlistError(_unknown(slug))


def _remove(slug: str, now: datetime) -> str:
    """Take a source off the watchlist, and off its hub. What came from it stays: then it is only paused."""
    row = _row(slug)
    hubs.leave(row, now=now)
    if models.Capture.objects.filter(source=row).exists():
        _pausing(slug, is_paused=True)
        return f"{slug} is not visited any more; what came from it stays, with its evidence"
    models.Page.objects.filter(source=row).delete()
    row.delete()
    return f"{slug} is removed"


def _take_over(slug: str, now: datetime) -> str:
    """Watch a source at the address that it says it has moved to."""
    row = _row(slug)
    target = courses.take_over(row, now=now)
    if target is None:
        raise WatchlistError(f"{slug} names no new address that is not watched already")
    row.save()
    return f"{slug} is watched at {target} from now on"


def _visit(slug: str, now: datetime) -> str:
    """Let a source be due at once; the manners stay."""
    if not models.Source.objects.filter(slug=slug, is_paused=False).update(next_visit_at=now):
        raise WatchlistError(f"{slug} is paused or not there; resume it first")
    return f"{slug} is due now"


def _seen(slug: str, now: datetime) -> str:
    """Note that a person has seen that a source needs one; it is not counted any more until something else happens."""
    changed = models.Source.objects.filter(slug=slug, mark__isnull=False, mark_seen_at__isnull=True)
    if not changed.update(mark_seen_at=now):
        raise WatchlistError(f"{slug} has no mark that nobody has seen")
    return f"{slug} is marked as seen"


OPERATIONS: dict[str, Callable[[str, datetime], str]] = {
    "pause": _pause, "resume": _resume, "remove": _remove, "take-over": _take_over, "visit": _visit, "seen": _seen,
}  # fmt: skip


def _unknown(slug: str) -> str:
    return f"there is no source {slug}; `communique sources list` shows all"


def _row(slug: str) -> models.Source:
    row = models.Source.objects.filter(slug=slug).first()
    if row is None:
        raise WatchlistError(_unknown(slug))
    return row


def rows(now: datetime) -> Iterator[Shown]:
    """Yield each source as `sources list --json` prints it."""
    for row in models.Source.objects.order_by("slug"):
        yield _shown(row, now)


def row_at(url: str, now: datetime) -> Shown | None:
    """Yield the source at an address, in whatever spelling, as `rows` does; None: none is watched there."""
    row = models.Source.objects.filter(identity=addresses.identity(url)).first()
    return None if row is None else _shown(row, now)


def row_of(slug: str, now: datetime) -> Shown | None:
    """Yield one source as `rows` does; None: there is none."""
    row = models.Source.objects.filter(slug=slug).first()
    return None if row is None else _shown(row, now)


def _shown(row: models.Source, now: datetime) -> Shown:
    state = courses.state(row, now)
    return {
        "id": row.slug, "url": row.url, "kind": row.kind, "name": row.name, "publisher": row.publisher,
        "languages": row.languages, "pause_s": row.pause_s, "paused": row.is_paused,
        "state": state.sentence, "state_kind": state.kind, "needs_a_person": state.needs_a_person,
        "visited": row.visited_at, "next_visit": row.next_visit_at,
    }  # fmt: skip


def leaving_rows() -> Iterator[dict[str, object]]:
    """Yield each source as `export sources` writes it: what is watched, and how the visits went so far."""
    for row in models.Source.objects.order_by("slug"):
        yield {
            "id": row.slug, "url": row.url, "kind": row.kind, "name": row.name, "publisher": row.publisher,
            "languages": row.languages, "pause_s": row.pause_s, "course": jsonable.of_record(courses.of(row)),
        }  # fmt: skip


def return_to(url: str, came: health.Course) -> None:
    """Let a source that came back go on from where it was."""
    kept = {field.name for field in models.Source._meta.concrete_fields}
    columns = {one.name: getattr(came, one.name) for one in fields(came) if one.name in kept}
    remembered = {"memory": recorded.content(came.memory), "spoken": recorded.content(came.spoken)}
    models.Source.objects.filter(identity=addresses.identity(url)).update(**columns | remembered)


def add_all(sources: Iterable[Source], *, now: datetime) -> tuple[int, int]:
    """Enter all sources or none, giving ids to those without one of their own; returns how many were new and known."""
    new = known = 0
    with transaction.atomic():
        for source in sources:
            is_free = source.id and not models.Source.objects.filter(slug=source.id).exists()
            with_id = source if is_free else replace(source, id=source_id(source.url, source.name))
            is_new = add(with_id, now=now)
            new, known = new + is_new, known + (not is_new)
    return new, known
