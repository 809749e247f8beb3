"""The list of an edition's files is the same whether every file was looked at or only what changed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import archive

PATHS = ["index.html", "d/1.json", "d/1/pay/index.html", "d.html", "d-a/x", "log/index.html", "łódź/feed.atom", "d/1-a",
         "d/12", "d/100.json", "d/1001.json", "d/1001/pay", "org/.hidden", "org/a%b", "org/a/feed.atom"]  # fmt: skip


def put(site: Path, path: str, content: bytes | None) -> None:
    """Write a file, or remove it where the content is None."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).unlink(missing_ok=True) if content is None else (site / path).write_bytes(content)


def test_every_file_is_listed_but_those_of_the_log_itself(tmp_path: Path) -> None:
    for path in [*PATHS, "log/checkpoint", "log/vkey", "log/tile/0/000.p/1"]:
        put(tmp_path, path, path.encode())

    listed = archive.list_files(tmp_path)

    lists = [tmp_path / "log/files", *(path for path in (tmp_path / "log/files.d").rglob("*") if path.is_file())]
    lines = {line for path in lists for line in path.read_text("utf-8").splitlines() if "log/files.d/" not in line}
    assert lines == {f"sha256:{hashlib.sha256(path.encode()).hexdigest()} {path}" for path in PATHS}
    assert listed.count == len(PATHS)
    assert listed.digest == "sha256:" + hashlib.sha256((tmp_path / "log/files").read_bytes()).hexdigest()


def test_a_publication_touches_the_lists_of_what_changed_only(tmp_path: Path) -> None:
    for id_ in range(1, 400):
        put(tmp_path, f"d/{id_}.json", b"{}")
    archive.list_files(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "log/files.d").rglob("*") if path.is_file()}
    put(tmp_path, "d/399.json", b"{1}")

    archive.list_files(tmp_path, changed=["d/399.json"])

    after = {path: path.stat().st_mtime_ns for path in before}
    assert [path.name for path in before if after[path] != before[path]] == ["399"]


def test_after_an_interruption_every_file_is_looked_at(tmp_path: Path) -> None:
    put(tmp_path, "a.html", b"a")
    archive.list_files(tmp_path)
    archive.announce(tmp_path)
    put(tmp_path, "b.html", b"written, and then the power failed")
    archive.announce(tmp_path)
    put(tmp_path, "c.html", b"c")

    listed = archive.list_files(tmp_path, changed=["c.html"])

    assert listed.count == 3
    assert not (tmp_path / "log/unfinished").exists()


_CONTENT = st.one_of(st.none(), st.binary(max_size=4))
_STATE = st.dictionaries(st.sampled_from(PATHS), _CONTENT)


def lists(site: Path) -> dict[str, bytes]:
    """Yield the bytes of every list."""
    found = [site / "log/files", *(path for path in (site / "log/files.d").rglob("*") if path.is_file())]
    return {str(path.relative_to(site)): path.read_bytes() for path in found}


@settings(max_examples=40, deadline=None)
@given(_STATE, st.lists(_STATE, max_size=4))
def test_looking_only_at_what_changed_gives_the_same_bytes(
    start: dict[str, bytes], steps: list[dict[str, bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for path, content in start.items():
            put(site, path, content)
        listed = archive.list_files(site)
        for step in steps:
            for path, content in step.items():
                put(site, path, content)
            listed = archive.list_files(site, changed=step)

        in_parts = lists(site)

        assert listed == archive.list_files(site)
        assert in_parts == lists(site)


def test_a_link_in_a_wire_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").symlink_to("/etc/hostname")

    with pytest.raises(archive.ArchiveError, match="plain files only"):
        archive.list_files(tmp_path)

    assert not (tmp_path / "log/files.new").exists()
