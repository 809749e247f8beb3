"""The log's key in the workspace's `keys/` (mode 0700): `log.key`, one line, mode 0600."""

from __future__ import annotations

import os
from pathlib import Path

from communique.archive import _note
from communique.archive._errors import BadKey
from communique.archive._files import sync_folder

_FILE = "log.key"


def save_key(folder: Path, signer: _note.Signer) -> Path:
    """Write a key to a folder that has none; yield the file. Whoever loses this file can't continue the log."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / _FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BadKey(path, "there is a key already", advice="move it away first if a new log is to begin") from error
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(signer.secret + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(folder)
    return path


def load_key(folder: Path) -> _note.Signer:
    """Read the key of a folder."""
    path = folder / _FILE
    try:
        line = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadKey(path, f"it can't be read ({error})", advice="restore it from a backup") from error
    return _note.signer(line.removesuffix("\n"))


def has_key(folder: Path) -> bool:
    """Tell whether a folder holds the key of a log."""
    return (folder / _FILE).is_file()
