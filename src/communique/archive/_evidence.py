"""Evidence: what the web answered, in WARC files, before anything is made of it.

One process writes at a time (a lock on the folder), to the newest file of the day; files are
`communique-YYYYMMDD-NNNNN.warc.gz`, so that their names sort. What a crash left behind the last whole record is
noticed by the next call and set aside as `….torn-OFFSET`.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import IO

from communique import __version__
from communique.archive import _index, _record
from communique.archive._errors import NotKept
from communique.archive._files import locked, sync_folder
from communique.archive._mend import mend_file
from communique.records import Capture, Evidence

FILE_BYTES = 1 << 30  # what the WARC standard recommends (annex C): files of about one gigabyte
_PATTERN = "communique-*.warc.gz"


def keep(capture: Capture, *, folder: Path, file_bytes: int = FILE_BYTES) -> Evidence:
    """Keep a capture; when this returns, it is on the disk. The same capture again gives the same evidence.

    A file that has grown to `file_bytes` is followed by another. Raises `NotKept` where the capture could not be
    written (a full disk); then nothing of it remains.
    """
    kept: _record.Kept | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder), _index.opened(folder) as index:
            kept = _index.by_id(index, _record.record_id(capture))
            if kept is None:
                original = _original(index, capture)
                kept = _written(_current(index, folder, capture, file_bytes), capture, original)
                holds_payload = original is None and capture.status != _record.NOT_MODIFIED
                _index.add(index, kept, capture.digest if holds_payload else None)
                _index.set_whole(index, kept.warc, (folder / kept.warc).stat().st_size)
    except (OSError, sqlite3.Error) as error:
        if kept is None:
            advice = "make room or mend the folder; the capture will be asked for again"
            raise NotKept(f"{capture.final_url} in {folder}", str(error), advice=advice) from error
        # The record is on the disk; only the index could not be written, and the next call makes up for that.
    return Evidence(
        warc=kept.warc,
        offset=kept.offset,
        record_id=kept.record_id,
        url=capture.url,
        captured_at=capture.fetched_at.astimezone(UTC),
        digest=capture.digest,
    )


def _written(path: Path, capture: Capture, original: _record.Kept | None) -> _record.Kept:
    """Write the records of a capture at the end of a file; yield where."""
    offset = path.stat().st_size
    _append(path, _record.written(capture, original))
    return _record.Kept(
        warc=path.name,
        offset=offset,
        record_id=_record.record_id(capture),
        target=_record.target(capture),
        date=_record.date(capture.fetched_at),
    )


def _original(index: sqlite3.Connection, capture: Capture) -> _record.Kept | None:
    """Yield the record that this capture repeats. An empty body repeats nothing worth pointing at."""
    if capture.status == _record.NOT_MODIFIED:
        return _index.last_of(index, _record.target(capture))
    return _index.by_payload(index, capture.digest) if capture.body else None


def _current(index: sqlite3.Connection, folder: Path, capture: Capture, file_bytes: int) -> Path:
    """Yield the file to append to, whole and with its head; a new one where day or size ask for it."""
    day = capture.fetched_at.astimezone(UTC)
    prefix = f"communique-{day:%Y%m%d}-"
    last = max((path.name for path in folder.glob(prefix + "?????.warc.gz")), default=None)
    number = int(last[len(prefix) : len(prefix) + 5]) if last else 0
    if last and (folder / last).stat().st_size != _index.whole(index, last):
        mend_file(folder / last, index)  # may leave nothing of the file
    if last and (folder / last).exists():
        if (folder / last).stat().st_size < file_bytes:
            return folder / last
        number += 1
    path = folder / f"{prefix}{max(number, 1):05}.warc.gz"
    _append(path, _record.file_head(path.name, f"Communiqué {__version__}", day))
    sync_folder(folder)
    return path


def _append(path: Path, content: bytes) -> None:
    """Write at the end of a file and flush it to the disk; on failure the file is as long as it was."""
    with path.open("ab", buffering=0) as stream:
        before = stream.seek(0, os.SEEK_END)
        try:
            _write_all(stream, content)
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(before)
            if before == 0:
                path.unlink()
            raise


def _write_all(stream: IO[bytes], content: bytes) -> None:
    remaining = BytesIO(content).getbuffer()
    while remaining:
        remaining = remaining[stream.write(remaining) :]
