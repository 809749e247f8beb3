"""Relative clauses, embedding, coordination, passives, participles, headlines without a verb, who speaks for whom.

Every sentence of `statements/depth` is invented: 48 a language, written on one plan before they were run, each marked
with the kinds of grammar that it holds (`hard`). Here events in the background count as main ones do, and so do objects
and occasions. Kind and country of a body are not annotated. They are halved as the statements are.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bench.code.languages import STATEMENTS, coded, f1, halved, pairs, same, wanted

from communique.records import Coding, Event

DEPTH = STATEMENTS / "depth"
LANGUAGES = tuple(sorted(path.stem for path in DEPTH.glob("*.jsonl")))
SLOTS = ("target", "host", "addressee", "attributed_to")
MEASURES = ("type", "source", "slots", "object", "occasion")
Record = dict[str, Any]


def half(language: str, *, closing: bool) -> list[Record]:
    """Yield the open or the closed half of a language's sentences."""
    lines = (DEPTH / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return halved([json.loads(line) for line in lines], closing=closing)


def counts(record: Record, made: Coding) -> Counter[str]:
    """Count what is right, wanted and read of each measure in one sentence."""
    found: Counter[str] = Counter()
    for want, got in pairs(record["events"], made.events):
        found += _compared(record, want, got, made)
    held = [one.span for one in made.occasions]
    numbers = {one.span: (one.kind, one.number) for one in made.occasions}
    for one in record["occasions"]:
        near = next((span for span in held if same(one["span"], span)), None)
        found["occasion_hit"] += near is not None and numbers[near] == (one["kind"], one["number"])
    found["occasion_want"], found["occasion_got"] = len(record["occasions"]), len(held)
    return found


def _compared(record: Record, want: Record | None, got: Event | None, made: Coding) -> Counter[str]:
    found: Counter[str] = Counter()
    found["type_want"], found["type_got"] = want is not None, got is not None
    found["type_hit"] = bool(want and got and want["type"] == got.type and want["modality"] == got.modality)
    found["wrongly_asserted"] = bool(want and got and want["modality"] != "asserted" == got.modality)
    found["swapped_level"] = bool(want and got and want["level"] != got.level)
    for slot in ("source", *SLOTS):
        name = "source" if slot == "source" else "slots"
        bodies = wanted(record, want, slot) if want else []
        held = [made.mentions[index].span for index in getattr(got, slot)] if got else []
        found[f"{name}_hit"] += sum(any(same(one, two) for two in held) for one in bodies)
        found[f"{name}_want"] += len(bodies)
        found[f"{name}_got"] += len(held)
    asked, given = want["object"] if want else None, got.object if got else None
    found["object_want"], found["object_got"] = asked is not None, given is not None
    found["object_hit"] = bool(asked and given and same(asked["span"], given.span))
    return found


def figures(found: Counter[str]) -> dict[str, float]:
    """Turn counts into F1 of each measure."""
    return {name: f1(found[f"{name}_hit"], found[f"{name}_want"], found[f"{name}_got"]) for name in MEASURES}


def measured(records: Iterable[Record]) -> Counter[str]:
    """Count over sentences."""
    total: Counter[str] = Counter()
    for record in records:
        total.update(counts(record, coded(record)))
    return total


def main() -> None:
    """Print the figures by language, or by kind of grammar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--closing", action="store_true", help="the closed halves, for the closing measurement only")
    parser.add_argument("--kinds", action="store_true", help="by kind of grammar, not by language")
    parser.add_argument("--errors", metavar="LANGUAGE", help="list what is wrong in the open half of a language")
    options = parser.parse_args()
    if options.errors:
        _print_errors(half(options.errors, closing=False))
        return
    records = [record for language in LANGUAGES for record in half(language, closing=options.closing)]
    names = sorted({kind for record in records for kind in record["hard"]}) if options.kinds else LANGUAGES
    for name in names:
        _print(name, [one for one in records if name in one["hard"] or name == one["language"]])
    _print("all", records)


def _print(name: str, records: Sequence[Record]) -> None:
    found = measured(records)
    told = " ".join(f"{measure} {value:.3f}" for measure, value in figures(found).items())
    print(f"{name:14}{told} wrongly asserted {found['wrongly_asserted']} level {found['swapped_level']}")


def _print_errors(records: Sequence[Record]) -> None:
    for record in records:
        made = coded(record)
        found = counts(record, made)
        if all(found[f"{name}_hit"] == found[f"{name}_want"] == found[f"{name}_got"] for name in MEASURES):
            continue
        print(record["id"], record["text"])
        names = {actor["id"]: actor["name"] for actor in record["actors"]}
        for want in record["events"]:
            slots = {slot: [names[one] for one in want[slot]] for slot in ("source", *SLOTS) if want[slot]}
            print("   want", want["type"], want["level"], want["trigger"]["text"], slots, _text(want["object"]))
        for got in made.events:
            held = {slot: [made.mentions[one].text for one in getattr(got, slot)] for slot in ("source", *SLOTS)}
            slots = {slot: bodies for slot, bodies in held.items() if bodies}
            print("   got ", got.type, got.level, got.trigger.text, slots, got.object and got.object.text, got.rule)
        print("   occasions", [one["text"] for one in record["occasions"]], [one.text for one in made.occasions])


def _text(quote: Record | None) -> str | None:
    return quote["text"] if quote else None


if __name__ == "__main__":
    main()
