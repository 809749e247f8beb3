"""The gazetteer of towns."""

from __future__ import annotations

import runpy
from pathlib import Path

from communique.kit.towns import towns

ROOT = Path(__file__).parents[2]


def test_the_shipped_table_is_what_geonames_says() -> None:
    made = runpy.run_path(str(ROOT / "tools/towns.py"))

    assert (ROOT / "src/communique/kit/data/towns.csv").read_text(encoding="utf-8") == made["written"]()


def test_large_towns_have_their_names_in_other_languages() -> None:
    vienna = next(town for town in towns() if town.name == "Vienna" and town.country == "AT")

    assert "Wien" in vienna.others
    assert vienna.inhabitants > 1_000_000
