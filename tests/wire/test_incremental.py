"""Whatever happens to the dispatches, writing only what changed gives the bytes of a full build."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique import wire
from communique.records import Dispatch

if TYPE_CHECKING:
    from tests.wire.conftest import World

Files = dict[str, bytes]
STORIES = (None, "night-ferry", "shipyard")
SERIES = ("Congress of the Harbour and Port Union", "Tide Forum")
LANGUAGES = ("en", "es", "ar")


class _History:
    """A wire to which things happen."""

    def __init__(self, world: World, size: int) -> None:
        self.world = world
        self.dispatches = {id_: _published(world, id_, id_) for id_ in range(1, size + 1)}
        self.moves: dict[int, frozenset[wire.Section]] = {}
        self.edition = world.edition(self.dispatches.values())

    def do(self, name: str, choice: int) -> frozenset[int]:
        """Let something happen; yield what it touched."""
        before = dict(self.dispatches)
        ids = sorted(self.dispatches)
        chosen = ids[choice % len(ids)] if ids else 0
        if name == "publish" or not ids:
            self._publish(1 + choice % 3, choice)
        elif name == "translate":
            self._translate(chosen, ids[(choice * 7) % len(ids)])
        else:
            self.dispatches[chosen] = _changed(self.world, self.dispatches[chosen], name, choice)
        touched = frozenset(id_ for id_, one in self.dispatches.items() if before.get(id_) != one)
        self._note_moves(before, touched)
        self.edition = self.world.edition(self.dispatches.values(), moves=self.moves)
        return touched

    def _publish(self, count: int, choice: int) -> None:
        last = max(self.dispatches, default=0)
        for id_ in range(last + 1, last + 1 + count):
            self.dispatches[id_] = _published(self.world, id_, choice + id_)

    def _translate(self, one: int, other: int) -> None:
        if one != other:
            self.dispatches[one] = replace(self.dispatches[one], translations=(other,))
            self.dispatches[other] = replace(self.dispatches[other], translations=(one,))

    def _note_moves(self, before: dict[int, Dispatch], touched: frozenset[int]) -> None:
        for id_ in touched & before.keys():
            old = set(wire.sections(before[id_], self.world.actors.get))
            new = set(wire.sections(self.dispatches[id_], self.world.actors.get))
            self.moves[id_] = self.moves.get(id_, frozenset()) | (old ^ new)


def _published(world: World, id_: int, choice: int) -> Dispatch:
    given: dict[str, Any] = {"story": STORIES[choice % 3], "language": LANGUAGES[choice % 11 % 3]}
    if choice % 2:
        number = choice % 13 + 1
        given |= {"occasion": f"{number}. Congress", "series": SERIES[choice % 4 // 2], "occasion_number": number}
    if choice % 5 == 0:
        given["published"] = None
    return world.dispatch(id_, actors=(tuple(world.actors)[choice % 2 if choice % 7 else 5],), **given)


def _changed(world: World, one: Dispatch, name: str, choice: int) -> Dispatch:
    at = (one.corrections[-1].at if one.corrections else world.correction().at) + timedelta(minutes=1)
    change = world.correction(operation=name if name in ("hold", "withdraw", "update") else "correct", at=at)
    corrections = (*one.corrections, replace(change, before=one.text if name == "correct" else None))
    match name:
        case "correct":
            return replace(one, text=f"{one.text} ({choice})", corrections=corrections)
        case "actors":
            return replace(one, actors=(tuple(world.actors)[choice % 6],), corrections=corrections)
        case "story":
            return replace(one, story=STORIES[choice % 3], corrections=corrections)
        case "hold":
            return replace(one, stage="held", corrections=corrections)
        case "release":
            return replace(one, stage="published")
        case "withdraw":
            return replace(one, stage="withdrawn", corrections=corrections)
        case _:
            return replace(one, pinned=not one.pinned)


@cache
def _start(world: World, size: int) -> Files:
    return world.files(_History(world, size).edition)


def _applied(files: Files, edition: wire.Edition, touched: frozenset[int]) -> None:
    for page in (*wire.pages(edition, touched=touched), wire.log_page(edition)):
        if page.body is None:
            files.pop(page.path, None)
        else:
            files[page.path] = page.body


HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "correct", "actors", "story", "hold", "release", "withdraw", "pin", "translate"]),
        st.integers(0, 1000),
    ),
    min_size=1,
    max_size=8,
)


def _check(world: World, size: int, happenings: list[tuple[str, int]]) -> None:
    history, files = _History(world, size), dict(_start(world, size))
    for name, choice in happenings:
        touched = history.do(name, choice)
        _applied(files, history.edition, touched)

    whole = world.files(history.edition)
    assert files.keys() == whole.keys()
    assert [path for path in whole if files[path] != whole[path]] == []


SIZES = st.sampled_from([0, 1, 3, 49, 50, 101])
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=12, deadline=None, suppress_health_check=CALM, derandomize=True)
@given(size=SIZES, happenings=HAPPENINGS)
def test_writing_only_what_changed_gives_the_bytes_of_a_full_build(
    world: World, size: int, happenings: list[tuple[str, int]]
) -> None:
    _check(world, size, happenings)


@pytest.mark.long
@settings(max_examples=400, deadline=None, suppress_health_check=CALM)
@given(size=SIZES, happenings=HAPPENINGS)
def test_writing_only_what_changed_gives_the_bytes_of_a_full_build_in_many_histories(
    world: World, size: int, happenings: list[tuple[str, int]]
) -> None:
    _check(world, size, happenings)


def test_several_changes_may_be_written_at_once(world: World) -> None:
    history, files = _History(world, 49), dict(_start(world, 49))

    touched = frozenset().union(*(history.do(name, 17) for name in ("publish", "actors", "story", "withdraw")))
    _applied(files, history.edition, touched)

    assert files == world.files(history.edition)


def test_a_full_page_stays_as_it_is_while_the_wire_grows(world: World) -> None:
    before = world.files(world.edition(world.dispatch(id_) for id_ in range(1, 51)))

    after = world.files(world.edition(world.dispatch(id_) for id_ in range(1, 53)))

    assert before["page/1/index.html"] == after["page/1/index.html"]
    assert before["d/50.json"] == after["d/50.json"]


def test_a_publication_writes_few_files_of_a_large_wire(world: World) -> None:
    edition = world.edition(world.dispatch(id_) for id_ in range(1, 601))

    written = list(wire.pages(edition, touched=frozenset({600})))

    assert len(written) < 40
