"""`communique verify` says for people and for programs whether a wire is sound."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique import archive
from communique.cli import program
from communique.records import Dispatch

SIGNER = archive.Signer(name="wire.example/log", seed=bytes(range(32)))
AT = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(program, ["verify", *arguments])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Yield a wire of one dispatch."""
    (tmp_path / "index.html").write_text("<p>The Fishers’ Guild opens its books.</p>", "utf-8")
    listed = archive.list_files(tmp_path)
    entries = [
        archive.dispatch_entry(Dispatch(id=1, text="The Fishers’ Guild opens its books."), at=AT),
        archive.edition_entry(1, at=AT, files=listed.digest, count=listed.count),
    ]
    archive.append(tmp_path / "log", entries, signer=SIGNER)
    return tmp_path


def test_a_sound_wire_exits_0_and_the_last_line_sums_up(site: Path) -> None:
    result = run(str(site), "--key", SIGNER.verifier.vkey)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "verify    1 file   2 entries   0 dispatches   0 proofs   all fits"


def test_a_changed_page_exits_1_and_is_named(site: Path) -> None:
    (site / "index.html").write_text("rewritten", "utf-8")

    result = run(str(site), "--quiet")

    assert result.exit_code == 1
    assert result.stdout == "changed  index.html  its bytes are not those of the edition\n"


def test_json_gives_each_flaw_and_then_the_report(site: Path) -> None:
    (site / "index.html").unlink()

    result = run(str(site), "--json")

    flaw, report = [json.loads(line) for line in result.stdout.splitlines()]
    assert flaw == {"flaw": {"path": "index.html", "kind": "missing", "detail": "it is listed but not there"}}
    assert (report["report"]["sound"], report["report"]["flaws"], report["report"]["key_given"]) == (False, 1, False)


def test_a_believed_key_is_said(site: Path) -> None:
    assert "believed as it stands" in run(str(site)).stdout


@pytest.mark.parametrize("arguments", [(), ("nowhere",), (".", "--key", "swordfish")])
def test_wrong_use_exits_2_with_a_sentence(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert "Error:" in result.stderr


def test_an_unreadable_log_is_told_without_a_traceback(tmp_path: Path) -> None:
    result = run(str(tmp_path))

    assert result.exit_code == 1
    assert "log/vkey" in result.stdout
