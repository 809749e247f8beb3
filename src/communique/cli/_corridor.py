"""The corridor of a workspace: collect's client, the reading pool, the ledger, made from the settings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from communique import archive, collect, flow
from communique.flow.reading import Pool
from communique.web import collecting, reading
from communique.web.workspace import Workspace, held


def now_utc() -> datetime:
    """Yield the present instant; the one place where a command reads the clock for flow."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The world outside: real, or the demo's."""

    now: Callable[[], datetime] = now_utc
    resolve: collect.Resolve = collect.system_resolver


def _sleep(stop: threading.Event) -> Callable[[float], None]:
    """Yield a pause that ends at once when the process is told to end."""

    def sleep(seconds: float) -> None:
        stop.wait(seconds)

    return sleep


@contextmanager
def means(
    workspace: Workspace, *, stop: threading.Event | None = None, outside: Outside | None = None
) -> Iterator[flow.Means]:
    """Open what a visit works with; closes the connections and ends the reading processes at the end."""
    from communique.web.ledger.notes import DatabaseNotes

    outside = outside or Outside()
    stop = stop or threading.Event()
    clock = collect.Clock(now=outside.now, sleep=_sleep(stop))
    pool = Pool(
        processes=workspace.number("read.processes"),
        deadline_s=workspace.number("read.deadline"),
        memory_mb=workspace.number("read.memory_mb"),
        registry_folder=workspace.registry,
    )
    with (
        pool,
        reading.by(pool),
        DatabaseNotes() as notes,
        collect.client(collecting.settings(workspace), resolve=outside.resolve, clock=clock, notes=notes) as client,
    ):
        yield flow.Means(
            client=client, reader=pool, evidence=workspace.evidence, clock=outside.now,
            first_pages=workspace.number("collect.first_pages"),
        )  # fmt: skip


@contextmanager
def corridor(
    workspace: Workspace, *, stop: threading.Event | None = None, outside: Outside | None = None
) -> Iterator[flow.Corridor]:
    """Open the whole corridor of a workspace. What a crash left of the evidence is set right first."""
    from communique.web.ledger.store import DatabaseLedger

    stop = stop or threading.Event()
    for trouble in archive.mend(workspace.evidence):
        structlog.get_logger().warning("evidence mended", detail=trouble.detail)
    with archive.keeping(workspace.evidence), means(workspace, stop=stop, outside=outside) as tools:
        yield flow.Corridor(
            ledger=DatabaseLedger(),
            means=tools,
            connections=workspace.number("collect.connections"),
            give_way=_manners(workspace, stop),
            stop=stop,
        )


def _manners(workspace: Workspace, stop: threading.Event) -> Callable[[], object]:
    """Yield how collecting lets others write: on PostgreSQL they queue and need no manners."""
    from communique.web.ledger.manners import Turns

    return Turns(sleep=stop.wait) if not workspace.text("database.url") else lambda: None


@contextmanager
def collecting_alone(workspace: Workspace) -> Iterator[None]:
    """Let one process at a time collect an SQLite workspace; on PostgreSQL workers share the hosts out.

    The lock goes with the process, however it ends.
    """
    if workspace.text("database.url"):
        yield
        return
    refusal = f"{workspace.folder} is being collected by another process; that one does what is due"
    with held(workspace.folder / ".collecting", refusal=refusal):
        yield
