"""One address, one answer, kept as it came."""

from __future__ import annotations

import hashlib

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Source, Trouble, Validators
from communique.testing.hostile import FakeClock, HostileServer, response

PAGE = "<h1>Für faire Löhne</h1><p>Gewerkschaft der Deichbauer, 2. März 2026</p>".encode()


def taken(found: Capture | Trouble) -> Capture:
    assert isinstance(found, Capture), found
    return found


def test_an_answer_is_kept_with_all_that_proves_it(server: HostileServer, client: Client, time: FakeClock) -> None:
    server.answers["/lohn"] = response(PAGE, headers=("Content-Type: Text/HTML; charset=UTF-8", "X-Odd: é"))

    found = taken(collect.capture(server.url("/lohn"), client=client, source_id="deich"))

    assert (found.source_id, found.status, found.url) == ("deich", 200, server.url("/lohn"))
    assert found.final_url == found.url
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert found.body == PAGE
    assert found.digest == "sha256:" + hashlib.sha256(PAGE).hexdigest()
    assert found.address == "127.0.0.1"
    assert found.fetched_at == time.now()
    assert ("X-Odd", "é") in found.headers
    assert ("Accept-Encoding", "gzip, deflate, br, zstd") in found.request_headers


def test_the_desk_says_who_it_is_and_how_to_reach_it(server: HostileServer, client: Client) -> None:
    collect.capture(server.url("/"), client=client)

    agents = {asked.headers["user-agent"] for asked in server.asked}
    assert agents == {f"{client.settings.user_agent} (press wire; +https://desk.example/about)"}


@pytest.mark.parametrize("status", ["401 Unauthorized", "404 Not Found", "410 Gone", "500 Oops", "503 Later", "999 ?"])
def test_a_refusal_is_evidence_too(server: HostileServer, client: Client, status: str) -> None:
    server.answers["/gone"] = response(b"no", status=status)

    found = taken(collect.capture(server.url("/gone"), client=client))

    assert (found.status, found.body) == (int(status[:3]), b"no")


def test_what_was_remembered_is_sent_back_and_an_unchanged_page_costs_nothing(
    server: HostileServer, client: Client
) -> None:
    stamp = "Mon, 02 Mar 2026 08:00:00 GMT"
    server.answers["/list"] = response(PAGE, headers=('ETag: W/"a1"', f"Last-Modified: {stamp}"))
    first = taken(collect.capture(server.url("/list"), client=client))
    server.answers["/list"] = b'HTTP/1.1 304 Not Modified\r\nETag: W/"a1"\r\n\r\n'

    again = taken(collect.capture(server.url("/list"), client=client, validators=collect.validators(first)))

    assert collect.validators(first) == Validators(etag='W/"a1"', last_modified=stamp)
    assert server.asked[-1].headers["if-none-match"] == 'W/"a1"'
    assert server.asked[-1].headers["if-modified-since"] == stamp
    assert (again.status, again.body) == (304, b"")


def test_an_unasked_not_modified_is_a_trouble(server: HostileServer, client: Client) -> None:
    server.answers["/list"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"

    found = collect.capture(server.url("/list"), client=client)

    assert isinstance(found, Trouble)
    assert found.kind == "broken-answer"


@pytest.mark.parametrize("etag", ["", "a\r\nHost: inner", "x" * 5000, "„quoted“", "\x00"])
def test_a_validator_that_can_not_be_sent_safely_is_not_sent(server: HostileServer, client: Client, etag: str) -> None:
    collect.capture(server.url("/"), client=client, validators=Validators(etag=etag))

    assert "if-none-match" not in server.asked[-1].headers


def test_cookies_are_not_kept(server: HostileServer, client: Client) -> None:
    server.answers["/a"] = response(b"a", headers=("Set-Cookie: id=7; Path=/",))

    collect.capture(server.url("/a"), client=client)
    collect.capture(server.url("/a"), client=client)

    assert all("cookie" not in asked.headers for asked in server.asked)


def test_proxies_of_the_environment_are_not_used(
    server: HostileServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert taken(collect.capture(server.url("/"), client=client)).status == 404


@pytest.mark.parametrize("header", ["text", ";;;", "text/html/x", ""])
def test_a_nonsense_content_type_says_nothing(server: HostileServer, client: Client, header: str) -> None:
    server.answers["/"] = response(PAGE, headers=(f"Content-Type: {header}",))

    found = taken(collect.capture(server.url("/"), client=client))

    assert (found.media_type, found.charset) == (None, None)


@pytest.mark.parametrize("kind", ["feed", "listing", "page"])
def test_a_source_on_the_web_gives_the_one_answer_of_its_address(
    server: HostileServer, client: Client, kind: str
) -> None:
    server.answers["/news"] = response(PAGE)
    source = Source(id="chamber", url=server.url("/news"), kind=kind, name="Chamber of Crafts")  # type: ignore[arg-type]

    found = list(collect.captures(source, client=client, is_known=lambda _: True))

    assert [taken(one).source_id for one in found] == ["chamber"]
    assert server.paths() == ["/news"]
