"""Countries by what they are called: CLDR names (through Babel) and our own lists of demonyms and common forms."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from babel import Locale

# CLDR territories that are no country: continents and groups have digits; these are blocs and placeholders.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AQ"})


@cache
def countries(language: str = "en") -> dict[str, str]:
    """Map names of countries, as written in the language, to their ISO 3166-1 alpha-2 codes.

    "Congo" and its like, which name two countries, are left to whoever knows more and are absent.
    """
    found: dict[str, str] = {}
    for code, name in Locale.parse(language).territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:
            found.setdefault(name.replace("’", "'"), code)
            found.setdefault(name.replace("’", "'").replace(" & ", " and "), code)
    if language == "en":
        found.pop("Türkiye", None)
        found["Türkiye"] = "TR"
        found.update(_listed("countries.csv"))
    return found


@cache
def demonyms() -> dict[str, str]:
    """Map English demonyms ("Portuguese", "Greek") to country codes; "European" stands for EU."""
    return _listed("demonyms.csv")


def _listed(file_name: str) -> dict[str, str]:
    text = files("communique.registry").joinpath("data", file_name).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for row in csv.DictReader(text.splitlines()):
        for form in row["forms"].split(";"):
            if found.setdefault(form, row["country"]) != row["country"]:
                doubtful.add(form)
    return {form: country for form, country in found.items() if form not in doubtful}


@cache
def nation(word: str) -> str | None:
    """Yield the country that an English name or demonym stands for ("Portugal", "Portuguese"), else None."""
    return countries().get(word) or demonyms().get(word)


def country(name: str) -> str | None:
    """Yield the country of an English name ("Portugal"), else None; a demonym is no name of a country."""
    return countries().get(name)
