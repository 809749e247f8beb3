"""Several processes write at once: what each entered is there, and nobody was turned away."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections

from communique.testing.builders import MORNING, source
from communique.web.ledger import models, publication
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

WRITERS, TRANSACTIONS = 8, 100

# Forked, not started anew: eight starts of Python would take longer than all the writing.
FORK = multiprocessing.get_context("fork")


def write(writer: int) -> None:
    """Read what is there, and write what follows from it: a lost or doubled step shows as a gap or a refusal."""
    ledger = DatabaseLedger()
    for number in range(TRANSACTIONS):
        with ledger.transaction():
            index = publication.next_log_index()
            models.LogEntry.objects.create(index=index, kind="operation", body=b"%d %d" % (writer, number), at=MORNING)
    connections.close_all()


def test_eight_writers_with_a_hundred_transactions_each_lose_none(newsroom_on: Workspace) -> None:
    connections.close_all()
    writers = [FORK.Process(target=partial(write, number)) for number in range(WRITERS)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=300)

    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    rows = list(models.LogEntry.objects.order_by("index").values_list("index", "body"))
    assert [index for index, _ in rows] == list(range(WRITERS * TRANSACTIONS))
    assert len({bytes(body) for _, body in rows}) == WRITERS * TRANSACTIONS


def test_an_sqlite_database_keeps_readers_and_writers_apart(newsroom: Workspace) -> None:
    with connections["default"].cursor() as cursor:
        asked = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]

    assert asked == ["wal", 1]
    assert connections.settings["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def visits_due() -> set[str]:
    """Yield what a second worker would visit now."""
    with DatabaseLedger().due(MORNING, limit=100) as due:
        return {one.source.id for one in due.sources}


def second_worker(answer: multiprocessing.queues.Queue[set[str]]) -> None:
    """Ask from another process."""
    answer.put(visits_due())
    connections.close_all()


@pytest.fixture
def three_hosts(newsroom_on_postgresql: Workspace) -> None:
    for name in ("a", "b", "c"):
        late = timedelta(minutes=1) if name == "c" else timedelta(0)
        DatabaseLedger().add_source(source(id=name, url=f"https://{name}.example/feed"), now=MORNING + late)


@pytest.mark.usefixtures("three_hosts")
def test_a_host_is_visited_by_one_worker_at_a_time() -> None:
    answer: multiprocessing.queues.Queue[set[str]] = FORK.Queue()
    ledger = DatabaseLedger()

    with ledger.due(MORNING, limit=100) as due:
        held = {one.source.id for one in due.sources}
        meanwhile = _asked_elsewhere(answer)
    after = visits_due()

    assert (held, meanwhile, after) == ({"a", "b"}, set(), {"a", "b"})


def _asked_elsewhere(answer: multiprocessing.queues.Queue[set[str]]) -> set[str]:
    """Ask from a process that has no share in this one's connection."""
    connection = connections["default"].connection
    connections["default"].connection = None  # else the fork would close it for both
    worker = FORK.Process(target=second_worker, args=(answer,))
    worker.start()
    found = answer.get(timeout=60)
    worker.join(timeout=60)
    connections["default"].connection = connection
    return found
