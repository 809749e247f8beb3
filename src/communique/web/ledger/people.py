"""Who may do what at the desk: accounts, roles, and links that sign in once."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet

from communique.kit.digest import sha256_of_text
from communique.web.ledger import models

LINK_HOLDS = timedelta(minutes=30)


class Role(StrEnum):
    """What a person may do; each may do what those before it may."""

    READER = "reader"  # look
    REPORTER = "reporter"  # draft
    EDITOR = "editor"  # publish, correct, merge, split
    ADMIN = "admin"  # sources, accounts, settings


class PeopleError(Exception):
    """The account can't be made or changed as asked."""


def add(name: str, role: Role) -> User:
    """Make an account. It has no password: its holder signs in by a link."""
    if not re.fullmatch(r"[\w.@+-]{1,150}", name):
        raise PeopleError(f"{name!r} can't be a name here; use up to 150 letters, digits and @ . + - _")
    if User.objects.filter(username=name).exists():
        raise PeopleError(f"there is an account {name} already; `communique user list` shows all")
    user = User.objects.create(username=name)
    user.set_unusable_password()
    user.save()
    set_role(user, role)
    return user


def set_role(user: User, role: Role) -> None:
    """Give somebody one role, in place of the one before."""
    group, _ = Group.objects.get_or_create(name=role.value)
    user.groups.set([group])


def role_of(user: User) -> Role | None:
    """Yield somebody's role; None: an account without one may do nothing."""
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(Role) if role.value in names), None)


def may(user: User, role: Role) -> bool:
    """Tell whether somebody may do what a role may."""
    return includes(role_of(user) if user.is_active else None, role)


def includes(has: Role | None, asked: Role) -> bool:
    """Tell whether a role may do what another may; who has none may do nothing."""
    order = list(Role)
    return has is not None and order.index(has) >= order.index(asked)


def named(name: str) -> User:
    """Yield the account of that name."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise PeopleError(f"there is no account {name}; `communique user add {name}` makes one")
    return found


def sign_in_link(user: User, *, base: str, now: datetime) -> str:
    """Yield a link that signs somebody in, once, within LINK_HOLDS."""
    secret = secrets.token_urlsafe(24)
    models.SignInLink.objects.create(user=user, digest=sha256_of_text(secret), expires_at=now + LINK_HOLDS)
    return f"{base}/desk/sign-in/{secret}/"


def whose_link(secret: str, *, now: datetime) -> User | None:
    """Yield whom a link would sign in, without using it up; None: it is unknown, used or too old."""
    row = _links(secret, now).first()
    return row.user if row is not None and row.user.is_active else None


def use_link(secret: str, *, now: datetime) -> User | None:
    """Yield whom a link signs in, and use it up; None: it is unknown, used or too old."""
    row = _links(secret, now).first()
    if row is None or not row.user.is_active:
        return None
    won = models.SignInLink.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now)
    return row.user if won else None


def _links(secret: str, now: datetime) -> QuerySet[models.SignInLink]:
    links = models.SignInLink.objects.filter(digest=sha256_of_text(secret), used_at__isnull=True, expires_at__gt=now)
    return links.select_related("user")
