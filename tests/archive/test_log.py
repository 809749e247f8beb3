"""The log is that of the specifications, and the same however its entries came."""

from __future__ import annotations

import base64
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import archive
from communique.archive import _tiles

SIGNER = archive.Signer(name="wire.example/log", seed=bytes(range(32)))
# RFC 6962's reference implementation tests its trees with these entries; the roots are those of 1 to 8 of them.
ENTRIES = [
    *map(bytes.fromhex, ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")),
    bytes(range(0x60, 0x70)),
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def files(folder: Path) -> dict[str, bytes]:
    """Yield every file of a folder by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def numbered(count: int) -> list[bytes]:
    """Yield entries that are all different."""
    return [f'{{"id":"{n}","kind":"dispatch"}}'.encode() for n in range(count)]


def plain_root(leaves: list[bytes]) -> bytes:
    """Yield the root as RFC 6962, section 2.1, defines it, word for word."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Yield a log of 70,000 entries: the example of the specification."""
    folder = tmp_path_factory.mktemp("big")
    archive.append(folder, numbered(70_000), signer=SIGNER)
    return folder


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_implementation(tmp_path: Path, size: int) -> None:
    archive.append(tmp_path, ENTRIES[:size], signer=SIGNER)

    assert archive.checkpoint(tmp_path, SIGNER.verifier).root.hex() == ROOTS[size - 1]
    assert archive.log(tmp_path, SIGNER.verifier).root().hex() == ROOTS[size - 1]


def test_a_log_of_70000_has_the_tiles_of_the_specification(big: Path) -> None:
    found = set(files(big))

    assert sum(path.startswith("tile/0/") and ".p/" not in path for path in found) == 273
    partial = {"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"}
    assert {path for path in found if ".p/" in path} == partial
    assert "tile/1/000" in found
    assert found == {"checkpoint", "vkey", *archive.tile_paths(70_000)}


def test_paths_of_large_tiles_are_cut_into_three_digits() -> None:
    assert _tiles.path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert _tiles.path("entries", 1000, 7) == "tile/entries/x001/000.p/7"
    assert _tiles.path(1, 999) == "tile/1/999"


def test_a_bundle_is_entries_with_their_lengths(tmp_path: Path) -> None:
    archive.append(tmp_path, [b"a", b"", b"x" * 300], signer=SIGNER)

    assert files(tmp_path)["tile/entries/000.p/3"] == b"\x00\x01a\x00\x00\x01\x2c" + b"x" * 300


def test_the_checkpoint_is_a_signed_note_of_three_lines(tmp_path: Path) -> None:
    archive.append(tmp_path, ENTRIES, signer=SIGNER)

    lines = (tmp_path / "checkpoint").read_text("utf-8").split("\n")

    assert lines[:2] == ["wire.example/log", "8"]
    assert base64.b64decode(lines[2]).hex() == ROOTS[7]
    assert lines[3] == ""
    assert lines[4].startswith("— wire.example/log ")


def test_an_empty_log_has_the_root_of_nothing(tmp_path: Path) -> None:
    assert archive.append(tmp_path, [], signer=SIGNER) == 0

    assert archive.checkpoint(tmp_path, SIGNER.verifier).root == hashlib.sha256(b"").digest()
    assert set(files(tmp_path)) == {"checkpoint", "vkey"}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 700), st.lists(st.integers(0, 700), max_size=5))
def test_entries_give_the_same_bytes_however_they_are_split(count: int, cuts: list[int]) -> None:
    entries = numbered(count)
    with tempfile.TemporaryDirectory() as at_once, tempfile.TemporaryDirectory() as in_parts:
        archive.append(Path(at_once), entries, signer=SIGNER)
        before = 0
        for cut in [*sorted(min(cut, count) for cut in cuts), count]:
            archive.append(Path(in_parts), entries[before:cut], first=before, signer=SIGNER)
            before = cut

        assert files(Path(in_parts)) == files(Path(at_once))


def test_one_by_one_across_a_tile_gives_the_same_bytes(tmp_path: Path) -> None:
    entries = numbered(260)
    for index in range(250, 260):
        archive.append(tmp_path / "parts", entries[: index + 1], signer=SIGNER)
    archive.append(tmp_path / "whole", entries, signer=SIGNER)

    assert files(tmp_path / "parts") == files(tmp_path / "whole")


def test_appending_again_changes_nothing(tmp_path: Path) -> None:
    archive.append(tmp_path, numbered(300), signer=SIGNER)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    size = archive.append(tmp_path, numbered(300)[290:], first=290, signer=SIGNER)

    assert size == 300
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_another_entry_in_an_old_place_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    archive.append(tmp_path, numbered(5), signer=SIGNER)
    before = files(tmp_path)

    with pytest.raises(archive.Diverged, match="entry 3 is another"):
        archive.append(tmp_path, [*numbered(3), b"rewritten", b"later", b"new"], signer=SIGNER)

    assert files(tmp_path) == before


def test_a_gap_is_refused(tmp_path: Path) -> None:
    archive.append(tmp_path, numbered(5), signer=SIGNER)

    with pytest.raises(archive.Diverged, match="give the entries from 5 on"):
        archive.append(tmp_path, [b"x"], first=6, signer=SIGNER)


def test_another_key_can_not_continue_a_log(tmp_path: Path) -> None:
    archive.append(tmp_path, numbered(5), signer=SIGNER)

    with pytest.raises(archive.Diverged):
        archive.append(tmp_path, numbered(6), signer=archive.new_key("wire.example/log"))


def test_a_damaged_edge_is_never_signed_over(tmp_path: Path) -> None:
    archive.append(tmp_path, numbered(5), signer=SIGNER)
    tile = tmp_path / "tile/0/000.p/5"
    tile.write_bytes(bytes(len(tile.read_bytes())))

    with pytest.raises(archive.Diverged, match="don't fit the checkpoint"):
        archive.append(tmp_path, [b"x"], first=5, signer=SIGNER)


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_a_crash_before_the_checkpoint_is_mended_by_the_next_append(tmp_path: Path, lost: int) -> None:
    archive.append(tmp_path / "log", numbered(250), signer=SIGNER)
    shutil.copytree(tmp_path / "log", tmp_path / "later")
    archive.append(tmp_path / "later", numbered(258), signer=SIGNER)
    new = sorted(set(files(tmp_path / "later")) - set(files(tmp_path / "log")))
    for path in new[lost:]:
        (tmp_path / "log" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tmp_path / "later" / path, tmp_path / "log" / path)
    (tmp_path / "log/checkpoint.new").write_bytes(b"half")

    archive.append(tmp_path / "log", numbered(251), signer=SIGNER)

    archive.append(tmp_path / "plain", numbered(251), signer=SIGNER)
    assert files(tmp_path / "log") == files(tmp_path / "plain")


def test_entries_are_read_back(big: Path) -> None:
    log = archive.log(big, SIGNER.verifier)

    assert list(log.entries(first=69_990)) == numbered(70_000)[69_990:]


def test_an_entry_that_is_too_long_is_our_own_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 65535"):
        archive.append(tmp_path, [b"x" * 65_536], signer=SIGNER)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_proof_leads_to_the_root_of_its_size(big: Path, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70_000))
    index = data.draw(st.integers(0, size - 1))
    log = archive.log(big, SIGNER.verifier)

    proof = archive.read_proof(archive.proof(log, index, size=size, signer=SIGNER), SIGNER.verifier)

    assert (proof.index, proof.checkpoint.size) == (index, size)
    assert archive.holds(proof, log.leaf(index))
    assert not archive.holds(proof, log.leaf((index + 1) % 70_000))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40))
def test_the_root_of_every_earlier_size_is_that_of_the_definition(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive.append(Path(folder), numbered(40), signer=SIGNER)

        assert archive.log(Path(folder), SIGNER.verifier).root(size) == plain_root(numbered(40)[:size])


def test_a_proof_is_the_same_when_the_log_has_grown(tmp_path: Path) -> None:
    archive.append(tmp_path, numbered(7), signer=SIGNER)
    before = archive.proof(archive.log(tmp_path, SIGNER.verifier), 2, size=7, signer=SIGNER)
    archive.append(tmp_path, numbered(600), signer=SIGNER)

    after = archive.proof(archive.log(tmp_path, SIGNER.verifier), 2, size=7, signer=SIGNER)

    assert after == before
    assert before.startswith(b"c2sp.org/tlog-proof@v1\nindex 2\n")


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_changed_bit_of_a_proof_is_noticed(big: Path, data: st.DataObject) -> None:
    log = archive.log(big, SIGNER.verifier)
    whole = bytearray(archive.proof(log, 9, size=1000, signer=SIGNER))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8

    assert not holds_somehow(bytes(whole), log.leaf(9))


def holds_somehow(content: bytes, leaf: bytes) -> bool:
    """Tell whether a proof can be read, is about entry 9, and holds."""
    try:
        proof = archive.read_proof(content, SIGNER.verifier)
    except archive.BadNote:
        return False
    return proof.index == 9 and archive.holds(proof, leaf)


def test_many_proofs_come_in_the_order_asked(big: Path) -> None:
    log = archive.log(big, SIGNER.verifier)
    wanted = [(5, 6), (0, 70_000), (69_999, 70_000)]

    found: Iterator[bytes] = archive.proofs(log, wanted, signer=SIGNER)

    assert [archive.read_proof(one, SIGNER.verifier).index for one in found] == [5, 0, 69_999]
