"""The log itself, checked: the tree is grown again from the entries, and every file compared with what comes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from communique.archive import _note, _tiles
from communique.archive._errors import BadLog
from communique.archive._files import walk
from communique.archive._ledger import Said
from communique.archive._log import TILES, Log, read

Note = Callable[[str, str, str], None]  # path within the wire, kind, sentence


def check_log(folder: Path, head: _note.Checkpoint, said: Said, note: Note) -> bool:
    """Check every entry and tile of a log against its checkpoint, and hear what the entries say.

    Yields True if the log is whole. Stops at the first bundle that can't be read: nothing behind it can be checked.
    """
    flaws, files = list[tuple[str, str, str]](), 0

    def compare(where: str, expected: bytes) -> None:
        nonlocal files
        files += 1
        if (wrong := _difference(folder, where, expected)) is not None:
            flaws.append((f"log/{where}", *wrong))

    edge = _tiles.Edge(compare)
    try:
        for index, entry in enumerate(Log(folder, head.size).entries()):
            edge.push(entry)
            if wrong := said.take(index, entry):
                flaws.append(("log", "log", f"entry {index} can't be understood: {wrong}"))
    except BadLog as error:
        flaws.append(("log", "log", str(error)))
        return _noted(flaws, note)
    edge.close()
    if edge.root() != head.root:
        flaws.append(("log/checkpoint", "log", "the entries lead to another root than the signed one"))
    flaws += _extra(folder, head.size, files)
    return _noted(flaws, note)


def _noted(flaws: list[tuple[str, str, str]], note: Note) -> bool:
    for flaw in flaws:
        note(*flaw)
    return not flaws


def _difference(folder: Path, where: str, expected: bytes) -> tuple[str, str] | None:
    try:
        found = read(folder / where, where, len(expected))
    except BadLog:
        return "missing", "this tile of the log is missing or can't be read"
    return None if found == expected else ("changed", "its bytes are not those that the entries lead to")


def _extra(folder: Path, size: int, files: int) -> list[tuple[str, str, str]]:
    """Yield what lies among the tiles without belonging there; names are compared only where the counts differ."""
    root = folder / TILES
    if not root.is_dir() or sum(1 for _ in walk(root)) == files:
        return []
    expected = set(_tiles.paths(size))
    found = (where for where, _ in walk(root, TILES + "/") if where not in expected)
    return [(f"log/{where}", "extra", "a log of this size has no such file") for where in found]
