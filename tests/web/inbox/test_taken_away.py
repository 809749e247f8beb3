"""That a document was taken away is told on the pages of its statement and of its source, and nowhere else."""

from __future__ import annotations

from typing import Any

from communique.records import Trouble
from communique.testing.builders import MORNING, visited
from communique.web.ledger import courses, models
from communique.web.ledger.store import DatabaseLedger

from .conftest import page_text

GONE = Trouble(room="collect", kind="gone", detail="the site answers 410, the page is gone", passing=False)


def _take_away(statement: models.Statement) -> models.Page:
    page = statement.documents.get().page
    assert page is not None
    DatabaseLedger().page_visited(page.url, visited(next_at=None, is_gone=True, trouble=GONE))
    return page


def test_a_statement_says_on_which_day_its_document_was_taken_away_and_why(desk: Any) -> None:
    statement = desk.statement()
    before = page_text(desk.signed_in().get(f"/desk/statements/{statement.key}/"))

    _take_away(statement)

    assert "Taken away on" not in before
    text = page_text(desk.signed_in().get(f"/desk/statements/{statement.key}/"))
    assert "Taken away on 2 Mar 2026" in text
    assert GONE.detail in text


def test_the_inbox_shows_what_was_taken_away_as_before(desk: Any) -> None:
    statement = desk.statement()
    before = desk.signed_in().get("/desk/").context["page"].lines

    _take_away(statement)

    after = desk.signed_in().get("/desk/").context["page"].lines
    assert [(line.key, line.notes) for line in after] == [(line.key, line.notes) for line in before]


def test_a_source_tells_what_happened_to_it_the_newest_first(desk: Any) -> None:
    page = _take_away(desk.statement())
    row = page.source
    row.visited_at, row.trouble_kind, row.trouble_detail = MORNING, "restless", "it had another text each time"
    row.troubles_in_row = 24
    courses.mark(row, MORNING.replace(year=2027))

    found = desk.signed_in().get(f"/desk/sources/{row.slug}/").context["page"]

    assert [event.at.year for event in found.events] == [2027, 2026]
    assert "another text" in found.events[0].said
    assert found.events[1].said == f"taken away: {page.title or page.url}"
    assert found.pages[0].gone_at == MORNING
