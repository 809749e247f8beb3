"""A redirect is a new address, and judged like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import HostileServer, response

Open = Callable[..., Client]


def redirect(to: str, status: str = "302 Found") -> bytes:
    return response(status=status, headers=(f"Location: {to}",))


def test_an_answer_after_redirects_keeps_both_addresses(server: HostileServer, client: Client) -> None:
    server.answers |= {"/old": redirect("/new?x=1#part"), "/new?x=1": response(b"here")}

    found = collect.capture(server.url("/old"), client=client)

    assert isinstance(found, Capture)
    assert (found.url, found.final_url, found.body) == (server.url("/old"), server.url("/new?x=1"), b"here")
    (hop,) = found.redirects
    assert (hop.url, hop.status, dict(hop.headers)["Location"]) == (server.url("/old"), 302, "/new?x=1#part")


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [("301 Moved", "308 Moved", True), ("301 Moved", "302 Found", False), ("307 Elsewhere", "301 Moved", False)],
)
def test_an_address_has_moved_only_when_every_redirect_is_for_good(
    server: HostileServer, client: Client, first: str, second: str, moved: bool
) -> None:
    server.answers |= {"/a": redirect("/b", first), "/b": redirect("/c", second), "/c": response(b"c")}

    found = collect.capture(server.url("/a"), client=client)

    assert isinstance(found, Capture)
    assert found.moved is moved


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://0.0.0.0/", "private-address"),
        ("http://224.0.0.1/", "private-address"),
        ("http://[::ffff:127.0.0.1]/", "private-address"),
        ("http://[64:ff9b::7f00:1]/", "private-address"),
        ("http://2130706433/", "bad-address"),
        ("http://0x7f000001/", "bad-address"),
        ("http://0177.0.0.1/", "bad-address"),
        ("http://127.1/", "bad-address"),
        ("http://[fe80::1%25lo]/", "bad-address"),
        ("http://desk:secret@party.example/", "credentials"),
        ("ftp://party.example/list", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("gopher://127.0.0.1:6379/_x", "scheme"),
        ("http://party.example:99999/", "port"),
        ("http://party.example:port/", "bad-address"),
        ("http://a..example/", "bad-address"),
        ("/" + "a" * 9000, "bad-address"),
    ],
)
def test_a_redirect_to_where_nothing_is_asked_ends_there(
    server: HostileServer, client: Client, target: str, kind: str
) -> None:
    server.answers["/trap"] = redirect(target)

    found = collect.capture(server.url("/trap"), client=client)

    assert isinstance(found, Trouble)
    assert found.kind == kind
    assert found.detail.startswith(f"redirected from {server.url('/trap')}: ")
    assert "secret" not in found.detail
    assert server.paths() == ["/trap"]


def test_a_circle_of_redirects_is_noticed(server: HostileServer, client: Client) -> None:
    server.answers |= {"/a": redirect("/b"), "/b": redirect("/a#again")}

    found = collect.capture(server.url("/a"), client=client)

    assert isinstance(found, Trouble)
    assert found.kind == "redirects"
    assert server.paths() == ["/a", "/b"]


def test_an_endless_chain_of_redirects_ends_at_the_limit(server: HostileServer, client: Client) -> None:
    server.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}

    found = collect.capture(server.url("/0"), client=client)

    assert isinstance(found, Trouble)
    assert found.kind == "redirects"
    assert len(server.paths()) == client.settings.redirects + 1


def test_a_redirect_without_a_target_is_an_answer_like_any_other(server: HostileServer, client: Client) -> None:
    server.answers["/x"] = response(b"choose", status="302 Found")

    found = collect.capture(server.url("/x"), client=client)

    assert isinstance(found, Capture)
    assert (found.status, found.body) == (302, b"choose")


def test_robots_txt_of_the_second_host_is_asked_before_the_second_host(server: HostileServer, client: Client) -> None:
    server.answers["/from"] = redirect(server.url("/to", "second.example"))
    server.answers["/to"] = response(b"ok")

    collect.capture(server.url("/from", "first.example"), client=client)

    assert [(asked.host, asked.path) for asked in server.asked] == [
        ("first.example", "/robots.txt"),
        ("first.example", "/from"),
        ("second.example", "/robots.txt"),
        ("second.example", "/to"),
    ]


def test_a_name_that_changes_its_address_between_two_steps_is_judged_at_each(
    server: HostileServer, open_client: Open
) -> None:
    answers = iter([("127.0.0.1",), ("127.0.0.1",), ("169.254.169.254",)])
    server.answers["/a"] = redirect("/b")

    found = collect.capture(
        server.url("/a", "rebinding.example"), client=open_client(resolve=lambda _name: next(answers))
    )

    assert isinstance(found, Trouble)
    assert found.kind == "private-address"
    assert server.paths() == ["/a"]


def test_each_request_resolves_its_name_exactly_once(server: HostileServer, open_client: Open) -> None:
    asked: list[str] = []

    def resolve(name: str) -> tuple[str, ...]:
        asked.append(name)
        return ("127.0.0.1",)

    collect.capture(server.url("/", "union.example"), client=open_client(resolve=resolve))

    assert asked == ["union.example", "union.example"]  # robots.txt and the page
