"""The watchlist at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from communique.testing import builders
from communique.testing.web import Answer, Site, serving
from communique.web.inbox import looking
from communique.web.ledger import models, store, watchlist
from communique.web.ledger import opml as outline

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


@pytest.mark.parametrize("kind", ["feed", "listing", "sitemap", "page"])
def test_each_kind_of_source_on_the_web_stands_in_the_opml_and_is_the_same_kind_again(desk: Any, kind: Any) -> None:
    watchlist.add(builders.source(kind=kind), now=builders.MORNING)
    exported = desk.signed_in("admin").get("/desk/sources/watchlist.opml").content

    (back,) = outline.sources(exported, pause_s=60)

    assert (back.kind, back.url, outline.left_out()) == (kind, builders.source().url, 0)


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b"<opml><body>" + b"<outline>" * 5000])
def test_a_file_that_is_no_opml_is_a_sentence(desk: Any, content: bytes) -> None:
    answer = desk.signed_in("admin").post(
        "/desk/sources/import/", {"opml": SimpleUploadedFile("list.opml", content)}, follow=True
    )

    assert answer.status_code == 200
    assert _said(answer)
    assert not models.Source.objects.exists()


def _marked(**given: Any) -> None:
    """Enter a source with a mark that nobody has seen."""
    watchlist.add(builders.source(id="a"), now=builders.MORNING)
    memory = {"moved_to": "https://rivermen.example/press/", "moved_days": 1, "moved_since": "2026-03-01"}
    fields = {"memory": memory, "mark": "moved", "marked_at": builders.MORNING, "visited_at": builders.MORNING}
    models.Source.objects.filter(slug="a").update(**{**fields, **given})


def _to_see(page: Any) -> str:
    return str(next(place.count for place in page.context["bar"].places if place.name == "Sources"))


def test_a_source_has_a_page_that_says_how_it_is_and_why(desk: Any) -> None:
    _marked(explanation="the list was found by its headings")
    kept = builders.capture(source_id="a", url=builders.source().url)
    store.DatabaseLedger().add_capture(kept, builders.evidence(kept))

    page = desk.signed_in("reader").get("/desk/sources/a/")

    assert "has moved to https://rivermen.example/press/, take over?" in page.context["page"].state
    assert "the list was found by its headings" in page.content.decode()
    assert f"/desk/evidence/{page.context['page'].answers[0].record_id}/" in page.content.decode()
    assert "Take the new address over" not in page.content.decode()  # a reader can't


def test_a_source_says_how_it_stands_with_its_hub(desk: Any) -> None:
    _marked(memory={"hub": "https://hub.example/", "topic": "https://rivermen.example/feed"}, told_at=builders.MORNING)
    source = models.Source.objects.get()
    assert "which was not asked to tell us" in desk.signed_in("reader").get("/desk/sources/a/").content.decode()
    models.Subscription.objects.create(
        source=source, hub="h", topic="t", token="x", callback="c", state="refused", next_at=builders.MORNING,
        said="the hub answers 410",
    )  # fmt: skip

    page = desk.signed_in("reader").get("/desk/sources/a/").content.decode()

    assert "https://hub.example/; no: the hub answers 410" in page
    assert "Last told of by its hub" in page


def test_a_source_that_has_moved_is_taken_over_with_one_button(desk: Any) -> None:
    _marked()
    admin = desk.signed_in("admin")
    assert 'data-does="take-over"' in admin.get("/desk/sources/a/").content.decode()

    said = _said(admin.post("/desk/sources/a/take-over/", {"source": "a"}, follow=True))

    assert said == "a is watched at https://rivermen.example/press/ from now on."
    assert models.Source.objects.get().url == "https://rivermen.example/press/"
    assert models.Audit.objects.filter(action="take-over source").exists()


def test_a_mark_is_counted_until_somebody_has_seen_it(desk: Any) -> None:
    _marked()
    admin = desk.signed_in("admin")
    assert _to_see(admin.get("/desk/sources/")) == "1 to see"

    admin.post("/desk/sources/a/seen/")

    assert _to_see(admin.get("/desk/sources/")) == ""
    assert models.Source.objects.get().mark == "moved"


def test_a_source_is_visited_at_once_when_somebody_asks_for_it(desk: Any) -> None:
    watchlist.add(builders.source(id="a"), now=builders.MORNING)
    models.Source.objects.update(next_visit_at=builders.MORNING.replace(year=2036))

    said = _said(desk.signed_in("admin").post("/desk/sources/a/visit/", {"source": "a"}, follow=True))

    assert said == "a is due now."
    assert models.Source.objects.get().next_visit_at.year < 2036


@pytest.mark.parametrize("what", ["take-over", "seen", "visit", "pause"])
def test_what_can_not_be_done_with_a_source_is_a_sentence(desk: Any, what: str) -> None:
    said = _said(desk.signed_in("admin").post(f"/desk/sources/nothing/{what}/", follow=True))

    assert "nothing" in said
    assert desk.signed_in("admin").get("/desk/sources/nothing/").status_code == 404
