"""Measure what each witness is worth: the figures of main text and day without it, on the gold sets.

    python bench/read/witnesses.py "$COMMUNIQUE_GOLD"

Text: F1 on whole articles and on segments of mixed sites. Day: share of all pages with the right day, and share of
the days answered that are right. A witness is worth what its line lies below the first.
"""

from __future__ import annotations

import gzip
import json
import runpy
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from communique import read
from communique.read import _body_votes, _dates
from communique.read._body_votes import Votes
from communique.read._witnesses import Witness
from communique.records import Capture, DayWitness, Trouble

SEEN = datetime(2026, 11, 24, tzinfo=UTC)
ANYWHERE = 0.55  # the weight of what htmldate finds, which is the only witness of text with it
_TEXT: dict[str, Callable[[Votes], Votes]] = {
    "all three": lambda vote: vote,
    "without trafilatura": lambda vote: replace(vote, careful=vote.other, usual=vote.other),
    "without careful trafilatura": lambda vote: replace(vote, careful=vote.usual),
    "without usual trafilatura": lambda vote: replace(vote, usual=vote.careful),
    "without readability": lambda vote: replace(vote, other=vote.usual),
}
_DAYS = ("nothing", "json-ld", "meta", "time", "url", "text", "htmldate")


def main(gold: Path) -> None:
    """Print one line for each witness left out."""
    score = runpy.run_path(str(gold / "score.py"))["score"]
    sets = {task: _records(gold / "read" / f"manifest{end}.jsonl")
            for task, end in (("read", ""), ("segments", "-segments"), ("dates", "-dates"))}  # fmt: skip
    for name, changed in _TEXT.items():
        whole = score("read", sets["read"], _texts(sets["read"], changed))
        mixed = score("segments", sets["segments"], _texts(sets["segments"], changed))
        sys.stdout.write(f"text, {name:28} {whole['f1']:.3f} articles, {mixed['segment_f1']:.3f} segments\n")
        sys.stdout.flush()
    asked = [
        (record["date"], list(_days(record))) for record in (*sets["dates"], *sets["segments"]) if record.get("date")
    ]
    for kind in _DAYS:
        sys.stdout.write(f"day, without {kind:10} {_right(asked, kind)}\n")


def _records(manifest: Path) -> list[dict[str, Any]]:
    lines = (json.loads(line) for line in manifest.read_text("utf-8").splitlines())
    return [line | {"body": gzip.decompress((manifest.parent / line["path"]).read_bytes())} for line in lines]


def _texts(records: Sequence[dict[str, Any]], changed: Callable[[Votes], Votes]) -> dict[str, dict[str, Any]]:
    """Read all pages, with the votes changed so that a witness says what another says."""
    asked = _body_votes.votes

    def votes(*given: Any) -> tuple[Votes, ...]:
        return tuple(map(changed, asked(*given)))

    answers = {}
    with patch.object(_body_votes, "votes", votes):
        for record in records:
            found = read.document(_capture(record))
            text = "" if isinstance(found, Trouble) else found.text
            answers[record["id"]] = {"id": record["id"], "text": text}
    return answers


def _days(record: dict[str, Any]) -> Iterator[DayWitness]:
    found = read.explained(_capture(record))
    if not isinstance(found, Trouble):
        yield from found[1].days


def _right(asked: Sequence[tuple[str, list[DayWitness]]], left_out: str) -> str:
    right = answered = 0
    for day, witnesses in asked:
        kept = [
            Witness(at=one.at, evidence=one.evidence, weight=one.weight, role=one.role)
            for one in witnesses
            if _kind(one) != left_out
        ]
        said = _dates.decided(kept, fetched_at=SEEN).published
        if said is not None and len(said.at) >= 10:
            answered += 1
            right += said.at[:10] == day
    return f"{right / len(asked):.3f} of {len(asked)} right, {right / max(1, answered):.3f} of those answered"


def _kind(one: DayWitness) -> str:
    return "htmldate" if one.evidence == "text" and one.weight == ANYWHERE else one.evidence


def _capture(record: dict[str, Any]) -> Capture:
    return Capture(
        source_id="", url=record["url"], final_url=record["url"], fetched_at=SEEN, status=200, media_type=None,
        charset=None, request_headers=(), headers=(), body=record["body"], digest="", address=None,
    )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("give the folder of the gold sets: python bench/read/witnesses.py FOLDER")
    main(Path(sys.argv[1]))
