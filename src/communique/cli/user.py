"""`communique user`: accounts of the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from communique.cli._workspace import Wrong, json_option, on_workspace, say, show, tell
from communique.web.workspace import Workspace

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ROLES = ("reader", "reporter", "editor", "admin")


@click.group(name="user", epilog="Example: communique user add ana --role editor")
def command() -> None:
    """Accounts of the desk. Nobody has a password: people sign in by a link that works once."""


@command.command(epilog="Example: communique user add ana --role editor")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reporter", show_default=True, help="What the person may do.")
@json_option
@on_workspace
def add(workspace: Workspace, name: str, role: str, *, as_json: bool) -> None:
    """Make an account and print its sign-in link."""
    from communique.web.ledger import people

    try:
        user = people.add(name, people.Role(role))
    except people.PeopleError as error:
        raise Wrong(str(error)) from error
    say(f"{name} is {role}; this link signs in once, within 30 minutes:")
    _show_link(workspace, user, as_json=as_json)


@command.command(name="list", epilog="Example: communique user list --json")
@json_option
@on_workspace
def list_(workspace: Workspace, *, as_json: bool) -> None:
    """List the accounts."""
    from django.contrib.auth.models import User

    for user in User.objects.order_by("username"):
        row = _row(user)
        last = user.last_login.isoformat(timespec="minutes") if user.last_login else "never signed in"
        show(row, as_json=as_json, plain=f"{user.username:<20} {row['role'] or 'no role':<10} {last}")


@command.command(epilog="Example: communique user role ana admin")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@json_option
@on_workspace
def role(workspace: Workspace, name: str, role: str, *, as_json: bool) -> None:
    """Change what somebody may do."""
    from communique.web.ledger import people

    user = _named(name)
    people.set_role(user, people.Role(role))
    tell(_row(user), as_json=as_json, said=f"{name} is {role} now")


@command.command(name="sign-in-link", epilog="Example: communique user sign-in-link ana")
@click.argument("name")
@json_option
@on_workspace
def sign_in_link(workspace: Workspace, name: str, *, as_json: bool) -> None:
    """Print a link that signs somebody in, once, within 30 minutes."""
    _show_link(workspace, _named(name), as_json=as_json)


def _named(name: str) -> User:
    from communique.web.ledger import people

    try:
        return people.named(name)
    except people.PeopleError as error:
        raise Wrong(str(error)) from error


def _row(user: User) -> dict[str, object]:
    from communique.web.ledger import people

    return {"name": user.username, "role": people.role_of(user), "last_sign_in": user.last_login}


def _show_link(workspace: Workspace, user: User, *, as_json: bool) -> None:
    from communique.web.ledger import people

    link = people.sign_in_link(user, base=workspace.text("wire.url"), now=datetime.now(UTC))
    row = {"name": user.username, "role": people.role_of(user), "link": link}
    show(row, as_json=as_json, plain=link)
