"""How a source writes days: learned from pages that leave no doubt, and asked again where there was one."""

from __future__ import annotations

import pytest

from communique import flow
from communique.flow import reckoning
from communique.records import Numerals

from .conftest import World, article, feed

PAY = "The Union of River Pilots rejects the offer of 2.1 per cent that the Port Authority made on Monday last."
OPEN = Numerals(order=None, by=None)


@pytest.mark.parametrize(
    ("day_first", "month_first", "order"),
    [(0, 0, None), (2, 0, None), (3, 0, "day-first"), (1, 9, None), (1, 10, "month-first"), (30, 2, "day-first")],
)
def test_an_order_is_settled_by_three_pages_and_hardly_any_against_them(
    day_first: int, month_first: int, order: str | None
) -> None:  # fmt: skip
    assert reckoning.order(day_first, month_first) == order


def test_only_a_page_with_undoubted_days_speaks_for_its_source() -> None:
    assert reckoning.shown(Numerals(order="day-first", by="page")) == "day-first"
    assert reckoning.shown(Numerals(order="day-first", by="custom")) is None
    assert reckoning.shown(None) is None


def test_what_a_settled_order_would_change_is_outdated_and_nothing_else() -> None:
    assert reckoning.is_outdated(OPEN, "day-first")
    assert reckoning.is_outdated(Numerals(order="month-first", by="custom"), "day-first")
    assert reckoning.is_outdated(Numerals(order="day-first", by="source"), None)
    assert not reckoning.is_outdated(Numerals(order="month-first", by="page"), "day-first")
    assert not reckoning.is_outdated(Numerals(order="day-first", by="custom"), "day-first")
    assert not reckoning.is_outdated(None, "day-first")
    assert not reckoning.is_outdated(OPEN, None)


def statement(world: World, number: int, day: str) -> None:
    """Let the feed name one statement more, with its day in numerals and nowhere else."""
    page = article(f"The pilots speak for the {number}th time", f"{PAY} It is number {number}.", PAY[::-1])
    body = page.body.replace(b'<meta property="article:published_time" content="2026-03-01T08:00:00+00:00">', b"")
    body = body.replace(b"</h1>", f"</h1><p class='date'>Published: {day}</p>".encode())
    shown = {f"/s{number}": type(page)(body=body)}
    world.show({"/feed.xml": feed(world.url(f"/s{number}")), **shown})
    world.collect()
    world.collect()
    world.later(days=1)


def days(world: World) -> list[str | None]:
    dates = [one.document.published for one in world.ledger.entries()]
    return [one.at if one else None for one in dates]


def test_a_day_that_was_left_open_is_known_once_other_pages_have_settled_the_order(world: World) -> None:
    world.watch()
    for number, day in enumerate(("03/02/2026", "13/02/2026", "14/02/2026"), 1):
        statement(world, number, day)
    assert days(world) == [None, "2026-02-13", "2026-02-14"]
    assert flow.renew(world.ledger, reader=world.reader, evidence=world.evidence) == 0

    statement(world, 4, "15/02/2026")
    assert flow.renew(world.ledger, reader=world.reader, evidence=world.evidence) == 1

    assert days(world) == ["2026-02-03", "2026-02-13", "2026-02-14", "2026-02-15"]
    statement(world, 5, "04/02/2026")
    assert days(world)[-1] == "2026-02-04"
