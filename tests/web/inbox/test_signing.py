"""Signing in by a link that works once, and what each role may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from communique.web.ledger import models, people
from communique.web.ledger.people import Role


def _link(name: str, role: Role = Role.EDITOR, *, now: datetime | None = None) -> str:
    return people.sign_in_link(people.add(name, role), base="", now=now or datetime.now(UTC))


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the newsroom have a public address, so that other machines can open its links."""
    monkeypatch.setenv("COMMUNIQUE_WIRE_URL", "https://wire.example")


@pytest.mark.usefixtures("desk")
def test_on_this_machine_opening_the_link_signs_in() -> None:
    client = Client()

    answer = client.get(_link("ana"), follow=True)

    assert answer.request["PATH_INFO"] == "/desk/"
    assert b"ana" in answer.content


@pytest.mark.usefixtures("desk", "elsewhere")
def test_a_preview_does_not_use_the_link_up() -> None:
    link, client = _link("ana"), Client()

    preview = Client().get(link)
    answer = client.post(link, follow=True)

    assert b"Sign in as ana" in preview.content
    assert answer.request["PATH_INFO"] == "/desk/"


@pytest.mark.usefixtures("desk")
def test_a_link_works_once() -> None:
    link = _link("ana")
    Client().get(link)

    again = Client().get(link)

    assert again.status_code == 410
    assert b"sign-in-link" in again.content


@pytest.mark.usefixtures("desk")
def test_a_link_of_an_hour_ago_does_not_sign_in() -> None:
    link = _link("ana", now=datetime.now(UTC) - timedelta(hours=1))

    assert Client().get(link).status_code == 410


@pytest.mark.usefixtures("desk")
def test_a_head_request_does_not_use_the_link_up() -> None:
    link = _link("ana")

    Client().head(link)

    assert Client().get(link).status_code == 302


@pytest.mark.usefixtures("desk")
def test_signing_in_gives_a_fresh_session() -> None:
    client = Client()
    client.cookies["communique-desk"] = "planted"

    client.get(_link("ana"))

    assert client.cookies["communique-desk"].value != "planted"


@pytest.mark.usefixtures("desk")
def test_who_is_not_signed_in_is_told_how_to() -> None:
    answer = Client().get("/desk/", follow=True)

    assert answer.request["PATH_INFO"] == "/desk/sign-in/"
    assert b"communique user sign-in-link" in answer.content


@pytest.mark.usefixtures("desk")
def test_signing_out_ends_the_session() -> None:
    client = Client()
    client.get(_link("ana"))

    client.post("/desk/sign-out/")

    assert client.get("/desk/").status_code == 302


@pytest.mark.usefixtures("desk")
def test_a_form_from_elsewhere_does_nothing_and_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(_link("ana"))

    answer = client.post("/desk/undo/")

    assert answer.status_code == 403
    assert b"not sent from a page of this desk" in answer.content


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.READER, "draft"),
        (Role.READER, "snooze"),
        (Role.REPORTER, "publish"),
        (Role.REPORTER, "decline"),
        (Role.REPORTER, "merged"),
        (Role.REPORTER, "split"),
    ],
)
def test_a_role_that_does_not_suffice_is_told_which_would(desk: Any, role: Role, path: str) -> None:
    statement = desk.statement()

    answer = desk.signed_in(role).post(f"/desk/statements/{statement.key}/{path}/", {"version": 0})

    assert answer.status_code == 403
    assert b"communique user role" in answer.content
    assert models.Dispatch.objects.count() == 0


def test_an_account_without_a_role_sees_nothing(desk: Any) -> None:
    client = desk.signed_in(Role.EDITOR, "ana")
    people.named("ana").groups.clear()

    assert client.get("/desk/").status_code == 302


def test_only_an_admin_changes_the_sources(desk: Any) -> None:
    assert desk.signed_in(Role.EDITOR).post("/desk/sources/add/").status_code == 403


def test_a_page_is_not_an_action(desk: Any) -> None:
    statement = desk.statement()

    answer = desk.signed_in().get(f"/desk/statements/{statement.key}/decline/")

    assert answer.status_code == 405
    assert b"only when its button is pressed" in answer.content
    assert models.Statement.objects.get().stage == "inbox"


@pytest.mark.parametrize("path", ["/desk/", "/desk/sources/", "/desk/keys/", "/desk/nothing/"])
def test_every_page_loads_nothing_foreign_and_is_kept_nowhere(desk: Any, path: str) -> None:
    answer = desk.signed_in().get(path)

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "no-store" in answer.headers["Cache-Control"]
