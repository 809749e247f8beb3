"""Measure match as the desk uses it: documents come one by one, in a shuffled order, and nothing known is moved.

python -m bench.match.desk FOLDER [--seeds 1 2] [--sets documents twins copies] [--keep published,links]

FOLDER holds the gold sets (NAME.jsonl, false-friends-NAME.jsonl). Prints one JSON object for each set and seed: pair
precision, recall and F1 of the groups at the end, false friends merged, how many were asked about, milliseconds each.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique import match
from communique.cli import _documents
from communique.records import Assignment, Document

Records = Sequence[dict[str, Any]]
DROPPED = ("published", "links")  # nearly oracles on these sets
SETS = ("documents", "twins", "copies")


@dataclass(slots=True)
class Desk:
    """The books of a desk in memory: the ledger's rules for candidates, for late bridges, for counting marks."""

    prints: list[match.Fingerprint] = field(default_factory=list)
    given: list[Assignment] = field(default_factory=list)
    _sharers: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _merged: dict[str, str] = field(default_factory=dict)
    _known: match.Background = field(default_factory=lambda: match.background([]))
    _counted: int = -1

    def take(self, document: Document) -> Assignment:
        """Match one more document and enter it."""
        new, keys = match.fingerprint(document), match.keys(document)
        known = self._background()
        found = match.statement(new, self._candidates(keys, known), known)
        for other in map(self.standing, found.joins):
            if other != (whole := self.standing(found.statement)):
                self._merged[other] = whole
        for key in keys:
            self._sharers[key].append(len(self.prints))
        self.prints.append(new)
        self.given.append(found)
        return found

    def standing(self, statement: str) -> str:
        """Yield the statement that one is part of by now."""
        while statement in self._merged:
            statement = self._merged[statement]
        return statement

    def led_by(self, statement: str) -> int:
        """Yield the document that a statement began with."""
        return next(at for at, one in enumerate(self.given) if one.statement == statement)

    def _candidates(self, keys: frozenset[int], known: match.Background) -> list[match.Candidate]:
        asked = match.telling(keys, known)
        near = match.nearest({key: self._sharers[key][: -match.SHARERS - 1 : -1] for key in asked}, known)
        return [
            match.Candidate(
                fingerprint=self.prints[at], key=str(at), statement=self.standing(self.given[at].statement), story="t"
            )
            for at in near
        ]

    def _background(self) -> match.Background:
        if match.is_outgrown(self._counted, len(self.prints)):
            self._known, self._counted = match.background(self.prints[-match.COUNTED :]), len(self.prints)
        return self._known


def given(folder: Path, name: str, dropped: Iterable[str] = DROPPED) -> Records:
    """Yield the records of a set, without some of their fields."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key not in dropped} for line in lines]


def measured(folder: Path, name: str, *, seed: int, dropped: Iterable[str] = DROPPED) -> dict[str, Any]:
    """Yield the figures of one set, in the order that the seed shuffles it to."""
    records = list(given(folder, name, dropped))
    random.Random(seed).shuffle(records)
    desk, start = Desk(), time.process_time()
    for fields in records:
        document = _documents.document(fields)
        assert isinstance(document, Document)
        desk.take(document)
    spent = 1000 * (time.process_time() - start) / len(records)
    said = [desk.standing(one.statement) for one in desk.given]
    by_id = {fields["id"]: statement for fields, statement in zip(records, said, strict=True)}
    return {
        "set": name, "seed": seed, **pair_figures([fields["gold_statement"] for fields in records], said),
        "friends": _friends(folder, name, by_id), **_questions(desk, records), "each_ms": round(spent, 1),
    }  # fmt: skip


def pair_figures(gold: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    """Yield pair precision, recall and F1 of the groups that were told, against those that are right."""
    hit, told, wanted = _pairs(zip(gold, said, strict=True)), _pairs(said), _pairs(gold)
    found = {"precision": hit / max(1, told), "recall": hit / max(1, wanted), "f1": 2 * hit / max(1, told + wanted)}
    return {name: round(value, 4) for name, value in found.items()}


def _pairs(keys: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(keys).values())


def _questions(desk: Desk, records: Records) -> dict[str, int]:
    """Yield how many questions were put to an editor, and to how many the answer is yes."""
    asked = [(at, desk.led_by(other)) for at, one in enumerate(desk.given) for other in one.asks]
    yes = sum(records[at]["gold_statement"] == records[first]["gold_statement"] for at, first in asked)
    return {"asked": len(asked), "asked_yes": yes}


def _friends(folder: Path, name: str, by_id: dict[str, str]) -> int:
    """Yield how many pairs that only look alike were taken for one statement."""
    path = folder / f"false-friends-{name}.jsonl"
    pairs = map(json.loads, path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()
    return sum(by_id[pair["a"]] == by_id[pair["b"]] for pair in pairs)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    asked.add_argument("--keep", action="store_true", help="with days and links")
    wanted = asked.parse_args()
    for name in wanted.sets:
        for seed in wanted.seeds:
            found = measured(wanted.folder, name, seed=seed, dropped=() if wanted.keep else DROPPED)
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
