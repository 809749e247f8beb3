"""How long the ledger takes to say what is due and what is known, with very many addresses in it.

python -m bench.collect.known [--addresses 1000000] [--postgresql [URL]]

Prints one JSON object: milliseconds (median and 99 of 100) of each question, measured one after the other.
Processor time is that of this process: on a machine that does other work it tells more than the clock. What a server
of PostgreSQL on this machine works for a question stands beside it, as a mean (its clock ticks every 10 ms).
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.collect import database

from communique.web import workspace as workspaces

SOURCES, DUE, TIMES = 2000, 40, 200
BATCH = 20_000


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--addresses", type=int, default=1_000_000)
    database.option(asked)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as folder, database.served(given.postgresql) as url:
        there = workspaces.make(Path(folder) / "newsroom", {"database.url": url})
        print(json.dumps({"addresses": given.addresses, **_measured(there, given.addresses)}))


def _measured(there: workspaces.Workspace, count: int) -> dict[str, Any]:
    from communique import web

    web.setup(there)
    from communique.cli._corridor import now_utc
    from communique.flow.ledger import Found
    from communique.web.ledger.store import DatabaseLedger

    now = now_utc()
    _fill(count, now)
    ledger, chance = DatabaseLedger(), random.Random(1)

    def known() -> None:
        assert ledger.is_known(_url(chance.randrange(count)))

    def unknown() -> None:
        assert not ledger.is_known(f"https://elsewhere.example/{chance.random()}")

    def a_feed_of_known_ones() -> None:
        with ledger.transaction():
            first = chance.randrange(count - 20)
            found = [Found(url=_url(number)) for number in range(first, first + 20)]
            assert ledger.add_found("press1", found, now=now) == 0

    def nothing_is_due() -> None:
        with ledger.due(now - timedelta(days=1), limit=2000) as due:
            assert not due.pages

    def some_are_due() -> None:
        with ledger.due(now, limit=2000) as due:
            assert len(due.pages) == DUE

    questions = (known, unknown, a_feed_of_known_ones, nothing_is_due, some_are_due, ledger.next_due_at)
    return {question.__name__: _timed(question) for question in questions}


def _url(number: int) -> str:
    return f"https://press{number % SOURCES}.example/statements/{number}/on-the-vote-of-the-harbour-council"


def _fill(count: int, now: datetime) -> None:
    """Enter addresses as a desk of some years has them: most are never visited again, some next month, a few now."""
    from django.db import connection, transaction

    from communique.kit import urls
    from communique.web.ledger import models

    models.Source.objects.bulk_create(
        models.Source(
            slug=f"press{number}", url=f"https://press{number}.example/feed", identity=f"press{number}.example/feed",
            kind="feed", name=f"Press {number}", pause_s=3600, added_at=now, next_visit_at=now + timedelta(hours=1),
        )
        for number in range(SOURCES)
    )  # fmt: skip
    ids = list(models.Source.objects.order_by("id").values_list("id", flat=True))
    written = connection.ops.adapt_datetimefield_value
    at, *later = (written(now), *[None] * 8, written(now + timedelta(days=3)), written(now + timedelta(days=20)))
    columns = "source_id, identity, url, pinned, is_disputed, found_at, next_visit_at, visits, troubles_in_row"
    values = ", ".join(["%s"] * 9)
    enter = f"INSERT INTO {models.Page._meta.db_table} ({columns}) VALUES ({values})"  # noqa: S608
    pages = (
        (
            ids[number % SOURCES],
            urls.identity(url),
            url,
            False,
            False,
            at,
            at if number < DUE else later[number % 10],
            6,
            0,
        )
        for number in range(count)
        for url in (_url(number),)
    )
    if connection.vendor == "postgresql":
        database.copy(models.Page._meta.db_table, columns, pages)
    while some := list(islice(pages, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(enter, some)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(question: Callable[[], object]) -> dict[str, float]:
    waited, worked = [], []
    server_s = database.server_s()
    for _ in range(TIMES):
        begun, at = time.perf_counter(), time.process_time()
        question()
        worked.append(1000 * (time.process_time() - at))
        waited.append(1000 * (time.perf_counter() - begun))
    return {
        "median_ms": round(statistics.median(waited), 2), "p99_ms": round(statistics.quantiles(waited, n=100)[98], 2),
        "p99_processor_ms": round(statistics.quantiles(worked, n=100)[98], 2),
        "mean_server_ms": round(1000 * (database.server_s() - server_s) / TIMES, 2),
    }  # fmt: skip


if __name__ == "__main__":
    main()
