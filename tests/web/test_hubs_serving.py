"""A whole newsroom and a hub, each a server of its own: asked, confirmed, told."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from communique.testing.hub import Hub
from communique.testing.web import Answer, Request, Site, serving
from communique.web.workspace import Workspace

from ..conftest import PATIENCE_S, Program
from .test_workspace_serving import served

ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='hub' href='{}'/><link rel='self' href='{}'/>"
    "<entry><title>The locks are closed</title><link href='/locks/'/></entry></feed>"
)


@pytest.fixture
def callback(migrated: Workspace, program: Program) -> str:
    """A newsroom, and the address that hubs reach it at."""
    shutil.copytree(migrated.folder, program.here / "newsroom")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    program.environment["COMMUNIQUE_COLLECT_CALLBACK"] = address
    return address


@contextmanager
def announced(program: Program, hub: Hub) -> Iterator[Event]:
    """Let the newsroom watch a feed that names the hub; the event is set when the hub has been asked."""
    asked = Event()

    def page(request: Request) -> Answer:
        answer = hub.page(request)
        asked.set()
        return answer

    with serving(addresses=0) as web:
        url = web.url("127.0.0.1", "/feed")
        feed = Answer(body=ATOM.format(web.url("127.0.0.1", "/hub"), url).encode(), media_type="application/atom+xml")
        web.show([Site(host="127.0.0.1", pages={"/feed": feed, "/hub": page})])
        assert program("sources", "add", url, "--kind", "feed", "--workspace", "newsroom").status == 0
        yield asked


def test_a_newsroom_is_told_by_the_hub_that_its_source_names(program: Program, callback: str) -> None:
    hub = Hub()
    hub.calls_back = True  # before it answers, as some do

    with announced(program, hub) as asked, served(program, "--port", callback.rpartition(":")[2]):
        assert asked.wait(PATIENCE_S)
        told = hub.push(b"<feed/>")
        listed = program("sources", "list", "--workspace", "newsroom")

    assert (hub.confirmed, told) == ([200], 202)
    assert "announces itself through 127.0.0.1, last told on" in listed.out
