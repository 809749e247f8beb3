"""A newsroom that is killed at any moment loses nothing and doubles nothing: the next pass takes up what is left."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import connections

from communique import archive, collect, flow
from communique.flow.reading import Here
from communique.records import Capture, Evidence
from communique.testing.builders import MORNING, source
from communique.testing.web import Answer, Request, Site, Web, serving
from communique.web.ledger import models
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

FORK = multiprocessing.get_context("fork")
UNION, MINISTRY = "rivermen.localhost", "waterways.localhost"
PAGES = 6  # of each site
REQUESTS = 2 * (PAGES + 2)  # robots.txt and the list of each site too
SAMPLE, WHOLE, ON_POSTGRESQL = 10, 200, 3
SETTINGS = collect.Settings(allow_private=True, ports=(), pause_s=0.0)


@dataclass(kw_only=True)
class Fate:
    """Kills a process some milliseconds after it made its nth request."""

    request: int = 0
    delay_s: float = 0.0
    process: int | None = None
    seen: int = 0
    timers: list[threading.Timer] = field(default_factory=list)

    def notice(self) -> None:
        """Count a request."""
        self.seen += 1
        if self.process is not None and self.seen == self.request:
            self.timers.append(threading.Timer(self.delay_s, os.kill, (self.process, signal.SIGKILL)))
            self.timers[-1].start()


@dataclass(frozen=True, kw_only=True)
class World:
    """Two sites, and what awaits who visits them."""

    web: Web
    fate: Fate


JOINT = "Pilots and ministry will inspect the four locks at Aldermouth on 19 May; 3 engineers report to both."
SAID = {
    UNION: (
        JOINT,
        "The union of river pilots rejects the offer of 2.1 per cent; its 212 members vote on a strike from 9 March.",
        "Two apprentices were hurt when a hawser broke at Marle Quay on 11 February; the union asks for new winches.",
        "River pilots thank the lifeboat crews who brought home eleven bargemen in the January storm.",
        "The pension fund of the pilots has bought 40 flats in Aldermouth, and retired members may apply until June.",
        "Ingrid Sollers is the new chair of the river pilots; she was elected with 148 votes at the congress in Marle.",
    ),
    MINISTRY: (
        JOINT,
        "Dredging of the southern channel begins in April, the minister of waterways said; it will cost 31 million.",
        "Pleasure boats need a licence from next year; a consultation of owners is open for twelve weeks.",
        "The ministry publishes water levels of 85 gauges every ten minutes, free to use by everyone.",
        "A new ferry between Ostholm and the islands was named Petrel by schoolchildren on Sunday.",
        "Minister Anders Brekke travels to the river conference in Passau and meets his colleagues from six states.",
    ),
}


def _page(site: str, number: int) -> bytes:
    said = SAID[site][number]
    return (
        f"<html lang=en><head><title>{said.split(';')[0]}</title></head><body><main><article><h1>{said[:60]}</h1>"
        f"<time datetime=2026-02-{number + 10}>2026</time><p>{said}</p></article></main></body></html>"
    ).encode()


def _site(host: str, fate: Fate, port: int) -> Site:
    def served(answer: Answer) -> Callable[[Request], Answer]:
        def page(_: Request) -> Answer:
            fate.notice()
            return answer

        return page

    links = "".join(
        f"<item><title>Lock {number}</title><link>http://{host}:{port}/{number}</link></item>"
        for number in range(PAGES)
    )
    feed = f"<rss version='2.0'><channel><title>{host}</title>{links}</channel></rss>".encode()
    return Site(
        host=host,
        pages={
            "/robots.txt": served(Answer(status=404)),
            "/feed": served(Answer(body=feed, media_type="application/rss+xml")),
            **{f"/{number}": served(Answer(body=_page(host, number))) for number in range(PAGES)},
        },
    )


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    importlib.import_module("communique.flow.reading_process")  # the rooms: else each killed process loads them anew
    fate = Fate()
    with serving(addresses=4) as web:
        web.show([_site(host, fate, web.port) for host in (UNION, MINISTRY)])
        yield World(web=web, fate=fate)


def watch(world: World) -> None:
    """Enter both sources."""
    for host in (UNION, MINISTRY):
        DatabaseLedger().add_source(source(id=host, url=world.web.url(host, "/feed")), now=MORNING)


def collect_all(world: World, there: Workspace, now: datetime) -> flow.Tally:
    """Do what `communique run --once` does."""
    archive.mend(there.evidence)
    clock = collect.Clock(now=lambda: now, sleep=lambda _: None)
    with collect.client(SETTINGS, resolve=lambda name: (world.web.resolve(name),), clock=clock) as client:
        means = flow.Means(client=client, reader=Here(), evidence=there.evidence, clock=lambda: now)
        return flow.run_until_done(flow.Corridor(ledger=DatabaseLedger(), means=means, chance=lambda: 0.5))


def _child(world: World, there: Workspace, may_begin: multiprocessing.synchronize.Event) -> None:
    may_begin.wait(60)
    connections.close_all()
    collect_all(world, there, MORNING)
    os._exit(0)


def killed(world: World, there: Workspace, chance: random.Random) -> bool:
    """Collect in a process that is killed at a random moment; tell whether it was, before it was done."""
    connections.close_all()
    may_begin = FORK.Event()
    child = FORK.Process(target=_child, args=(world, there, may_begin))
    child.start()
    fate = world.fate
    fate.request, fate.delay_s = chance.randint(1, REQUESTS), chance.choice((0.0, chance.random() / 10))
    fate.seen, fate.process, fate.timers = 0, child.pid, []
    may_begin.set()
    child.join(120)
    for timer in fate.timers:
        timer.cancel()
    fate.process = None
    return child.exitcode == -signal.SIGKILL


def check_books(there: Workspace) -> None:
    """Hold what is in the books against the evidence, and against itself."""
    for row in models.Capture.objects.all():
        where = Evidence(
            warc=row.warc, offset=row.offset, record_id=row.record_id, url=row.url, captured_at=row.captured_at,
            digest=row.digest,
        )  # fmt: skip
        again = archive.answer(where, folder=there.evidence)
        assert isinstance(again, Capture), again
        assert again.digest == row.digest
    current = Counter(models.Document.objects.filter(is_current=True).values_list("page__url", flat=True))
    assert set(current.values()) <= {1}
    assert not models.Document.objects.filter(revises__isnull=False).exists()  # nothing was edited in this world
    assert not models.Key.objects.exclude(document__in=models.Document.objects.all()).exists()


def check_complete(world: World) -> None:
    """Hold the books against the world."""
    expected = {world.web.url(host, f"/{number}") for host in (UNION, MINISTRY) for number in range(PAGES)}
    urls = list(models.Document.objects.values_list("page__url", flat=True))
    assert sorted(urls) == sorted(expected)
    assert models.Page.objects.count() == len(expected)
    assert models.Statement.objects.count() == len(expected) - 1  # the joint one is on both sites
    assert set(models.Page.objects.values_list("visits", "troubles_in_row")) == {(1, 0)}


def crash(world: World, there: Workspace, seed: int) -> None:
    """Kill a first pass, look at what it left, and let a second one finish."""
    watch(world)

    was_killed = killed(world, there, random.Random(seed))

    check_books(there)
    tally = collect_all(world, there, MORNING + timedelta(minutes=1))
    assert was_killed or not tally.visits
    check_books(there)
    check_complete(world)
    assert not collect_all(world, there, MORNING + timedelta(minutes=2)).visits


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_killed_on_sqlite_each_statement_is_entered_once(world: World, newsroom: Workspace, seed: int) -> None:
    crash(world, newsroom, seed)


@pytest.mark.parametrize("seed", range(ON_POSTGRESQL))
def test_killed_on_postgresql_each_statement_is_entered_once(
    world: World, newsroom_on_postgresql: Workspace, seed: int
) -> None:
    crash(world, newsroom_on_postgresql, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SAMPLE, WHOLE))
def test_killed_at_two_hundred_moments_each_statement_is_entered_once(
    world: World, newsroom: Workspace, seed: int
) -> None:
    crash(world, newsroom, seed)


def test_a_pass_that_is_killed_again_and_again_comes_to_its_end(world: World, newsroom: Workspace) -> None:
    watch(world)
    chance = random.Random("again and again")

    deaths = 0
    while killed(world, newsroom, chance):
        deaths += 1
        check_books(newsroom)

    assert deaths < 60
    check_complete(world)
