"""Places of a text: countries (CLDR), towns (GeoNames), and what stands after "in"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from communique import registry
from communique.kit import towns as gazetteer
from communique.kit.words import Word
from communique.records import Place, Span

_LOCATIVE = frozenset({"in", "at", "near", "from", "outside", "around"})
_ALONG = frozenset({"to", "of", "and", ",", "across", "between", "throughout"})
_KNOWN_EVERYWHERE = 500_000  # inhabitants: a town this large is a place without a preposition as well
_REGIONS = {"Middle East", "West Bank", "Gaza", "Gaza Strip", "Latin America", "Africa", "Asia", "Europe", "Kashmir"}


class Town(NamedTuple):
    """A town that a name may mean."""

    country: str
    inhabitants: int


@cache
def towns() -> dict[str, tuple[Town, ...]]:
    """Map names to towns of more than 15,000 inhabitants, largest first."""
    found: dict[str, list[Town]] = {}
    for town in gazetteer.towns():
        found.setdefault(town.name, []).append(Town(town.country, town.inhabitants))
    return {name: tuple(sorted(several, key=lambda town: -town.inhabitants)) for name, several in found.items()}


def places(words: Sequence[Word], taken: Iterable[Span], countries: frozenset[str]) -> tuple[Place, ...]:
    """Yield the places of an English text outside the given spans; `countries` are those that the text speaks of."""
    covered: set[int] = set()
    for start, end in taken:
        covered.update(range(start, end))
    found: list[Place] = []
    index = 0
    while index < len(words):
        place, after = (None, index + 1) if words[index].start in covered else _at(words, index, found, countries)
        if place and not any(spot in covered for spot in range(*place.span)):
            found.append(place)
        index = after
    return tuple(found)


def _at(
    words: Sequence[Word], index: int, found: Sequence[Place], countries: frozenset[str]
) -> tuple[Place | None, int]:
    if not words[index].text[0].isupper():
        return None, index + 1
    for size in (5, 4, 3, 2, 1):
        part = words[index : index + size]
        name = "".join(f" {word.text}" if word.start > part[0].start else word.text for word in part).replace(
            " 's", "'s"
        )
        if len(part) == size and (made := _named(name, part, words, index, found, countries)):
            return made, index + size
    return None, index + 1


def _named(
    name: str,
    part: Sequence[Word],
    words: Sequence[Word],
    index: int,
    found: Sequence[Place],
    countries: frozenset[str],
) -> Place | None:
    span = (part[0].start, part[-1].end)
    country = registry.country(name)
    if country:
        return Place(text=name, span=span, name=name, country=country)
    if name in _REGIONS or name in gazetteer.claimed():
        return Place(text=name, span=span, name=name, country=None)
    before = words[index - 1].low if index else ""
    if before == "the" and index > 1:
        before = words[index - 2].low if words[index - 2].low not in _LOCATIVE else ""
    is_after = before in _LOCATIVE or (
        before in _ALONG and any(place.span[1] >= words[index - 1].start - 1 for place in found)
    )
    known = towns().get(name) or towns().get(f"{name}-shi", ())
    if known and (is_after or (index and before != "." and known[0].inhabitants >= _KNOWN_EVERYWHERE)):
        return Place(text=name, span=span, name=name, country=_country(known, countries))
    if (
        is_after
        and before in _LOCATIVE
        and len(part) == 1
        and not registry.nation(name)
        and not _goes_on(words, index + 1)
    ):
        return Place(text=name, span=span, name=name, country=None)
    return None


def _goes_on(words: Sequence[Word], after: int) -> bool:
    """Tell whether more of a name follows, so that one word of it is no place."""
    return after < len(words) and (
        words[after].text[0].isupper() or words[after].low == "'s" or words[after].low.isdigit()
    )


def _country(known: Sequence[Town], countries: frozenset[str]) -> str | None:
    """Choose by the countries that the text speaks of, else by size where one town is five times any other."""
    here = {town.country for town in known if town.country in countries}
    if len(here) == 1:
        return here.pop()
    abroad = [town for town in known[1:] if town.country != known[0].country]
    return known[0].country if not abroad or known[0].inhabitants >= 5 * abroad[0].inhabitants else None
