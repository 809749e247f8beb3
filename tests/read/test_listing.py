"""What a page lists: entries, next page, feeds, and a sentence on how they were found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique import read
from communique.kit.digest import sha256
from communique.records import Capture, Listing, Numerals, Trouble

PAGES = Path(__file__).with_name("pages")
LISTS = sorted(path.stem for path in PAGES.glob("lists-*.html"))
SEEN = datetime(2024, 6, 30, 12, 0, tzinfo=UTC)


def captured(body: bytes, url: str = "https://press.example/news") -> Capture:
    return Capture(
        source_id="", url=url, final_url=url, fetched_at=SEEN, status=200, media_type="text/html", charset=None,
        request_headers=(), headers=(), body=body, digest=sha256(body), address=None,
    )  # fmt: skip


def listed(html: str, url: str = "https://press.example/news") -> Listing:
    found = read.listing(captured(html.encode(), url))
    assert isinstance(found, Listing)
    return found


def rows(*titles: str, folder: str = "n") -> str:
    return "".join(
        f"<li><a href='/{folder}/{number}'>{title}</a> <span>{30 - number} May 2024</span></li>"
        for number, title in enumerate(titles, 1)
    )


FOUR = (
    "The council opens the tender for the ferry pier",
    "A word on the report about the northern line",
    "Members elect a new board for three years",
    "Fishing permits will be issued from Monday on",
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_a_reader_sees_it(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))
    page = captured((PAGES / f"{name}.html").read_bytes(), expected["url"])

    found = read.listing(page)

    assert isinstance(found, Listing)
    assert [[one.url, one.title, one.date and one.date.isoformat(), one.pinned] for one in found.items] == expected[
        "items"
    ]
    assert (found.next, list(found.feeds)) == (expected["next"], expected["feeds"])
    assert found.explanation


def test_the_hub_of_a_page_is_what_its_head_names() -> None:
    head = "<link rel='hub' href='https://hub.example/'><link rel=self href=/news/>"
    body = "<link rel=hub href=https://stranger.example/>" + rows("One statement", "Two statements", "Three of them")

    named = listed(f"<html><head>{head}</head><body>{body}</body></html>")

    assert (named.hub, named.topic) == ("https://hub.example/", "https://press.example/news/")
    assert listed(f"<html><head></head><body>{body}</body></html>").hub is None


def test_a_menu_alone_is_no_list_and_the_explanation_says_so() -> None:
    found = listed("<nav><ul><li><a href='/a'>About</a></li><li><a href='/b'>Join</a></li></ul></nav><p>Welcome.</p>")

    assert found.items == ()
    assert "No list was found" in found.explanation


def test_a_page_without_links_says_that_it_may_need_scripts() -> None:
    found = listed("<div id='app'></div>")

    assert found.items == ()
    assert "scripts" in found.explanation


def test_two_lists_that_look_alike_are_named_in_the_explanation() -> None:
    word = "<em>with a word from the board</em>"
    first = "".join(f"<li><a href='/v/{n}'>{title}</a> {word}</li>" for n, title in enumerate(FOUR))
    second = "".join(f"<p><a href='/w/{n}'>{title} again</a> {word}</p>" for n, title in enumerate(FOUR))

    found = listed(f"<main><ul>{first}</ul><div>{second}</div></main>")

    assert len(found.items) == 4
    assert "4 other links look almost as much like a list" in found.explanation


def test_the_teaser_is_the_sentence_beside_the_title() -> None:
    text = "The board thanks all who came to the hearing in the old customs house."
    entries = "".join(
        f"<article><h2><a href='/{n}'>{title}</a></h2><p>{text}</p></article>" for n, title in enumerate(FOUR)
    )

    found = listed(f"<main>{entries}</main>")

    assert {one.teaser for one in found.items} == {text}


def test_an_older_entry_on_top_of_a_falling_list_is_pinned() -> None:
    items = "<li><a href='/p'>How to reach the press office of the council</a> <span>2 March 2021</span></li>" + rows(
        *FOUR
    )

    found = listed(f"<ul>{items}</ul>")

    assert [one.pinned for one in found.items] == [True, False, False, False, False]


def test_links_of_the_footer_and_of_related_boxes_are_no_entries() -> None:
    related = "".join(f"<li><a href='/r/{n}'>An older story about the harbour number {n}</a></li>" for n in range(9))

    found = listed(f"<main><ul>{rows(*FOUR)}</ul></main><aside class='related'><ul>{related}</ul></aside>")

    assert [one.title for one in found.items] == list(FOUR)


def test_an_image_and_a_read_more_to_one_address_are_one_entry() -> None:
    entries = "".join(
        f"<div class='card'><a href='/{n}'><img src='x.png' alt=''></a><h3>{title}</h3>"
        f"<a href='/{n}'>Read more</a></div>"
        for n, title in enumerate(FOUR)
    )

    found = listed(f"<section>{entries}</section>")

    assert [one.title for one in found.items] == list(FOUR)


def test_a_file_number_before_every_title_is_no_part_of_it() -> None:
    found = listed(f"<ul>{rows(*(f'2024-{n:02} {title}' for n, title in enumerate(FOUR, 7)))}</ul>")

    assert [one.title for one in found.items] == list(FOUR)


def test_days_of_two_small_numbers_are_read_by_the_other_days_of_the_page() -> None:
    page = "".join(
        f"<li><a href='/{n}'>{title}</a> <i>{day}</i></li>"
        for n, (title, day) in enumerate(
            zip(FOUR, ("25/06/2024", "11/06/2024", "05/06/2024", "02/06/2024"), strict=True)
        )
    )

    found = listed(f"<ul>{page}</ul>")

    assert [one.date and one.date.isoformat() for one in found.items] == [
        "2024-06-25", "2024-06-11", "2024-06-05", "2024-06-02",
    ]  # fmt: skip


def test_days_that_can_be_read_two_ways_are_left_out() -> None:
    page = "".join(f"<li><a href='/{n}'>{title}</a> <i>05/0{n + 1}/2024</i></li>" for n, title in enumerate(FOUR))

    found = listed(f"<ul>{page}</ul>")

    assert [one.date for one in found.items] == [None] * 4


def test_days_that_can_be_read_two_ways_are_read_as_their_source_writes_days() -> None:
    page = "".join(f"<li><a href='/{n}'>{title}</a> <i>05/0{n + 1}/2024</i></li>" for n, title in enumerate(FOUR))

    found = read.listing(captured(f"<ul>{page}</ul>".encode()), day_order="month-first")

    assert isinstance(found, Listing)
    assert [one.date and one.date.isoformat() for one in found.items] == [f"2024-05-0{n}" for n in (1, 2, 3, 4)]
    assert found.lesson
    assert found.lesson.numerals == Numerals(order="month-first", by="source")


@pytest.mark.usefixtures("hang_guard")
def test_links_full_of_brackets_that_never_close_are_read_in_time() -> None:
    found = listed(f"<ul>{rows(*(title + '([' * 60_000 for title in FOUR))}</ul>")

    assert len(found.items) in (0, 4)


@pytest.mark.usefixtures("hang_guard")
def test_a_name_full_of_signs_that_are_no_letters_is_read_in_time() -> None:
    found = listed(f"<ul>{rows(*(title + '·' * 200_000 + 'x' for title in FOUR))}</ul>")

    assert isinstance(found, Listing)


def test_feeds_are_absolute_and_named_once() -> None:
    link = "<link rel='alternate' type='application/atom+xml' href='feed.atom'>"

    found = listed(f"<html><head>{link}{link}<link rel='alternate' type='text/html' href='/m'></head></html>")

    assert found.feeds == ("https://press.example/feed.atom",)


@pytest.mark.parametrize(
    ("body", "kind"), [(b"", "empty"), (b"%PDF-1.7 x", "not-html"), (b" " * 17_000_000, "too-large")]
)
def test_what_is_no_page_is_a_trouble(body: bytes, kind: str) -> None:
    found = read.listing(captured(body))

    assert isinstance(found, Trouble)
    assert (found.room, found.kind) == ("read", kind)
    assert "https://press.example/news" in found.detail


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00\x00<ul><li><a href='/1'>x",
        b"<ul>" * 60_000,
        b"<a href='/x'>" * 20_000,
        b"<table><tr><td><a href='/1'>" * 3_000,
        b"<a href='http://[::1'>broken</a><a href='//'>none</a><a href='javascript:x'>script</a>",
        "<ul>".encode("utf-16") + b"\x00" * 1000,
        b"<ul><li><a href='/&#5;1'>a&#0;b&#8;c</a>&#31;<li>&#xd800;<a href='&#1;'>d</a></ul>&#11;",
        b"<li><a href='/%d'>19/19/2019 99.99.9999 31 February 2024</a></li>" * 50,
    ],
)
def test_broken_and_hostile_pages_end_quietly(body: bytes) -> None:
    assert isinstance(read.listing(captured(body)), Listing | Trouble)


@pytest.mark.usefixtures("hang_guard")
@pytest.mark.parametrize(
    "body",
    [
        "<ul>" + "".join(f"<li><a href='/{number}'>{number % 9999}</a>" for number in range(10_000)),
        "<div>" + "<a href='/x'>y</a>" * 20_000,
        "<table><tr>" + "".join(f"<td><a href='/{number}'>Name of {number}</a>" for number in range(10_000)),
    ],
    ids=("numbers", "links in one box", "cells of one row"),
)
def test_a_page_of_very_many_links_is_no_long_wait(body: str) -> None:
    found = read.listing(captured(body.encode()))

    assert isinstance(found, Listing)
