"""`communique run`: collect what is due and take it through every room."""

from __future__ import annotations

import signal
import threading
from datetime import datetime, timedelta
from typing import NoReturn

import click

from communique import flow
from communique.cli._corridor import collecting_alone, corridor, now_utc
from communique.cli._ending import interruptible
from communique.cli._workspace import end, json_option, on_workspace, quiet_option, say, show
from communique.web.workspace import Workspace

LONGEST_WAIT = timedelta(minutes=1)  # a source that the desk adds is noticed after at most this


@click.command(name="run", epilog="Example: communique run --once")
@click.option("--once", is_flag=True, help="Stop when nothing is due.")
@json_option
@quiet_option
@on_workspace
def command(workspace: Workspace, *, once: bool, as_json: bool, quiet: bool) -> None:
    """Collect what is due and take it through every room. Ctrl+C ends after the visits under way; nothing is lost."""
    collect(workspace, once=once, as_json=as_json, quiet=quiet)


def collect(workspace: Workspace, *, once: bool, as_json: bool, quiet: bool) -> NoReturn:
    """Collect until told to end, or until nothing is due, and say what was done."""
    from communique.web.outgoing import hubs

    stop = threading.Event()
    interruptible()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with (
        collecting_alone(workspace),
        corridor(workspace, stop=stop) as open_corridor,
        hubs.tended(open_corridor.means.client, callback=workspace.text("collect.callback")),
    ):
        tally = _work(workspace, open_corridor, once=once, quiet=quiet)
    show(tally, as_json=as_json, plain=_plain(tally))
    end(troubled=tally.troubles > 0)


def _work(workspace: Workspace, open_corridor: flow.Corridor, *, once: bool, quiet: bool) -> flow.Tally:
    def told(visit: flow.Visit, entered: flow.Tally) -> None:
        if not quiet:
            say(line(visit, entered))

    tally = flow.Tally()
    try:
        while not open_corridor.stop.is_set():
            tally += flow.run_until_done(open_corridor, told=told)
            publish_due(workspace, now=open_corridor.means.clock(), quiet=quiet)
            if once:
                break
            _wait(open_corridor)
    except KeyboardInterrupt:
        open_corridor.stop.set()
    return tally


def publish_due(workspace: Workspace, *, now: datetime, quiet: bool) -> None:
    """Publish what was scheduled until now, and say so; the wire is written by `publish` and `serve`."""
    from communique.web.ledger import releasing

    for row in releasing.publish_due(workspace, now=now):
        if not quiet:
            what = f"as number {row.number}" if row.number else "not: kept back, see the desk"
            say(f"publish  {what}  {row.text}")


def _wait(open_corridor: flow.Corridor) -> None:
    from communique.web.ledger import releasing

    next_at = min(filter(None, (open_corridor.ledger.next_due_at(), releasing.next_at())), default=None)
    wait = min(next_at - now_utc(), LONGEST_WAIT) if next_at else LONGEST_WAIT
    open_corridor.stop.wait(max(wait.total_seconds(), 0.2))


def line(visit: flow.Visit, entered: flow.Tally) -> str:
    """Yield the one line that a visit is told in."""
    due = visit.due
    what = due.source.id
    if visit.trouble:
        return f"{visit.trouble.room:<8} {what}  {visit.trouble.kind}: {visit.trouble.detail}"
    news = f"{entered.found} new addresses" if entered.found else "read" if entered.documents else "nothing new"
    news = "changed" if entered.revisions else news
    return f"collect  {what}  {visit.kept.capture.url if visit.kept else due.source.url}  {news}"


def _plain(tally: flow.Tally) -> str:
    return (
        f"{tally.visits} visits, {tally.captures} captures, {tally.found} addresses found, "
        f"{tally.documents} documents, {tally.revisions} of them revisions, {tally.troubles} troubles"
    )
