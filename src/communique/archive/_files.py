"""Files that are whole or not there: written beside, flushed to the disk, renamed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ".new"  # what a file is called until it is whole


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process (and this thread) alone; waits for others that hold it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # lets go of the lock too


def write_beside(path: Path, content: bytes) -> bool:
    """Write a file so that it is always whole; tell whether anything changed.

    The same bytes again change nothing. After a crash the old file stands, or the new one, with at most a
    remainder called `….new` beside it.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + BESIDE)
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def walk(folder: Path, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything below a folder but folders, as (path with slashes, entry), in the order of the paths.

    Links are yielded, not followed. A folder sorts as its name with the slash, so that the order is that of the whole
    paths as strings.
    """
    with os.scandir(folder) as found:
        entries = sorted((entry.name + ("/" if entry.is_dir(follow_symlinks=False) else ""), entry) for entry in found)
    for name, entry in entries:
        if name.endswith("/"):
            yield from walk(Path(entry.path), prefix + name)
        else:
            yield prefix + name, entry
