"""Pages become files: written beside and renamed, so that a reader sees the old page or the new one, never a half."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from communique.wire._edition import WireError
from communique.wire._press import Page

_BESIDE = ".communique-part"  # ending of a file that is being written
# What a build may have put into the folder, and so may take away again. Files of the log, and whatever else a desk
# keeps beside its wire, are not touched.
_OURS = re.compile(
    r"(?:index\.html|feed\.(?:atom|rss|json)|sitemap(?:-\w+)?\.xml|robots\.txt|opensearch\.xml|404\.html"
    r"|(?:about|corrections|search)/index\.html|page/\d+/index\.html|assets/[\w.-]+"
    r"|d/\d+\.[\w.-]+|d/\d+/(?:[^/]+/)?index\.html"
    r"|(?:org|country|topic|story|series|lang)/(?:index\.html|[^/]+/(?:index\.html|feed\.(?:atom|rss|json)|page/\d+/index\.html)))"
)
_FOLDERS = (
    "page",
    "d",
    "org",
    "country",
    "topic",
    "story",
    "series",
    "lang",
    "about",
    "corrections",
    "search",
    "assets",
)


class WriteError(WireError):
    """A file of the wire could not be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build did to the folder. Paths are relative to it."""

    changed: tuple[str, ...]  # new or with other bytes than before, in order of writing
    removed: tuple[str, ...]
    same: int  # pages whose file already had these bytes


def write(pages: Iterable[Page], folder: Path) -> Written:
    """Bring the pages into the folder; a page without body is removed. Other files stay."""
    return _written(pages, folder)[0]


def write_whole(pages: Iterable[Page], folder: Path) -> Written:
    """Bring a full build into the folder, and remove what earlier builds left there that is not of it."""
    done, present = _written(pages, folder)
    stale = tuple(path for path in _ours(folder) if path not in present)
    for path in stale:
        _remove(folder, path)
    return Written(changed=done.changed, removed=done.removed + stale, same=done.same)


def _written(pages: Iterable[Page], folder: Path) -> tuple[Written, set[str]]:
    changed, removed, present = [], [], set()
    for page in pages:
        path = _checked(page.path)
        if page.body is None:
            removed += [path] if _remove(folder, path) else []
            continue
        present.add(path)
        if _put(folder / path, page.body):
            changed.append(path)
    return Written(changed=tuple(changed), removed=tuple(removed), same=len(present) - len(changed)), present


def _checked(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or any(part in ("", ".", "..") for part in path.split("/")):
        raise WriteError(f"{path!r} is not a path within the wire's folder")
    return path


def _put(file: Path, body: bytes) -> bool:
    """Write a file unless it already has these bytes; tell whether it was written."""
    try:
        if file.is_file() and file.stat().st_size == len(body) and file.read_bytes() == body:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name[:100]}.{os.getpid()}{_BESIDE}")
        try:
            beside.write_bytes(body)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(
            f"{file}: {error.strerror}; the file is as it was before, publish again when mended"
        ) from error
    return True


def _remove(folder: Path, path: str) -> bool:
    """Remove a file, and the folders that are empty without it; tell whether it was there."""
    file = folder / path
    try:
        if not file.is_file():
            return False
        file.unlink()
    except OSError as error:
        raise WriteError(f"{file}: {error.strerror}; it is out of date and should be removed") from error
    for parent in file.relative_to(folder).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty
            break
    return True


def _ours(folder: Path) -> Iterator[str]:
    """Yield the files that builds made, and the remains of interrupted ones."""
    for place, _, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        for name in names:
            path = (inside / name).as_posix()
            if _OURS.fullmatch(path) or name.endswith(_BESIDE):
                yield path
