"""The list of an edition's files: `log/files`, one "sha256:… path" a line, in the order of the paths.

Files of the topmost folder stand in it directly; all others in lists of the same form below `log/files.d/`, which
stand in it themselves: one list for each beginning of a path (`d/100…`), so that a publication on a large wire writes,
and a mirror fetches, a few short lists and not one long one. The newest `edition` entry of the log holds the digest of
`log/files`, and through it that of every file. Left out is what the log itself is made of (checkpoint, tiles, key),
which the checkpoint proves.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from communique.archive._errors import ArchiveError
from communique.archive._files import BESIDE, sync_folder, walk

LIST, LISTS = "log/files", "log/files.d/"
_OWN = frozenset({LIST, "log/checkpoint", "log/vkey"})
_TILES = "log/tile/"
_UNFINISHED, _INTERRUPTED = "log/unfinished", b"interrupted\n"
_LEFT_OVER = frozenset({_UNFINISHED, *(path + BESIDE for path in _OWN)})
_BEGINNING = re.compile(r"([^/]+)/([^/.]{0,3})")
_CHUNK_BYTES = 1 << 20
# A line is a digest, a space and a path; Linux allows paths of 4,096 bytes.
LINE_BYTES = 71 + 1 + 4096 + 1

Line = tuple[str, str]  # path, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class FileList:
    """The list of an edition's files, as it was written."""

    digest: str  # "sha256:…" of `log/files`
    count: int  # files of the wire that are listed, lists not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A file of the wire that names the lists, so that it can be written only when they are known."""

    path: str  # within the wire, not in its topmost folder
    write: Callable[[tuple[str, ...]], object]  # is given the paths of all lists, sorted


def is_log_s_own(path: str) -> bool:
    """Tell whether a path is proved by the checkpoint, or is the list that the log commits to."""
    return path in _OWN or path.startswith(_TILES)


def is_left_over(path: str) -> bool:
    """Tell whether a path is the mark of a publication that is under way or was interrupted."""
    return path in _LEFT_OVER or (is_list(path) and path.endswith(BESIDE))


def is_list(path: str) -> bool:
    """Tell whether a path is a list that stands in `log/files`."""
    return path.startswith(LISTS)


def list_of(path: str) -> str:
    """Yield the list that a path stands in.

    It is named after the folder and up to three characters of what follows, as far as there is no dot.
    """
    match = _BEGINNING.match(path)
    return f"{LISTS}{match[1]}/{quote(match[2], safe='') or '%'}" if match else LIST


def announce(site: Path) -> None:
    """Say that pages are about to be written; call it before the first of them.

    Should the publication be interrupted before `list_files` is done, the next one looks at every file.
    """
    marker = site / _UNFINISHED
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_bytes(_INTERRUPTED if marker.exists() else b"")
    sync_folder(marker.parent)


def list_files(site: Path, changed: Iterable[str] | None = None, *, contents: Contents | None = None) -> FileList:
    """Write the list of a wire's files: beside, and renamed into place.

    `changed` are the paths written or removed since the list that stands; None looks at every file, as does a first
    list, and one after an interruption. Both ways give the same bytes. `contents` comes last: it writes a file that
    names all lists, its own too.
    """
    marker = site / _UNFINISHED
    was_interrupted = marker.exists() and marker.read_bytes() == _INTERRUPTED
    announce(site)
    is_whole = changed is None or was_interrupted or not (site / LIST).is_file()
    found = _all(site) if is_whole or changed is None else _some(site, changed, dict(_standing(site / LIST)))
    if contents is not None:
        named = tuple(sorted({path for path in found if is_list(path)} | {list_of(contents.path)}))
        contents.write(named)
        found = _some(site, [contents.path], found)
    digest, _ = _write(site / LIST, sorted(found.items()))
    marker.unlink()
    return FileList(digest=digest, count=_count(site, found))


def digest_of(path: Path) -> str:
    """Yield the digest of a file's bytes, as "sha256:…"."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            found.update(chunk)
    return "sha256:" + found.hexdigest()


def _all(site: Path) -> dict[str, str]:
    """Write every list anew; yield what stands in the topmost one."""
    found = dict[str, str]()
    for where, lines in groupby(_looked_through(site), key=lambda line: list_of(line[0])):
        if where == LIST:
            found.update(lines)
        else:
            # Only a file without a dot in its name ("d/1") may stand apart from the others of its list.
            before = _standing(site / where) if where in found else iter(())
            found[where], _ = _write(site / where, _merged(before, lines))
    for path, entry in list(walk(site / LISTS, LISTS)) if (site / LISTS).is_dir() else []:
        if path not in found:
            Path(entry.path).unlink()
    return found


def _some(site: Path, changed: Iterable[str], before: dict[str, str]) -> dict[str, str]:
    """Write the lists that changes stand in; yield what stands in the topmost one, where `before` stood."""
    found = dict(before)
    paths = sorted({path for path in changed if not _is_unlisted(path)})
    for where, group in groupby(paths, key=list_of):
        looked_at = ((path, _digest(site, path) if os.path.lexists(site / path) else None) for path in group)
        if where == LIST:
            found.update((path, digest or "") for path, digest in looked_at)
        else:
            found[where], count = _write(site / where, _merged(_standing(site / where), looked_at))
            if count == 0:
                (site / where).unlink()
                found[where] = ""
    return {path: digest for path, digest in found.items() if digest}


def _looked_through(site: Path) -> Iterator[Line]:
    for path, entry in walk(site):
        if not _is_unlisted(path):
            if not entry.is_file(follow_symlinks=False):
                raise ArchiveError(path, "it is a link or a device, and a wire holds plain files only")
            yield path, _digest(site, path)


def _is_unlisted(path: str) -> bool:
    return is_log_s_own(path) or is_list(path) or path in _LEFT_OVER


def _digest(site: Path, path: str) -> str:
    if "\n" in path or "\\" in path:
        raise ArchiveError(repr(path), "its name can't stand in a list of files")
    return digest_of(site / path)


def _standing(path: Path) -> Iterator[Line]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            digest, _, name = line.removesuffix("\n").partition(" ")
            yield name, digest


def _merged(old: Iterator[Line], new: Iterable[tuple[str, str | None]]) -> Iterator[Line]:
    """Yield two sorted lists as one; where both name a path the new one wins, and None takes it out."""
    numbered = merge(((path, 0, digest) for path, digest in old), ((path, 1, digest) for path, digest in new))
    for path, found in groupby(numbered, key=itemgetter(0)):
        *_, (_, _, digest) = found
        if digest is not None:
            yield path, digest


def _write(target: Path, lines: Iterable[Line]) -> tuple[str, int]:
    """Write a list beside and rename it; yield its digest and the number of its lines.

    Not flushed to the disk, as pages are not: all of it can be written again, and a flush for each of a thousand lists
    took longer than the rest.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + BESIDE)
    digest, count = hashlib.sha256(), 0
    try:
        with beside.open("wb") as stream:
            for path, found in lines:
                count += 1
                line = f"{found} {path}\n".encode()
                digest.update(line)
                stream.write(line)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return "sha256:" + digest.hexdigest(), count


def _count(site: Path, found: dict[str, str]) -> int:
    """Yield how many files are listed: lines of the topmost list that are files, and lines of the others."""
    return sum((site / path).read_bytes().count(b"\n") if is_list(path) else 1 for path in found)
