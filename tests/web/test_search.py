"""Words are found whatever their case, accents and script, within a deadline; the page looks like the wire's."""

from __future__ import annotations

import html
import re
from itertools import count

import pytest
from django.test import Client
from tests.web.published import publish, told

from communique.web.public import rows, search, shapes
from communique.web.workspace import Workspace

pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("FERRY night", ["2", "1"]),
        ('"keep the night"', ["1"]),
        ("„keep the night“", ["1"]),
        ("ferry -xyzzy", []),
        ("fahre", ["3"]),
        ("FÄHRE", ["3"]),
        ("καταδικαζει", ["4"]),
        ("istanbul", ["6"]),
        ("100%_", []),
        ("%", []),
        ("'; DROP TABLE ledger_dispatch; --", []),
    ],
)
def test_all_words_are_found_in_any_case_and_script(newsroom_on: Workspace, query: str, expected: list[str]) -> None:
    publish(*(told(place) for place in range(6)))

    found = Client().get("/api/v1/search", {"q": query}).json()

    assert [row["id"] for row in found["results"]] == expected
    assert (found["complete"], found["next"]) == (True, None)


def test_a_day_in_the_query_narrows_it_by_publication(newsroom: Workspace) -> None:
    made = publish(*(told(place) for place in range(6)))
    days = sorted({row.published_at.date() for row in made if row.published_at})
    client = Client()

    def numbers(query: str) -> set[str]:
        return {row["id"] for row in client.get("/api/v1/search", {"q": query}).json()["results"]}

    later = {str(row.number) for row in made if row.published_at and row.published_at.date() >= days[1]}
    earlier = {str(row.number) for row in made if row.published_at and row.published_at.date() < days[1]}
    assert numbers(f"after:{days[1]}") == later
    assert numbers(f"Before:{days[1]}") == earlier
    assert numbers(f"ferry after:{days[1]}") == numbers("ferry") & later
    assert numbers("after:never") == set()


def test_the_page_answers_a_query_of_days_alone(newsroom: Workspace) -> None:
    publish(told(0))

    page = Client().get("/search/", {"q": "before:2100-01-01"}).content.decode()

    assert "ferry" in page


def test_a_search_goes_on_where_it_stopped(newsroom: Workspace) -> None:
    publish(*(told(place) for place in range(12)))

    first = Client().get("/api/v1/search?q=ferry&limit=3").json()
    second = Client().get(f"/api/v1/search?q=ferry&limit=3&cursor={first['next']}").json()

    assert [row["id"] for row in first["results"]] == ["8", "7", "2"]
    assert [row["id"] for row in second["results"]] == ["1"]


def test_a_search_is_narrowed_like_a_list(newsroom: Workspace) -> None:
    publish(*(told(place) for place in range(6)))

    found = Client().get("/api/v1/search", {"q": "ferry", "country": "NO"}).json()

    assert [row["id"] for row in found["results"]] == ["2"]


def test_a_search_ends_at_its_deadline_and_says_where(newsroom: Workspace) -> None:
    publish(*(told(place) for place in range(6)))
    ticks = count()

    found = search.found(
        "no such word", rows.asked_for(shapes.Asked()), search.Bounds(limit=5, deadline_s=1, clock=lambda: next(ticks))
    )

    assert found == search.Found(numbers=(), next=1, is_complete=False)


def test_a_search_looks_through_so_many_texts_and_no_more(newsroom: Workspace) -> None:
    publish(*(told(place) for place in range(6)))

    found = search.found("nothing", rows.asked_for(shapes.Asked()), search.Bounds(limit=5, candidates=1))

    assert not found.is_complete


def test_the_search_page_is_the_wire_with_what_was_found(newsroom: Workspace) -> None:
    publish(told(0), told(1))

    response = Client().get("/search/", {"q": '<script>alert(1)</script> "'})
    found = Client().get("/search/", {"q": "ferry"}).content.decode()

    assert "<script>alert" not in response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert found.index("/d/2/") < found.index("/d/1/")
    assert "2 dispatches found" in found


def test_the_search_page_goes_on_to_older_dispatches(newsroom: Workspace) -> None:
    publish(*(told(0) for _ in range(101)))

    first = Client().get("/search/", {"q": '"night ferry" tides'}).content.decode()
    href = html.unescape(re.findall(r'<a rel="next" href="([^"]+)"', first)[0])
    second = Client().get(f"/search/{href.removeprefix('../search/')}").content.decode()

    assert ("100 dispatches found" in first, "1 dispatch found" in second) == (True, True)
    assert 'rel="next"' not in second


@pytest.mark.parametrize("cursor", ["0", "-1", "x", "9" * 40, "²"])
def test_a_cursor_that_is_none_begins_at_the_newest(newsroom: Workspace, cursor: str) -> None:
    publish(told(0))

    assert "1 dispatch found" in Client().get("/search/", {"q": "ferry", "cursor": cursor}).content.decode()


def test_the_search_page_without_words_is_the_plain_file(newsroom: Workspace) -> None:
    page = newsroom.site / "search" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("the form", encoding="utf-8")

    assert Client().get("/search/").getvalue() == b"the form"
    assert Client().get("/search/", {"q": " \x00 "}).getvalue() == b"the form"
