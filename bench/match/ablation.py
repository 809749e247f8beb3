"""Measure what each signal is worth to match: pair F1 and precision without it, all documents at once.

python -m bench.match.ablation [--gold FOLDER]      prints a table in Markdown

On our own joint statements (both halves), and with FOLDER on the gold sets there, without days and links.
"""

from __future__ import annotations

import argparse
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.match import desk, joint

from communique import match
from communique.match import _fingerprint as kinds

SIGNALS = {
    "nothing": (),
    "terms of the trade": (kinds.TERM,),
    "names by sound": (kinds.SOUND,),
    "names by spelling": (kinds.NAME,),
    "long words by spelling": (kinds.WORD,),
    "numbers and codes": (kinds.NUMBER, kinds.SMALL, kinds.YEAR, kinds.CODE),
    "days in the text": (kinds.DAY,),
}
Prints = list[tuple[str, match.Fingerprint]]


def _without(one: match.Fingerprint, passed_over: Sequence[int]) -> match.Fingerprint:
    kept = [at for at, mark in enumerate(one.marks) if mark >> kinds.KIND_SHIFT not in passed_over]
    return replace(
        one,
        marks=array("Q", [one.marks[at] for at in kept]),
        places=bytes(one.places[at] for at in kept),
        title_marks=frozenset(mark for mark in one.title_marks if mark >> kinds.KIND_SHIFT not in passed_over),
    )


def _unplaced(one: match.Fingerprint) -> match.Fingerprint:
    return replace(one, places=bytes([kinds.TITLE_ONLY]) * len(one.places))


def _undated(one: match.Fingerprint) -> match.Fingerprint:
    return replace(one, day=None)


def _versions(prints: Prints) -> Iterator[tuple[str, Prints]]:
    for name, passed_over in SIGNALS.items():
        yield name, [(id_, _without(one, passed_over)) for id_, one in prints]
    yield "places of marks in the text", [(id_, _unplaced(one)) for id_, one in prints]
    yield "days of publication", [(id_, _undated(one)) for id_, one in prints]


def _sets(gold: Path | None) -> Iterator[tuple[str, Sequence[dict[str, Any]], tuple[str, ...]]]:
    yield "joint, look", joint.records("look"), ()
    yield "joint, score", joint.records("score"), ()
    for name in desk.SETS if gold else ():
        assert gold
        yield name, desk.given(gold, name), desk.DROPPED


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path)
    columns: dict[str, dict[str, str]] = {}
    for name, given, dropped in _sets(asked.parse_args().gold):
        right = [fields["gold_statement"] for fields in given]
        prints = [(fields["id"], match.fingerprint(joint.document(fields, dropped))) for fields in given]
        for signal, version in _versions(prints):
            said = [one.statement for one in match.assignments(version)]
            found = desk.pair_figures(right, said)
            columns.setdefault(signal, {})[name] = f"{found['f1']:.3f} ({found['precision']:.3f})"
    print(f"| without | {' | '.join(columns['nothing'])} |")
    print(f"| --- |{' --- |' * len(columns['nothing'])}")
    for signal, cells in columns.items():
        print(f"| {signal} | {' | '.join(cells.values())} |", flush=True)


if __name__ == "__main__":
    main()
