"""What the processes of a desk know together about sites, in its database. Keeps to `collect.Notes`."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Coalesce, Greatest

from communique.collect import Rules
from communique.web.ledger import models

Answer = TypeVar("Answer")
LONGEST_KEY = 300  # characters; the column's
# On SQLite one process collects and remembers its short rests itself; what outlasts it is written down.
SHORT_REST = timedelta(seconds=60)
LOOK = timedelta(seconds=1)  # how soon another process's request is looked at again


class DatabaseNotes:
    """The notes of one workspace, in SQLite or PostgreSQL.

    All threads that visit write through one thread of its own: it has the one connection that this takes, and on
    SQLite they would only wait for each other.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notes")
        self._shares = connection.vendor == "postgresql"

    def __enter__(self) -> DatabaseNotes:
        return self

    def __exit__(self, *_: object) -> None:
        self._done(_leave)
        self._thread.shutdown()

    def _done(self, work: Callable[[], Answer]) -> Answer:
        return self._thread.submit(work).result()

    def rules(self, origin: str) -> Rules | None:
        """Yield the rules that were written down for an origin; None: none were."""
        row = self._done(lambda: models.Site.objects.filter(key=origin[:LONGEST_KEY]).first())
        if row is None or row.rules_until is None:
            return None
        return Rules(body=zlib.decompress(row.rules) if row.rules is not None else None, until=row.rules_until)

    def note_rules(self, origin: str, rules: Rules) -> None:
        """Write down the rules of an origin."""
        packed = zlib.compress(rules.body) if rules.body is not None else None
        given = {"rules": packed, "rules_until": rules.until}
        self._done(lambda: models.Site.objects.update_or_create(key=origin[:LONGEST_KEY], defaults=given))

    def taken(self, keys: tuple[str, ...], *, now: datetime, until: datetime) -> datetime | None:
        """Take all keys for one request, or none of them; yields when to look again where that can't be."""
        return self._done(lambda: _taken(keys, now, until) if self._shares else _resting(keys, now))

    def released(self, keys: tuple[str, ...], *, now: datetime, rests_until: datetime) -> None:
        """Give the keys back, and let them rest."""
        if self._shares:
            self._done(lambda: models.Site.objects.filter(key__in=keys).update(held_until=None, **_longer(rests_until)))
        elif rests_until - now > SHORT_REST:
            self._done(lambda: _rest_long(keys, rests_until))


def _leave() -> None:
    """Close the connection of the thread that this runs in: each has its own."""
    connection.close()


def _resting(keys: tuple[str, ...], now: datetime) -> datetime | None:
    """Yield until when the keys rest, or when to look again at what another process asks; None: all are free."""
    found = models.Site.objects.filter(key__in=keys).aggregate(rest=Max("rests_until"), hold=Max("held_until"))
    return _again(found["rest"], found["hold"], now)


def _again(rest: datetime | None, hold: datetime | None, now: datetime) -> datetime | None:
    if rest is not None and rest > now:
        return rest
    return now + LOOK if hold is not None and hold > now else None


def _taken(keys: tuple[str, ...], now: datetime, until: datetime) -> datetime | None:
    """Take all keys or none, under the locks of their rows; those that have none yet get one first.

    They are not made within the transaction: two workers that each hold one row and wait for the other's new one would
    wait for ever.
    """
    of_keys = models.Site.objects.filter(key__in=keys)
    with transaction.atomic():
        rows = list(of_keys.select_for_update().order_by("key").values_list("rests_until", "held_until"))
        if len(rows) == len(set(keys)):
            rest = max((rest for rest, _ in rows if rest), default=None)
            waits_for = _again(rest, max((hold for _, hold in rows if hold), default=None), now)
            if waits_for is None:
                of_keys.update(held_until=until)
            return waits_for
    models.Site.objects.bulk_create((models.Site(key=key) for key in sorted(set(keys))), ignore_conflicts=True)
    return _taken(keys, now, until)


def _rest_long(keys: tuple[str, ...], rests_until: datetime) -> None:
    models.Site.objects.bulk_create((models.Site(key=key) for key in sorted(keys)), ignore_conflicts=True)
    models.Site.objects.filter(key__in=keys).update(**_longer(rests_until))


def _longer(rests_until: datetime) -> dict[str, Greatest]:
    return {"rests_until": Greatest(Coalesce(F("rests_until"), Value(rests_until)), Value(rests_until))}
