"""How a source writes days, in the database: what its pages show, and what must be read again once that is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F

from communique.flow import reckoning
from communique.kit import jsonable
from communique.records import Numerals
from communique.web.ledger import amending, models, recorded

ASKED = 500  # rows that are named in one query


def learn(slug: str, numerals: Numerals | None) -> None:
    """Count a page that shows how its source writes days; what was read otherwise is due to be read again."""
    shown = reckoning.shown(numerals)
    if shown is None:
        return
    column = "day_first" if shown == "day-first" else "month_first"
    row = models.Source.objects.only("day_first", "month_first").get(slug=slug)
    before = recorded.day_order(row)
    models.Source.objects.filter(pk=row.pk).update(**{column: F(column) + 1})
    row.refresh_from_db(fields=["day_first", "month_first"])
    if recorded.day_order(row) != before:
        _settle(row)


def _settle(row: models.Source) -> None:
    """Let what another order would change be read again: documents from the evidence, the list at its next visit."""
    order = recorded.day_order(row)
    read = models.Document.objects.filter(source_id=row.pk, is_current=True).values_list("pk", "content__numerals")
    _outdate(pk for pk, given in read.iterator() if given and reckoning.is_outdated(_restored(given), order))
    models.Source.objects.filter(pk=row.pk).update(etag=None, last_modified=None)


def _restored(given: dict[str, object]) -> Numerals:
    return jsonable.restored(Numerals, given)


def _outdate(pks: Iterable[int]) -> None:
    rows = list(pks)
    for first in range(0, len(rows), ASKED):
        models.Document.objects.filter(pk__in=rows[first : first + ASKED]).update(read_version=amending.OUTDATED)


def redate(source: models.Source, days: Mapping[str, date]) -> None:
    """Enter days that a list gives for known pages, by identity, once it is known how its source writes them."""
    if recorded.day_order(source) is None:
        return
    names = list(days)
    for first in range(0, len(names), ASKED):
        pages = models.Page.objects.filter(source=source, identity__in=names[first : first + ASKED])
        changed = [page for page in pages.only("identity", "listing_date") if page.listing_date != days[page.identity]]
        for page in changed:
            page.listing_date = days[page.identity]
        models.Page.objects.bulk_update(changed, ["listing_date"])
        read = models.Document.objects.filter(page__in=changed, is_current=True)
        _outdate(read.values_list("pk", flat=True))
