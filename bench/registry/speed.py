#!/usr/bin/env python3
"""How fast names are found, by the size of the registry, and how long loading takes. Seconds of processor time.

    python -m bench.registry.speed [FILE]

Searched is FILE, or four megabytes of a made-up text in which every hundredth word begins a listed name. The registry
grows by invented bodies whose names are made of words of real ones.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from communique import registry
from communique.records import Actor
from communique.registry._aliases import Aliases

SIZES = (1_000, 10_000, 50_000, 100_000)
MEGABYTE = 1_000_000


def invented(count: int, seed: int) -> Iterator[Actor]:
    """Yield so many bodies, each with one name of four words and one acronym."""
    drawn = random.Random(seed)
    known = sorted({word for actor in registry.load().actors() for word in actor.name.split()})
    for number in range(count):
        name = " ".join(drawn.choices(known, k=4))
        acronym = "".join(drawn.choices("ABCDEFGHIKLMNOPRSTUVZ", k=5))
        yield Actor(id=f"x-{number}", name=name, kind="ngo", country="NO", acronyms=(acronym,))


def text(actors: list[Actor], seed: int) -> str:
    """Yield four megabytes of words, among which names stand."""
    drawn = random.Random(seed)
    known = ("harbour", "on", "the", "river", "said", "Monday", "workers", "a", "vote", "Pilots", "of", "and")
    parts: list[str] = []
    size = 0
    while size < 4 * MEGABYTE:
        part = drawn.choice(actors).name if drawn.random() < 0.01 else drawn.choice(known)
        parts.append(part)
        size += len(part) + 1
    return " ".join(parts)


def _took(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    """Print one line a size."""
    loading = _took(registry.load)
    again = _took(registry.load)
    print(f"loading {loading * 1000:.0f} ms, a second time {again * 1000:.1f} ms")
    shipped = list(registry.load().actors())
    searched = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else text(shipped, 1)
    megabytes = len(searched.encode()) / MEGABYTE
    for size in SIZES:
        known = shipped[: size // 2] + list(invented(max(0, size - 2 * len(shipped)) // 2, 2))
        index = Aliases(known)
        took = _took(partial(index.hits, searched))
        print(f"{len(list(index.forms())):>7,} forms  {megabytes / took:5.1f} MB/s")


if __name__ == "__main__":
    main()
