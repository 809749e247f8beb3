"""A page that broke is a sentence of ours, not of a framework."""

from __future__ import annotations

from typing import Any

from django.test import RequestFactory
from django.urls import get_resolver

from communique.web.inbox.views import failing


def test_what_breaks_at_the_desk_says_where_to_look(desk: Any) -> None:
    answer = failing.broken(RequestFactory().get("/desk/"))

    assert (answer.status_code, b"<code>communique serve</code>" in answer.content) == (500, True)
    assert desk.workspace.text("wire.name").encode() in answer.content


def test_what_breaks_elsewhere_is_plain_text() -> None:
    answer = failing.broken(RequestFactory().get("/api/v1/dispatches"))

    assert answer["Content-Type"].startswith("text/plain")


def test_django_asks_us_when_something_breaks() -> None:
    assert get_resolver().resolve_error_handler(500) == failing.broken
