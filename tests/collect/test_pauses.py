"""One request at a time to a site, and a rest after each; the server's own log says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import Asked, FakeClock, HostileServer, Line, response

Open = Callable[..., Client]


def gaps(server: HostileServer) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(server.asked)]


def test_a_site_rests_between_two_requests(server: HostileServer, client: Client) -> None:
    for path in ("/a", "/b", "/c"):
        collect.capture(server.url(path), client=client)

    assert gaps(server) == [2.0, 2.0, 2.0]


def test_hosts_of_one_owner_are_asked_as_one(server: HostileServer, open_client: Open) -> None:
    places = {"news.union.co.uk": "127.0.0.1", "www.union.co.uk": "127.0.0.1"}
    client = open_client(resolve=lambda name: (places[name],), respect_robots=False)

    for host in places:
        collect.capture(server.url("/", host), client=client)

    assert gaps(server) == [2.0]


def test_sites_on_one_address_are_asked_as_one(server: HostileServer, open_client: Open) -> None:
    client = open_client(respect_robots=False)

    for host in ("church.example", "chamber.example"):
        collect.capture(server.url("/", host), client=client)

    assert gaps(server) == [2.0]


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.party.co.uk", "party.co.uk"),
        ("a.b.party.org", "party.org"),
        ("one.github.io", "one.github.io"),
        ("union.localhost", "union.localhost"),
        ("press.union.example", "union.example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_a_site_is_what_one_owner_registered(host: str, site: str) -> None:
    assert collect.site(host) == site


def test_crawl_delay_lengthens_the_rest(server: HostileServer, client: Client) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nCrawl-delay: 7.5")

    for path in ("/a", "/b"):
        collect.capture(server.url(path), client=client)

    assert gaps(server) == [2.0, 7.5]


@pytest.mark.parametrize("delay", ["-3", "nan", "inf", "x", "1e999"])
def test_a_nonsense_crawl_delay_never_shortens_the_rest(server: HostileServer, client: Client, delay: str) -> None:
    server.answers["/robots.txt"] = response(f"User-agent: *\nCrawl-delay: {delay}".encode())

    for path in ("/a", "/b"):
        collect.capture(server.url(path), client=client)

    assert all(gap >= 2.0 for gap in gaps(server))


def test_a_wait_beyond_patience_is_told_and_not_slept(server: HostileServer, client: Client, time: FakeClock) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nCrawl-delay: 600")
    collect.capture(server.url("/a"), client=client)

    found = collect.capture(server.url("/b"), client=client)

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("not-yet", True)
    assert max(time.slept) <= client.settings.patience_s
    due = client.not_before("127.0.0.1")
    assert due is not None
    assert (due - time.now()).total_seconds() == pytest.approx(600)


@pytest.mark.parametrize(
    ("status", "wish", "wait_s"),
    [
        ("429 Busy", "120", 120),
        ("503 Busy", "120", 120),
        ("429 Busy", "Mon, 02 Mar 2026 10:00:02 GMT", 3600),
        ("503 Busy", "Monday, 02-Mar-26 09:10:02 GMT", 600),
        ("429 Busy", "99999999999999", 86400),
        ("429 Busy", "Mon, 02 Mar 9999 10:00:00 GMT", 86400),
        ("429 Busy", "Mon, 02 Mar 1026 10:00:00 GMT", 2),
        ("429 Busy", "-5", 300),
        ("429 Busy", "soon", 300),
    ],
)
def test_a_site_that_asks_for_a_pause_gets_it(
    server: HostileServer, client: Client, time: FakeClock, status: str, wish: str, wait_s: float
) -> None:
    server.answers["/news"] = response(status=status, headers=(f"Retry-After: {wish}",))

    found = collect.capture(server.url("/news"), client=client)

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("asked-to-wait", True)
    due = client.not_before("127.0.0.1")
    assert due is not None
    assert (due - time.now()).total_seconds() == pytest.approx(wait_s)


def test_a_site_that_was_never_asked_may_be_asked_at_once(client: Client) -> None:
    assert client.not_before("never.example") is None


def test_threads_of_one_desk_never_ask_a_site_twice_at_once(server: HostileServer, open_client: Open) -> None:
    def slowly(_asked: Asked, line: Line) -> None:
        line.wait(0.01)
        line.send(response(b"x"))

    hosts = {"union.example": "127.0.0.1", "press.union.example": "127.0.0.1"}
    client = open_client(resolve=lambda name: (hosts[name],), pause_s=1.0)
    server.answers |= {f"/{number}": slowly for number in range(12)}
    urls = [server.url(f"/{number}", host) for number in range(6) for host in hosts]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda url: collect.capture(url, client=client), urls))

    assert all(isinstance(one, Capture) for one in found)
    assert max(server.most_at_once.values()) == 1
    assert len(server.asked) == len(urls) + len(hosts)  # robots.txt once for each host, although all began at once
    assert all(gap >= 1.0 for gap in gaps(server))


def test_a_visit_that_is_called_off_while_it_waits_leaves_the_site_free(
    server: HostileServer, open_client: Open, time: FakeClock
) -> None:
    def stop(_seconds: float) -> None:
        raise collect.Stopped

    client = open_client(clock=collect.Clock(now=time.now, tick=lambda: time.seconds, sleep=stop), respect_robots=False)
    collect.capture(server.url("/a"), client=client)
    with pytest.raises(collect.Stopped):
        collect.capture(server.url("/b"), client=client)
    time.seconds += 60

    assert isinstance(collect.capture(server.url("/c"), client=client), Capture)
