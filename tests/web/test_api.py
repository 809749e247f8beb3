"""The public API: what is public comes out in the shapes of `export`, what is not does not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponseBase
from django.test import Client
from hypothesis.strategies import SearchStrategy
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.core.result import Ok
from tests.web.published import BEGAN, act, publish, told

from communique.web.ledger import leaving, publication
from communique.web.workspace import Workspace

pytestmark = pytest.mark.db

EXAMPLES = 15  # of each address and mode; with 300 that fit and 60 that do not, nothing further was found


def answer(path: str, status: int = 200, **asked: Any) -> Any:
    """Ask the API and yield its JSON."""
    response = Client().get(f"/api/v1/{path}", asked)
    assert response.status_code == status, response.content
    return response.json()


A_TIME = "a day (2026-03-08 from 00:00 UTC on) or an instant with its offset (2026-03-08T09:00:00Z)"


def numbers(path: str = "dispatches", **asked: Any) -> list[str]:
    return [row["id"] for row in answer(path, **asked)["results"]]


def test_dispatches_come_newest_first_in_the_shape_of_an_export(newsroom_on: Workspace) -> None:
    publish(told(0), told(1))

    rows = answer("dispatches")["results"]

    exported = list(leaving.dispatches(None))
    assert [row["id"] for row in rows] == ["2", "1"]
    assert json.loads(json.dumps(exported[1])).items() <= rows[0].items()
    assert rows[0]["url"].startswith("http://localhost:8000/d/2/")


def test_a_cursor_goes_through_all_dispatches_once(newsroom_on: Workspace) -> None:
    publish(*(told(place) for place in range(7)))

    seen, cursor = [], None
    while True:
        page = answer("dispatches", limit=3, **({"cursor": cursor} if cursor else {}))
        seen += [row["id"] for row in page["results"]]
        if (cursor := page["next"]) is None:
            break

    assert seen == ["7", "6", "5", "4", "3", "2", "1"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": "xt-hpu"}, ["1"]),
        ({"country": "no"}, ["2"]),
        ({"language": "en"}, ["2", "1"]),
        ({"story": "ferries"}, ["6", "5", "4", "3", "2", "1"]),
        ({"after": "2026-03-05"}, ["6", "5"]),
        ({"before": "2026-03-02"}, ["1"]),
        ({"after": "2026-03-02T09:00:00Z", "before": "2026-03-03T09:00:01Z"}, ["3", "2"]),
        ({"actor": "xt-hpu", "country": "NO"}, []),
        ({"updated_since": "2026-03-02"}, []),
    ],
)
def test_dispatches_are_filtered(newsroom: Workspace, asked: dict[str, str], expected: list[str]) -> None:
    publish(*(told(place) for place in range(6)))

    assert numbers(**asked) == expected


def test_what_was_corrected_since_is_found(newsroom: Workspace) -> None:
    rows = publish(told(0), told(1))

    publication.correct(act(rows[0]), "The union called on the ministry.", "The ferry was not named.")

    assert numbers(updated_since="2026-03-20") == ["1"]
    assert answer("dispatches/1")["corrections"][0]["before"].startswith("The Harbour and Port Union")


def test_undated_dispatches_stay_undated_and_fall_out_of_a_range(newsroom: Workspace) -> None:
    publish(told(0, published=None), told(1))

    assert numbers(after="2000-01-01") == ["2"]
    assert answer("dispatches/1")["published"] is None


def test_drafts_are_not_public(newsroom: Workspace) -> None:
    publish(told(0), is_published=False)

    assert numbers() == []
    assert answer("events")["results"] == []
    assert answer("search", q="harbour")["results"] == []
    assert answer("organisations")["results"] == []
    assert answer("dispatches/1", status=404) == {"detail": "there is no dispatch 1 on this wire"}


@pytest.mark.parametrize("operation", [publication.hold, publication.withdraw])
def test_words_that_were_taken_back_are_nowhere_in_the_api(newsroom: Workspace, operation: Any) -> None:
    rows = publish(told(0), told(1))
    publication.correct(act(rows[0]), "The union shouted at the ministry.", "The wording was too long.")
    operation(act(rows[0]), "The union says that it did not.")

    row = answer("dispatches/1")

    assert (row["text"], row["events"], row["actors"], row["sources"]) == (None, [], [], [])
    assert [one["reason"] for one in row["corrections"]][-1] == "The union says that it did not."
    assert "Harbour" not in json.dumps(answer("dispatches")) + json.dumps(answer("events"))
    assert answer("search", q="union")["results"] == []


def test_events_carry_their_dispatch_and_evidence(newsroom: Workspace) -> None:
    publish(told(0), told(1, modality="denied"))

    events = answer("events")["results"]

    assert events == json.loads(json.dumps(list(leaving.events(None))[::-1]))
    assert [event["id"] for event in answer("events", modality="asserted")["results"]] == ["1.1"]
    assert answer("events", type="CONDEMN")["results"] == []


def test_organisations_and_stories_are_counted(newsroom_on: Workspace) -> None:
    publish(told(0), told(1), told(6), told(7, story=None))

    first = answer("organisations", limit=1)
    second = answer("organisations", limit=1, cursor=first["next"])

    assert [(row["id"], row["dispatches"], row["newest"]) for row in first["results"]] == [("xt-hpu", 2, "3")]
    assert ([row["id"] for row in second["results"]], second["next"]) == (["xt-mot"], None)
    assert [(row["slug"], row["dispatches"]) for row in answer("stories")["results"]] == [("ferries", 3)]


def test_an_organisation_of_the_registry_has_a_page_before_it_is_told_of(newsroom: Workspace) -> None:
    assert answer("organisations/int-unrwa")["dispatches"] == 0
    assert "there is no organisation xx-nobody" in answer("organisations/xx-nobody", status=404)["detail"]


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("dispatches", {"contry": "NO"}, "did you mean country?"),
        ("dispatches", {"limit": "0"}, "limit: '0' came; expected: a whole number from 1 to 500"),
        ("dispatches", {"limit": "many"}, "limit: 'many' came; expected: a whole number from 1 to 500"),
        ("dispatches", {"limit": ""}, "limit: nothing came; expected: a whole number from 1 to 500"),
        ("dispatches", {"limit": ["1", "2"]}, "limit: it is given 2 times, where once is expected"),
        ("dispatches", {"cursor": "9" * 99}, f"cursor: '{'9' * 50}' came; expected: the `next` of the answer before"),
        ("dispatches", {"after": "yesterday"}, f"after: 'yesterday' came; expected: {A_TIME}"),
        ("dispatches", {"after": "2019"}, f"after: '2019' came; expected: {A_TIME}"),
        ("dispatches", {"before": "2026-03-08T09:00"}, f"before: '2026-03-08T09:00' came; expected: {A_TIME}"),
        ("dispatches", {"actor": "a\x00b"}, r"actor: 'a\x00b' came; expected: the id of an organisation"),
        ("dispatches", {"country": "Norway"}, "country: 'Norway' came; expected: a country by ISO 3166-1 alpha-2"),
        ("dispatches", {"language": "*"}, "language: '*' came; expected: a language by BCP 47"),
        ("events", {"type": "condemn"}, "type: 'condemn' came; expected: a type of event in capitals, such as CONDEMN"),
        ("events", {"modality": "no"}, "modality: 'no' came; expected: asserted, negated, planned, conditional, possi"),
        ("organisations", {"cursor": "\x00"}, r"cursor: '\x00' came; expected: the `next` of the answer before"),
        ("dispatches/x", {}, "id: 'x' came; expected: the number of a dispatch on this wire, such as 27"),
        ("organisations/" + "x" * 201, {}, "x' came; expected: the id of an organisation, as in /organisations"),
        ("search", {}, "q: nothing came; expected: words (at most 300 characters)"),
    ],
)
def test_a_wrong_request_is_refused_with_one_sentence(
    newsroom: Workspace, path: str, asked: dict[str, Any], said: str
) -> None:
    refusal = answer(path, status=422, **asked)

    assert list(refusal) == ["detail"]
    assert said in refusal["detail"]


def test_an_address_that_is_not_there_says_where_to_look(newsroom: Workspace) -> None:
    assert "openapi.json" in answer("dispatch", status=404)["detail"]


def test_the_same_answer_is_not_sent_twice(newsroom: Workspace) -> None:
    rows = publish(told(0))
    tag = Client().get("/api/v1/dispatches").headers["ETag"]

    again = Client().get("/api/v1/dispatches", headers={"If-None-Match": tag})
    publication.correct(act(rows[0]), "The union called on the ministry.", "Shorter.")
    changed = Client().get("/api/v1/dispatches", headers={"If-None-Match": tag})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


@pytest.mark.parametrize("path", ["", "dispatches", "openapi.json", "nowhere"])
def test_every_site_may_read_every_answer(newsroom: Workspace, path: str) -> None:
    def opened(response: HttpResponseBase) -> bool:
        return response.headers["Access-Control-Allow-Origin"] == "*"

    assert opened(Client().get(f"/api/v1/{path}"))
    assert opened(Client().options(f"/api/v1/{path}"))
    assert opened(Client().head(f"/api/v1/{path}"))


def test_nothing_can_be_changed_through_the_api(newsroom: Workspace) -> None:
    response = Client(enforce_csrf_checks=True).post("/api/v1/dispatches", "{}", content_type="application/json")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "not POST" in response.json()["detail"]


def test_queries_do_not_grow_with_the_rows(newsroom: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for start in (0, 30):
        for place in range(start, start + 30):
            publication.take_over(told(place), import_key=f"many-{place}", now=BEGAN, is_published=True)
        with CaptureQueriesContext(connection) as asked:
            answer("dispatches", limit=500)
            answer("organisations")
            answer("search", q="ferry", limit=500)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_api_describes_itself_as_openapi(newsroom: Workspace) -> None:
    described = answer("openapi.json")

    assert described["openapi"] == "3.1.0"
    assert [wrong.message for wrong in OpenAPIV31SpecValidator(described).iter_errors()] == []
    assert {"/api/v1/dispatches", "/api/v1/events", "/api/v1/search"} <= set(described["paths"])


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
def test_whatever_is_asked_the_answer_is_as_described(newsroom: Workspace, mode: schemathesis.GenerationMode) -> None:
    publish(*(told(place) for place in range(6)))
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    found = [one.ok() if isinstance(one, Ok) else None for one in described.get_all_operations()]
    asked = [one for one in found if one is not None and (mode.is_positive or one.query)]

    assert None not in found
    assert len(asked) == (9 if mode.is_positive else 6)  # only a query can be wrong: every id may be somebody's
    for operation in asked:
        _asked_at_random(operation.as_strategy(mode))


def _asked_at_random(cases: SearchStrategy[schemathesis.Case[Any]]) -> None:
    """Ask a seeded sample, and hold each answer against what the description says of it."""

    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    @hypothesis.given(case=cases)
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    ask()


def test_a_series_lists_its_occasions(newsroom_on: Workspace) -> None:
    publish(*(replace(told(place), occasion="x", series="Tide Forum", occasion_number=9 - place) for place in range(3)))

    (one,) = answer("series")["results"]
    found = answer("dispatches", series="tide-forum", limit=1)["results"]

    assert (one["slug"], one["name"], one["dispatches"]) == ("tide-forum", "Tide Forum", 3)
    assert [each["number"] for each in one["occasions"]] == [9, 8, 7]
    assert (found[0]["series"], found[0]["occasion_number"]) == ("Tide Forum", 7)
