"""What sites send to burn or fool a reader: each ends within its deadline as one sentence, and the others go on.

What burns on the line (drips, floods, bombs of the content codings) is in tests/collect/test_hostile.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from communique import collect, flow
from communique.flow.reading import Pool
from communique.records import SourceKind
from communique.testing.hostile import FakeClock, HostileServer, response
from communique.testing.ledger import MemoryLedger

from .conftest import article, feed

MIB = 1024 * 1024
DEADLINE_S = 4.0
SETTINGS = collect.Settings(
    allow_private=True,
    ports=(),
    pause_s=0.0,
    respect_robots=False,
    total_s=20,
    compressed_bytes=32 * MIB,
    body_bytes=32 * MIB,
)


def rss(inside: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Pilots</title>{inside}</channel></rss>'.encode()
    )


def laughs() -> str:
    """Yield a document type whose last entity would be a billion words."""
    lines = "".join(f"<!ENTITY l{number} '{f'&l{number - 1};' * 10}'>" for number in range(1, 10))
    return f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{lines}]>"


def pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """Yield a PDF of these objects, numbered from 1; its table of contents is left to be found."""
    body = "".join(f"{number} 0 obj {content} endobj\n" for number, content in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer <</Size {len(objects) + 1} {trailer}>>\nstartxref\n0\n%%EOF".encode()


def pdf_bomb() -> bytes:
    """Yield a PDF whose one page is 400 MiB of nothing, packed twice."""
    packed = zlib.compress(zlib.compress(bytes(400 * MIB), 9), 9)
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    head = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    stream = b"4 0 obj <</Filter[/FlateDecode/FlateDecode]/Length %d>> stream\n" % len(packed)
    return head.replace(b"trailer", stream + packed + b"\nendstream endobj\ntrailer", 1)


CATALOG, PAGE = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"
ITEM = "<item><title>a</title><link>http://pilots.example/{0}</link></item>"
CASES: dict[str, tuple[SourceKind, bytes, str]] = {
    "a feed of a billion laughs": ("feed", rss("<item><title>&l9;</title></item>", laughs()), "text/xml"),
    "a feed that asks for a file of the desk": (
        "feed", rss("<item><title>&f;</title></item>", "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"),
        "text/xml",
    ),
    "a feed that asks for an address of the desk": (
        "feed", rss("", "<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM 'http://[::1]/'>%p;]>"),
        "text/xml",
    ),
    "a feed of two hundred thousand levels": ("feed", rss("<x>" * 200_000), "text/xml"),
    "a feed of nested items": ("feed", rss("<item>" * 30_000), "text/xml"),
    "a feed of a million items": ("feed", rss("<item/>" * 1_000_000), "text/xml"),
    "a feed of one text of twelve MiB": ("feed", rss(f"<item><title>{'a' * 12 * MIB}</title></item>"), "text/xml"),
    "a feed of a hundred thousand attributes": (
        "feed", rss("<item " + " ".join(f"a{number}='1'" for number in range(100_000)) + "/>"), "text/xml",
    ),
    "a feed beyond its limit": ("feed", rss("<item/>" * 2_600_000), "text/xml"),
    "a JSON feed of a hundred thousand levels": ("feed", b'{"items":' + b"[" * 100_000, "application/feed+json"),
    "a JSON feed with a number of a million digits": (
        "feed", b'{"items":[{"id":' + b"9" * 1_000_000 + b"}]}", "application/feed+json",
    ),
    "a feed of the year 9999": (
        "feed", rss("<item><title>a</title><link>http://pilots.example/1</link>"
                    "<pubDate>Fri, 31 Dec 9999 23:59:59 -1400</pubDate></item>"), "text/xml",
    ),
    "a feed that says UTF-16 and is not": ("feed", rss(ITEM.format(1)), "text/xml; charset=utf-16"),
    "a feed of a charset that does not exist": ("feed", rss(ITEM.format(2)), "text/xml; charset=klingon"),
    "a feed of null bytes": ("feed", rss(ITEM.format(3)).replace(b"a", b"\x00a\x00"), "text/xml"),
    "a feed that is a web page": ("feed", article("Pilots", "We are here.").body, "text/html"),
    "a list of a million links": ("listing", b"<a href=/x>y</a>" * 1_000_000, "text/html"),
    "a list that is nested without end": ("listing", b"<ul><li>" * 100_000, "text/html"),
    "a list of one address of a MiB": ("listing", b"<a href='/" + b"x" * MIB + b"'>a</a>", "text/html"),
    "a page of two hundred thousand levels": ("page", b"<div><b>" * 100_000 + b"text", "text/html"),
    "a page of fifteen MiB without a space": ("page", b"<p>" + b"x" * 15 * MIB, "text/html"),
    "a page of brackets in JSON-LD": (
        "page", b"<script type='application/ld+json'>" + b'{"@graph":[' * 50_000 + b"</script><p>a</p>", "text/html",
    ),
    "a page of null bytes": ("page", b"<p>The\x00 union\x00 said</p>" * 1000 + bytes(MIB), "text/html"),
    "a page of a wrong charset": ("page", "<p>Η ένωση</p>".encode("utf-16-be") * 100, "text/html; charset=utf-7"),
    "a PDF whose pages are their own parents": (
        "page", pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 9>>"), "application/pdf",
    ),
    "a PDF whose pages go in a circle": (
        "page", pdf(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 9>>", "<</Type/Pages/Kids[2 0 R]/Count 9>>"),
        "application/pdf",
    ),
    "a PDF whose length is its own stream": (
        "page", pdf(CATALOG, "<</Type/Pages/Kids[4 0 R]/Count 1>>", "<</Length 3 0 R>> stream\nx\nendstream", PAGE),
        "application/pdf",
    ),
    "a PDF whose earlier table is its own": (
        "page", pdf(CATALOG, "<</Type/Pages/Kids[]/Count 0>>", trailer="/Root 1 0 R /Prev 0"), "application/pdf",
    ),
    "a PDF of a hundred million pages": (
        "page", pdf(CATALOG, f"<</Type/Pages/Kids[{'3 0 R ' * 100_000}]/Count 100000000>>", PAGE), "application/pdf",
    ),
    "a PDF that is a bomb": ("page", pdf_bomb(), "application/pdf"),
    "a mail of twenty thousand parts": (
        "page", b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000,
        "message/rfc822",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(processes=2, deadline_s=DEADLINE_S, memory_mb=768) as made:
        yield made


@pytest.mark.parametrize("case", CASES)
def test_hostile_content_ends_in_time_and_the_others_go_on(case: str, pool: Pool, tmp_path: Path) -> None:
    kind, body, media_type = CASES[case]
    ledger, clock = MemoryLedger(), FakeClock()
    with HostileServer() as server:
        page = article("Reopen the locks", "The union calls on the ministry to reopen four locks at Aldermouth.")
        server.answers |= {
            "/bad": response(body, headers=(f"Content-Type: {media_type}",)),
            "/good": response(feed(server.url("/1", "good.example")).body, headers=("Content-Type: text/xml",)),
            "/1": response(page.body, headers=("Content-Type: text/html",)),
        }
        watch(ledger, clock, bad=(kind, server.url("/bad", "bad.example")), good=server.url("/good", "good.example"))

        begun = monotonic()
        visits = collected(ledger, clock, pool, tmp_path)

    assert monotonic() - begun < 8 * DEADLINE_S  # on a busy machine: twice its deadline, and starting a reader anew
    assert [entry.url for entry in ledger.entries() if "good.example" in entry.url] == [
        server.url("/1", "good.example")
    ]
    for visit in visits:
        assert visit.kept is not None, visit.trouble  # whatever it was, it is evidence
        assert visit.trouble is None or (visit.trouble.detail.isprintable() and "bad.example" in visit.trouble.detail)


def watch(ledger: MemoryLedger, clock: FakeClock, *, bad: tuple[SourceKind, str], good: str) -> None:
    from communique.testing.builders import source

    ledger.add_source(source(id="bad", url=bad[1], kind=bad[0]), now=clock.now())
    ledger.add_source(source(id="good", url=good), now=clock.now())


def collected(ledger: MemoryLedger, clock: FakeClock, pool: Pool, folder: Path) -> list[flow.Visit]:
    """Collect the two sources, and the page that the good one names; yield the visits to what they gave at first."""
    told: list[flow.Visit] = []
    with collect.client(SETTINGS, resolve=lambda _: ("127.0.0.1",), clock=clock.clock()) as client:
        means = flow.Means(client=client, reader=pool, evidence=folder, clock=clock.now)
        corridor = flow.Corridor(ledger=ledger, means=means, chance=lambda: 0.5)
        flow.run_pass(corridor, told=lambda visit, _: told.append(visit))
        with ledger.due(clock.now(), limit=20_000) as due:
            others = [page for page in due.pages if "good.example" not in page.url]
        for page in others:  # what a hostile list named is not asked for here
            ledger.put_off(page, until=clock.now().replace(year=2096))
        flow.run_pass(corridor)
    return told
