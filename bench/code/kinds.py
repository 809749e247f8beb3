"""Errors by kind: of main events on the open halves of our own statements, or on a file of annotated sentences.

An event has one kind of error, the first that fits: it is missed, too many, of a wrong type, its source is missed or
wrong, its target is missed or wrong, its modality is wrong.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.code import languages

from communique import code, registry
from communique.records import Coding, Context, Event

KINDS = ("right", "missed", "too many", "type", "source missed", "source wrong", "target missed", "target wrong",
         "modality")  # fmt: skip
Record = dict[str, Any]


def kind(record: Record, want: Record | None, got: Event | None, made: Coding) -> str:
    """Yield the kind of error of a pair of events, or "right"."""
    if want is None or got is None:
        return "missed" if got is None else "too many"
    if want["type"] != got.type:
        return "type"
    every = {actor["id"]: [mention["span"] for mention in actor["mentions"]] for actor in record["actors"]}
    for slot in ("source", "target"):
        wanted = [every[actor] for actor in want[slot] if every[actor]]
        held = [made.mentions[index].span for index in getattr(got, slot)]
        hit = sum(any(_near(one, two) for one in spans for two in held) for spans in wanted)
        if not hit == len(wanted) == len(held):
            return f"{slot} {'missed' if len(held) < len(wanted) else 'wrong'}"
    return "right" if want["modality"] == got.modality else "modality"


def _near(one: Sequence[int], two: Sequence[int]) -> bool:
    """Tell whether two spans share half of the shorter one: "The W3C" and "W3C" are one name."""
    common = min(one[1], two[1]) - max(one[0], two[0])
    return common >= 0.5 * min(one[1] - one[0], two[1] - two[0])


def counted(records: Iterable[Record]) -> Counter[str]:
    """Count main events by kind of error."""
    found: Counter[str] = Counter()
    for record in records:
        context = Context(language=record["language"], published=languages.day(record["published"]))
        made = code.coding(record["text"], registry=registry.load(), context=context)
        gold = [event for event in record["events"] if event["level"] == "main"]
        said = [event for event in made.events if event.level == "main"]
        found.update(kind(record, want, got, made) for want, got in languages.pairs(gold, said))
    return found


def _line(name: str, found: Counter[str]) -> str:
    return f"| {name} | {' | '.join(str(found[one]) for one in KINDS)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table: a row a language, or one for the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="JSON Lines of annotated sentences")
    options = parser.parse_args(arguments)
    print(f"| | {' | '.join(KINDS)} |\n|{' --- |' * (len(KINDS) + 1)}")
    if options.file:
        lines = options.file.read_text(encoding="utf-8").splitlines()
        print(_line(options.file.stem, counted(json.loads(line) for line in lines)))
        return
    for name in languages.LANGUAGES:
        print(_line(name, counted(languages.half(name, closing=False))))


if __name__ == "__main__":
    main()
