"""Bad input gives a trouble in one sentence, or a document: never an exception, never a long wait."""

from __future__ import annotations

import random

import pytest
from tests.read.samples import article, capture, pdf

from communique import read
from communique.records import Document, Trouble

ODD_JSON = '{"@type": "NewsArticle", "headline": 7, "author": [1, {}], "datePublished": {}}'
HOSTILE = {
    "nested divs": "<div>" * 50_000 + "text",
    "nested tables": "<table><tr><td>" * 5_000 + "The statement of the union",
    "unclosed font": "<font>" * 20_000 + "The statement of the union",
    "many attributes": "<p " + " ".join(f"a{number}='x'" for number in range(20_000)) + ">x</p>",
    "one long line": "word " * 400_000,
    "many links": "<a href='/x'>y</a>" * 30_000,
    "many breaks": article(body="<br>" * 50_000),
    "entities": "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><p>&b;&b;&b;&b;</p>",
    "many days": article(before="".join(f"<p>{day} June 2019</p>" for day in range(1, 29)) * 200),
    "json-ld depth": article(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
    "json-ld numbers": article(head=f'<script type="application/ld+json">{ODD_JSON}</script>'),
    "base": article(head="<base href='http://[::1'>", body="<p>See <a href='http://[bad'>the page</a> of it.</p>"),
    "surrogates": article(body="<p>&#xD800;&#0;&#x1FFFFF; The committee meets on Thursday at the hall.</p>"),
    "digits": article(before="<p>" + "9" * 100_000 + "</p><p>1/1/" + "2" * 5_000 + "</p>"),
    "long spaces in nested tables": "<table><tr><td>" * 100 + (" " * 500 + "x") * 3_000,
    "a list of many numbers": "<ol>" + "<li>Point of the list" * 20_000,
    "many marked days": article(before="<time>3 May 2021</time>" * 20_000),
    "controls as references": article(body="<p>The text &#5; of   &#5;  the letter.</p>   &#5;   x"),
    "controls as references in links within links": article(body="<a href=/x>of &#5; the<a href=/y>of &#x0B the"),
    "bold links parted by breaks": article(body="<b>A line of it</b><br><br><a href=/x>Go on</a><br><br>" * 9_000),
    "a page that says it is hidden": "<html hidden style='display:none'><body hidden><p>The statement</p>",
    "no words": "<html><body><p>" + "." * 10_000 + "</p></body></html>",
}  # fmt: skip


@pytest.mark.usefixtures("hang_guard")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_a_document_or_a_trouble(name: str) -> None:
    found = read.document(capture(HOSTILE[name]))

    assert isinstance(found, Document | Trouble)


@pytest.mark.parametrize(
    ("body", "media_type", "kind"),
    [
        (b"", "text/html", "empty"),
        (b" \n ", None, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "text/html", "not-a-page"),
        (b"PK\x03\x04" + bytes(100), "application/octet-stream", "not-a-page"),
        (b"{}", "application/json", "not-a-page"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "text/xml", "not-a-page"),
        (b"%PDF-1.7 broken", "application/pdf", "bad-pdf"),
        (b"<html><body><script>app()</script><div id='root'></div></body></html>", "text/html", "no-text"),
        (b"<p>" + b"x" * (17 * 1024 * 1024), "text/html", "too-large"),
        (bytes(5000), None, "not-a-page"),
    ],
)
def test_what_is_no_page_says_what_it_is(body: bytes, media_type: str | None, kind: str) -> None:
    found = read.document(capture(body, media_type=media_type))

    assert isinstance(found, Trouble)
    assert (found.room, found.kind) == ("read", kind)
    assert found.detail
    assert "\n" not in found.detail


def test_damaged_pages_never_raise() -> None:
    random_source = random.Random(20_240_601)
    whole = article(head="<meta charset='utf-8'>", before="<p>3 May 2021</p>").encode()
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(random_source.randint(1, 40)):
            place = random_source.randrange(len(damaged))
            damaged[place : place + random_source.choice((1, 1, 9))] = random_source.randbytes(
                random_source.choice((0, 1, 3))
            )

        assert isinstance(read.document(capture(bytes(damaged))), Document | Trouble)


def test_damaged_pdfs_and_mails_never_raise() -> None:
    random_source = random.Random(7)
    head = b"From: a@b.example\nSubject: =?utf-8?q?x?=\nContent-Type: multipart/mixed; boundary=b\n\n"
    mail = head + b"--b\n\ntext of it\n--b--\n"
    for whole, media_type in ((pdf(["The statement"]), "application/pdf"), (mail, "message/rfc822")):
        for _ in range(80):
            damaged = bytearray(whole)
            for _ in range(random_source.randint(1, 12)):
                damaged[random_source.randrange(len(damaged))] = random_source.randrange(256)

            assert isinstance(read.document(capture(bytes(damaged), media_type=media_type)), Document | Trouble)
