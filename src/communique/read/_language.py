"""The language of a text: by its script first, then by its letters, with the source's languages as prior."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from communique.read._words import words

SAMPLE_CHARS = 4000
# Below this many letters the letters alone say too little (measured: "Hello" is taken for Breton).
ENOUGH_LETTERS = 24
FEWEST_LETTERS = 8  # fewer say nothing at all
LEAD = 3.0  # by which the best must lead, in natural logarithms of likelihood, between the two
_LETTER_WEIGHT = {"CJK": 4, "HIRAGANA": 4, "KATAKANA": 4, "HANGUL": 3}  # one says as much as so many of an alphabet
# How much a language that the source uses is favoured, in natural logarithms of likelihood: with it, one short sentence
# is decided between the known ones, and a full paragraph in another language still wins.
PRIOR = 24.0
DECLARED = 8.0  # the page's own `lang`: often that of the template

_ONE_LANGUAGE = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "GREEK": "el", "HEBREW": "he", "THAI": "th", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "KHMER": "km",
    "LAO": "lo", "MYANMAR": "my", "GUJARATI": "gu", "GURMUKHI": "pa", "ORIYA": "or", "CJK": "zh",
}  # fmt: skip
_SHARED = {
    "ARABIC": "ar fa ur ps ug sdh",
    "CYRILLIC": "ru uk be bg mk sr kk ky mn tg tt ba",
    "DEVANAGARI": "hi mr ne sa gom",
    "BENGALI": "bn as",
    "ETHIOPIC": "am",
    "LATIN": "",  # all that are not named above
}
# Languages that the model knows but that no statement source has been seen to use; they win short texts by chance.
_UNLIKELY = words(
    """an ary arz bcl br crh ext fuv gcf gcr guw hbo grc jv kab la lb lij ltg oc pcm sa se vec vo wa wuu yue zxx"""
)
_NAMES = {"nb": "no", "iw": "he", "in": "id", "tl": "fil", "ckb": "sdh"}
_LETTER = re.compile(r"[^\W\d_]")


def language(text: str, *, likely: Sequence[str] = (), declared: str | None = None) -> str | None:
    """Name the language of a text (BCP 47); None where it is too short to tell.

    `likely` are the languages that the source is known to use; `declared` is what the page says of itself.
    """
    sample = text[:SAMPLE_CHARS]
    scripts = _scripts(sample)
    if not scripts:
        return None
    script = _main(scripts)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    known, said = [_base(tag) for tag in likely], _base(declared) if declared else None
    if script not in _SHARED:
        return None
    letters, ranked = sum(scripts.values()), _ranked(sample, script)
    if not ranked or letters < FEWEST_LETTERS:
        return _tagged(known[0], likely) if len(known) == 1 and letters else None
    favoured = {name: score + PRIOR * (name in known) + DECLARED * (name == said) for name, score in ranked}
    best, *others = sorted(favoured, key=lambda name: (-favoured[name], name))
    if letters < ENOUGH_LETTERS and others and favoured[best] - favoured[others[0]] < LEAD:
        return None
    return _tagged(best, likely)


def _scripts(text: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for letter in _LETTER.findall(text):
        script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        counted[script] += _LETTER_WEIGHT.get(script, 1)
    return counted


def _main(scripts: Counter[str]) -> str:
    """Yield the script of the text; Japanese is known by its kana, however few."""
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana * 12 > sum(scripts.values()):
        return "HIRAGANA"
    return max(scripts, key=lambda name: (scripts[name], name))


def _ranked(sample: str, script: str) -> list[tuple[str, float]]:
    among = words(_SHARED[script])
    apart = words(" ".join((*_SHARED.values(), *_ONE_LANGUAGE.values())))
    ranked: list[tuple[str, float]] = [(_NAMES.get(name, name), float(score)) for name, score in _model().rank(sample)]
    if among:
        return [(name, score) for name, score in ranked if name in among]
    latin = apart - {"sr", "az", "tt", "tg"}
    return [(name, score) for name, score in ranked if name not in latin and name not in _UNLIKELY]


@cache
def _model() -> Any:
    # Loaded on first use: half a second that only reading needs.
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def _base(tag: str) -> str:
    base = tag.replace("_", "-").split("-")[0].lower()
    return _NAMES.get(base, base)


def _tagged(name: str, likely: Sequence[str]) -> str:
    """Yield the tag as the source writes it ("pt-BR"), where it is the same language."""
    return next((tag for tag in likely if _base(tag) == name), name)
