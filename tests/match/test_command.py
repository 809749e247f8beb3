"""`communique match` on JSON Lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from communique.cli import program


def _run(lines: list[Any], *arguments: str) -> Result:
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines)
    return CliRunner().invoke(program, ["match", "--quiet", *arguments], input=text.encode())


def _answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_answers_come_in_the_order_of_the_input(given: list[dict[str, Any]]) -> None:
    result = _run(given)

    assert result.exit_code == 0
    assert [one["id"] for one in _answers(result)] == [one["id"] for one in given]
    assert set(_answers(result)[0]) == {"id", "statement", "relation", "of", "story", "score"}


def test_more_processes_give_the_same_bytes(given: list[dict[str, Any]]) -> None:
    assert _run(given, "--jobs", "2").stdout == _run(given).stdout


def test_a_line_without_an_id_is_known_by_its_number() -> None:
    assert [one["id"] for one in _answers(_run([{"text": "One."}, {"text": "Two."}]))] == ["1", "2"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ({"id": "x"}, "no-text"),
        ({"id": "x", "text": " \n"}, "no-text"),
        ({"id": "x", "text": 7}, "bad-field"),
        ({"id": "x", "text": "T", "links": "https://a.example/"}, "bad-field"),
        ({"id": "x", "text": "T", "published": "yesterday"}, "bad-field"),
        ({"id": "x", "text": "T", "published": {"at": "2024-02-31", "precision": "day"}}, "bad-field"),
        ({"id": "x", "text": "T", "signatories": [{"relation": "signer"}]}, "bad-field"),
        ('{"id": "x", "text": ', "not-json"),
        ("[]", "not-an-object"),
    ],
)
def test_a_bad_line_gives_a_trouble_in_its_place(line: Any, kind: str) -> None:
    result = _run([{"id": "a", "text": "A text."}, line, {"id": "b", "text": "Another."}])

    assert result.exit_code == 1
    assert _answers(result)[1]["trouble"]["kind"] == kind
    assert [one["id"] for one in _answers(result)][::2] == ["a", "b"]


def test_an_id_given_twice_is_a_trouble() -> None:
    result = _run([{"id": "a", "text": "A text."}, {"id": "a", "text": "Another."}])

    assert result.exit_code == 1
    assert _answers(result)[1]["trouble"]["kind"] == "id-twice"


def test_month_and_year_are_taken_as_they_are() -> None:
    dates = ["2024", "2024-05"]
    lines = [
        {"text": "T", "published": {"at": at, "precision": kind}}
        for at, kind in zip(dates, ("year", "month"), strict=True)
    ]

    assert _run(lines).exit_code == 0


def test_explain_says_why_in_words(given: list[dict[str, Any]]) -> None:
    result = _run(given, "--explain", "yard-en", "yard-ru")

    assert result.exit_code == 0
    assert result.stdout.startswith("One statement")


def test_explain_of_an_unknown_id_is_wrong_use(given: list[dict[str, Any]]) -> None:
    result = _run(given, "--explain", "yard-en", "nobody")

    assert result.exit_code == 2
    assert "nobody" in result.stderr


def test_no_input_gives_no_output() -> None:
    result = _run([])

    assert (result.exit_code, result.stdout) == (0, "")
