"""What the log says of each dispatch and of the newest edition, in a temporary database: memory stays small."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any, Self

_ID = re.compile(r"[0-9]{1,18}", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The newest edition that the log knows."""

    index: int  # of its entry
    number: int
    at: str  # ISO 8601
    files: str  # digest of its list of files
    count: int


class Said:
    """What the entries of a log say."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.edition: Edition | None = None
        # An empty name: a temporary database, which SQLite moves to the disk when it grows.
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE entry (n INTEGER PRIMARY KEY, id INTEGER NOT NULL, digest TEXT NOT NULL);"
            "CREATE TABLE newest (id INTEGER PRIMARY KEY, digest TEXT NOT NULL);"
            "BEGIN"
        )

    def __enter__(self) -> Self:
        """Yield itself; the database lives as long as the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Drop the database."""
        self._rows.close()

    def take(self, index: int, entry: bytes) -> str | None:
        """Note what an entry says; yield what is wrong with it, or None. Kinds that are not known are passed over."""
        try:
            fields = json.loads(entry)
        except (ValueError, RecursionError):
            return "it is not JSON"
        if not isinstance(fields, dict):
            return "it is not a JSON object"
        if fields.get("kind") in ("dispatch", "operation"):
            return self._take_dispatch(index, fields)
        return self._take_edition(index, fields) if fields.get("kind") == "edition" else None

    def newest(self, id_: int) -> str | None:
        """Yield the digest of the newest entry of a dispatch."""
        found = self._rows.execute("SELECT digest FROM newest WHERE id = ?", (id_,)).fetchone()
        return str(found[0]) if found else None

    def id_at(self, index: int) -> int | None:
        """Yield the dispatch that an entry is about."""
        found = self._rows.execute("SELECT id FROM entry WHERE n = ?", (index,)).fetchone()
        return int(found[0]) if found else None

    def _take_dispatch(self, index: int, fields: dict[str, Any]) -> str | None:
        id_, digest = fields.get("id"), fields.get("digest")
        if not (isinstance(id_, str) and _ID.fullmatch(id_) and isinstance(digest, str) and _DIGEST.fullmatch(digest)):
            return "it names no dispatch and digest"
        self._rows.execute("INSERT INTO entry VALUES (?, ?, ?)", (index, int(id_), digest))
        self._rows.execute("INSERT OR REPLACE INTO newest VALUES (?, ?)", (int(id_), digest))
        return None

    def _take_edition(self, index: int, fields: dict[str, Any]) -> str | None:
        number, at, files, count = (fields.get(name) for name in ("number", "at", "files", "count"))
        if not (isinstance(number, int) and isinstance(at, str) and isinstance(files, str) and isinstance(count, int)):
            return "it names no number, instant, list and count"
        if self.edition and number <= self.edition.number:
            return f"edition {number} follows edition {self.edition.number}"
        self.edition = Edition(index=index, number=number, at=at, files=files, count=count)
        return None
