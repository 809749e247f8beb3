"""From any dispatch to the pages as they stood: the command, and what it takes as a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from communique.cli import program
from communique.web.ledger import models, stored


def run(desk: Any, *arguments: str) -> Result:
    where = ("--workspace", str(desk.workspace.folder))
    return CliRunner().invoke(program, ("evidence", *arguments, *where), catch_exceptions=False)


def test_one_command_leads_from_a_dispatch_to_its_page_as_it_stood(desk: Any, tmp_path: Path) -> None:
    made = desk.published()
    kept = models.Capture.objects.get()

    done = run(desk, str(made.number), "--save", str(tmp_path / "saved"), "--json")

    shown = json.loads(done.stdout)
    assert (done.exit_code, shown["digest"], shown["url"]) == (0, kept.digest, kept.url)
    assert Path(shown["file"]).read_text().startswith(models.Document.objects.get().content["text"][:40])


def test_a_dispatch_leads_to_the_page_of_its_day_and_not_to_what_stands_there_now(desk: Any) -> None:
    made = desk.published()
    before = models.Capture.objects.get()
    desk.statement("Something else stands there now.", minutes=9)

    assert [row.pk for row in stored.behind(str(made.number))] == [before.pk]


def test_statements_digests_and_records_are_names_as_well(desk: Any) -> None:
    statement = desk.statement()
    kept = models.Capture.objects.get()

    for name in (statement.key, kept.digest, kept.record_id, kept.record_id.removeprefix("urn:uuid:")):
        assert list(stored.behind(name)) == [kept]


@pytest.mark.parametrize("name", ["", "0", "27", "s-nothing", "sha256:" + "0" * 64, "kittens", "../../etc/passwd"])
def test_what_is_no_name_of_anything_is_a_sentence(desk: Any, name: str) -> None:
    done = run(desk, name)

    assert done.exit_code == 2
    assert "give a dispatch's number" in done.stderr


def test_a_copy_that_was_damaged_is_a_trouble(desk: Any) -> None:
    made = desk.published()
    for file in desk.workspace.evidence.glob("*.gz"):
        file.write_bytes(file.read_bytes()[:200])

    done = run(desk, str(made.number))

    assert done.exit_code == 1
    assert "restore" in done.stderr
