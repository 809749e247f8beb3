"""Why a database refused, in words for the person who runs the newsroom."""

from __future__ import annotations

import os
from pathlib import Path

# How a refusal begins, in lower case -> what it means and what to do. SQLite's words and libpq's are their interface.
_MEANINGS = {
    "database or disk is full": "the disk is full; make room, what was stored stays",
    "attempt to write a readonly database": "it is read-only; give write permission to it and its folder",
    "unable to open database file": "its file can't be opened; give write permission to its folder",
    "disk i/o error": "the disk answers with an error; check it and its free space, then run `communique doctor`",
    "database is locked": "another program holds it; end that or try again",
    "file is not a database": "its file is no SQLite database, or damaged; restore a backup with `communique restore`",
    "database disk image is malformed": "its file is damaged; restore a backup with `communique restore`",
    "connection failed": "the server can't be reached; check database.url, and that the server runs",
    "failed to resolve host": "the server's name is not known; check database.url",
}

LITTLE_BYTES = 1 << 20  # room on a disk below which SQLite may fail with a word that does not name the cause


def plain(error: BaseException, folder: Path | None = None) -> str:
    """Yield one sentence on a database's error; `folder`: where an SQLite file lies, None for PostgreSQL."""
    if folder is not None and (cause := _of_disk(folder)):
        return cause
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    for begin, meaning in _MEANINGS.items():
        if lines[0].lower().startswith(begin):
            return meaning
    return lines[0]


def _of_disk(folder: Path) -> str | None:
    """Yield what is wrong with a disk, if anything is: SQLite says of a full one only that it could not open a file."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None
    if disk.f_flag & os.ST_RDONLY:
        return "its disk is mounted read-only; mount it for writing, or move the workspace"
    if disk.f_bavail * disk.f_frsize < LITTLE_BYTES:
        return _MEANINGS["database or disk is full"]
    return None
