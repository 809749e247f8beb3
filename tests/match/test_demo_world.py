"""The demo world, with the texts that its key calls true: nothing is merged wrongly, and every group is found."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from communique import demo, match
from communique.records import Document

Make = Callable[..., Document]
Wire = list[tuple[str, Document]]

WORLDS, SAMPLE = 30, 2
_DRAWN = random.Random(20240103)
_MOMENTS = [
    datetime(2022, 1, 1, tzinfo=UTC) + timedelta(minutes=_DRAWN.randrange(60 * 24 * 365 * 8)) for _ in range(WORLDS)
]
MOMENTS = [
    *_MOMENTS[:SAMPLE],
    *(pytest.param(now, marks=pytest.mark.long) for now in _MOMENTS[SAMPLE:]),
]


def _wire(world: demo.World, make: Make) -> Wire:
    names = {source.id: source.name for source in world.sources}
    return [
        (
            one.url,
            make(
                url=one.url, title=one.title, language=one.language, published=one.published, text=one.text,
                publisher=names.get(one.source),
            ),
        )
        for one in world.key.documents
    ]  # fmt: skip


def _true(world: demo.World) -> set[frozenset[str]]:
    grouped = [frozenset(group.urls) for group in world.key.groups]
    others = {one.url for one in world.key.documents}.difference(*grouped)
    return {*grouped, *(frozenset([url]) for url in others)}


def _parts(urls: Sequence[str], statements: Sequence[str]) -> set[frozenset[str]]:
    return {
        frozenset(url for url, other in zip(urls, statements, strict=True) if other == one) for one in set(statements)
    }


def _one_by_one(wire: Wire) -> list[tuple[str, str]]:
    """Take the documents in as a desk does; a late bridge joins statements."""
    known: dict[str, tuple[frozenset[int], match.Candidate]] = {}
    for url, document in wire:
        keys = match.keys(document)
        found = match.statement(document, [one for shared, one in known.values() if shared & keys])
        new = match.Candidate(
            fingerprint=match.fingerprint(document), key=url, statement=found.statement, story=found.story
        )
        known[url] = (keys, new)
        for key, (shared, one) in known.items():
            if one.statement in found.joins:
                known[key] = (shared, replace(one, statement=found.statement))
    return [(url, one.statement) for url, (_, one) in known.items()]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize("visit", [1, 2])
def test_all_at_once_every_group_is_found_and_nothing_else(now: datetime, visit: int, make: Make) -> None:
    world = demo.world(now, port=8000, visit=visit)
    wire = _wire(world, make)

    found = match.statements(wire)

    assert _parts([url for url, _ in wire], [one.statement for one in found]) == _true(world)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize("visit", [1, 2])
def test_one_by_one_in_any_order_gives_the_same(now: datetime, visit: int, make: Make) -> None:
    world = demo.world(now, port=8000, visit=visit)
    wire = _wire(world, make)

    found = _one_by_one(random.Random(7).sample(wire, len(wire)))

    assert _parts(*zip(*found, strict=True)) == _true(world)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_a_late_bridge_joins_what_nothing_else_joins(now: datetime, make: Make) -> None:
    wire = dict(_wire(demo.world(now, port=8000, visit=2), make))
    bridge, *halves = next(
        group.urls for group in demo.world(now, port=8000, visit=2).key.groups if "late bridge" in group.why
    )
    known = [
        match.Candidate(fingerprint=match.fingerprint(wire[url]), key=url, statement=f"s-{at}", story=f"t-{at}")
        for at, url in enumerate(halves)
    ]

    found = match.statement(wire[bridge], known)

    assert {found.statement, *found.joins} == {"s-0", "s-1"}
    assert (found.relation, found.is_retold) == ("original", True)
