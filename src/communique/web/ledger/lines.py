"""What is due, as people stand in line: the longest due first, and no source holds up the others."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from communique.flow import reckoning
from communique.flow.ledger import Due, DuePage
from communique.records import Hints, Source, Validators
from communique.web.ledger import models, recorded

TURN = 12  # pages of one source that one pass asks for: a minute, with five seconds between two of them


# What a due page is made of. Rows and not objects: forty objects of pages and sources took twice as long in
# bench/collect/known.
_OF_A_PAGE = (
    "pk", "source_id", "url", "listing_date", "feed_date", "etag", "last_modified", "digest", "visits",
    "troubles_in_row",
    *(f"source__{name}" for name in ("slug", "url", "kind", "name", "publisher", "languages", "pause_s", "day_first",
      "month_first")),
)  # fmt: skip


def due(now: datetime, limit: int) -> Due:
    """Yield the sources and pages that are due, so many of each at most."""
    rows = _in_turn(_pages(now).values_list(*_OF_A_PAGE, named=True), limit)
    sources: dict[int, Source] = {}
    for row in rows:
        if row.source_id not in sources:
            sources[row.source_id] = _source(row)
    return Due(
        sources=[recorded.due_source(row) for row in _sources(now)[:limit]],
        pages=[_page(row, sources[row.source_id]) for row in rows],
    )


def _source(row: Any) -> Source:
    return Source(
        id=row.source__slug, url=row.source__url, kind=row.source__kind, name=row.source__name,
        publisher=row.source__publisher, languages=tuple(row.source__languages), pause_s=row.source__pause_s,
    )  # fmt: skip


def _page(row: Any, source: Source) -> DuePage:
    return DuePage(
        url=row.url,
        source=source,
        hints=Hints(
            listing_date=row.listing_date,
            feed_date=row.feed_date,
            languages=source.languages,
            day_order=reckoning.order(row.source__day_first, row.source__month_first),
        ),
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        digest=row.digest,
        visits=row.visits,
        troubles_in_row=row.troubles_in_row,
    )


def addresses(now: datetime, limit: int) -> list[str]:
    """Yield the addresses of what is due, in the same order: it takes a third of the time of `due`."""
    pages = _in_turn(_pages(now).values_list("pk", "source_id", "url", named=True), limit)
    return [*_sources(now).values_list("url", flat=True)[:limit], *(page.url for page in pages)]


def _sources(now: datetime) -> QuerySet[models.Source]:
    return models.Source.objects.filter(is_paused=False, next_visit_at__lte=now).order_by("next_visit_at", "id")


def _pages(now: datetime) -> QuerySet[models.Page]:
    due = models.Page.objects.filter(next_visit_at__lte=now, source__is_paused=False)
    return due.order_by("next_visit_at", "id")


def _in_turn(due: QuerySet[models.Page, Any], limit: int) -> list[Any]:
    """Yield rows of pages, at most TURN of one source: a long list must not hold up all the others."""
    found: list[Any] = []
    of_source: Counter[int] = Counter()
    asked = due
    while len(found) < limit:
        rows = list(asked[:limit])
        before = len(found)
        for row in rows:
            if of_source[row.source_id] < TURN and len(found) < limit:
                of_source[row.source_id] += 1
                found.append(row)
        if len(rows) < limit or len(found) == before:
            break
        full = [source for source, count in of_source.items() if count >= TURN]
        asked = due.exclude(source_id__in=full).exclude(pk__in=[row.pk for row in found])
    return found
