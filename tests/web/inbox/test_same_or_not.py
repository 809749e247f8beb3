"""The one question of an unsure group: the same statement, another, or the same story; kept, undone, exported."""

from __future__ import annotations

from typing import Any

import pytest

from communique.web.ledger import joining, models, pairs

from .conftest import LEAD, post

GREEK = "Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν πάλι οι τέσσερις υδατοφράκτες."


def _unsure(desk: Any) -> tuple[models.Statement, models.Document]:
    """Yield a statement and the document that may not belong to it."""
    statement = desk.statement()
    desk.statement(GREEK, of=statement, language="el", score=0.55, minutes=2)
    return statement, statement.documents.get(language="el")


def _question(desk: Any, statement: models.Statement) -> Any:
    return desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question


def _say(desk: Any, answer: str) -> tuple[models.Statement, models.Document]:
    statement, document = _unsure(desk)
    asked = document.capture.record_id.removeprefix("urn:uuid:")
    post(desk.signed_in(), f"/desk/statements/{statement.key}/answer/", version=0, **{answer: asked})
    document.refresh_from_db()
    return statement, document


@pytest.mark.parametrize(("answer", "said"), [("document", "same"), ("other", "other"), ("story", "story")])
def test_each_answer_is_kept_as_a_labelled_pair_of_both_documents(desk_on: Any, answer: str, said: str) -> None:
    _say(desk_on, answer)

    (row,) = pairs.rows(None)

    assert (row["said"], row["score"], row["by"]) == (said, 0.55, "editor")
    assert (row["one"]["text"], row["other"]["text"]) == (GREEK, LEAD)


def test_another_statement_of_the_same_story_stays_in_it(desk: Any) -> None:
    statement, document = _say(desk, "story")

    assert document.statement != statement
    assert document.statement.story == statement.story


def test_another_statement_begins_a_story_of_its_own(desk: Any) -> None:
    statement, document = _say(desk, "other")

    assert document.statement != statement
    assert document.statement.story != statement.story


@pytest.mark.parametrize("answer", ["document", "other", "story"])
def test_an_answer_is_undone_with_its_pair_and_asked_again(desk_on: Any, answer: str) -> None:
    statement, document = _say(desk_on, answer)

    post(desk_on.signed_in(), "/desk/undo/")

    document.refresh_from_db()
    assert (document.statement, list(pairs.rows(None))) == (statement, [])
    assert _question(desk_on, statement) is not None


def test_a_merge_is_a_pair_until_it_is_parted(desk: Any) -> None:
    one, other = desk.statement(), desk.statement(GREEK, language="el", minutes=2)
    post(desk.signed_in(), f"/desk/statements/{one.key}/merged/", version=0, into=other.key)

    before = [row["said"] for row in pairs.rows(None)]
    post(desk.signed_in(), f"/desk/statements/{other.key}/part/", version=1, statement=one.key)

    assert (before, [row["said"] for row in pairs.rows(None)]) == (["same"], ["other"])


def test_the_digits_answer_while_the_question_stands(desk: Any) -> None:
    statement, _ = _unsure(desk)

    html = desk.signed_in().get(f"/desk/statements/{statement.key}/").content.decode()

    assert 'data-does="same-1"><kbd>1</kbd>' in html
    assert 'data-does="draft">Draft' in html


def _near(desk: Any) -> tuple[models.Statement, models.Statement]:
    """Yield a statement that may be the same as another one, and that one."""
    other = desk.statement()
    return desk.statement(GREEK, language="el", minutes=2, asks=(other.key,)), other


def _tell(desk: Any, answer: str) -> tuple[models.Statement, models.Statement]:
    one, other = _near(desk)
    post(desk.signed_in(), f"/desk/statements/{one.key}/answer/", version=0, **{answer: other.key})
    one.refresh_from_db()
    return one, other


def test_a_statement_that_may_be_another_one_asks_and_names_it(desk: Any) -> None:
    one, other = _near(desk)

    question = _question(desk, one)

    assert (question.other, other.documents.get().title in question.text) == (other.key, True)


@pytest.mark.parametrize(("answer", "said"), [("same", "same"), ("unlike", "other"), ("matter", "story")])
def test_the_answer_on_two_statements_is_a_labelled_pair(desk_on: Any, answer: str, said: str) -> None:
    one, other = _tell(desk_on, answer)

    (row,) = pairs.rows(None)

    assert row["said"] == said
    assert (one.merged_into == other, one.story == other.story) == (said == "same", said == "story")


@pytest.mark.parametrize("answer", ["unlike", "matter"])
def test_what_was_told_apart_is_not_asked_again_until_it_is_undone(desk_on: Any, answer: str) -> None:
    one, other = _tell(desk_on, answer)

    joining.ask(one, [other.key])
    told = _question(desk_on, one)
    post(desk_on.signed_in(), "/desk/undo/")

    assert told is None
    assert (_question(desk_on, one).other, list(pairs.rows(None))) == (other.key, [])


def test_what_is_merged_asks_no_more(desk: Any) -> None:
    one, other = _near(desk)
    models.Statement.objects.filter(pk=other.pk).update(asks=[one.key])

    post(desk.signed_in(), f"/desk/statements/{one.key}/merged/", version=0, into=other.key)

    assert _question(desk, other) is None
