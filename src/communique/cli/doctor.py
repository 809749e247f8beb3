"""`communique doctor`: what is wrong with this installation and workspace, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from communique import web
from communique.cli._workspace import end, json_option, say, show
from communique.web import workspace as workspaces
from communique.web.workspace import Workspace, WorkspaceError

# To publish from such a ledger would write another history over what readers have seen.
_REMEDY_OLDER = "the database is older than the wire, or new: don't publish; restore the newest backup"
FREE_MB = 500  # less room than this is told before it hurts


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was looked at, and what is wrong with it."""

    what: str
    is_well: bool
    found: str
    remedy: str | None = None  # None: nothing to mend


@click.command(name="doctor", epilog="Example: communique doctor --workspace newsroom")
@click.option("--workspace", "named", metavar="DIR", help="The workspace; else COMMUNIQUE_WORKSPACE or one above.")
@json_option
def command(named: str | None, *, as_json: bool) -> None:
    """Say what is wrong with this installation and workspace, and how to mend it."""
    ill = 0
    for look in _looks(named):
        ill += not look.is_well
        mark = "well " if look.is_well else "WRONG"
        remedy = f"\n{'':>28}→ {look.remedy}" if look.remedy else ""
        show(look, as_json=as_json, plain=f"{mark}  {look.what:<20} {look.found}{remedy}")
    if not as_json:
        say("all is well" if not ill else f"{ill} to mend")
    end(troubled=ill > 0)


def _looks(named: str | None) -> Iterator[Look]:
    yield _python()
    yield _sqlite()
    try:
        folder = workspaces.find(named, os.environ, Path.cwd())
        workspace = workspaces.load(folder, os.environ)
    except WorkspaceError as error:
        is_none = "communique init" in str(error)
        remedy = None if is_none else "mend that file; reference/settings in the docs lists all settings"
        yield Look(what="workspace", is_well=False, found=str(error), remedy=remedy)
        return
    yield Look(what="workspace", is_well=True, found=str(workspace.folder))
    yield _room(workspace)
    yield _writable(workspace)
    yield _keys(workspace)
    yield from _database(workspace)


def _python() -> Look:
    found = ".".join(str(part) for part in sys.version_info[:3])
    well = sys.version_info >= (3, 11)
    return Look(what="Python", is_well=well, found=found, remedy=None if well else "install Python 3.11 or newer")


def _sqlite() -> Look:
    well = sqlite3.sqlite_version_info >= (3, 35)
    remedy = None if well else "use a Python with SQLite 3.35 or newer, or PostgreSQL"
    return Look(what="SQLite", is_well=well, found=sqlite3.sqlite_version, remedy=remedy)


def _room(workspace: Workspace) -> Look:
    free_mb = shutil.disk_usage(workspace.folder).free // 1024**2
    well = free_mb >= FREE_MB
    remedy = None if well else "make room: nothing is collected or published on a full disk"
    return Look(what="disk", is_well=well, found=f"{free_mb} MiB free", remedy=remedy)


def _writable(workspace: Workspace) -> Look:
    probe = workspace.folder / f".doctor-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        found = f"nothing can be written ({error.strerror})"
        return Look(what="folder", is_well=False, found=found, remedy="give write permission, or move the workspace")
    missing = [name for name in workspaces.FOLDERS if not (workspace.folder / name).is_dir()]
    if missing:
        lost = [name for name in missing if name in ("evidence", "keys")]
        remedy = f"restore {' and '.join(lost)} from a backup" if lost else f"mkdir {' '.join(missing)}"
        return Look(what="folder", is_well=False, found=f"{', '.join(missing)} missing", remedy=remedy)
    return Look(what="folder", is_well=True, found="writable and whole")


def _keys(workspace: Workspace) -> Look:
    if not workspace.keys.is_dir():
        return Look(what="keys", is_well=False, found="keys/ is missing", remedy="restore it from a backup")
    open_ = [path for path in (workspace.keys, *workspace.keys.iterdir()) if path.stat().st_mode & 0o077]
    remedy = f"chmod -R go-rwx {workspace.keys}" if open_ else None
    found = f"{open_[0]} can be read by others" if open_ else "only the owner can read them"
    return Look(what="keys", is_well=not open_, found=found, remedy=remedy)


def _database(workspace: Workspace) -> Iterator[Look]:
    try:
        web.setup(workspace)
    except WorkspaceError as error:
        remedy = "check database.url, or restore a backup"
        yield Look(what="database", is_well=False, found=str(error), remedy=remedy)
        return
    except OSError as error:
        found = f"{error.filename or workspace.folder}: {(error.strerror or str(error)).lower()}"
        yield Look(what="database", is_well=False, found=found, remedy="mend what it names, or restore a backup")
        return
    from django.db import connection

    yield Look(what="database", is_well=True, found=connection.vendor)
    for look in (_registry, _evidence, _log, _sources):
        yield _guarded(look, workspace)


def _guarded(look: Callable[[Workspace], Look], workspace: Workspace) -> Look:
    from communique import archive, registry

    try:
        return look(workspace)
    except (archive.ArchiveError, registry.BadRegistry, OSError) as error:
        return Look(what=look.__name__.strip("_"), is_well=False, found=str(error), remedy="mend what it names")


def _registry(workspace: Workspace) -> Look:
    from communique.flow import actors

    return Look(what="registry", is_well=True, found=f"{len(actors.of(workspace.registry).actors())} actors")


def _evidence(workspace: Workspace) -> Look:
    from communique.web.ledger import models

    named = set(models.Capture.objects.order_by().values_list("warc", flat=True).distinct())
    missing = sorted(name for name in named if not (workspace.evidence / name).is_file())
    if missing:
        found = f"{len(missing)} WARC files are missing, such as {missing[0]}"
        return Look(what="evidence", is_well=False, found=found, remedy="restore evidence/ from a backup")
    return Look(what="evidence", is_well=True, found=f"{models.Capture.objects.count()} captures in {len(named)} files")


def _log(workspace: Workspace) -> Look:
    from communique import archive
    from communique.web.ledger import publication

    entries = publication.next_log_index()
    if not (workspace.site / "log" / "checkpoint").is_file():
        remedy = "communique publish" if entries else None
        return Look(what="wire", is_well=not entries, found="not written yet", remedy=remedy)
    size = archive.log(workspace.site / "log", archive.load_key(workspace.keys).verifier).size
    remedy = _REMEDY_OLDER if size > entries else "communique publish" if size < entries else None
    found = f"log of {size} entries, the ledger holds {entries}"
    return Look(what="wire", is_well=size == entries, found=found, remedy=remedy)


def _sources(_: Workspace) -> Look:
    from communique.web.ledger import watchlist

    rows = list(watchlist.rows(datetime.now(UTC)))
    marked = [str(row["id"]) for row in rows if row["needs_a_person"]]
    remedy = f"communique sources list; look at {', '.join(marked[:3])}" if marked else None
    return Look(what="sources", is_well=not marked, found=f"{len(rows)}, {len(marked)} need a person", remedy=remedy)
