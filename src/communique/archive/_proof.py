"""Proofs that stand alone: https://c2sp.org/tlog-proof."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.archive import _merkle, _note
from communique.archive._errors import BadNote
from communique.archive._log import Log

_HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)
_MOST_HASHES = 63  # a tree of 2**63 entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That one entry stands in a log of a certain size."""

    index: int
    siblings: tuple[bytes, ...]  # from the leaf's sibling up to the root's child
    checkpoint: _note.Checkpoint


def proof(log: Log, index: int, *, size: int, signer: _note.Signer) -> bytes:
    """Yield the proof file of an entry in the log's first `size` entries; the same always for the same three.

    The checkpoint is that of exactly this size, so the file need not change when the log grows.
    """
    head = _note.Checkpoint(origin=signer.name, size=size, root=log.root(size))
    lines = [_HEADER, f"index {index}"]
    lines += [base64.b64encode(sibling).decode("ascii") for sibling in log.path(index, size)]
    return ("\n".join(lines) + "\n\n").encode() + signer.sign(head.text)


def proofs(log: Log, wanted: Iterable[tuple[int, int]], *, signer: _note.Signer) -> Iterator[bytes]:
    """Yield the proof file for each (index, size), in order."""
    for index, size in wanted:
        yield proof(log, index, size=size, signer=signer)


def read_proof(content: bytes, known: _note.Verifier) -> Proof:
    """Read a proof file whose checkpoint `known` has signed; whether it leads to the root is `holds`."""
    head, blank, note = content.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadNote("proof", "its head is not ASCII") from error
    index = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
    if not blank or lines[0] != _HEADER or index is None or len(lines) > 2 + _MOST_HASHES:
        raise BadNote("proof", f"it is not `{_HEADER}`, an index, hashes, a blank line and a checkpoint")
    siblings = tuple(_hash(line) for line in lines[2:])
    return Proof(index=int(index[1]), siblings=siblings, checkpoint=_note.checkpoint(note, known))


def holds(found: Proof, leaf: bytes) -> bool:
    """Tell whether the proof leads from the hash of an entry to the root of its checkpoint."""
    size = found.checkpoint.size
    return _merkle.root_by_path(leaf, found.index, size, found.siblings) == found.checkpoint.root


def _hash(line: str) -> bytes:
    content = _note.unbase64(line)
    if content is None or len(content) != _merkle.HASH_BYTES:
        raise BadNote("proof", f"{line[:60]!r} is not a hash in base64")
    return content
