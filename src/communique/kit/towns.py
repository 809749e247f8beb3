"""Towns of more than 15,000 inhabitants: GeoNames (https://www.geonames.org/), CC BY 4.0. Written by tools/towns.py."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Town(NamedTuple):
    """A town of the gazetteer."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    inhabitants: int
    others: tuple[str, ...]  # its names in other languages, for towns of more than 100,000 inhabitants


def towns() -> Iterator[Town]:
    """Yield all towns, in order of name. Reads the file at each call: keep what you need, not all of it."""
    rows = csv.reader(files("communique.kit").joinpath("data/towns.csv").read_text(encoding="utf-8").splitlines())
    next(rows)
    for name, country, inhabitants, others in rows:
        yield Town(name, country, int(inhabitants), tuple(others.split("|")) if others else ())


@cache
def claimed() -> frozenset[str]:
    """Yield the towns that more than one state claims, by name: their country stays open."""
    text = files("communique.kit").joinpath("data/disputed.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
