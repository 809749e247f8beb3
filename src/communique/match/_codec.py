"""Fingerprints as bytes, for a ledger to keep: what a document costs is paid once, not at each comparison.

A byte for the version, the numbers and the lengths of what follows, then texts and rows; little-endian everywhere.
Hashes can't be compressed, so nothing is: of a statement of 1,800 letters there are 3 KiB.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, cast

from communique.match._fingerprint import Fingerprint
from communique.records.versions import MATCH

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD = struct.Struct("<BBiIII11I")  # version, flags, day, letters, paragraphs, words; bytes of each part
_HEADS = [
    ("version", "u1"), ("flags", "u1"), ("day", "<i4"), ("letters", "<u4"), ("paragraphs", "<u4"), ("words", "<u4"),
    ("lengths", "<u4", (11,)),
]  # fmt: skip
_NO_DAY = -1
_LATIN, _MARKED_UPDATED = 1, 2
_PART = "\0"  # between names; what is read has none


def encoded(one: Fingerprint) -> bytes:
    """Yield a fingerprint as bytes."""
    flags = _LATIN * one.latin | _MARKED_UPDATED * one.is_marked_updated
    day = one.day if one.day is not None else _NO_DAY
    texts = (one.digest, one.identity, one.language, one.publisher, one.address, _PART.join(sorted(one.signers)))
    rows = (
        _row("I", sorted(one.publisher_marks)), _row("Q", sorted(one.title_marks)), _row("I", one.shingles),
        _row("Q", one.marks), one.places,
    )  # fmt: skip
    parts = (*(text.encode("utf-8", "surrogatepass") for text in texts), *rows)
    numbers = (MATCH, flags, day, one.letters, one.paragraphs, one.words)
    return _HEAD.pack(*numbers, *map(len, parts)) + b"".join(parts)


def decoded(kept: bytes) -> Fingerprint | None:
    """Yield the fingerprint that bytes hold; None: another version of this room made them, make it anew."""
    return _decoded(kept) if kept and kept[0] == MATCH else None


def _decoded(kept: bytes) -> Fingerprint:
    _, flags, day, letters, paragraphs, words, *lengths = _HEAD.unpack_from(kept)
    ends = list(accumulate(lengths, initial=_HEAD.size))
    parts = [kept[start:end] for start, end in pairwise(ends)]
    digest, identity, language, publisher, address, signers = (
        part.decode("utf-8", "surrogatepass") for part in parts[:6]
    )
    publisher_marks, title_marks, shingles, marks = (
        _array(code, part) for code, part in zip("IQIQ", parts[6:10], strict=True)
    )
    return Fingerprint(
        digest=digest, identity=identity, language=language, latin=bool(flags & _LATIN),
        day=day if day != _NO_DAY else None, publisher=publisher, address=address,
        signers=frozenset(signers.split(_PART) if signers else ()), publisher_marks=frozenset(publisher_marks),
        title_marks=frozenset(title_marks), letters=letters, paragraphs=paragraphs, words=words, shingles=shingles,
        marks=marks, places=parts[10], is_marked_updated=bool(flags & _MARKED_UPDATED),
    )  # fmt: skip


class _Kept:
    """A fingerprint as bytes, read when somebody asks for more than a first look does."""

    __slots__ = ("_whole", "content")

    def __init__(self, content: bytes) -> None:
        self.content, self._whole = content, cast("Fingerprint | None", None)

    def whole(self) -> Fingerprint:
        self._whole = self._whole or _decoded(self.content)
        return self._whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole(), name)


def kept(content: bytes) -> Fingerprint | None:
    """Yield the same as `decoded`, read when it is asked for: most candidates are passed over at a first look."""
    if not content or content[0] != MATCH:
        return None
    # Whoever asks for an attribute gets it, as from a fingerprint; a type of its own would be everybody's business.
    return cast("Fingerprint", _Kept(content))


def whole(one: Fingerprint) -> Fingerprint:
    """Yield a fingerprint that is read in full, for whoever asks for nearly all of it."""
    made: object = one  # what `kept` calls a fingerprint
    return made.whole() if isinstance(made, _Kept) else one


@dataclass(frozen=True, slots=True)
class Looks:
    """What a first look needs of some fingerprints: rows of numbers, all in one go."""

    languages: Sequence[bytes]  # UTF-8
    publishers: Sequence[bytes]
    latin: NDArray[np.bool_]
    days: NDArray[np.int64]  # _NO_DAY where there is none
    shingles: NDArray[np.uint32]  # of the first one, then of the second, …
    shingle_sizes: NDArray[np.int64]
    marks: NDArray[np.uint64]
    mark_sizes: NDArray[np.int64]


def looks(prints: Sequence[Fingerprint]) -> Looks:
    """Yield what a first look needs of fingerprints. What is kept as bytes is not read: a fiftieth of the time."""
    import numpy as np  # a tenth of a second, which only those pay who have many candidates

    contents = [made.content for one in prints if isinstance(made := cast("object", one), _Kept)]
    if len(contents) < len(prints):
        return _looks_of_whole(prints)
    heads = np.frombuffer(b"".join(one[: _HEAD.size] for one in contents), _HEADS)
    ends = _HEAD.size + np.cumsum(heads["lengths"], axis=1, dtype=np.int64)
    rows = [(content, *at) for content, at in zip(contents, ends[:, [1, 2, 3, 7, 8, 9]].tolist(), strict=True)]
    return Looks(
        languages=[content[start:end] for content, start, end, *_ in rows],
        publishers=[content[start:end] for content, _, start, end, *_ in rows],
        latin=(heads["flags"] & _LATIN).astype(np.bool_),
        days=heads["day"].astype(np.int64),
        shingles=np.frombuffer(b"".join(content[start:end] for content, *_, start, end, _ in rows), "<u4"),
        shingle_sizes=heads["lengths"][:, 8].astype(np.int64) // 4,
        marks=np.frombuffer(b"".join(content[start:end] for content, *_, start, end in rows), "<u8"),
        mark_sizes=heads["lengths"][:, 9].astype(np.int64) // 8,
    )


def _looks_of_whole(prints: Sequence[Fingerprint]) -> Looks:
    import numpy as np

    return Looks(
        languages=[one.language.encode("utf-8", "surrogatepass") for one in prints],
        publishers=[one.publisher.encode("utf-8", "surrogatepass") for one in prints],
        latin=np.array([one.latin for one in prints], np.bool_),
        days=np.array([_NO_DAY if one.day is None else one.day for one in prints], np.int64),
        shingles=np.frombuffer(b"".join(one.shingles for one in prints), np.uint32),
        shingle_sizes=np.array([len(one.shingles) for one in prints], np.int64),
        marks=np.frombuffer(b"".join(one.marks for one in prints), np.uint64),
        mark_sizes=np.array([len(one.marks) for one in prints], np.int64),
    )


def _row(code: str, numbers: Iterable[int]) -> bytes:
    return _turned(array(code, numbers)).tobytes()


def _array(code: str, kept: bytes) -> array[int]:
    row: array[int] = array(code)
    row.frombytes(kept)
    return _turned(row)


def _turned(row: array[int]) -> array[int]:
    if sys.byteorder == "big":
        row.byteswap()
    return row
