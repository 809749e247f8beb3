"""The loopback web: many hosts, conditional requests, an honest log, a quick end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from communique.testing import web as loopback
from communique.testing.web import Answer, Request, Site, Web

MODIFIED = datetime(2031, 5, 4, 12, 30, 15, 999, tzinfo=UTC)


def counted() -> Site:
    """Yield a site whose front page counts its visitors."""
    seen: list[str] = []

    def front(request: Request) -> Answer:
        seen.append(request.path)
        return Answer(body=f"visitor {len(seen)}".encode())

    return Site(host="counter.localhost", pages={"/": front})


@pytest.fixture
def web() -> Iterator[Web]:
    ferry = Site(
        host="ferry.localhost",
        pages={
            "/": Answer(body=b"<h1>Ferry</h1>", modified=MODIFIED),
            "/list?page=2": Answer(body=b"second"),
            "/list": Answer(body=b"first"),
            "/gone": Answer(status=410, body=b"closed"),
        },
    )
    with loopback.serving([ferry, Site(host="bakers.localhost", pages={"/": Answer(body=b"Bread")}), counted()]) as web:
        yield web


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def get(web: Web, client: httpx.Client, host: str, path: str = "/", **headers: str) -> httpx.Response:
    """Ask as a collector does: at the host's own address, with its name."""
    at = f"http://{web.resolve(host)}:{web.port}{path}"
    return client.get(
        at, headers={"Host": f"{host}:{web.port}", **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


def test_each_host_answers_with_its_own_pages_at_its_own_address(web: Web, client: httpx.Client) -> None:
    assert get(web, client, "ferry.localhost").text == "<h1>Ferry</h1>"
    assert get(web, client, "bakers.localhost").text == "Bread"
    assert web.resolve("ferry.localhost") != web.resolve("bakers.localhost")


def test_a_browser_reaches_every_host_at_the_one_loopback_address(web: Web, client: httpx.Client) -> None:
    answer = client.get(f"http://127.0.0.1:{web.port}/", headers={"Host": "bakers.localhost"})

    assert answer.text == "Bread"


def test_an_address_without_a_name_answers_for_its_host(web: Web, client: httpx.Client) -> None:
    assert client.get(f"http://{web.resolve('bakers.localhost')}:{web.port}/").text == "Bread"


def test_what_the_asker_has_is_not_sent_again(web: Web, client: httpx.Client) -> None:
    first = get(web, client, "ferry.localhost")

    by_tag = get(web, client, "ferry.localhost", If_None_Match=first.headers["ETag"])
    by_date = get(web, client, "ferry.localhost", If_Modified_Since=first.headers["Last-Modified"])
    by_old_date = get(web, client, "ferry.localhost", If_Modified_Since="Sun, 04 May 2030 12:30:15 GMT")

    assert (by_tag.status_code, by_date.status_code, by_old_date.status_code) == (304, 304, 200)
    assert (by_tag.content, by_tag.headers["ETag"]) == (b"", first.headers["ETag"])


def test_a_changed_page_has_another_tag(web: Web, client: httpx.Client) -> None:
    before = get(web, client, "bakers.localhost")
    web.show([Site(host="bakers.localhost", pages={"/": Answer(body=b"Cake")})])

    after = get(web, client, "bakers.localhost", If_None_Match=before.headers["ETag"])

    assert (after.status_code, after.text) == (200, "Cake")


def test_a_host_keeps_its_address_when_the_sites_change(web: Web) -> None:
    before = web.resolve("bakers.localhost")

    web.show([Site(host="new.localhost", pages={}), Site(host="bakers.localhost", pages={})])

    assert web.resolve("bakers.localhost") == before


def test_queries_choose_pages_and_fall_back_to_the_path(web: Web, client: httpx.Client) -> None:
    assert get(web, client, "ferry.localhost", "/list?page=2").text == "second"
    assert get(web, client, "ferry.localhost", "/list?page=3").text == "first"


def test_what_is_missing_gone_or_misdirected_is_said_by_its_status(web: Web, client: httpx.Client) -> None:
    stranger = client.get(f"http://127.0.0.1:{web.port}/", headers={"Host": "stranger.localhost"})

    assert get(web, client, "ferry.localhost", "/nowhere").status_code == 404
    assert get(web, client, "ferry.localhost", "/gone").status_code == 410
    assert stranger.status_code == 421


def test_an_unknown_name_does_not_resolve(web: Web) -> None:
    with pytest.raises(socket.gaierror, match=r"stranger\.localhost is not a host"):
        web.resolve("stranger.localhost")


def test_a_page_may_be_made_for_each_request(web: Web, client: httpx.Client) -> None:
    answers = [get(web, client, "counter.localhost").text for _ in range(3)]

    assert answers == ["visitor 1", "visitor 2", "visitor 3"]


def test_the_log_tells_who_asked_for_what_and_how_it_went(web: Web, client: httpx.Client) -> None:
    get(web, client, "ferry.localhost", "/gone", User_Agent="a polite visitor")

    visit = web.log[-1]
    assert (visit.request.host, visit.request.path, visit.status) == ("ferry.localhost", "/gone", 410)
    assert visit.request.header("user-agent") == "a polite visitor"
    assert visit.request.address == web.resolve("ferry.localhost")


def test_a_head_request_has_the_length_and_no_body(web: Web, client: httpx.Client) -> None:
    answer = client.head(web.url("127.0.0.1"), headers={"Host": "bakers.localhost"})

    assert (answer.headers["Content-Length"], answer.content) == ("5", b"")


def test_a_port_in_use_is_said_in_one_sentence(web: Web) -> None:
    with (
        pytest.raises(loopback.PortTakenError, match=f"port {web.port} can't be had"),
        loopback.serving(port=web.port),
    ):
        pass


@pytest.mark.usefixtures("hang_guard")
def test_the_web_ends_even_with_an_open_connection() -> None:
    with loopback.serving([counted()]) as web:
        address = ("127.0.0.1", web.port)
        idle = socket.create_connection(address)

    with idle, pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)
