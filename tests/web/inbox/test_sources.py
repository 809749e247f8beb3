"""The watchlist at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from communique.testing import builders
from communique.testing.web import Answer, Site, serving
from communique.web.inbox import looking
from communique.web.ledger import models, watchlist

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>River Pilots</title><link>http://rivermen.localhost/</link>
<description>d</description><item><title>Reopen the locks</title><link>http://rivermen.localhost/1</link></item></channel></rss>"""


def _said(answer: Any) -> str:
    return " ".join(str(one) for one in answer.context["messages"])


def test_sources_that_need_a_person_come_first_with_a_sentence(desk: Any) -> None:
    for name in ("a", "b"):
        watchlist.add(builders.source(id=name, url=f"https://{name}.example/feed"), now=builders.MORNING)
    models.Source.objects.filter(slug="b").update(
        visited_at=builders.MORNING, trouble_kind="gone", trouble_detail="the site answers 410", troubles_in_row=3
    )

    page = desk.signed_in("reader").get("/desk/sources/").context["page"]

    assert [row.slug for row in page.rows] == ["b", "a"]
    assert "look for its new address" in page.rows[0].state


def test_pausing_resuming_and_removing_are_one_button_each(desk: Any) -> None:
    watchlist.add(builders.source(id="a"), now=builders.MORNING)
    admin = desk.signed_in("admin")

    said = [_said(admin.post(f"/desk/sources/a/{what}/", follow=True)) for what in ("pause", "resume", "remove")]

    assert said == ["a is paused.", "a is visited again.", "a is removed."]
    assert not models.Source.objects.exists()
    assert models.Audit.objects.filter(action="remove source").exists()


def test_an_address_is_looked_at_before_it_is_watched(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(host="rivermen.localhost", pages={"/feed.xml": Answer(body=FEED, media_type="application/rss+xml")})
    with serving([site]) as web:
        monkeypatch.setattr(looking, "resolve", lambda name: (web.resolve(name),))
        page = (
            desk.signed_in("admin")
            .post("/desk/sources/look/", {"url": web.url("rivermen.localhost", "/feed.xml")})
            .context["page"]
        )

    assert page.wrong == ""
    assert (page.found.kind, page.found.name, page.found.titles) == ("feed", "River Pilots", ("Reopen the locks",))
    assert not models.Source.objects.exists()


def test_what_was_found_is_watched(desk: Any) -> None:
    fields = {"url": "https://rivermen.example/feed.xml", "kind": "feed", "name": "River Pilots", "languages": "en, el"}

    said = [_said(desk.signed_in("admin").post("/desk/sources/add/", fields, follow=True)) for _ in range(2)]

    assert said == ["River Pilots is watched from now on.", "https://rivermen.example/feed.xml is watched already."]
    assert models.Source.objects.get().languages == ["en", "el"]


@pytest.mark.parametrize(
    "url", ["", "ftp://rivermen.example/", "file:///etc/passwd", "http://192.0.2.1:9/", "http://[::1"]
)
def test_an_address_that_can_not_be_collected_is_a_sentence(
    desk: Any, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_COLLECT_TIMEOUT", "1")

    answer = desk.signed_in("admin").post("/desk/sources/look/", {"url": url})

    assert answer.status_code == 422
    assert answer.context["page"].wrong


@pytest.mark.parametrize(
    "fields", [{"url": "file:///etc", "kind": "folder"}, {"url": "https://a.example", "kind": "x"}, {}]
)
def test_only_what_the_web_has_is_added_from_the_web(desk: Any, fields: dict[str, str]) -> None:
    said = _said(desk.signed_in("admin").post("/desk/sources/add/", fields, follow=True))

    assert said.startswith("Nothing was added")
    assert not models.Source.objects.exists()


def test_the_watchlist_leaves_and_comes_back_as_opml(desk: Any) -> None:
    watchlist.add(builders.source(), now=builders.MORNING)
    admin = desk.signed_in("admin")
    exported = admin.get("/desk/sources/watchlist.opml").content
    models.Source.objects.all().delete()

    said = _said(admin.post("/desk/sources/import/", {"opml": SimpleUploadedFile("list.opml", exported)}, follow=True))

    assert said == "1 sources added, 0 were watched already."
    assert models.Source.objects.get().url == builders.source().url


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b"<opml><body>" + b"<outline>" * 5000])
def test_a_file_that_is_no_opml_is_a_sentence(desk: Any, content: bytes) -> None:
    answer = desk.signed_in("admin").post(
        "/desk/sources/import/", {"opml": SimpleUploadedFile("list.opml", content)}, follow=True
    )

    assert answer.status_code == 200
    assert _said(answer)
    assert not models.Source.objects.exists()
