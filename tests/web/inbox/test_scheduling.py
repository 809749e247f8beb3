"""Dispatches that go out at a time: given by an editor in the desk's zone, published once, kept back where need be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from communique.records import Dispatch
from communique.testing.builders import MORNING
from communique.web import workspace as workspaces
from communique.web.ledger import leaving, models, publication, releasing, returning
from communique.web.ledger.publication import AlreadyMoved
from communique.web.newsroom import Newsroom

from .conftest import LEAD, page_text, post

NEXT_YEAR = datetime.now(UTC).year + 1
AT = f"{NEXT_YEAR}-06-01T09:30"
DUE = datetime(NEXT_YEAR, 6, 1, 9, 30, tzinfo=UTC)


def _draft(desk: Any, **given: Any) -> models.Dispatch:
    statement = desk.statement(**given)
    post(desk.signed_in(), f"/desk/statements/{statement.key}/draft/")
    models.Dispatch.objects.filter(statement=statement).update(text=LEAD)
    return models.Dispatch.objects.get(statement=statement)


def _do(desk: Any, draft: models.Dispatch, what: str, *, role: str = "editor", **fields: Any) -> str:
    """Do something on a draft as a page that was just loaded would, and yield what the desk said."""
    now = models.Dispatch.objects.get(pk=draft.pk)
    key = draft.statement.key if draft.statement else ""
    version = models.Statement.objects.get(key=key).version
    given = {"version": version, "draft_version": now.version, **fields}
    return page_text(post(desk.signed_in(role), f"/desk/statements/{key}/{what}/", **given))


def _now(draft: models.Dispatch) -> models.Dispatch:
    return models.Dispatch.objects.get(pk=draft.pk)


def _publish_due(desk: Any, at: datetime) -> list[models.Dispatch]:
    return list(releasing.publish_due(desk.workspace, now=at))


def test_a_scheduled_dispatch_goes_out_at_its_time_and_not_before(desk_on: Any) -> None:
    draft = _draft(desk_on)
    _do(desk_on, draft, "schedule", at=AT)

    early = _publish_due(desk_on, DUE - timedelta(seconds=1))
    (row,) = _publish_due(desk_on, DUE + timedelta(seconds=3))

    assert early == []
    assert (row.number, row.stage, row.scheduled_at) == (1, "published", None)
    assert row.published_at == DUE + timedelta(seconds=3)
    assert models.Statement.objects.get().stage == "dispatched"
    assert models.LogEntry.objects.count() == 1


def test_what_was_due_while_nothing_ran_goes_out_later_in_its_order(desk: Any) -> None:
    later, sooner = _draft(desk), _draft(desk, text=f"{LEAD} Now.", minutes=2)
    _do(desk, later, "schedule", at=AT)
    _do(desk, sooner, "schedule", at=f"{NEXT_YEAR}-05-31T23:00")

    rows = _publish_due(desk, DUE + timedelta(days=40))

    assert [row.pk for row in rows] == [sooner.pk, later.pk]
    assert _publish_due(desk, DUE + timedelta(days=41)) == []


def test_two_processes_publish_it_once(desk_on: Any) -> None:
    draft = _draft(desk_on)
    _do(desk_on, draft, "schedule", at=AT)
    done: list[models.Dispatch] = []
    together = Barrier(2)

    def work() -> None:
        from django.db import connections

        together.wait()
        done.extend(_publish_due(desk_on, DUE))
        connections.close_all()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [row.number for row in done] == [1]
    assert models.Audit.objects.filter(action="publish").count() == models.LogEntry.objects.count() == 1


def test_an_editor_takes_it_back_to_draft(desk_on: Any) -> None:
    draft = _draft(desk_on)
    _do(desk_on, draft, "schedule", at=AT)

    _do(desk_on, draft, "unschedule")

    assert (_now(draft).stage, _now(draft).scheduled_at) == ("draft", None)
    assert _publish_due(desk_on, DUE) == []


@pytest.mark.parametrize("steps", [["schedule"], ["schedule", "unschedule"]])
def test_giving_and_taking_a_time_are_undone(desk: Any, steps: list[str]) -> None:
    draft = _draft(desk)
    for what in steps:
        before = _now(draft)
        _do(desk, draft, what, at=AT)

    post(desk.signed_in(), "/desk/undo/")

    assert (_now(draft).stage, _now(draft).scheduled_at) == (before.stage, before.scheduled_at)


def test_a_time_is_given_and_told_in_the_zone_of_the_desk(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = _draft(desk)
    monkeypatch.setenv("COMMUNIQUE_DESK_TIMEZONE", "America/St_Johns")

    said = _do(desk, draft, "schedule", at=AT)

    assert _now(draft).scheduled_at == datetime(NEXT_YEAR, 6, 1, 12, 0, tzinfo=UTC)
    assert "09:30 NDT" in said
    assert f'datetime="{NEXT_YEAR}-06-01T09:30:00-0230"' in _page(desk, draft)


def _page(desk: Any, draft: models.Dispatch) -> str:
    key = draft.statement.key if draft.statement else ""
    return str(desk.signed_in().get(f"/desk/statements/{key}/").content.decode())


@pytest.mark.parametrize(
    ("at", "because"),
    [
        ("", "give the day and the time"),
        ("tomorrow", "give the day and the time"),
        ("2020-01-01T09:00", "is past"),
        ("2027-03-28T02:30", "the clocks go forward"),
    ],
)
def test_a_time_that_can_not_be_is_a_sentence(
    desk: Any, monkeypatch: pytest.MonkeyPatch, at: str, because: str
) -> None:
    monkeypatch.setenv("COMMUNIQUE_DESK_TIMEZONE", "Europe/Berlin")
    draft = _draft(desk)

    said = _do(desk, draft, "schedule", at=at)

    assert because in said.replace("Give", "give")
    assert _now(draft).stage == "draft"


def test_an_unknown_zone_is_refused_when_the_settings_are_read(desk: Any) -> None:
    with pytest.raises(workspaces.WorkspaceError, match="IANA"):
        workspaces.load(desk.workspace.folder, {}, ["desk.timezone=Europe/Atlantis"])


def test_what_the_documents_do_not_carry_is_not_scheduled_without_a_reason(desk: Any) -> None:
    draft = _draft(desk)

    kept = _do(desk, draft, "schedule", at=AT, text="The pilots have 917 boats.")
    _do(desk, draft, "schedule", at=AT, text="The pilots have 917 boats.", reason="They told us by telephone.")

    assert "Not scheduled" in kept
    assert [row.stage for row in _publish_due(desk, DUE)] == ["published"]


def test_what_the_documents_no_longer_carry_at_its_time_is_kept_back(desk_on: Any) -> None:
    draft = _draft(desk_on)
    _do(desk_on, draft, "schedule", at=AT)
    for row in models.Document.objects.all():
        row.content["text"] = row.content["text"].replace("four locks", "locks")
        row.save()
    models.Dispatch.objects.update(text=LEAD.replace("four", "44"))

    (done,) = _publish_due(desk_on, DUE)

    assert (done.stage, done.number) == ("draft", None)
    assert "no longer carry" in (models.Statement.objects.get().needs_review or "")
    assert len(desk_on.signed_in().get("/desk/?view=due").context["page"].lines) == 1


def test_the_words_of_a_scheduled_dispatch_stay(desk: Any) -> None:
    draft = _draft(desk)
    _do(desk, draft, "schedule", at=AT)

    said = _do(desk, draft, "draft", role="reporter", text="Other words.")

    assert "It is scheduled by now" in said
    assert _now(draft).text == LEAD


@pytest.mark.parametrize("what", ["decline", "discard"])
def test_a_scheduled_dispatch_is_not_lost_by_the_way(desk: Any, what: str) -> None:
    draft = _draft(desk)
    _do(desk, draft, "schedule", at=AT)

    said = _do(desk, draft, what)

    assert "back to draft" in said
    assert (_now(draft).stage, models.Statement.objects.get().stage) == ("scheduled", "inbox")


def test_an_imported_draft_goes_out_at_its_time(desk: Any) -> None:
    told = Dispatch(id=0, text="The weir at Aldermouth is open.")
    draft = publication.take_over(told, import_key="sha256:" + "a" * 64, now=MORNING, is_published=False)
    path = f"/desk/dispatches/{draft.import_key}/"

    post(desk.signed_in(), f"{path}schedule/", version=0, at=AT)
    post(desk.signed_in(), f"{path}unschedule/", version=1)
    post(desk.signed_in(), f"{path}schedule/", version=2, at=AT)

    assert [row.number for row in _publish_due(desk, DUE)] == [1]
    assert [row.action for row in models.Audit.objects.filter(dispatch=draft)] == [
        "publish", "schedule", "unschedule", "schedule",
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "stage"), [(-1, "scheduled"), (1, "draft")])
def test_a_scheduled_dispatch_leaves_and_comes_back_with_a_time_to_come(desk: Any, days: int, stage: str) -> None:
    draft = _draft(desk)
    _do(desk, draft, "schedule", at=AT)
    (row,) = leaving.dispatches(None)
    models.Audit.objects.update(dispatch=None)
    models.Dispatch.objects.all().delete()

    returning.dispatches(iter([row]), DUE + timedelta(days=days))

    back = models.Dispatch.objects.get()
    assert (back.stage, back.scheduled_at) == (stage, DUE if stage == "scheduled" else None)


@pytest.mark.parametrize("words", [("publish",), ("run", "--once")])
def test_the_commands_publish_what_is_due(desk: Any, program: Any, words: tuple[str, ...]) -> None:
    draft = _draft(desk)
    models.Source.objects.update(is_paused=True)
    models.Dispatch.objects.update(stage="scheduled", scheduled_at=MORNING)

    done = program(*words, "--workspace", desk.workspace.folder)

    assert done.status == 0, done.err
    assert "publish  as number 1" in done.err
    assert _now(draft).stage == "published"


def test_the_newsroom_publishes_by_its_clock(desk: Any) -> None:
    draft = _draft(desk)
    _do(desk, draft, "schedule", at=AT)
    asked, published = [], Event()

    def clock() -> datetime:
        asked.append(DUE)
        if len(asked) == 2:  # first for what is due, then for the edition
            published.set()
        return DUE

    room = Newsroom(desk.workspace, host="127.0.0.1", port=0, clock=clock)
    room.start(None)
    published.wait(60)
    room.end()

    assert _now(draft).published_at == DUE


def test_a_colleague_who_took_it_back_is_faster_than_the_clock(desk: Any) -> None:
    draft = _draft(desk)
    _do(desk, draft, "schedule", at=AT)
    seen = _now(draft)
    _do(desk, draft, "unschedule")

    late = releasing.publish(
        publication.Act(dispatch=seen.pk, version=seen.version, by=None, at=DUE), reason="", workspace=desk.workspace
    )

    assert isinstance(late, AlreadyMoved)
    assert _now(draft).stage == "draft"


def test_the_scheduled_stand_on_a_shelf_and_in_the_inbox_with_their_time(desk: Any) -> None:
    draft = _draft(desk)
    _do(desk, draft, "schedule", at=AT)

    (row,) = desk.signed_in().get("/desk/published/?stage=scheduled").context["page"].rows
    (line,) = desk.signed_in().get("/desk/").context["page"].lines

    assert row.at == DUE
    assert [note.text for note in line.notes] == [f"goes out 1 Jun {NEXT_YEAR}"]
