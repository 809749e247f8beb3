"""Cheap keys: two documents that may be the same statement share at least one, and most others share none."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from communique.match._background import WEIGHT
from communique.match._fingerprint import KIND_SHIFT, LINK, SOUND, WORD, Fingerprint, fingerprint
from communique.records import Document

# Sizes. Recall of candidates (tests/gold, without dates and links) with 36 marks and 14 runs of words: 0.992 on match,
# 0.984 on twins; with 48 and 10: 0.996 and 0.999; 64 marks bring nothing more.
WORDING_KEYS = 10  # smallest shingle hashes: an excerpt of a third of a text has some of them too
MARK_KEYS = 48
LINK_KEYS = 6
# Kinds of keys beside those of the marks, in the same bits.
_WORDING, _ADDRESS, _SIGNERS, _PUBLISHER_AND_DAY = range(11, 15)
# Words of one's own and sounds are shared by chance more often than a translation carries them over.
DOUBT = {WORD: 8.0, SOUND: 16.0}


def keys(document: Document) -> frozenset[int]:
    """Yield a document's keys, some seventy at most, for the ledger to store and look up candidates by."""
    return keys_of(fingerprint(document))


def keys_of(one: Fingerprint) -> frozenset[int]:
    """Yield the keys: numbers of 36 bits, the kind above, a hash of 32 bits below."""
    return frozenset(_keys(one))


def _keys(one: Fingerprint) -> Iterator[int]:
    yield from (_WORDING << KIND_SHIFT | shingle for shingle in one.shingles[:WORDING_KEYS])
    yield from sorted((mark for mark in one.marks if mark >> KIND_SHIFT != LINK), key=_rank)[:MARK_KEYS]
    yield from sorted((mark for mark in one.marks if mark >> KIND_SHIFT == LINK), key=_rank)[:LINK_KEYS]
    if one.address:
        yield _key(_ADDRESS, one.address)
    if len(one.signers) > 1:
        yield _key(_SIGNERS, chr(0).join(sorted(one.signers)))
    if one.publisher and one.day is not None:
        yield _key(_PUBLISHER_AND_DAY, f"{one.publisher} {one.day}")


def _key(kind: int, text: str) -> int:
    return kind << KIND_SHIFT | crc32(text.encode("utf-8", "surrogatepass"))


def _rank(mark: int) -> float:
    """Yield the place of a mark in the sample: the same in every document, the weightier the likelier in front.

    Weighted sampling without replacement after Efraimidis and Spirakis (2006), with a hash for the random number.
    """
    kind = mark >> KIND_SHIFT
    uniform = ((mark & 0xFFFFFFFF) * 2654435761 & 0xFFFFFFFF) / 0x100000000
    return uniform * DOUBT.get(kind, 1.0) / WEIGHT[kind]
