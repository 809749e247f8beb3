"""Gates on the gold sets for reading: floors a little below the figures of today (see docs/benchmarks.md).

Skipped with a notice where the sets are missing. `COMMUNIQUE_GOLD` names their folder.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOLD = Path(os.environ.get("COMMUNIQUE_GOLD") or ROOT.parent / "shared" / "gold")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (GOLD / "run.py").exists(), reason=f"no gold sets in {GOLD}; set COMMUNIQUE_GOLD"),
]

# set, measure, floor. 2026-11-24: read 0.975; segments 0.931, titles 0.839; dates 0.913 of all, 0.951 of those answered
FLOORS = [
    ("read", "f1", 0.97),
    ("segments", "segment_f1", 0.925),
    ("segments", "title_right", 0.82),
    ("dates", "right_day", 0.9),
    ("dates", "right_when_answered", 0.94),
]


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
