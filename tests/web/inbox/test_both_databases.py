"""The desk on SQLite and on PostgreSQL: one day's work, all of it."""

from __future__ import annotations

from typing import Any

from communique.web.ledger import models

GREEK = "Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν πάλι οι τέσσερις υδατοφράκτες."


def _do(desk: Any, key: str, what: str, **fields: Any) -> None:
    version = models.Statement.objects.get(key=key).version
    desk.signed_in().post(f"/desk/statements/{key}/{what}/", {"version": version, **fields}, follow=True)


def _keys(desk: Any, query: str = "") -> set[str]:
    return {line.key for line in desk.signed_in().get(f"/desk/?{query}").context["page"].lines}


def test_a_day_at_the_desk_is_the_same_on_both(desk_on: Any) -> None:
    desk = desk_on
    statement, other = desk.statement(), desk.statement(GREEK, language="el", minutes=3)
    assert _keys(desk) == {statement.key, other.key}
    assert _keys(desk, "q=υδατοφράκτες") == {other.key}

    _do(desk, other.key, "snooze", until="hour")
    assert (_keys(desk), _keys(desk, "view=snoozed")) == ({statement.key}, {other.key})

    _do(desk, other.key, "merged", into=statement.key)
    assert desk.signed_in().get("/desk/").context["page"].lines[0].sites == 2

    desk.signed_in().post("/desk/undo/")
    _do(desk, other.key, "reopen")
    assert _keys(desk) == {statement.key, other.key}

    _do(desk, statement.key, "draft")
    _do(desk, statement.key, "publish", draft_version=0)
    assert models.Dispatch.objects.get().number == 1
    assert desk.signed_in().get("/desk/dispatches/1/").status_code == 200


def test_every_page_opens_on_both(desk_on: Any) -> None:
    desk = desk_on
    key = desk.statement().key

    own = f"statements/{key}/"
    lists = ("", "?view=due", "?view=declined", f"pulse/?shown={key}", "published/", "sources/", "stories/", "audit/")
    for path in (*lists, own, f"{own}differences/", f"{own}merge/", f"{own}beside/"):
        assert desk.signed_in().get(f"/desk/{path}").status_code == 200, path
