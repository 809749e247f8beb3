"""What the database remembers of a source: marks, moves, language; on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from communique.flow.course import NOTHING, Memory
from communique.flow.layout import Relaid
from communique.flow.ledger import DuePage, DueSource
from communique.records import NO_WISHES, Hints, ListHistory, ListPattern, Trouble, Validators, Wishes
from communique.testing.builders import MORNING, capture, document, entry, evidence, found, source, visited
from communique.web.ledger import models, watchlist
from communique.web.ledger.lines import TURN
from communique.web.ledger.store import DatabaseLedger
from communique.web.workspace import Workspace

DAY = timedelta(days=1)
NEW = "https://rivermen.example/press/feed/"
EMPTY = Memory(listed=0, empty_since=MORNING)
HISTORY = ListHistory(
    pattern=ListPattern(links=("main > ul > li > a",), title="link", day=None), held=12, links="0a 1b", entries=3
)
BLOCKED = Trouble(room="collect", kind="robots", detail="robots.txt asks not to", passing=False)


@pytest.fixture
def ledger(newsroom_on: Workspace) -> DatabaseLedger:
    made = DatabaseLedger()
    made.add_source(source(), now=MORNING)
    return made


def row() -> models.Source:
    return models.Source.objects.get(slug=source().id)


def visit(ledger: DatabaseLedger, memory: Memory = NOTHING, *, days: int = 0, **given: object) -> None:
    """Enter a visit that left this in memory."""
    at = MORNING + days * DAY
    ledger.source_visited(source().id, replace(visited(at=at, next_at=at), memory=memory, **given))  # type: ignore[arg-type]


def marks() -> int:
    return models.Audit.objects.filter(action="source needs a person").count()


def test_what_is_remembered_comes_back_with_the_next_visit(ledger: DatabaseLedger) -> None:
    memory = Memory(
        gap_s=1.5, wishes=Wishes(least_s=9, skip_hours=(1, 2), skip_days=(6,)), newest_at=MORNING, listed=3,
        empty_since=None, home=NEW, moved_to=NEW, moved_since=date(2026, 3, 1), moved_last=date(2026, 3, 2),
        moved_days=2, history=HISTORY, relaid=Relaid(at=MORNING, before=20, after=7, familiar=None, breach="a box"),
    )  # fmt: skip

    visit(ledger, memory, listed=3)

    with ledger.due(MORNING + DAY, limit=9) as due:
        assert [one.memory for one in due.sources] == [memory]
    assert memory.wishes != NO_WISHES


def test_what_a_paused_source_has_due_is_not_what_comes_next(ledger: DatabaseLedger) -> None:
    visit(ledger, days=3)
    ledger.add_found(source().id, [found()], now=MORNING)
    before = ledger.next_due_at()

    models.Source.objects.update(is_paused=True)

    assert (before, ledger.next_due_at()) == (MORNING, None)


def test_a_state_that_needs_a_person_raises_a_mark_once(ledger: DatabaseLedger) -> None:
    for days in range(5):
        visit(ledger, days=days, trouble=BLOCKED)

    assert (row().mark, row().marked_at, marks()) == ("robots", MORNING, 1)


def test_a_mark_that_was_seen_is_not_raised_again_until_something_else_happens(ledger: DatabaseLedger) -> None:
    visit(ledger, EMPTY, listed=0)
    watchlist.change("seen", source().id, now=MORNING)

    visit(ledger, EMPTY, days=1, listed=0)
    assert row().mark_seen_at == MORNING
    visit(ledger, days=2, trouble=BLOCKED)

    assert (row().mark, row().mark_seen_at, marks()) == ("robots", None, 2)


def test_a_mark_goes_when_the_source_is_well_again(ledger: DatabaseLedger) -> None:
    visit(ledger, trouble=BLOCKED)

    visit(ledger, days=1, listed=3)

    assert (row().mark, row().marked_at) == (None, None)


def test_a_move_that_was_said_on_three_days_is_taken_over(ledger: DatabaseLedger) -> None:
    visit(ledger, Memory(moved_to=NEW, moved_days=2), listed=3)
    assert (row().url, row().mark) == (source().url, "moved")

    visit(ledger, Memory(moved_to=NEW, moved_days=3), days=1, listed=3)

    assert (row().url, row().mark, row().memory["moved_to"]) == (NEW, None, None)
    assert models.Audit.objects.get(action="source moved").detail["before"] == source().url


def test_a_change_of_layout_is_noted_once_with_its_counts(ledger: DatabaseLedger) -> None:
    models.Source.objects.update(kind="listing")
    relaid = Relaid(at=MORNING, before=20, after=7, familiar=0, breach="stand no links")
    for days in range(3):
        visit(ledger, Memory(listed=7, relaid=relaid), days=days, listed=7)

    noted = models.Audit.objects.get(action="list relaid").detail

    assert noted == {"source": source().id, "said": "stand no links", "before": 20, "after": 7, "familiar": 0}
    assert row().mark == "layout"


def test_a_move_to_where_nothing_stands_or_what_is_watched_already_is_left_to_a_person(ledger: DatabaseLedger) -> None:
    visit(ledger, Memory(moved_to=NEW, moved_days=3), listed=0)
    assert row().url == source().url

    ledger.add_source(source(id="other", url=NEW), now=MORNING)
    visit(ledger, Memory(moved_to=NEW, moved_days=9), days=1, listed=3)

    assert row().url == source().url
    with pytest.raises(watchlist.WatchlistError, match="watched already"):
        watchlist.change("take-over", source().id, now=MORNING)


def test_a_person_takes_a_move_over_at_once(ledger: DatabaseLedger) -> None:
    visit(ledger, Memory(moved_to=NEW, moved_days=1), listed=3)

    watchlist.change("take-over", source().id, now=MORNING)

    assert (row().url, row().mark) == (NEW, None)


def test_another_language_in_five_documents_marks_the_source(ledger: DatabaseLedger) -> None:
    for number, language in enumerate(["el", "el", "en", "en", "en", "en", "en"]):
        one = document(url=f"{NEW}{number}", text=f"Lock {number} is shut.", language=language)
        kept = capture(url=one.url, body=one.text.encode())
        ledger.add_capture(kept, evidence(kept))
        ledger.add_document(entry(one, evidence(kept)))

    visit(ledger, listed=3)

    assert row().mark == "language"


def test_what_was_put_off_is_due_later_and_nothing_else_changes(ledger: DatabaseLedger) -> None:
    visit(ledger, trouble=BLOCKED)
    before = models.Source.objects.values().get()
    due = DueSource(source=source(), validators=Validators(), troubles_in_row=1)

    ledger.put_off(due, until=MORNING + DAY)

    assert models.Source.objects.values().get() == {**before, "next_visit_at": MORNING + DAY}


def test_a_page_that_was_put_off_is_due_later(ledger: DatabaseLedger) -> None:
    ledger.add_found(source().id, [found()], now=MORNING)
    page = DuePage(
        url=found().url, source=source(), hints=Hints(), validators=Validators(), digest=None, visits=0,
        troubles_in_row=0,
    )  # fmt: skip

    ledger.put_off(page, until=MORNING + DAY)

    assert models.Page.objects.get().next_visit_at == MORNING + DAY


def test_a_long_list_does_not_hold_up_the_pages_of_other_sources(ledger: DatabaseLedger) -> None:
    ledger.add_source(source(id="other", url=NEW), now=MORNING)
    ledger.add_found(source().id, [found(f"{NEW}{number}") for number in range(100)], now=MORNING)
    ledger.add_found("other", [found(f"https://other.example/{number}") for number in range(3)], now=MORNING + DAY)

    with ledger.due(MORNING + DAY, limit=40) as due:
        sources = [page.source.id for page in due.pages]

    assert (sources.count(source().id), sources.count("other")) == (TURN, 3)
