"""What earlier captures of a list teach: where it stands, what moves in it, and when its layout changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from communique import read
from communique.records import ListHistory, Listing

from .test_listing import captured

MAY = (
    "The council opens the tender for the ferry pier",
    "A word on the report about the northern line",
    "Members elect a new board for three years",
    "Fishing permits will be issued from Monday on",
    "The breakwater will be closed for repairs in winter",
)
NEW = "Two more ferries are ordered from the yard in Solm"
MENU = "<li><a href='/a'>Ask</a></li><li><a href='/b'>Pay</a></li>"
ARCHIVE = "All releases of the years before this one, in our archive of the harbour"


def rows(titles: Sequence[str], *, days: bool = True, tag: str = "li") -> str:
    """Yield a row for each title, its address made from it, the first the newest."""
    return "".join(
        f"<{tag}><a href='/n/{title[:9].replace(' ', '-')}'>{title}</a>"
        + (f" <i>{28 - number} May 2024</i>" if days else "")
        + f"</{tag}>"
        for number, title in enumerate(titles)
    )


def news(inside: str, *, around: str = "") -> str:
    return f"<html><body>{around}<main><ul class='news'>{inside}</ul></main></body></html>"


def listed(html: str, history: ListHistory | None = None) -> Listing:
    found = read.listing(captured(html.encode()), history=history or ListHistory())
    assert isinstance(found, Listing)
    return found


def after(*pages: str, held: int = 10) -> ListHistory:
    """Yield what captures of these pages have taught, as if they had been read alike so many times."""
    lessons = [found.lesson for found in map(listed, pages) if found.lesson]
    return ListHistory(pattern=lessons[-1].pattern, links=lessons[-1].links, held=held, entries=5)


def titles(found: Listing) -> list[str | None]:
    return [entry.title for entry in found.items]


def test_a_pattern_says_in_words_where_links_titles_and_days_stand() -> None:
    cards = "".join(
        f"<article class='card'><h3>{title}</h3><time datetime='2024-05-0{n}'>x</time><a href='/{n}'>More</a></article>"
        for n, title in enumerate(MAY, 1)
    )

    lesson = listed(f"<main id='top'>{cards}</main>").lesson

    assert lesson
    assert lesson.pattern
    assert lesson.pattern.links == ("main.#top > article > a",)
    assert lesson.pattern.title == "heading main.#top > article > h3"
    assert lesson.pattern.day == "time main.#top > article > time"


def test_a_pattern_outlives_new_entries_and_boxes_around_the_list() -> None:
    banner = "<div class='banner'><p>We are closed on Friday.</p></div>"

    before = listed(news(rows(MAY))).lesson
    later = listed(news(rows((NEW, *MAY[:3])), around=banner), after(news(rows(MAY)))).lesson

    assert before
    assert later
    assert later.pattern == before.pattern
    assert later.breach is None


def test_a_list_is_sought_first_where_it_stood_for_ten_visits() -> None:
    box = "".join(
        f"<p><a href='/w/{n}'>A long report about the harbour, part {n}</a> 3 May 2024</p>" for n in range(30)
    )
    page = news(rows(MAY[:2]), around=f"<section>{box}</section>")

    assert len(listed(page).items) >= 30
    assert len(listed(page, after(news(rows(MAY)), held=9)).items) >= 30
    found = listed(page, after(news(rows(MAY)), held=12))

    assert titles(found) == list(MAY[:2])
    assert found.explanation.startswith("2 links where the list stood at the last 12 visits (main > ul.news > li > a)")


def test_one_entry_that_is_left_is_a_list_where_the_list_stood() -> None:
    found = listed(news(rows(MAY[:1])), after(news(rows(MAY))))

    assert titles(found) == [MAY[0]]


@pytest.mark.parametrize(
    ("page", "breach"),
    [
        (f"<section>{rows(MAY, tag='p')}</section>", "stand no links"),
        (news(rows(MAY, days=False)), "stand 5 links of which 0% have a day beside them"),
        (news(MENU, around=f"<section>{rows(MAY, tag='p')}</section>"),
         "stand 2 links of which 0% have a day beside them"),
    ],
)  # fmt: skip
def test_a_layout_that_changed_is_told_and_the_list_sought_anew(page: str, breach: str) -> None:
    found = listed(page, after(news(rows(MAY))))

    assert titles(found) == list(MAY)
    assert found.lesson
    assert (found.lesson.breach, found.lesson.familiar) == (breach, 5)
    assert f"; at the last 10 visits it stood at main > ul.news > li > a, where now {breach}." in found.explanation


def test_an_undated_list_is_broken_where_hardly_a_list_is_left() -> None:
    before = news(rows(MAY, days=False))
    page = news(MENU, around=rows(MAY * 3, tag="p"))

    found = listed(page, after(before))

    assert found.lesson
    assert found.lesson.breach == "stand 2 links that look far less like a list than others do"


def test_titles_stay_in_the_place_where_they_stood() -> None:
    def card(number: int, name: str, word: str) -> str:
        return f"<article><h3>{name}</h3><b>{word}</b><a href='/{number}'>Read more</a></article>"

    cards = "".join(card(n, title, f"Statement {title[:12]}") for n, title in enumerate(MAY))
    known = after(f"<main>{cards}</main>")
    other = "".join(card(n, f"Note {title[-9:]}", f"What we say of it in {title}") for n, title in enumerate(MAY))

    assert titles(listed(f"<main>{other}</main>", known)) == [f"Note {title[-9:]}" for title in MAY]


def test_what_stays_on_top_while_others_come_below_it_is_pinned() -> None:
    before, now = (MAY[2], *MAY[:2], *MAY[3:]), (MAY[2], NEW, *MAY[:2], MAY[3])

    found = listed(news(rows(now, days=False)), after(news(rows(before, days=False))))

    assert [entry.pinned for entry in found.items] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (MAY[1:], MAY),  # the new one is on top
        (MAY[:4], MAY),  # the list grows at its end
        (tuple(sorted(MAY[1:])), tuple(sorted(MAY))),  # a list by name
    ],
)
def test_where_new_ones_come_as_in_any_list_nothing_is_pinned(before: tuple[str, ...], now: tuple[str, ...]) -> None:
    found = listed(news(rows(now, days=False)), after(news(rows(before, days=False))))

    assert not any(entry.pinned for entry in found.items)


def test_an_entry_that_is_on_top_by_its_day_is_not_pinned() -> None:
    before, now = (MAY[0], *MAY[2:]), MAY

    found = listed(news(rows(now)), after(news(rows(before))))

    assert not any(entry.pinned for entry in found.items)


def test_a_link_that_stays_at_the_end_while_the_others_move_is_of_the_frame() -> None:
    archive = f"<li><a href='/archive'>{ARCHIVE}</a></li>"

    assert titles(listed(news(rows(MAY) + archive))) == [*MAY, ARCHIVE]
    found = listed(news(rows((NEW, *MAY[:4])) + archive), after(news(rows(MAY) + archive)))

    assert titles(found) == [NEW, *MAY[:4]]


def test_a_short_link_behind_an_undated_list_that_moves_is_of_the_frame() -> None:
    archive = "<li><a href='/archive'>Our archive</a></li>"

    found = listed(
        news(rows((NEW, *MAY[:4]), days=False) + archive), after(news(rows(MAY, days=False) + archive))
    )  # fmt: skip

    assert titles(found) == [NEW, *MAY[:4]]


def test_an_old_entry_behind_one_that_was_withdrawn_stays() -> None:
    found = listed(
        news(rows((NEW, *MAY[:3], MAY[4]), days=False)), after(news(rows(MAY, days=False)))
    )  # fmt: skip

    assert titles(found) == [NEW, *MAY[:3], MAY[4]]


def test_of_two_groups_that_look_alike_the_one_that_moves_is_the_list() -> None:
    word = "<em>with a word from the board</em>"
    menu = "".join(f"<p><a href='/v/{n}'>{title} at all times</a> {word}</p>" for n, title in enumerate(MAY))

    def page(shown: Sequence[str]) -> str:
        entries = "".join(f"<li><a href='/n/{title[:9]}'>{title}</a> {word}</li>" for title in shown)
        return f"<main><div>{menu}</div><ul>{entries}</ul></main>"

    assert titles(listed(page((NEW, *MAY[:4]))))[0] != NEW
    found = listed(page((NEW, *MAY[:4])), replace(after(page(MAY)), pattern=None))

    assert titles(found) == [NEW, *MAY[:4]]


def test_a_page_without_its_list_teaches_nothing() -> None:
    found = listed("<html><body><p>We are back at noon.</p></body></html>", after(news(rows(MAY))))

    assert found.lesson
    assert found.lesson.pattern is None
    assert "where now stand no links" in found.explanation


def test_a_page_of_very_many_links_is_not_held_against_the_last() -> None:
    found = listed(news("".join(f"<li><a href='/{n}'>Statement of the day number {n}</a></li>" for n in range(500))))

    assert found.lesson
    assert found.lesson.links == ""
