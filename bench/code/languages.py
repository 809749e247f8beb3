"""Type, source and modality of events in ten languages, on the open or the closed half of our own statements.

An event is found when its trigger overlaps one of the same or another type; a slot is right when it holds the same
bodies and no other. The measure follows the gold events' conventions: only main events count.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from communique import code, registry
from communique.records import Coding, Context, Event, Span

STATEMENTS = Path(__file__).with_name("statements")
LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "ru", "el", "tr", "ar", "pl", "sv")
SECOND = "en-second"  # English once more, by another writer who had not seen the lexicon
Record = dict[str, Any]


def digest(folder: Path = STATEMENTS) -> str:
    """Yield the digest of all statements of a folder, to be pinned where a floor stands."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        whole.update(path.read_bytes())
    return f"sha256:{whole.hexdigest()}"


def half(language: str, *, closing: bool) -> list[Record]:
    """Yield the open or the closed half of a language's statements."""
    lines = (STATEMENTS / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return halved([json.loads(line) for line in lines], closing=closing)


def halved(records: Sequence[Record], *, closing: bool) -> list[Record]:
    """Yield the half of some records that is open for work, or the closed one, parted by the digests of their ids."""
    ordered = sorted(records, key=lambda one: _order(one["id"]))
    middle = len(ordered) // 2
    return ordered[middle:] if closing else ordered[:middle]


def _order(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()


def coded(record: Record) -> Coding:
    """Code the text of a record."""
    return code.coding(record["text"], registry=registry.load(), context=Context(language=record["language"]))


def counts(record: Record, made: Coding) -> Counter[str]:
    """Count what is right, missed and false in one record."""
    found: Counter[str] = Counter()
    said = [event for event in made.events if event.level == "main"]
    for want, got in pairs(record["events"], said):
        found += _compared(record, want, got, made)
    return found


def day(value: str | None) -> date | None:
    """Read a day, or None."""
    return date.fromisoformat(value) if value else None


def is_right(record: Record, want: Record, got: Event, made: Coding) -> bool:
    """Tell whether type, sources and modality of an event are all right."""
    bodies, held = wanted(record, want), [made.mentions[index].span for index in got.source]
    hit = sum(any(same(one, two) for two in held) for one in bodies)
    return want["type"] == got.type and want["modality"] == got.modality and hit == len(bodies) == len(held)


def pairs(gold: Sequence[Record], said: Sequence[Event]) -> Iterator[tuple[Record | None, Event | None]]:
    """Pair wanted events with those read: by overlapping trigger, else by type; what is left stands alone."""
    left = list(said)
    for want in gold:
        span = want["trigger"]["span"]
        near = [event for event in left if _overlap(event.trigger.span, span)]
        like = near or [event for event in left if event.type == want["type"]]
        best = max(like, key=lambda event: event.type == want["type"], default=None)
        if best is not None:
            left.remove(best)
        yield want, best
    for event in left:
        yield None, event


def _compared(record: Record, want: Record | None, got: Event | None, made: Coding) -> Counter[str]:
    found: Counter[str] = Counter()
    bodies = wanted(record, want) if want else []
    held = [made.mentions[index].span for index in got.source] if got else []
    hit = sum(any(same(one, two) for two in held) for one in bodies)
    found["source_hit"], found["source_want"], found["source_got"] = hit, len(bodies), len(held)
    found["want"], found["got"] = want is not None, got is not None
    if want is not None:
        found["not_done"] = want["modality"] != "asserted"
    if want is None or got is None:
        return found
    right = want["type"] == got.type
    found["type_hit"] = right
    found["modality_right"], found["paired"] = want["modality"] == got.modality, 1
    found["wrongly_asserted"] = want["modality"] != "asserted" and got.modality == "asserted"
    found["strict_hit"] = right and hit == len(bodies) == len(held) and _same_target(record, want, got, made)
    return found


def _same_target(record: Record, want: Record, got: Event, made: Coding) -> bool:
    bodies = wanted(record, want, "target")
    held = [made.mentions[index].span for index in got.target]
    return len(bodies) == len(held) == sum(any(same(one, two) for two in held) for one in bodies)


def wanted(record: Record, event: Record, slot: str = "source") -> list[Span]:
    """Yield the spans of the bodies that a slot of an annotated event holds."""
    spans = {actor["id"]: tuple(actor["mentions"][0]["span"]) for actor in record["actors"] if actor["mentions"]}
    return [spans[actor] for actor in event[slot] if actor in spans]


def _overlap(one: Sequence[int], two: Sequence[int]) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def same(one: Sequence[int], two: Sequence[int]) -> bool:
    """Tell whether two spans share half of what both cover."""
    common = _overlap(one, two)
    return common / (one[1] - one[0] + two[1] - two[0] - common) >= 0.5


def f1(hit: int, want: int, got: int) -> float:
    """Yield the harmonic mean of precision and recall; 1 where nothing was wanted and nothing read."""
    return 2 * hit / (want + got) if want + got else 1.0


def figures(found: Counter[str]) -> dict[str, float]:
    """Turn counts into F1 of type, source and strict event, and the share of acts not done that are told as done."""
    return {
        "type": f1(found["type_hit"], found["want"], found["got"]),
        "source": f1(found["source_hit"], found["source_want"], found["source_got"]),
        "strict": f1(found["strict_hit"], found["want"], found["got"]),
        "modality": found["modality_right"] / max(1, found["paired"]),
        "wrongly_asserted": found["wrongly_asserted"],
        "not_done": found["not_done"],
    }


def measured(language: str, *, closing: bool) -> Counter[str]:
    """Count over one half of a language."""
    total: Counter[str] = Counter()
    for record in half(language, closing=closing):
        total += counts(record, coded(record))
    return total


def main() -> None:
    """Print the figures, a language a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--closing", action="store_true", help="the closed halves, for the closing measurement only")
    parser.add_argument("--errors", metavar="LANGUAGE", help="list what is wrong in the open half of a language")
    options = parser.parse_args()
    if options.errors:
        _print_errors(options.errors)
        return
    every: Counter[str] = Counter()
    for language in LANGUAGES:
        found = measured(language, closing=options.closing)
        every += found
        print(language, *(f"{name} {value:.3f}" for name, value in figures(found).items()))
    second = figures(measured(SECOND, closing=options.closing))
    print(SECOND, *(f"{name} {value:.3f}" for name, value in second.items()))
    print("all", *(f"{name} {value:.3f}" for name, value in figures(every).items()))


def _print_errors(language: str) -> None:
    for record in half(language, closing=False):
        made = coded(record)
        found = counts(record, made)
        is_right = found["strict_hit"] == found["want"] == found["got"] == found["modality_right"]
        if not is_right:
            wanted_ = [(one["type"], one["modality"], one["source"], one["target"]) for one in record["events"]]
            print(record["id"], record["text"], "\n   want", wanted_)
            for event in made.events:
                names = [made.mentions[index].text for index in event.source]
                others = [made.mentions[index].text for index in event.target]
                print("   got ", event.type, event.modality, names, others, event.rule, repr(event.trigger.text))


if __name__ == "__main__":
    main()
