"""Visit many feeds, each on a host of its own, twice: everything new, then nothing new.

python -m bench.collect.rounds [--feeds 2000] [--connections 32] [--profile FILE] [--postgresql [URL] [--workers 3]]

Prints one JSON object: wall and processor seconds of both rounds, MiB of this process and of its readers, and what the
hosts' own log says of our manners. With several workers each is a process, as `communique worker` is.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.collect import database, web

from communique.web import workspace as workspaces

PAUSE_S = 5  # the usual pause of a desk
LOOK_S = 0.5  # how soon a worker without work looks again
FORK = multiprocessing.get_context("fork")


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--feeds", type=int, default=2000)
    asked.add_argument("--connections", type=int, default=32)
    database.option(asked)
    asked.add_argument("--workers", type=int, default=1, help="processes that collect together, on PostgreSQL")
    asked.add_argument("--profile", help="write what the entering thread did to this file")
    given = asked.parse_args()
    with (
        web.served() as hosts,
        tempfile.TemporaryDirectory(prefix="communique-bench-") as folder,
        database.served(given.postgresql) as url,
    ):
        settings: dict[str, Any] = {
            "collect.allow_private": True, "collect.ports": "*", "collect.host_pause": PAUSE_S,
            "collect.connections": given.connections, "database.url": url,
        }  # fmt: skip
        measure = _by_workers if given.workers > 1 else _measured
        print(json.dumps(measure(hosts, workspaces.make(Path(folder) / "newsroom", settings), given)))


def _measured(hosts: web.Web, there: workspaces.Workspace, given: argparse.Namespace) -> dict[str, Any]:
    from communique import web as desk

    desk.setup(there)
    from communique.cli._corridor import Outside, corridor, now_utc

    web.watch(hosts, given.feeds)
    profile = cProfile.Profile()
    with corridor(there, outside=Outside(resolve=lambda name: (web.address_of(name),))) as open_corridor:
        if given.profile:
            profile.enable()
        first = _round(hosts, open_corridor, given.feeds)
        later = now_utc() + timedelta(days=1)
        second = _round(
            hosts, replace(open_corridor, means=replace(open_corridor.means, clock=lambda: later)), given.feeds
        )
    if given.profile:
        profile.disable()
        profile.dump_stats(given.profile)
    readers_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "feeds": given.feeds, "connections": given.connections, "first": first, "second": second,
        "peak_mib": round(peak_mib), "largest_child_mib": round(readers_mib), "known": _known(),
        "evidence_mib": round(sum(path.stat().st_size for path in there.evidence.iterdir()) / 1024**2, 1),
    }  # fmt: skip


def _round(hosts: web.Web, open_corridor: Any, count: int) -> dict[str, Any]:
    from communique import flow

    hosts.ask("/forget")
    wall, processor = time.perf_counter(), time.process_time()
    tally, only = flow.Tally(), replace(open_corridor, ledger=FeedsOnly(open_corridor.ledger))
    while tally.visits < count:  # a pass takes a share on PostgreSQL; all feeds that are left come first
        tally += flow.run_pass(only)
    took, worked = time.perf_counter() - wall, time.process_time() - processor
    assert tally.visits >= count, tally  # more on PostgreSQL: the last share is filled up with feeds that were visited
    return {
        "wall_s": round(took, 1), "processor_s": round(worked, 1), "captures": tally.captures, "found": tally.found,
        "troubles": tally.troubles, **_manners(hosts),
    }  # fmt: skip


def _by_workers(hosts: web.Web, there: workspaces.Workspace, given: argparse.Namespace) -> dict[str, Any]:
    """Let several processes collect together; each is one of many, and none knows of the others."""
    from communique import web as desk

    assert given.postgresql, "several workers need PostgreSQL"
    desk.setup(there)
    web.watch(hosts, given.feeds)
    rounds = [_round_of_workers(hosts, there, given.workers) for _ in range(2)]
    return {
        "feeds": given.feeds, "workers": given.workers, "connections_each": given.connections, "first": rounds[0],
        "second": rounds[1], "known": _known(),
    }  # fmt: skip


def _round_of_workers(hosts: web.Web, there: workspaces.Workspace, count: int) -> dict[str, Any]:
    from django.db import connections

    from communique.cli._corridor import now_utc
    from communique.web.ledger import models

    hosts.ask("/forget")
    models.Source.objects.update(next_visit_at=now_utc())
    connections.close_all()
    begun, worked = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    workers = [FORK.Process(target=_work, args=(there,)) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0, worker.exitcode
    took, spent = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor_s = spent.ru_utime + spent.ru_stime - worked.ru_utime - worked.ru_stime
    return {"wall_s": round(took, 1), "processor_s": round(processor_s, 1), **_manners(hosts)}


def _work(there: workspaces.Workspace) -> None:
    """Collect until no feed is due, as a worker does; others may hold what is due now."""
    from communique import flow
    from communique.cli._corridor import Outside, corridor, now_utc
    from communique.web.ledger import models

    with corridor(there, outside=Outside(resolve=lambda name: (web.address_of(name),))) as opened:
        only = replace(opened, ledger=FeedsOnly(opened.ledger))
        while models.Source.objects.filter(next_visit_at__lte=now_utc()).exists():
            if not flow.run_pass(only).visits:
                time.sleep(LOOK_S)
    os._exit(0)


def _manners(hosts: web.Web) -> dict[str, Any]:
    log = hosts.ask("/log")
    asked: defaultdict[str, list[float]] = defaultdict(list)
    for host, _path, at, _status in log["requests"]:
        asked[host].append(at)
    gaps = [later - earlier for each in asked.values() for earlier, later in pairwise(sorted(each))]
    return {
        "requests": len(log["requests"]), "shortest_pause_s": round(min(gaps, default=0.0), 2),
        "most_connections_to_a_host": log["most_at_once"],
    }  # fmt: skip


class FeedsOnly:
    """The ledger, but with sources only: what they name is due as well, and timed apart."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    @contextmanager
    def due(self, now: datetime, *, limit: int) -> Iterator[Any]:
        with self._ledger.due(now, limit=limit) as due:
            yield replace(due, pages=[])


def _known() -> dict[str, int]:
    from communique.web.ledger import models

    return {"sources": models.Source.objects.count(), "pages": models.Page.objects.count()}


if __name__ == "__main__":
    main()
