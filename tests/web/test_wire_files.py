"""The wire's plain files are served as any web server would serve them."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.published import BEGAN, publish, told

from communique.web.ledger import publication, site
from communique.web.workspace import Workspace


def _about(newsroom: Workspace) -> None:
    (newsroom.site / "about").mkdir()
    (newsroom.site / "about" / "index.html").write_text("About", encoding="utf-8")


@pytest.fixture
def wire(newsroom: Workspace) -> Client:
    """A wire of three dispatches, as readers' programs ask for it."""
    publish(told(0), told(1), told(2))
    site.write(newsroom, newsroom.site, full=True, now=BEGAN + timedelta(days=9))
    return Client(enforce_csrf_checks=True)


def test_a_folder_without_its_slash_leads_to_it(newsroom: Workspace) -> None:
    _about(newsroom)

    answer = Client().get("/about")

    assert (answer.status_code, answer["Location"]) == (301, "/about/")


@pytest.mark.parametrize("path", ["/keys", "//about", "/../keys", "/about/../../keys", "/%2e%2e/keys", "/%00"])
def test_what_lies_outside_is_not_there(newsroom: Workspace, path: str) -> None:
    _about(newsroom)

    assert Client().get(path).status_code in (301, 404)


@pytest.mark.parametrize("path", ["/d/2", "/d/2/", "/d/2/another-slug/", "/d/2/another-slug", "/d/2/the-ministry"])
def test_the_number_of_a_dispatch_is_enough_to_find_it(wire: Client, path: str) -> None:
    answer = wire.get(path)

    assert answer.status_code == 301
    assert answer["Location"].startswith("/d/2/the-ministry-of-tides-denied")
    assert wire.get(answer["Location"]).status_code == 200


def test_a_mirror_of_plain_files_leads_on_from_the_number_too(wire: Client, newsroom: Workspace) -> None:
    page = (newsroom.site / "d/2/index.html").read_text("utf-8")

    way = page.split('content="0; url=')[1].split('"')[0]

    assert (newsroom.site / "d/2" / way / "index.html").is_file()


@pytest.mark.parametrize("path", ["/d/9/", "/d/2/a/b/", "/nothing/", "/d/0x2/", "/page/77/"])
def test_an_unknown_address_is_answered_in_the_look_of_the_wire(wire: Client, path: str) -> None:
    answer = wire.get(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert b'href="/assets/wire.css"' in answer.content


@pytest.mark.parametrize("path", ["/", "/search/", "/nothing", "/feed.atom"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_get_and_head_are_allowed(wire: Client, path: str, method: str) -> None:
    answer = getattr(wire, method)(path)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("given", [{}, {"HTTP_ACCEPT_ENCODING": "gzip"}])
def test_head_answers_with_what_get_says_and_no_body(wire: Client, given: dict[str, Any]) -> None:
    whole, head = wire.get("/", **given), wire.head("/", **given)

    assert head.content == b""
    assert {**head.headers} == {**whole.headers}


def test_text_goes_packed_to_who_takes_it(wire: Client, newsroom: Workspace) -> None:
    plain, packed = wire.get("/"), wire.get("/", HTTP_ACCEPT_ENCODING="br;q=0.9, gzip")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == (newsroom.site / "index.html").read_bytes()
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["ETag"] != plain["ETag"]


def test_gzip_is_not_sent_to_who_refuses_it(wire: Client) -> None:
    answer = wire.get("/", HTTP_ACCEPT_ENCODING="gzip;q=0, identity")

    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("given", [{}, {"HTTP_ACCEPT_ENCODING": "gzip"}])
def test_who_has_a_file_does_not_get_it_again(wire: Client, given: dict[str, Any]) -> None:
    first = wire.get("/feed.atom", **given)

    by_tag = wire.get("/feed.atom", HTTP_IF_NONE_MATCH=f'"another", W/{first["ETag"]}', **given)
    by_time = wire.get("/feed.atom", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"], **given)

    assert (by_tag.status_code, by_tag.content, by_tag["ETag"]) == (304, b"", first["ETag"])
    assert by_time.status_code == 304


def test_a_file_that_changed_is_sent_anew(wire: Client, newsroom: Workspace) -> None:
    tag = wire.get("/")["ETag"]
    publication.take_over(told(4), import_key="late", now=BEGAN, is_published=True)
    site.write(newsroom, newsroom.site, full=False, now=BEGAN + timedelta(days=10))

    assert wire.get("/", HTTP_IF_NONE_MATCH=tag).status_code == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/d/1.json", "application/json; charset=utf-8"),
        ("/d/1.tlog-proof", "text/plain; charset=utf-8"),
        ("/log/checkpoint", "text/plain; charset=utf-8"),
        ("/log/files.d/d/1", "text/plain; charset=utf-8"),
        ("/log/tile/entries/000.p/4", "application/octet-stream"),
        ("/opensearch.xml", "application/opensearchdescription+xml; charset=utf-8"),
        ("/assets/mark.svg", "image/svg+xml"),
    ],
)
def test_every_file_goes_out_as_what_it_is(wire: Client, path: str, kind: str) -> None:
    assert wire.get(path)["Content-Type"] == kind


@pytest.mark.parametrize(("path", "size"), [("tile/0/000.p/3", 96), ("tile/entries/000.p/1", None)])
def test_who_holds_an_earlier_checkpoint_gets_its_tiles(
    wire: Client, newsroom: Workspace, path: str, size: int | None
) -> None:
    answer = wire.get(f"/log/{path}")

    whole = (newsroom.site / "log" / path).with_name("4").read_bytes()
    assert answer.status_code == 200
    assert whole.startswith(answer.content)
    assert len(answer.content) == (size or 2 + int.from_bytes(whole[:2], "big"))


@pytest.mark.parametrize(
    "path", ["0/000.p/5", "0/000.p/0", "0/001.p/1", "0/../0/000.p/1", "entries/000.p/x", "7/000.p/1"]
)
def test_a_tile_that_never_was_is_not_there(wire: Client, path: str) -> None:
    assert wire.get(f"/log/tile/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/nothing/", "/search/?q=ferry", "/search/"])
def test_a_browser_is_told_what_a_page_may_do(wire: Client, path: str) -> None:
    answer = wire.get(path)

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_the_newest_dispatch_is_found_at_its_address(wire: Client) -> None:
    found = wire.get("/search/?q=Christdemokraten").content.decode()

    assert 'href="../d/3/die-christdemokraten' in found


def test_nothing_of_a_page_s_name_is_read_from_outside(wire: Client, newsroom: Workspace) -> None:
    (newsroom.folder / "outside").mkdir()
    (newsroom.site / "d" / "77").symlink_to(newsroom.folder, target_is_directory=True)

    assert wire.get("/d/77/outside/").status_code in (301, 404)
    assert wire.get("/d/77/communique.toml").status_code in (301, 404)
    assert Path(newsroom.site / "d/77/communique.toml").is_file()
