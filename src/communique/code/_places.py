"""Places of a text: countries (CLDR), towns (GeoNames), and what stands after "in"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from communique import registry
from communique.kit import towns as gazetteer
from communique.kit.words import Run, Word
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


def places(words: Run, taken: Iterable[Span], countries: frozenset[str]) -> tuple[Place, ...]:
    """Yield the places of an English text outside the given spans; `countries` are those that the text speaks of."""
    covered: set[int] = set()
    for start, end in taken:
        covered.update(range(start, end))
    found: list[Place] = []
    after = 0
    for index in words.where.capitals:
        if index < after or words[index].start in covered:
            continue
        place, after = _at(words, index, found, countries)
        if place and covered.isdisjoint(range(*place.span)):
            found.append(place)
    return tuple(found)


_LARGE = 100_000  # inhabitants: towns of which the gazetteer has the names in other languages
_NAME_WORDS = 4


def spoken(words: Sequence[Word], taken: Iterable[Span], language: str) -> tuple[Place, ...]:
    """Yield the countries, as CLDR writes them, and the large towns of a text outside the given spans."""
    covered = {spot for start, end in taken for spot in range(start, end)}
    found: list[Place] = []
    index = 0
    while index < len(words):
        is_name = words[index].start not in covered and not words[index].text[0].islower()
        place = _spoken_at(words, index, language) if is_name else None
        if place:
            found.append(place)
        index += len(place.text.split()) if place else 1
    return tuple(found)


def _spoken_at(words: Sequence[Word], index: int, language: str) -> Place | None:
    known = _names(language)
    for size in range(min(_spoken_widths(language).get(words[index].text, 1), len(words) - index), 0, -1):
        part = words[index : index + size]
        name = " ".join([word.text for word in part])
        if name in known:
            return Place(text=name, span=(part[0].start, part[-1].end), name=name, country=known[name])
    return None


@cache
def _spoken_widths(language: str) -> dict[str, int]:
    """Map first words of names to the number of words of the longest that begins so, up to _NAME_WORDS."""
    return {first: min(size, _NAME_WORDS) for first, size in _by_first(_names(language)).items()}


@cache
def _names(language: str) -> dict[str, str | None]:
    """Map names of places to their country; None where states dispute it. A name that is several places is left out."""
    found: dict[str, str | None] = {}
    bearers: dict[str, set[str]] = {}
    for town in gazetteer.towns():
        if town.inhabitants >= _LARGE:
            for name in (town.name, *town.others):
                bearers.setdefault(name, set()).add(town.country)
    found |= {name: next(iter(of)) for name, of in bearers.items() if len(of) == 1 and len(name) > _SHORT}
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    found |= {name: code for code, name in territories.items() if len(code) == _CODE and code.isalpha()}
    return found | dict.fromkeys(gazetteer.claimed(), None)


_SHORT, _CODE = 3, 2  # letters: shorter names of towns are words as well; countries have codes of two


def _at(
    words: Sequence[Word], index: int, found: Sequence[Place], countries: frozenset[str]
) -> tuple[Place | None, int]:
    for size in range(min(_widths().get(words[index].text, 1), len(words) - index), 0, -1):
        part = words[index : index + size]
        name = words[index].text if size == 1 else " ".join([word.text for word in part]).replace(" 's", "'s")
        if made := _named(name, part, words, index, found, countries):
            return made, index + size
    return None, index + 1


@cache
def _widths() -> dict[str, int]:
    """Map the first word of each place's name to the number of words of the longest that begins so."""
    names = (*registry.countries(), *_REGIONS, *gazetteer.claimed(), *towns())
    return _by_first(name.replace("'s", " 's").removesuffix("-shi") for name in names)


def _by_first(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        first, *others = name.split(" ")
        found[first] = max(found.get(first, 1), 1 + len(others))
    return found


def _named(
    name: str,
    part: Sequence[Word],
    words: Sequence[Word],
    index: int,
    found: Sequence[Place],
    countries: frozenset[str],
) -> Place | None:
    span = (part[0].start, part[-1].end)
    lands = _lands()
    if name in lands:
        return Place(text=name, span=span, name=name, country=lands[name])
    before = words[index - 1].low if index else ""
    if before == "the" and index > 1:
        before = words[index - 2].low if words[index - 2].low not in _LOCATIVE else ""
    is_after = before in _LOCATIVE or (
        before in _ALONG and any(place.span[1] >= words[index - 1].start - 1 for place in found)
    )
    known = _towns_called(name)
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


@cache
def _lands() -> dict[str, str | None]:
    """Map countries to their codes, and to None what is none or is claimed by several."""
    return dict.fromkeys((*_REGIONS, *gazetteer.claimed()), None) | registry.countries()


@lru_cache(maxsize=2**14)
def _towns_called(name: str) -> tuple[Town, ...]:
    return towns().get(name) or towns().get(f"{name}-shi", ())


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
