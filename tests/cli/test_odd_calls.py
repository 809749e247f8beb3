"""Calls that nobody means: closed streams, bytes that are no text, paths that are something else; each one sentence."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.web.published import act, publish, told

from communique.web.ledger import models, publication
from communique.web.workspace import Workspace

from ..conftest import PATIENCE_S, Program

LINE = '{"text": "The Guild of Clockmakers met."}'


def shell(program: Program, words: str) -> subprocess.CompletedProcess[str]:
    """Call the program as a shell does, with streams closed or sent elsewhere."""
    command = words.replace("communique", f"{sys.executable} -m communique", 1)
    return subprocess.run(
        ["bash", "-c", command], cwd=program.here, env=program.environment, capture_output=True, text=True,
        timeout=PATIENCE_S, input=LINE + "\n", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("communique code -q >&-", 2, "stdout is closed"),
        ("communique --version >/dev/full", 1, "the output can't be written"),
        ("communique --help >/dev/full", 1, "the output can't be written"),
        ("communique sources add $'https://x.example/\\xff'", 2, "is not UTF-8"),
        ("mkdir gone && cd gone && rmdir ../gone && communique code -q", 2, "the current folder is not there any more"),
    ],
)
def test_an_odd_call_costs_one_sentence(program: Program, words: str, status: int, said: str) -> None:
    done = shell(program, words)

    told = [line for line in done.stderr.splitlines() if not line.startswith(("Usage:", "Try "))]
    assert (done.returncode, done.stdout, len([line for line in told if line])) == (status, "", 1), done.stderr
    assert said in done.stderr


def test_to_have_nothing_to_read_or_nobody_to_talk_to_is_no_error(program: Program) -> None:
    unread, untold = shell(program, "communique code <&-"), shell(program, "communique code 2>&-")

    assert (unread.returncode, unread.stdout) == (0, "")
    assert (untold.returncode, json.loads(untold.stdout)["id"]) == (0, "1")


def test_what_was_done_stands_when_it_can_t_be_told(newsroom: Workspace, program: Program) -> None:
    done = shell(program, f"communique user add ana --workspace {newsroom.folder} >/dev/full")

    assert (done.returncode, "what was done by then stands" in done.stderr) == (1, True)
    assert "nothing half-written" not in done.stderr


def _toml(content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / "communique.toml").write_bytes(content)


def _file(name: str) -> Callable[[Path], None]:
    def made(folder: Path) -> None:
        shutil.rmtree(folder / name)
        (folder / name).write_bytes(b"")

    return made


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "settings in Latin-1": (_toml(b"[wire]\nname = 'B\xe4cker'\n"), "byte 16 is not UTF-8; save the file as UTF-8"),
    "settings nested without end": (_toml(b"a = " + b"[" * 50_000), "is not TOML"),
    "keys that are a file": (_file("keys"), "keys is a file, where a folder is expected"),
    "a registry with a pipe": (lambda folder: os.mkfifo(folder / "registry" / "party.csv"), "party.csv: not a file"),
    "a registry with a folder": (lambda folder: (folder / "registry" / "party.csv").mkdir(), "party.csv: not a file"),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_workspace_costs_one_sentence(migrated: Workspace, program: Program, odd: str) -> None:
    shutil.copytree(migrated.folder, program.here / "newsroom")
    spoil, said = ODD[odd]
    spoil(program.here / "newsroom")

    told = program("export", "registry", "-q", "--workspace", "newsroom")

    assert (told.status in (1, 2), said in told.sentence) == (True, True), told.err


def test_settings_may_begin_with_the_mark_that_editors_write(newsroom: Workspace, program: Program) -> None:
    settings = newsroom.folder / "communique.toml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())

    assert program("sources", "list", "--workspace", newsroom.folder).status == 0


def test_a_folder_in_the_place_of_a_page_costs_one_sentence(newsroom: Workspace, run: Run) -> None:
    (newsroom.site / "index.html").mkdir(parents=True)

    done = run("publish", "-q")

    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert "index.html" in done.stderr


@pytest.mark.parametrize("where", [".", "..", "keys", "keys/wire", "evidence", "registry"])
def test_a_wire_is_never_written_over_keys_and_books(newsroom: Workspace, run: Run, where: str) -> None:
    done = run("publish", "-q", "--out", str(newsroom.folder / where))

    assert (done.exit_code, "keys and books" in done.stderr) == (2, True)
    assert not [*newsroom.folder.rglob("*.html"), *newsroom.folder.parent.glob("*.html")]


@pytest.mark.parametrize("words", ["publish --out", "export sources --out", "evidence 1 --save", "init", "backup"])
def test_an_empty_word_is_no_path(newsroom: Workspace, run: Run, words: str) -> None:
    done = run(*words.split(), "")

    assert done.exit_code == 2
    assert not list(newsroom.site.glob("*.html"))


ODD_VALUES: tuple[object, ...] = (
    None, "", 7, -1, 10**30, 1.5, True, [], {}, [1], [None], [[]], {"a": 1}, "a\x00b", "\ud800", "2019-13-45",
    "9999-99-99T99:99:99Z", "0001-01-01T00:00:00+23:59", "x" * 100_000,
)  # fmt: skip


@pytest.mark.parametrize("what", ["dispatches", "events", "sources", "registry"])
def test_whatever_stands_in_a_field_costs_one_sentence_at_most(
    newsroom: Workspace, run: Run, tmp_path: Path, what: str
) -> None:
    rows = publish(told(0))
    publication.correct(act(rows[0]), "The Harbour Union called on the Ministry of Tides.", "A name was wrong.")
    row, chance = _row(run, what), random.Random(7)
    path = tmp_path / "rows.jsonl"

    for name in row:
        for odd in chance.sample(ODD_VALUES, 3):
            path.write_text(json.dumps(row | {name: odd}) + "\n", encoding="utf-8")
            done = run("import", what, str(path), "--dry-run")
            assert (done.exit_code in (0, 1), len(done.stderr.splitlines())) == (True, 1), (name, odd, done.stderr)


def _row(run: Run, what: str) -> dict[str, object]:
    """Yield a row as it leaves; of a source one that nobody watches."""
    if what == "sources":
        return {"id": "a", "url": "https://a.example/", "kind": "feed", "name": "A", "publisher": None,
                "languages": ["el"], "pause_s": 60, "course": None}  # fmt: skip
    row: dict[str, object] = json.loads(run("export", what, "--quiet").stdout.splitlines()[0])
    return row


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("dispatches", {"id": 10**30}),
        ("dispatches", {"id": "-1"}),
        ("dispatches", {"corrections": None}),
        ("dispatches", {"corrections": [1]}),
        ("dispatches", {"language": "\ud800"}),
        ("sources", {"id": "\ud800"}),
        ("registry", {"name": "\ud800"}),
    ],
)
def test_a_value_that_can_t_be_kept_is_named(
    newsroom: Workspace, run: Run, tmp_path: Path, what: str, fields: dict[str, object]
) -> None:
    publish(told(0))
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(_row(run, what) | fields) + "\n", encoding="utf-8")

    done = run("import", what, str(path))

    assert (done.exit_code, len(done.stderr.splitlines()), "row 1" in done.stderr) == (1, 1, True), done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "sources add https://a.example/f --kind feed --language not_a_tag",
        f"sources add https://a.example/f --kind feed --publisher {'x' * 101}",
        "import feed https://a.example/f --language !!",
        "sources list --set wire.language=!!",
    ],
)
def test_what_is_no_language_and_no_id_is_refused(newsroom: Workspace, run: Run, words: str) -> None:
    done = run(*words.split())

    assert (done.exit_code, " is expected" in done.stderr) == (2, True), done.stderr
    assert not models.Source.objects.exists()


def test_settings_hold_whatever_a_name_may_hold(program: Program) -> None:
    name = 'The "Tide"\\Times\n\t\x7f\x01é'

    made = program("init", "tide", "--name", name)

    settings = tomllib.loads((program.here / "tide" / "communique.toml").read_text(encoding="utf-8"))
    assert (made.status, settings["wire"]["name"]) == (0, name)


def test_nothing_is_entered_from_a_row_with_odd_json(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "sources.jsonl"
    for odd in ('{"id": "a", "id": "b"}', '{"id": NaN}', '{"id": ', "[1]"):
        rows.write_text(odd, encoding="utf-8")

        done = run("import", "sources", str(rows))

        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1), done.output
    assert not models.Source.objects.exists()
