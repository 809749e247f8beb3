"""What editors do with a statement, and how it is undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from communique.web.ledger import models, recorded

GREEK = "Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν πάλι οι τέσσερις υδατοφράκτες."
GERMAN = "Die Union der Flusslotsen fordert die Öffnung der vier Schleusen in Aldermouth."


def _do(desk: Any, statement: models.Statement, what: str, *, name: str = "", **fields: Any) -> str:
    """Do something as a page that was just loaded would, and yield what the desk said."""
    now = models.Statement.objects.get(pk=statement.pk)
    answer = desk.signed_in("editor", name).post(
        f"/desk/statements/{statement.key}/{what}/", {"version": now.version, **fields}, follow=True
    )
    return " ".join(str(one) for one in answer.context["messages"])


def _undo(desk: Any, name: str = "") -> str:
    answer = desk.signed_in("editor", name).post("/desk/undo/", follow=True)
    return " ".join(str(one) for one in answer.context["messages"])


def _now(statement: models.Statement) -> models.Statement:
    return models.Statement.objects.get(pk=statement.pk)


def _members(statement: models.Statement) -> list[str | None]:
    return list(statement.documents.order_by("pk").values_list("language", flat=True))


def test_declining_takes_a_statement_out_of_the_inbox_and_undo_brings_it_back(desk: Any) -> None:
    statement = desk.statement()

    said = _do(desk, statement, "decline")
    declined = _now(statement).stage
    undone = _undo(desk)

    assert (said, declined) == ("Declined.", "declined")
    assert (undone, _now(statement).stage) == ("Undone: decline.", "inbox")


def test_a_snoozed_statement_is_due_when_its_time_has_come(desk: Any) -> None:
    statement = desk.statement()

    _do(desk, statement, "snooze", until="hour")
    asleep = desk.signed_in().get("/desk/?view=snoozed").context["page"].lines
    models.Statement.objects.update(snoozed_until=datetime.now(UTC) - timedelta(minutes=1))
    due = desk.signed_in().get("/desk/?view=due").context["page"].lines

    assert [line.key for line in asleep] == [line.key for line in due] == [statement.key]


@pytest.mark.parametrize("until", ["tomorrow", "monday"])
def test_putting_off_goes_to_a_morning_that_is_to_come(desk: Any, until: str) -> None:
    statement = desk.statement()

    _do(desk, statement, "snooze", until=until)

    then = _now(statement).snoozed_until
    assert then is not None
    assert then > datetime.now(UTC)
    assert (then.hour, then.weekday() == 0 or until == "tomorrow") == (8, True)


def test_the_slower_of_two_editors_is_told_who_was_faster(desk: Any) -> None:
    statement = desk.statement()
    seen = statement.version
    _do(desk, statement, "decline", name="ben")

    answer = desk.signed_in("editor", "ana").post(
        f"/desk/statements/{statement.key}/snooze/", {"version": seen, "until": "hour"}, follow=True
    )

    (said,) = answer.context["messages"]
    assert str(said).startswith("It was declined by ben at ")
    assert _now(statement).snoozed_until is None


def test_after_declining_work_goes_on_at_the_line_below(desk: Any) -> None:
    below, statement = desk.statement("Of the weir at Aldermouth."), desk.statement(minutes=5)

    answer = desk.signed_in().post(
        f"/desk/statements/{statement.key}/decline/", {"version": statement.version, "here": "/desk/"}
    )

    assert answer.headers["Location"] == f"/desk/?open={below.key}"


@pytest.mark.parametrize("here", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_no_action_leads_away_from_the_desk(desk: Any, here: str) -> None:
    statement = desk.statement()

    answer = desk.signed_in().post(f"/desk/statements/{statement.key}/decline/", {"version": 0, "here": here})

    assert answer.headers["Location"].startswith("/desk/")


def test_merging_moves_all_documents_and_undo_moves_them_back(desk: Any) -> None:
    statement, other = desk.statement(GREEK, language="el"), desk.statement(GERMAN, language="de")

    _do(desk, statement, "merged", into=other.key)
    merged = _members(other)
    relation = other.documents.get(language="el").relation
    _undo(desk)

    assert (merged, relation) == (["el", "de"], "translation")
    assert (_members(statement), _members(other)) == (["el"], ["de"])
    assert statement.documents.get().relation == "original"
    assert _now(statement).merged_into is None


def test_the_address_of_a_merged_statement_leads_to_the_other(desk: Any) -> None:
    statement, other = desk.statement(GREEK, language="el"), desk.statement(GERMAN, language="de")
    _do(desk, statement, "merged", into=other.key)

    answer = desk.signed_in().get(f"/desk/statements/{statement.key}/")

    assert answer.headers["Location"] == f"/desk/statements/{other.key}/"


def test_a_statement_is_not_merged_into_itself_or_into_nothing(desk: Any) -> None:
    statement = desk.statement()

    said = [_do(desk, statement, "merged", into=into) for into in (statement.key, "s-none", "")]

    assert all("no longer there" in one for one in said)
    assert _now(statement).merged_into is None


def test_merge_offers_what_shares_most_and_what_a_search_finds(desk: Any) -> None:
    statement, other = desk.statement(), desk.statement("A word on the weir.", minutes=1)

    offered = desk.signed_in().get(f"/desk/statements/{statement.key}/merge/?q=weir").context["page"].targets
    none = desk.signed_in().get(f"/desk/statements/{statement.key}/merge/?q=volcano").context["page"].targets

    assert [target.key for target in offered] == [other.key]
    assert none == ()


def test_merge_offers_the_likest_first_and_says_how_alike(desk: Any) -> None:
    text = "On 14 March 37 barges of the Alder Line waited below the locks at Aldermouth, says the River Guild."
    statement = desk.statement(text, language="en", title="Barges")
    far = desk.statement("On 9 May the River Guild elects 5 wardens of the Alder.", minutes=1, title="Wardens")
    like = desk.statement(f"{text} It said so on Monday.", minutes=2, title="Barges")
    models.Statement.objects.update(story="t-1")

    offered = desk.signed_in().get(f"/desk/statements/{statement.key}/merge/").context["page"].targets

    assert [target.key for target in offered] == [like.key, far.key]
    assert (offered[0].alike, offered[1].alike) == ("the same, very likely", "another, likely")


def test_merge_says_why_of_the_one_that_is_asked_about(desk: Any) -> None:
    statement, other = desk.statement(), desk.statement("A word on the weir.", minutes=1)

    page = f"/desk/statements/{statement.key}/merge/?q=weir"
    plain = desk.signed_in().get(page).context["page"].targets[0]
    asked = desk.signed_in().get(f"{page}&why={other.key}").context["page"].targets[0]

    assert (plain.why, asked.why[:14]) == ("", "Two statements")


def test_a_document_that_is_split_off_is_a_statement_of_its_own(desk: Any) -> None:
    statement = desk.statement()
    desk.statement(GREEK, of=statement, language="el")
    leaving = statement.documents.select_related("capture").get(language="el")

    said = _do(desk, statement, "split", document=leaving.capture.record_id.removeprefix("urn:uuid:"))

    own = models.Statement.objects.exclude(pk=statement.pk).get()
    assert said.startswith("Parted")
    assert (_members(statement), _members(own), own.stage) == (["en"], ["el"], "inbox")
    assert own.documents.get().relation == "original"


def test_when_the_original_is_split_off_the_others_get_one_of_their_own(desk: Any) -> None:
    statement = desk.statement()
    desk.statement(GREEK, of=statement, language="el")
    desk.statement(GERMAN, of=statement, language="de")
    leaving = statement.documents.select_related("capture").get(language="en")

    _do(desk, statement, "split", document=leaving.capture.record_id.removeprefix("urn:uuid:"))

    greek, german = (_now(statement).documents.get(language=tag) for tag in ("el", "de"))
    assert (greek.relation, greek.of, german.of) == ("original", None, greek)


def test_a_split_is_undone(desk: Any) -> None:
    statement = desk.statement()
    desk.statement(GREEK, of=statement, language="el")
    leaving = statement.documents.select_related("capture").get(language="el")
    _do(desk, statement, "split", document=leaving.capture.record_id.removeprefix("urn:uuid:"))

    said = _undo(desk)

    assert said == "Undone: split."
    assert _members(statement) == ["en", "el"]
    assert len(desk.signed_in().get("/desk/").context["page"].lines) == 1


def test_all_documents_or_none_can_not_be_split_off(desk: Any) -> None:
    statement = desk.statement()
    everything = [
        row.capture.record_id.removeprefix("urn:uuid:") for row in statement.documents.select_related("capture")
    ]

    said = [_do(desk, statement, "split", document=chosen) for chosen in ([], everything)]

    assert said == ["Choose some of the documents, and leave at least one."] * 2
    assert _now(statement).version == 0


def test_the_answer_to_the_question_settles_who_is_meant(desk: Any) -> None:
    statement = desk.statement(undecided=True)
    question = desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question

    _do(desk, statement, "answer", surface=question.surface, actor="xx-mow")

    settled = recorded.coding(statement.documents.get())
    assert [answer for answer, _ in question.answers] == ["xx-mow", "yy-mow"]
    assert settled is not None
    assert settled.mentions[1].actor == "xx-mow"
    assert desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question is None


def test_an_answer_is_undone(desk: Any) -> None:
    statement = desk.statement(undecided=True)
    _do(desk, statement, "answer", surface="Ministry of Waterways", actor="xx-mow")

    _undo(desk)

    assert desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question is not None


def test_a_name_may_stand_for_none_of_the_bodies_offered(desk: Any) -> None:
    statement = desk.statement(undecided=True)

    said = _do(desk, statement, "answer", surface="Ministry of Waterways", actor="")

    settled = recorded.coding(statement.documents.get())
    assert said == "Noted: none of these."
    assert settled is not None
    assert (settled.mentions[1].actor, settled.mentions[1].candidates) == (None, ())


def test_a_body_that_was_no_candidate_is_not_taken_for_an_answer(desk: Any) -> None:
    statement = desk.statement(undecided=True)

    _do(desk, statement, "answer", surface="Ministry of Waterways", actor="xx-ww")

    coded = recorded.coding(statement.documents.get())
    assert coded is not None
    assert coded.mentions[1].actor is None


def test_a_doubtful_document_is_asked_about_and_kept(desk: Any) -> None:
    statement = desk.statement()
    desk.statement(GREEK, of=statement, language="el", score=0.41)
    question = desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question

    _do(desk, statement, "answer", document=question.record_id)

    assert question.text.endswith("say the same as the others?")
    assert desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].question is None


def test_undo_is_for_ones_own_acts_of_the_last_ten_minutes(desk: Any) -> None:
    statement = desk.statement()
    _do(desk, statement, "decline", name="ben")
    others = _undo(desk, "ana")
    models.Audit.objects.update(at=datetime.now(UTC) - timedelta(minutes=11))

    late = _undo(desk, "ben")

    assert "nothing of yours to undo" in others
    assert "nothing of yours to undo" in late
    assert _now(statement).stage == "declined"


def test_what_somebody_has_built_on_is_not_undone(desk: Any) -> None:
    statement = desk.statement()
    _do(desk, statement, "decline", name="ben")
    _do(desk, statement, "reopen", name="ana")

    said = _undo(desk, "ben")

    assert said == "Somebody has worked on it since; nothing was undone."
    assert models.Audit.objects.filter(action="decline", undone_at__isnull=True).exists()


def test_acts_are_undone_one_after_the_other(desk: Any) -> None:
    first, second = desk.statement(), desk.statement("Of the weir at Aldermouth.")
    _do(desk, first, "decline")
    _do(desk, second, "decline")

    _undo(desk)
    _undo(desk)

    assert {_now(first).stage, _now(second).stage} == {"inbox"}


def test_the_audit_goes_on_page_by_page(desk: Any) -> None:
    desk.signed_in()
    now = datetime.now(UTC)
    models.Audit.objects.bulk_create(
        models.Audit(at=now + timedelta(seconds=n), action=f"act {n}") for n in range(120)
    )  # fmt: skip

    first = desk.signed_in().get("/desk/audit/").context["page"]
    second = desk.signed_in().get(first.older).context["page"]

    told = [entry.action for entry in (*first.entries, *second.entries)]
    assert told == [*(f"act {n}" for n in reversed(range(120))), "sign in"]
    assert second.older is None


def test_every_act_stands_in_the_audit(desk: Any) -> None:
    statement = desk.statement()
    _do(desk, statement, "decline", name="ben")

    entries = desk.signed_in().get("/desk/audit/").context["page"].entries

    told = [(entry.who, entry.action) for entry in entries]
    assert ("ben", "decline") in told
    assert ("ben", "sign in") in told


def test_a_statement_by_mail_is_its_sender_s_not_the_mailbox_s(desk: Any) -> None:
    statement = desk.statement("La esclusa de Aldermouth cierra el lunes.", language="es", publisher=None)
    models.Source.objects.update(kind="mail", name="Press mail")
    row = statement.documents.get()
    models.Document.objects.update(content=row.content | {"publisher": "Union of River Pilots"})

    shown = desk.signed_in().get("/desk/", {"open": statement.key}).context["page"]

    assert shown.lines[0].who == "Union of River Pilots"
    assert shown.opened.draft.text.startswith("The Union of River Pilots published a statement")
