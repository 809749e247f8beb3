"""What sitemaps name: pages, news, further sitemaps; broken and huge ones too."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from communique import read
from communique.kit.digest import sha256
from communique.records import Capture, Sitemap, SitemapEntry, Trouble

SPACE = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def captured(body: bytes) -> Capture:
    url = "https://press.example/sitemap.xml"
    return Capture(
        source_id="", url=url, final_url=url, fetched_at=datetime(2026, 3, 2, tzinfo=UTC), status=200, media_type=None,
        charset=None, request_headers=(), headers=(), body=body, digest=sha256(body), address=None,
    )  # fmt: skip


def mapped(text: str | bytes) -> Sitemap:
    found = read.sitemap(captured(text if isinstance(text, bytes) else text.encode()))
    assert isinstance(found, Sitemap)
    return found


def urlset(inner: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><urlset {SPACE}>{inner}</urlset>"


def test_pages_come_with_the_day_of_their_last_change() -> None:
    found = mapped(
        urlset("<url><loc> https://press.example/a </loc><lastmod>2026-03-01</lastmod></url><url><loc>/b</loc></url>")
    )

    assert found.items == (
        SitemapEntry(url="https://press.example/a", changed="2026-03-01"),
        SitemapEntry(url="https://press.example/b"),
    )
    assert found.parts == ()


def test_news_come_with_title_and_instant() -> None:
    news = (
        "<news:news><news:publication><news:name>Press</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2026-03-01T09:30:00+02:00</news:publication_date>"
        "<news:title>Dues &amp; docks</news:title>"
        "</news:news>"
    )

    (only,) = mapped(urlset(f"<url><loc>https://press.example/a</loc>{news}</url>")).items

    assert (only.title, only.published) == ("Dues & docks", "2026-03-01T09:30:00+02:00")


def test_an_index_names_further_sitemaps() -> None:
    index = (
        f"<sitemapindex {SPACE}><sitemap><loc>/news.xml.gz</loc><lastmod>2026-03-01</lastmod></sitemap></sitemapindex>"
    )

    found = mapped(gzip.compress(index.encode()))

    assert found.parts == (SitemapEntry(url="https://press.example/news.xml.gz", changed="2026-03-01"),)
    assert found.items == ()


def test_a_plain_list_of_addresses_is_one_too() -> None:
    found = mapped("https://press.example/a\nhttps://press.example/b\n")

    assert [entry.url for entry in found.items] == ["https://press.example/a", "https://press.example/b"]


def test_what_stands_before_the_break_of_a_torn_file_is_kept() -> None:
    found = mapped(urlset("<url><loc>https://press.example/a</loc></url><url><loc>https://press.ex")[:-9])

    assert found.items[0].url == "https://press.example/a"


def test_pictures_and_films_of_an_entry_are_not_its_address() -> None:
    image = '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>/p.png</image:loc></image:image>'

    (only,) = mapped(urlset(f"<url><loc>https://press.example/a</loc>{image}</url>")).items

    assert only.url == "https://press.example/a"


def test_no_more_is_read_than_the_protocol_allows() -> None:
    found = mapped(urlset("".join(f"<url><loc>/{number}</loc></url>" for number in range(50_100))))

    assert len(found.items) == 50_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"<html><body>Not found</body></html>", "not-a-sitemap"),
        (b"Nothing here", "not-a-sitemap"),
        (b"\x1f\x8b broken", "empty"),
        (gzip.compress(b" " * (51 * 1024 * 1024)), "too-large"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "not-a-sitemap"),
    ],
)
def test_what_is_no_sitemap_is_a_trouble_in_one_sentence(body: bytes, kind: str) -> None:
    found = read.sitemap(captured(body))

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == (kind, False)
