"""What every command on a workspace shares: finding it, overriding settings, and errors as one sentence."""

from __future__ import annotations

import functools
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from communique import web
from communique.cli._log import to_stderr
from communique.kit import jsonable
from communique.web import workspace as workspaces
from communique.web.workspace import Workspace, WorkspaceError


class Wrong(click.ClickException):
    """Something that the user can mend: one sentence on stderr, exit status 2."""

    exit_code = 2


class Failed(click.ClickException):
    """Something did not work out: one sentence on stderr, exit status 1."""

    exit_code = 1


def on_workspace(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `workspace`, with Django loaded for it, and add the options that choose and change it."""

    @click.option("--workspace", "named", metavar="DIR", help="The workspace; else COMMUNIQUE_WORKSPACE or one above.")
    @click.option("--set", "overrides", metavar="SECTION.KEY=VALUE", multiple=True, help="A setting for this run.")
    @functools.wraps(function)
    def with_workspace(*, named: str | None, overrides: tuple[str, ...], **given: Any) -> None:
        workspace = opened(named, overrides)
        with sentences():
            function(workspace=workspace, **given)

    return with_workspace


def opened(named: str | None, overrides: tuple[str, ...]) -> Workspace:
    """Find and load a workspace, and Django for it; from here on the log goes to stderr."""
    to_stderr()
    with sentences():
        folder = workspaces.find(named, os.environ, Path.cwd())
        workspace = workspaces.load(folder, os.environ, overrides)
        web.setup(workspace)
    return workspace


class sentences:  # noqa: N801 - reads as `with sentences():`
    """Turn expected errors into one sentence and an exit status: no traceback reaches a user."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, WorkspaceError):
            raise Wrong(str(error)) from error
        if error is not None and not isinstance(error, click.exceptions.Exit | click.ClickException):
            _explained(error)


def _explained(error: BaseException) -> None:
    from django.db import DatabaseError

    from communique import archive, collect, registry, wire
    from communique.web.ledger import refusal

    if isinstance(error, BrokenPipeError):  # the reader has gone (`| head`): not an error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from error
    if isinstance(error, collect.BadSettings):
        raise Wrong(str(error)) from error
    if isinstance(error, archive.ArchiveError | wire.WireError | registry.BadRegistry):
        raise Failed(str(error)) from error
    if isinstance(error, DatabaseError):
        there = workspaces.current()
        folder = None if there.text("database.url") else there.folder
        raise Failed(f"the database refused: {refusal.plain(error, folder)}") from error
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else "writing failed: "
        raise Failed(f"{named}{error.strerror.lower()}; nothing half-written is left") from error


@contextmanager
def whole_or_removed(folder: Path) -> Iterator[None]:
    """Fill a folder that was new or empty; on any failure nothing of it is left."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class Place(click.Path):
    """Where a command writes. An empty word, as of a variable that is not set, would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Yield the path, or refuse it in a sentence."""
        if not str(value):
            self.fail("an empty word is no path; name a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


class Language(click.ParamType):  # type: ignore[type-arg]  # generic in newer clicks only
    """A language as in BCP 47."""

    name = "tag"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Yield the tag, or refuse it in a sentence."""
        form, expected = workspaces.FORMS["wire.language"]
        if not re.fullmatch(form, value):
            self.fail(f"{value[:40]!r} came, where {expected} is expected", param, ctx)
        return value


def say(line: str) -> None:
    """Say something to a person, on stderr."""
    click.echo(line, err=True)


def show(record: object, *, as_json: bool, plain: str) -> None:
    """Write one result: as JSON, or for a person."""
    try:
        sys.stdout.write((jsonable.line(record) if as_json else plain) + "\n")
        sys.stdout.flush()  # whoever reads a pipe sees each result when it is there
    except BrokenPipeError:
        raise  # `| head`: whoever calls knows what that means
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Failed(f"the output can't be written: {reason}; what was done by then stands") from error


def tell(record: object, *, as_json: bool, said: str) -> None:
    """Say what was done, on stderr; with --json its record goes to stdout as well."""
    if as_json:
        show(record, as_json=True, plain="")
    say(said)


def end(*, troubled: bool) -> NoReturn:
    """End with the exit status of the contract."""
    raise click.exceptions.Exit(1 if troubled else 0)


json_option = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text for people.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="No talk and no progress on stderr.")
