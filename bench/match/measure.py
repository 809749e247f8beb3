"""Measure match on a made corpus: the batch, and one more document against what is known.

python -m bench.match.measure 10000 [--seed 1] [--batch]    prints one JSON object: processor time, MiB

Keys and fingerprints stand in SQLite as the ledger keeps them, so that what one more document costs is all there:
its fingerprint, the look-up, the candidates' fingerprints read and decoded, the comparisons. Not there: its reading.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.match.corpus import documents

from communique import match
from communique.cli import _documents
from communique.records import Document

SAMPLE = 300
TABLES = """
CREATE TABLE key (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, key INTEGER NOT NULL);
CREATE INDEX key_candidates ON key (key, document DESC);
CREATE UNIQUE INDEX one_key_once ON key (document, key);
CREATE TABLE fingerprint (document INTEGER PRIMARY KEY, content BLOB NOT NULL);
"""
NEWEST = """
SELECT asked.value, (
    SELECT group_concat(document) FROM (SELECT document FROM key WHERE key = asked.value ORDER BY document DESC LIMIT ?)
) FROM json_each(?) AS asked
"""


def _made(count: int, seed: int) -> Iterator[Document]:
    for fields in documents(count, seed):
        one = _documents.document(fields)
        if isinstance(one, Document):
            yield one


def _enter(books: sqlite3.Connection, at: int, document: Document) -> None:
    books.executemany("INSERT INTO key (document, key) VALUES (?, ?)", [(at, key) for key in match.keys(document)])
    books.execute("INSERT INTO fingerprint VALUES (?, ?)", (at, match.encoded(match.fingerprint(document))))


def _candidates(books: sqlite3.Connection, keys: frozenset[int], known: match.Background) -> list[match.Candidate]:
    asked = books.execute(NEWEST, (match.SHARERS, json.dumps(match.telling(keys, known))))
    sharers = {key: list(map(int, newest.split(","))) for key, newest in asked if newest}
    near = match.nearest(sharers, known)
    marks = ", ".join("?" * len(near))
    kept = dict(books.execute(f"SELECT document, content FROM fingerprint WHERE document IN ({marks})", near))  # noqa: S608
    return [
        match.Candidate(fingerprint=one, key=str(at), statement=f"s-{at}", story=f"t-{at}")
        for at in near
        if (one := match.kept(kept[at]))
    ]


def _one_more(count: int, seed: int) -> dict[str, float]:
    """Yield what one more document costs against so many known, and what entering it costs."""
    with tempfile.TemporaryDirectory() as folder:
        books = sqlite3.connect(Path(folder) / "books.sqlite3")
        books.executescript(TABLES)
        wire = _made(count + SAMPLE, seed)
        for at, document in enumerate(islice(wire, count)):
            _enter(books, at, document)
        books.commit()
        newest = books.execute("SELECT content FROM fingerprint ORDER BY document DESC LIMIT ?", (match.COUNTED,))
        known = match.background([one for (kept,) in newest if (one := match.decoded(kept))])
        spent = {"fingerprint_ms": 0.0, "look_up_ms": 0.0, "compare_ms": 0.0, "enter_ms": 0.0, "candidates": 0.0}
        for at, document in enumerate(wire, count):
            marks = [time.process_time()]
            new, keys = match.fingerprint(document), match.keys(document)
            marks.append(time.process_time())
            near = _candidates(books, keys, known)
            marks.append(time.process_time())
            match.statement(new, near, known)
            marks.append(time.process_time())
            _enter(books, at, document)
            marks.append(time.process_time())
            for name, began, ended in zip(spent, marks, marks[1:], strict=False):
                spent[name] += 1000 * (ended - began) / SAMPLE
            spent["candidates"] += len(near) / SAMPLE
        spent["books_mib"] = (Path(folder) / "books.sqlite3").stat().st_size / 2**20
        books.close()
    return {name: round(value, 2) for name, value in spent.items()}


def _batch(count: int, seed: int) -> dict[str, float]:
    """Yield seconds for fingerprints, seconds for groups, and how many groups there are."""
    start = time.process_time()
    prints = [(str(at), match.fingerprint(document)) for at, document in enumerate(_made(count, seed))]
    middle = time.process_time()
    found = match.assignments(prints)
    return {
        "fingerprints_s": round(middle - start, 1),
        "groups_s": round(time.process_time() - middle, 1),
        "statements": len({one.statement for one in found}),
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--batch", action="store_true", help="a whole set at once, instead of one more document")
    given = asked.parse_args()
    found = _batch(given.count, given.seed) if given.batch else _one_more(given.count, given.seed)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"documents": given.count, **found, "peak_mib": round(peak_mib)}))


if __name__ == "__main__":
    main()
