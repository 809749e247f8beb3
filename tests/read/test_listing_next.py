"""Where a list goes on: found as a reader would, never at newer entries; and which page is called the next one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from communique import read
from communique.kit.digest import sha256
from communique.records import Capture, Listing

NEWS = "https://press.example/news"
TITLES = (
    "The council opens the tender for the ferry pier",
    "A word on the report about the northern line",
    "Members elect a new board for three years",
    "Fishing permits will be issued from Monday on",
)
LIST = "".join(
    f"<li><a href='/n/{n}'>{title}</a> <i>{30 - n} May 2024</i></li>" for n, title in enumerate(TITLES, 40)
).join(("<ul>", "</ul>"))  # fmt: skip


def listed(pager: str, here: str = NEWS, *, head: str = "") -> Listing:
    """Yield what is read of a list with this pager."""
    body = f"<html><head>{head}</head><body>{LIST}{pager}</body></html>".encode()
    found = read.listing(
        Capture(
            source_id="", url=here, final_url=here, fetched_at=datetime(2024, 6, 30, tzinfo=UTC), status=200,
            media_type="text/html", charset=None, request_headers=(), headers=(), body=body, digest=sha256(body),
            address=None,
        )
    )  # fmt: skip
    assert isinstance(found, Listing)
    return found


def following(pager: str, here: str = NEWS, *, head: str = "") -> str | None:
    """Yield what is said to follow a list with this pager, without the address of the list."""
    older = listed(pager, here, head=head).older
    return older and older.removeprefix(NEWS)


@pytest.mark.parametrize(
    "word",
    [
        "Older posts", "Ältere Beiträge »", "Página siguiente", "Следующая", "次へ", "الصفحة التالية", "Επόμενη ›",
        "Next 20 entries", "Next page (2 of 7)", "След.", "Następna strona", "Kitas puslapis", "अगला »", "หน้าถัดไป",
        "下一页", "Հաջորդը", "העמוד הבא",
    ],
)  # fmt: skip
def test_the_next_page_is_found_by_its_name(word: str) -> None:
    assert following(f"<a href='/news/more?offset=40'>{word}</a>") == "/more?offset=40"


@pytest.mark.parametrize(
    "row",
    [
        "<b>2</b> <a href='?p=3'>3</a>",
        "<a href='#'>2</a> <a href='?p=3'>3</a>",
        "<li class='active'><a href='?page=2'>2</a></li> <li><a href='?p=3'>3</a></li>",
        "<a aria-current='page' href='/elsewhere'>2</a> <a href='?p=3'>3</a>",
        "<a href='?p=2'>2</a> <a href='?p=3'>3</a>",
        "[2] <a href='?p=3'>[3]</a>",
        "<b>Page 2</b> <a href='?p=3'>Page 3</a>",
        "<b>02</b> <a href='?p=3'>03</a>",
        "<b>٢</b> <a href='?p=3'>٣</a>",
        "<b>21–40</b> <a href='?p=3'>41–60</a>",
    ],
)
def test_the_next_page_is_found_in_a_row_of_numbers(row: str) -> None:
    assert following(f"<p><a href='?p=1'>1</a> {row} <a href='?p=9'>9</a></p>", f"{NEWS}?p=2") == "?p=3"


def test_where_no_number_is_marked_the_second_follows_the_first() -> None:
    row = "<p><a href='/news'>1</a> <a href='/news/2'>2</a> <a href='/news/3'>3</a></p>"

    assert following(row) == "/2"


@pytest.mark.parametrize(
    "arrow",
    [
        "<a href='?p=1'>‹</a> <a href='?p=3'>›</a> <a href='?p=9'>»</a>",
        "<a href='?p=9'>»</a> <a href='?p=3'>→</a>",
        "<a href='?p=3'><i class='fa fa-chevron-right'></i></a>",
        "<a href='?p=3'><img src='/i/next.gif'></a>",
        "<a href='?p=3'><img src='/i/7.gif' alt='&gt;'></a>",
        "<a href='?p=3' aria-label='Go to next page'>»</a>",
    ],
)
def test_an_arrow_that_leads_one_page_on_is_followed(arrow: str) -> None:
    assert following(f"<p>{arrow}</p>", f"{NEWS}?p=2") == "?p=3"


def test_arrows_beside_entries_lead_to_entries() -> None:
    cards = "".join(
        f"<p><a href='/news/{n}'>{title}</a> <a href='/news/{n}'>→</a></p>" for n, title in enumerate(TITLES)
    )

    assert following(cards) is None


@pytest.mark.parametrize(
    "pager",
    [
        "<a rel='next' href='?p=1'>Newer</a> <a href='?p=3'>Older</a>",
        "<a class='next' href='?p=1'>Neuere Beiträge →</a> <a class='prev-posts' href='?p=3'>← Ältere Beiträge</a>",
        "<div class='nav-next'><a href='?p=1'>Entradas más recientes →</a></div><a href='?p=3'>Entradas antiguas</a>",
    ],
)
def test_a_template_that_calls_newer_entries_next_is_not_believed(pager: str) -> None:
    assert following(pager, f"{NEWS}?p=2") == "?p=3"


def test_the_head_is_not_believed_where_it_leads_back() -> None:
    head = "<link rel='next' href='/news?p=1'>"

    assert following("<a href='?p=3'>Older posts</a>", f"{NEWS}?p=2", head=head) == "?p=3"


def test_pages_numbered_from_the_oldest_are_followed_down() -> None:
    assert following("<a rel='next' href='?p=6'>Older</a> <a href='?p=8'>Newer</a>", f"{NEWS}?p=7") == "?p=6"


@pytest.mark.parametrize(
    "pager",
    [
        "<p><a href='?p=1'>1</a> <b>2</b></p>",
        "<p><a href='?p=1'>1</a> <a class='current' href='?p=2'>2</a></p>",
        "<p><a href='?p=1'>1</a> <b>2</b> <span class='next disabled'><a href='?p=2#top'>Next</a></span></p>",
        "<div class='nav-next'><a href='?p=1'>Newer posts →</a></div>",
        "<a href='/cal?m=7' class='next' title='Next month'>»</a>",
        "<p><a href='?year=2022'>2022</a> <b>2023</b> <a href='?year=2024'>2024</a></p>",
        "<a href='/n/7'>Next article: the ferries run again</a>",
        "<div class='slick'><a class='slick-next' href='/n/9'>Next</a></div>",
    ],
)
def test_the_last_page_and_what_is_no_pager_lead_nowhere(pager: str) -> None:
    assert following(pager, f"{NEWS}?p=2") is None


def test_the_days_of_a_calendar_are_no_pages() -> None:
    weeks = "".join(
        f"<tr><td>{week}</td><td><a href='/d/{week + 1}'>{week + 1}</a></td><td>{week + 2}</td></tr>"
        for week in (3, 10, 17, 24)
    )

    assert following(f"<table><caption>June</caption>{weeks}</table>") is None


def test_the_next_text_that_a_head_names_is_no_next_page() -> None:
    assert following("", head="<link rel='next' title='The ferries run again' href='/2024/ferries'>") is None


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='/news/2'>Next page</a>",
        "<a rel='next' href='/news/2'>Older posts</a>",
        "<span class='next'><a href='/news/2'>ouder</a></span>",
        "<p><b>1</b> <a href='/news/2'>2</a></p>",
        "<a href='/news/2'>← Older posts</a> <a href='/news/2'><i class='chevron-right'></i></a>",
    ],
)
def test_what_a_page_calls_its_next_page_is_the_next_one(pager: str) -> None:
    found = listed(pager)

    assert found.next == found.older == f"{NEWS}/2"


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='/news/2'>← Older posts</a>",
        "<a href='/news/2'>← 過去の投稿</a>",
        "<a href='/news/2'>مشاركات أقدم</a>",
        "<ul><li class='previous'><a href='/news?page=2'>« Další příspěvky starší</a></li></ul>",
        "<div class='nav-previous'><a href='/news/?page=2'>More of it</a></div>",
    ],
)
def test_what_a_page_only_calls_older_or_previous_is_not_its_next_page(pager: str) -> None:
    found = listed(pager)

    assert found.older
    assert found.next is None


def test_the_head_does_not_make_a_next_page_of_what_readers_see_as_older() -> None:
    found = listed("<a href='/news/2'>← Older posts</a>", head="<link rel='next' href='/news/2'>")

    assert (found.older, found.next) == (f"{NEWS}/2", None)


def test_a_head_alone_is_believed() -> None:
    found = listed("", head="<link rel='next' href='/news/2'>")

    assert found.next == found.older == f"{NEWS}/2"


def test_what_is_classed_next_and_leads_back_is_not_followed() -> None:
    pager = (
        "<li class='previous'><a href='/news?page=4'>More</a></li><li class='next'><a href='/news?page=2'>Back</a></li>"
    )

    assert following(f"<ul>{pager}</ul>", f"{NEWS}?page=3") == "?page=4"
