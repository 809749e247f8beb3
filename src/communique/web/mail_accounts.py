"""Accounts on mail servers: who may look into which mailbox. They stand in `keys/mail.toml`, never in an address.

[press]
host = "mail.example.org"
user = "desk@example.org"
password_file = "press-password"   # beside this file; or password_env = "NAME", or password = "…"
"""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from communique.collect import Mailbox
from communique.web.workspace import WorkspaceError

FILE = "mail.toml"
_FIELDS = frozenset({"host", "user", "password", "password_file", "password_env"})


def of(keys: Path) -> tuple[Mailbox, ...]:
    """Yield the accounts of a workspace; none where there is no such file."""
    path = keys / FILE
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise WorkspaceError(f"{path} can't be read ({error.strerror}); check whose it is") from error
    _must_be_private(path)
    try:
        found = tomllib.loads(written.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WorkspaceError(f"{path} is no TOML: {error}") from error
    return tuple(_account(name, fields, path) for name, fields in found.items())


def _must_be_private(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WorkspaceError(f"{path} can be read by others on this machine; run: chmod 600 {path}")


def _account(name: str, fields: Any, path: Path) -> Mailbox:
    if not isinstance(fields, dict) or not all(isinstance(value, str) and value for value in fields.values()):
        raise WorkspaceError(
            f"{path}: {name} must be a table of texts, such as [{name}] with host, user, password_file"
        )
    if (other := sorted(fields.keys() - _FIELDS)) or not {"host", "user"} <= fields.keys():
        what = f"has {', '.join(other)}, which is not known" if other else "needs host and user"
        raise WorkspaceError(f"{path}: [{name}] {what}; known are {', '.join(sorted(_FIELDS))}")
    return Mailbox(
        name=name, host=fields["host"].lower().rstrip("."), user=fields["user"], password=_password(name, fields, path)
    )


def _password(name: str, fields: dict[str, str], path: Path) -> str:
    given = fields.keys() & {"password", "password_file", "password_env"}
    if len(given) != 1:
        raise WorkspaceError(f"{path}: [{name}] needs one of password_file, password_env and password")
    if "password_env" in given:
        if not (found := os.environ.get(fields["password_env"], "")):
            raise WorkspaceError(f"{path}: [{name}] names the variable {fields['password_env']}, which is not set")
        return found
    if "password_file" in given:
        beside = path.parent / fields["password_file"]
        try:
            found = beside.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WorkspaceError(f"{path}: [{name}] names the file {beside}, which can't be read") from error
        _must_be_private(beside)
        return found
    return fields["password"]
