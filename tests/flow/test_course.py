"""What is remembered of a source from visit to visit."""

from __future__ import annotations

from datetime import date, timedelta

from communique.flow import course
from communique.flow.course import NOTHING, Brought, Memory, Spoken
from communique.records import Feed, FeedEntry, Listing, ListingEntry, Wishes
from communique.testing.builders import MORNING, capture

URL = "https://rivermen.example/feed.xml"
NEW = "https://rivermen.example/press/feed/"
DAY = timedelta(days=1)


def feed(*days: str, **given: object) -> Feed:
    """Yield a feed with entries of these days."""
    entries = tuple(
        FeedEntry(id=day, title=day, summary=None, content=None, link=f"{URL}#{day}", published=day) for day in days
    )
    fields = dict.fromkeys(("title", "description", "link", "language", "rights", "published", "updated", "hub"))
    return Feed(**{**fields, "authors": (), "categories": (), "items": entries, **given})  # type: ignore[arg-type]


def listing(*days: int) -> Listing:
    entries = tuple(
        ListingEntry(url=f"{URL}/{day}", title=None, teaser=None, date=date(2026, 2, day), pinned=False) for day in days
    )
    return Listing(url=URL, items=entries, next=None, feeds=(), explanation="a list")


def visit(memory: Memory, made: Feed | Listing | None, *, days: int = 0, to: str = URL, new: bool = False) -> Memory:
    """Yield what is remembered after one more visit, so many days after the first."""
    kept = capture(url=URL, final_url=to, moved=to != URL)
    brought = Brought(at=MORNING + days * DAY, capture=kept, made=made, is_new=new, last_new=MORNING)
    return course.after(memory, brought, url=URL)


def test_the_rhythm_is_read_from_dates_at_the_first_visit() -> None:
    assert visit(NOTHING, listing(20, 22, 24, 26)).gap_s == 2 * 86_400


def test_the_rhythm_is_observed_where_nothing_is_dated() -> None:
    assert visit(NOTHING, None, days=3, new=True).gap_s == 3 * 86_400
    assert visit(NOTHING, None, days=3).gap_s is None


def test_wishes_and_home_of_a_feed_are_remembered_through_an_unchanged_answer() -> None:
    asked = Wishes(least_s=7200)

    memory = visit(visit(NOTHING, feed("2026-02-01", link=NEW, wishes=asked)), None, days=1)

    assert (memory.wishes, memory.home, memory.listed) == (asked, NEW, 1)


def test_a_list_that_loses_everything_is_empty_since_that_day() -> None:
    full = visit(NOTHING, listing(1, 2, 3))
    empty = visit(visit(full, listing(), days=1), listing(), days=5)

    assert empty.empty_since == MORNING + DAY
    assert visit(empty, listing(1), days=6).empty_since is None


def test_a_list_that_never_had_anything_lost_nothing() -> None:
    assert visit(visit(NOTHING, listing()), listing(), days=1).empty_since is None


def test_a_move_is_believed_after_three_days_and_not_after_three_visits() -> None:
    memory = NOTHING
    for days in (0, 0, 0, 1):
        memory = visit(memory, feed("2026-02-01"), days=days, to=NEW)
    assert not course.has_moved(memory)

    memory = visit(memory, None, days=2, to=NEW)

    assert course.has_moved(memory)
    assert (memory.moved_to, memory.moved_since) == (NEW, MORNING.date())


def test_a_move_that_is_taken_back_or_leads_elsewhere_begins_anew() -> None:
    memory = visit(visit(NOTHING, None, to=NEW), None, days=1, to=NEW)

    assert visit(memory, None, days=2).moved_to is None
    assert visit(memory, None, days=2, to=f"{NEW}2").moved_days == 1


def test_the_hub_that_a_feed_names_is_remembered_through_an_unchanged_answer() -> None:
    named = visit(NOTHING, feed("2026-02-01", hub="https://hub.example/", topic=NEW))

    assert (named.hub, named.topic) == ("https://hub.example/", NEW)
    assert visit(named, None, days=1).hub == "https://hub.example/"
    assert visit(named, feed("2026-02-01"), days=1).hub is None


def test_a_hub_named_in_the_headers_goes_before_that_of_the_document() -> None:
    link = f'<https://hub.example/h>; rel="hub", <{NEW}>; rel=self'
    kept = capture(url=URL, headers=(("link", link),))
    made = feed("2026-02-01", hub="https://other.example/", topic=URL)

    memory = course.after(NOTHING, Brought(at=MORNING, capture=kept, made=made, is_new=False, last_new=None), url=URL)

    assert (memory.hub, memory.topic) == ("https://hub.example/h", NEW)


def test_a_feed_that_names_a_hub_and_not_itself_is_the_address_that_answered() -> None:
    assert visit(NOTHING, feed("2026-02-01", hub="https://hub.example/"), to=NEW).topic == NEW


def test_what_can_be_no_hub_is_none() -> None:
    assert visit(NOTHING, feed("2026-02-01", hub="ftp://hub.example/")).hub is None
    assert visit(NOTHING, feed("2026-02-01", hub=f"https://hub.example/{'x' * 3000}")).hub is None


def test_dates_at_the_edge_of_time_do_no_harm() -> None:
    memory = visit(NOTHING, feed("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026", "2026-02-01"))

    assert memory.newest_at is not None
    assert memory.newest_at.date() == date(2026, 2, 1)


def spoken(*languages: str | None, known: tuple[str, ...] = ()) -> Spoken:
    found = Spoken()
    for language in languages:
        found = course.heard(found, language, known=known, at=MORNING)
    return found


def test_a_language_counts_as_another_only_while_it_is_spoken_in_a_row() -> None:
    assert spoken("el", "el-CY", "en", "en", "en-GB").run == 3
    assert spoken("el", "en", "en", "el").run == 0
    assert spoken("el", "en", "fr", "fr") == Spoken(usual="el", other="fr", run=2, since=MORNING)


def test_a_language_that_the_desk_expects_is_no_other() -> None:
    assert spoken("el", "en", "en", known=("el", "en-GB")).run == 0


def test_a_document_whose_language_nobody_knows_says_nothing() -> None:
    assert spoken(None, "el", None, "en", None).run == 1
