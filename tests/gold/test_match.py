"""Gates on the gold sets: figures of the development halves, with a floor a little below what was measured."""

from __future__ import annotations

import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from bench.match import desk

from communique import match
from communique.cli import _documents
from communique.records import Assignment, Document

GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set"))

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (GOLD / "match").is_dir(), reason="no gold sets; set COMMUNIQUE_GOLD to their folder"),
]

Records = list[dict[str, Any]]


def _given(name: str, dropped: Iterable[str] = ()) -> Records:
    lines = (GOLD / "match" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key not in dropped} for line in lines]


def _assigned(records: Records) -> list[Assignment]:
    return list(match.statements([(str(fields["id"]), _document(fields)) for fields in records]))


def _document(fields: dict[str, Any]) -> Document:
    document = _documents.document(fields)
    assert isinstance(document, Document)
    return document


def _pairs(keys: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(keys).values())


def _precision_and_f1(records: Records, assigned: list[Assignment]) -> tuple[float, float]:
    """Yield pairwise precision and F1 of the groups."""
    gold = [fields["gold_statement"] for fields in records]
    said = [one.statement for one in assigned]
    hit = _pairs(zip(gold, said, strict=True))
    return hit / max(1, _pairs(said)), 2 * hit / (_pairs(said) + _pairs(gold))


def _friends_merged(name: str, records: Records, assigned: list[Assignment]) -> float:
    said = {fields["id"]: one.statement for fields, one in zip(records, assigned, strict=True)}
    friends = _given(f"false-friends-{name}")
    return sum(said[pair["a"]] == said[pair["b"]] for pair in friends) / len(friends)


@pytest.mark.parametrize(
    ("name", "dropped", "precision_floor", "f1_floor", "friends_ceiling"),
    [
        ("documents", ("published", "links"), 0.99, 0.975, 0.0),
        ("documents", (), 0.99, 0.985, 0.0),
        ("twins", ("published", "links"), 0.96, 0.94, 0.005),
        ("twins", (), 0.99, 0.99, 0.0),
    ],
)
def test_translations_are_found_and_twins_kept_apart(
    name: str, dropped: tuple[str, ...], precision_floor: float, f1_floor: float, friends_ceiling: float
) -> None:
    records = _given(name, dropped)
    assigned = _assigned(records)

    precision, f1 = _precision_and_f1(records, assigned)

    assert precision >= precision_floor
    assert f1 >= f1_floor
    assert _friends_merged(name, records, assigned) <= friends_ceiling


def test_copies_excerpts_and_versions_are_found() -> None:
    records = _given("copies")
    assigned = _assigned(records)

    right = [one.relation == fields["gold_relation"] for fields, one in zip(records, assigned, strict=True)]

    assert _precision_and_f1(records, assigned)[1] >= 0.99
    assert sum(right) / len(right) >= 0.98


def test_the_order_of_a_set_changes_neither_groups_nor_ids() -> None:
    records = _given("copies")
    shuffled = random.Random(2).sample(records, len(records))

    found, again = _assigned(records), _assigned(shuffled)

    by_id = {fields["id"]: one for fields, one in zip(shuffled, again, strict=True)}
    assert [by_id[fields["id"]] for fields in records] == found


@pytest.mark.parametrize(
    ("name", "precision_floor", "f1_floor", "friends_ceiling"),
    [("twins", 0.97, 0.95, 6), ("copies", 0.96, 0.97, 0)],
)
def test_documents_that_come_one_by_one_are_asked_about_before_they_are_merged_wrongly(
    name: str, precision_floor: float, f1_floor: float, friends_ceiling: int
) -> None:
    found = desk.measured(GOLD / "match", name, seed=1)

    assert found["precision"] >= precision_floor
    assert found["f1"] >= f1_floor
    assert found["friends"] <= friends_ceiling
    assert found["asked"] <= 0.1 * len(_given(name))


@pytest.mark.parametrize("name", ["documents", "twins", "copies"])
def test_true_pairs_are_candidates_by_the_rule_of_the_ledger(name: str) -> None:
    sharers: defaultdict[int, list[int]] = defaultdict(list)
    siblings: defaultdict[str, set[int]] = defaultdict(set)
    found = wanted = 0
    records = _given(name, ("published", "links"))
    known = match.background(match.fingerprint(_document(fields)) for fields in records)
    for at, fields in enumerate(records):
        keys, earlier = match.keys(_document(fields)), siblings[fields["gold_statement"]]
        near = match.nearest(
            {key: sharers[key][: -match.SHARERS - 1 : -1] for key in match.telling(keys, known)}, known
        )
        found, wanted = found + len(earlier.intersection(near)), wanted + len(earlier)
        earlier.add(at)
        for key in keys:
            sharers[key].append(at)

    assert found / wanted >= 0.995
