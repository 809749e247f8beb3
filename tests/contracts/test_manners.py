"""What the sites' own log says of a desk: that none of its manners was broken, by one process or by several."""

from __future__ import annotations

import importlib
import multiprocessing
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connections

from communique import collect, flow
from communique.flow.reading import Here
from communique.testing.builders import source
from communique.testing.web import Answer, Site, Visit, Web, serving
from communique.web.ledger import models
from communique.web.ledger.notes import DatabaseNotes
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

FORK = multiprocessing.get_context("fork")
PAUSE_S = 0.25
HOSTS = ("press.union.example", "www.union.example", "church.example", "chamber.example", "party.example")
AT_ONE_ADDRESS = ("church.example", "chamber.example")
SETTINGS = collect.Settings(allow_private=True, ports=(), pause_s=PAUSE_S, contact="press@desk.example")
TEXT = "The members of {host} reject offer number {number} of 2.1 per cent; {number} delegates will vote on 9 March."


def site(host: str, port: int) -> Site:
    """Yield a site with a feed of three statements, one of them forbidden."""
    paths = ("/1", "/2", "/intern/3")
    links = "".join(f"<item><title>{path}</title><link>http://{host}:{port}{path}</link></item>" for path in paths)
    pages = {
        path: Answer(body=f"<html><h1>On {path}</h1><p>{TEXT.format(host=host, number=number)}</p></html>".encode())
        for number, path in enumerate(paths)
    }
    feed = f"<rss version='2.0'><channel><title>{host}</title>{links}</channel></rss>".encode()
    rules = Answer(body=b"User-agent: *\nDisallow: /intern/\n", media_type="text/plain")
    return Site(host=host, pages={"/robots.txt": rules, "/feed": Answer(body=feed, media_type="text/xml"), **pages})


@pytest.fixture
def web() -> Iterator[Web]:
    importlib.import_module("communique.flow.reading_process")
    with serving(addresses=8) as made:
        made.show([site(host, made.port) for host in HOSTS])
        yield made


def watch(web: Web) -> None:
    now = collect.Clock().now()
    for host in HOSTS:
        DatabaseLedger().add_source(source(id=host, url=web.url(host, "/feed"), pause_s=900), now=now)


def collect_all(web: Web, there: Workspace, later: timedelta) -> None:
    def resolve(name: str) -> tuple[str, ...]:
        return (web.resolve(AT_ONE_ADDRESS[0] if name in AT_ONE_ADDRESS else name),)

    clock = collect.Clock(now=lambda: collect.Clock().now() + later)
    with DatabaseNotes() as notes, collect.client(SETTINGS, resolve=resolve, clock=clock, notes=notes) as client:
        means = flow.Means(client=client, reader=Here(), evidence=there.evidence, clock=clock.now)
        corridor = flow.Corridor(ledger=DatabaseLedger(share=2), means=means, connections=4)
        while (at := corridor.ledger.next_due_at()) and at <= clock.now():
            flow.run_until_done(corridor)
            client.wait(0.1)  # what another worker has is not there for this one: it looks again, as `run` does


def _child(web: Web, there: Workspace, later: timedelta) -> None:
    connections.close_all()
    collect_all(web, there, later)
    os._exit(0)


def by_processes(count: int, web: Web, there: Workspace, later: timedelta) -> None:
    """Collect with so many processes at once."""
    connections.close_all()
    children = [FORK.Process(target=_child, args=(web, there, later)) for _ in range(count)]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0] * count


def shortest_pause_s(log: tuple[Visit, ...]) -> float:
    """Yield the shortest time between two requests to one registered domain, or to one address."""
    asked: defaultdict[str, list[datetime]] = defaultdict(list)
    for visit in log:
        asked[collect.site(visit.request.host)].append(visit.request.at)
        asked[visit.request.address].append(visit.request.at)
    return min((later - earlier).total_seconds() for each in asked.values() for earlier, later in pairwise(each))


def check_manners(log: tuple[Visit, ...]) -> None:
    """Hold a log against everything that was promised."""
    assert shortest_pause_s(log) >= PAUSE_S
    paths = Counter((visit.request.host, visit.request.path) for visit in log)
    assert {paths[host, "/robots.txt"] for host in HOSTS} == {1}  # in a day, by all processes together
    assert not any(path.startswith("/intern/") for _, path in paths)
    assert all("press@desk.example" in (visit.request.header("user-agent") or "") for visit in log)
    assert not any(visit.request.header("cookie") or visit.request.header("authorization") for visit in log)
    seen: set[tuple[str, str]] = set()
    for visit in log:
        what = (visit.request.host, visit.request.path)
        assert (visit.request.header("if-none-match") is not None) == (what in seen)
        assert visit.status == (304 if what in seen else 200)
        seen.add(what)


def check_two_rounds(processes: int, web: Web, there: Workspace) -> None:
    watch(web)
    by_processes(processes, web, there, timedelta(0))
    assert models.Document.objects.count() == 2 * len(HOSTS)

    by_processes(processes, web, there, timedelta(hours=2))

    check_manners(web.log)
    assert len(web.log) == len(HOSTS) * (1 + 3 + 3)


def test_one_process_breaks_no_manners(web: Web, newsroom: Workspace) -> None:
    check_two_rounds(1, web, newsroom)


def test_three_workers_at_once_break_no_manners(web: Web, newsroom_on_postgresql: Workspace) -> None:
    check_two_rounds(3, web, newsroom_on_postgresql)
