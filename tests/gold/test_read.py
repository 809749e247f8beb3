"""Gates on the gold sets for reading: floors a little below the figures of today (see docs/benchmarks.md).

Skipped with a notice where the sets are missing. `COMMUNIQUE_GOLD` names their folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bench.read import languages

from communique.read._language import language

ROOT = Path(__file__).parents[2]
GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set"))

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (GOLD / "run.py").exists(), reason=f"no gold sets in {GOLD}; set COMMUNIQUE_GOLD"),
]

# set, measure, floor; a little below the figures of 2026-11-24 (docs/benchmarks.md)
FLOORS = [
    ("read", "f1", 0.972),
    ("segments", "segment_f1", 0.935),
    ("segments", "title_right", 0.87),
    ("segments", "right_day", 0.95),
    ("dates", "right_day", 0.93),
    ("dates", "right_when_answered", 0.965),
]
# The manifests and pages that the floors here and in test_listing.py were measured on; another digest means other data
# and asks for new floors.
CORPUS = {
    "read/manifest.jsonl": "9d1d99bdf1fa0f90d113921be57a9736f413598b5a52568e68236baa661619d4",
    "read/manifest-segments.jsonl": "cccc714528c3bd43d162785e985bcd5bcd54236aa28b0eb1228e63ef050518a4",
    "read/manifest-dates.jsonl": "52172731d6a350b18eee14097da9d678e887be33f9d2a13723a990c466b1d49f",
    "listing/manifest.jsonl": "7762b606dc1e311c836106e393d4396ba7ed1281cc48f01aa5beebdf37687af3",
    "listing/manifest-next.jsonl": "ef0fa3ad901d345908804cd93286ca68b757883c24fa37099dd4ee7be1a75926",
    "feeds/manifest.jsonl": "c20ba4449ec351af116ff4daba2eb1912c58a20cd4572eca3a62360da38824f2",
    "signatories/manifest.jsonl": "ff8cf267db1e1f581aa9f28fcb028f5d44626d39464f0e6a535b177de752f24a",
    "match/documents.jsonl": "38e74b63953e2ab290f5307289862312e26b18236269af2afc3c3c48fe605435",
}


def corpus_digest(manifest: Path) -> str:
    """Yield the SHA-256 of a manifest and of the pages that it names, in its order."""
    content = manifest.read_bytes()
    paths = [json.loads(line).get("path") for line in content.splitlines()]
    pages = b"".join((manifest.parent / path).read_bytes() for path in paths if path)
    return hashlib.sha256(content + pages).hexdigest()


@cache
def measured(name: str) -> dict[str, Any]:
    assert importlib.util.find_spec("communique") is not None
    done = subprocess.run(
        [sys.executable, str(GOLD / "run.py"), name, "--json"],
        capture_output=True, text=True, check=True, timeout=600,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("name", "measure", "floor"), FLOORS)
def test_reading_stays_above_its_floor(name: str, measure: str, floor: float) -> None:
    assert measured(name)[measure] >= floor


@pytest.mark.parametrize("manifest", CORPUS)
def test_the_floors_were_measured_on_these_pages(manifest: str) -> None:
    assert corpus_digest(GOLD / manifest) == CORPUS[manifest]


def test_short_titles_are_named_without_and_with_the_languages_of_their_source() -> None:
    texts = languages.titled(GOLD / "match" / "documents.jsonl")
    known = languages.sources(texts, 1)

    alone = sum(languages.base(language(text) or "") == name for text, name in texts)
    helped = sum(
        languages.base(language(text, likely=likely) or "") == name
        for (text, name), likely in zip(texts, known, strict=True)
    )

    assert alone / len(texts) >= 0.91
    assert helped / len(texts) >= 0.975
