"""Names of months in some hundred languages (CLDR), also with the endings and prefixes that languages give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from communique.kit import months
from communique.kit.text import folded
from communique.read._words import words

# Abbreviations that people write and CLDR does not have
_ALSO = {"sept": 9, "janv": 1, "juill": 7, "mrt": 3, "okt": 10, "setiembre": 9}
# Sorani Kurdish, which CLDR does not have
_SORANI = (
    "کانوونی دووەم", "شوبات", "ئازار", "نیسان", "ئایار", "حوزەیران", "تەمووز", "ئاب", "ئەیلوول", "تشرینی یەکەم",
    "تشرینی دووەم", "کانوونی یەکەم",
)  # fmt: skip
# Languages that put endings behind a month's name ("junija", "ekainaren", "jūnijā"); CLDR has one form or two.
_INFLECTED = words("az ckb et eu fi hu hy ka kk ky lt lv mt sl tr uz")
_ENDING = 4  # letters of an ending at most
_CHILLU = {"ണ": "ൺ", "ന": "ൻ", "ര": "ർ", "ല": "ൽ", "ള": "ൾ"}  # Malayalam consonants without a vowel, old and new way
_GENERIC = r"[^\W\d_][^\s\d.,،/()|:–—-]{1,19}"
_COMMON = 3  # times as many languages that must mean one month by a name as mean others, where no language decides


def month(name: str, language: str | None) -> int | None:
    """Yield the month that a name means, 1 to 12; a name of two months is decided by the language, or not at all."""
    key, base = _key(name), (language or "").split("-")[0]
    if base == "my":
        key = key.removesuffix("လ")  # Burmese "month"
    meanings = _names().get(key, {})
    if own := meanings.get(base):
        return own
    if not meanings and key[0] == "ב":  # Hebrew "in"
        meanings = _names().get(key[1:], {})
    if not meanings and base in _INFLECTED:
        return _inflected(key, base)
    if not meanings or "en" in meanings:
        return meanings.get("en")
    counted = Counter(meanings.values()).most_common()
    return counted[0][0] if counted[0][1] >= _COMMON * sum(count for _, count in counted[1:]) else None


@cache
def _inflected(key: str, language: str) -> int | None:
    """Yield the month whose name a word is but for its ending; None where two fit."""
    fitting = {
        meanings[language]
        for name, meanings in _names().items()
        if language in meanings and len(name) > 3 and len(key) <= len(name) + _ENDING and key.startswith(name[:-1])
    }
    return fitting.pop() if len(fitting) == 1 else None


@cache
def pattern() -> str:
    """Yield a regular expression for what may be the name of a month: any word, or one of the names of several."""
    several = {name for name, _, _ in _printed() if not re.fullmatch(_GENERIC, name)}
    named = "|".join(re.escape(name) for name in sorted(several, key=lambda name: (-len(name), name)))
    return f"(?:{named}|{_GENERIC})"


@cache
def _names() -> dict[str, dict[str, int]]:
    """Yield the names of months (folded), each with the languages that use it and the month that it means there."""
    names: dict[str, dict[str, int]] = {_key(name): {"en": number} for name, number in _ALSO.items()}
    for name, number, language in _printed():
        names.setdefault(_key(name), {}).setdefault(language, number)
    return names


def _printed() -> Iterator[tuple[str, int, str]]:
    for language in months.languages():
        for name, number in months.of(language).items():
            yield name, number, language
    for number, name in enumerate(_SORANI, 1):
        yield name, number, "ckb"


def _key(name: str) -> str:
    key = folded(name).strip(".'’")
    if "\u200d" in key:
        key = re.sub(r"(.)\u200d", lambda found: _CHILLU.get(found[1], found[1]), key)
    return key
