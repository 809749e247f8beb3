"""Whatever bytes a server sends, a visit ends with a Capture or a Trouble, and never with an exception."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import HostileServer, response

Open = Callable[..., Client]

# One server serves all examples of a test: it keeps nothing between two of them.
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

status_lines = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"HTTP/1.1 200", b"HTTP/1.0 200 OK", b"HTTP/1.1 204 None", b"HTTP/1.1 301 Moved",
     b"ICY 200 OK", b"HTTP/1.1 101 Switch", b"HTTP/1.1 100 Go on", b"HTTP/1.1 000 ?", b"HTTP/2 200",
     b"HTTP/1.1 206 Part"]
)  # fmt: skip
headers = st.sampled_from(
    [b"Location: /x", b"Location: http://[", b"Location: \xff\xfe", b"Location:", b"Location: //", b"Location: ?#@",
     b"Content-Encoding: gzip", b"Content-Encoding: ,,", b"Content-Type: \xff/\x80; charset=\xe9", b"Content-Length: 5",
     b"Content-Type: text/html; charset*=x''y", b"Retry-After: \xff", b"Transfer-Encoding: chunked", b" folded",
     b"Upgrade: websocket", b"Connection: upgrade", b"ETag: \xe9", b": empty", b"Set-Cookie: a=b; expires=never"]
)  # fmt: skip


def ends_well(found: object) -> bool:
    return isinstance(found, Capture) or (isinstance(found, Trouble) and found.detail.isprintable())


@quick
@given(st.binary(max_size=300))
def test_random_bytes_are_survived(server: HostileServer, open_client: Open, answer: bytes) -> None:
    server.answers["/x"] = answer

    assert ends_well(collect.capture(server.url("/x"), client=open_client(respect_robots=False)))


@quick
@given(status_lines, st.lists(headers, max_size=5), st.binary(max_size=60))
def test_odd_heads_are_survived(
    server: HostileServer, open_client: Open, line: bytes, named: list[bytes], body: bytes
) -> None:
    server.answers["/x"] = b"\r\n".join([line, *named, b"", b""]) + body

    assert ends_well(collect.capture(server.url("/x"), client=open_client(respect_robots=False)))


@quick
@given(st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br"]), st.binary(max_size=300))
def test_random_coded_bodies_are_survived(server: HostileServer, open_client: Open, coding: str, body: bytes) -> None:
    server.answers["/x"] = response(body, headers=(f"Content-Encoding: {coding}",))

    assert ends_well(collect.capture(server.url("/x"), client=open_client(respect_robots=False)))


@quick
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"User-agent: *\nDisallow: {text}".encode()))
def test_random_rules_for_robots_are_survived(server: HostileServer, open_client: Open, rules: bytes) -> None:
    server.answers["/robots.txt"] = response(rules)

    assert ends_well(collect.capture(server.url("/x"), client=open_client()))


@pytest.mark.parametrize("status", ["101 Switching Protocols", "100 Continue", "199 ?"])
def test_an_interim_answer_that_nothing_follows_is_a_trouble(
    server: HostileServer, open_client: Open, status: str
) -> None:
    server.answers["/x"] = f"HTTP/1.1 {status}\r\nUpgrade: x\r\n\r\n".encode()

    assert isinstance(collect.capture(server.url("/x"), client=open_client(respect_robots=False)), Trouble)
