"""What editors corrected leaves as test cases, which the room commands read as they stand."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import Run
from tests.web.inbox.conftest import LEAD, Desk, post
from tests.web.inbox.test_readings import HTML, LAST, MORE

from communique.cli import _tables
from communique.web.ledger import models
from communique.web.workspace import Workspace


@pytest.fixture
def statement(newsroom: Workspace) -> models.Statement:
    """A statement of which an editor corrected the title, a paragraph and the event."""
    desk = Desk(workspace=newsroom)
    made = desk.statement(f"{LEAD}\n\n{MORE}\n\n{LAST}", title="Reopen the locks", body=HTML)
    own, record = f"/desk/statements/{made.key}/", made.documents.get().capture.record_id.removeprefix("urn:uuid:")
    editor = desk.signed_in()
    post(editor, f"{own}event/", version=0, document=record, words="calls on", nth=0, do="right")
    post(editor, f"{own}reading/{record}/amend/", version=1, what="leave-out", to=MORE)
    post(editor, f"{own}reading/{record}/amend/", version=2, what="published", to="2026-02")
    return made


def _rows(run: Run, *more: str) -> dict[str, Any]:
    done = run("export", "corrections", "--quiet", *more)
    assert done.exit_code == 0, done.stderr
    return {row["room"]: row for row in map(json.loads, done.stdout.splitlines())}


@pytest.mark.usefixtures("statement")
def test_a_case_says_what_is_right_and_what_was_read(run: Run) -> None:
    row = _rows(run)["read"]

    assert row["expected"] == {"text": f"{LEAD}\n\n{LAST}", "published": {"at": "2026-02", "precision": "month"}}
    assert row["was"]["text"] == f"{LEAD}\n\n{MORE}\n\n{LAST}"
    assert row["by"] == ["editor"]


@pytest.mark.usefixtures("statement")
def test_a_case_is_read_by_the_room_command_as_it_stands(run: Run) -> None:
    row = _rows(run)["read"]

    done = run("read", "--quiet", stdin=json.dumps(row).encode())

    made = json.loads(done.stdout)
    assert (made["id"], made["text"], made["url"]) == (row["id"], row["was"]["text"], row["url"])


@pytest.mark.usefixtures("statement")
def test_a_case_of_events_is_coded_by_the_room_command_as_it_stands(run: Run) -> None:
    row = _rows(run)["code"]

    done = run("code", "--quiet", stdin=json.dumps(row).encode())

    assert json.loads(done.stdout)["id"] == row["id"]
    assert [(one["type"], one["rule"]) for one in row["expected"]["events"][:1]] == [("CALL", "editor")]
    assert row["text"].startswith("Reopen the locks")


@pytest.mark.usefixtures("newsroom")
def test_nothing_corrected_is_no_case(run: Run) -> None:
    assert _rows(run) == {}


@pytest.mark.usefixtures("statement")
def test_only_what_was_corrected_since_a_day_is_asked_for(run: Run) -> None:
    assert _rows(run, "--since", "2999-01-01") == {}


def test_a_page_in_base64_is_read_and_a_broken_one_is_a_sentence(run: Run) -> None:
    page = "<h1>Locks</h1><p>The locks are shut today in the north and in the south of the river.</p>"
    packed = base64.b64encode(page.encode("utf-16")).decode()
    lines = [{"base64": packed, "media_type": "text/html; charset=utf-16"}, {"base64": "§"}]

    done = run("read", "--quiet", stdin="\n".join(map(json.dumps, lines)).encode())

    good, bad = map(json.loads, done.stdout.splitlines())
    assert (good["title"], bad["trouble"]["kind"]) == ("Locks", "bad-field")


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.usefixtures("statement")
def test_cases_leave_as_tables_too(run: Run, form: str, tmp_path: Path) -> None:
    path = tmp_path / "cases"

    done = run("export", "corrections", "--quiet", "--format", form, "--out", str(path))

    assert done.exit_code == 0
    assert list(_tables.read(path, "corrections")) == list(_rows(run).values())


@pytest.mark.usefixtures("statement")
def test_a_case_is_as_its_schema_says(run: Run) -> None:
    shape = json.loads(run("schema", "correction").stdout)

    wrong = [error.message for row in _rows(run).values() for error in Draft202012Validator(shape).iter_errors(row)]

    assert wrong == []
