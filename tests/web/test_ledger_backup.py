"""A backup that is taken while the newsroom works is a whole newsroom, on either database."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import random
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from communique import archive
from communique.records import Actor, Capture, Evidence
from communique.registry import save
from communique.testing.builders import MORNING, capture, document, entry, source
from communique.web.ledger import backup
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

from ..conftest import Program

FORK = multiprocessing.get_context("fork")


def work(workspace: Workspace, begun: Any, stop: Any) -> None:
    """Capture, keep and enter one page after another until told to stop."""
    ledger, number = DatabaseLedger(), 0
    ledger.add_source(source(), now=MORNING)
    while not stop.is_set():
        number += 1
        made = document(url=f"https://rivermen.example/{number}", text=f"Lock {number} is shut, {number} barges wait.")
        kept = capture(url=made.url, body=made.text.encode(), fetched_at=MORNING + timedelta(seconds=number))
        where = archive.keep(kept, folder=workspace.evidence)
        with ledger.transaction():
            ledger.add_capture(kept, where)
            ledger.add_document(entry(made, where))
        if number >= 20:
            begun.set()
    connections.close_all()


@contextmanager
def working(workspace: Workspace) -> Iterator[None]:
    """Let a newsroom work in a process of its own."""
    connections.close_all()
    begun, stop = FORK.Event(), FORK.Event()
    worker = FORK.Process(target=work, args=(workspace, begun, stop))
    worker.start()
    try:
        assert begun.wait(120)
        yield
    finally:
        stop.set()
        worker.join(60)
    assert worker.exitcode == 0


def rows_of(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    """Ask either database."""
    cursor = connection.cursor()
    cursor.execute(sql)
    return list(cursor.fetchall())


CAPTURES = 'SELECT url, captured_at, digest, warc, "offset", record_id, media_type FROM ledger_capture ORDER BY id'
DOCUMENTS = "SELECT count(*) FROM ledger_document"


def check(connection: Any, folder: Path, told: dict[str, Any]) -> None:
    """Hold a restored newsroom against what the backup says, and its evidence against its books."""
    captures = rows_of(connection, CAPTURES)
    assert len(captures) == told["rows"]["ledger_capture"] >= 20
    assert rows_of(connection, DOCUMENTS) == [(told["rows"]["ledger_document"],)]
    for url, at, digest, warc, offset, record_id, _ in captures:
        where = Evidence(warc=warc, offset=offset, record_id=record_id, url=url, captured_at=at, digest=digest)
        again = archive.answer(where, folder=folder / "evidence")
        assert isinstance(again, Capture)
        assert "sha256:" + hashlib.sha256(again.body).hexdigest() == digest
    for name, wanted in told["files"].items():
        if name.startswith(("evidence/", "keys/", "registry/")):
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted, name


def manifest(file: Path) -> dict[str, Any]:
    """Read what a backup says of itself."""
    with tarfile.open(file) as tar:
        member = tar.extractfile("manifest.json")
        assert member is not None
        told: dict[str, Any] = json.load(member)
    return told


def test_a_backup_of_a_working_newsroom_on_sqlite_is_restored_whole(newsroom: Workspace, program: Program) -> None:
    file = program.here / "copy.tar"

    with working(newsroom):
        saved = program("backup", file, "--workspace", newsroom.folder)
    restored = program("restore", file, "again")

    assert (saved.status, restored.status) == (0, 0), saved.err + restored.err
    with closing(sqlite3.connect(program.here / "again" / "communique.sqlite3")) as connection:
        check(connection, program.here / "again", manifest(file))
        assert rows_of(connection, "PRAGMA integrity_check") == [("ok",)]


def test_a_restored_wire_is_the_edition_that_it_was(newsroom: Workspace, program: Program) -> None:
    save(newsroom.registry, [Actor(id="xx-hpu", name="Harbour and Port Union", kind="union", country="NO")])
    program("publish", "--workspace", newsroom.folder)
    program("backup", program.here / "copy.tar", "--workspace", newsroom.folder)
    program("restore", program.here / "copy.tar", "again")

    done = program("publish", "--workspace", program.here / "again")

    checkpoints = [folder / "site" / "log" / "checkpoint" for folder in (newsroom.folder, program.here / "again")]
    assert done.status == 0, done.err
    assert checkpoints[0].read_bytes() == checkpoints[1].read_bytes()


def test_a_backup_of_a_working_newsroom_on_postgresql_is_restored_whole(
    newsroom_on_postgresql: Workspace, postgresql: Any, program: Program
) -> None:
    file, there = program.here / "copy.tar", newsroom_on_postgresql
    database = {"COMMUNIQUE_DATABASE_URL": there.text("database.url")}
    empty = postgresql.database()

    with working(there):
        saved = program("backup", file, "--workspace", there.folder, **database)
    restored = program("restore", file, "again", "--database", empty)

    assert (saved.status, restored.status) == (0, 0), saved.err + restored.err
    with psycopg.connect(empty) as connection:
        check(connection, program.here / "again", manifest(file))
    listed = program("sources", "list", "--json", "--workspace", "again")
    assert json.loads(listed.out)["id"] == source().id
    postgresql.drop(empty)


@pytest.fixture(scope="module")
def saved(migrated: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a small newsroom."""
    file = tmp_path_factory.mktemp("saved") / "copy.tar"
    backup.back_up(migrated, file, now=MORNING)
    return file


def damaged(saved: Path, target: Path, seed: int) -> Path:
    """Write a backup with one byte another, or cut off somewhere."""
    chance, content = random.Random(seed), bytearray(saved.read_bytes())
    place = chance.randrange(len(content))
    if seed % 2:
        content[place] ^= 1 << chance.randrange(8)
    else:
        del content[place:]
    target.write_bytes(content)
    return target


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_backup_is_refused_or_restored_unharmed(saved: Path, tmp_path: Path, seed: int) -> None:
    file, folder = damaged(saved, tmp_path / "bad.tar", seed), tmp_path / "again"

    refused = _refusal(file, folder)

    if refused is not None:
        assert str(file) in refused
        assert not folder.exists()
    else:
        for name, wanted in manifest(saved)["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted
    assert {path.name for path in tmp_path.iterdir()} <= {"bad.tar", "again"}


def _refusal(file: Path, folder: Path) -> str | None:
    try:
        backup.restore(file, folder, database_url="")
    except backup.BackupError as error:
        return str(error)
    return None


def changed(saved: Path, target: Path, told: Any, more: dict[str, bytes]) -> Path:
    """Write a backup with another manifest, and other files beside or in place of its own."""
    with tarfile.open(saved) as tar:
        parts = {one.name: file.read() for one in tar.getmembers() if (file := tar.extractfile(one)) is not None}
    parts |= more | {"manifest.json": told if isinstance(told, bytes) else json.dumps(told).encode()}
    with tarfile.open(target, "w") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return target


def _named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


NEWER = b"format = 99\n"
# What a manifest says otherwise, and the files that go with it.
OTHERWISE: dict[str, tuple[Callable[[dict[str, Any]], Any], dict[str, bytes]]] = {
    "no list of files": (lambda told: told | {"files": None}, {}),
    "an empty list of files": (lambda told: told | {"files": {}}, {}),
    "files that are text": (lambda told: told | {"files": "communique.toml"}, {}),
    "rows that are a list": (lambda told: told | {"rows": [1]}, {}),
    "nested without end": (lambda _: b"[" * 100_000, {}),
    "a page of a wire": (lambda told: told | {"files": told["files"] | {"site/index.html": _named(b"hi")}},
                         {"site/index.html": b"hi"}),
    "a file that leads out": (lambda told: told | {"files": told["files"] | {"keys/../../out": _named(b"hi")}},
                              {"keys/../../out": b"hi"}),
    "settings of a newer program": (lambda told: told | {"files": told["files"] | {"communique.toml": _named(NEWER)}},
                                    {"communique.toml": NEWER}),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERWISE)
def test_a_backup_that_says_otherwise_is_refused_and_nothing_is_left(saved: Path, tmp_path: Path, kind: str) -> None:
    told, more = OTHERWISE[kind]
    file = changed(saved, tmp_path / "bad.tar", told(manifest(saved)), more)

    refused = _refusal(file, tmp_path / "again")

    assert refused is not None
    assert str(file) in refused
    assert {path.name for path in tmp_path.iterdir()} == {"bad.tar"}


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped_in_a_table(content: bytes) -> bytes:
    place = content.index(b"rivermen.example")
    return content[:place] + b"RIVERMEN" + content[place + 8 :]


BROKEN = {
    "empty": lambda _: b"",
    "another file": lambda _: b"<html>not a backup</html>" * 100,
    "cut": _cut,
    "one word another": _flipped_in_a_table,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_damaged_backup_costs_one_sentence(newsroom: Workspace, program: Program, kind: str) -> None:
    DatabaseLedger().add_source(source(), now=MORNING)
    file = program.here / "copy.tar"
    backup.back_up(newsroom, file, now=MORNING)
    file.write_bytes(BROKEN[kind](file.read_bytes()))

    told = program("restore", file, "again")

    assert (told.status, "copy.tar" in told.sentence) == (1, True)
    assert not (program.here / "again").exists()


@pytest.mark.parametrize("kind", BROKEN)
def test_a_damaged_backup_leaves_a_database_empty(
    newsroom_on_postgresql: Workspace, postgresql: Any, program: Program, kind: str
) -> None:
    DatabaseLedger().add_source(source(), now=MORNING)
    file, empty = program.here / "copy.tar", postgresql.database()
    backup.back_up(newsroom_on_postgresql, file, now=MORNING)
    file.write_bytes(BROKEN[kind](file.read_bytes()))

    told = program("restore", file, "again", "--database", empty)

    assert (told.status, "copy.tar" in told.sentence) == (1, True)
    assert not (program.here / "again").exists()
    with psycopg.connect(empty) as connection:
        assert rows_of(connection, "SELECT count(*) FROM ledger_source") == [(0,)]
    postgresql.drop(empty)


def test_a_backup_for_the_other_database_is_refused(saved: Path, program: Program) -> None:
    told = program("restore", saved, "again", "--database", "postgresql://nobody@localhost/none")

    assert (told.status, "leave --database out" in told.sentence) == (1, True)
    assert not (program.here / "again").exists()


def test_a_database_that_holds_a_newsroom_is_left_as_it_is(newsroom_on_postgresql: Workspace, program: Program) -> None:
    file, database = program.here / "copy.tar", newsroom_on_postgresql.text("database.url")
    backup.back_up(newsroom_on_postgresql, file, now=MORNING)
    DatabaseLedger().add_source(source(), now=MORNING)

    told = program("restore", file, "again", "--database", database)

    assert (told.status, "holds a newsroom already" in told.sentence) == (1, True)
    assert not (program.here / "again").exists()
    assert DatabaseLedger().next_due_at() == MORNING


def test_a_database_that_cannot_be_reached_leaves_no_folder(
    newsroom_on_postgresql: Workspace, program: Program
) -> None:
    file = program.here / "copy.tar"
    backup.back_up(newsroom_on_postgresql, file, now=MORNING)

    told = program("restore", file, "again", "--database", "postgresql://nobody@127.0.0.1:1/none")

    assert (told.status, "can't be used" in told.sentence) == (2, True)
    assert not (program.here / "again").exists()


def test_no_older_backup_and_no_workspace_is_overwritten(newsroom: Workspace, program: Program) -> None:
    file = program.here / "copy.tar"
    first = program("backup", file, "--workspace", newsroom.folder)
    before = file.read_bytes()

    second = program("backup", file, "--workspace", newsroom.folder)
    third = program("restore", file, newsroom.folder)

    assert (first.status, second.status, third.status) == (0, 1, 1)
    assert "name a new file" in second.sentence
    assert "not empty" in third.sentence
    assert file.read_bytes() == before


def test_keys_are_for_their_owner_alone_after_a_restore(saved: Path, program: Program) -> None:
    program("restore", saved, "again")

    modes = {path.stat().st_mode & 0o077 for path in (program.here / "again" / "keys").rglob("*")}
    assert modes == {0}
    assert (program.here / "again" / "keys").stat().st_mode & 0o777 == 0o700
