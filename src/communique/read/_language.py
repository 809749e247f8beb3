"""The language of a text: by its script first, then by its letters, with the source's languages as prior."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from math import exp, log
from typing import Any

from communique.read import _language_signs
from communique.read._words import words

SAMPLE_CHARS = 1500  # what follows has not changed the answer on any of 1,261 texts in 24 languages
FEWEST_LETTERS = 4  # fewer say nothing at all
# The model's likelihoods come from overlapping sequences of letters, as if each spoke for itself: they are this much
# too sure. Fitted, as the next two are, on some 6,000 short lines of interfaces in 70 languages.
TEMPER = 0.4
SURE = 0.35  # how probable the best language must be
KNOWN = 0.97  # how often a text is in one of the languages that its source is known to use
DECLARED = 0.7  # how often it is in the one that the page declares: often that of the template
_ONE_OF = 50  # characters of a Japanese text without kana, one at least has a form of Japan's own
_LETTER_WEIGHT = {"CJK": 4, "HIRAGANA": 4, "KATAKANA": 4, "HANGUL": 3}  # one says as much as so many of an alphabet

_ONE_LANGUAGE = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "GREEK": "el", "HEBREW": "he", "THAI": "th", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "KHMER": "km",
    "LAO": "lo", "MYANMAR": "my", "GUJARATI": "gu", "GURMUKHI": "pa", "ORIYA": "or", "CJK": "zh",
}  # fmt: skip
_SHARED = {
    "ARABIC": "ar fa ur ps ug ckb",
    "CYRILLIC": "ru uk be bg mk sr kk ky mn tg tt ba",
    "DEVANAGARI": "hi mr ne gom",
    "BENGALI": "bn as",
    "ETHIOPIC": "am",
    "LATIN": "",  # all that are not named above
}
# Languages that the model knows but that no statement source has been seen to use; they win short texts by chance.
_UNLIKELY = words(
    """an ary arz bcl br crh ext fuv gcf gcr guw hbo grc jv kab la lb lij ltg oc pcm sa se vec vo wa wuu yue zxx"""
)
# How often a statement is in a language, roughly, relative to those not named
_COMMON = (
    {"en": 12.0}
    | dict.fromkeys(("es", "de", "fr", "pt", "it", "ru", "ar"), 6.0)
    | dict.fromkeys(
        (
            "nl",
            "pl",
            "tr",
            "sv",
            "da",
            "no",
            "fi",
            "cs",
            "hu",
            "ro",
            "el",
            "uk",
            "vi",
            "id",
            "hr",
            "sr",
            "bg",
            "ca",
            "fa",
            "hi",
        ),
        3.0,
    )
)
_RARE = 1.0
_NAMES = {"nb": "no", "iw": "he", "in": "id", "tl": "fil", "sdh": "ckb"}
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
    known = [_base(tag) for tag in likely]
    if script in _ONE_LANGUAGE:
        return _tagged(_of_han(sample, known) if script == "CJK" else _ONE_LANGUAGE[script], likely)
    if script not in _SHARED or sum(scripts.values()) < FEWEST_LETTERS:
        return None
    scores = _scores(sample, script)
    prior = _prior(scores, known, _base(declared) if declared else None)
    favoured = {name: score + prior[name] for name, score in scores.items()}
    best = max(favoured, key=lambda name: (favoured[name], name))
    doubt = sum(exp(favoured[name] - favoured[best]) for name in favoured)
    return _tagged(best, likely) if doubt * SURE <= 1 else None


def _scripts(text: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for letter in _LETTER.findall(text):
        counted[_script(letter)] += 1
    for script, weight in _LETTER_WEIGHT.items():
        counted[script] *= weight
    return +counted


@lru_cache(maxsize=10_000)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0]


def _main(scripts: Counter[str]) -> str:
    """Yield the script of the text; Japanese is known by its kana, however few.

    A quarter in another script than Latin outweighs Latin: names from abroad stay as they are, the other way seldom.
    """
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana * 12 > scripts["CJK"] + kana:
        scripts = scripts - Counter(KATAKANA=kana, CJK=scripts["CJK"]) + Counter(HIRAGANA=kana + scripts["CJK"])
    others = {name: count for name, count in scripts.items() if name != "LATIN"}
    if others and 4 * max(others.values()) >= scripts.total():
        return max(others, key=lambda name: (others[name], name))
    return max(scripts, key=lambda name: (scripts[name], name))


def _of_han(sample: str, known: Sequence[str]) -> str:
    """Name the language of a text in Chinese characters alone: by forms that only Japan writes, or by its source."""
    of_japan = sum(letter in _language_signs.JAPANESE for letter in sample)
    if of_japan * _ONE_OF > len(sample):  # a name of a company or a town may be quoted in Chinese
        return "ja"
    return "ja" if "ja" in known and "zh" not in known else "zh"


def _scores(sample: str, script: str) -> dict[str, float]:
    """Yield how likely the text is in each language of its script, in natural logarithms, up to a constant."""
    words_ = _language_signs.plain_words(sample, script=script)
    among = _candidates(script)
    ranked = {_NAMES.get(name, name): float(score) for name, score in _model().rank(" ".join(words_))}
    told = {name: TEMPER * score for name, score in ranked.items() if name in among}
    signs = _language_signs.evidence(words_, told)
    return {name: score + signs[name] for name, score in told.items()}


@cache
def _candidates(script: str) -> frozenset[str]:
    if _SHARED[script]:
        return words(_SHARED[script])
    apart = words(" ".join((*_SHARED.values(), *_ONE_LANGUAGE.values()))) - words("sr az tt tg uz")
    every = (_NAMES.get(name, name) for name in _model().nb_classes)
    return frozenset(name for name in every if name not in apart and name not in _UNLIKELY)


def _prior(names: Iterable[str], known: Sequence[str], said: str | None) -> dict[str, float]:
    """Yield the logarithm of how probable each language is before the text is looked at.

    Languages that the source uses share KNOWN, the first of them twice as probable as the next; the one that the page
    declares gets DECLARED; what is left goes to all others, by how many statements they are used in.
    """
    usual = {name: _COMMON.get(name, _RARE) for name in names}
    total = sum(usual.values())
    prior = {name: weight / total for name, weight in usual.items()}
    if said in prior:
        prior = {name: (1 - DECLARED) * share + DECLARED * (name == said) for name, share in prior.items()}
    own = [name for name in dict.fromkeys(known) if name in prior]
    if own:
        rank = {name: 1 / (place + 1) for place, name in enumerate(own)}
        shares = {name: KNOWN * rank[name] / sum(rank.values()) for name in own}
        prior = {name: (1 - KNOWN) * share + shares.get(name, 0.0) for name, share in prior.items()}
    return {name: log(share) for name, share in prior.items()}


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
