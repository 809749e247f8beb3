"""The desk behind a web server that speaks TLS with the world and plain HTTP with us."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from communique.web.workspace import Workspace

pytestmark = pytest.mark.db


def test_a_form_is_accepted_from_the_public_address_of_the_wire(newsroom: Workspace) -> None:
    desk = Client(enforce_csrf_checks=True, headers={"Host": "127.0.0.1:8000"})
    desk.cookies["csrftoken"] = "a" * 32

    def posted_from(origin: str) -> int:
        headers = {"Origin": origin, "X-CSRFToken": "a" * 32}
        return desk.post("/desk/undo/", headers=headers).status_code

    assert posted_from("http://localhost:8000") != 403
    assert posted_from("https://elsewhere.example") == 403
    assert settings.CSRF_TRUSTED_ORIGINS == ["http://localhost:8000"]
