"""By what a short text shows its language: words that the language knows, letters that it does not have.

Both tables stand in `data/`, written from knowledge of the languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

# Evidence is in natural logarithms of likelihood.
_WORD = 3.0  # a word of the language, of four letters or more
_SHORT_WORD = (0.0, 1.0, 2.0, 2.5)  # of no, one, two and three letters: they stand in more languages than list them
_STRANGE = 2.0  # a word with a letter that the language does not have
_MOST_STRANGE = 4  # words of that kind that count: more are a name repeated
# Forms of Chinese characters that neither China nor Taiwan writes: simplified in Japan alone, or made there
JAPANESE = frozenset(
    "円対沢駅図価団応経済関検権歳実戦総続伝発売変辺読労営広圧囲塩桜拡観帰気軽険県顕験効鉱黒砕斎剤雑賛児釈収従渋縦粛暁焼証奨乗浄剰畳縄壌嬢譲醸働込峠畑辻枠匂栃凪笹渓渇歓勧陥恵掲鶏撃倹剣圏"
    "厳呉娯郷穂髄瀬斉摂専繊捜挿荘蔵臓択弾遅鋳庁聴逓鉄転稲徳脳覇拝廃髪抜払仏豊毎黙訳薬揺謡頼覧竜両猟緑塁齢歴録"
)
_CODE = re.compile(r"[\d@/\\:]|\w\.\w")
_EDGES = ".,:;!?¡¿()[]{}<>«»„“”‚‘’'\"`*…–—-،؛؟।。、"


def plain_words(text: str, *, script: str) -> list[str]:
    """Yield the words of a text in a script (LATIN, CYRILLIC …), without names of products, acronyms and addresses."""
    found = [word.strip(_EDGES) for word in text.split()]
    own = [word for word in found if unicodedata.name(_first_letter(word), "").startswith(script)]
    plain = [word for word in own if not _is_code(word)]
    return plain or own


def evidence(words: Iterable[str], among: Iterable[str]) -> Mapping[str, float]:
    """Yield how far each language of `among` is spoken for by single words, relative to a language that has none."""
    folded = [unicodedata.normalize("NFC", word).lower().replace("’", "'") for word in words]
    known: defaultdict[str, float] = defaultdict(float)
    for word in folded:
        for name in _speakers().get(word, ()):
            known[name] += _SHORT_WORD[len(word)] if len(word) < len(_SHORT_WORD) else _WORD
    letters = [frozenset(letter for letter in word if letter > "\x7f" and letter in _all_letters()) for word in folded]
    marked = [one for one in letters if one]
    return {name: known[name] - _STRANGE * min(_MOST_STRANGE, _strange(marked, name)) for name in among}


def _strange(marked: Iterable[frozenset[str]], name: str) -> int:
    """Count the words with a letter that a language does not have; none for a language without a line."""
    own = _letters().get(name)
    return sum(not one <= own for one in marked) if own is not None else 0


def _first_letter(word: str) -> str:
    return next((char for char in word if char.isalpha()), "0")


def _is_code(word: str) -> bool:
    """Tell whether a word is an acronym, an address, a number or a product's name: it is alike in all languages."""
    if _CODE.search(word):
        return True
    return not word[1:].islower() and any(char.isupper() for char in word[1:]) and not word.istitle()


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """Yield the languages that know a word, by word."""
    known: dict[str, list[str]] = {}
    for name, words in _table("words.txt"):
        for word in set(words.replace("’", "'").split()):
            known.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in known.items()}


@cache
def _letters() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(letters) for name, letters in _table("letters.txt")}


@cache
def _all_letters() -> frozenset[str]:
    return frozenset().union(*_letters().values())


def _table(name: str) -> Iterable[tuple[str, str]]:
    lines = files("communique.read").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines if line and not line.startswith("#")]
