"""Another wire is taken over: in its order, each dispatch once, nothing invented."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.web.published import BEGAN, act, publish, told

from communique.archive import answer
from communique.records import Evidence
from communique.web.ledger import models, publication
from communique.web.workspace import Workspace

PAGE = """\
The Harbour Union’s 12th congress has ended. The next one will be held in Port Sorrow.
The ministry of tides of Kestria announced a new tide table.

The Kestrian Greens\u00a0condemned the closure of the Lampside ferry on 3 March.
\u0130lk deniz feneri a\u00e7\u0131ld\u0131
The Bishops' Conference welcomed the cease-fire yesterday
"""
NEWER = "The Rural Party called on the government to publish the harvest report."


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def imported(run: Run, path: Path, *options: str) -> str:
    done = run("import", "text", str(path), "--publisher", "Lamp Wire", "--pinned", "2", "--quiet", *options)
    assert done.exit_code == 0, done.stderr
    return done.stderr


def test_a_page_is_numbered_from_its_oldest_on(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)

    rows = list(models.Dispatch.objects.order_by("-number"))
    assert [row.number for row in rows] == [5, 4, 3, 2, 1]
    assert rows[0].text.startswith("The Harbour Union’s 12th congress")
    assert [row.pinned for row in rows] == [True, True, False, False, False]


def test_words_stay_as_printed_after_nfc_with_plain_spaces(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)

    texts = set(models.Dispatch.objects.values_list("text", flat=True))
    assert "The Kestrian Greens condemned the closure of the Lampside ferry on 3 March." in texts
    assert "İlk deniz feneri açıldı" in texts
    assert "The Bishops' Conference welcomed the cease-fire yesterday" in texts


def test_no_date_is_invented(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)

    rows = [json.loads(line) for line in run("export", "dispatches", "--quiet").stdout.splitlines()]
    assert [row["published"] for row in rows] == [None] * 5
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "5"]


def test_the_raw_bytes_are_kept_as_evidence(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)

    row = models.Capture.objects.get()
    kept = answer(
        Evidence(warc=row.warc, offset=row.offset, record_id=row.record_id, url=row.url,
                 captured_at=row.captured_at, digest=row.digest),
        folder=newsroom.evidence,
    )  # fmt: skip
    assert getattr(kept, "body", None) == page.read_bytes()


def test_a_second_import_adds_nothing(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)

    assert imported(run, page) == "0 taken over, 5 were here already or stand twice\n"
    assert models.Dispatch.objects.count() == 5


def test_a_later_page_adds_only_what_is_new(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)
    lines = PAGE.splitlines()
    page.write_text("\n".join([*lines[:2], NEWER, *lines[3:-1]]), encoding="utf-8")

    imported(run, page)

    assert models.Dispatch.objects.get(number=6).text == NEWER
    assert models.Dispatch.objects.count() == 6


def test_an_unresolved_day_is_said_to_be_so(newsroom: Workspace, run: Run, page: Path) -> None:
    done = run("import", "text", str(page), "--publisher", "Lamp Wire")

    assert "“yesterday” unresolved" in done.stdout


def test_a_dry_run_enters_nothing(newsroom: Workspace, run: Run, page: Path) -> None:
    said = imported(run, page, "--dry-run")

    assert said.startswith("5 would be taken over")
    assert not models.Dispatch.objects.exists()
    assert not models.Capture.objects.exists()


def test_drafts_wait_at_the_desk(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page, "--as", "draft")

    assert set(models.Dispatch.objects.values_list("stage", "number")) == {("draft", None)}
    assert not models.LogEntry.objects.exists()


def test_the_wire_shows_the_page_in_its_order(newsroom: Workspace, run: Run, page: Path) -> None:
    imported(run, page)

    assert run("publish", "--quiet").exit_code == 0
    front = (newsroom.site / "index.html").read_text(encoding="utf-8")
    places = [
        front.index(words)
        for words in ("12th congress", "new tide table", "Kestrian Greens", "İlk deniz", "cease-fire")
    ]
    assert places == sorted(places)
    assert run("verify", str(newsroom.site), "--quiet").exit_code == 0


FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lamp Wire</title><id>urn:x</id>
<updated>2026-03-03T10:00:00+02:00</updated>
<entry><id>b</id><title>The Tenants' League marched in Tarn.</title><link href="https://lamp.example/b"/>
<updated>2026-03-03T10:00:00+02:00</updated></entry>
<entry><id>a</id><title>The Central Bank of Dravia left its rate unchanged.</title><link href="https://lamp.example/a"/>
<updated>2026-03-02T09:30:00+02:00</updated></entry></feed>"""


def test_a_feed_keeps_its_instants(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(FEED, encoding="utf-8")

    done = run("import", "feed", str(path), "--publisher", "Lamp Wire", "--quiet")

    assert done.exit_code == 0, done.stderr
    first = models.Dispatch.objects.get(number=1)
    assert first.text == "The Central Bank of Dravia left its rate unchanged."
    assert first.published_at is not None
    assert first.published_at.isoformat() == "2026-03-02T07:30:00+00:00"
    assert first.content["sources"][0]["url"] == "https://lamp.example/a"


LISTING = """<html><body><main><ul>
{}
</ul></main></body></html>""".format(
    "\n".join(
        f'<li><time datetime="2026-02-{day:02}">{day} February 2026</time> '
        f'<a href="/d/{day}">The Guild of Clockmakers reported on its {day}th winter meeting in Lower Tarn</a></li>'
        for day in range(20, 10, -1)
    )
)


def test_a_listing_keeps_its_days_and_order(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    path.write_text(LISTING, encoding="utf-8")

    done = run("import", "listing", str(path), "--url", "https://lamp.example/", "--publisher", "Lamp Wire", "--quiet")

    assert done.exit_code == 0, done.stderr
    newest = models.Dispatch.objects.get(number=10)
    assert newest.text.endswith("20th winter meeting in Lower Tarn")
    assert newest.content["published_precision"] == "day"
    assert newest.published_at is not None
    assert newest.published_at.date().isoformat() == "2026-02-20"


WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Lamp Wire</title>
<item><title>Old</title><link>https://lamp.example/?p=1</link>
<excerpt:encoded><![CDATA[The Peasants&#8217; League met.]]></excerpt:encoded>
<wp:post_date_gmt>2026-01-01 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>The Order of Saint Rule opened a school.</title><link>https://lamp.example/?p=2</link>
<wp:post_date_gmt>2026-01-02 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:is_sticky>1</wp:is_sticky></item>
<item><title>Secret</title><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Menu</title><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type></item>
</channel></rss>"""


def test_wordpress_posts_come_oldest_first_without_drafts(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(WXR, encoding="utf-8")

    done = run("import", "wxr", str(path), "--publisher", "Lamp Wire", "--quiet")

    assert done.exit_code == 0, done.stderr
    rows = list(models.Dispatch.objects.order_by("number").values_list("text", "pinned"))
    assert rows == [("The Peasants’ League met.", False), ("The Order of Saint Rule opened a school.", True)]


ODD = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Lamp Wire</title>
<item><title/><content:encoded><![CDATA[<!-- wp:paragraph --><p> </p><p>Only a <b>body</b>.</p><p>More.</p>]]>
</content:encoded></item>
<item><title><![CDATA[Fish &amp; <i>nets</i>]]></title><link>javascript:alert(1)</link>
<wp:post_date_gmt>2026-02-31 08:00:00</wp:post_date_gmt></item>
<item><title>For members</title><wp:post_password>tide</wp:post_password></item>
<item><title> </title></item></channel></rss>"""


def test_odd_wordpress_posts_keep_what_is_known_and_no_secret_comes_out(
    newsroom: Workspace, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(ODD, encoding="utf-8")

    done = run("import", "wxr", str(path), "--quiet")

    assert done.stderr == "2 taken over, 0 were here already or stand twice, 1 without words left out\n"
    rows = models.Dispatch.objects.order_by("text").values_list("text", "published_at")
    assert list(rows) == [("Fish & nets", None), ("Only a body.", None)]


WORDLESS = """<rss version="2.0"><channel><title>Lamp Wire</title><item><link>https://lamp.example/1</link></item>
<item><title>The Order of Saint Rule opened a school.</title></item></channel></rss>"""


def test_an_address_is_no_dispatch_and_words_without_an_address_are(
    newsroom: Workspace, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(WORDLESS, encoding="utf-8")

    first, second = run("import", "feed", str(path), "--quiet"), run("import", "feed", str(path), "--quiet")

    assert first.stderr == "1 taken over, 0 were here already or stand twice, 1 without words left out\n"
    assert second.stderr.startswith("0 taken over, 1 were here already")
    assert models.Dispatch.objects.get().text == "The Order of Saint Rule opened a school."


@pytest.mark.parametrize("line", ["A picture\x00\x01", "word " * 3000], ids=["binary", "a book"])
def test_a_file_that_is_no_list_of_sentences_is_refused(
    newsroom: Workspace, run: Run, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"The guild met.\n{line}\n", encoding="utf-8")

    done = run("import", "text", str(path))

    assert (done.exit_code, "line 2" in done.stderr) == (1, True)
    assert not models.Dispatch.objects.exists()


@pytest.mark.parametrize("kind", ["text", "listing", "feed", "wxr", "dispatches", "events", "sources", "registry"])
@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\xff\xfe\x00broken", b"<html><body>nothing here</body></html>", random.Random(7).randbytes(5000)],
    ids=["empty", "broken", "no entries", "noise"],
)  # fmt: skip
def test_a_bad_file_gives_one_sentence_and_enters_nothing(
    newsroom: Workspace, run: Run, tmp_path: Path, kind: str, body: bytes
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(body)

    done = run("import", kind, str(path))

    is_nothing = kind in ("dispatches", "events", "sources", "registry") and not body
    assert done.exit_code == (0 if is_nothing else 1)
    assert len(done.stderr.strip().splitlines()) == 1
    assert not models.Dispatch.objects.exists()


def test_what_is_exported_comes_back(newsroom: Workspace, run: Run, page: Path, tmp_path: Path) -> None:
    imported(run, page)
    before = run("export", "dispatches", "--quiet").stdout
    path = tmp_path / "all.jsonl"
    path.write_text(before, encoding="utf-8")
    for table in (models.LogEntry, models.DispatchSection, models.Dispatch):
        table.objects.all().delete()

    done = run("import", "dispatches", str(path))

    assert done.exit_code == 0, done.stderr
    rows = [json.loads(line) for line in run("export", "dispatches", "--quiet").stdout.splitlines()]
    wanted = [json.loads(line) for line in before.splitlines()]
    for row in (*rows, *wanted):
        row.pop("released")
    assert rows == wanted
    assert run("import", "dispatches", str(path)).stderr == "0 taken over, 5 were here already\n"


def _told_and_changed() -> None:
    rows = publish(*[told(place) for place in range(7)])
    publication.correct(act(rows[0]), "The Harbour Union called on the Ministry of Tides.", "A name was wrong.")
    publication.hold(act(rows[1]), "Two sources differ.")
    publication.withdraw(act(rows[2]), "The source withdrew it.")
    publication.replace_by(act(rows[3]), rows[4], "There is a fuller one.")
    publication.pin(act(rows[5]), is_pinned=True)
    publication.take_over(
        replace(told(6), text="Η πορθμίδα μένει.", language="el", translations=(7,)),
        import_key="el", now=BEGAN, is_published=True,
    )  # fmt: skip
    publish(told(20), is_published=False)


def test_what_was_changed_comes_back_as_it_stood(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    _told_and_changed()
    left = run("export", "dispatches", "--quiet").stdout
    path = tmp_path / "dispatches.jsonl"
    path.write_text(left, encoding="utf-8")
    models.Dispatch.objects.update(replaced_by=None)
    for kind in (models.Audit, models.LogEntry, models.DispatchSection, models.Correction, models.Dispatch):
        kind.objects.all().delete()

    run("import", "dispatches", str(path))

    came = [json.loads(line) for line in run("export", "dispatches", "--quiet").stdout.splitlines()]
    fields = sorted(set(came[0]) - {"released", "log_index", "log_size"})  # of this wire, not of the dispatch
    assert [[row[name] for name in fields] for row in came] == [
        [row[name] for name in fields] for row in map(json.loads, left.splitlines())
    ]
    assert run("publish").exit_code == 0
    assert run("verify", str(newsroom.site)).exit_code == 0


def test_what_was_exported_here_adds_nothing_here(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    _told_and_changed()
    path = tmp_path / "dispatches.jsonl"
    path.write_text(run("export", "dispatches", "--quiet").stdout, encoding="utf-8")

    done = run("import", "dispatches", str(path))

    assert done.stderr == "0 taken over, 9 were here already\n"


def test_an_older_export_does_not_double_what_was_corrected_since(
    newsroom: Workspace, run: Run, tmp_path: Path
) -> None:
    rows = publish(*[told(place) for place in range(2)])
    path = tmp_path / "dispatches.jsonl"
    path.write_text(run("export", "dispatches", "--quiet").stdout, encoding="utf-8")
    publication.correct(act(rows[0]), "The Harbour Union called on the Ministry of Tides.", "A name was wrong.")

    done = run("import", "dispatches", str(path))

    assert done.stderr == "0 taken over, 2 were here already\n"


@pytest.mark.skipif(os.sep != "/", reason="elsewhere names of files are Unicode")
def test_a_file_may_have_a_name_that_is_not_utf8(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"wordpress\xff.xml")
    path.write_text("not XML", encoding="utf-8")

    done = run("import", "wxr", str(path))

    assert done.exit_code == 1
    assert "no published post in it" in done.stderr or "not a WordPress export" in done.stderr


def test_a_dry_run_of_a_registry_writes_no_actor(newsroom: Workspace, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "actors.jsonl"
    actor = {"id": "xa-lamps", "name": "Union of Lamp Keepers", "kind": "union", "country": "XA"}
    path.write_text(json.dumps(actor), encoding="utf-8")

    assert run("import", "registry", str(path), "--dry-run").stderr == "1 would be taken over, 0 were here already\n"
    assert not list(newsroom.registry.iterdir())
    assert run("import", "registry", str(path)).stderr == "1 taken over, 0 were here already\n"
    assert run("import", "registry", str(path)).stderr == "0 taken over, 1 were here already\n"
