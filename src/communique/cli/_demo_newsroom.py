"""The demo's newsroom: the fictional world is served, followed, and checked or shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import click

from communique import demo, flow, registry, web
from communique.cli._corridor import Outside, corridor
from communique.cli._workspace import say, show
from communique.kit import jsonable
from communique.web import workspace as workspaces
from communique.web.workspace import Workspace

ABOUT = (
    "A wire that follows some thirty organisations of an invented coast. Nobody in it exists and nothing in it "
    "happened; it shows what Communiqué does with the statements of parties, unions, churches, ministries and others."
)
# Codes that ISO 3166-1 leaves to users.
COUNTRIES = "QM Marevia; QN Lindenmark; QR Rochemare; QV Valdoro; QP Pelagia; QZ Zarechye; QW Wahat; QS Shiojima"
ENOUGH = 30  # pages read, a third of the first visit, before the demo says where it is; the others come meanwhile
FIRST_VISIT = timedelta(days=2)  # before now: then the world is seen once, and again now, with what changed meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """The world as it is served, and the newsroom that follows it."""

    served: demo.Served
    workspace: Workspace
    now: datetime


def run(folder: Path, *, port: int, check: bool, as_json: bool) -> None:
    """Make the world and its newsroom in a folder, then check them or stay until Ctrl+C."""
    with _stage(folder, port) as stage:
        if check:
            _check(stage)
        else:
            _stay(stage, as_json=as_json)


@contextmanager
def _stage(folder: Path, port: int) -> Iterator[_Stage]:
    now = datetime.now(UTC)
    with demo.serving(now) as served:
        workspace = workspaces.make(
            folder / "newsroom",
            {
                "wire.name": "The Loopback Wire", "wire.url": f"http://localhost:{port or _free_port()}",
                "wire.about": ABOUT, "wire.countries": COUNTRIES, "collect.allow_private": True, "collect.ports": "*",
                "collect.host_pause": 0, "collect.pause": 5, "collect.max_mb": 4, "serve.port": 0,
            },
        )  # fmt: skip
        registry.save(workspace.registry, served.world.actors)
        web.setup(workspace)
        yield _Stage(served=served, workspace=workspace, now=now)


def _free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _check(stage: _Stage) -> NoReturn:
    """Run the whole world through every room, publish, and hold the outcome against the answer key."""
    from communique.cli import _demo_desk, _demo_outcome

    with _followed(stage) as (tally, _):
        published = _demo_desk.publish_some(stage.workspace, stage.now)
        wrong = [
            *demo.findings(_demo_outcome.outcome(), stage.served.world.key),
            *_demo_desk.flaws(stage.workspace, stage.now),
        ]
    counts = _demo_outcome.counts(published=published, tally=tally)
    click.echo(jsonable.line({**counts, "findings": wrong}))
    for sentence in wrong:
        say(sentence)
    raise click.exceptions.Exit(1 if wrong else 0)


@contextmanager
def _followed(
    stage: _Stage, *, stop: threading.Event | None = None, told: Callable[[flow.Visit, flow.Tally], None] | None = None
) -> Iterator[tuple[flow.Tally, flow.Corridor]]:
    """Follow the world, as it was two days ago, then as it is now; the reading processes stay while the block runs."""
    from communique.web.ledger import watchlist

    mail, past = stage.workspace.folder.parent / "mail", stage.now - FIRST_VISIT
    watchlist.add_all((*stage.served.world.sources, demo.write_mail(stage.served.world, mail)), now=past)
    earlier = Outside(now=lambda: past, resolve=_resolver(stage))
    with corridor(stage.workspace, stop=stop, outside=earlier) as first:
        tally = flow.run_until_done(first, told=told)
        if first.stop.is_set():  # the world may be gone already
            yield tally, first
            return
    demo.write_mail(stage.served.advance(), mail)
    with corridor(stage.workspace, stop=stop, outside=Outside(resolve=_resolver(stage))) as second:
        tally += flow.run_until_done(second, told=told)
        yield tally, second


def _resolver(stage: _Stage) -> Callable[[str], tuple[str, ...]]:
    """Yield how names of the world become addresses: each host has one of its own on loopback."""
    return lambda name: (stage.served.web.resolve(name),)


def _stay(stage: _Stage, *, as_json: bool) -> None:
    """Serve desk and wire over the world until Ctrl+C. The address is told once the inbox has something to show."""
    from communique.web.inbox import looking
    from communique.web.ledger import people, site
    from communique.web.newsroom import Newsroom, alone

    looking.resolve = _resolver(stage)
    address = stage.workspace.text("wire.url")
    ready = threading.Event()
    with alone(stage.workspace):
        room = Newsroom(stage.workspace, host="127.0.0.1", port=int(address.rsplit(":", 1)[1]))
        # Both before anything is collected: who writes then waits until what came in is entered.
        link = people.sign_in_link(people.add("editor", people.Role.ADMIN), base=address, now=datetime.now(UTC))
        site.write(stage.workspace, stage.workspace.site, full=False, now=stage.now)
        try:
            room.start(lambda stop: _live(stage, stop, ready))
            ready.wait()
            room.also("publish", lambda: _publish(stage))
            plain = f"{address}  ·  sign in at the desk, once, with {link}"
            show({"url": address, "sign_in_link": link}, as_json=as_json, plain=plain)
            say("more statements are still coming in; Ctrl+C ends the demo")
            room.serve()
        finally:  # Ctrl+C may come before serving: nothing is written any more when the folder goes
            room.end()


def _publish(stage: _Stage) -> None:
    """Put the first dispatches on the wire while the inbox can be looked at already."""
    from communique.cli import _demo_desk
    from communique.web.newsroom import written

    _demo_desk.publish_some(stage.workspace, stage.now)
    written.set()


def _live(stage: _Stage, stop: threading.Event, ready: threading.Event) -> None:
    """Follow the world to its present state, say when there is enough to see, then go on as any newsroom does."""
    from communique.web.newsroom import follow

    read = 0

    def told(_: flow.Visit, entered: flow.Tally) -> None:
        nonlocal read
        read += entered.documents
        if read >= ENOUGH:
            ready.set()

    try:
        with _followed(stage, stop=stop, told=told) as (_, present):
            ready.set()
            follow(present)
    finally:
        ready.set()
