"""Everything that the desk holds can leave in three forms, and each of them comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run
from tests.web.published import BEGAN, act, publish, told

from communique import registry
from communique.records import Actor, Source
from communique.web.ledger import models, publication, watchlist
from communique.web.workspace import Workspace

FORMS = ("jsonl", "csv", "parquet")
KINDS = ("dispatches", "events", "registry", "sources")
SOURCES = (
    Source(id="weavers", url="https://weavers.example/feed", kind="feed", name="Weavers, \"North\"", pause_s=60),
    Source(id="synod", url="https://synod.example/", kind="page", name="Synod of Marle", publisher="xt-synod",
           languages=("tr", "el"), pause_s=7200),
    Source(id="letters", url="file:///letters", kind="mail", name="Letters", pause_s=0),
)  # fmt: skip


@pytest.fixture
def filled(newsroom: Workspace) -> Workspace:
    """A newsroom with something of everything that can leave."""
    rows = publish(*[told(place) for place in range(7)], told(7, published=None))
    publication.correct(act(rows[0]), "The Harbour Union, “1,200 strong”,\u2028called.", "A name\nwas wrong.")
    publication.hold(act(rows[1]), "Two sources differ.")
    publication.replace_by(act(rows[3]), rows[4], "There is a fuller one.")
    publication.pin(act(rows[5]), is_pinned=True)
    publish(told(20), is_published=False)
    watchlist.add_all(SOURCES, now=BEGAN)
    models.Source.objects.filter(slug="weavers").update(visited_at=BEGAN, troubles_in_row=2, trouble_kind="timeout")
    watchlist.change("pause", "synod", now=BEGAN)
    keeper = Actor(id="xa-lamps", name="Union of Lamp Keepers", kind="union", country=None, acronyms=("ULK",))
    registry.save(newsroom.registry, [keeper])
    return newsroom


def written(run: Run, what: str, form: str, path: Path) -> Path:
    done = run("export", what, "--format", form, "--out", str(path), "--quiet")
    assert done.exit_code == 0, done.stderr
    return path


def emptied(newsroom: Workspace) -> None:
    """Take everything out of a newsroom, so that what left can come back into an empty one."""
    models.Dispatch.objects.update(replaced_by=None)
    for kind in (models.Audit, models.LogEntry, models.DispatchSection, models.Correction, models.Dispatch,
                 models.Source):  # fmt: skip
        kind.objects.all().delete()
    for path in newsroom.registry.iterdir():
        path.unlink()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", KINDS)
def test_what_left_comes_back_byte_for_byte(filled: Workspace, run: Run, tmp_path: Path, what: str, form: str) -> None:
    dispatches = written(run, "dispatches", "jsonl", tmp_path / "dispatches.jsonl")
    left = written(run, what, form, tmp_path / "left")
    emptied(filled)
    if what == "events":
        assert run("import", "dispatches", str(_without_events(dispatches))).exit_code == 0

    came = run("import", what, str(left))

    assert came.exit_code == 0, came.stderr
    assert written(run, what, form, tmp_path / "again").read_bytes() == left.read_bytes()


def _without_events(path: Path) -> Path:
    rows = [json.loads(line) | {"events": []} for line in path.read_text(encoding="utf-8").split("\n") if line]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", KINDS)
def test_what_is_here_already_is_not_entered_again(
    filled: Workspace, run: Run, tmp_path: Path, what: str, form: str
) -> None:
    left = written(run, what, form, tmp_path / "left")

    run("import", what, str(left))  # of the registry, the actors that ship with the program are new to the desk's own
    again = run("import", what, str(left))

    assert again.stderr.startswith("0 taken over, ")
    assert written(run, what, form, tmp_path / "again").read_bytes() == left.read_bytes()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", KINDS)
def test_nothing_leaves_an_empty_newsroom_and_comes_back(
    newsroom: Workspace, run: Run, tmp_path: Path, what: str, form: str
) -> None:
    left = written(run, what, form, tmp_path / "left")

    came = run("import", what, str(left))

    assert came.exit_code == 0, came.stderr


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _another_type(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(",false,", ",perhaps,"), encoding="utf-8")


def _another_encoding(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")


def _one_field_more(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ",more\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "harm"),
    [("csv", _cut), ("csv", _another_type), ("csv", _another_encoding), ("csv", _one_field_more), ("jsonl", _cut),
     ("jsonl", _another_encoding), ("parquet", _cut)],
)  # fmt: skip
def test_a_harmed_file_gives_one_sentence_and_enters_nothing(
    filled: Workspace, run: Run, tmp_path: Path, form: str, harm: Any
) -> None:
    left = written(run, "dispatches", form, tmp_path / "left")
    emptied(filled)
    harm(left)

    came = run("import", "dispatches", str(left))

    assert (came.exit_code, len(came.stderr.splitlines())) == (1, 1)
    assert "nothing was entered" in came.stderr
    assert not models.Dispatch.objects.exists()


def test_only_what_changed_since_a_day_leaves(filled: Workspace, run: Run) -> None:
    publication.withdraw(act(models.Dispatch.objects.get(number=7), at=BEGAN.replace(year=2027)), "It was wrong.")

    left = run("export", "dispatches", "--since", "2027-01-01", "--quiet")

    assert [json.loads(line)["id"] for line in left.stdout.splitlines()] == ["7"]


NAIVE = dict.fromkeys(("visited_at", "new_at", "listed_before", "trouble_kind", "trouble_detail", "trouble_since")) | {
    "is_paused": False, "next_visit_at": "2026-03-01T09:00:00", "troubles_in_row": 0
}  # fmt: skip
NOT_ROWS: tuple[dict[str, Any], ...] = (
    {"url": "javascript:alert(1)"}, {"pause_s": -1}, {"kind": "cellar"}, {"course": {}}, {"course": NAIVE},
    {"url": None},
)  # fmt: skip


def test_a_row_that_can_t_be_is_named_and_nothing_is_entered(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sources.jsonl"
    good = {"id": "a", "url": "https://a.example/", "kind": "feed", "name": "A"}
    for wrong in NOT_ROWS:
        path.write_text(
            "\n".join(map(json.dumps, (good, good | {"id": "b", "url": "https://b.example/"} | wrong))),
            encoding="utf-8",
        )

        came = run("import", "sources", str(path))

        assert (came.exit_code, "row 2" in came.stderr, models.Source.objects.count()) == (1, True, 0)


def test_opml_keeps_what_a_source_is(filled: Workspace, run: Run, tmp_path: Path) -> None:
    left = run("sources", "export")
    path = tmp_path / "watchlist.opml"
    path.write_text(left.stdout, encoding="utf-8")
    before = {row["id"]: row for row in watchlist.rows(BEGAN)}
    emptied(filled)

    came = run("sources", "import", str(path))

    assert came.stderr == "2 sources added, 0 watched already\n"
    assert left.stderr.startswith("without mailboxes and folders (1)")
    fields = ("url", "kind", "publisher", "languages", "pause_s")
    for row in watchlist.rows(BEGAN):
        assert [row[name] for name in fields] == [before[str(row["id"])][name] for name in fields]
    assert run("sources", "export").stdout == left.stdout


FOREIGN = """<?xml version="1.0"?><opml version="1.0"><body><outline text="News"><outline text="Tenants &amp; co"
xmlUrl=" https://tenants.example/rss " htmlUrl="https://tenants.example/" language="pt-BR"/><outline
htmlUrl="https://guild.example/press"/><outline xmlUrl="feed:nowhere"/></outline></body></opml>"""


def test_the_list_of_another_program_is_taken(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "reader.opml"
    path.write_text(FOREIGN, encoding="utf-8")

    assert run("sources", "import", str(path)).stderr == "2 sources added, 0 watched already\n"
    assert run("sources", "import", str(path)).stderr == "0 sources added, 2 watched already\n"
    found = {(row["url"], row["kind"], *row["languages"]) for row in watchlist.rows(BEGAN)}  # type: ignore[misc]
    assert found == {("https://tenants.example/rss", "feed", "pt-BR"), ("https://guild.example/press", "listing")}


def test_an_id_that_another_source_has_is_not_lost(newsroom: Workspace) -> None:
    watchlist.add_all(SOURCES[:1], now=BEGAN)

    other = Source(id="weavers", url="https://weavers.example/other", kind="feed", name="Weavers", pause_s=60)

    assert watchlist.add_all([other], now=BEGAN) == (1, 0)
