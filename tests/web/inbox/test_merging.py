"""Two statements become one and two again: drafts go along, the program's merges are parted too, and stay parted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from communique import match
from communique.records import Kinship
from communique.web.ledger import models, store

from .conftest import LEAD, page_text, post

GREEK = "Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν πάλι οι τέσσερις υδατοφράκτες."
GERMAN = "Die Union der Flusslotsen fordert die Öffnung der vier Schleusen in Aldermouth."
LATER = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def _do(desk: Any, statement: models.Statement, what: str, /, **fields: Any) -> str:
    version = models.Statement.objects.get(pk=statement.pk).version
    return page_text(post(desk.signed_in(), f"/desk/statements/{statement.key}/{what}/", version=version, **fields))


def _undo(desk: Any) -> str:
    return page_text(post(desk.signed_in(), "/desk/undo/"))


def _now(statement: models.Statement) -> models.Statement:
    return models.Statement.objects.get(pk=statement.pk)


def _two(desk: Any) -> tuple[models.Statement, models.Statement]:
    return desk.statement(GREEK, language="el"), desk.statement(GERMAN, language="de", minutes=2)


def _joined_by_program(desk: Any) -> tuple[models.Statement, models.Statement]:
    """Yield two statements that a late document showed to be one: the second is merged into the first."""
    first, second = _two(desk)
    ledger = store.DatabaseLedger()
    ledger.join(first.key, [second.key], now=LATER)
    greek, german = (one.pk for one in models.Document.objects.order_by("pk"))
    ledger.retell(
        [
            Kinship(key=str(german), relation="original", of=None, score=1.0),
            Kinship(key=str(greek), relation="translation", of=str(german), score=0.9),
        ]
    )
    return first, second


def test_undoing_a_merge_takes_the_draft_back_along(desk_on: Any) -> None:
    statement, other = _two(desk_on)
    _do(desk_on, statement, "draft")
    _do(desk_on, statement, "merged", into=other.key)
    along = models.Dispatch.objects.get().statement

    _undo(desk_on)

    assert (along, models.Dispatch.objects.get().statement) == (other, statement)


def test_a_merge_whose_draft_was_published_is_not_undone(desk: Any) -> None:
    statement, other = _two(desk)
    _do(desk, statement, "draft")
    _do(desk, statement, "merged", into=other.key)
    models.Dispatch.objects.update(number=1, stage="published")

    said = _undo(desk)

    assert "was published meanwhile" in said
    assert _now(statement).merged_into == other


def test_two_drafts_are_not_merged_into_one_statement(desk: Any) -> None:
    statement, other = _two(desk)
    for one in (statement, other):
        _do(desk, one, "draft")

    said = _do(desk, statement, "merged", into=other.key)

    assert "Both have a draft" in said
    assert _now(statement).merged_into is None


def test_a_merge_within_a_merge_is_undone_from_the_outside_in(desk: Any) -> None:
    (statement, other), third = _two(desk), desk.statement(LEAD, minutes=5)
    _do(desk, statement, "merged", into=other.key)
    _do(desk, other, "merged", into=third.key)

    _undo(desk)
    _undo(desk)

    assert [(_now(one).merged_into, one.documents.count()) for one in (statement, other, third)] == [(None, 1)] * 3


def test_what_the_program_merged_an_editor_parts_again(desk_on: Any) -> None:
    first, second = _joined_by_program(desk_on)
    (grown,) = desk_on.signed_in().get(f"/desk/statements/{first.key}/").context["group"].grown

    _do(desk_on, first, "part", statement=grown.key)

    assert (grown.key, grown.who) == (second.key, "the program")
    assert (_now(second).merged_into, _now(second).stage) == (None, "inbox")
    assert [one.documents.get().relation for one in (first, second)] == ["original", "original"]


def test_what_an_editor_parted_stays_parted(desk: Any) -> None:
    first, second = _joined_by_program(desk)
    _do(desk, first, "part", statement=second.key)

    store.DatabaseLedger().join(first.key, [second.key], now=LATER)
    store.DatabaseLedger().retell(match.relations(store.DatabaseLedger().members(first.key)))

    assert (_now(first).merged_into, _now(second).merged_into) == (None, None)


def test_parting_is_undone(desk: Any) -> None:
    first, second = _joined_by_program(desk)
    _do(desk, first, "part", statement=second.key)

    said = _undo(desk)

    assert "Undone: part" in said
    assert _now(second).merged_into == first
    assert list(first.documents.order_by("pk").values_list("relation", "is_placed_by_hand")) == [
        ("translation", False), ("original", False),
    ]  # fmt: skip
    assert len(desk.signed_in().get(f"/desk/statements/{first.key}/").context["group"].grown) == 1


def test_what_is_parted_already_is_a_sentence(desk: Any) -> None:
    first, second = _joined_by_program(desk)
    _do(desk, first, "part", statement=second.key)

    said = _do(desk, first, "part", statement=second.key)

    assert "They are parted already" in said


@pytest.fixture
def of_one_body(desk: Any) -> models.Statement:
    """A statement that its publisher put out in two languages of its own, with a copy of one of them elsewhere."""
    statement: models.Statement = desk.statement(GREEK, language="el")
    desk.statement(LEAD, of=statement, relation="original", language="en", minutes=1)
    desk.statement(f"{LEAD} Soon.", of=statement, relation="copy", language="en", minutes=2)
    models.Document.objects.filter(relation="original").update(of=None)
    return statement


def test_of_several_originals_the_one_in_the_wires_language_leads(desk: Any, of_one_body: models.Statement) -> None:
    shown = desk.signed_in().get(f"/desk/statements/{of_one_body.key}/").context["group"]

    assert [(one.language, one.relation) for one in shown.sheets] == [
        ("en", "original"), ("el", "original"), ("en", "copy"),
    ]  # fmt: skip
    assert shown.first_site == "site1.example"


def test_differences_name_every_original_and_compare_within_each_language(
    desk: Any, of_one_body: models.Statement
) -> None:
    desk.statement(f"{GREEK} Αμέσως.", of=of_one_body, relation="copy", language="el", minutes=3)

    page = desk.signed_in().get(f"/desk/statements/{of_one_body.key}/differences/").context["page"]

    assert [one.is_original for one in page.rows] == [True, True, False, False]
    assert [one.language for one in page.copies] == ["en", "el"]


def test_several_originals_stay_originals_when_they_are_split_off_together(
    desk: Any, of_one_body: models.Statement
) -> None:
    both = models.Document.objects.filter(relation="original").select_related("capture")

    _do(desk, of_one_body, "split", document=[row.capture.record_id.removeprefix("urn:uuid:") for row in both])

    own = models.Statement.objects.exclude(pk=of_one_body.pk).get()
    assert set(own.documents.values_list("relation", "of")) == {("original", None)}
    assert of_one_body.documents.get().relation == "original"


def test_when_one_of_several_originals_leaves_the_other_leads(desk: Any, of_one_body: models.Statement) -> None:
    leaving = of_one_body.documents.select_related("capture").get(language="el")

    _do(desk, of_one_body, "split", document=leaving.capture.record_id.removeprefix("urn:uuid:"))

    english, copy = of_one_body.documents.order_by("pk")
    assert (english.relation, english.of, copy.relation, copy.of) == ("original", None, "copy", english)


def _asking(desk: Any) -> tuple[models.Statement, models.Statement, models.Statement]:
    """Yield two statements of which the second asks whether it is the first, and the first about a third."""
    third = desk.statement(LEAD)
    first = desk.statement(GREEK, language="el", minutes=1, asks=(third.key,))
    return first, desk.statement(GERMAN, language="de", minutes=2, asks=(first.key,)), third


def test_a_merge_asks_what_the_merged_one_asked_and_undoing_it_brings_both_questions_back(desk_on: Any) -> None:
    first, second, third = _asking(desk_on)
    _do(desk_on, first, "merged", into=second.key)
    merged = _now(second).asks

    _undo(desk_on)

    assert merged == [third.key]
    assert (_now(first).asks, _now(second).asks) == ([third.key], [first.key])


def test_parting_again_brings_the_questions_back_and_undoing_that_takes_them_away(desk_on: Any) -> None:
    first, second, third = _asking(desk_on)
    _do(desk_on, first, "merged", into=second.key)
    _do(desk_on, second, "part", statement=first.key)
    parted = [_now(one).asks for one in (first, second)]

    _undo(desk_on)

    assert parted == [[third.key], [first.key]]
    assert _now(second).asks == [third.key]


def test_what_was_answered_after_a_merge_is_not_asked_again_of_what_grew(desk: Any) -> None:
    first, second, third = _asking(desk)
    _do(desk, first, "merged", into=second.key)
    _do(desk, second, "answer", unlike=third.key)

    _do(desk, second, "part", statement=first.key)

    assert _now(second).asks == [first.key]


def test_parting_a_late_bridge_takes_its_mark_for_review_away(desk: Any) -> None:
    first, second = _two(desk)
    models.Statement.objects.filter(pk=first.pk).update(stage="dispatched")
    store.DatabaseLedger().join(first.key, [second.key], now=LATER)
    marked = _now(first).needs_review

    _do(desk, first, "part", statement=second.key)

    assert second.key in (marked or "")
    assert _now(first).needs_review is None
