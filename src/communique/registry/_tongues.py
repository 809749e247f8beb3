"""Names by rule in other languages: a head ("parti communiste", "правительство") beside a country or its adjective.

Heads stand in `data/rules/<language>.toml` under what the same body is called in English, which is how a body known by
its English name is found behind its French one; adjectives of countries in `data/nations/<language>.csv`; countries'
names come from CLDR; case forms of all of them from the tables of `_inflection`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from communique.kit.words import Word, words
from communique.registry._inflection import demonym_forms, forms, phrase_forms
from communique.registry._lookup import looked_up
from communique.registry._nations import countries
from communique.registry._rules import RuleName

_Known = TypeVar("_Known")
_NATIONS = files("communique.registry").joinpath("data", "nations")
TONGUES = frozenset(path.name.removesuffix(".csv") for path in _NATIONS.iterdir())
_SLOT = "*"  # where a country may stand inside a head
MAX_JOINTS = 3  # words such as "de la" between a head and its country
# Kinds that are described rather than named: "the Greek government" is no name that a registry would list.
_DESCRIBED = frozenset({"government", "military", "police"})


class Head(NamedTuple):
    """The words that a name turns on, as they are looked up."""

    words: tuple[str, ...]
    kind: str
    concept: str  # what the body is called in English, without its country
    is_short: bool  # an acronym, which keeps its capitals


class Spot(NamedTuple):
    """A word of the text in the forms under which it may be known, each with the letters cut off before it."""

    word: Word
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What names by rule are made of in one language."""

    language: str
    side: str  # where the country stands: "before", "behind", "both"
    joints: frozenset[str]
    heads: dict[str, tuple[Head, ...]]  # by their first word, longest first
    nations: dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first word, longest first: words, country


@cache
def tongue(language: str) -> Tongue:
    """Load one of TONGUES."""
    text = files("communique.registry").joinpath("data", "rules", f"{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Tongue(
        language=language,
        side=table["side"],
        joints=frozenset(looked_up(joint) for joint in table["joints"].split(" ")),
        heads=_by_first(_heads(table["names"], language)),
        nations=_by_first(_nations(language)),
    )


def found(text: str, language: str) -> tuple[list[RuleName], frozenset[str]]:
    """Yield the names by rule in a text of one of TONGUES, in order, and all countries that it speaks of."""
    told = tongue(language)
    run = [_spot(word, language) for word in words(text)]
    names: list[RuleName] = []
    spoken: set[str] = set()
    place = 0
    while place < len(run):
        nation = _nation_at(run, place, told)
        if nation:
            spoken.add(nation[1])
        name, after = _before(run, place, nation, told) or _behind(run, place, told) or (None, place + 1)
        if name:
            names.append(name)
            spoken.add(name.country or "")
        place = after
    return names, frozenset(spoken - {""})


_Found = tuple[RuleName, int] | None


def _behind(run: Sequence[Spot], place: int, told: Tongue) -> _Found:
    """Read "gouvernement [de l'] Italie", "fédération [italienne] de football"."""
    for head in _starting(run[place], told.heads):
        end, country = _matched(run, place, head, told)
        if end and country is None and told.side != "before":
            end, country = _with_nation(run, end, told)
        if end and country:
            return _name(run, place, end, head, country), end
    return None


def _before(run: Sequence[Spot], place: int, nation: tuple[int, str] | None, told: Tongue) -> _Found:
    """Read "griechische Regierung", "Yunanistan[’ın] Komünist Partisi"."""
    if nation is None or told.side == "behind":
        return None
    start = nation[0]
    while start < len(run) and start - nation[0] < MAX_JOINTS and told.side == "before" and _joins(run[start], told):
        start += 1
    for head in _starting(run[start], told.heads) if start < len(run) else ():
        end, inner = _matched(run, start, head, told)
        if end and inner is None:
            return _name(run, place, end, head, nation[1]), end
    return None


def _matched(run: Sequence[Spot], place: int, head: Head, told: Tongue) -> tuple[int, str | None]:
    """Yield the index behind a head that stands at a place, and the country inside it; 0: it does not stand there."""
    country = None
    for word in head.words:
        if word == _SLOT:
            place, country = _with_nation(run, place, told)
            if country is None:
                return 0, None
        elif place < len(run) and _is(run[place], word, head):
            place += 1
        else:
            return 0, None
    return place, country


def _with_nation(run: Sequence[Spot], place: int, told: Tongue) -> tuple[int, str | None]:
    end = place
    for _ in range(MAX_JOINTS + 1):
        nation = _nation_at(run, end, told) if end < len(run) else None
        if nation:
            return nation
        if end >= len(run) or not _joins(run[end], told):
            break
        end += 1
    return 0, None


def _nation_at(run: Sequence[Spot], place: int, told: Tongue) -> tuple[int, str] | None:
    for form, _ in run[place].forms:
        for parts, country in told.nations.get(form, ()):
            rest = run[place + 1 : place + len(parts)]
            if len(rest) == len(parts) - 1 and all(
                _has(spot, part) for spot, part in zip(rest, parts[1:], strict=True)
            ):
                return place + len(parts), country
    return None


def _name(run: Sequence[Spot], place: int, end: int, head: Head, country: str) -> RuleName:
    cut = next((cut for form, cut in run[place].forms if form == head.words[0]), 0)
    return RuleName(
        start=run[place].word.start + cut, end=run[end - 1].word.end, kind=head.kind, country=country,
        rest=head.concept, is_full=head.kind not in _DESCRIBED,
    )  # fmt: skip


def _starting(spot: Spot, heads: dict[str, tuple[Head, ...]]) -> Iterator[Head]:
    for form, _ in spot.forms:
        yield from heads.get(form, ())


def _is(spot: Spot, word: str, head: Head) -> bool:
    return _has(spot, word) and (not head.is_short or spot.word.text.isupper())


def _has(spot: Spot, word: str) -> bool:
    return any(form == word for form, _ in spot.forms)


def _joins(spot: Spot, told: Tongue) -> bool:
    return spot.forms[0][0] in told.joints


def _spot(word: Word, language: str) -> Spot:
    low = looked_up(word.text)
    return Spot(word, tuple(_bared(low)) if language == "ar" else ((low, 0),))


def _bared(low: str) -> Iterator[tuple[str, int]]:
    """Yield an Arabic word as it stands, and without the particles and the article written onto it."""
    yield low, 0
    cut = 0
    for particles in ("وف", "بلك"):
        cut += low[cut : cut + 1] in tuple(particles) and len(low) - cut > MAX_JOINTS
        yield low[cut:], cut
        if low[cut:].startswith(("ال", "لل")):
            yield low[cut + 2 :], cut


def _heads(names: dict[str, dict[str, list[str]]], language: str) -> Iterator[tuple[tuple[str, ...], Head]]:
    for kind, concepts in names.items():
        for concept, phrases in concepts.items():
            for phrase in phrases:
                for form in {*phrase_forms(phrase, language), *forms(phrase, language)}:
                    parts = tuple(looked_up(word.text) for word in words(form))
                    yield parts, Head(parts, kind, concept, phrase.isupper())


def _nations(language: str) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, ...], str]]]:
    """Yield the words for each country in all their forms; a word for two countries stands for neither."""
    codes: dict[tuple[str, ...], set[str]] = {}
    for form, code in _nation_forms(language):
        parts = tuple(_article_off(looked_up(word.text), language) for word in words(form))
        codes.setdefault(parts, set()).add(code)
    return ((parts, (parts, next(iter(found)))) for parts, found in codes.items() if len(found) == 1)


def _article_off(part: str, language: str) -> str:
    return part.removeprefix("ال") if language == "ar" else part


def _nation_forms(language: str) -> Iterator[tuple[str, str]]:
    for name, code in countries(language).items():
        yield from ((form, code) for form in phrase_forms(name, language))
    text = files("communique.registry").joinpath("data", "nations", f"{language}.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for adjective in filter(None, row["adjectives"].split(";")):
            yield from ((form, row["country"]) for form in demonym_forms(adjective, language))
        yield from ((name, row["country"]) for name in filter(None, row["names"].split(";")))


def _by_first(pairs: Iterable[tuple[tuple[str, ...], _Known]]) -> dict[str, tuple[_Known, ...]]:
    found: dict[str, list[tuple[int, _Known]]] = {}
    for parts, known in pairs:
        if parts:
            found.setdefault(parts[0], []).append((-len(parts), known))
    return {first: tuple(known for _, known in sorted(those, key=lambda one: one[0])) for first, those in found.items()}
