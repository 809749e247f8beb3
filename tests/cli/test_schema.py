"""`communique schema`: shapes that outside programs rely on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from communique.cli import program
from communique.cli.schema import names
from communique.kit import jsonable
from communique.records import Actor, Trouble

PROMISED = (
    "read", "listing", "feed", "match", "code", "check", "read-input", "listing-input", "feed-input", "match-input",
    "code-input", "check-input", "trouble", "dispatch", "event", "actor", "source", "demo-check", "publish", "verify",
    "run-tally", "user", "doctor", "discovery", "workspace", "serving", "source-change", "backup", "imported",
    "returned", "sign-in-link",
)  # fmt: skip


def _printed(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CliRunner().invoke(program, ["schema", name]).stdout)
    return found


def test_without_a_name_all_names_are_listed() -> None:
    done = CliRunner().invoke(program, ["schema"])

    assert done.exit_code == 0
    assert done.stdout.split() == list(names())
    assert set(PROMISED) <= set(names())


@pytest.mark.parametrize("name", names())
def test_every_schema_is_a_schema(name: str) -> None:
    schema = _printed(name)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(name)
    assert schema["title"]


@pytest.mark.parametrize("name", names())
def test_fields_may_be_added(name: str) -> None:
    assert "additionalProperties" not in json.dumps(_printed(name))


@pytest.mark.parametrize("name", names())
def test_every_field_says_what_it_is(name: str) -> None:
    undescribed = [where for where, field in _fields(_printed(name), name) if not _is_described(field)]

    assert not undescribed


def _fields(schema: Any, where: str) -> list[tuple[str, Any]]:
    if isinstance(schema, list):
        return [found for part in schema for found in _fields(part, where)]
    if not isinstance(schema, dict):
        return []
    own = [(f"{where}.{name}", field) for name, field in schema.get("properties", {}).items()]
    return own + [found for name, part in schema.items() for found in _fields(part, f"{where}.{name}")]


def _is_described(field: dict[str, Any]) -> bool:
    return "description" in field or "$ref" in field or any("$ref" in one for one in field.get("oneOf", ()))


def test_an_unknown_name_is_wrong_use() -> None:
    done = CliRunner().invoke(program, ["schema", "no-such-shape"])

    assert done.exit_code == 2
    assert "no-such-shape" in done.stderr
    assert "check-input" in done.stderr


def test_a_trouble_is_as_its_schema_says() -> None:
    trouble = Trouble(room="read", kind="not-html", detail="This is a picture; give a page.", passing=False)

    line = {"id": "1", "trouble": jsonable.of_record(trouble)}

    assert Draft202012Validator(_printed("trouble")).is_valid(line)
    assert Draft202012Validator(_printed("read")).is_valid(line)


def test_an_actor_is_as_its_schema_says() -> None:
    actor = Actor(id="xx-guild", name="Pilots' Guild", kind="professional", country=None, names=(("Lotsgillet", "sv"),))

    assert Draft202012Validator(_printed("actor")).is_valid(jsonable.of_record(actor))


def test_the_contract_s_own_example_of_a_dispatch_is_as_its_schema_says() -> None:
    at = datetime(2019, 1, 10, 9, tzinfo=UTC).isoformat()
    dispatch = {
        "id": "27", "text": "The guild met.", "headline": None, "dateline": None, "pinned": False, "published": at,
        "stage": "published", "language": "en", "publisher": "Harbour Wire", "actors": ["xx-guild"],
        "translations": ["28"],
        "events": [{"type": "MEET", "plover": "CONSULT", "source": ["xx-guild"], "target": [], "about": [],
                    "modality": "asserted", "date": "2019-01-09", "confirmed": True}],
        "sources": [{"url": "https://guild.example/1", "publisher": "xx-guild", "language": "sv",
                     "published": "2019-01-09", "captured": at, "digest": "sha256:" + "0" * 64}],
        "corrections": [{"operation": "correct", "at": at, "reason": "A name.", "before": "The guilt met."}],
    }  # fmt: skip

    assert not [error.message for error in Draft202012Validator(_printed("dispatch")).iter_errors(dispatch)]


def test_schemas_lie_in_the_package_as_they_are_printed() -> None:
    folder = Path(__file__).parents[2] / "src" / "communique" / "schemas"

    assert {path.stem for path in folder.glob("*.json")} == set(names())
