"""How pages come in: as text or as a file, capped; what is wrong with an input is said in one sentence."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from communique.cli import _pages, feed, listing
from communique.records import Capture, Hints, Trouble


def test_a_page_comes_as_text() -> None:
    found = _pages.capture({"html": "<p>Fête</p>", "url": "https://press.example/"})

    assert isinstance(found, Capture)
    assert (found.body, found.charset, found.media_type) == ("<p>Fête</p>".encode(), "utf-8", "text/html")
    assert found.url == found.final_url == "https://press.example/"


def test_a_page_comes_as_a_file_also_gzipped(tmp_path: Path) -> None:
    packed = tmp_path / "page.htm.gz"
    packed.write_bytes(gzip.compress(b"<p>x</p>", mtime=0))

    found = _pages.capture({"path": str(packed), "fetched_at": "2024-05-14T10:00:00+02:00"})

    assert isinstance(found, Capture)
    assert (found.body, found.media_type) == (b"<p>x</p>", "text/html")
    assert found.fetched_at == datetime(2024, 5, 14, 8, tzinfo=UTC)


def test_a_media_type_that_is_said_wins_and_its_charset_is_taken(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"x")

    found = _pages.capture({"path": str(page), "media_type": "Text/HTML; charset=Windows-1252"})

    assert isinstance(found, Capture)
    assert (found.media_type, found.charset) == ("text/html", "windows-1252")


def test_a_pdf_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    page = tmp_path / "statement"
    page.write_bytes(b"%PDF-1.7\n")

    found = _pages.capture({"path": str(page)})

    assert isinstance(found, Capture)
    assert found.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "bad-field"),
        ({"html": "x", "path": "y"}, "bad-field"),
        ({"html": 5}, "bad-field"),
        ({"path": "no/such/file"}, "no-such-file"),
        ({"path": "a\x00b"}, "no-such-file"),
        ({"path": "x" * 5000}, "unreadable"),
        ({"path": "/"}, "not-a-file"),
        ({"path": "/dev/zero"}, "not-a-file"),
        ({"html": "x", "fetched_at": "2024-05-14"}, "bad-field"),
        ({"html": "x", "fetched_at": 5}, "bad-field"),
        ({"html": "x" * (_pages.BODY_BYTES + 1)}, "too-large"),
    ],
)
def test_a_wrong_input_is_a_trouble(fields: dict[str, Any], kind: str) -> None:
    found = _pages.capture(fields)

    assert isinstance(found, Trouble)
    assert found.kind == kind
    assert len(found.detail) < 400


def test_a_file_that_unpacks_without_end_is_too_large(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"\0" * (_pages.BODY_BYTES + 1024), mtime=0))

    found = _pages.capture({"path": str(bomb)})

    assert isinstance(found, Trouble)
    assert found.kind == "too-large"


@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(b"x" * 1000, mtime=0)[:-12], b""])
def test_a_broken_gzip_file_is_a_trouble_or_an_empty_page(tmp_path: Path, content: bytes) -> None:
    packed = tmp_path / "page.gz"
    packed.write_bytes(content)

    found = _pages.capture({"path": str(packed)})

    assert isinstance(found, Trouble) is bool(content)


def test_a_pipe_is_no_page(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    found = _pages.capture({"path": str(tmp_path / "pipe")})

    assert isinstance(found, Trouble)
    assert found.kind == "not-a-file"


def test_hints_are_taken_from_the_input() -> None:
    found = _pages.hints({"listing_date": "2024-05-14", "feed_date": "2024-05-14T10:00:00Z", "languages": ["tr", "en"]})

    assert found == Hints(listing_date=date(2024, 5, 14), feed_date="2024-05-14T10:00:00Z", languages=("tr", "en"))


@pytest.mark.parametrize("fields", [{"languages": "en"}, {"languages": [1]}, {"listing_date": "May"}, {"feed_date": 5}])
def test_wrong_hints_are_a_trouble(fields: dict[str, Any]) -> None:
    assert isinstance(_pages.hints(fields), Trouble)


def test_the_listing_command_gives_the_shape_of_the_contract() -> None:
    found = listing.work({"html": "<p>x</p>"})

    assert isinstance(found, dict)
    assert set(found) == {"url", "items", "next", "older", "feeds", "explanation", "pattern", "numerals"}
    assert (found["url"], found["items"], found["next"]) == (None, [], None)


def test_the_feed_command_leaves_out_what_the_feed_does_not_give() -> None:
    found = feed.work({"html": "<rss><channel><title>T</title><item><title>One</title></item></channel></rss>"})

    assert found == {"feed": {"title": "T", "items": [{"title": "One"}]}}


def test_the_commands_hand_on_troubles() -> None:
    assert isinstance(listing.work({"path": "no/such/file"}), Trouble)
    assert isinstance(feed.work({"html": "nothing"}), Trouble)
