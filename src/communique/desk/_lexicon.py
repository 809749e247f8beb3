"""What the desk knows of a language: small lists of words, one reviewable file a language in data/words/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from communique.kit.text import folded

_LISTS = (
    "function", "auxiliary", "negators", "negative", "planned", "possible", "conditional", "strict", "opening",
    "settled", "to", "speech", "loaded",
)  # fmt: skip
Words = frozenset[str]  # folded: lower case, no accents


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one language. What each list means stands in data/words/en.toml."""

    language: str  # BCP 47, primary part; "" where the language has no file: then every list is empty
    inflected: int = 0  # letters at a word's end that cases and persons change; 0: endings as in English are taken off
    function: Words = frozenset()
    auxiliary: Words = frozenset()
    negators: Words = frozenset()
    negative: Words = frozenset()
    planned: Words = frozenset()
    possible: Words = frozenset()
    conditional: Words = frozenset()
    strict: Words = frozenset()
    opening: Words = frozenset()
    settled: Words = frozenset()
    to: Words = frozenset()
    speech: Words = frozenset()
    loaded: Words = frozenset()
    # Forms that a draft is asked for ("called_off": two words), and further words that carry them.
    acts: tuple[tuple[Words, Words], ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    relative: Mapping[str, int] = field(default_factory=dict)
    rounding: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # above, below, about -> words before a number


def primary(language: str | None) -> str:
    """Yield the primary part of a BCP 47 tag, lower case: "pt-BR" gives "pt"; "" for None."""
    return (language or "").replace("_", "-").split("-")[0].lower()


@cache
def languages() -> tuple[str, ...]:
    """Yield the languages that have a file."""
    folder = files("communique.desk").joinpath("data", "words")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def lexicon(language: str) -> Lexicon:
    """Load the words of a language (primary part of its tag); an unknown one has none."""
    if language not in languages():
        return Lexicon(language="")
    path = files("communique.desk").joinpath("data", "words", f"{language}.toml")
    return _made(tomllib.loads(path.read_text(encoding="utf-8")))


def _made(found: dict[str, Any]) -> Lexicon:
    known: dict[str, Any] = {name: _words(found.get(name, "")) for name in _LISTS}
    known |= {name: _values(found.get(name, {})) for name in ("ordinals", "carried", "magnitudes", "relative")}
    known["numbers"] = _values(_joined(found.get("numbers", {}), found.get("joiner")))
    rounding = found.get("rounding", {}).items()
    known["rounding"] = MappingProxyType({way: tuple(folded(words) for words in lines) for way, lines in rounding})
    known["acts"] = tuple(_act(line) for line in found.get("acts", ()))
    return Lexicon(language=found["language"], inflected=found.get("inflected", 0), **known)


def _act(line: str) -> tuple[Words, Words]:
    asked, _, further = line.partition("|")
    return _words(asked), _words(asked) | _words(further)


def _words(line: str) -> Words:
    return frozenset(folded(word) for word in line.split())


def _values(table: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType({folded(word): value for word, value in table.items()})


def _joined(numbers: dict[str, int], joiner: str | None) -> dict[str, int]:
    """Add compounds such as "einundzwanzig", where a language writes units before tens in one word."""
    if joiner is None:
        return numbers
    units = {"ein": 1} | {word: value for word, value in numbers.items() if value < 10}
    tens = {word: value for word, value in numbers.items() if value in range(20, 100, 10)}
    return numbers | {f"{unit}{joiner}{ten}": a + b for unit, a in units.items() for ten, b in tens.items()}
