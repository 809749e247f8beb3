"""Every page of the desk asks the database as often for many rows as for few."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communique.web.ledger import edition, models, publication, site

from .conftest import LEAD, post

GREEK = "Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν πάλι οι τέσσερις υδατοφράκτες."
LISTS = (
    "", "?view=due", "?view=snoozed", "?view=declined", "?q=locks", "pulse/?shown=s-x", "published/",
    "published/?stage=draft", "published/?stage=scheduled", "published/?stage=replaced",
    "sources/", "sources/source-1/", "stories/", "stories/t-locks/", "audit/", "keys/", "dispatches/1/",
)  # fmt: skip
OF_ONE = ("", "beside/", "differences/", "merge/")


def _fill(desk: Any, times: int, **given: Any) -> None:
    """Enter statements in every state, with drafts and dispatches on some."""
    for _ in range(times):
        number = models.Document.objects.count()
        first = desk.statement(f"{LEAD} {number}", **given)
        desk.statement(f"{GREEK} {number}", of=first, language="el")
        for at, stage in enumerate(("snoozed", "declined", "inbox"), 1):
            other = desk.statement(f"{LEAD} {number + at} again.")
            models.Statement.objects.filter(pk=other.pk).update(stage=stage, snoozed_until=other.first_seen_at)
        models.Statement.objects.filter(pk=other.pk).update(needs_review="one number changed")
        one, two = desk.published(f"{LEAD} {number}!"), desk.published(f"{LEAD} {number}?")
        models.Dispatch.objects.filter(pk=one.pk).update(stage="replaced", replaced_by=two)
        models.Correction.objects.create(dispatch=one, operation="replace", at=first.first_seen_at, reason="both same")
        for stage in ("draft", "scheduled"):
            row = publication.new_draft(first, publication.record(two), by=None, now=first.first_seen_at)
            models.Dispatch.objects.filter(pk=row.pk).update(stage=stage, scheduled_at=first.first_seen_at)
    models.Statement.objects.update(story="t-locks")


def _count(desk: Any, path: str) -> int:
    client = desk.signed_in("admin")
    client.get(path)  # what a process learns once is not a page's own
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_no_list_asks_more_for_more_rows(desk: Any) -> None:
    _fill(desk, 2)
    few = {path: _count(desk, f"/desk/{path}") for path in LISTS}

    _fill(desk, 4)
    many = {path: _count(desk, f"/desk/{path}") for path in LISTS}

    assert many == few
    assert max(many.values()) <= 14


@pytest.mark.parametrize("own", OF_ONE)
def test_no_page_of_a_statement_asks_more_for_more_documents(desk: Any, own: str) -> None:
    statement = desk.statement()
    for number in range(2):
        desk.statement(f"{LEAD} Now.", of=statement, minutes=number)
    few = _count(desk, f"/desk/statements/{statement.key}/{own}")

    for number in range(5):
        desk.statement(f"{LEAD} Now, {number}.", of=statement, minutes=2 + number)
        post(desk.signed_in(), f"/desk/statements/{statement.key}/snooze/", version=number, until="hour")

    assert _count(desk, f"/desk/statements/{statement.key}/{own}") == few


def test_a_merge_asks_no_more_for_more_statements_and_reads_none_of_their_texts(desk: Any) -> None:
    statement, counts = desk.statement(), []
    for number in range(6):
        other = desk.statement(f"{LEAD} Again, {number}.", minutes=number)
        desk.statement(f"{GREEK} {number}", of=other, language="el")
        counts.append(_count(desk, f"/desk/statements/{statement.key}/merge/"))
    with CaptureQueriesContext(connection) as queries:
        answer = desk.signed_in("admin").get(f"/desk/statements/{statement.key}/merge/")

    assert len(answer.context["page"].targets) == 6
    assert counts[1:] == [14] * 5
    read = [one["sql"] for one in queries if '"ledger_document"."content", "ledger' in one["sql"]]
    assert read == []


def test_no_page_of_a_reading_asks_more_for_more_documents(desk: Any) -> None:
    statement = desk.statement()
    record = statement.documents.get().capture.record_id.removeprefix("urn:uuid:")
    few = _count(desk, f"/desk/statements/{statement.key}/reading/{record}/")

    for number in range(4):
        desk.statement(f"{LEAD} Now, {number}.", of=statement, minutes=2 + number)

    assert _count(desk, f"/desk/statements/{statement.key}/reading/{record}/") == few


def test_dispatches_that_were_replaced_ask_no_more_than_others(desk: Any) -> None:
    _fill(desk, 1)
    here = edition.DatabaseEdition(
        workspace=desk.workspace, number=1, at=models.LogEntry.objects.all()[0].at, log_size=99, tiles=None,  # type: ignore[arg-type]
        signer=site.signing_key(desk.workspace),
    )  # fmt: skip
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            shown = here.newest(50), here.corrected(50)
        counts.append(len(queries))
        _fill(desk, 2)

    assert counts[0] == counts[1] == 4
    assert len(shown[0]) == 6
