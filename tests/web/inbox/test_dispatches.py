"""What has been published, and what editors do with it."""

from __future__ import annotations

from typing import Any

import pytest

from communique.records import Dispatch
from communique.testing import builders
from communique.web.ledger import models, publication

from .conftest import page_text


def _operate(desk: Any, dispatch: models.Dispatch, what: str, **fields: Any) -> Any:
    now = models.Dispatch.objects.get(pk=dispatch.pk)
    path = f"/desk/dispatches/{dispatch.number}/{what}/"
    return desk.signed_in().post(path, {"version": now.version, **fields}, follow=True)


def _now(dispatch: models.Dispatch) -> models.Dispatch:
    return models.Dispatch.objects.get(pk=dispatch.pk)


def test_published_lists_dispatches_newest_first(desk: Any) -> None:
    first, second = desk.published(), desk.published("Of the weir at Aldermouth.", minutes=3)

    rows = desk.signed_in("reader").get("/desk/published/").context["page"].rows

    assert [row.number for row in rows] == [second.number, first.number]


def test_a_dispatch_is_held_and_released_with_reasons(desk: Any) -> None:
    dispatch = desk.published()

    _operate(desk, dispatch, "hold", reason="The ministry denies the number.")
    held = _now(dispatch).stage
    _operate(desk, dispatch, "release", reason="The number is confirmed.")

    assert (held, _now(dispatch).stage) == ("held", "published")
    assert [one.operation for one in dispatch.corrections.all()] == ["hold", "release"]


@pytest.mark.parametrize("what", ["hold", "withdraw"])
def test_nothing_public_is_done_without_a_reason(desk: Any, what: str) -> None:
    dispatch = desk.published()

    answer = _operate(desk, dispatch, what, reason="  ")

    assert answer.status_code == 409
    assert _now(dispatch).stage == "published"


def test_a_correction_keeps_the_old_wording_beside_the_new(desk: Any) -> None:
    dispatch = desk.published()
    wording = dispatch.text.replace("locks", "river locks")

    _operate(desk, dispatch, "correct", text=wording, reason="The locks are on the river.", override="checked by hand")

    page = desk.signed_in().get(f"/desk/dispatches/{dispatch.number}/").context["page"]
    assert page.text == wording
    assert [piece.kind for piece in page.changes[0].pieces].count("added") == 1


def test_an_update_keeps_what_was_right_when_it_was_published(desk: Any) -> None:
    dispatch = desk.published()
    wording = f"{dispatch.text} They reopened."

    said = _operate(desk, dispatch, "update", text=wording, reason="The locks reopened.", override="seen")

    assert "Updated." in page_text(said)
    assert _now(dispatch).text == wording
    assert [(one.operation, one.before) for one in dispatch.corrections.all()] == [("update", dispatch.text)]


def test_the_words_before_a_correction_are_taken_up_again(desk: Any) -> None:
    dispatch = desk.published()
    _operate(desk, dispatch, "correct", text=f"{dispatch.text} Again.", reason="It was the second call.", override="y")

    typed = desk.signed_in().get(f"/desk/dispatches/{dispatch.number}/?before=1").context["page"].typed

    assert typed == dispatch.text


def test_another_dispatch_takes_the_place_for_good(desk: Any) -> None:
    dispatch, other = desk.published(), desk.published("Of the weir at Aldermouth.", minutes=3)

    _operate(desk, dispatch, "replace", by=str(other.number), reason="Both tell the same.")

    page = desk.signed_in().get(f"/desk/dispatches/{dispatch.number}/").context["page"]
    assert (page.told.stage, page.told.replaced_by, page.operations) == ("replaced", other.number, ())
    assert models.Audit.objects.filter(action="replace", dispatch=dispatch).count() == 1


@pytest.mark.parametrize("by", ["", "x", "99", "1"])
def test_a_dispatch_is_replaced_only_by_another_that_is_there(desk: Any, by: str) -> None:
    dispatch = desk.published()

    _operate(desk, dispatch, "replace", by=by, reason="Both tell the same.")

    assert _now(dispatch).stage == "published"


@pytest.mark.parametrize("what", ["hold", "withdraw", "replace"])
def test_what_can_not_be_read_takes_no_place(desk: Any, what: str) -> None:
    first, second, third = (desk.published(f"Word {n} of the weir.", minutes=n) for n in range(3))
    _operate(desk, second, what, reason="It was wrong.", by=str(third.number))

    _operate(desk, first, "replace", by=str(second.number), reason="Both tell the same.")

    assert _now(first).stage == "published"


@pytest.mark.parametrize("what", ["hold", "withdraw"])
def test_what_readers_saw_is_taken_back_before_their_eyes_only(desk: Any, what: str) -> None:
    dispatch = desk.published()
    _operate(desk, dispatch, what, reason="It was wrong.")

    said = page_text(desk.signed_in().post("/desk/undo/", follow=True))

    assert "is not undone" in said or "for good" in said
    assert _now(dispatch).stage != "published"


def test_a_correction_that_is_not_covered_needs_an_override(desk: Any) -> None:
    dispatch = desk.published()

    answer = _operate(desk, dispatch, "correct", text="The pilots have 917 boats.", reason="more exact")

    assert answer.status_code == 409
    assert answer.context["page"].typed == "The pilots have 917 boats."
    assert _now(dispatch).text == dispatch.text


def test_a_withdrawn_dispatch_can_be_changed_no_more(desk: Any) -> None:
    dispatch = desk.published()
    _operate(desk, dispatch, "withdraw", reason="It was another union.")

    page = desk.signed_in().get(f"/desk/dispatches/{dispatch.number}/").context["page"]
    answer = _operate(desk, dispatch, "hold", reason="again")

    assert page.operations == ()
    assert "it is withdrawn by now" in str(next(iter(answer.context["messages"]))).lower()


def test_pins_come_and_go_and_are_undone(desk: Any) -> None:
    dispatch = desk.published()

    _operate(desk, dispatch, "pin", pinned="yes")
    pinned = _now(dispatch).pinned
    desk.signed_in().post("/desk/undo/")

    assert (pinned, _now(dispatch).pinned) == (True, False)


def test_the_slower_editor_changes_nothing(desk: Any) -> None:
    dispatch = desk.published()
    path = f"/desk/dispatches/{dispatch.number}/withdraw/"

    answer = desk.signed_in().post(path, {"version": dispatch.version - 1, "reason": "late"}, follow=True)

    assert "look at it again" in str(next(iter(answer.context["messages"])))
    assert _now(dispatch).stage == "published"


def test_a_change_of_the_documents_is_shown_until_somebody_looks(desk: Any) -> None:
    dispatch = desk.published()
    models.Statement.objects.update(needs_review="numbers: 4 became 5")
    statement = models.Statement.objects.get()

    page = desk.signed_in().get(f"/desk/dispatches/{dispatch.number}/")
    desk.signed_in().post(f"/desk/statements/{statement.key}/review/", {"version": statement.version})

    assert b"4 became 5" in page.content
    assert models.Statement.objects.get().needs_review is None


def test_an_imported_draft_is_published_from_its_own_page(desk: Any) -> None:
    imported = Dispatch(id=0, text="The guild thanks the millers.", language="en")
    row = publication.take_over(imported, import_key="sha256:" + "ab" * 32, now=builders.MORNING, is_published=False)
    (listed,) = desk.signed_in().get("/desk/published/?stage=draft").context["page"].rows

    answer = desk.signed_in().post(f"{listed.address}publish/", {"version": row.version, "text": row.text}, follow=True)

    assert answer.request["PATH_INFO"] == "/desk/dispatches/1/"
    assert models.Dispatch.objects.get().stage == "published"


@pytest.mark.parametrize("name", ["0", "999", "sha256:nothing-here", "٣"])
def test_a_dispatch_that_is_not_there_is_a_sentence(desk: Any, name: str) -> None:
    answer = desk.signed_in().get(f"/desk/dispatches/{name}/")

    assert answer.status_code == 404
    assert b"no such" in answer.content


def test_drafts_and_dispatches_go_on_page_by_page(desk: Any) -> None:
    for number in range(103):
        told = Dispatch(id=0, text=f"The guild thanks miller {number}.", language="en")
        key = f"sha256:{number:064x}"
        publication.take_over(told, import_key=key, now=builders.MORNING, is_published=number % 2 == 0)

    for stage, count in (("published", 52), ("draft", 51)):
        first = desk.signed_in().get(f"/desk/published/?stage={stage}").context["page"]
        second = desk.signed_in().get(first.older).context["page"]
        texts = [row.text for row in (*first.rows, *second.rows)]
        assert (len(first.rows), len(texts), len(set(texts)), second.older) == (50, count, count, None)


@pytest.mark.parametrize("before", ["x", "0", "s-none", "99999999999999999999"])
def test_no_address_breaks_the_list(desk: Any, before: str) -> None:
    assert desk.signed_in().get(f"/desk/published/?before={before}").status_code == 200
