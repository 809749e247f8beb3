"""A mail server that lets us wait holds up nobody else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from communique import collect, flow

from .conftest import SETTINGS, World, article, feed

HOST = "127.0.0.1"


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    with socket.create_server((HOST, 0)) as listener:
        yield listener


def test_what_others_say_is_entered_while_a_mail_server_is_silent(world: World, silent: socket.socket) -> None:
    world.show({"/feed.xml": feed(world.url("/locks")), "/locks": article("Reopen the locks", "All four of them.")})
    world.watch(id="mail", url=f"imaps://{HOST}:{silent.getsockname()[1]}/INBOX", kind="mail")
    world.watch()
    came: list[str] = []

    def told(visit: flow.Visit, _: flow.Tally) -> None:
        came.append(visit.due.source.id)
        silent.close()  # what waits there is refused now

    mailbox = collect.Mailbox(name="press", host=HOST, user="desk", password="secret")
    with collect.client(
        replace(SETTINGS, mailboxes=(mailbox,), silence_s=5.0), resolve=world._resolve, clock=world.clock.clock()
    ) as client:
        means = flow.Means(client=client, reader=world.reader, evidence=world.evidence, clock=world.clock.now)
        flow.run_pass(flow.Corridor(ledger=world.ledger, means=means), told=told)

    assert came == ["rivermen", "mail"]
