"""What editors answered outlives what the program codes anew, and goes with the documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique import match
from communique.flow.ledger import Renewed, Versions
from communique.kit import jsonable
from communique.records import Coding
from communique.web.ledger import models, recorded, store

from .conftest import LEAD, OTHER_WATERWAYS, coding, post

NAME = "Ministry of Waterways"


def _do(desk: Any, statement: models.Statement, what: str, **fields: Any) -> None:
    version = models.Statement.objects.get(pk=statement.pk).version
    post(desk.signed_in(), f"/desk/statements/{statement.key}/{what}/", version=version, **fields)


def _answer(desk: Any, statement: models.Statement, actor: str = "xx-mow") -> None:
    _do(desk, statement, "answer", surface=NAME, actor=actor)


def _told(statement: models.Statement) -> list[str | None]:
    """Yield which body each current document of a statement means by NAME."""
    made = [recorded.coding(row) for row in statement.documents.filter(is_current=True).order_by("pk")]
    return [one.mentions[1].actor for one in made if one is not None]


def _question(desk: Any, statement: models.Statement) -> Any:
    return desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question


def _recode(statement: models.Statement, made: Coding) -> None:
    row = statement.documents.get()
    document = recorded.document(row)
    renewed = Renewed(
        document=document, keys=frozenset({7}), fingerprint=match.fingerprint(document), coding=made, trouble=None,
        versions=Versions(read=9, match=9, code=9),
    )  # fmt: skip
    store.DatabaseLedger().renew(str(row.pk), renewed)


def _whole(statement: models.Statement) -> str:
    row = recorded.document(statement.documents.get())
    return f"{row.title}\n\n{row.text}"


def test_an_answer_outlives_recoding(desk_on: Any) -> None:
    statement = desk_on.statement(undecided=True)
    _answer(desk_on, statement)

    _recode(statement, coding(LEAD, undecided=True))

    assert _told(statement) == ["xx-mow"]
    assert _question(desk_on, statement) is None


def test_an_editors_answer_stands_above_a_newer_registry(desk: Any) -> None:
    statement = desk.statement(undecided=True)
    _answer(desk, statement)
    made = coding(LEAD)

    _recode(statement, replace(made, mentions=(made.mentions[0], replace(made.mentions[1], actor=OTHER_WATERWAYS.id))))

    assert _told(statement) == ["xx-mow"]


def test_none_of_these_keeps_the_question_closed_until_the_registry_knows(desk: Any) -> None:
    statement = desk.statement(undecided=True)
    _answer(desk, statement, "")

    _recode(statement, coding(LEAD, undecided=True))
    closed = _told(statement), _question(desk, statement)
    _recode(statement, coding(LEAD))

    assert closed == ([None], None)
    assert _told(statement) == ["xx-mow"]


def test_what_the_program_coded_stays_beside_the_answer(desk: Any) -> None:
    statement = desk.statement(undecided=True)

    _answer(desk, statement)

    raw = jsonable.restored(Coding, statement.documents.get().coding)
    assert raw.mentions[1].candidates == ("xx-mow", "yy-mow")


def test_another_document_that_asks_the_same_has_its_answer_already(desk_on: Any) -> None:
    statement = desk_on.statement(undecided=True)
    _answer(desk_on, statement)

    desk_on.statement(f"{LEAD} Now.", of=statement, relation="copy", undecided=True, minutes=3)

    assert _told(statement) == ["xx-mow", "xx-mow"]
    assert _question(desk_on, statement) is None


def test_an_answer_goes_with_its_documents(desk: Any) -> None:
    statement, other = desk.statement(undecided=True), desk.statement(f"{LEAD} Now.", minutes=4)
    _answer(desk, statement)

    _do(desk, statement, "merged", into=other.key)

    assert _told(other) == ["xx-mow", "xx-mow"]
