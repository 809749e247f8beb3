"""The hash tree of RFC 6962, section 2.1, over SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

# (height, index) -> hash of the perfect subtree over the leaves index * 2**height … (index + 1) * 2**height
Node = Callable[[int, int], bytes]


def leaf(entry: bytes) -> bytes:
    """Yield the hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def interior(left: bytes, right: bytes) -> bytes:
    """Yield the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def pairs(row: Sequence[bytes]) -> list[bytes]:
    """Yield the row above a row of hashes; one without a partner has no parent yet."""
    return [interior(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]


def rows(row: Sequence[bytes]) -> tuple[tuple[bytes, ...], ...]:
    """Yield a row and all the rows above it, as far as they are whole."""
    found = [tuple(row)]
    while len(found[-1]) > 1:
        found.append(tuple(pairs(found[-1])))
    return tuple(found)


def root(node: Node, size: int) -> bytes:
    """Yield the root of the tree over the first `size` entries."""
    return _over(node, 0, size) if size else EMPTY_ROOT


def path(node: Node, index: int, size: int) -> tuple[bytes, ...]:
    """Yield the inclusion proof PATH(index, D[size]): from the leaf's sibling up to the root's child."""
    low, high, found = 0, size, list[bytes]()
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            found.append(_over(node, middle, high))
            high = middle
        else:
            found.append(_over(node, low, middle))
            low = middle
    return tuple(reversed(found))


def root_by_path(leaf_hash: bytes, index: int, size: int, siblings: Sequence[bytes]) -> bytes | None:
    """Yield the root that an inclusion proof leads to; None where it has not the right length.

    After RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    here, last, found = index, size - 1, leaf_hash
    for sibling in siblings:
        if last == 0:
            return None
        if here & 1 or here == last:
            found = interior(sibling, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = interior(found, sibling)
        here, last = here >> 1, last >> 1
    return found if last == 0 else None


def _split(count: int) -> int:
    """Yield the largest power of two below a count of at least two."""
    return 1 << ((count - 1).bit_length() - 1)


def _over(node: Node, low: int, high: int) -> bytes:
    """Yield MTH(D[low:high]) for a range that the tree itself splits off, so that `low` is aligned."""
    count = high - low
    height = count.bit_length() - 1
    if count == 1 << height:
        return node(height, low >> height)
    middle = low + _split(count)
    return interior(_over(node, low, middle), _over(node, middle, high))
