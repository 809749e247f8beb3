"""The transparency log as files: appending to it, and reading it.

The folder holds `checkpoint`, `vkey`, and below `tile/` exactly the full tiles and the partial tiles of the current
size, so that the same entries, key and origin give the same bytes however they came. (The specification lets a log
delete a partial tile once the full one stands; here it goes as soon as a wider one stands, because a wire is copied
as a whole. Whoever holds an older checkpoint takes the wider tile: it begins with the same hashes; a
live wire cuts it for them, see `earlier_tile`.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from communique.archive import _merkle, _note, _tiles
from communique.archive._errors import BadLog, BadNote, Diverged
from communique.archive._files import BESIDE, locked, sync_folder, walk, write_beside

CHECKPOINT, VKEY, TILES = "checkpoint", "vkey", "tile"


class Log:
    """A log of one size in a folder, for reading. After an append, open it anew."""

    def __init__(self, folder: Path, size: int) -> None:
        """Read the log in `folder` as it stands with `size` entries; opens nothing yet."""
        self.folder = folder
        self.size = size
        # 256 tiles with all their rows are some 8 MB; proofs that follow each other need about three at a time.
        self._rows = lru_cache(maxsize=256)(self._read_rows)
        self._bundles = lru_cache(maxsize=16)(self._read_bundle)

    def root(self, size: int | None = None) -> bytes:
        """Yield the root of the tree over the first `size` entries, or over all."""
        return _merkle.root(self._node, self.size if size is None else size)

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """Yield the inclusion proof of an entry in the tree over the first `size` entries."""
        if not 0 <= index < size <= self.size:
            raise BadLog(self.folder, f"no entry {index} in a tree of {size} where the log has {self.size}")
        return _merkle.path(self._node, index, size)

    def leaf(self, index: int) -> bytes:
        """Yield the hash of an entry."""
        return self._node(0, index)

    def entry(self, index: int) -> bytes:
        """Yield an entry."""
        return self._bundles(index // _tiles.WIDTH)[index % _tiles.WIDTH]

    def entries(self, first: int = 0) -> Iterator[bytes]:
        """Yield the entries from `first` on."""
        for index in range(first, self.size):
            yield self.entry(index)

    def edge(self, sink: _tiles.Sink) -> _tiles.Edge:
        """Yield the growing edge of the log as it stands."""
        rows, level = list[list[bytes]](), 0
        while count := self.size >> (8 * level):
            full, partial = divmod(count, _tiles.WIDTH)
            rows.append(list(self._rows(level, full)[0]) if partial else [])
            level += 1
        bundle = b"".join(map(_tiles.bundled, self._bundles(self.size // 256))) if self.size % 256 else b""
        return _tiles.Edge(sink, size=self.size, rows=rows, bundle=bundle)

    def _node(self, height: int, index: int) -> bytes:
        level, within = divmod(height, 8)
        number, position = divmod(index << within, _tiles.WIDTH)
        return self._rows(level, number)[within][position >> within]

    def _read_rows(self, level: int, number: int) -> tuple[tuple[bytes, ...], ...]:
        width = min(_tiles.WIDTH, (self.size >> (8 * level)) - number * _tiles.WIDTH)
        where = _tiles.path(level, number, width)
        tile = self._read(where, _merkle.HASH_BYTES * width)
        if len(tile) != _merkle.HASH_BYTES * width:
            raise BadLog(where, f"{len(tile)} bytes, where {_merkle.HASH_BYTES * width} are expected")
        return _merkle.rows(_tiles.hashes(tile))

    def _read_bundle(self, number: int) -> tuple[bytes, ...]:
        width = min(_tiles.WIDTH, self.size - number * _tiles.WIDTH)
        where = _tiles.path("entries", number, width)
        found = _tiles.unbundled(self._read(where, width * (_tiles.ENTRY_BYTES + 2)), where)
        if len(found) != width:
            raise BadLog(where, f"{len(found)} entries, where {width} are expected")
        return tuple(found)

    def _read(self, where: str, most_bytes: int) -> bytes:
        return read(self.folder / where, where, most_bytes)


def read(path: Path, where: str, most_bytes: int) -> bytes:
    """Read a plain file of the log, up to one byte more than it may have."""
    if path.is_symlink() or not path.is_file():
        raise BadLog(where, "it is missing")
    try:
        with path.open("rb") as stream:
            return stream.read(most_bytes + 1)
    except OSError as error:
        raise BadLog(where, f"it can't be read ({error.strerror})") from error


def earlier_tile(folder: Path, path: str) -> bytes | None:
    """Yield a partial tile or bundle that the log in a folder had when it was smaller; None: it never had it.

    The specification asks who serves a log to keep these for every signed size; the folder holds the widest only.
    """
    whole, _, width = path.partition(".p/")
    beside = folder / f"{whole}.p"
    there = sorted(int(one.name) for one in beside.iterdir() if one.name.isdigit()) if beside.is_dir() else []
    wider = beside / str(there[-1]) if there else folder / whole
    return _tiles.narrower(path, wider.read_bytes()) if width and wider.is_file() else None


def log(folder: Path, known: _note.Verifier) -> Log:
    """Open the log in a folder, at the size of its checkpoint, which `known` must have signed."""
    return Log(folder, checkpoint(folder, known).size)


def checkpoint(folder: Path, known: _note.Verifier) -> _note.Checkpoint:
    """Read the checkpoint of the log in a folder."""
    return _note.checkpoint(read(folder / CHECKPOINT, CHECKPOINT, _note.NOTE_BYTES), known)


def append(folder: Path, entries: Iterable[bytes], *, first: int = 0, signer: _note.Signer) -> int:
    """Bring the log in a folder up to date; yield its size.

    `entries` are all the entries from index `first` on. Those that stand already must be the same, so the call may be
    repeated, and a crash at any point is mended by the next: the checkpoint, written last, decides what stands.
    Raises `Diverged`, and changes nothing, where the log in the folder is not a beginning of the entries.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        standing = _standing(folder, signer)
        edge = standing.edge(lambda where, content: _written(folder, where, content))
        for entry in _fresh(standing, entries, first):
            edge.push(entry)
        edge.close()
        head = _note.Checkpoint(origin=signer.name, size=edge.size, root=edge.root())
        write_beside(folder / VKEY, signer.verifier.vkey.encode() + b"\n")
        write_beside(folder / CHECKPOINT, signer.sign(head.text))
        _sweep(folder, edge.size)
    return edge.size


def _written(folder: Path, where: str, content: bytes) -> None:
    write_beside(folder / where, content)


def _standing(folder: Path, signer: _note.Signer) -> Log:
    """Yield the log as it stands, after a look at whether its edge fits its checkpoint."""
    if not (folder / CHECKPOINT).exists():
        return Log(folder, 0)
    advice = "move this `log` folder away and write the wire in full: the ledger holds all entries"
    try:
        head = checkpoint(folder, signer.verifier)
        found = Log(folder, head.size)
        fits = found.edge(lambda _where, _content: None).root() == head.root
    except (BadLog, BadNote) as error:
        raise Diverged(folder, str(error), advice=advice) from error
    if not fits:
        raise Diverged(folder, "the tiles don't fit the checkpoint", advice=advice)
    return found


def _fresh(standing: Log, entries: Iterable[bytes], first: int) -> Iterator[bytes]:
    """Yield the entries that don't stand yet, after comparing those that do."""
    if first > standing.size:
        raise Diverged(standing.folder, f"it has {standing.size} entries, and those given begin at {first}",
                       advice=f"give the entries from {standing.size} on")  # fmt: skip
    remaining = iter(entries)
    for index, entry in enumerate(islice(remaining, standing.size - first), first):
        if _merkle.leaf(entry) != standing.leaf(index):
            raise Diverged(standing.folder, f"entry {index} is another than the one given",
                           advice="a signed log is never rewritten; restore a newer backup")  # fmt: skip
    yield from remaining


def _sweep(folder: Path, size: int) -> None:
    """Remove what a log of that size does not have: narrower partial tiles, remainders of a crash."""
    expected = set(_tiles.paths(size))
    root = folder / TILES
    for where, entry in list(walk(root, TILES + "/")) if root.is_dir() else []:
        if where not in expected:
            Path(entry.path).unlink()
            _remove_empty(Path(entry.path).parent, root)
    for name in (CHECKPOINT, VKEY):
        (folder / (name + BESIDE)).unlink(missing_ok=True)
    sync_folder(folder)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
