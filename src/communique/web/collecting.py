"""How a workspace collects: its settings as the room `collect` takes them."""

from __future__ import annotations

from communique import collect
from communique.web import mail_accounts
from communique.web.workspace import Workspace, WorkspaceError


def settings(workspace: Workspace) -> collect.Settings:
    """Yield how this workspace collects."""
    return collect.Settings(
        contact=workspace.text("collect.contact"),
        respect_robots=workspace.yes("collect.robots"),
        pause_s=workspace.number("collect.host_pause"),
        allow_private=workspace.yes("collect.allow_private"),
        ports=_ports(workspace.text("collect.ports")),
        total_s=workspace.number("collect.timeout"),
        body_bytes=workspace.number("collect.max_mb") * 1024**2,
        mailboxes=mail_accounts.of(workspace.keys),
    )


def _ports(written: str) -> tuple[int, ...]:
    """Read `collect.ports`; none means all, which is what collect takes an empty tuple for."""
    if written.strip() == "*":
        return ()
    try:
        return tuple(int(word) for word in written.split())
    except ValueError as error:
        raise WorkspaceError(
            f"collect.ports is {written!r}, where numbers such as `80 443` or * are expected"
        ) from error
