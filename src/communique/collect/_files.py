"""Files of this machine, read as if a stranger had put them there: regular files of bounded size, never a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from heapq import nlargest
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from communique.collect._trouble import shown, trouble
from communique.records import Trouble


def place(url: str) -> Path | Trouble:
    """Yield the absolute path of a `file:` address. A link to the place itself is the desk's own, and is followed."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        detail = f"{shown(url)} is not the address of a local file or folder, like file:///srv/mail"
        return trouble("bad-address", detail, passing=False)
    try:
        return Path(url2pathname(parts.path)).resolve(strict=True)
    except (OSError, ValueError) as error:
        detail = f"{shown(url)} is not there ({shown(_why(error))}); check the address and who may read it"
        return trouble("missing", detail, passing=True)


def names(folder: Path, limit: int) -> Iterator[Path | Trouble]:
    """Yield the visible entries of a folder in the order of their names, so that each visit is the same.

    Of more than `limit`, the last ones: in a Maildir, where names begin with the time, those are the newest.
    """
    try:
        with os.scandir(folder) as entries:
            found = nlargest(limit + 1, (entry.name for entry in entries if not entry.name.startswith(".")))
    except OSError as error:
        yield trouble(
            "unlistable", f"{folder.name} can't be listed ({_why(error)}); check who may read it", passing=True
        )
        return
    yield from (folder / name for name in sorted(found[:limit]))
    if len(found) > limit:
        detail = f"{folder.name} holds more than {limit} files (collect.files); move away what was taken over"
        yield trouble("too-many", detail, passing=False)


def content(path: Path, limit: int) -> bytes | Trouble:
    """Yield a file's bytes, or why it is left alone."""
    stream = opened(path)
    if isinstance(stream, Trouble):
        return stream
    with stream:
        try:
            kept = stream.read(limit + 1)
        except OSError as error:
            return trouble("unreadable", f"{shown(path.name)} can't be read ({_why(error)})", passing=True)
    if len(kept) > limit:
        detail = f"{shown(path.name)} has more than {limit} bytes (collect.body_bytes); it is left where it is"
        return trouble("too-large", detail, passing=False)
    return kept


def opened(path: Path) -> IO[bytes] | Trouble:
    """Open a regular file for reading; links, pipes and devices are refused before anything is read of them."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            detail = (
                f"{shown(path.name)} is a link to another place, which could be anywhere; put the file itself there"
            )
            return trouble("link", detail, passing=False)
        return trouble("unreadable", f"{shown(path.name)} can't be opened ({_why(error)})", passing=True)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        return trouble("not-a-file", f"{shown(path.name)} is not a regular file; it is left alone", passing=False)
    return os.fdopen(number, "rb")


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
