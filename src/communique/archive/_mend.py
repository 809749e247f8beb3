"""After a crash: what of the WARC files is whole, and the index made to fit them."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed

from communique.archive import _index
from communique.archive._errors import ArchiveError
from communique.archive._files import locked, sync_folder
from communique.archive._record import Kept
from communique.records import Trouble

FILES = "*.warc.gz"
_CHUNK_BYTES = 1 << 16


def mend(folder: Path) -> tuple[Trouble, ...]:
    """Look through the evidence folder after a start: set torn remainders aside, bring the index up to date.

    Whole records before a remainder stay where they are. Yields one trouble for each file that was not as it should
    be. Quick when all is well: only what the index does not know is read.
    """
    if not folder.is_dir():
        return ()
    with locked(folder):
        try:
            return _looked_through(folder)
        except sqlite3.DatabaseError:
            for path in folder.glob(_index.FILE + "*"):
                path.unlink()
            again = "the index of the evidence was damaged and was made again from the WARC files"
            return (_trouble("index", again), *_looked_through(folder))


def _looked_through(folder: Path) -> tuple[Trouble, ...]:
    found = list[Trouble]()
    with _index.opened(folder) as index:
        for name in sorted(set(_index.files(index)) - {path.name for path in folder.glob(FILES)}):
            # before the others are read: a file may only have got another name, and its records are then found there
            found.append(_trouble("missing", f"{name} is gone; unless it was renamed, restore it from a backup"))
            _index.forget(index, name)
        for path in sorted(folder.glob(FILES)):
            size = path.stat().st_size
            known = _index.whole(index, path.name)
            if size < known:
                lost = f"{path.name} is {known - size} bytes shorter than it was"
                found.append(_trouble("shortened", f"{lost}; restore it from a backup, evidence in it is lost"))
                _index.forget(index, path.name)
            if size != known:
                found += mend_file(path, index)
    return tuple(found)


def mend_file(path: Path, index: sqlite3.Connection) -> tuple[Trouble, ...]:
    """Read a file from where it is known to be whole; index what is whole, set the rest aside."""
    whole = _index.whole(index, path.name)
    for kept, payload, end in _records(path, whole):
        if kept:
            _index.add(index, kept, payload)
        whole = end
    size = path.stat().st_size
    _index.set_whole(index, path.name, whole)
    if whole == size:
        return ()
    aside = path.with_name(f"{path.name}.torn-{whole}")
    _set_aside(path, whole, aside)
    if whole == 0:
        path.unlink()
        _index.forget(index, path.name)
    return (
        _trouble(
            "torn",
            f"{path.name} ended in an unfinished record of {size - whole} bytes, now in {aside.name}; "
            "what was asked for then is asked for again",
        ),
    )


def _records(path: Path, start: int) -> Iterator[tuple[Kept | None, str | None, int]]:
    """Yield (record or None for requests and heads, its payload digest, where it ends) as far as the file is whole."""
    with path.open("rb") as stream:
        for begin, end in _members(stream, start):
            stream.seek(begin)
            try:
                record = next(iter(WARCIterator(stream)))
            except (ArchiveLoadFailed, StopIteration):
                return
            yield *_noted(path.name, begin, record.rec_headers), end


def _noted(warc: str, begin: int, head: Any) -> tuple[Kept | None, str | None]:
    kind = head.get_header("WARC-Type")
    if kind not in ("response", "resource", "revisit"):
        return None, None
    kept = Kept(
        warc=warc,
        offset=begin,
        record_id=(head.get_header("WARC-Record-ID") or "").strip("<>"),
        target=head.get_header("WARC-Target-URI") or "",
        date=head.get_header("WARC-Date") or "",
    )
    is_on_the_way = head.get_header("WARC-Concurrent-To") is not None  # a redirect, which holds no payload
    return kept, None if kind == "revisit" or is_on_the_way else head.get_header("WARC-Payload-Digest")


def _members(stream: IO[bytes], start: int) -> Iterator[tuple[int, int]]:
    """Yield (begin, end) of each whole gzip member: one whose checksum fits its content. Memory stays small."""
    begin = start
    while (end := _end_of_member(stream, begin)) is not None:
        yield begin, end
        begin = end


def _end_of_member(stream: IO[bytes], begin: int) -> int | None:
    unpacking = zlib.decompressobj(zlib.MAX_WBITS + 16)
    stream.seek(begin)
    try:
        while not unpacking.eof:
            packed = unpacking.unconsumed_tail or stream.read(_CHUNK_BYTES)
            if not packed:
                return None
            unpacking.decompress(packed, _CHUNK_BYTES)
    except zlib.error:
        return None
    return stream.tell() - len(unpacking.unused_data)


def _set_aside(path: Path, whole: int, aside: Path) -> None:
    """Move what stands behind `whole` to a file of its own, which is not called .warc.gz."""
    try:
        with path.open("r+b") as stream:
            stream.seek(whole)
            with aside.open("wb") as torn:
                while chunk := stream.read(_CHUNK_BYTES):
                    torn.write(chunk)
            stream.truncate(whole)
    except OSError as error:
        raise ArchiveError(path, f"an unfinished record can't be set aside ({error})", advice="make room") from error
    sync_folder(path.parent)


def _trouble(kind: str, detail: str) -> Trouble:
    return Trouble(room="archive", kind=kind, detail=detail, passing=False)
