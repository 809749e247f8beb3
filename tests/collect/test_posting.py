"""A form goes out by the same door as a visit: pinned, polite, capped, and never into a private network."""

from __future__ import annotations

import pytest

from communique.collect import Client
from communique.records import Trouble
from communique.testing.hostile import Asked, HostileServer, Line, response

from .conftest import Open

FORM = {"hub.mode": "subscribe", "hub.topic": "https://pilots.example/ä"}


def test_a_form_is_sent_and_its_answer_read(server: HostileServer, client: Client) -> None:
    server.answers["/hub"] = response(b"in a moment", status="202 Accepted")

    found = client.posted(server.url("/hub"), FORM)

    assert not isinstance(found, Trouble)
    assert (found.status, found.body) == (202, b"in a moment")
    sent = server.asked[-1].headers
    assert sent["content-type"] == "application/x-www-form-urlencoded"
    assert int(sent["content-length"]) == len("hub.mode=subscribe&hub.topic=https%3A%2F%2Fpilots.example%2F%C3%A4")


def test_a_form_asks_for_no_robots_txt(server: HostileServer, client: Client) -> None:
    client.posted(server.url("/hub"), FORM)

    assert server.paths(robots=True) == ["/hub"]


def test_a_form_is_sent_on_where_a_307_leads(server: HostileServer, client: Client) -> None:
    server.answers |= {
        "/old": response(status="307 Elsewhere", headers=(f"Location: {server.url('/hub')}",)),
        "/hub": response(status="202 Accepted"),
    }

    found = client.posted(server.url("/old"), FORM)

    assert not isinstance(found, Trouble)
    assert found.status == 202
    assert server.asked[-1].headers["content-length"] == server.asked[-2].headers["content-length"]


def test_a_form_does_not_become_a_visit_where_a_302_leads(server: HostileServer, client: Client) -> None:
    server.answers["/hub"] = response(status="302 Found", headers=(f"Location: {server.url('/page')}",))

    found = client.posted(server.url("/hub"), FORM)

    assert not isinstance(found, Trouble)
    assert (found.status, server.paths()) == (302, ["/hub"])


@pytest.mark.parametrize("host", ["10.0.0.7", "169.254.169.254", "[::1]", "192.168.1.1"])
def test_a_hub_on_a_private_address_is_refused(open_client: Open, host: str) -> None:
    client = open_client(allow_private=False)

    found = client.posted(f"http://{host}/hub", FORM)

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("private-address", False)


def test_a_redirect_into_a_private_network_is_refused(server: HostileServer, open_client: Open) -> None:
    server.answers["/hub"] = response(status="308 Moved", headers=("Location: http://169.254.169.254/",))

    found = open_client().posted(server.url("/hub"), FORM)

    assert isinstance(found, Trouble)
    assert found.kind == "private-address"


def test_of_an_endless_answer_the_beginning_is_enough(server: HostileServer, client: Client) -> None:
    def endless(_asked: Asked, line: Line) -> None:
        line.send(b"HTTP/1.1 400 No\r\n\r\n")
        while line.send(b"because " * 1000):
            pass

    server.answers["/hub"] = endless

    found = client.posted(server.url("/hub"), FORM)

    assert not isinstance(found, Trouble)
    assert (found.status, len(found.body)) == (400, 4096)


def test_a_hub_that_is_busy_gets_its_pause(server: HostileServer, client: Client) -> None:
    server.answers["/hub"] = response(status="503 Busy", headers=("Retry-After: 120",))

    found = client.posted(server.url("/hub"), FORM)

    assert isinstance(found, Trouble)
    assert (found.kind, client.not_before("127.0.0.1") is not None) == ("asked-to-wait", True)
