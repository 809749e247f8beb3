"""Measure match on a made corpus: the batch, and one more document against what is known.

python -m bench.match.measure 10000 [--seed 1]    prints one JSON object: seconds of the processor, MiB
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter, defaultdict

from bench.match.corpus import documents

from communique import match
from communique.cli import _documents
from communique.records import Document

COMMON_KEY, CANDIDATES, SAMPLE = 200, 100, 300  # as flow.ledger and flow._enter have them


def _made(count: int, seed: int) -> list[tuple[str, Document]]:
    read = [(str(fields["id"]), _documents.document(fields)) for fields in documents(count, seed)]
    return [(key, one) for key, one in read if isinstance(one, Document)]


def _batch(wire: list[tuple[str, Document]]) -> tuple[float, float, int]:
    """Yield seconds for fingerprints, seconds for groups, and how many groups there are."""
    start = time.process_time()
    prints = [(key, match.fingerprint(document)) for key, document in wire]
    middle = time.process_time()
    found = match.assignments(prints)
    return middle - start, time.process_time() - middle, len({one.statement for one in found})


def _one_more(wire: list[tuple[str, Document]]) -> float:
    """Yield seconds for one more document: keys, candidates by key as the ledger has them, assignment."""
    postings: dict[str, list[int]] = defaultdict(list)
    for at, (_, document) in enumerate(wire[:-SAMPLE]):
        for key in match.keys(document):
            postings[key].append(at)
    start = time.process_time()
    for _, document in wire[-SAMPLE:]:
        weights: Counter[int] = Counter()
        for key in match.keys(document):
            sharers = postings.get(key, [])
            if 0 < len(sharers) < COMMON_KEY:
                weights.update(dict.fromkeys(sharers, COMMON_KEY // len(sharers)))
        held = [
            match.Candidate(document=wire[at][1], key=wire[at][0], statement=f"s-{at}", story=f"t-{at}")
            for at, _ in weights.most_common(CANDIDATES)
        ]
        match.statement(document, held)
    return (time.process_time() - start) / SAMPLE


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    wire = _made(given.count, given.seed)
    one_more_s = _one_more(wire)
    fingerprints_s, groups_s, statements = _batch(wire)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "documents": len(wire), "statements": statements, "fingerprints_s": round(fingerprints_s, 1),
                "groups_s": round(groups_s, 1), "one_more_ms": round(1000 * one_more_s, 1),
                "peak_mib": round(peak_mib),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
