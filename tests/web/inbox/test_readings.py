"""How a document was read, at the desk: looked at, corrected, kept apart, followed by what is made of it."""

from __future__ import annotations

from typing import Any

import pytest

from communique import match
from communique.flow.ledger import Renewed, Versions
from communique.testing import builders
from communique.web.inbox import times
from communique.web.ledger import models, recorded, store

from .conftest import LEAD, coding, page_text, post

MORE = (
    "The locks were closed on 14 January; since then 37 barges have waited below the weir, and their crews with them."
)
LAST = "The union will meet the carriers at Aldermouth next week, and it asks both sides of the river to come."
TRAIL = "Read also: the weir at Lower Alder is painted green this summer, says the council."
HTML = (
    f"<html lang=en><head><title>Locks</title></head><body><nav><a href=/>Home</a> <a href=/n>News</a></nav><main>"
    f"<h1>Reopen the locks</h1><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></main>"
    f"<footer><p>{TRAIL}</p></footer></body></html>"
)


@pytest.fixture
def statement(desk_on: Any) -> models.Statement:
    """A statement whose page has something around its text."""
    made: models.Statement = desk_on.statement(f"{LEAD}\n\n{MORE}\n\n{LAST}", title="Reopen the locks", body=HTML)
    return made


def _row(statement: models.Statement) -> models.Document:
    return models.Document.objects.select_related("capture", "statement").get(statement=statement, is_current=True)


def _at(statement: models.Statement, what: str = "") -> str:
    record = _row(statement).capture.record_id.removeprefix("urn:uuid:")
    return f"/desk/statements/{statement.key}/reading/{record}/{what}"


def _amend(desk: Any, statement: models.Statement, what: str, to: str = "") -> Any:
    version = models.Statement.objects.get(pk=statement.pk).version
    return post(desk.signed_in(), _at(statement, "amend/"), version=version, what=what, to=to)


def _shown(desk: Any, statement: models.Statement) -> Any:
    return desk.signed_in("reader").get(_at(statement)).context["page"]


def test_the_page_shows_what_was_taken_and_what_was_left_out(desk_on: Any, statement: Any) -> None:
    parts = {one.text: one for one in _shown(desk_on, statement).parts}

    assert parts[MORE].is_taken
    assert not parts[TRAIL].is_taken
    assert all(one.reason for one in parts.values())


def test_each_field_has_its_witness(desk_on: Any, statement: Any) -> None:
    fields = {one.name: one for one in _shown(desk_on, statement).fields}

    assert "h1" in fields["title"].witness
    assert fields["language"].value == "en"
    assert fields["byline"].witness == "nothing gives it"


def test_a_reader_looks_and_finds_nothing_to_press(desk_on: Any, statement: Any) -> None:
    html = desk_on.signed_in("reader").get(_at(statement)).content.decode()

    assert "amend/" not in html
    assert f'href="{_at(statement)}"' in desk_on.signed_in("reader").get(
        f"/desk/statements/{statement.key}/").content.decode()  # fmt: skip


def test_a_corrected_title_stands_on_the_line_with_who_said_so(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks are to be reopened")

    title = next(one for one in _shown(desk_on, statement).fields if one.name == "title")
    assert (title.value, title.was, title.by) == ("Four locks are to be reopened", "Reopen the locks", "editor")
    assert _row(statement).title == "Four locks are to be reopened"
    assert len(desk_on.signed_in().get("/desk/?q=Four").context["page"].lines) == 1


@pytest.mark.parametrize(("given", "day"), [("2026-02-28", "2026-02-28"), ("2026-02", None), ("", None)])
def test_a_corrected_day_is_the_statements(desk_on: Any, statement: Any, given: str, day: str | None) -> None:
    _amend(desk_on, statement, "published", given)

    found = models.Statement.objects.get(pk=statement.pk).day
    assert (found and found.isoformat()) == day
    assert _row(statement).day == found


@pytest.mark.parametrize(("what", "to"), [
    ("published", "28.2.2026"), ("published", "2026-02-30"), ("language", "Greek"), ("digest", "x"), ("text", "x"),
    ("take-in", "Words that the page does not have."), ("add-signer", " "), ("signatories", "x")])  # fmt: skip
def test_what_can_not_be_is_refused_in_a_sentence(desk_on: Any, statement: Any, what: str, to: str) -> None:
    before = _row(statement).content

    answer = _amend(desk_on, statement, what, to)

    assert [one.tags for one in answer.context["messages"]] == ["warning"]
    assert (_row(statement).content, _row(statement).amendments) == (before, [])


def test_a_paragraph_is_left_out_and_taken_in(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "leave-out", MORE)
    _amend(desk_on, statement, "take-in", TRAIL)

    assert recorded.document(_row(statement)).text == f"{LEAD}\n\n{LAST}\n\n{TRAIL}"
    parts = {one.text: (one.is_taken, one.by) for one in _shown(desk_on, statement).parts}
    assert (parts[MORE], parts[TRAIL]) == ((False, "editor"), (True, "editor"))


def test_the_last_paragraph_stays(desk_on: Any, statement: Any) -> None:
    for one in (LEAD, MORE, LAST):
        answer = _amend(desk_on, statement, "leave-out", one)

    assert "Leave one paragraph in" in page_text(answer) or "A document needs a text" in page_text(answer)
    assert recorded.document(_row(statement)).text == LAST


def test_signers_are_corrected(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "add-signer", "Lower Alder Rowers")

    group = desk_on.signed_in().get(f"/desk/statements/{statement.key}/").context["group"]
    assert (group.signers, group.line.signers) == (("Lower Alder Rowers",), 1)

    _amend(desk_on, statement, "remove-signer", "Lower Alder Rowers")
    assert _row(statement).amendments == []


def test_the_evidence_and_the_reading_stay_beside_the_correction(desk_on: Any, statement: Any) -> None:
    before, capture = recorded.document(_row(statement)), _row(statement).capture_id

    _amend(desk_on, statement, "leave-out", MORE)

    assert recorded.as_read(_row(statement)) == before
    assert _row(statement).capture_id == capture


def test_what_was_coded_follows_a_corrected_text(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "leave-out", LEAD)

    row = _row(statement)
    assert row.code_version > 0
    assert "Ministry of Waterways" not in str(row.coding)


def test_keys_follow_a_corrected_text_so_that_later_documents_find_it(desk_on: Any, statement: Any) -> None:
    before = set(models.Key.objects.values_list("key", flat=True))

    _amend(desk_on, statement, "leave-out", LEAD)

    assert set(models.Key.objects.values_list("key", flat=True)) != before


def _renew(statement: models.Statement, **given: Any) -> None:
    row = _row(statement)
    renewed = Renewed(
        document=given.get("document", recorded.as_read(row)), keys=frozenset({7}),
        fingerprint=match.fingerprint(builders.document()), coding=coding(LEAD), trouble=None,
        versions=Versions(read=9, match=9, code=9), amendments=given.get("amendments", recorded.amendments(row)),
    )  # fmt: skip
    store.DatabaseLedger().renew(str(row.pk), renewed)


def test_a_correction_outlives_reading_anew(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks")
    _amend(desk_on, statement, "leave-out", MORE)

    _renew(statement, document=builders.document(title="Anew", text=f"{LEAD}\n\n{MORE}\n\nMore."))

    made = recorded.document(_row(statement))
    assert (made.title, made.text) == ("Four locks", f"{LEAD}\n\nMore.")
    assert _row(statement).code_version == 9


def test_a_correction_made_while_it_was_coded_lets_it_be_coded_again(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks")

    _renew(statement, amendments=())

    assert _row(statement).code_version == 0


def test_undo_takes_the_last_correction_back(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks")
    _amend(desk_on, statement, "leave-out", MORE)

    post(desk_on.signed_in(), "/desk/undo/")

    made = recorded.document(_row(statement))
    assert (made.title, MORE in made.text) == ("Four locks", True)


def test_all_corrections_of_a_reading_are_taken_back_at_once(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks")

    _amend(desk_on, statement, "as-read")

    assert (_row(statement).title, _row(statement).amendments) == ("Reopen the locks", [])


def test_undo_leaves_what_somebody_corrected_since(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks")
    version = models.Statement.objects.get(pk=statement.pk).version
    other = desk_on.signed_in("editor", "ben")
    post(other, _at(statement, "amend/"), version=version, what="byline", to="A. Rower")

    answer = post(desk_on.signed_in(), "/desk/undo/")

    assert "somebody has corrected this document since" in page_text(answer).lower()
    assert _row(statement).title == "Four locks"


def test_two_editors_do_not_overwrite_each_other(desk_on: Any, statement: Any) -> None:
    _amend(desk_on, statement, "title", "Four locks")

    post(desk_on.signed_in("editor", "ben"), _at(statement, "amend/"), version=0, what="title", to="Five locks")

    assert _row(statement).title == "Four locks"


def test_a_later_text_at_the_address_keeps_what_still_holds(desk: Any) -> None:
    statement = desk.statement(title="Reopen the locks")
    _amend(desk, statement, "title", "Four locks")
    row = _row(statement)
    ledger = store.DatabaseLedger()
    known = ledger.current(row.page.url if row.page else "")
    assert known is not None

    later = builders.document(title="Reopen the locks", text=f"{LEAD} Now.", url=known.document.url)
    ledger.add_document(builders.revision(later, recorded.evidence(row.capture), known=known, url=known.document.url,
                                          source_id=row.source.slug))  # fmt: skip

    assert known.document.title == "Reopen the locks"
    assert (_row(statement).title, _row(statement).code_version) == ("Four locks", 0)


def test_a_page_that_can_not_be_read_again_shows_what_was_read(desk: Any) -> None:
    statement = desk.statement()
    for path in desk.workspace.evidence.iterdir():
        if path.is_file():
            path.unlink()

    shown = _shown(desk, statement)

    assert shown.trouble
    assert [one.text for one in shown.parts] == [LEAD]


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("1949", "1949"),
        ("1949-10", "Oct 1949"),
        ("2026-03-08", "8 Mar 2026"),
        ("2026-03-08T09:14:00+02:00", "8 Mar 2026, 09:14"),
        ("", ""),
        ("2026-02-31", "2026-02-31"),
    ],
)
def test_a_date_is_written_as_on_all_pages_and_as_exactly_as_it_is_known(iso: str, said: str) -> None:
    assert times.dated(iso) == said
