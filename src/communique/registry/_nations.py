"""Countries by what they are called: CLDR names (through Babel) and our own lists of demonyms and common forms."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale

from communique.kit import towns as gazetteer
from communique.kit.text import folded
from communique.kit.words import words

FAR_LARGER = 3  # times: London is the one on the Thames
LARGE_TOWN = 250_000  # inhabitants: the newsroom of a dispatch sits in a town that every reader knows
# A town or country, then a day, a bracket with the agency, or a dash: what opens a dispatch.
_DATELINE = re.compile(
    r"\s{0,9}(?P<town>[^\W\d_][^\d,;:()\n–—]{1,30}?)(?:,[^\n–—:]{0,12}\d[^\n–—:]{0,12})?\s?(?:\([^)\n]{2,20}\)\s?)?[–—:-]\s"
)
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
    if language == "pt":
        found.update(countries("pt_PT"))
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
def _towns() -> dict[str, str]:
    """Map the names of large towns to their country, where one town of the name outweighs all; own names go first."""
    large = [town for town in gazetteer.towns() if town.inhabitants >= LARGE_TOWN]
    large = [town for town in large if town.name not in gazetteer.claimed()]
    others = _dominant((folded(name), town) for town in large for name in town.others)
    return others | _dominant((folded(town.name), town) for town in large)


def _dominant(named: Iterable[tuple[str, gazetteer.Town]]) -> dict[str, str]:
    sizes: dict[str, dict[str, int]] = {}
    for name, town in named:
        known = sizes.setdefault(name, {})
        known[town.country] = max(town.inhabitants, known.get(town.country, 0))
    return {name: found for name, known in sizes.items() if (found := _outweighing(known))}


def _outweighing(known: dict[str, int]) -> str | None:
    first, *others = sorted(known, key=lambda country: -known[country])
    return first if not others or known[first] >= FAR_LARGER * known[others[0]] else None


def dateline(text: str) -> str | None:
    """Yield the country whose large town or name begins the text as a dateline ("LISBON, 19 June –"), else None."""
    found = _DATELINE.match(text)
    if found is None:
        return None
    return _towns().get(folded(found["town"])) or countries().get(found["town"])


@lru_cache(maxsize=2**14)  # most words of most texts, and no more
def nation(word: str) -> str | None:
    """Yield the country that an English name or demonym stands for ("Portugal", "Portuguese"), else None."""
    return countries().get(word) or demonyms().get(word)


@cache
def nation_words() -> dict[str, int]:
    """Map the first word of each name that `nation` knows to the number of words of the longest that begins so."""
    found: dict[str, int] = {}
    for name in (*countries(), *demonyms()):
        run = words(name)
        found[run[0].text] = max(len(run), found.get(run[0].text, 0))
    return found


def country(name: str) -> str | None:
    """Yield the country of an English name ("Portugal"), else None; a demonym is no name of a country."""
    return countries().get(name)
