"""What of the ledger is public, and how a dispatch, an event and an organisation stand in the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from communique.kit import jsonable
from communique.records import Actor
from communique.web.ledger import leaving, models, publication
from communique.web.public.shapes import Asked

Row = dict[str, Any]

SHOWN = ("published", "replaced")  # stages whose words stand in public; of the others only that they are there
# What remains of a dispatch that is held or withdrawn: the same that its page on the wire still says.
_REMAINS = ("id", "url", "stage", "pinned", "published", "published_precision", "released", "language", "publisher",
            "translations", "corrections", "log_index", "log_size", "replaced_by")  # fmt: skip


def public() -> QuerySet[models.Dispatch]:
    """Yield all that has a number on this wire, newest first."""
    rows = models.Dispatch.objects.filter(stage__in=publication.PUBLIC, number__isnull=False)
    return publication.whole(rows.order_by("-number"))


def asked_for(asked: Asked) -> QuerySet[models.Dispatch]:
    """Yield the public dispatches that a request asks for, newest first."""
    rows = public()
    for kind, key in (("org", asked.actor), ("country", asked.country and asked.country.upper()),
                      ("story", asked.story), ("series", asked.series), ("lang", asked.language)):  # fmt: skip
        if key:
            rows = rows.filter(sections__kind=kind, sections__key=key)
    if asked.after:
        rows = rows.filter(published_at__gte=moment(asked.after))
    if asked.before:
        rows = rows.filter(published_at__lt=moment(asked.before))
    if asked.updated_since:
        rows = rows.filter(changed_at__gte=moment(asked.updated_since))
    return rows.filter(number__lt=asked.cursor) if asked.cursor else rows


def moment(asked: datetime | date) -> datetime:
    """Yield an instant; a day begins at 00:00 UTC."""
    return asked if isinstance(asked, datetime) else datetime.combine(asked, time.min, tzinfo=UTC)


def dispatch(row: models.Dispatch, base: str) -> Row:
    """Yield a dispatch as `export` writes it, with its address; without its words where it is held or withdrawn."""
    made = leaving.dispatch(publication.record(row)) | {"url": f"{base}/d/{row.number}/{row.slug}/"}
    return made if row.stage in SHOWN else _hushed(made)


def _hushed(made: Row) -> Row:
    corrections = [{**one, "before": None} for one in made["corrections"]]
    emptied: Row = {
        name: [] if isinstance(value, list) else None for name, value in made.items() if name not in _REMAINS
    }
    return made | emptied | {"corrections": corrections}


def events(row: models.Dispatch) -> Iterator[Row]:
    """Yield the events of a dispatch as `export` writes them; none of one that is held or withdrawn."""
    if row.stage in SHOWN:
        yield from leaving.events_of(publication.record(row))


def organisations(cursor: str | None) -> QuerySet[models.DispatchSection, Any]:
    """Yield the actors that the wire has told of, by id, each with its dispatches counted and the newest's number."""
    return _sections("org", cursor)


def stories(cursor: str | None) -> QuerySet[models.DispatchSection, Any]:
    """Yield the stories in use, by slug, each with its dispatches counted and the newest's number."""
    return _sections("story", cursor)


def series(cursor: str | None) -> QuerySet[models.DispatchSection, Any]:
    """Yield the series in use, by slug, each with its dispatches counted and the newest's number."""
    return _sections("series", cursor)


def _sections(kind: str, cursor: str | None) -> QuerySet[models.DispatchSection, Any]:
    rows = models.DispatchSection.objects.filter(kind=kind, key__gt=cursor or "")
    return rows.values("key").annotate(count=Count("id"), newest=Max("number")).order_by("key")


def organisation(found: Row, actor: Actor | None, base: str) -> Row:
    """Yield an organisation as `export registry` writes it, with what the wire has of it."""
    key = found["key"]
    nameless = jsonable.of_record(Actor(id=key, name=key, kind="", country=None)) | {"kind": None}
    return (jsonable.of_record(actor) if actor else nameless) | {
        "dispatches": found["count"],
        "newest": _number(found),
        "url": f"{base}/org/{key}/",
    }


def story(found: Row, base: str) -> Row:
    """Yield a story with its size."""
    url = f"{base}/story/{found['key']}/"
    return {"slug": found["key"], "dispatches": found["count"], "newest": _number(found), "url": url}


def series_with_occasions(found: Sequence[Row], base: str) -> list[Row]:
    """Yield series with their occasions, all asked for at once."""
    rows_ = models.DispatchSection.objects.filter(kind="series", key__in=[one["key"] for one in found])
    counted = rows_.values("key", "occasion").annotate(count=Count("id"), first=Min("number"))
    by_key: defaultdict[str, list[Row]] = defaultdict(list)
    for one in counted.order_by("-occasion"):
        told = {"number": one["occasion"], "dispatches": one["count"], "first": str(one["first"])}
        by_key[one["key"]].append(told)
    oldest = {key: min(int(one["first"]) for one in told) for key, told in by_key.items()}
    first = {row.number: row for row in models.Dispatch.objects.filter(number__in=oldest.values())}
    return [
        {
            "slug": one["key"], "name": first[oldest[one["key"]]].content["series"], "occasions": by_key[one["key"]],
            "dispatches": one["count"], "newest": _number(one), "url": f"{base}/series/{one['key']}/",
        }
        for one in found
    ]  # fmt: skip


def _number(found: Row) -> str | None:
    return str(found["newest"]) if found["newest"] else None
