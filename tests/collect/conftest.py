"""A server that misbehaves on order, a clock that never waits, and clients that may go to loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from communique import collect
from communique.testing.hostile import FakeClock, HostileServer

KIB = 1024

# Small limits, so that what never ends is ended soon.
SETTINGS = collect.Settings(
    contact="https://desk.example/about",
    allow_private=True,
    ports=(),
    pause_s=2.0,
    connect_s=2.0,
    silence_s=0.3,
    total_s=0.6,
    header_bytes=16 * KIB,
    compressed_bytes=256 * KIB,
    body_bytes=512 * KIB,
)

Open = Callable[..., collect.Client]


@pytest.fixture(scope="module")
def running() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture
def server(running: HostileServer) -> HostileServer:
    running.forget()
    return running


@pytest.fixture
def time() -> FakeClock:
    return FakeClock()


@pytest.fixture
def open_client(server: HostileServer, time: FakeClock) -> Open:
    """Open a client whose names all lead to the server; real time only where an answer never ends."""
    server.tick = lambda: time.seconds

    def opened(
        *,
        resolve: collect.Resolve = lambda _name: ("127.0.0.1",),
        clock: collect.Clock | None = None,
        **changes: object,
    ) -> collect.Client:
        settings = replace(SETTINGS, **changes)  # type: ignore[arg-type] # a test names fields of the settings
        return collect.client(settings, resolve=resolve, clock=clock or time.clock())

    return opened


@pytest.fixture
def client(open_client: Open) -> collect.Client:
    return open_client()
