"""Each action of the desk against each role: who may, by POST only, not from elsewhere, with an entry in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from communique.web.inbox.urls import urlpatterns
from communique.web.ledger import models, people
from communique.web.ledger.people import Role

from .conftest import link_path, post

LATER = "2999-01-01T09:00"
# what stands before -> path, fields, least role, what the audit says of it (None: nothing, for nothing was changed)
BODY = {"name": "Dockers of the Estuary", "kind": "union", "country": "NO"}
ACTIONS: tuple[tuple[str, str, dict[str, str], Role, str | None], ...] = (
    ("fresh", "statements/KEY/decline/", {}, Role.EDITOR, "decline"),
    ("changed", "statements/KEY/review/", {}, Role.EDITOR, "review"),
    ("declined", "statements/KEY/reopen/", {}, Role.REPORTER, "reopen"),
    ("fresh", "statements/KEY/snooze/", {"until": "hour"}, Role.REPORTER, "snooze"),
    ("pair", "statements/KEY/story/", {"story": ""}, Role.EDITOR, "move to story"),
    ("pair", "statements/KEY/split/", {"document": "RECORD"}, Role.EDITOR, "split"),
    ("fresh", "statements/KEY/answer/", {"document": "RECORD"}, Role.EDITOR, "confirm"),
    (
        "fresh",
        "statements/KEY/event/",
        {"document": "RECORD", "words": "calls on", "do": "none"},
        Role.EDITOR,
        "correct event",
    ),
    ("fresh", "statements/KEY/reading/RECORD/amend/", {"what": "title", "to": "x"}, Role.EDITOR, "correct reading"),
    ("fresh", "statements/KEY/merged/", {"into": "OTHER"}, Role.EDITOR, "merge"),
    ("merged", "statements/KEY/part/", {"statement": "OTHER"}, Role.EDITOR, "part"),
    ("fresh", "statements/KEY/draft/", {}, Role.REPORTER, "draft"),
    ("drafted", "statements/KEY/discard/", {}, Role.REPORTER, "discard"),
    ("drafted", "statements/KEY/check/", {"text": "x"}, Role.REPORTER, None),
    ("drafted", "statements/KEY/publish/", {"reason": "seen"}, Role.EDITOR, "publish"),
    ("drafted", "statements/KEY/schedule/", {"reason": "seen", "at": LATER}, Role.EDITOR, "schedule"),
    ("scheduled", "statements/KEY/unschedule/", {}, Role.EDITOR, "unschedule"),
    ("published", "dispatches/1/hold/", {"reason": "doubt"}, Role.EDITOR, "hold"),
    ("held", "dispatches/1/release/", {"reason": "sure"}, Role.EDITOR, "release"),
    ("published", "dispatches/1/withdraw/", {"reason": "wrong"}, Role.EDITOR, "withdraw"),
    ("published", "dispatches/1/correct/", {"reason": "w", "text": "x", "override": "y"}, Role.EDITOR, "correct"),
    ("published", "dispatches/1/update/", {"reason": "w", "text": "x", "override": "y"}, Role.EDITOR, "update"),
    ("published", "dispatches/1/replace/", {"reason": "both", "by": "2"}, Role.EDITOR, "replace"),
    ("published", "dispatches/1/pin/", {"pinned": "yes"}, Role.EDITOR, "pin"),
    ("imported", "dispatches/IMPORT/publish/", {}, Role.EDITOR, "publish"),
    ("imported", "dispatches/IMPORT/schedule/", {"at": LATER}, Role.EDITOR, "schedule"),
    ("fresh", "stories/STORY/name/", {"name": "Locks"}, Role.EDITOR, "name story"),
    ("fresh", "sources/look/", {"url": "nothing"}, Role.ADMIN, None),
    ("fresh", "sources/add/", {"url": "https://a.example/", "kind": "feed"}, Role.ADMIN, "add source"),
    ("fresh", "sources/source-1/pause/", {}, Role.ADMIN, "pause source"),
    ("fresh", "sources/source-1/visit/", {}, Role.ADMIN, "visit source"),
    ("fresh", "sources/source-1/take-over/", {}, Role.ADMIN, None),
    ("fresh", "sources/source-1/seen/", {}, Role.ADMIN, None),
    ("fresh", "sources/import/", {}, Role.ADMIN, None),
    ("fresh", "organisations/add/", BODY | {"id": "xx-new"}, Role.EDITOR, "add organisation"),
    ("fresh", "organisations/xx-rup/change/", BODY, Role.EDITOR, "change organisation"),
    ("fresh", "organisations/xx-rup/rename/", {"name": "Pilots' Union"}, Role.EDITOR, "rename organisation"),
    ("fresh", "organisations/xx-rup/merge/", {"into": "xx-ww"}, Role.EDITOR, "merge organisation"),
    ("fresh", "undo/", {}, Role.REPORTER, None),
)
IMPORT = "sha256:" + "b" * 64
RECORD = "00000000-0000-0000-0000-000000000000"


def _prepare(desk: Any, state: str) -> dict[str, str]:
    """Enter what an action needs, and yield what the words in capitals of its path and fields stand for."""
    statement, other = desk.statement(), desk.statement("Of the weir at Aldermouth.", minutes=1)
    editor, own = desk.signed_in("editor", "before"), f"/desk/statements/{statement.key}/"
    if state == "pair":
        desk.statement("Of the locks.", of=statement, minutes=2)
    if state == "merged":
        post(editor, f"/desk/statements/{other.key}/merged/", version=0, into=statement.key)
    if state in ("drafted", "scheduled"):
        post(editor, f"{own}draft/")
    stages = {"declined": {"stage": "declined"}, "changed": {"needs_review": "one number"}}
    models.Statement.objects.filter(pk=statement.pk).update(**stages.get(state, {}))
    if state in ("published", "held"):
        desk.published(minutes=3)
        desk.published("Of the weir at Aldermouth!", minutes=4)
    if state in ("scheduled", "held"):
        models.Dispatch.objects.exclude(number=2).update(stage=state)
    if state == "imported":
        models.Dispatch.objects.create(
            text="x", language="en", import_key=IMPORT, created_at=statement.first_seen_at,
            changed_at=statement.first_seen_at,
        )  # fmt: skip
    record = statement.documents.select_related("capture").first().capture.record_id
    return {"KEY": statement.key, "OTHER": other.key, "RECORD": record.removeprefix("urn:uuid:"),
            "IMPORT": IMPORT, "STORY": statement.story}  # fmt: skip


def _filled(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def _versions(names: dict[str, str], path: str) -> dict[str, str]:
    """Yield the versions that a page that was just loaded would send."""
    dispatch = models.Dispatch.objects.exclude(number=2).first()
    number = str(dispatch.version) if dispatch else "0"
    statement = str(models.Statement.objects.get(key=names["KEY"]).version)
    return {"version": number if path.startswith("dispatches") else statement, "draft_version": number}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An action that a desk is ready for."""

    address: str
    fields: dict[str, str]


@pytest.fixture
def prepared(desk: Any, request: pytest.FixtureRequest) -> Prepared:
    """Bring a desk to where an action can be done."""
    state, path, fields = request.param
    names = _prepare(desk, state)
    sent = {name: _filled(value, names) for name, value in fields.items()} | _versions(names, path)
    return Prepared(address=f"/desk/{_filled(path, names)}", fields=sent)


def _acts() -> list[str]:
    rows = models.Audit.objects.exclude(action__in=("sign in", "override")).order_by("pk")
    return list(rows.values_list("action", flat=True))


each_action = pytest.mark.parametrize(
    ("prepared", "least", "noted"), [(one[:3], *one[3:]) for one in ACTIONS], indirect=["prepared"],
    ids=[one[1] for one in ACTIONS],
)  # fmt: skip


@each_action
@pytest.mark.usefixtures("noted")
def test_an_action_is_refused_to_those_who_may_not(desk: Any, prepared: Prepared, least: Role) -> None:
    before, below = _acts(), [role for role in Role if not people.includes(role, least)]

    answers = [desk.signed_in(role).post(prepared.address, prepared.fields) for role in below]

    assert {answer.status_code for answer in answers} <= {403}
    assert _acts() == before


@each_action
def test_an_action_is_done_for_who_may_and_noted(
    desk: Any, prepared: Prepared, least: Role, noted: str | None
) -> None:  # fmt: skip
    before = _acts()

    shown = desk.signed_in(least).get(prepared.address)
    done = desk.signed_in(least).post(prepared.address, prepared.fields)

    assert shown.status_code == 405
    assert done.status_code in (200, 302, 422)
    assert _acts() == [*before, *([noted] if noted else [])]


@pytest.mark.parametrize("path", [one[1] for one in ACTIONS])
def test_no_action_is_done_by_a_form_from_elsewhere(desk: Any, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(link_path(people.add("boss", Role.ADMIN)))
    names = {"KEY": "s-x", "IMPORT": IMPORT, "STORY": "t-x", "RECORD": RECORD}

    answer = client.post(f"/desk/{_filled(path, names)}", {"version": 0})

    assert answer.status_code == 403
    assert b"not sent from a page of this desk" in answer.content
    assert desk.workspace.folder.is_dir()


def test_every_action_of_the_desk_stands_in_the_table() -> None:
    names = {"KEY": "s-x", "IMPORT": IMPORT, "STORY": "t-x", "RECORD": RECORD}
    paths = [_filled(one[1], names) for one in ACTIONS]

    missing = [one.pattern for one in urlpatterns if _is_action(one) and not any(map(one.resolve, paths))]

    assert missing == []


def _is_action(pattern: URLPattern) -> bool:
    return "POST" in getattr(pattern.callback, "methods", ())
