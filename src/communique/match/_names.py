"""Words in a form that survives translation: folded, of one script, without the ending.

Two forms. The *stem* of a word in Latin, Greek or Cyrillic script: transliterated, folded, cut to its first letters,
so that "Debians", "Debianin", "Дебиан" are one. The *sound* of a word in any script: its consonants, in classes that
languages confuse (p/b/f/v, k/g/q, s/z, d/t, l/r), so that "Palestine", "فلسطين" and "パレスチナ" come near each other;
after the idea of Soundex (Russell 1918). Letters get their sound from their names in the Unicode standard.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from communique.kit.text import folded

STEM_LETTERS = 6  # of 5, 6, 7: endings of Slavic, Finnish and Hungarian cases are three letters and fewer
SOUND_LETTERS = 5

_LETTERS = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=j з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh"
    " щ=sh ъ= ы=i ь= э=e ю=iu я=ia і=i ї=i є=e ґ=g ђ=dj ј=j љ=l њ=n ћ=c џ=dj ў=u"
    " α=a β=v γ=g δ=d ε=e ζ=z η=i θ=t ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=h ψ=ps ω=o"
    " ı=i ł=l ø=o đ=d ß=ss æ=ae œ=oe þ=t ð=d"
)
_TO_LATIN = str.maketrans(dict(pair.split("=") for pair in _LETTERS.split(" ")))
# Spellings of one sound in different orthographies, applied in this order.
_SPELLINGS = (
    ("sch", "sh"), ("tch", "ch"), ("ph", "f"), ("th", "t"), ("kh", "h"), ("ck", "k"), ("qu", "k"), ("cz", "ch"),
    ("sz", "sh"), ("y", "i"), ("w", "v"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"),
)  # fmt: skip
_KANA = re.compile("[ぁ-ヿ]")
_CLASSES = str.maketrans("pbfvkgqcxszjdtlrmn", "bbbbkkkkkssstt" "rrmn")  # fmt: skip


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str | None:
    """Yield the first letters of a word in one spelling; None for scripts without a transliteration here."""
    form = folded(folded(word).translate(_TO_LATIN))
    if not form.isascii():
        return None
    for written, sounded in _SPELLINGS:
        form = form.replace(written, sounded)
    return form[:STEM_LETTERS]


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """Yield the first consonant classes of a word in any script, without doubles; "" for a word of vowels."""
    letters = folded(word)
    if letters.isascii():
        return _classed(letters.replace("h", "").replace("y", "").replace("w", ""))
    spoken = word if _KANA.search(word) else letters  # folding would take the voice from ベ
    return _classed("".join(_sounded(letter) for letter in spoken))


def _classed(letters: str) -> str:
    kept: list[str] = []
    previous = ""
    for letter in letters.translate(_CLASSES):
        if letter in "bkstrmn" and letter != previous:
            kept.append(letter)
        previous = letter
    return "".join(kept[:SOUND_LETTERS])


@lru_cache(maxsize=1 << 12)
def _sounded(letter: str) -> str:
    """Yield how a letter's Unicode name begins: BEH -> b, KATAKANA KA -> ka, HANGUL GWAN -> gwan."""
    if letter.isascii():
        return "" if letter in "hyw" else letter
    name = unicodedata.name(letter, "")
    _, found, rest = name.partition("LETTER ") if "LETTER " in name else name.partition("SYLLABLE ")
    spoken = rest.split(" ")[0].lower() if found and "SIGN" not in rest else ""
    if not spoken or name.startswith(("CJK", "YI ")):
        return ""
    if "SYLLABLE" in name or name.startswith(("KATAKANA", "HIRAGANA")) or len(spoken) == 2:
        return spoken.replace("h", "").replace("y", "").replace("w", "")  # TU -> tu, EM -> em
    if spoken[0] in "aeiou":
        return "a"  # ALPHA, IOTA, ALEF, AIN: a vowel, or nothing that other scripts write
    return spoken[0] if spoken[0] not in "hyw" else ""
