"""A consistent copy of a workspace, taken while the desk runs, and a workspace made from one.

The database comes first and the evidence after it: a capture is kept before it is entered, so all that the copied
database names is in the copied evidence. The wire is not copied: it is written anew, the same, from the ledger.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from communique import __version__, archive
from communique.kit import jsonable
from communique.web import workspace as workspaces
from communique.web.workspace import Workspace

MANIFEST = "manifest.json"
MANIFEST_BYTES = 1 << 30  # a line for each file: ten million of them
COPIED = ("evidence", "registry", "keys")
CHUNK_BYTES = 1 << 20


class BackupError(Exception):
    """The backup can't be made or read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What is in a backup."""

    rows: dict[str, int]  # by table
    files: int
    size_bytes: int


def back_up(workspace: Workspace, target: Path, *, now: datetime) -> Copied:
    """Write a backup beside and rename it. Its reader needs no other file; it holds the keys, so keep it safe."""
    if target.exists():
        raise BackupError(f"{target} is there already; name a new file, so that no older backup is lost")
    beside = target.with_name(target.name + ".new")
    digests: dict[str, str] = {}
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                rows = _add_database(tar, workspace, digests)
                for path in _files(workspace):
                    _add_file(tar, path, str(path.relative_to(workspace.folder)), digests)
                _add_manifest(tar, rows, digests, now)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except OSError as error:
        raise BackupError(f"{target} can't be written: {error.strerror}; nothing half-written is left") from error
    finally:
        beside.unlink(missing_ok=True)
    return Copied(rows=rows, files=len(digests), size_bytes=target.stat().st_size)


def restore(source: Path, folder: Path, *, database_url: str) -> Workspace:
    """Make a workspace from a backup; every file is checked against its digest, every table against its count.

    `database_url`: an empty PostgreSQL database for a backup that came from one; "" for SQLite.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is there already and not empty; name a folder that is new or empty")
    manifest = _manifest(source)
    if bool(database_url) != (manifest["database"] == "postgresql"):
        wanted = "needs --database URL of an empty one" if not database_url else "is SQLite: leave --database out"
        raise BackupError(f"{source} was taken from {manifest['database']}; {wanted}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        _unpack(source, Path(beside), manifest)
        for name in workspaces.FOLDERS:
            (Path(beside) / name).mkdir(exist_ok=True, mode=0o700 if name == "keys" else 0o755)
        (Path(beside) / "keys").chmod(0o700)
        Path(beside).chmod(0o755)
        _expect_settings(source, Path(beside))
        if folder.exists():
            folder.rmdir()
        Path(beside).rename(folder)
        Path(beside).mkdir()  # what TemporaryDirectory will remove
    return _moved(workspaces.load(folder, {}), database_url)


def _expect_settings(source: Path, folder: Path) -> None:
    """Raise where the settings of a backup can't be used here, before anything takes its place."""
    try:
        workspaces.load(folder, {})
    except workspaces.WorkspaceError as error:
        raise BackupError(f"{source}: {str(error).replace(f'{folder}/', '')}") from error


def _moved(workspace: Workspace, database_url: str) -> Workspace:
    """Let a restored workspace name its own database, not the one that was backed up."""
    if not database_url:
        return workspace
    values = {**workspace.values, "database.url": database_url}
    (workspace.folder / workspaces.SETTINGS_FILE).write_text(workspaces.settings_text(values), encoding="utf-8")
    return Workspace(folder=workspace.folder, values=values)


def load_tables(source: Path) -> None:
    """Fill an empty PostgreSQL database, whose tables stand, from a backup that `restore` has checked."""
    with _opened(source) as tar, transaction.atomic(), connection.cursor() as cursor:
        _refuse_filled()
        names = [model._meta.db_table for model in _models()]
        cursor.execute("TRUNCATE " + ", ".join(connection.ops.quote_name(name) for name in names) + " CASCADE")
        for name in names:
            member = _member(tar, f"database/{name}", source)
            with cursor.cursor.copy(f"COPY {connection.ops.quote_name(name)} FROM STDIN (FORMAT binary)") as copy:
                while chunk := member.read(CHUNK_BYTES):
                    copy.write(chunk)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _refuse_filled() -> None:
    for model in apps.get_app_config("ledger").get_models():
        if model._base_manager.exists():
            raise BackupError(f"the database holds a newsroom already ({model._meta.db_table}); name an empty one")


def counts() -> dict[str, int]:
    """Yield how many rows each table has."""
    return {model._meta.db_table: model._base_manager.count() for model in _models()}


def _models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _files(workspace: Workspace) -> Iterator[Path]:
    yield workspace.folder / workspaces.SETTINGS_FILE
    for name in COPIED:
        found = sorted(path for path in (workspace.folder / name).rglob("*") if path.is_file())
        # The index of the evidence is made again from it; copied while it is written it would be no whole database.
        yield from (path for path in found if not path.name.startswith(archive.INDEX))


def _add_database(tar: tarfile.TarFile, workspace: Workspace, digests: dict[str, str]) -> dict[str, int]:
    if connection.vendor == "postgresql":
        return _add_tables(tar, digests)
    with tempfile.TemporaryDirectory(dir=workspace.folder) as folder:
        copy = Path(folder) / "copy.sqlite3"
        with closing(sqlite3.connect(workspace.database)) as live, closing(sqlite3.connect(copy)) as snapshot:
            live.backup(snapshot)
            rows = {
                name: snapshot.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of ours
                for name in (model._meta.db_table for model in _models())
            }
        _add_file(tar, copy, workspace.database.name, digests)
    return rows


def _add_tables(tar: tarfile.TarFile, digests: dict[str, str]) -> dict[str, int]:
    """Copy all tables as they stood at one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for model in _models():
            name = model._meta.db_table
            with tempfile.TemporaryFile() as file:
                with cursor.cursor.copy(f"COPY {connection.ops.quote_name(name)} TO STDOUT (FORMAT binary)") as copy:
                    for chunk in copy:
                        file.write(chunk)
                _add_stream(tar, file, f"database/{name}", digests)
        return counts()


def _add_file(tar: tarfile.TarFile, path: Path, name: str, digests: dict[str, str]) -> None:
    with path.open("rb") as stream:
        _add_stream(tar, stream, name, digests)


def _add_stream(tar: tarfile.TarFile, stream: IO[bytes], name: str, digests: dict[str, str]) -> None:
    """Add what a file holds now: evidence files may grow meanwhile, so the size is fixed first."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = stream.seek(0, os.SEEK_END), 0o600
    stream.seek(0)
    hashing = _Hashing(stream, entry.size)
    tar.addfile(entry, hashing)
    digests[name] = hashing.digest.hexdigest()


class _Hashing(io.RawIOBase):
    """The first `size` bytes of a stream, hashed as they are read."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._left, self.digest = stream, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(chunk)
        self.digest.update(chunk)
        return chunk


def _add_manifest(tar: tarfile.TarFile, rows: dict[str, int], digests: dict[str, str], now: datetime) -> None:
    told = {"format": 1, "program": __version__, "at": now.isoformat(), "database": connection.vendor,
            "rows": rows, "files": digests}  # fmt: skip
    body = json.dumps(told, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(body), 0o600
    tar.addfile(entry, io.BytesIO(body))


def _manifest(source: Path) -> dict[str, Any]:
    try:
        with _opened(source) as tar:
            found = jsonable.loaded(_member(tar, MANIFEST, source).read(MANIFEST_BYTES))
    except (ValueError, RecursionError) as error:
        raise _not_whole(source, f"its {MANIFEST} is not JSON") from error
    if not isinstance(found, dict) or not {"format", "database", "rows", "files"} <= set(found):
        raise _not_whole(source, f"its {MANIFEST} lacks fields")
    if found["format"] != 1:
        raise BackupError(f"{source} was made by a newer Communiqué; update this program")
    _expect_parts(found, source)
    return found


def _expect_parts(manifest: dict[str, Any], source: Path) -> None:
    """Raise where a manifest names what no backup holds, or not what each does."""
    rows, named = manifest["rows"], manifest["files"]
    for part in (rows, named):
        if not isinstance(part, dict):
            raise _not_whole(source, f"its {MANIFEST} has {jsonable.kind(part)}, where an object is expected")
    needed = {workspaces.SETTINGS_FILE} | ({workspaces.DATABASE_FILE} if manifest["database"] == "sqlite" else set())
    if missing := needed - set(named):
        raise _not_whole(source, f"it lacks {min(missing)}")
    known = (*COPIED, "database")
    if strange := [name for name in named if name not in needed and name.partition("/")[0] not in known]:
        raise _not_whole(source, f"it holds {strange[0][:80]!r}, which is no part of a workspace")


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise _not_whole(source, str(error)) from error


def _member(tar: tarfile.TarFile, name: str, source: Path) -> IO[bytes]:
    try:
        member = tar.extractfile(name)
    except KeyError as error:
        raise _not_whole(source, f"{name} is missing") from error
    if member is None:
        raise _not_whole(source, f"{name} is no file in it")
    return member


def _not_whole(source: Path, why: str) -> BackupError:
    return BackupError(f"{source} is no whole backup of Communiqué ({why}); take another one")


def _unpack(source: Path, folder: Path, manifest: dict[str, Any]) -> None:
    """Write the files, and check them and the tables, which go into a database later."""
    with _opened(source) as tar:
        for name, digest in manifest["files"].items():
            member = _member(tar, name, source)
            target = folder / name
            if not target.resolve().is_relative_to(folder.resolve()):
                raise BackupError(f"{source}: {name} leads out of the folder; take another backup")
            target.parent.mkdir(parents=True, exist_ok=True)
            if _copied(member, Path(os.devnull) if name.startswith("database/") else target) != digest:
                raise BackupError(f"{source}: {name} is damaged (its digest is another); take another backup")
            if name.startswith("keys/"):
                target.chmod(0o600)


def _copied(member: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as stream:
        while chunk := member.read(CHUNK_BYTES):
            digest.update(chunk)
            stream.write(chunk)
    return digest.hexdigest()


def checked(source: Path) -> Copied:
    """Yield what came back; raises where a restored database does not hold as many rows as the backup says."""
    manifest = _manifest(source)
    wanted, found = manifest["rows"], counts()
    wrong = {name: (rows, found.get(name)) for name, rows in wanted.items() if found.get(name) != rows}
    if wrong:
        name, (rows, there) = next(iter(wrong.items()))
        raise BackupError(f"{source}: table {name} has {there} rows, where {rows} were backed up; take another backup")
    return Copied(rows=wanted, files=len(manifest["files"]), size_bytes=source.stat().st_size)
