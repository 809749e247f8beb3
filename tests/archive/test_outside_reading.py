"""The log as somebody reads it who has the specifications and nothing of ours.

Written from c2sp.org/tlog-tiles, tlog-checkpoint, signed-note and tlog-proof, and RFC 6962, section 2.1; it imports
nothing of what it judges.
"""

from __future__ import annotations

import base64
import hashlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from communique import archive

WireMaker = Callable[..., Path]
COUNT = 300  # dispatches: a full tile, partial ones on two levels, a partial bundle
FLIPS = 12  # changed bits in each file


def sha(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def signed(note: bytes, vkey: str) -> list[str]:
    """Yield the lines of a note's text, whose signature by the key must hold."""
    name, key_hash, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    assert key[0] == 1  # Ed25519
    assert sha(name.encode() + b"\n" + key)[:4].hex() == key_hash
    text, _, signatures = note.decode().rpartition("\n\n")
    mark, signer, encoded = signatures.removesuffix("\n").split(" ")
    signature = base64.b64decode(encoded, validate=True)
    assert base64.b64encode(signature).decode() == encoded
    assert (mark, signer, signature[:4].hex()) == ("—", name, key_hash)
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], (text + "\n").encode())
    return text.split("\n")


def checkpoint(note: bytes, vkey: str) -> tuple[int, bytes]:
    """Yield size and root of a checkpoint."""
    origin, size, root = signed(note, vkey)
    assert origin == vkey.partition("+")[0]
    assert str(int(size)) == size
    return int(size), base64.b64decode(root, validate=True)


def tile_path(level: int | str, number: int, width: int) -> str:
    """Yield the path of a tile: three digits a step, all but the last with an x before them."""
    steps = [f"{number % 1000:03}"]
    while number := number // 1000:
        steps.insert(0, f"x{number % 1000:03}")
    return f"tile/{level}/{'/'.join(steps)}" + (f".p/{width}" if width < 256 else "")


def widths(count: int) -> list[int]:
    """Yield the widths of the tiles that hold so many hashes."""
    return [256] * (count // 256) + ([count % 256] if count % 256 else [])


def tree(hashes: list[bytes]) -> bytes:
    """Yield the root over hashes of leaves (RFC 6962, 2.1)."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\x01" + tree(hashes[:split]) + tree(hashes[split:]))


def entries(folder: Path, size: int) -> list[bytes]:
    """Yield the entries of all bundles: each a length of two bytes, the greater first, and as many bytes."""
    found = list[bytes]()
    for number, width in enumerate(widths(size)):
        bundle = (folder / tile_path("entries", number, width)).read_bytes()
        before = len(found)
        while bundle:
            end = 2 + (bundle[0] << 8 | bundle[1])
            assert end <= len(bundle)
            found.append(bundle[2:end])
            bundle = bundle[end:]
        assert len(found) - before == width
    return found


def read(folder: Path, vkey: str) -> list[bytes]:
    """Yield the leaf hashes of a log in which everything fits."""
    size, root = checkpoint((folder / "checkpoint").read_bytes(), vkey)
    leaves = [sha(b"\x00" + entry) for entry in entries(folder, size)]
    assert tree(leaves) == root
    level, row = 0, leaves
    while row:
        for number, width in enumerate(widths(len(row))):
            tile = (folder / tile_path(level, number, width)).read_bytes()
            assert tile == b"".join(row[number * 256 : number * 256 + width])
        row = [tree(row[at : at + 256]) for at in range(0, len(row) // 256 * 256, 256)]
        level += 1
    return leaves


def proved(proof: bytes, vkey: str, leaves: list[bytes]) -> int:
    """Yield the index that a proof file is about, after following it from the leaf to the signed root."""
    head, _, note = proof.partition(b"\n\n")
    first, second, *lines = head.decode().split("\n")
    assert first == "c2sp.org/tlog-proof@v1"
    index, hashes = int(second.removeprefix("index ")), [base64.b64decode(line, validate=True) for line in lines]
    assert second == f"index {index}"
    assert [base64.b64encode(one).decode() for one in hashes] == lines
    size, root = checkpoint(note, vkey)
    assert rooted(leaves[index], index, size, hashes) == root
    return index


def rooted(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Yield the root that an inclusion path leads to (RFC 9162, 2.1.3.2)."""
    place, last, found = index, size - 1, leaf
    for one in path:
        assert last > 0
        if place & 1 or place == last:
            found = sha(b"\x01" + one + found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = sha(b"\x01" + found + one)
        place, last = place >> 1, last >> 1
    assert last == 0
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, wire: WireMaker, signer: archive.Signer) -> Path:
    return wire(tmp_path_factory.mktemp("read") / "site", signer, count=COUNT)


@pytest.fixture(scope="module")
def vkey(site: Path) -> str:
    return (site / "log/vkey").read_text("utf-8").removesuffix("\n")


def test_checkpoint_tiles_and_bundles_are_what_the_specification_says(site: Path, vkey: str) -> None:
    leaves = read(site / "log", vkey)

    there = {path.relative_to(site / "log").as_posix() for path in (site / "log/tile").rglob("*") if path.is_file()}
    assert len(leaves) == COUNT + 2
    assert there == {"tile/0/000", "tile/0/001.p/46", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/46"}


def test_every_proof_leads_from_its_entry_to_a_signed_root(site: Path, vkey: str) -> None:
    leaves = read(site / "log", vkey)

    found = [proved((site / f"d/{id_}.tlog-proof").read_bytes(), vkey, leaves) for id_ in range(1, COUNT + 1)]

    assert found == list(range(COUNT))


def _flipped(file: Path, chance: random.Random) -> bytes:
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


WRONG = (AssertionError, InvalidSignature, ValueError, IndexError, KeyError, FileNotFoundError)
OF_LOG = ("checkpoint", "tile/0/000", "tile/0/001.p/46", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/46")


@pytest.mark.parametrize("path", OF_LOG)
def test_an_outsider_notices_any_changed_bit_of_the_log(site: Path, vkey: str, path: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site / "log", tmp_path / "log"))
    chance, whole = random.Random(path), (copy / path).read_bytes()

    for _ in range(FLIPS):
        (copy / path).write_bytes(_flipped(site / "log" / path, chance))
        with pytest.raises(WRONG):
            read(copy, vkey)

    (copy / path).write_bytes(whole)
    assert read(copy, vkey)


def test_an_outsider_notices_any_changed_bit_of_a_proof(site: Path, vkey: str) -> None:
    leaves, chance = read(site / "log", vkey), random.Random(7)

    for _ in range(FLIPS * 4):
        with pytest.raises(WRONG):
            assert proved(_flipped(site / "d/77.tlog-proof", chance), vkey, leaves) == 76


KINDS = ("index.html", "d/7.json", "d/7.tlog-proof", "d/7/nurses/index.html", "log/index.html", "log/files", "log/vkey",
         "log/files.d/d/7", *(f"log/{path}" for path in OF_LOG))  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_our_own_check_notices_any_changed_bit_of_any_kind_of_file(
    tmp_path: Path, wire: WireMaker, signer: archive.Signer, path: str
) -> None:
    copy = wire(tmp_path, signer, count=COUNT)
    chance, whole = random.Random(path), (copy / path).read_bytes()

    for _ in range(3):
        (copy / path).write_bytes(_flipped(copy / path, chance))
        assert not archive.verify(copy, vkey=signer.verifier.vkey).is_sound
        (copy / path).write_bytes(whole)
