"""`communique code`: JSON Lines in and out, as the contract says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.cli import program
from communique.cli.code import work
from communique.records import Trouble
from communique.registry import COLUMNS

SENTENCE = (
    "Yesterday the Palestinian CP condemned the closure of UNRWA's office in Jerusalem on the eve of the 21st IMCWP."
)


def run(*lines: dict[str, Any], arguments: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
    given = "".join(json.dumps(line) + "\n" for line in lines)
    done = CliRunner().invoke(program, ["code", "--quiet", *arguments], input=given)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_the_contract_s_example_is_coded() -> None:
    status, (made,) = run({"id": "1", "text": SENTENCE, "published": "2019-01-10"})

    assert status == 0
    (event,) = made["events"]
    assert (event["type"], event["plover"], event["modality"]) == ("CONDEMN", "ACCUSE", "asserted")
    assert (event["date"], event["place"], event["occasion"]) == ("2019-01-09", None, None)
    assert event["object"]["text"] == "the closure of UNRWA's office in Jerusalem"
    assert [made["mentions"][i]["actor"] for i in event["source"] + event["about"]] == ["ps-pcp", "int-unrwa"]
    assert [(place["text"], place["country"]) for place in made["places"]] == [("Jerusalem", None)]
    assert [(one["text"], one["number"]) for one in made["occasions"]] == [("21st IMCWP", 21)]


def test_every_field_of_the_contract_is_there() -> None:
    _, (made,) = run({"text": SENTENCE})

    assert {"id", "mentions", "events", "places", "dates", "occasions"} <= set(made)
    assert set(made["mentions"][0]) == {"text", "span", "actor", "name", "kind", "country", "candidates"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": "1"}, "`text` is missing"),
        ({"text": 7}, "`text` is missing or not a string"),
        ({"text": "x", "published": "soon"}, "`published` is 'soon'; a day is written as 2019-01-10"),
        ({"text": "x", "language": 7}, "`language` is a number"),
        ({"text": "x" * 2_000_001}, "`text` has 2000001 characters"),
    ],
)
def test_a_bad_line_is_a_trouble_with_one_plain_sentence(line: dict[str, Any], said: str) -> None:
    done = work(line)

    assert isinstance(done, Trouble)
    assert said in done.detail


def test_a_folder_of_actors_replaces_and_adds(tmp_path: Path) -> None:
    row = "xx-hwu,NO,Harbour Workers' Union,,,,,,,,charter"
    (tmp_path / "union.csv").write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")

    _, (made,) = run({"text": "The Harbour Workers' Union has met."}, arguments=("--registry", str(tmp_path)))

    assert [mention["actor"] for mention in made["mentions"]] == ["xx-hwu"]


def test_a_broken_folder_of_actors_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "union.csv").write_text("id,name\n", encoding="utf-8")

    done = CliRunner().invoke(program, ["code", "--registry", str(tmp_path)], input="")

    assert done.exit_code == 2
    assert "union.csv:1: the first line must be" in done.stderr


def test_explain_adds_a_line_for_each_event() -> None:
    _, (made,) = run({"text": "The Dockers' Union condemned the closure."}, arguments=("--explain",))

    assert len(made["explanation"]) == 1


def test_two_processes_change_no_byte() -> None:
    lines = [{"id": str(n), "text": f"The Dockers' Union condemned closure {n}."} for n in range(70)]

    assert run(*lines) == run(*lines, arguments=("--jobs", "2"))
