"""Which numbered occasions the documents name: the books of the series at the desk."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from communique import wire
from communique.flow import account
from communique.kit import text
from communique.web.ledger import models, recorded

LONGEST_NAME = 300  # characters of a series' name, and of what a text calls the occasion


def keep(row: models.Document) -> None:
    """Enter which occasion a current document names, in place of what was known of it."""
    models.Occasion.objects.filter(document=row).delete()
    coding = recorded.coding(row)
    found = account.occasion_of(coding) if coding else None
    if found is None or found.series is None or found.number is None:
        return
    name = text.printable(found.series)[:LONGEST_NAME]
    models.Occasion.objects.create(
        document=row, series=wire.series_slug(name), name=name, text=text.printable(found.text)[:LONGEST_NAME],
        number=found.number,
    )  # fmt: skip


def forget(document: int) -> None:
    """Take a document that is no longer current out of its series."""
    models.Occasion.objects.filter(document=document).delete()


def of(statement: models.Statement) -> models.Occasion | None:
    """Yield the occasion of a statement: what most of its documents name, of several the one named first."""
    found = list(models.Occasion.objects.filter(document__statement=statement).order_by("document"))
    votes = [(one.series, one.number) for one in found]
    return max(found, key=lambda one: votes.count((one.series, one.number)), default=None)


def all_series(limit: int) -> list[tuple[str, int, int, int]]:
    """Yield the series that statements tell of, the one with the newest first.

    Each is its slug, how many occasions and statements it has, and the highest number.
    """
    found = _standing().values("series").annotate(
        occasions=Count("number", distinct=True), statements=Count("document__statement", distinct=True),
        last=Max("number"), newest=Max("document"),
    )  # fmt: skip
    rows = found.order_by("-newest")[:limit]
    return [(one["series"], one["occasions"], one["statements"], one["last"]) for one in rows]


def names(series: list[str]) -> dict[str, str]:
    """Yield what series are called, as the first document that names one has it."""
    rows = _standing().filter(series__in=series).order_by("-document").values_list("series", "name")
    return dict(rows)


def statements(series: str, limit: int) -> list[tuple[int, int, str]]:
    """Yield the statements of a series by occasion, the highest number first: number, statement, as the text has it."""
    rows = _standing().filter(series=series).order_by("-number", "-document__statement", "document")
    made: dict[tuple[int, int], str] = {}
    for number, statement, said in rows.values_list("number", "document__statement", "text")[: limit * 4]:
        made.setdefault((number, statement), said)
    return [(number, statement, said) for (number, statement), said in list(made.items())[:limit]]


def _standing() -> QuerySet[models.Occasion]:
    return models.Occasion.objects.filter(document__is_current=True, document__statement__merged_into__isnull=True)
