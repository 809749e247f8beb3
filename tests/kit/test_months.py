"""The months by name."""

from __future__ import annotations

import runpy
from pathlib import Path

from communique.kit import months

ROOT = Path(__file__).parents[2]


def test_the_shipped_table_is_what_cldr_says() -> None:
    made = runpy.run_path(str(ROOT / "tools/months.py"))

    assert (ROOT / "src/communique/kit/data/months.json").read_text(encoding="utf-8") == made["written"]()


def test_names_stand_alone_and_within_dates() -> None:
    assert months.of("pl")["maj"] == months.of("pl-PL")["maja"] == 5


def test_regions_add_their_own_names() -> None:
    assert months.of("ar")["يناير"] == months.of("ar")["كانون الثاني"] == 1


def test_a_language_without_names_has_none() -> None:
    assert not months.of("tlh")
