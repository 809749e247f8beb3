"""What real pages, feeds and exports of other wires look like: order, doubles, shared addresses, other posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from communique.testing.web import Answer, Site, serving
from communique.web.ledger import models
from communique.web.workspace import Workspace

TENANTS = "The Tenants' League marched in Tarn."
BISHOPS = "The Bishops' Conference welcomed the cease-fire."
TOLLS = "The Rural Party called for lower tolls."
NONE_LEFT = "were here already or stand twice"


def entry(words: str, day: str = "", link: str = "", name: str = "") -> str:
    parts = {"title": words, "link": link, "guid": name, "pubDate": day}
    return "<item>" + "".join(f"<{tag}>{value}</{tag}>" for tag, value in parts.items() if value) + "</item>"


def fed(run: Run, folder: Path, *entries: str) -> str:
    path = folder / "feed.xml"
    path.write_text(f'<rss version="2.0"><channel><title>Lamp Wire</title>{"".join(entries)}</channel></rss>')
    done = run("import", "feed", str(path), "--publisher", "Lamp Wire", "--quiet")
    assert done.exit_code == 0, done.stderr
    return done.stderr


def texts() -> list[str]:
    return list(models.Dispatch.objects.order_by("number").values_list("text", flat=True))


def test_a_feed_that_begins_with_the_oldest_is_numbered_from_the_oldest(
    newsroom: Workspace, run: Run, tmp_path: Path
) -> None:
    fed(run, tmp_path, entry(TENANTS, "Tue, 01 Jan 2019 10:00:00 +0000"), entry(TOLLS, "Wed, 02 Jan 2019 10:00:00 GMT"))

    assert texts() == [TENANTS, TOLLS]


def test_a_feed_that_gives_a_day_gives_no_time(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    fed(run, tmp_path, entry(TENANTS, "2019-01-05"), entry(TOLLS))

    found = models.Dispatch.objects.order_by("number").values_list("text", "published_at", "content")
    precisions = {text: (at is None, content["published_precision"]) for text, at, content in found}
    assert precisions == {TENANTS: (False, "day"), TOLLS: (True, "minute")}


def test_entries_with_one_address_for_all_of_them_all_come_once(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    both = [entry(words, link="https://lamp.example/") for words in (TOLLS, TENANTS)]

    fed(run, tmp_path, *both)

    assert texts() == [TENANTS, TOLLS]
    assert fed(run, tmp_path, *both) == f"0 taken over, 2 {NONE_LEFT}\n"
    assert fed(run, tmp_path, both[0]) == f"0 taken over, 1 {NONE_LEFT}\n"


def test_an_address_that_comes_to_be_shared_brings_only_the_new_one(
    newsroom: Workspace, run: Run, tmp_path: Path
) -> None:
    fed(run, tmp_path, entry(TENANTS, link="https://lamp.example/"))

    fed(run, tmp_path, *(entry(words, link="https://lamp.example/") for words in (TOLLS, TENANTS)))

    assert texts() == [TENANTS, TOLLS]


def test_another_headline_at_the_same_address_is_the_same_entry(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    fed(run, tmp_path, entry(TENANTS, link="https://lamp.example/1"))

    fed(run, tmp_path, entry("Tenants march", link="https://lamp.example/1?utm_source=feed"))

    assert texts() == [TENANTS]


def test_the_same_words_under_two_names_of_a_feed_are_two_entries(
    newsroom: Workspace, run: Run, tmp_path: Path
) -> None:
    both = [entry("Weather report", name=f"report-{day}") for day in (2, 1)]

    fed(run, tmp_path, *both)

    assert texts() == ["Weather report"] * 2
    assert fed(run, tmp_path, *both) == f"0 taken over, 2 {NONE_LEFT}\n"


@pytest.mark.parametrize("kind", ["feed", "listing"])
def test_a_file_that_cannot_be_read_is_named_as_it_was_given(
    newsroom: Workspace, run: Run, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "old.html"
    path.write_text("<html><body><p>The guild met.</p></body></html>")

    done = run("import", kind, str(path))

    assert str(path) in done.stderr
    assert "urn:" not in done.stderr


def test_a_page_given_as_text_is_told_to_be_a_page(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.html"
    path.write_text("<!DOCTYPE html>\n<title>Lamp Wire</title>\n<p>The guild met.</p>")

    done = run("import", "text", str(path))

    assert done.exit_code == 1
    assert "import listing" in done.stderr


def test_what_was_taken_over_is_saved_as_it_came(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    fed(run, tmp_path, entry(TENANTS))

    shown = json.loads(run("evidence", "1", "--save", str(tmp_path / "saved"), "--json").stdout)

    saved = Path(shown["file"])
    assert (saved.suffix, saved.read_bytes()) == (".xml", (tmp_path / "feed.xml").read_bytes())


def _listed(page: int, last: int) -> Answer:
    rows = "".join(
        f'<li><a href="/d/{place}">The Guild of Clockmakers reported on its {place}th meeting in Tarn</a></li>'
        for place in range(40 - 10 * page, 30 - 10 * page, -1)
    )
    older = f'<a rel="next" href="/page/{page + 1}">Older</a>' if page < last else ""
    return Answer(body=f"<html><body><main><h1>Wire</h1><ul>{rows}</ul>{older}</main></body></html>".encode())


@pytest.fixture
def old_wire() -> Site:
    pages = {"/": _listed(1, 3), "/page/2": _listed(2, 3), "/page/3": _listed(3, 3)}
    return Site(host="127.0.0.1", pages=pages)


def test_a_list_over_several_pages_is_numbered_from_the_oldest_page(
    newsroom: Workspace, run: Run, old_wire: Site
) -> None:
    with serving([old_wire]) as web:
        done = run("import", "listing", web.url(old_wire.host), "--pages", "9", "--quiet")

    assert done.exit_code == 0, done.stderr
    assert [int(words.split()[-4][:-2]) for words in texts()] == list(range(1, 31))
    assert models.Capture.objects.count() == 3
    assert len({row.content["sources"][0]["digest"] for row in models.Dispatch.objects.all()}) == 3


def test_a_list_that_goes_on_elsewhere_says_where(newsroom: Workspace, run: Run, old_wire: Site) -> None:
    with serving([old_wire]) as web:
        done = run("import", "listing", web.url(old_wire.host))

    assert models.Dispatch.objects.count() == 10
    assert "/page/2; --pages N" in done.stderr


def post(title: str, number: int, *, extra: str = "", **fields: str) -> str:
    known = {"post_type": "post", "status": "publish", "post_date_gmt": f"2019-01-{number:02} 09:00:00"} | fields
    wp = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in known.items())
    return f"<item><title>{title}</title><link>https://lamp.example/?p={number}</link>{extra}{wp}</item>"


def exported(folder: Path, *posts: str) -> str:
    path = folder / "wordpress.xml"
    path.write_text(
        '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/'
        f'content/"><channel><title>Lamp Wire</title>{"".join(posts)}</channel></rss>'
    )
    return str(path)


SHELF = (
    post(TENANTS, 1), post("Draft", 2, status="draft"), post("Later", 3, status="future"),
    post("Own", 4, status="private"), post("Gone", 5, status="trash"), post("About us", 6, post_type="page"),
    post(TOLLS, 8, post_type="press_release"), post("photo.jpg", 7, post_type="attachment", status="inherit"),
    post("Members", 9, post_password="tide"),
)  # fmt: skip


def test_what_an_export_holds_besides_is_told(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    done = run("import", "wxr", exported(tmp_path, *SHELF))

    assert texts() == [TENANTS]
    assert done.stderr.splitlines()[0] == (
        "left out: 1 behind a password, 1 draft, 1 page (--type page takes them), "
        "1 press_release (--type press_release takes them), 1 private, 1 scheduled, 1 trash"
    )


def test_posts_of_other_types_come_when_asked_for(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    done = run("import", "wxr", exported(tmp_path, *SHELF), "--type", "post", "--type", "press_release", "--quiet")

    assert done.exit_code == 0
    assert texts() == [TENANTS, TOLLS]


def test_an_export_without_a_published_post_says_what_it_holds(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    done = run("import", "wxr", exported(tmp_path, SHELF[1], SHELF[6]))

    assert done.exit_code == 1
    assert "no published post in it; it holds 1 draft, 1 press_release (--type press_release takes them)" in done.stderr


def test_an_export_that_is_cut_off_is_refused_whole(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = Path(exported(tmp_path, *SHELF))
    path.write_text(path.read_text()[:-400])

    done = run("import", "wxr", str(path))

    assert done.exit_code == 1
    assert "cut off in the middle" in done.stderr
    assert not models.Dispatch.objects.exists()


def test_of_a_post_with_its_sites_own_time_only_the_day_is_known(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    zero = "0000-00-00 00:00:00"
    path = exported(tmp_path, post(TENANTS, 1, post_date_gmt=zero, post_date="2018-12-30 23:30:00"))

    run("import", "wxr", path, "--quiet")

    row = models.Dispatch.objects.get()
    assert (str(row.published_at), row.content["published_precision"]) == ("2018-12-30 00:00:00+00:00", "day")


def test_a_post_keeps_the_language_that_it_is_marked_with(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    mark = '<category domain="language" nicename="de">Deutsch</category>'

    run(
        "import",
        "wxr",
        exported(tmp_path, post("Seeleute lehnen Kürzung ab", 1, extra=mark), post(TOLLS, 2)),
        "--quiet",
    )

    assert list(models.Dispatch.objects.order_by("number").values_list("language", flat=True)) == ["de", "en"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('[gallery ids="1,2"]\n\nThe guild met.', "The guild met."),
        ('[caption id="a"]<img src="x"> The hall[/caption]\n\nThe guild met.', "The guild met."),
        ("[dropcap]T[/dropcap]he guild met [sic].", "The guild met [sic]."),
        ("[contact-form]\n\nThe guild met.", "The guild met."),
    ],
)
def test_shortcodes_are_no_words(newsroom: Workspace, run: Run, tmp_path: Path, body: str, words: str) -> None:
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>"

    run("import", "wxr", exported(tmp_path, post("", 1, extra=content)), "--quiet")

    assert texts() == [words]
