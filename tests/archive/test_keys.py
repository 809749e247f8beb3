"""Keys and signed notes are those of Go's sumdb notes, which other programs read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from communique import archive
from communique.archive import _note

# The example in the documentation of golang.org/x/mod/sumdb/note.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n— PeterNeumann {SIGNATURE}\n".encode()


def test_the_reference_example_is_signed_byte_for_byte() -> None:
    signer = _note.signer(SECRET)

    assert signer.verifier.vkey == VKEY
    assert signer.sign(TEXT) == NOTE
    assert signer.secret == SECRET


def test_a_note_by_a_known_key_opens() -> None:
    assert _note.opened(NOTE, archive.verifier(VKEY)) == TEXT


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    witness = b"\xe2\x80\x94 witness.example bWpJcmxpAAAA\n"

    assert _note.opened(NOTE + witness, archive.verifier(VKEY)) == TEXT


def test_a_note_without_a_known_signature_is_refused() -> None:
    with pytest.raises(archive.BadNote, match=r"none is by wire\.example/log"):
        _note.opened(NOTE, archive.new_key("wire.example/log").verifier)


def test_no_bit_of_a_note_can_be_changed() -> None:
    for bit in range(len(NOTE) * 8):
        changed = bytearray(NOTE)
        changed[bit // 8] ^= 1 << bit % 8

        with pytest.raises(archive.BadNote):
            _note.opened(bytes(changed), archive.verifier(VKEY))


def test_no_bit_of_a_verifier_key_can_be_changed() -> None:
    for bit in range(len(VKEY) * 8):
        changed = bytearray(VKEY.encode())
        changed[bit // 8] ^= 1 << bit % 8

        with pytest.raises(archive.BadKey):
            archive.verifier(changed.decode("utf-8", "replace"))


@pytest.mark.parametrize("note", [b"", b"\n", b"a\n\n", NOTE[:-1], NOTE + b"\n", b"x" * 70_000, NOTE + b"\xff"])
def test_what_is_not_a_note_is_refused(note: bytes) -> None:
    with pytest.raises(archive.BadNote):
        _note.opened(note, archive.verifier(VKEY))


@pytest.mark.parametrize(
    "body", ["wire.example\n01\n", "wire.example\n1\nAA==\n", "other.example\n1\n", "wire.example\n"]
)
def test_a_signed_note_that_is_no_checkpoint_is_refused(body: str) -> None:
    signer = archive.new_key("wire.example")

    with pytest.raises(archive.BadNote):
        _note.checkpoint(signer.sign(body), signer.verifier)


def test_a_key_is_saved_for_its_owner_alone_and_loaded(tmp_path: Path) -> None:
    signer = archive.new_key("wire.example/log")

    path = archive.save_key(tmp_path / "keys", signer)

    assert archive.load_key(tmp_path / "keys") == signer
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert archive.has_key(tmp_path / "keys")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    archive.save_key(tmp_path, archive.new_key("wire.example/log"))

    with pytest.raises(archive.BadKey, match="there is a key already"):
        archive.save_key(tmp_path, archive.new_key("wire.example/log"))


@pytest.mark.parametrize("content", ["", "hello\n", SECRET[:-1], SECRET.replace("c74f20a3", "c74f20a4")])
def test_a_damaged_key_is_told_in_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "log.key").write_text(content, "utf-8")

    with pytest.raises(archive.BadKey):
        archive.load_key(tmp_path)


def test_a_missing_key_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(archive.BadKey, match="restore it from a backup"):
        archive.load_key(tmp_path)


def test_the_secret_does_not_show_itself() -> None:
    signer = _note.signer(SECRET)

    assert "seed" not in repr(signer)


@pytest.mark.parametrize("origin", ["", "two words", "a+b"])
def test_an_origin_without_a_usable_name_is_refused(origin: str) -> None:
    with pytest.raises(archive.BadKey):
        archive.new_key(origin)
