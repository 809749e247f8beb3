"""A service that ends does not wait for slow servers or long pauses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from communique import collect
from communique.collect import Client
from communique.testing.hostile import Asked, HostileServer, Line, response

HANG_S = 10  # a guard against a hang, not a measure: a visit that was not ended would take 15 s or more
Open = Callable[..., Client]


def test_a_visit_ends_at_once_while_a_server_is_silent(server: HostileServer, open_client: Open) -> None:
    is_asked = Event()

    def silent(_asked: Asked, line: Line) -> None:
        is_asked.set()
        line.hang()

    server.answers["/x"] = silent
    client = open_client(clock=collect.Clock(), respect_robots=False, silence_s=15.0, total_s=15.0)

    with ThreadPoolExecutor(1) as pool:
        visit = pool.submit(collect.capture, server.url("/x"), client=client)
        assert is_asked.wait(HANG_S)
        client.stop()
        with pytest.raises(collect.Stopped):
            visit.result(HANG_S)


def test_visits_that_rest_or_wait_for_each_other_end_at_once(server: HostileServer, open_client: Open) -> None:
    server.answers |= {f"/{number}": response(b"x") for number in range(5)}
    client = open_client(clock=collect.Clock(), respect_robots=False, pause_s=30.0)
    collect.capture(server.url("/0"), client=client)

    with ThreadPoolExecutor(4) as pool:
        visits = [pool.submit(collect.capture, server.url(f"/{number}"), client=client) for number in range(1, 5)]
        client.stop()
        for visit in visits:
            with pytest.raises(collect.Stopped):
                visit.result(HANG_S)

    assert server.paths() == ["/0"]


def test_a_closed_client_asks_nobody(server: HostileServer, client: Client) -> None:
    with client:
        pass

    with pytest.raises(collect.Stopped):
        collect.capture(server.url("/"), client=client)
    assert server.asked == []
