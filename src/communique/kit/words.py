"""Words of a text with their places, by one plain rule for all scripts that part words with spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache, partial
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


class Where(NamedTuple):
    """Where in a run to look for what, by index of a word."""

    starts: list[int]  # code points at which the words begin
    lows: frozenset[str]  # all words, in small letters
    capitals: list[int]  # words that begin with a capital
    after_the: list[int]  # words behind "the"
    openings: list[int]  # both, in order


class Run(tuple[Word, ...]):
    """The words of a text, with what is asked of all of them again and again. Made by `words`."""

    @cached_property
    def where(self) -> Where:
        """Yield where to look, from one pass over the words."""
        capitals, after_the, openings = [], [], []
        before = ""
        for place, (text, low, _, _) in enumerate(self):
            is_capital = text[0].isupper()
            if is_capital:
                capitals.append(place)
            if before == "the":
                after_the.append(place)
            if is_capital or before == "the":
                openings.append(place)
            before = low
        starts = [word.start for word in self]
        return Where(starts, frozenset([word.low for word in self]), capitals, after_the, openings)


_REMEMBERED = 2_000  # characters: a title and a lead, which several rooms take apart one after another


def words(text: str) -> Run:
    """Yield words, numbers and marks in order. "Germany's" gives two, "hasn't" two, "27th" one."""
    return _remembered(text) if len(text) <= _REMEMBERED else _words(text)


@lru_cache(maxsize=32)
def _remembered(text: str) -> Run:
    return _words(text)


# The same as Word(…) for each, at half the cost: every text goes through here.
_made = partial(tuple.__new__, Word)


def _words(text: str) -> Run:
    spans = [found.span() for found in _WORD.finditer(text)]
    if text.isascii():  # small letters keep their places, and the table has nothing of it
        small = text.lower()
        return Run(map(_made, [(text[start:end], small[start:end], start, end) for start, end in spans]))
    return Run(map(_made, [(word := text[start:end], _low(word), start, end) for start, end in spans]))


def _low(word: str) -> str:
    low = word.lower()
    return low if low.isascii() else low.translate(_APOSTROPHES)


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
