"""The wire's plain files are served as any web server would serve them."""

from __future__ import annotations

import pytest
from django.test import Client

from communique.web.workspace import Workspace


def _about(newsroom: Workspace) -> None:
    (newsroom.site / "about").mkdir()
    (newsroom.site / "about" / "index.html").write_text("About", encoding="utf-8")


def test_a_folder_without_its_slash_leads_to_it(newsroom: Workspace) -> None:
    _about(newsroom)

    answer = Client().get("/about")

    assert (answer.status_code, answer["Location"]) == (302, "/about/")


@pytest.mark.parametrize("path", ["/keys", "//about", "/../keys", "/about/../../keys", "/%2e%2e/keys", "/%00"])
def test_what_lies_outside_is_not_there(newsroom: Workspace, path: str) -> None:
    _about(newsroom)

    assert Client().get(path).status_code in (301, 404)
