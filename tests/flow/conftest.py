"""A union's site on loopback, a clock that only moves when told, and the corridor between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from communique import collect, flow
from communique.flow.course import Memory
from communique.flow.reading import Here, Reader
from communique.records import Source
from communique.testing.hostile import FakeClock
from communique.testing.ledger import MemoryLedger
from communique.testing.web import Answer, Page, Site, Web, serving

HOST = "rivermen.localhost"
SETTINGS = collect.Settings(allow_private=True, ports=(), pause_s=0.0)


def article(title: str, *paragraphs: str, day: str = "2026-03-01") -> Answer:
    """Yield a page as a small content system writes it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Answer(
        body=f"""<!doctype html><html lang="en"><head><title>{title} | Union of River Pilots</title>
<meta property="article:published_time" content="{day}T08:00:00+00:00"></head><body>
<nav><a href="/">Home</a> <a href="/statements/">Statements</a></nav>
<main><article><h1>{title}</h1>{text}</article></main><footer>Union of River Pilots, Quay 4</footer>
</body></html>""".encode()
    )


def feed(*links: str) -> Answer:
    """Yield an RSS feed of these addresses, the first the newest."""
    entries = "".join(f"<item><title>Statement {link}</title><link>{link}</link></item>" for link in links)
    head = "<title>Union of River Pilots</title><link>http://rivermen.localhost/</link><description/>"
    body = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'
    return Answer(body=body.encode(), media_type="application/rss+xml")


@dataclass(kw_only=True)
class World:
    """One site, one newsroom that follows it, and the time."""

    web: Web
    ledger: MemoryLedger
    clock: FakeClock
    evidence: Path
    reader: Reader
    first_pages: int = 5

    def show(self, pages: dict[str, Page]) -> None:
        """Let the site have these pages and no others."""
        self.web.show([Site(host=HOST, pages=pages)])

    def watch(self, **given: object) -> Source:
        """Enter the site's feed, or another source of it."""
        fields = {"id": "rivermen", "url": self.url("/feed.xml"), "kind": "feed", "name": "River Pilots"}
        source = Source(**{**fields, **given})  # type: ignore[arg-type]  # a test names fields of Source
        self.ledger.add_source(source, now=self.clock.now())
        return source

    def url(self, path: str) -> str:
        """Yield the address of a page of the site."""
        return self.web.url(HOST, path)

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.clock.seconds += timedelta(**time).total_seconds()

    def collect(self) -> tuple[flow.Tally, list[flow.Visit]]:
        """Take what is due through the rooms; yield what was done and every visit."""
        told: list[flow.Visit] = []
        with collect.client(SETTINGS, resolve=self._resolve, clock=self.clock.clock()) as client:
            means = flow.Means(
                client=client, reader=self.reader, evidence=self.evidence, clock=self.clock.now,
                first_pages=self.first_pages,
            )  # fmt: skip
            corridor = flow.Corridor(ledger=self.ledger, means=means, chance=lambda: 0.5)
            tally = flow.run_until_done(corridor, told=lambda visit, _: told.append(visit))
        return tally, told

    def _resolve(self, name: str) -> tuple[str, ...]:
        return (self.web.resolve(name),)

    def asked(self, path: str) -> list[int]:
        """Yield the statuses that a page was answered with so far."""
        return [visit.status for visit in self.web.log if visit.request.path == path]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with serving(addresses=8) as web:
        yield World(
            web=web, ledger=MemoryLedger(), clock=FakeClock(), evidence=tmp_path / "evidence", reader=Here()
        )  # fmt: skip


def memory(world: World) -> Memory:
    """Yield what is remembered of the one source."""
    world.later(days=365)
    with world.ledger.due(world.clock.now(), limit=9) as due:
        (source,) = due.sources
    world.later(days=-365)
    return source.memory
