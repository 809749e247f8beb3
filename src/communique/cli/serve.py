"""`communique serve`: desk, wire, API and collecting, in one process."""

from __future__ import annotations

import threading
from functools import partial
from urllib.parse import urlsplit

import click

from communique.cli._corridor import collecting_alone, corridor
from communique.cli._ending import interruptible, leave
from communique.cli._memory import stay_small
from communique.cli._workspace import json_option, on_workspace, say, tell
from communique.web.workspace import Workspace


@click.command(name="serve", epilog="Example: communique serve --port 8080")
@click.option("--host", help="Address to listen on; else the setting serve.host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; else the setting serve.port.")
@click.option("--no-collect", is_flag=True, help="Only serve.")
@json_option
@on_workspace
def command(workspace: Workspace, *, host: str | None, port: int | None, no_collect: bool, as_json: bool) -> None:
    """Serve desk, wire and API, and collect what is due, in one process. Ctrl+C ends it."""
    from communique.web.newsroom import Newsroom, alone

    interruptible()
    stay_small()
    where = host or workspace.text("serve.host")
    with alone(workspace):
        room = Newsroom(workspace, host=where, port=workspace.number("serve.port") if port is None else port)
        try:
            _greet(workspace, where, room.port, as_json=as_json)
            room.start(None if no_collect else partial(_collect, workspace))
            room.serve()
        except KeyboardInterrupt:  # it came before the first request could
            room.end()
    leave(0)


def _greet(workspace: Workspace, host: str, port: int, *, as_json: bool) -> None:
    """Say where the newsroom is, and what sign-in links would lead to if that is another place on this machine."""
    shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    said = f"serving {workspace.text('wire.name')} at {address}, desk at /desk/; Ctrl+C ends it"
    tell({"url": address, "sign_in_link": None}, as_json=as_json, said=said)
    public = urlsplit(workspace.text("wire.url"))
    if public.hostname == "localhost" and (public.port or 80) != port:
        here = f"http://localhost:{port}"
        say(f"sign-in links lead to {public.geturl()}; give `user` commands --set wire.url={here}, or set wire.url")


def _collect(workspace: Workspace, stop: threading.Event) -> None:
    from communique.web.newsroom import follow
    from communique.web.outgoing import hubs

    with (
        collecting_alone(workspace),
        corridor(workspace, stop=stop) as open_corridor,
        hubs.tended(open_corridor.means.client, callback=workspace.text("collect.callback")),
    ):
        follow(open_corridor)
