"""Tiles and entry bundles, after https://c2sp.org/tlog-tiles: what files a log of a given size has, and their bytes.

Nothing here reads or writes: the growing edge of a log hands each finished file to whom it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from communique.archive import _merkle
from communique.archive._errors import BadLog

WIDTH = 256  # hashes in a full tile: the root of a tile of height 8
ENTRY_BYTES = 0xFFFF  # an entry's length is a uint16

_PARTIAL = re.compile(r"tile/(entries|[0-9]+)/(?:x[0-9]{3}/)*[0-9]{3}\.p/([1-9][0-9]{0,2})", re.ASCII)

# (path below the log's folder, bytes) of a finished file
Sink = Callable[[str, bytes], None]


def path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Yield the path of a tile (or, for level "entries", of an entry bundle): tile/0/x001/x234/067.p/8."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    steps = "/".join([*("x" + part for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{steps}" + ("" if width == WIDTH else f".p/{width}")


def paths(size: int) -> Iterator[str]:
    """Yield the path of every file below `tile/` of a log of that size."""
    yield from _row("entries", size)
    level = 0
    while count := size >> (8 * level):
        yield from _row(level, count)
        level += 1


def _row(level: int | str, count: int) -> Iterator[str]:
    full, partial = divmod(count, WIDTH)
    for number in range(full):
        yield path(level, number)
    if partial:
        yield path(level, full, partial)


def hashes(tile: bytes) -> list[bytes]:
    """Yield the hashes of a tile."""
    size = _merkle.HASH_BYTES
    return [tile[at : at + size] for at in range(0, len(tile), size)]


def bundled(entry: bytes) -> bytes:
    """Yield an entry as it stands in a bundle: its length, then its bytes."""
    if len(entry) > ENTRY_BYTES:
        raise ValueError(f"an entry of the log has {len(entry)} bytes; at most {ENTRY_BYTES} are possible")
    return len(entry).to_bytes(2, "big") + entry


def unbundled(bundle: bytes, where: str) -> list[bytes]:
    """Yield the entries of a bundle."""
    found, at = list[bytes](), 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if end > len(bundle):
            raise BadLog(where, "an entry ends behind the end of the file")
        found.append(bundle[at + 2 : end])
        at = end
    return found


def narrower(path: str, wider: bytes) -> bytes | None:
    """Yield what a partial tile or bundle of that path held, from one that stands in its place and holds more.

    None: the path is not that of a partial tile, or the other does not hold as much.
    """
    asked = _PARTIAL.fullmatch(path)
    if asked is None:
        return None
    width = int(asked[2])
    found = unbundled(wider, path) if asked[1] == "entries" else hashes(wider)
    if not 0 < width < WIDTH or len(found) < width:
        return None
    return b"".join(map(bundled, found[:width]) if asked[1] == "entries" else found[:width])


class Edge:
    """The right edge of a growing log: the hashes and entries of the tiles that are not full yet."""

    def __init__(self, sink: Sink, *, size: int = 0, rows: Iterable[list[bytes]] = (), bundle: bytes = b"") -> None:
        """Begin at a size. `rows` are the hashes of the partial tiles, level by level, `bundle` the partial bundle."""
        self.size = size
        self._sink = sink
        self._rows = list(rows)
        self._bundle = bytearray(bundle)

    def push(self, entry: bytes) -> None:
        """Take one more entry; hand over what became full by it."""
        self._bundle += bundled(entry)
        self.size += 1
        self._take(0, _merkle.leaf(entry))
        if self.size % WIDTH == 0:
            self._sink(path("entries", self.size // WIDTH - 1), bytes(self._bundle))
            self._bundle.clear()

    def _take(self, level: int, digest: bytes) -> None:
        if level == len(self._rows):
            self._rows.append([])
        row = self._rows[level]
        row.append(digest)
        if len(row) == WIDTH:
            self._sink(path(level, (self.size >> (8 * (level + 1))) - 1), b"".join(row))
            top = _merkle.rows(row)[-1][0]
            row.clear()
            self._take(level + 1, top)

    def close(self) -> None:
        """Hand over the partial tiles and the partial bundle."""
        for level, row in enumerate(self._rows):
            if row:
                self._sink(path(level, self.size >> (8 * (level + 1)), len(row)), b"".join(row))
        if self._bundle:
            self._sink(path("entries", self.size // WIDTH, self.size % WIDTH), bytes(self._bundle))

    def root(self) -> bytes:
        """Yield the root over all entries: the perfect subtrees of the edge, joined from right to left."""
        found: bytes | None = None
        for row in self._rows:
            for peak in _peaks(row):
                found = peak if found is None else _merkle.interior(peak, found)
        return _merkle.EMPTY_ROOT if found is None else found


def _peaks(row: list[bytes]) -> Iterator[bytes]:
    """Yield the roots of the perfect subtrees of a row, the smallest (rightmost) first."""
    for height, level in enumerate(_merkle.rows(row)):
        if len(row) >> height & 1:
            yield level[(len(row) >> height) - 1]
