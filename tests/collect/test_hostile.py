"""Servers that lie, stall and flood: each ends soon, as a trouble with one sentence, and the next visit goes on."""

from __future__ import annotations

import gzip
import time as real
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import Answer, Asked, HostileServer, Line, response

Open = Callable[..., Client]

TEXT = "Der Verband der Küstenfischer lehnt die Quote ab. ".encode() * 40
MIB = 1024 * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _bomb_brotli() -> bytes:
    return bytes(brotli.compress(bytes(64 * MIB), quality=5))


def _bomb_zstd() -> bytes:
    return zstandard.ZstdCompressor().compress(bytes(64 * MIB))


def _zstd_blocks() -> bytes:
    """Yield a zstd frame of blocks that say "128 KiB of one byte" in four bytes each."""
    block = ((128 * 1024) << 3 | 1 << 1).to_bytes(3, "little") + b"a"
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * 20_000


def coded(coding: str, body: bytes) -> bytes:
    return response(body, headers=(f"Content-Encoding: {coding}",))


def endless_body(_asked: Asked, line: Line) -> None:
    line.send(HEAD + b"\r\n")
    while line.send(b"<p>more</p>" * 1000):
        pass


def endless_chunks(_asked: Asked, line: Line) -> None:
    line.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while line.send(b"1\r\nx\r\n" * 2000):
        pass


def endless_trailers(_asked: Asked, line: Line) -> None:
    line.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n")
    while line.send(b"X-More: and more\r\n" * 500):
        pass


def endless_headers(_asked: Asked, line: Line) -> None:
    line.send(HEAD)
    while line.send(b"X-More: and more\r\n" * 500):
        pass


def endless_interim(_asked: Asked, line: Line) -> None:
    while line.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 200):
        pass


def drip_headers(_asked: Asked, line: Line) -> None:
    line.drip(HEAD + b"X-Slow: " + b"a" * 4000)


def drip_body(_asked: Asked, line: Line) -> None:
    line.send(HEAD + b"Content-Length: 4000\r\n\r\n")
    line.drip(b"a" * 4000)


def silent(_asked: Asked, line: Line) -> None:
    line.hang()


def silent_in_the_middle(_asked: Asked, line: Line) -> None:
    line.send(HEAD + b"Content-Length: 4000\r\n\r\n<p>")
    line.hang()


CASES: dict[str, tuple[Answer, str]] = {
    "endless body": (endless_body, "too-large"),
    "endless chunks of one byte": (endless_chunks, "too-"),
    "endless trailers": (endless_trailers, "broken-answer"),
    "endless headers": (endless_headers, "broken-answer"),
    "endless interim answers": (endless_interim, "too-"),
    "headers byte by byte": (drip_headers, "too-slow"),
    "body byte by byte": (drip_body, "too-slow"),
    "never a byte": (silent, "timeout"),
    "silence in the middle": (silent_in_the_middle, "timeout"),
    "gzip bomb": (coded("gzip", gzip.compress(bytes(64 * MIB), mtime=0)), "too-large"),
    "gzip bomb in a gzip bomb": (
        coded("gzip, gzip", gzip.compress(gzip.compress(bytes(64 * MIB), mtime=0))),
        "too-large",
    ),
    "deflate bomb": (coded("deflate", zlib.compress(bytes(64 * MIB))), "too-large"),
    "brotli bomb": (coded("br", _bomb_brotli()), "too-large"),
    "zstd bomb": (coded("zstd", _bomb_zstd()), "too-large"),
    "zstd bomb of run blocks": (coded("zstd", _zstd_blocks()), "too-large"),
    "gzip of ten thousand members": (coded("gzip", gzip.compress(b"", mtime=0) * 10_000), "bad-coding"),
    "three codings": (coded("gzip, gzip, gzip", b"x"), "bad-coding"),
    "an unknown coding": (coded("snappy", b"x"), "bad-coding"),
    "text that says it is gzip": (coded("gzip", TEXT), "bad-coding"),
    "text that says it is brotli": (coded("br", TEXT), "bad-coding"),
    "text that says it is zstd": (coded("zstd", TEXT), "bad-coding"),
    "text that says it is deflate": (coded("deflate", TEXT), "bad-coding"),
    "gzip cut short": (coded("gzip", gzip.compress(TEXT, mtime=0)[:-12]), "bad-coding"),
    "brotli cut short": (coded("br", brotli.compress(TEXT)[:-3]), "bad-coding"),
    "zstd cut short": (coded("zstd", zstandard.compress(TEXT)[:-3]), "bad-coding"),
    "a length far beyond the limit": (HEAD + b"Content-Length: 99999999999\r\n\r\n<p>", "too-large"),
    "a length that is too long": (
        HEAD + b"Content-Length: 900\r\n\r\n<p>short</p>",
        "broken-answer",
    ),
    "a negative length": (HEAD + b"Content-Length: -5\r\n\r\n<p>", "broken-answer"),
    "a length that is no number": (HEAD + b"Content-Length: many\r\n\r\n<p>", "broken-answer"),
    "two lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 300\r\n\r\n<p>", "broken-answer"),
    "a chunk size that is no number": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>", "broken-answer"),
    "a chunk that is shorter than it says": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n<p>", "broken-answer"),
    "a giant chunk size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n", "broken-answer"),
    "an unknown transfer coding": (HEAD + b"Transfer-Encoding: rot13\r\n\r\nabc", "broken-answer"),
    "headers beyond the limit": (HEAD + b"X-Big: " + b"a" * 30_000 + b"\r\n\r\n", "too-large"),
    "a header of 200 KiB": (HEAD + b"X-Big: " + b"a" * 200_000 + b"\r\n\r\n", "broken-answer"),
    "a header with a null byte": (HEAD + b"X-Nul: a\x00b\r\n\r\n", "broken-answer"),
    "a header without a colon": (HEAD + b"nonsense\r\n\r\n", "broken-answer"),
    "no HTTP at all": (b"220 mail.example ESMTP\r\n", "broken-answer"),
    "null bytes": (bytes(1000), "broken-answer"),
    "a status that is no number": (b"HTTP/1.1 abc OK\r\n\r\n", "broken-answer"),
    "an end before the answer": (b"", "broken-answer"),
    "half a status line": (b"HTTP/1.1 2", "broken-answer"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_answer_ends_soon_with_a_sentence(server: HostileServer, open_client: Open, case: str) -> None:
    server.answers["/x"], kind = CASES[case]
    client = open_client(clock=collect.Clock(sleep=lambda _: None), respect_robots=False, pause_s=0.0)
    begun = real.monotonic()

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Trouble), found.status
    assert found.kind.startswith(kind), found
    assert server.url("/x") in found.detail
    assert found.detail.isprintable()
    assert real.monotonic() - begun < 3.0


def test_the_other_sources_go_on(server: HostileServer, client: Client) -> None:
    server.answers |= {"/bad": bytes(100), "/good": response(TEXT)}

    found = [collect.capture(server.url(path), client=client) for path in ("/bad", "/good")]

    assert [type(one) for one in found] == [Trouble, Capture]


@pytest.mark.parametrize("case", [name for name in CASES if "bomb" in name or "endless" in name])
def test_memory_stays_small_whatever_is_sent(server: HostileServer, open_client: Open, case: str) -> None:
    server.answers["/x"], _ = CASES[case]
    client = open_client(clock=collect.Clock(sleep=lambda _: None), respect_robots=False, pause_s=0.0)
    tracemalloc.start()

    collect.capture(server.url("/x"), client=client)

    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 24 * MIB


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:700], mtime=0) + gzip.compress(TEXT[700:], mtime=0)),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\x00" * 20),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, wbits=-15)),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstandard.compress(TEXT)),
        ("zstd", zstandard.compress(TEXT[:700]) + zstandard.compress(TEXT[700:])),
        ("identity", TEXT),
        ("", TEXT),
        ("gzip, br", brotli.compress(gzip.compress(TEXT, mtime=0))),
    ],
)
def test_each_honest_coding_gives_the_text(server: HostileServer, client: Client, coding: str, body: bytes) -> None:
    server.answers["/x"] = coded(coding, body)

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Capture), found
    assert found.body == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_large_honest_page_comes_whole(server: HostileServer, open_client: Open, coding: str) -> None:
    page = b"".join(b"<p>Paragraph %d of the programme</p>" % number for number in range(60_000))
    packed = {
        "gzip": gzip.compress(page, mtime=0),
        "deflate": zlib.compress(page),
        "br": brotli.compress(page, quality=3),
        "zstd": zstandard.compress(page),
    }
    server.answers["/x"] = coded(coding, packed[coding])

    found = collect.capture(server.url("/x"), client=open_client(body_bytes=8 * MIB, compressed_bytes=MIB))

    assert isinstance(found, Capture), found
    assert found.body == page


def test_a_coded_answer_without_a_body_is_empty(server: HostileServer, client: Client) -> None:
    server.answers["/x"] = coded("gzip", b"")

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Capture)
    assert found.body == b""


def test_honest_chunks_are_joined_and_not_named_in_the_headers(server: HostileServer, client: Client) -> None:
    server.answers["/x"] = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Capture)
    assert found.body == b"abcde"
    assert "transfer-encoding" not in {name.lower() for name, _ in found.headers}


def test_a_body_longer_than_its_length_ends_at_its_length(server: HostileServer, client: Client) -> None:
    server.answers["/x"] = HEAD + b"Content-Length: 3\r\n\r\nabcdefgh"

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Capture)
    assert found.body == b"abc"


def test_a_body_without_a_length_ends_with_the_connection(server: HostileServer, client: Client) -> None:
    server.answers["/x"] = b"HTTP/1.0 200 OK\r\n\r\n" + TEXT

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Capture)
    assert found.body == TEXT


def test_nobody_at_the_door_is_a_passing_trouble(open_client: Open) -> None:
    with HostileServer("127.0.0.3") as gone:
        url = gone.url("/", "gone.example")

    found = collect.capture(url, client=open_client(resolve=lambda _name: ("127.0.0.3",)))

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("no-connection", True)
    assert "tried again" not in found.detail  # whoever only looks at an address tries nothing again
