"""Events as editors correct them: laid over what was coded, followed by line, proposal and dispatch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique import match
from communique.flow.ledger import Renewed, Versions
from communique.records import Coding
from communique.testing import builders
from communique.web.ledger import models, publication, recorded, store

from .conftest import LEAD, PILOTS, WARDENS, WATERWAYS, coding, post

FORM = {"do": "correct", "words": "calls on", "nth": "0", "type": "CONDEMN", "modality": "planned",
        "slot-0": "source", "slot-1": "target", "mention-0": "Union of River Pilots",
        "mention-1": "Ministry of Waterways"}  # fmt: skip


def _row(statement: models.Statement) -> models.Document:
    return models.Document.objects.select_related("capture").get(statement=statement, is_current=True)


def _say(desk: Any, statement: models.Statement, **fields: str) -> Any:
    version = models.Statement.objects.get(pk=statement.pk).version
    record = _row(statement).capture.record_id.removeprefix("urn:uuid:")
    sent = {"document": record, "version": str(version), **fields}
    return post(desk.signed_in(), f"/desk/statements/{statement.key}/event/", **sent)


def _told(statement: models.Statement) -> list[tuple[str, str, list[str | None]]]:
    made = recorded.coding(_row(statement)) or Coding()
    return [(one.type, one.modality, [made.mentions[index].actor for index in one.target]) for one in made.events]


def _line(desk: Any, statement: models.Statement) -> Any:
    return desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].line


def _recode(statement: models.Statement, made: Coding) -> None:
    row = _row(statement)
    renewed = Renewed(document=recorded.as_read(row), keys=frozenset({7}),
        fingerprint=match.fingerprint(builders.document()), coding=made, trouble=None,
                      versions=Versions(read=9, match=9, code=9))  # fmt: skip
    store.DatabaseLedger().renew(str(row.pk), renewed)


def _whole(statement: models.Statement) -> str:
    made = recorded.document(_row(statement))
    return f"{made.title}\n\n{made.text}"


def test_type_bodies_and_reality_are_corrected_and_the_line_follows(desk_on: Any) -> None:
    statement = desk_on.statement()

    _say(desk_on, statement, **FORM)

    assert _told(statement) == [("CONDEMN", "planned", [WATERWAYS.id])]
    line = _line(desk_on, statement)
    assert (line.act, line.what.text.startswith(WATERWAYS.name)) == ("condemns", True)
    assert "planned" in [note.text for note in line.notes]


def test_no_event_takes_it_off_the_line(desk_on: Any) -> None:
    statement = desk_on.statement()

    _say(desk_on, statement, do="none", words="calls on", nth="0")

    assert _told(statement) == []
    assert _line(desk_on, statement).act == ""


def test_what_the_program_coded_stays_beside_the_correction(desk: Any) -> None:
    statement = desk.statement()

    _say(desk, statement, **FORM)

    assert [one["type"] for one in (_row(statement).coding or {})["events"]] == ["CALL"]


def test_a_corrected_event_outlives_recoding(desk_on: Any) -> None:
    statement = desk_on.statement()
    _say(desk_on, statement, **FORM)

    _recode(statement, coding(_whole(statement), modality="denied", confidence=0.3))

    assert _told(statement) == [("CONDEMN", "planned", [WATERWAYS.id])]


def test_a_corrected_event_outlives_a_lexicon_that_finds_none(desk_on: Any) -> None:
    statement = desk_on.statement()
    _say(desk_on, statement, **FORM)

    _recode(statement, Coding())

    made = recorded.coding(_row(statement)) or Coding()
    assert _told(statement) == [("CONDEMN", "planned", [WATERWAYS.id])]
    assert [_whole(statement)[slice(*one.span)] for one in made.mentions] == [PILOTS.name, WATERWAYS.name]


def test_no_event_outlives_recoding(desk: Any) -> None:
    statement = desk.statement()
    _say(desk, statement, do="none", words="calls on", nth="0")

    _recode(statement, coding(_whole(statement)))

    assert _told(statement) == []


def test_an_event_whose_words_are_gone_is_not_told(desk: Any) -> None:
    statement = desk.statement()
    _say(desk, statement, **FORM)
    row = _row(statement)

    renewed = Renewed(
        document=replace(recorded.as_read(row), text="Of the weir.", title="Weir"), coding=Coding(),
        keys=frozenset({7}), fingerprint=match.fingerprint(builders.document()), trouble=None,
        versions=Versions(read=9, match=9, code=9),
    )  # fmt: skip
    store.DatabaseLedger().renew(str(row.pk), renewed)

    assert _told(statement) == []
    assert len(_row(statement).acts) == 1


def test_a_body_is_added_out_of_the_registry(desk: Any) -> None:
    statement = desk.statement()

    _say(desk, statement, **FORM, **{"body": "Water Wardens", "body-slot": "about"})

    made = recorded.coding(_row(statement)) or Coding()
    assert [made.mentions[index].actor for index in made.events[0].about] == [WARDENS.id]


def test_an_event_that_was_missed_is_added_by_its_words(desk: Any) -> None:
    statement = desk.statement()

    _say(desk, statement, **FORM | {"words": "to reopen", "nth": "0", "type": "DEED"})

    assert [one[0] for one in _told(statement)] == ["CALL", "DEED"]


def test_what_can_not_be_is_refused(desk: Any) -> None:
    statement = desk.statement()
    wrong = ({"words": "words that are not there"}, {"type": "SHOUT"}, {"modality": "maybe"}, {"do": "x"},
             {"body": "No Such Body", "body-slot": "about"}, {"mention-0": "Another Body"})  # fmt: skip

    answers = [_say(desk, statement, **FORM | one) for one in wrong]

    assert [[one.tags for one in answer.context["messages"]] for answer in answers] == [["warning"]] * len(wrong)
    assert _row(statement).acts == []


def test_an_event_said_to_be_right_is_confirmed_in_the_dispatch(desk_on: Any) -> None:
    statement = desk_on.statement()

    _say(desk_on, statement, do="right", words="calls on", nth="0")
    post(desk_on.signed_in(), f"/desk/statements/{statement.key}/draft/")

    event = publication.record(models.Dispatch.objects.get()).events[0]
    assert (event.type, event.source, event.confirmed) == ("CALL", (PILOTS.id,), True)


def test_an_event_that_nobody_looked_at_is_not_confirmed(desk: Any) -> None:
    statement = desk.statement()

    post(desk.signed_in(), f"/desk/statements/{statement.key}/draft/")

    assert [one.confirmed for one in publication.record(models.Dispatch.objects.get()).events] == [False]


def test_a_draft_begun_before_carries_the_corrected_event(desk_on: Any) -> None:
    statement = desk_on.statement()
    post(desk_on.signed_in(), f"/desk/statements/{statement.key}/draft/")
    words = models.Dispatch.objects.get().text

    _say(desk_on, statement, **FORM)

    draft = publication.record(models.Dispatch.objects.get())
    assert [(one.type, one.modality, one.confirmed) for one in draft.events] == [("CONDEMN", "planned", True)]
    assert draft.text == words


def test_the_proposal_follows_the_corrected_event(desk: Any) -> None:
    statement = desk.statement()
    path = f"/desk/statements/{statement.key}/"
    before = desk.signed_in().get(path).context["group"].draft.text

    _say(desk, statement, **FORM)

    assert desk.signed_in().get(path).context["group"].draft.text != before


def test_an_event_is_as_it_was_coded_again(desk: Any) -> None:
    statement = desk.statement()
    _say(desk, statement, **FORM)

    _say(desk, statement, do="back", words="calls on", nth="0")

    assert (_told(statement), _row(statement).acts) == ([("CALL", "asserted", [])], [])


def test_undo_takes_the_correction_of_an_event_back(desk_on: Any) -> None:
    statement = desk_on.statement()
    _say(desk_on, statement, do="right", words="calls on", nth="0")
    _say(desk_on, statement, **FORM)

    post(desk_on.signed_in(), "/desk/undo/")

    assert (_told(statement), len(_row(statement).acts)) == ([("CALL", "asserted", [])], 1)


def test_two_events_of_the_same_words_are_told_apart(desk: Any) -> None:
    made = coding(f"{LEAD}")
    twice = replace(made, events=(made.events[0], replace(made.events[0], type="WARN")))
    statement = desk.statement(coding=twice)

    _say(desk, statement, do="none", words="calls on", nth="1")

    assert [one[0] for one in _told(statement)] == ["CALL"]
