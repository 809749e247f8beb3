"""Two thousand hosts on loopback, each at an address of its own, in a process beside the one that is measured.

A host answers `/robots.txt`, `/feed` and its statements; it notes every connection and every request, and says so at
`/log` to whoever asks 127.0.0.1. Names end in `.example`, so that each is a registered domain of its own.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import multiprocessing
import socket
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from ipaddress import IPv4Address
from multiprocessing.connection import Connection
from typing import Any

ENTRIES = 20  # of each feed
FIRST = IPv4Address("127.2.0.1")
WORDS = (
    *("harbour", "council", "strike", "lock", "river", "pension", "vote", "court"),
    *("price", "school", "union", "bridge", "winter", "grain", "letter", "tide"),
)


def name_of(number: int) -> str:
    """Yield the name of a host."""
    return f"press{number}.example"


def address_of(name: str) -> str:
    """Yield the address of a host, as a resolver does."""
    return str(FIRST + int(name.removeprefix("press").removesuffix(".example")))


def feed(number: int, port: int, edition: int = 0) -> bytes:
    """Yield the feed of a host: its statements of the last twenty days, and one more for each edition."""
    at = f"http://{name_of(number)}:{port}"
    entries = "".join(
        f"<item><title>{_said(number, entry)}</title><link>{at}/statements/{entry}/</link>"
        f"<pubDate>{1 + entry % 28:02} Feb 2026 09:30:00 +0100</pubDate><description>{_said(number, entry) * 5}"
        "</description></item>"
        for entry in range(edition, edition + ENTRIES)
    )
    head = f"<title>Press {number}</title><link>{at}/</link><description>Statements</description><ttl>60</ttl>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


def page(number: int, entry: int) -> bytes:
    """Yield a statement."""
    said = "".join(f"<p>{_said(number, entry * 100 + line)}</p>" for line in range(8))
    title = _said(number, entry)
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{said}</article>".encode()


def _said(number: int, entry: int) -> str:
    seed = hashlib.sha256(f"{number} {entry}".encode()).digest()
    return f"Number {number}/{entry}: the {' '.join(WORDS[byte % len(WORDS)] for byte in seed[:9])}. "


@dataclass
class Log:
    """What the hosts saw."""

    requests: list[tuple[str, str, float, int]] = field(default_factory=list)  # host, path, second, status
    open: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))  # connections now, by address
    most: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    edition: int = 0


class _Conversation(asyncio.Protocol):
    def __init__(self, log: Log, port: int) -> None:
        self._log, self._port, self._head = log, port, b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._address = transport.get_extra_info("sockname")[0]
        self._log.open[self._address] += 1
        self._log.most[self._address] = max(self._log.most[self._address], self._log.open[self._address])

    def connection_lost(self, exc: Exception | None) -> None:
        self._log.open[self._address] -= 1

    def data_received(self, data: bytes) -> None:
        self._head += data
        if b"\r\n\r\n" in self._head:
            lines = self._head.decode("latin-1").split("\r\n")
            headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines[1:])}
            self._transport.write(self._answer(lines[0].split(" ")[1], headers))
            self._transport.close()

    def _answer(self, path: str, headers: dict[str, str]) -> bytes:
        host = headers.get("host", "").partition(":")[0]
        if self._address == "127.0.0.1":
            return _response(200, self._said(path))
        status, body = self._page(int(host.removeprefix("press").removesuffix(".example")), path)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and headers.get("if-none-match") == tag:
            status, body = 304, b""
        self._log.requests.append((host, path, time.monotonic(), status))
        return _response(status, body, tag if status in (200, 304) else None)

    def _page(self, number: int, path: str) -> tuple[int, bytes]:
        if path == "/feed":
            return 200, feed(number, self._port, self._log.edition)
        if path.startswith("/statements/"):
            return 200, page(number, int(path.split("/")[2]))
        if path == "/robots.txt" and number % 2:
            return 200, b"User-agent: *\nDisallow: /intern/\n"
        return 404, b"not here"

    def _said(self, path: str) -> bytes:
        if path.startswith("/edition/"):
            self._log.edition = int(path.split("/")[2])
        elif path == "/forget":
            self._log.requests.clear()
            self._log.most.clear()
        return json.dumps(
            {"requests": self._log.requests, "most_at_once": max(self._log.most.values(), default=0)}
        ).encode()


def _response(status: int, body: bytes, tag: str | None = None) -> bytes:
    packed = gzip.compress(body, 1) if body else b""
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/rss+xml", f"Content-Length: {len(packed)}"]
    lines += ["Content-Encoding: gzip"] if packed else []
    lines += [f"ETag: {tag}"] if tag else []
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + packed


@dataclass(frozen=True)
class Web:
    """The hosts, seen from the process that is measured."""

    port: int

    def url(self, number: int, path: str = "/feed") -> str:
        """Yield an address of a host."""
        return f"http://{name_of(number)}:{self.port}{path}"

    def ask(self, path: str) -> dict[str, Any]:
        """Ask for the log, or tell the hosts what to do."""
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path)
        answer: dict[str, Any] = json.loads(gzip.decompress(connection.getresponse().read()))
        connection.close()
        return answer


def _serve(channel: Connection) -> None:
    listener = socket.create_server(("0.0.0.0", 0), backlog=4096)  # noqa: S104 - loopback addresses only lead here
    port = listener.getsockname()[1]
    log = Log()

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Conversation(log, port), sock=listener)
        channel.send(port)
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def served() -> Iterator[Web]:
    """Serve the hosts while the block runs."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield Web(port=here.recv())
    finally:
        process.terminate()
        process.join()


def watch(hosts: Web, count: int) -> None:
    """Enter the first hosts' feeds as sources, all due."""
    from communique.cli._corridor import now_utc
    from communique.web.ledger import addresses, models

    models.Source.objects.bulk_create(
        models.Source(
            slug=f"press{number}", url=hosts.url(number), identity=addresses.identity(hosts.url(number)), kind="feed",
            name=f"Press {number}", pause_s=3600, added_at=now_utc(), next_visit_at=now_utc(),
        )
        for number in range(count)
    )  # fmt: skip
