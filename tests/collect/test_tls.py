"""A site must prove its name before anything is read from it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import HostileServer, response

from .certificates import pem_for

Open = Callable[..., Client]

NAME = "parliament.example"


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pem_for(NAME, tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def secure(pem: Path) -> Iterator[tuple[HostileServer, list[str | None]]]:
    """Start a TLS server; the list holds the names that were asked for in the handshakes (SNI)."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with HostileServer(tls=context) as server:
        server.answers["/"] = response(b"sealed")
        yield server, names


def test_a_certificate_that_nobody_vouches_for_is_refused(
    secure: tuple[HostileServer, list[str | None]], open_client: Open
) -> None:
    found = collect.capture(secure[0].url("/", NAME), client=open_client())

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("bad-tls", True)


def test_a_desk_may_name_its_own_authority_and_the_name_is_sent(
    secure: tuple[HostileServer, list[str | None]], open_client: Open, pem: Path
) -> None:
    found = collect.capture(secure[0].url("/", NAME), client=open_client(authorities=pem))

    assert isinstance(found, Capture), found
    assert found.body == b"sealed"
    assert secure[1][-1] == NAME


def test_a_certificate_for_another_name_is_refused(
    secure: tuple[HostileServer, list[str | None]], open_client: Open, pem: Path
) -> None:
    found = collect.capture(secure[0].url("/", "ministry.example"), client=open_client(authorities=pem))

    assert isinstance(found, Trouble)
    assert found.kind == "bad-tls"
    assert "ministry.example" in found.detail
