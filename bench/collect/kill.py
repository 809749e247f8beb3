"""Kill a collecting process at random moments (kill -9), again and again: is anything lost, is anything there twice?

python -m bench.collect.kill [--times 200] [--sources 300] [--seed 1] [--postgresql [URL]]

Each time a desk begins with nothing, is killed somewhere in its run over all sources, is looked at, and then collects
the rest. Prints one JSON object; ends with a sentence where something is wrong.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.collect import database, web

from communique import archive, collect, flow
from communique.flow.reading import Here
from communique.records import Trouble
from communique.web import workspace as workspaces

FORK = multiprocessing.get_context("fork")
# A killed process holds its sites for as long as a request may take (PostgreSQL): here not for more than a minute.
SETTINGS = collect.Settings(allow_private=True, ports=(), pause_s=0.0, connect_s=2.0, silence_s=5.0, total_s=5.0)


def main() -> None:
    """Kill, look, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=200)
    asked.add_argument("--sources", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    database.option(asked)
    given = asked.parse_args()
    with (
        web.served() as hosts,
        tempfile.TemporaryDirectory(prefix="communique-bench-") as folder,
        database.served(given.postgresql) as url,
    ):
        there = workspaces.make(Path(folder) / "newsroom", {"database.url": url})
        from communique import web as desk

        desk.setup(there)
        print(json.dumps(_killed_often(hosts, there, given)))


def _killed_often(hosts: web.Web, there: workspaces.Workspace, given: argparse.Namespace) -> dict[str, Any]:
    chance, begin_anew = random.Random(given.seed), _beginning(hosts, there, given.sources)
    begin_anew()
    took_s = _run(hosts, there, None)
    _check_whole(there, given.sources)
    done: list[dict[str, int]] = []
    with suppress(KeyboardInterrupt):  # Ctrl+C ends it early: what was done by then is told
        while len(done) < given.times:
            begin_anew()
            done.append(_killed_once(hosts, there, given.sources, chance.uniform(0, took_s)))
            print(f"{len(done)} kills", end="\r", file=sys.stderr, flush=True)
    return {
        "database": "PostgreSQL" if given.postgresql else "SQLite",
        "times": len(done), "sources": given.sources, "whole_run_s": round(took_s, 1),
        **{name: sum(one[name] for one in done) for name in (done[0] if done else ())}, "lost": 0, "doubled": 0,
    }  # fmt: skip


def _killed_once(hosts: web.Web, there: workspaces.Workspace, count: int, after_s: float) -> dict[str, int]:
    """Kill one run, look at what it left, and collect the rest; raises where anything is wrong."""
    was_killed = _run(hosts, there, after_s) < 0
    if there.text("database.url"):
        database.wait_until_alone()
    unentered = _check_books(there)
    torn = len(list(there.evidence.glob("*.torn-*")))
    _run(hosts, there, None)
    _check_whole(there, count)
    return {
        "killed_before_the_end": int(was_killed), "torn_records_set_aside": torn,
        "kept_but_not_entered_when_killed": unentered,
    }  # fmt: skip


def _beginning(hosts: web.Web, there: workspaces.Workspace, count: int) -> Callable[[], None]:
    """Yield what lets the desk begin anew: it watches so many sources, all due, and knows nothing else."""
    from django.db import connections

    if there.text("database.url"):

        def on_postgresql() -> None:
            database.empty()
            web.watch(hosts, count)
            shutil.rmtree(there.evidence, ignore_errors=True)

        return on_postgresql
    web.watch(hosts, count)
    connections.close_all()
    content = there.database.read_bytes()

    def on_sqlite() -> None:
        connections.close_all()
        for path in there.folder.glob("communique.sqlite3*"):
            path.unlink()
        there.database.write_bytes(content)
        shutil.rmtree(there.evidence, ignore_errors=True)

    return on_sqlite


def _run(hosts: web.Web, there: workspaces.Workspace, killed_after_s: float | None) -> float:
    """Collect in a process of its own; yield the seconds that it took, or -1 where it was killed before its end."""
    from django.db import connections

    connections.close_all()
    child = FORK.Process(target=_collect, args=(there,))
    begun = time.monotonic()
    child.start()
    child.join(killed_after_s)
    if child.is_alive():
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
    assert child.exitcode in (0, -signal.SIGKILL), child.exitcode
    return time.monotonic() - begun if child.exitcode == 0 else -1.0


def _collect(there: workspaces.Workspace) -> None:
    from bench.collect.rounds import FeedsOnly

    from communique.cli._corridor import now_utc
    from communique.web.ledger.notes import DatabaseNotes
    from communique.web.ledger.store import DatabaseLedger

    archive.mend(there.evidence)
    with (
        archive.keeping(there.evidence),
        DatabaseNotes() as notes,
        collect.client(SETTINGS, resolve=lambda name: (web.address_of(name),), notes=notes) as client,
    ):
        means = flow.Means(client=client, reader=Here(), evidence=there.evidence, clock=now_utc)
        flow.run_until_done(flow.Corridor(ledger=FeedsOnly(DatabaseLedger()), means=means))
    os._exit(0)


def _check_books(there: workspaces.Workspace) -> int:
    """Hold what is entered against the evidence; yield how many records were kept and not entered yet."""
    from communique.web.ledger import models, recorded

    archive.mend(there.evidence)
    rows = list(models.Capture.objects.all())
    for row in rows:
        found = archive.answer(recorded.evidence(row), folder=there.evidence)
        assert not isinstance(found, Trouble), found
    assert len({row.source_id for row in rows}) == len(rows), "an answer was entered twice"
    visited = models.Source.objects.filter(visited_at__isnull=False).count()
    assert visited == len(rows), "a visit was entered without its capture, or the other way round"
    assert models.Page.objects.count() == visited * web.ENTRIES, "items of a feed were entered in part"
    return _responses(there.evidence) - len(rows)


def _responses(folder: Path) -> int:
    from warcio.archiveiterator import ArchiveIterator

    count = 0
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            count += sum(record.rec_type in ("response", "revisit") for record in ArchiveIterator(stream))
    return count


def _check_whole(there: workspaces.Workspace, count: int) -> None:
    from communique.web.ledger import models

    _check_books(there)
    assert models.Capture.objects.count() == count, "a source was lost"
    assert models.Page.objects.count() == count * web.ENTRIES, "an item was lost"
    assert not models.Source.objects.filter(troubles_in_row__gt=0).exists()


if __name__ == "__main__":
    main()
