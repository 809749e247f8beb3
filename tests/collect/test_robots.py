"""What a site asks of robots is kept, and what it does not ask is not invented (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import Asked, FakeClock, HostileServer, Line, response

Open = Callable[..., Client]


def kind(found: Capture | Trouble) -> str:
    return found.kind if isinstance(found, Trouble) else str(found.status)


@pytest.mark.parametrize(
    ("rules", "path", "outcome"),
    [
        ("User-agent: *\nDisallow: /intern/", "/intern/list", "robots"),
        ("User-agent: *\nDisallow: /intern/", "/news", "404"),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news", "404"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: communique\nDisallow: /intern/", "/news", "404"),
        ("User-agent: *\nAllow: /\n\nUser-agent: Communique/9.9\nDisallow: /", "/news", "robots"),
        ("User-agent: otherbot\nDisallow: /", "/news", "404"),
        ("User-agent: otherbot\nUser-agent: communique\nDisallow: /", "/news", "robots"),
        ("User-agent: com\nDisallow: /", "/news", "404"),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", "robots"),
        ("User-agent: *\nDisallow:", "/news", "404"),
        ("<html><body>Disallow: everything</body></html>", "/news", "404"),
        ("", "/news", "404"),
        ("\x00\x01\x02", "/news", "404"),
    ],
)
def test_the_rules_of_a_site_decide(server: HostileServer, client: Client, rules: str, path: str, outcome: str) -> None:
    server.answers["/robots.txt"] = response(rules.encode())

    found = collect.capture(server.url(path), client=client)

    assert kind(found) == outcome
    assert server.paths() == ([path] if outcome == "404" else [])


def test_robots_txt_is_asked_once_a_day(server: HostileServer, client: Client, time: FakeClock) -> None:
    for hours in (0, 1, 22, 2):
        time.seconds += hours * 3600
        collect.capture(server.url("/news"), client=client)

    assert server.paths(robots=True).count("/robots.txt") == 2


@pytest.mark.parametrize("status", ["401 Who", "403 No", "404 None", "410 Gone"])
def test_a_site_without_rules_is_free(server: HostileServer, client: Client, status: str) -> None:
    server.answers["/robots.txt"] = response(b"Disallow: /", status=status)

    assert kind(collect.capture(server.url("/news"), client=client)) == "404"


@pytest.mark.parametrize("status", ["500 Oops", "502 Gateway", "503 Later"])
def test_a_site_that_can_not_say_its_rules_is_left_alone_for_a_while(
    server: HostileServer, client: Client, time: FakeClock, status: str
) -> None:
    server.answers["/robots.txt"] = response(status=status)

    first = collect.capture(server.url("/news"), client=client)
    again = collect.capture(server.url("/more"), client=client)
    server.answers["/robots.txt"] = response(b"")
    time.seconds += 3600
    later = collect.capture(server.url("/news"), client=client)

    assert [kind(first), kind(again), kind(later)] == ["robots-unreachable", "robots-unreachable", "404"]
    assert isinstance(first, Trouble)
    assert first.passing
    assert server.paths(robots=True) == ["/robots.txt", "/robots.txt", "/news"]


def test_known_rules_hold_while_they_can_not_be_had_again(
    server: HostileServer, client: Client, time: FakeClock
) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /intern/")
    collect.capture(server.url("/news"), client=client)
    server.answers["/robots.txt"] = response(status="500 Oops")
    time.seconds += 25 * 3600

    allowed = collect.capture(server.url("/news"), client=client)
    refused = collect.capture(server.url("/intern/"), client=client)

    assert (kind(allowed), kind(refused)) == ("404", "robots")


def test_robots_txt_may_stand_elsewhere(server: HostileServer, client: Client) -> None:
    server.answers["/robots.txt"] = response(status="301 Moved", headers=("Location: /rules/robots.txt",))
    server.answers["/rules/robots.txt"] = response(b"User-agent: *\nDisallow: /")

    assert kind(collect.capture(server.url("/news"), client=client)) == "robots"


def test_a_robots_txt_that_redirects_for_ever_counts_as_missing(server: HostileServer, client: Client) -> None:
    server.answers["/robots.txt"] = response(status="301 Moved", headers=("Location: /robots.txt",))

    assert kind(collect.capture(server.url("/news"), client=client)) == "404"


def test_an_endless_robots_txt_is_read_up_to_its_limit(server: HostileServer, open_client: Open) -> None:
    def endless(_asked: Asked, line: Line) -> None:
        line.send(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /intern/\n")
        while line.send(b"# and so on and on\n" * 1000):
            pass

    server.answers["/robots.txt"] = endless
    client = open_client(compressed_bytes=1024 * 1024, total_s=5.0)

    assert kind(collect.capture(server.url("/intern/"), client=client)) == "robots"
    assert kind(collect.capture(server.url("/news"), client=client)) == "404"


@pytest.mark.parametrize("parting", ["\n", "\r", "\u2028", "\x0b"])
def test_ten_thousand_groups_of_rules_are_read_in_a_moment(
    server: HostileServer, open_client: Open, parting: str
) -> None:
    agents = parting.join(f"User-agent: bot{number}" for number in range(12_000))
    rules = parting.join(["User-agent: *", *("Disallow: /a/*/b" for _ in range(10_000)), "Disallow: /intern"])
    server.answers["/robots.txt"] = response(f"{agents}{parting}{rules}".encode())
    client = open_client(compressed_bytes=1024 * 1024, total_s=5.0)

    assert kind(collect.capture(server.url("/intern"), client=client)) == "robots"


def test_a_desk_may_pass_over_the_rules_of_its_own_site(server: HostileServer, open_client: Open) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /")

    found = collect.capture(server.url("/news"), client=open_client(respect_robots=False))

    assert kind(found) == "404"
    assert server.paths(robots=True) == ["/news"]
