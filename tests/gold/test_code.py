"""Gates on the gold sets: a change of the room must not lose what it had. Floors lie a little below the figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set"))

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (GOLD / "run.py").is_file(), reason="no gold sets: set COMMUNIQUE_GOLD to their folder"),
]


@cache
def measured(name: str) -> dict[str, Any]:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "src")}
    done = subprocess.run(
        [sys.executable, "run.py", name, "--json"],
        cwd=GOLD,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    metrics: dict[str, Any] = json.loads(done.stdout)
    return metrics


@pytest.mark.parametrize("name", ["events", "seed"])
def test_no_act_that_was_not_done_is_told_as_done(name: str) -> None:
    assert measured(name)["not_asserted_coded_asserted"] == 0


@pytest.mark.parametrize(
    ("name", "figure", "floor"),
    [
        ("events", "type_f1", 0.90),
        ("events", "source_f1", 0.92),
        ("events", "target_f1", 0.85),
        ("events", "strict_f1", 0.83),
        ("events", "modality_right_when_found", 0.95),
        ("events", "country_right_when_resolved", 0.95),
        ("events", "date_value_f1", 0.90),
        ("events", "occasion_f1", 0.90),
        ("seed", "type_f1", 0.90),
        ("seed", "source_f1", 0.88),
        ("seed", "strict_f1", 0.80),
        ("plover", "plover_f1", 0.60),
    ],
)
def test_a_figure_does_not_fall_below_its_floor(name: str, figure: str, floor: float) -> None:
    assert measured(name)[figure] >= floor
