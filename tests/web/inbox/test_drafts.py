"""A draft: proposed, worded by people, held against the documents, published."""

from __future__ import annotations

from typing import Any

from communique.web import newsroom as serving
from communique.web.ledger import models

COVERED = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
INVENTED = "The Union of River Pilots calls on the Ministry of Waterways to reopen 917 locks at Aldermouth."


def _post(desk: Any, statement: models.Statement, what: str, role: str = "editor", **fields: Any) -> Any:
    return desk.signed_in(role).post(f"/desk/statements/{statement.key}/{what}/", fields, follow=True)


def _drafted(desk: Any) -> tuple[models.Statement, models.Dispatch]:
    statement = desk.statement()
    _post(desk, statement, "draft")
    return statement, models.Dispatch.objects.get(statement=statement)


def test_an_opened_statement_has_a_proposal_whose_parts_point_at_words(desk: Any) -> None:
    statement = desk.statement()

    group = desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"]

    assert "Union of River Pilots" in group.draft.text
    assert group.draft.findings == ()
    lit = {one.part for sheet in group.sheets for paragraph in sheet.paragraphs for one in paragraph if one.part}
    assert lit
    assert lit <= {one.part for one in group.draft.stretches}


def test_drafting_saves_the_proposal_once(desk: Any) -> None:
    statement, draft = _drafted(desk)

    _post(desk, statement, "draft")

    assert models.Dispatch.objects.count() == 1
    assert "Union of River Pilots" in draft.text
    assert desk.signed_in().get("/desk/").context["page"].lines[0].notes[-1].text == "drafted"


def test_words_are_saved_and_undone(desk: Any) -> None:
    statement, draft = _drafted(desk)

    _post(desk, statement, "draft", text="The  pilots\u00a0call.", draft_version=draft.version)
    saved = models.Dispatch.objects.get().text
    desk.signed_in().post("/desk/undo/")

    assert (saved, models.Dispatch.objects.get().text) == ("The pilots call.", draft.text)


def test_a_draft_is_undone_by_deleting_it(desk: Any) -> None:
    _drafted(desk)

    desk.signed_in().post("/desk/undo/")

    assert not models.Dispatch.objects.exists()
    assert models.Audit.objects.filter(action="draft", undone_at__isnull=False).exists()


def test_what_the_documents_do_not_carry_is_found_while_typing(desk: Any) -> None:
    statement, draft = _drafted(desk)

    answer = desk.signed_in().post(
        f"/desk/statements/{statement.key}/check/", {"text": INVENTED}, headers={"X-Part": "findings"}
    )

    assert b"917" in answer.content
    assert b"<html" not in answer.content
    assert models.Dispatch.objects.get().text == draft.text


def test_without_script_check_shows_the_page_with_the_words_as_typed(desk: Any) -> None:
    statement, draft = _drafted(desk)

    answer = _post(desk, statement, "check", text=INVENTED, draft_version=draft.version)

    assert answer.context["group"].draft.text == INVENTED
    assert not answer.context["group"].draft.is_saved
    assert any(finding.blocks for finding in answer.context["group"].draft.findings)


def test_publishing_gives_a_number_and_wakes_the_wire(desk: Any) -> None:
    serving.written.clear()
    statement, draft = _drafted(desk)

    _post(desk, statement, "publish", text=COVERED, draft_version=draft.version)

    made = models.Dispatch.objects.get()
    assert (made.number, made.stage, made.text) == (1, "published", COVERED)
    assert models.Statement.objects.get().stage == "dispatched"
    assert serving.written.is_set()


def test_a_draft_that_is_not_covered_is_not_published_without_a_reason(desk: Any) -> None:
    statement, draft = _drafted(desk)

    answer = _post(desk, statement, "publish", text=INVENTED, draft_version=draft.version)

    assert answer.status_code == 409
    assert models.Dispatch.objects.get().stage == "draft"
    assert models.Dispatch.objects.get().text == INVENTED
    assert b"Publish all the same" in answer.content


def test_an_override_is_logged_with_its_reason(desk: Any) -> None:
    statement, draft = _drafted(desk)

    _post(desk, statement, "publish", text=INVENTED, draft_version=draft.version, reason="told by telephone")

    entry = models.Audit.objects.get(action="override")
    assert models.Dispatch.objects.get().stage == "published"
    assert (entry.detail["reason"], entry.by.username if entry.by else None) == ("told by telephone", "editor")
    assert any("917" in finding for finding in entry.detail["findings"])


def test_two_editors_do_not_overwrite_each_others_words(desk: Any) -> None:
    statement, draft = _drafted(desk)
    _post(desk, statement, "draft", text="First words.", draft_version=draft.version)

    answer = _post(desk, statement, "publish", text="Second words.", draft_version=draft.version)

    (said,) = answer.context["messages"]
    assert "look at it again" in str(said)
    assert models.Dispatch.objects.get().text == "First words."


def test_a_publication_is_not_undone(desk: Any) -> None:
    statement, draft = _drafted(desk)
    _post(desk, statement, "publish", text=COVERED, draft_version=draft.version)

    answer = desk.signed_in().post("/desk/undo/", follow=True)

    (*_, said) = answer.context["messages"]
    assert "correct or withdraw it" in str(said)
    assert models.Dispatch.objects.get().stage == "published"


def test_what_joined_after_the_draft_stands_among_the_sources(desk: Any) -> None:
    statement, draft = _drafted(desk)
    desk.statement("Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν οι υδατοφράκτες.", of=statement, language="el")

    _post(desk, statement, "publish", text=COVERED, draft_version=draft.version)

    assert [one["language"] for one in models.Dispatch.objects.get().content["sources"]] == ["en", "el"]


def test_a_deleted_draft_leaves_the_statement(desk: Any) -> None:
    statement, draft = _drafted(desk)

    _post(desk, statement, "discard", draft_version=draft.version)

    assert not models.Dispatch.objects.exists()
    assert desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].draft.version is None


def test_a_reporter_drafts_but_sees_no_button_to_publish(desk: Any) -> None:
    statement = desk.statement()

    answer = _post(desk, statement, "draft", "reporter")

    assert b"<textarea" in answer.content
    assert b"/publish/" not in answer.content
