"""Names of places: countries and their people from the registry and CLDR, towns from GeoNames."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from babel import Locale

from communique import registry
from communique.kit import towns
from communique.kit.text import folded

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "el", "tr", "pl", "ar", "sv")
_TOWN = 100_000  # people: smaller towns share their names with people and things
_LEAST = 4  # letters of a town's name
# Many towns and people bear their names, so a gazetteer of towns does not tell them.
_AMERICAN_STATES = (
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware",
    "District of Columbia", "Florida", "Georgia", "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas",
    "Kentucky", "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan", "Minnesota", "Mississippi",
    "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire", "New Jersey", "New Mexico", "New York",
    "North Carolina", "North Dakota", "Ohio", "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island",
    "South Carolina", "South Dakota", "Tennessee", "Texas", "Utah", "Vermont", "Virginia", "Washington",
    "West Virginia", "Wisconsin", "Wyoming",
)  # fmt: skip


def is_nation(name: str) -> bool:
    """Tell whether a word, written with a capital, is the name of a country or of its people."""
    return nation(name) is not None


def is_place(name: str) -> bool:
    """Tell whether a word, written with a capital, names a country, its people, a state or a large town."""
    return is_nation(name) or folded(name) in _towns()


def nation(name: str) -> str | None:
    """Yield the country that a word stands for, in any of the languages asked; None: none."""
    return registry.nation(name) or _countries().get(folded(name))


def is_known_otherwise(name: str, *, words: Set[str], nations: Set[str]) -> bool:
    """Tell whether a text names the place in another form; it is given as its folded words and its countries."""
    if nation(name) in nations:
        return True
    return any(other in words for other in _towns().get(folded(name), ()))


@cache
def _countries() -> dict[str, str]:
    """Map folded one-word names of countries in many languages to codes."""
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(folded(name), code)
    return found


@cache
def _towns() -> dict[str, frozenset[str]]:
    """Map folded names of large towns to all their folded names in other languages."""
    found: dict[str, set[str]] = {}
    for town in towns.towns():
        if town.inhabitants >= _TOWN:
            forms = {folded(name) for name in (town.name, *town.others) if len(name) >= _LEAST}
            for form in {folded(town.name), *(folded(name) for name in town.others if name.isascii())}:
                if len(form) >= _LEAST:
                    found.setdefault(form, set()).update(forms)
    for state in _AMERICAN_STATES:
        found.setdefault(folded(state), set())
    return {name: frozenset(forms) for name, forms in found.items()}
