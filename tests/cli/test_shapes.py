"""What commands print for programs is as `communique schema` says, line for line."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.cli.conftest import Run
from tests.web.published import BEGAN, act, publish, told

from communique.records import Source
from communique.testing.web import Answer, Site, Web, serving
from communique.web.ledger import models, publication, watchlist
from communique.web.workspace import Workspace

from ..conftest import Program

PAGE = (
    "<html><head><title>Rowers’ League</title></head><body><article><h1>The league thanks its coxes</h1>"
    "<p>The league of river rowers thanked the 40 coxes who steered at the spring regatta in Marle.</p>"
    "<p>It will meet again on 3 May; the weir at Aldermouth stays closed until then.</p></article></body></html>"
)


@pytest.fixture
def seeded(newsroom: Workspace, run: Run) -> Workspace:
    """A newsroom with something of everything."""
    rows = publish(*[told(place) for place in range(7)])
    publication.correct(act(rows[0]), "The Harbour Union called on the Ministry of Tides.", "A name was wrong.")
    publication.hold(act(rows[1]), "Two sources differ.")
    publication.withdraw(act(rows[2]), "The source withdrew it.")
    publication.replace_by(act(rows[3]), rows[4], "There is a fuller one.")
    publish(told(9, published=None), is_published=False)
    watchlist.add(
        Source(id="weavers", url="https://weavers.example/feed", kind="feed", name="Weavers", pause_s=60),
        now=BEGAN + timedelta(days=40_000),
    )  # fmt: skip
    run("user", "add", "ana", "--role", "editor")
    return newsroom


COMMANDS = (
    ("dispatch", "export dispatches --quiet"),
    ("event", "export events --quiet"),
    ("source", "export sources --quiet"),
    ("actor", "export registry --quiet"),
    ("source", "sources list --json"),
    ("user", "user list --json"),
    ("publish", "publish --json"),
    ("run-tally", "run --once --json"),
    ("doctor", "doctor --json"),
    ("source", "sources add https://rowers.example/feed --kind feed --json"),
    ("sign-in-link", "user add ben --role reporter --json"),
    ("sign-in-link", "user sign-in-link ana --json"),
    ("user", "user role ana admin --json"),
    ("source-change", "sources pause weavers --json"),
    ("source-change", "sources resume weavers --json"),
    ("source-change", "sources remove weavers --json"),
)


@pytest.mark.parametrize(("shape", "command"), COMMANDS, ids=[command for _, command in COMMANDS])
def test_every_line_is_as_its_schema_says(seeded: Workspace, run: Run, shape: str, command: str) -> None:
    done = run(*command.split())

    assert done.stdout
    assert _wrong(run, shape, done.stdout) == []


@pytest.mark.parametrize("how", ["--quiet", "--dry-run", "--as=draft"])
def test_what_was_taken_over_is_as_its_schema_says(newsroom: Workspace, run: Run, tmp_path: Path, how: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The Rowers’ League met in Marle.\nThe weir at Aldermouth is open again.\n", encoding="utf-8")

    done = run("import", "text", str(page), "--json", how)

    assert len(done.stdout.splitlines()) == 2
    assert _wrong(run, "imported", done.stdout) == []


def test_what_came_back_is_as_its_schema_says(seeded: Workspace, run: Run, tmp_path: Path) -> None:
    gone = tmp_path / "dispatches.jsonl"
    run("export", "dispatches", "--quiet", "--out", str(gone))

    done = run("import", "dispatches", str(gone), "--json")

    assert json.loads(done.stdout)["new"] == 0
    assert _wrong(run, "returned", done.stdout) == []


def test_a_backup_is_as_its_schema_says(seeded: Workspace, run: Run, tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "newsroom.tar"), "--json")

    assert done.exit_code == 0, done.stderr
    assert _wrong(run, "backup", done.stdout) == []


def test_workspaces_that_were_made_are_as_their_schema_says(
    newsroom: Workspace, run: Run, program: Program, tmp_path: Path
) -> None:
    saved = tmp_path / "newsroom.tar"
    counted = json.loads(run("backup", str(saved), "--json").stdout)

    made, again = program("init", "weavers", "--json"), program("restore", saved, "again", "--json")

    assert json.loads(made.out)["restored"] is None
    assert json.loads(again.out)["restored"] == {name: counted[name] for name in ("rows", "files")}
    assert _wrong(run, "workspace", made.out + again.out) == []


def test_a_source_that_was_changed_is_shown_as_it_is_now(seeded: Workspace, run: Run) -> None:
    done = run("sources", "pause", "weavers", "weavers", "--json")

    (line,) = done.stdout.splitlines()
    assert json.loads(line)["source"]["paused"] is True
    assert _wrong(run, "source", json.dumps(json.loads(line)["source"])) == []


def test_of_sources_all_or_none_are_changed(seeded: Workspace, run: Run) -> None:
    done = run("sources", "pause", "weavers", "no-such-source", "--json")

    assert (done.exit_code, done.stdout) == (2, "")
    assert not models.Source.objects.filter(is_paused=True).exists()


def test_a_source_in_another_spelling_is_shown_as_it_is_watched(seeded: Workspace, run: Run) -> None:
    done = run("sources", "add", "http://weavers.example/feed", "--kind", "feed", "--json")

    assert json.loads(done.stdout)["id"] == "weavers"
    assert done.exit_code == 0


def test_a_list_of_feeds_is_counted_as_its_schema_says(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    reader = tmp_path / "reader.opml"
    reader.write_text("<opml><body><outline xmlUrl='https://weavers.example/feed'/></body></opml>", encoding="utf-8")

    done = run("sources", "import", str(reader), "--json")

    assert json.loads(done.stdout) == {"new": 1, "known": 0, "is_entered": True}
    assert _wrong(run, "returned", done.stdout) == []


def test_a_report_and_its_flaws_are_as_their_schema_says(seeded: Workspace, run: Run) -> None:
    run("publish", "--quiet")
    (seeded.site / "index.html").write_bytes(b"changed")

    done = run("verify", str(seeded.site), "--json", "--quiet")

    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert _wrong(run, "verify", done.stdout) == []


def test_what_an_address_offers_is_as_its_schema_says(seeded: Workspace, run: Run) -> None:
    with serving(addresses=1) as web:
        done = run("sources", "test", _shown(web), "--json")

    assert done.exit_code == 0, done.stderr
    assert _wrong(run, "discovery", done.stdout) == []


def _shown(web: Web) -> str:
    pages = {"/": Answer(body=PAGE.encode(), media_type="text/html"), "/robots.txt": Answer(status=404)}
    web.show([Site(host="localhost", pages=pages)])
    return f"http://localhost:{web.port}/"


def _wrong(run: Run, shape: str, printed: str) -> list[str]:
    schema: dict[str, Any] = json.loads(run("schema", shape).stdout)
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for line in printed.splitlines() for error in checked.iter_errors(json.loads(line))]
