"""The desk's check on the gold set: faults found, and clean drafts let through.

Floors stand a little below the figures of the day (found 0.943, false alarms 0.000).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique import desk
from communique.records import Finding, SourceText

GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set"))
SET = GOLD / "check" / "check-dev.jsonl"

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SET.is_file(), reason=f"no gold set at {SET}; set COMMUNIQUE_GOLD to its folder"),
]


@pytest.fixture(scope="module")
def checked() -> list[tuple[dict[str, Any] | None, tuple[Finding, ...]]]:
    return list(_checked())


def _checked() -> Iterator[tuple[dict[str, Any] | None, tuple[Finding, ...]]]:
    for line in SET.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        published = date.fromisoformat(record["published"]) if record["published"] else None
        sources = [SourceText(**source) for source in record["sources"]]
        found = desk.findings(record["draft"], sources, published=published)
        yield record["gold"], tuple(one for one in found if one.blocks)


def test_faults_are_found(checked: list[tuple[dict[str, Any] | None, tuple[Finding, ...]]]) -> None:
    found = [any(_meets(one, gold["span"]) for one in blocking) for gold, blocking in checked if gold]

    assert sum(found) / len(found) >= 0.92


def test_clean_drafts_are_let_through(checked: list[tuple[dict[str, Any] | None, tuple[Finding, ...]]]) -> None:
    alarms = [bool(blocking) for gold, blocking in checked if gold is None]

    assert sum(alarms) / len(alarms) <= 0.02


def _meets(finding: Finding, span: list[int]) -> bool:
    return finding.span[0] < span[1] and span[0] < finding.span[1]
