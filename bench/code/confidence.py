"""How often events are right, by the way they were read: what the confidence of an event is taken from.

Right is an event whose type, sources and modality are right. Without a file the open halves of our own statements are
measured, with events in the background where these are annotated; with one, records of the same shape.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.code import depth, languages

from communique import code, registry
from communique.records import Context


def rows(records: Iterable[dict[str, Any]]) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of each event that was read, and whether it was right; of main ones alone for headlines."""
    for record in records:
        published = languages.day(record["published"])
        context = Context(language=record["language"], published=published)
        made = code.coding(record["text"], registry=registry.load(), context=context)
        levels = ("main", "background") if "-depth-" in record["id"] else ("main",)
        gold = [event for event in record["events"] if event["level"] in levels]
        said = [event for event in made.events if event.level in levels]
        for want, got in languages.pairs(gold, said):
            if got is not None:
                yield got.confidence, want is not None and languages.is_right(record, want, got, made)


def main() -> None:
    """Print, for each confidence, how many events had it and how many of them were right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="JSON Lines of annotated sentences")
    parser.add_argument("--closing", action="store_true", help="the closed halves")
    options = parser.parse_args()
    records = (
        [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines()]
        if options.file
        else [one for name in languages.LANGUAGES for one in languages.half(name, closing=options.closing)]
        + [one for name in depth.LANGUAGES for one in depth.half(name, closing=options.closing)]
    )
    said: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for confidence, is_right in rows(records):
        said[confidence] += 1
        right[confidence] += is_right
    for confidence, count in sorted(said.items(), reverse=True):
        print(f"{confidence:.2f}  {right[confidence]:4} of {count:4}  {right[confidence] / count:.2f}")


if __name__ == "__main__":
    main()
