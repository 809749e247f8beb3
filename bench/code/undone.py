"""Acts that were not done, told as done: sentences of which each holds an act that is negated, planned, open or denied.

Every sentence of `statements/undone` is invented. `modality` is that of the act; `done` lists the types of what the
sentence does tell as done ("denies", "demands"). Wrong is any other main event that is asserted.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.code import languages

from communique.records import Event

UNDONE = languages.STATEMENTS / "undone"
Record = dict[str, Any]


def records(path: Path) -> Iterator[Record]:
    """Yield the sentences of a language."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def told(record: Record) -> tuple[Event, ...]:
    """Yield the main events of a sentence."""
    return tuple(event for event in languages.coded(record).events if event.level == "main")


def wrong(record: Record, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Yield what is told as done and was not."""
    return tuple(event for event in events if event.modality == "asserted" and event.type not in record["done"])


def measured(path: Path) -> Counter[str]:
    """Count sentences, those with an event, those of which one has the right modality, and those told as done."""
    found: Counter[str] = Counter()
    for record in records(path):
        events = told(record)
        found["sentences"] += 1
        found["coded"] += bool(events)
        found["right"] += any(event.modality == record["modality"] for event in events)
        found["wrong"] += bool(wrong(record, events))
    return found


def main() -> None:
    """Print the counts, a language a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what is told as done")
    options = parser.parse_args()
    every: Counter[str] = Counter()
    for path in sorted(UNDONE.glob("*.jsonl")):
        found = measured(path)
        every += found
        print(path.stem, *(f"{name} {found[name]}" for name in ("sentences", "coded", "right", "wrong")))
        for record in records(path) if options.errors else ():
            for event in wrong(record, told(record)):
                print("   ", record["id"], record["text"], event.type, event.rule, repr(event.trigger.text))
    print("all", *(f"{name} {every[name]}" for name in ("sentences", "coded", "right", "wrong")))


if __name__ == "__main__":
    main()
