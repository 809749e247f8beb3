"""A workspace that can't be used as it is costs one sentence, which says what, where and what to do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from communique.web import workspace as workspaces
from communique.web.workspace import SETTINGS, Workspace

from ..conftest import Program


@pytest.fixture
def folder(migrated: Workspace, program: Program) -> Path:
    """A workspace with the settings that `init` writes, in the folder that the program runs in."""
    made = program.here / "newsroom"
    shutil.copytree(migrated.folder, made)
    (made / "communique.toml").write_text(workspaces.settings_text({}), encoding="utf-8")
    return made


def settle(folder: Path, text: str) -> None:
    """Write the settings file."""
    (folder / "communique.toml").write_text(text, encoding="utf-8")


def link(program: Program, *words: str, **variables: str) -> str:
    """Yield where the desk stands, by a sign-in link."""
    told = program("user", "add", "ana", "--workspace", "newsroom", *words, **variables)
    assert told.status == 0, told.err
    return told.out.split("/desk/")[0]


def test_every_setting_stands_in_the_file_that_init_writes(folder: Path) -> None:
    written = (folder / "communique.toml").read_text(encoding="utf-8")

    for name, setting in SETTINGS.items():
        assert f"# {setting.meaning}\n# {name.split('.')[1]} = " in written


def test_a_settings_file_with_all_defaults_set_is_read_as_none_at_all(folder: Path) -> None:
    defaults = {name: setting.default for name, setting in SETTINGS.items()}
    settle(folder, workspaces.settings_text(defaults))

    assert dict(workspaces.load(folder, {}).values) == defaults


def test_settings_hold_from_the_file(folder: Path, program: Program) -> None:
    settle(folder, 'format = 1\n[wire]\nurl = "https://wire.example"\n')

    assert link(program) == "https://wire.example"


def test_the_environment_goes_before_the_file(folder: Path, program: Program) -> None:
    settle(folder, '[wire]\nurl = "https://wire.example"\n')

    assert link(program, COMMUNIQUE_WIRE_URL="https://other.example") == "https://other.example"


def test_what_is_set_for_one_run_goes_before_all(folder: Path, program: Program) -> None:
    settle(folder, '[wire]\nurl = "https://wire.example"\n')
    variables = {"COMMUNIQUE_WIRE_URL": "https://other.example"}

    assert link(program, "--set", "wire.url=https://third.example", **variables) == "https://third.example"


def test_a_workspace_is_found_from_a_folder_inside_it_and_by_the_environment(folder: Path, program: Program) -> None:
    assert program("sources", "list", COMMUNIQUE_WORKSPACE=str(folder)).status == 0

    program.here = folder / "evidence"
    assert program("sources", "list").status == 0


WRONG_FILES = {
    "an unknown setting": ("[collect]\nalow_private = true\n", "did you mean collect.allow_private?"),
    "an unknown section": ('[wires]\nname = "Coast Wire"\n', "did you mean wire.name?"),
    "a setting outside a section": ('name = "Coast Wire"\n', "[section]"),
    "text where a number belongs": ('[collect]\npause = "one hour"\n', "a whole number is expected, such as 3600"),
    "a number where text belongs": ("[wire]\nname = 7\n", "text in quotes is expected"),
    "a number where yes or no belongs": ("[collect]\nrobots = 1\n", "true or false is expected"),
    "a number below what makes sense": ("[read]\nprocesses = 0\n", "from 1"),
    "a number below zero": ("[collect]\nhost_pause = -1\n", "from 0"),
    "a port that is none": ("[serve]\nport = 70000\n", "to 65535"),
    "a newer format": ("format = 99\n", "update this program"),
    "a format that is no number": ('format = "two"\n', "format"),
    "no TOML": ("[wire\nname = ?\n", "not TOML"),
}


@pytest.mark.parametrize("kind", WRONG_FILES)
def test_a_settings_file_that_is_wrong_is_named_with_what_would_be_right(
    folder: Path, program: Program, kind: str
) -> None:
    text, advice = WRONG_FILES[kind]
    settle(folder, text)

    told = program("sources", "list", "--workspace", "newsroom")

    assert (told.status, told.out) == (2, "")
    assert advice in told.sentence
    assert "newsroom" in told.sentence


def test_a_settings_file_of_another_encoding_is_named(folder: Path, program: Program) -> None:
    (folder / "communique.toml").write_bytes('[wire]\nname = "Küstendienst"\n'.encode("latin-1"))

    told = program("sources", "list", "--workspace", "newsroom")

    assert (told.status, "communique.toml" in told.sentence) == (2, True)


WRONG_WORDS = {
    "collect.pauze=5": "did you mean collect.pause?",
    "collect.pause": "section.key=value",
    "collect.pause=soon": "whole number",
    "collect.pause=-5": "whole number",
    "collect.robots=perhaps": "true or false",
    "read.processes=0": "from 1",
    "serve.port=65536": "to 65535",
    "wire.url=wire.example": "https://",
    "wire.countries=Ivory Coast": "code and name",
    "collect.contact=Büro@wire.example": "ASCII",
    "collect.ports=80,443": "80 443",
    "collect.ports=0": "from 1 to 65535",
    "database.url=mysql://desk@host/wire": "postgresql://",
}


@pytest.mark.parametrize("given", WRONG_WORDS)
@pytest.mark.usefixtures("folder")
def test_a_setting_for_one_run_that_is_wrong_is_refused(program: Program, given: str) -> None:
    told = program("run", "--once", "--workspace", "newsroom", "--set", given)

    assert (told.status, told.out) == (2, "")
    assert WRONG_WORDS[given] in told.sentence


@pytest.mark.usefixtures("folder")
def test_a_wrong_variable_is_named(program: Program) -> None:
    told = program("sources", "list", "--workspace", "newsroom", COMMUNIQUE_COLLECT_ROBOTS="maybe")

    assert (told.status, "COMMUNIQUE_COLLECT_ROBOTS" in told.sentence) == (2, True)


def test_a_database_of_a_newer_program_is_left_alone(folder: Path, program: Program) -> None:
    with closing(sqlite3.connect(folder / "communique.sqlite3")) as connection, connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_later', '')")

    told = program("sources", "list", "--workspace", "newsroom")

    assert (told.status, "update this program" in told.sentence) == (2, True)


@pytest.mark.parametrize("content", [b"not a database " * 1000, b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_database_that_is_none_is_named(folder: Path, program: Program, content: bytes) -> None:
    for path in folder.glob("communique.sqlite3*"):
        path.unlink()
    (folder / "communique.sqlite3").write_bytes(content)

    told = program("sources", "list", "--workspace", "newsroom")

    assert (told.status, "restore" in told.sentence) == (2, True)
    assert (folder / "communique.sqlite3").read_bytes() == content


def test_without_a_workspace_it_is_said_how_to_make_one(program: Program) -> None:
    told = program("sources", "list")

    assert (told.status, "communique init" in told.sentence) == (2, True)


def test_a_folder_that_is_no_workspace_is_named(program: Program) -> None:
    by_option = program("sources", "list", "--workspace", "nowhere")
    by_variable = program("sources", "list", COMMUNIQUE_WORKSPACE="nowhere")

    for told in (by_option, by_variable):
        assert (told.status, "nowhere is no workspace" in told.sentence) == (2, True)


def test_folders_that_somebody_removed_are_made_again(folder: Path, program: Program) -> None:
    for name in ("evidence", "registry", "site", "keys"):
        shutil.rmtree(folder / name)

    told = program("publish", "--workspace", "newsroom")

    assert (told.status, told.err) == (0, "")
    assert (folder / "site" / "index.html").is_file()
    assert (folder / "keys").stat().st_mode & 0o777 == 0o700


def test_init_makes_a_workspace_whose_keys_are_its_owners(program: Program) -> None:
    told = program("init", "made", "--name", "Coast Wire", "--url", "https://wire.example/")

    assert (told.status, told.out) == (0, "")
    found = workspaces.load(program.here / "made", {})
    assert (found.text("wire.name"), found.text("wire.url")) == ("Coast Wire", "https://wire.example")
    assert found.keys.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in found.folder.iterdir()} >= {"communique.sqlite3", "evidence", "registry", "site"}


def test_init_leaves_what_is_there_as_it_is(folder: Path, program: Program) -> None:
    (program.here / "file").write_text("a letter", encoding="ascii")

    into_workspace = program("init", "newsroom")
    into_file = program("init", "file")
    below_file = program("init", "file/newsroom")

    for told in (into_workspace, into_file, below_file):
        assert told.status == 2
        assert "name" in told.sentence
    assert (folder / "communique.toml").is_file()
    assert (program.here / "file").read_text(encoding="ascii") == "a letter"


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "mysql://desk@host/wire"])
def test_init_on_a_database_that_cannot_be_used_leaves_no_folder(program: Program, url: str) -> None:
    told = program("init", "made", "--database", url)

    assert told.status == 2
    assert told.sentence
    assert not (program.here / "made").exists()


def test_a_worker_says_that_it_needs_postgresql(folder: Path, program: Program) -> None:
    told = program("worker", "--once", "--workspace", folder)

    assert (told.status, "PostgreSQL" in told.sentence) == (2, True)
