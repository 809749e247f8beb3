"""A broken, empty, huge, wrongly encoded or hostile file for every command: one sentence, the right status, no trace.

Disks that are full or read-only are in tests/web/test_workspace_disk.py, ports and second processes in
tests/web/test_workspace_serving.py, settings in tests/web/test_workspace.py, lines of filters in test_filters.py.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from communique.web.ledger import models
from communique.web.workspace import Workspace

SPARSE_BYTES = 200 * 1024**2


def _sparse(path: Path) -> Path:
    with path.open("wb") as stream:
        stream.truncate(SPARSE_BYTES)
    return path


def _holding(body: bytes) -> Callable[[Path], Path]:
    def made(path: Path) -> Path:
        path.write_bytes(body)
        return path

    return made


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


FILES: dict[str, Callable[[Path], Path]] = {
    "empty": _holding(b""),
    "blank": _holding(b" \n\n \n"),
    "noise": _holding(random.Random(7).randbytes(5000)),
    "of NULs, 200 MB": _sparse,
    "in UTF-16": _holding('{"id": "1", "text": "The Guild of Clockmakers met."}\n'.encode("utf-16")),
    "in Latin-1": _holding("Die Bäckerinnung tagte in Nieder-Tarn.\n".encode("latin-1") * 5),
    "nested without end": _holding(b"[" * 200_000),
    "XML that grows": _holding(
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%b'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"
    ),
    "XML that reads files": _holding(
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&a;</title></item></channel></rss>"
    ),
    "Parquet in its name only": _holding(b"PAR1" + bytes(100) + b"PAR1"),
    "a folder": _folder,
    "missing": lambda path: path,
    "a link to itself": _loop,
    "a pipe": _pipe,
    "a device": lambda _: Path("/dev/zero"),
}
TAKING_OVER = {
    f"import {kind}": ("import", kind)
    for kind in ("listing", "feed", "wxr", "dispatches", "events", "sources", "registry")
}
COMMANDS: dict[str, tuple[str, ...]] = {
    **TAKING_OVER,
    "import text": ("import", "text"),
    "sources import": ("sources", "import"),
    "restore": ("restore",),
}
NOTHING = ("empty", "blank")  # an export of nothing is such a file, and comes back as nothing
OF_ROWS = ("import dispatches", "import events", "import sources", "import registry")
WELL = {(command, kind) for command in OF_ROWS for kind in NOTHING} | {
    # What looks like markup may be words all the same; no entity of it is resolved.
    ("import text", "XML that grows"), ("import text", "XML that reads files"), ("import feed", "XML that grows"),
    ("import feed", "XML that reads files"), ("import wxr", "XML that reads files"), ("import wxr", "XML that grows"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_bad_file_costs_one_sentence(
    newsroom: Workspace, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = FILES[kind](tmp_path / "given")

    done = run(*COMMANDS[command], str(path))

    said = [line for line in done.stderr.splitlines() if line and not line.startswith(("Usage:", "Try "))]
    assert (len(said), len(said[0]) < 400) == (1, True), done.output
    assert "Traceback" not in done.output
    assert "root:" not in done.output
    assert done.exit_code in ((0, 1, 2) if (command, kind) in WELL else (1, 2))
    assert done.exit_code == 0 or not models.Dispatch.objects.exists()
    assert not models.Source.objects.exists()
    assert {path.name for path in tmp_path.iterdir()} <= {"given", "newsroom"}
