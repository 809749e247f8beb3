"""Names of the months in all languages, from the Unicode CLDR. The table is written by tools/months.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def of(language: str) -> Mapping[str, int]:
    """Yield month (1..12) by name for a language (BCP 47; its regions' own names too); empty where CLDR has none.

    Names are case folded, without a last full stop, wide and abbreviated, as they stand alone and within a date.
    """
    return _of(language.replace("_", "-").partition("-")[0].lower())


def languages() -> tuple[str, ...]:
    """Yield the languages that have names of months, in order of their tags."""
    return tuple(dict.fromkeys(locale.partition("_")[0] for locale in _table()))


@cache
def _of(language: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for locale, names in _table().items():
        if locale == language or locale.startswith(f"{language}_"):
            found = names | found  # what the language itself says goes before its regions
    return found


@cache
def _table() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = json.loads(files("communique.kit").joinpath("data/months.json").read_bytes())
    return table
