"""Words of a text with their places, by one plain rule for all scripts that part words with spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import NamedTuple

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., U.K.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W_])"  # 1,000 and 27th, but not the 3 of W3C
    r"|n['’]t(?![^\W_])"
    r"|[^\W_]+(?!(?<=n)['’]t(?![^\W_]))"  # has + n't
    r"(?:(?<=[^\W_])-(?=[^\W_])(?!(?<=[a-z]-)[A-Z]{2})[^\W_]+)*"  # AFL-CIO is one word, Poland-KPP is two
    r"|['’]s\b"
    r"|\S"
)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\xa0": " ", "\u202f": " ", "–": "-", "—": "-", "‑": "-"})

# The same and the one letter whose small form is two code points (İ), so that small letters keep their places.
LEVELLED = _APOSTROPHES | {ord("İ"): "i"}


class Word(NamedTuple):
    """One word, number or mark of a text."""

    text: str  # as written
    low: str  # small letters, plain apostrophes
    start: int  # code points of the text
    end: int  # exclusive


class Run(tuple[Word, ...]):
    """The words of a text, with what is asked of all of them again and again. Made by `words`."""

    @cached_property
    def capitals(self) -> tuple[int, ...]:
        """Yield the indexes of the words that begin with a capital."""
        return tuple([index for index, word in enumerate(self) if word.text[0].isupper()])

    @cached_property
    def after_the(self) -> tuple[int, ...]:
        """Yield the indexes of the words behind "the"."""
        if "the" not in self.lows:
            return ()
        return tuple([index for index in range(1, len(self)) if self[index - 1].low == "the"])

    @cached_property
    def lows(self) -> frozenset[str]:
        """Yield all words, in small letters."""
        return frozenset([word.low for word in self])


_REMEMBERED = 2_000  # characters: a title and a lead, which several rooms take apart one after another


def words(text: str) -> Run:
    """Yield words, numbers and marks in order. "Germany's" gives two, "hasn't" two, "27th" one."""
    return _remembered(text) if len(text) <= _REMEMBERED else _words(text)


@lru_cache(maxsize=32)
def _remembered(text: str) -> Run:
    return _words(text)


def _words(text: str) -> Run:
    return Run([
        # What is ASCII, of which the table has nothing, stays as it is.
        Word(word, low if (low := word.lower()).isascii() else low.translate(_APOSTROPHES), found.start(), found.end())
        for found in _WORD.finditer(text)
        if (word := found[0])
    ])  # fmt: skip


def level(text: str) -> str:
    """Yield the text in small letters and plain apostrophes, hyphens and spaces, code point for code point."""
    return text.translate(LEVELLED).lower()


def is_part_of_word(letter: str) -> bool:
    """Tell whether a code point stands inside a word: a letter, a digit, a mark on one, or an underscore."""
    return letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M"


def is_unspaced(letter: str) -> bool:
    """Tell whether a letter is of a script that writes words without spaces (Han, kana, Thai, Lao, Khmer, Burmese)."""
    code = ord(letter)
    return code >= 0x0E00 and (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0x0E00 <= code <= 0x0EFF
        or 0x1780 <= code <= 0x17FF
        or 0x1000 <= code <= 0x109F
        or 0x20000 <= code <= 0x3FFFF
    )
