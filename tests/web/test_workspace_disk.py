"""A disk that is full or may not be written: one sentence, the right exit status, nothing half-written."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique import archive
from communique.records import Capture, Evidence
from communique.testing.web import Answer, Site, serving
from communique.web.workspace import Workspace

from ..conftest import PATIENCE_S, Outcome, Program

# Mounts a small disk that nobody else sees, puts a newsroom on it, makes it full or read-only, runs the command there.
SCRIPT = """
set -e
disk=$1 template=$2 how=$3 size=$4 out=$5; shift 5
mount -t tmpfs -o size=$size tmpfs "$disk"
[ "$how" = full-empty ] || cp -r "$template" "$disk/newsroom"
cd "$disk"
[ "$how" = read-only ] && mount -o remount,ro "$disk"
[ "$how" = full ] || [ "$how" = full-empty ] && head -c 100m /dev/zero > filler 2>/dev/null || true
find . -type f | sort > "$out/before"
set +e
"$@"
status=$?
find . -type f | sort > "$out/after"
[ "$how" = small ] && cp -r newsroom "$out/kept"
exit $status
"""


def may_mount() -> bool:
    """Tell whether this machine lets us mount a disk of our own."""
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not may_mount(), reason="mounting a small disk in `unshare -m` is not permitted here")


@dataclass(frozen=True, kw_only=True)
class Disk:
    """A small disk with a newsroom on it."""

    program: Program
    template: Path
    mount: Path

    def run(self, how: str, *words: str, size: str = "3m") -> Outcome:
        """Run a command in the disk's folder while the disk is full or read-only."""
        script = ["unshare", "-m", "sh", "-c", SCRIPT, "sh", str(self.mount), str(self.template), how, size]
        done = subprocess.run(
            [*script, str(self.program.here), *self.program.command(*words)], env=self.program.environment,
            capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        return Outcome(status=done.returncode, out=done.stdout, err=done.stderr)

    def left(self) -> list[str]:
        """Yield the files that the command left on the disk, but for those that SQLite keeps beside its own."""
        before, after = ((self.program.here / name).read_text().splitlines() for name in ("before", "after"))
        return [name for name in after if name not in before and not name.endswith(("-wal", "-shm", "-journal"))]


@pytest.fixture
def disk(migrated: Workspace, program: Program, tmp_path: Path) -> Disk:
    mount = tmp_path / "disk"
    mount.mkdir()
    template = Path(shutil.copytree(migrated.folder, tmp_path / "standing"))
    return Disk(program=program, template=template, mount=mount)


COMMANDS = {
    "sources add": ("sources", "add", "https://rivermen.example/feed", "--kind", "feed", "--workspace", "newsroom"),
    "user add": ("user", "add", "ana", "--workspace", "newsroom"),
    "publish": ("publish", "--workspace", "newsroom"),
    "backup": ("backup", "copy.tar", "--workspace", "newsroom"),
    "serve": ("serve", "--port", "0", "--workspace", "newsroom"),
    "run": ("run", "--once", "--workspace", "newsroom"),
    "init": ("init", "another"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_on_a_read_only_disk_each_command_says_so(disk: Disk, command: str) -> None:
    told = disk.run("read-only", *COMMANDS[command])

    assert told.status in (1, 2)
    assert "read-only" in told.sentence.lower()
    assert disk.left() == []


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("serve", "run")])
def test_on_a_full_disk_each_command_says_so(disk: Disk, command: str) -> None:
    told = disk.run("full", *COMMANDS[command])

    assert told.status in (1, 2)
    assert "disk is full" in told.sentence or "no space left" in told.sentence.lower()
    assert disk.left() == []


def test_a_full_disk_ends_collecting_with_one_sentence(disk: Disk) -> None:
    feed = b"<rss version='2.0'><channel><title>River Pilots</title></channel></rss>"
    with serving([Site(host="127.0.0.1", pages={"/feed": Answer(body=feed)})], addresses=0) as web:
        url = f"http://127.0.0.1:{web.port}/feed"
        added = disk.program("sources", "add", url, "--kind", "feed", "--workspace", disk.template)
        told = disk.run("full", *COMMANDS["run"])
        disk.program("sources", "remove", url, "--workspace", disk.template)

    assert added.status == 0, added.err
    assert told.status in (1, 2)
    assert "space" in told.sentence or "disk is full" in told.sentence
    assert disk.left() == []


def test_a_disk_that_fills_up_while_collecting_holds_whole_evidence(disk: Disk) -> None:
    chance = random.Random(7)
    pages = {f"/{number}": _page(chance.randbytes(300_000).hex()) for number in range(20)}
    links = "".join(f"<item><link>http://127.0.0.1:PORT{path}</link></item>" for path in pages)
    with serving(addresses=0) as web:
        feed = f"<rss version='2.0'><channel><title>Pilots</title>{links}</channel></rss>".replace(
            "PORT", str(web.port)
        )
        web.show([Site(host="127.0.0.1", pages={"/feed": Answer(body=feed.encode()), **pages})])
        template = disk.program.here / "template"
        shutil.copytree(disk.template, template)
        disk.program("sources", "add", f"http://127.0.0.1:{web.port}/feed", "--kind", "feed", "--workspace", template)
        told = replace(disk, template=template).run("small", *COMMANDS["run"], "--quiet", size="4m")

    assert told.status == 1
    assert "space" in told.sentence.lower() or "disk is full" in told.sentence
    kept = disk.program.here / "kept"
    assert archive.mend(kept / "evidence") == ()
    with closing(sqlite3.connect(kept / "communique.sqlite3")) as books:
        captures = books.execute('SELECT warc, "offset", record_id, url, captured_at, digest FROM ledger_capture')
        for warc, offset, record_id, url, at, digest in captures.fetchall():
            where = Evidence(
                warc=warc, offset=offset, record_id=record_id, url=url, digest=digest,
                captured_at=datetime.fromisoformat(at).replace(tzinfo=UTC),
            )  # fmt: skip
            assert isinstance(archive.answer(where, folder=kept / "evidence"), Capture)


def _page(noise: str) -> Answer:
    return Answer(body=f"<h1>Locks</h1><p>The locks at Aldermouth are shut.</p><!-- {noise} -->".encode())


def test_a_room_whose_output_has_no_place_says_so(disk: Disk) -> None:
    page = disk.program.here / "page.html"
    page.write_text("<h1>Locks</h1><p>The locks at Aldermouth are shut.</p>", encoding="ascii")

    told = disk.run("full", "restore", str(page), "another")

    assert told.status in (1, 2)
    assert told.sentence
    assert disk.left() == []
