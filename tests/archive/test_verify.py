"""A wire that was written is sound; whatever is changed in it is noticed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import archive

WireMaker = Callable[..., Path]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, wire: WireMaker, signer: archive.Signer) -> Path:
    """Yield a small wire that no test changes."""
    return wire(tmp_path_factory.mktemp("wire") / "site", signer)


@pytest.fixture
def mirror(site: Path, tmp_path: Path) -> Path:
    """Yield a copy to be changed."""
    return Path(shutil.copytree(site, tmp_path / "mirror"))


def flaws(folder: Path, vkey: str | None = None) -> set[tuple[str, str]]:
    """Yield (kind, path) of what does not fit."""
    return {(flaw.kind, flaw.path) for flaw in archive.verify(folder, vkey=vkey).flaws}


def test_a_wire_as_written_is_sound(site: Path, signer: archive.Signer) -> None:
    report = archive.verify(site, vkey=signer.verifier.vkey)

    assert report.flaws == ()
    assert report.is_sound
    assert (report.files, report.size, report.proofs, report.dispatches) == (11, 5, 3, 3)
    assert (report.edition, report.key_given, report.origin) == (1, True, "wire.example/log")


def test_without_a_key_the_wire_s_own_is_believed_and_that_is_said(site: Path, signer: archive.Signer) -> None:
    report = archive.verify(site)

    assert report.is_sound
    assert not report.key_given
    assert report.key == signer.verifier.vkey


def test_a_wire_of_several_tiles_is_sound(tmp_path: Path, wire: WireMaker, signer: archive.Signer) -> None:
    assert archive.verify(wire(tmp_path, signer, count=300)).flaws == ()


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_changed_bit_of_any_file_is_noticed(site: Path, data: st.DataObject) -> None:
    paths = sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(paths))
    content = bytearray((site / path).read_bytes())
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    content[bit // 8] ^= 1 << bit % 8
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(site, Path(folder) / "mirror"))
        (copy / path).write_bytes(content)

        assert not archive.verify(copy).is_sound


def test_every_file_that_is_missing_is_noticed(site: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())):
        copy = Path(shutil.copytree(site, tmp_path / str(number)))
        (copy / path).unlink()

        assert not archive.verify(copy).is_sound, path


@pytest.mark.parametrize("path", ["new.html", "d/9.json", "log/tile/0/000.p/4", "log/extra", "log/checkpoint.new"])
def test_a_file_too_many_is_noticed(mirror: Path, path: str) -> None:
    (mirror / path).write_bytes(b"more")

    assert flaws(mirror) == {("extra", path)}


def test_an_interrupted_publication_is_told_as_such(mirror: Path) -> None:
    archive.announce(mirror)

    (flaw,) = archive.verify(mirror).flaws

    assert (flaw.path, flaw.kind) == ("log/unfinished", "extra")
    assert "publish again" in flaw.detail


def test_a_changed_page_is_named(mirror: Path) -> None:
    (mirror / "index.html").write_bytes(b"rewritten")

    assert flaws(mirror) == {("changed", "index.html")}


def test_a_page_that_became_a_link_is_named(mirror: Path) -> None:
    (mirror / "index.html").unlink()
    (mirror / "index.html").symlink_to(mirror / "d/1.json")

    assert flaws(mirror) == {("changed", "index.html")}


def test_a_page_changed_together_with_the_list_is_noticed(mirror: Path) -> None:
    (mirror / "index.html").write_bytes(b"rewritten")
    archive.list_files(mirror)

    assert flaws(mirror) == {("list", "log/files")}


def test_a_wire_signed_anew_with_another_key_does_not_pass_for_the_old(
    tmp_path: Path, wire: WireMaker, signer: archive.Signer
) -> None:
    forged = wire(tmp_path, archive.Signer(name=signer.name, seed=bytes(32)))

    assert archive.verify(forged).is_sound
    assert ("key", "log/vkey") in flaws(forged, vkey=signer.verifier.vkey)
    assert ("checkpoint", "log/checkpoint") in flaws(forged, vkey=signer.verifier.vkey)


def rewritten(mirror: Path, path: str, content: bytes, signer: archive.Signer, *, number: int = 2) -> Path:
    """Change a file and sign a new edition over it: what the wire's own desk could do."""
    (mirror / path).write_bytes(content)
    size = archive.log(mirror / "log", signer.verifier).size
    listed = archive.list_files(mirror)
    at = archive.verify(mirror).edition_at or ""
    entry = json.loads(archive.edition_entry(number, at=_instant(at), files=listed.digest, count=listed.count))
    archive.append(mirror / "log", [archive.canonical(entry)], first=size, signer=signer)
    return mirror


def _instant(at: str) -> datetime:
    return datetime.fromisoformat(at)


def test_a_dispatch_that_is_not_that_of_the_log_is_noticed(mirror: Path, signer: archive.Signer) -> None:
    claim = json.dumps({"communique": {"digest": "sha256:" + "0" * 64, "log_index": 1}}).encode()

    assert flaws(rewritten(mirror, "d/2.json", claim, signer)) == {("dispatch", "d/2.json")}


def test_a_dispatch_that_points_at_another_s_entry_is_noticed(mirror: Path, signer: archive.Signer) -> None:
    fields = json.loads((mirror / "d/2.json").read_bytes())
    fields["communique"]["log_index"] = 2

    assert flaws(rewritten(mirror, "d/2.json", json.dumps(fields).encode(), signer)) == {("dispatch", "d/2.json")}


@pytest.mark.parametrize(("role", "value"), [("digest", "sha256:" + "0" * 64), ("log-index", "2"), ("log-index", "no")])
def test_a_dispatch_whose_other_names_in_ninjs_are_not_those_of_the_log_is_noticed(
    mirror: Path, signer: archive.Signer, role: str, value: str
) -> None:
    claim = json.loads((mirror / "d/2.json").read_bytes())["communique"]
    names = {"number": "2", "digest": claim["digest"], "log-index": str(claim["log_index"])}
    right, wrong = (
        json.dumps({"altIds": [{"role": one, "value": said} for one, said in found.items()]}).encode()
        for found in (names, names | {role: value})
    )

    assert flaws(rewritten(mirror, "d/2.json", right, signer)) == set()
    assert archive.verify(mirror).dispatches == 3
    assert flaws(rewritten(mirror, "d/2.json", wrong, signer, number=3)) == {("dispatch", "d/2.json")}


def test_a_dispatch_without_a_claim_is_sound(mirror: Path, signer: archive.Signer) -> None:
    assert flaws(rewritten(mirror, "d/2.json", b'{"uri": "/d/2/"}', signer)) == set()


def test_the_proof_of_another_dispatch_is_noticed(mirror: Path, signer: archive.Signer) -> None:
    other = (mirror / "d/3.tlog-proof").read_bytes()

    assert flaws(rewritten(mirror, "d/2.tlog-proof", other, signer)) == {("proof", "d/2.tlog-proof")}


def test_the_newest_edition_counts(mirror: Path, signer: archive.Signer) -> None:
    report = archive.verify(rewritten(mirror, "index.html", b"a new front page", signer))

    assert report.is_sound
    assert report.edition == 2


@pytest.mark.parametrize(
    "line",
    ["sha256:x d/1.json", "../secret", "", "sha256:" + "0" * 64 + " ../secret", "sha256:" + "0" * 64 + " /etc/passwd"],
)
def test_a_hostile_list_is_refused_line_by_line(mirror: Path, line: str) -> None:
    with (mirror / "log/files").open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")

    assert flaws(mirror) == {("list", "log/files")}


def test_a_page_that_is_named_in_the_wrong_list_is_noticed(mirror: Path) -> None:
    line = (mirror / "log/files.d/d/1").read_text("utf-8").splitlines()[0]
    (mirror / "log/files.d/d/2").write_text(line + "\n", "utf-8")

    found = flaws(mirror)

    assert {("changed", "log/files.d/d/2"), ("list", "log/files.d/d/2"), ("extra", "d/2.json")} <= found


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"\xff" * 70_000, b"[" * 5000])
@pytest.mark.parametrize("path", ["log/checkpoint", "log/vkey", "log/files", "log/tile/entries/000.p/5", "d/1.json"])
def test_garbage_in_any_place_is_a_flaw_and_no_crash(mirror: Path, path: str, content: bytes) -> None:
    (mirror / path).write_bytes(content)

    assert not archive.verify(mirror).is_sound


def test_garbage_signed_into_the_log_is_a_flaw_and_no_crash(mirror: Path, signer: archive.Signer) -> None:
    garbage = [
        b"",
        b"\xff",
        b"[" * 60_000,
        b"7",
        b'{"kind":"dispatch","id":7}',
        b'{"kind":"edition"}',
        b'{"kind":"new"}',
    ]
    archive.append(mirror / "log", garbage, first=5, signer=signer)

    report = archive.verify(mirror)

    assert [flaw.kind for flaw in report.flaws] == ["log"] * 6


def test_an_empty_folder_is_not_sound(tmp_path: Path) -> None:
    report = archive.verify(tmp_path)

    assert {flaw.path for flaw in report.flaws} == {"log/vkey", "log/files"}


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(archive.ArchiveError, match="it is not a folder"):
        archive.verify(tmp_path / "nowhere")


def test_a_key_that_is_none_is_told_in_one_sentence(site: Path) -> None:
    with pytest.raises(archive.BadKey, match="name\\+id\\+base64"):
        archive.verify(site, vkey="swordfish")
