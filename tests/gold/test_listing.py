"""Floors on the gold sets: lists, next pages, feeds and signers. A floor is a little below the figure of its day."""

from __future__ import annotations

import json
import os
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import trafilatura

from communique.cli import _pages, feed, listing
from communique.read import signatories
from communique.records import Capture

GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set"))
pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="no gold sets; set COMMUNIQUE_GOLD to their folder"),
]
Line = dict[str, Any]
Score = Callable[[str, list[Line], dict[str, Line]], Line]


@pytest.fixture(scope="module")
def score() -> Score:
    return cast("Score", runpy.run_path(str(GOLD / "score.py"))["score"])


def records(manifest: str) -> Iterator[Line]:
    for line in (GOLD / manifest).read_text("utf-8").splitlines():
        found = json.loads(line)
        yield found | {"path": str((GOLD / manifest).parent / found["path"])}


def scored(score: Score, task: str, manifest: str, work: Callable[[Line], Any]) -> Line:
    gold = list(records(manifest))
    answers = {
        one["id"]: {"id": one["id"]} | work({key: one[key] for key in ("path", "url") if key in one}) for one in gold
    }
    return score(task, gold, answers)


def test_entries_of_lists_are_found(score: Score) -> None:
    figures = scored(score, "listing", "listing/manifest.jsonl", listing.work)

    assert figures["macro_f1"] >= 0.93
    assert figures["pages_f1_95"] >= 0.87
    assert figures["title_right"] >= 0.86
    assert figures["date_right"] >= 0.96
    assert figures["empty_without_explanation"] == 0


def test_next_pages_are_found(score: Score) -> None:
    assert scored(score, "next", "listing/manifest-next.jsonl", listing.work)["accuracy"] >= 0.90


def test_fields_of_feeds_are_right(score: Score) -> None:
    figures = scored(score, "feeds", "feeds/manifest.jsonl", feed.work)

    assert figures["fields_right"] >= 0.95
    assert figures["item_count_right"] >= 0.99


def test_signers_are_found_in_the_plain_text(score: Score) -> None:
    languages = {one["path"]: one["language"] for one in records("signatories/manifest.jsonl")}

    def work(fields: Line) -> Line:
        page = _pages.capture(fields)
        assert isinstance(page, Capture)
        text = trafilatura.extract(page.body.decode(), favor_recall=True) or ""
        found = signatories(text, language=languages[fields["path"]])
        named = [{"name": one.name, "relation": one.relation} for one in found.signatories]
        return {"signatories": named, "signatory_count": found.count}

    figures = scored(score, "signatories", "signatories/manifest.jsonl", work)

    assert figures["signer_p"] >= 0.98
    assert figures["signer_r"] >= 0.95
    assert figures["others_taken_for_signers"] == 0
