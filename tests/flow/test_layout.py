"""A list that stands elsewhere on its page than before: what is learned, what is told, and who must look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from communique.flow import course, layout
from communique.flow.course import NOTHING, Brought, Memory
from communique.records import NO_HISTORY, ListHistory, Listing, ListingEntry, ListLesson, ListPattern
from communique.testing.builders import MORNING, capture

from .conftest import World, article, memory

URL = "https://rivermen.example/statements/"
OLD = ListPattern(links=("ul > li > a",), title="link", day=None)
NEW = ListPattern(links=("section > h2 > a",), title="link", day=None)
DAY = timedelta(days=1)
PAY = "The Union of River Pilots rejects the offer of 2.1 per cent that the Port Authority made on 27 February."


def listing(pattern: ListPattern | None, *, entries: int = 5, familiar: int = 4, breach: str | None = None) -> Listing:
    found = tuple(
        ListingEntry(url=f"{URL}{number}", title=None, teaser=None, date=None, pinned=False)
        for number in range(entries)
    )
    lesson = ListLesson(pattern=pattern, links="aa bb", familiar=familiar, breach=breach)
    return Listing(url=URL, items=found, next=None, feeds=(), explanation="a list", lesson=lesson)


def visited(memory: Memory, *made: Listing) -> Memory:
    """Yield what is remembered after visits that brought these, one a day."""
    for number, one in enumerate(made):
        brought = Brought(at=MORNING + number * DAY, capture=capture(url=URL), made=one, is_new=False, last_new=None)
        memory = course.after(memory, brought, url=URL)
    return memory


def test_a_pattern_is_steady_once_it_held_ten_times() -> None:
    memory = visited(NOTHING, *[listing(OLD)] * 9)
    assert not memory.history.is_steady

    memory = visited(memory, listing(OLD))

    assert memory.history == ListHistory(pattern=OLD, held=10, links="aa bb", entries=5)
    assert memory.history.is_steady


def test_a_pattern_stays_known_through_a_visit_that_found_nothing() -> None:
    known = visited(NOTHING, *[listing(OLD)] * 4)

    assert visited(known, listing(None, entries=0, breach="stand no links")).history == known.history


def test_another_choice_begins_anew_and_is_no_change_of_layout() -> None:
    memory = visited(NOTHING, *[listing(OLD)] * 4, listing(NEW))

    assert (memory.history.pattern, memory.history.held, memory.relaid) == (NEW, 1, None)


def test_a_broken_pattern_is_an_event_with_day_and_counts() -> None:
    memory = visited(NOTHING, *[listing(OLD)] * 4, listing(NEW, entries=3, familiar=2, breach="stand no links"))

    assert memory.relaid == layout.Relaid(at=MORNING + 4 * DAY, before=5, after=3, familiar=2, breach="stand no links")
    assert not memory.relaid.is_doubtful


def test_what_was_read_once_or_twice_breaks_in_silence() -> None:
    memory = visited(NOTHING, *[listing(OLD)] * 2, listing(NEW, breach="stand no links"))

    assert memory.relaid is None


def test_a_list_of_nothing_known_or_far_fewer_entries_is_doubtful() -> None:
    relaid = layout.Relaid(at=MORNING, before=20, after=19, familiar=17, breach="stand no links")

    assert not relaid.is_doubtful
    assert replace(relaid, familiar=0).is_doubtful
    assert replace(relaid, after=9, familiar=9).is_doubtful
    assert not replace(relaid, familiar=None).is_doubtful


def test_a_change_of_layout_is_told_until_the_new_one_is_steady() -> None:
    memory = visited(NOTHING, *[listing(OLD)] * 4, listing(NEW, breach="stand no links"))

    assert visited(memory, *[listing(NEW)] * 8).relaid == memory.relaid
    assert visited(memory, *[listing(NEW)] * 9).relaid is None


def test_a_list_read_by_hand_teaches_nothing() -> None:
    assert visited(NOTHING, replace(listing(OLD), lesson=None)).history == NO_HISTORY


def statements(world: World, page: str, row: str, paths: range) -> None:
    """Let the site list these statements, in this layout."""
    shown = {f"/s{number}": article(f"The pilots speak for the {number}th time about pay", PAY) for number in paths}
    rows = "".join(
        row.format(url=world.url(f"/s{number}"), title=f"The river pilots speak for the {number}th time about pay")
        for number in reversed(paths)
    )
    listed = replace(article("", ""), body=f"<html><body>{page.format(rows)}</body></html>".encode())
    world.show({"/statements/": listed, **shown})


def test_a_source_learns_where_its_list_stands_and_notices_that_it_moved(world: World) -> None:
    world.watch(url=world.url("/statements/"), kind="listing")
    for number in range(4):
        statements(world, "<main><ul>{}</ul></main>", "<li><a href='{url}'>{title}</a></li>", range(number, number + 6))
        world.collect()
        world.later(days=1)
    known = memory(world).history
    statements(world, "<section>{}</section>", "<h2><a href='{url}'>{title}</a></h2>", range(4, 10))
    world.collect()

    assert (known.pattern and known.pattern.links, known.held) == (("main > ul > li > a",), 4)
    assert memory(world).history.held == 1
    relaid = memory(world).relaid
    assert relaid
    assert (relaid.before, relaid.after, relaid.familiar, relaid.breach) == (6, 6, 5, "stand no links")
