"""Cheap keys: two documents that may be the same statement share at least one, and most others share none."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from communique.match._background import WEIGHT
from communique.match._fingerprint import KIND_SHIFT, LINK, SOUND, WORD, Fingerprint, fingerprint
from communique.records import Document

# Sizes, set by reason. With them 0.99 and more of the true pairs of each gold set share a key (tests/gold); after the
# caps of _candidates 0.977 of match and 0.84 of twins are compared directly, without dates and links.
WORDING_KEYS = 14  # smallest shingle hashes: an excerpt of a third of a text has some of them too
MARK_KEYS = 36
LINK_KEYS = 6


def keys(document: Document) -> frozenset[str]:
    """Yield a document's keys, some sixty at most, for the ledger to store and look up candidates by."""
    return keys_of(fingerprint(document))


def keys_of(one: Fingerprint) -> frozenset[str]:
    """Yield the keys: a letter for the kind, then eight hex digits of a hash.

    w wording, m what survives translation, l link, u address, s signers, d publisher and day.
    """
    return frozenset(_keys(one))


def _keys(one: Fingerprint) -> Iterator[str]:
    yield from (f"w{shingle:08x}" for shingle in one.shingles[:WORDING_KEYS])
    chosen = sorted((mark for mark in one.marks if mark >> KIND_SHIFT != LINK), key=_rank)[:MARK_KEYS]
    yield from (f"m{mark >> KIND_SHIFT:x}{mark & 0xFFFFFFFF:08x}" for mark in chosen)
    links = sorted((mark for mark in one.marks if mark >> KIND_SHIFT == LINK), key=_rank)[:LINK_KEYS]
    yield from (f"l{mark & 0xFFFFFFFF:08x}" for mark in links)
    if one.address:
        yield f"u{_hash(one.address)}"
    if len(one.signers) > 1:
        yield f"s{_hash(chr(0).join(sorted(one.signers)))}"
    if one.publisher and one.day is not None:
        yield f"d{_hash(f'{one.publisher} {one.day}')}"


def _hash(text: str) -> str:
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _rank(mark: int) -> float:
    """Yield the place of a mark in the sample: the same in every document, the weightier the likelier in front.

    Weighted sampling without replacement after Efraimidis and Spirakis (2006), with a hash for the random number.
    """
    kind = mark >> KIND_SHIFT
    uniform = ((mark & 0xFFFFFFFF) * 2654435761 & 0xFFFFFFFF) / 0x100000000
    doubt = 4.0 if kind in (WORD, SOUND) else 1.0
    return float(uniform * doubt / WEIGHT[kind])
