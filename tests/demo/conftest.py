"""The world at one moment, served once for all tests of this folder that only look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest

from communique import demo


@pytest.fixture(scope="package")
def now() -> datetime:
    return datetime(2031, 5, 14, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="package")
def served(now: datetime) -> Iterator[demo.Served]:
    with demo.serving(now) as served:
        yield served


@pytest.fixture(scope="package")
def visit() -> Iterator[Callable[[demo.Served, str], httpx.Response]]:
    """Ask a served world for an address: at the host's own IP address, naming the host."""
    with httpx.Client(trust_env=False) as client:
        yield partial(_fetched, client)


def _fetched(client: httpx.Client, served: demo.Served, url: str) -> httpx.Response:
    asked = httpx.URL(url)
    there = asked.copy_with(host=served.web.resolve(asked.host))
    return client.get(there, headers={"Host": asked.netloc.decode()})


@pytest.fixture(scope="package")
def get(served: demo.Served, visit: Callable[[demo.Served, str], httpx.Response]) -> Callable[[str], httpx.Response]:
    """Ask the world that is served once for all."""
    return partial(visit, served)
