"""A text as a row of tokens: words, numbers, days and addresses, with values that don't depend on the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from communique.match._months import months
from communique.match._spelled import han_days, han_numbers, numbers

Kind = Literal["word", "number", "day", "address"]

# Longer texts are cut here: the statements that people sign are far shorter, and a book must not stop the desk.
TEXT_CHARACTERS = 400_000

_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of all other scripts: a table of them takes 0.1 s to make
# Soft hyphens, joiners and direction marks stand inside words without being part of them; Arabic tatweel too.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x640, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)

# Vowel signs and accents that stand on their own in Unicode belong to their word, though `\\w` leaves them out.
_MARKS = "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0970-\u0dff]"
# Scripts without spaces between words (Han, hiragana, Thai, Lao, Burmese, Khmer) give one token a letter.
_TOKEN = re.compile(
    r"""
      (?P<address> (?:https?|ftp)://[^\s<>"'()]+ | www\.[^\s<>"'()]+ | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}
                 | \b[a-z][a-z0-9-]{1,62}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:org|com|net|int|info|eu|edu|gov|[a-z]{2})\b
                   (?:/[^\s<>"'()]*)? )
    | (?P<iso> \b(?:1[6-9]|20)\d\d-\d\d?-\d\d?\b )
    | (?P<cjk> (?P<cm>\d{1,2})\ ?[月월]\ ?(?P<cd>\d{1,2})\ ?[日일号號] )
    | (?P<dmy> \b\d{1,2}(?P<sep>[./-])\ ?\d{1,2}(?P=sep)\ ?(?:1[6-9]|20)\d\d\b )
    | (?P<dm> (?<![\w.,])(?P<first>\d{1,2})\.\ ?(?P<second>0[1-9]|1[0-2])\.(?!\d) )
    | (?P<grouped> (?<![\w.,])\d{1,3}(?:[.,'’\ ]\d{3})+(?![\d]) )
    | (?P<number> (?<![A-Za-zÀ-ɏͰ-ԯ])\d+(?:[.,:]\d+)* )
    | (?P<word> [ァ-ヺー]+ | [぀-ゟ㐀-鿿฀-໿က-႟ក-៿] | (?:[^\W_぀-ヿ㐀-鿿฀-໿က-႟ក-៿]|MARKS)+ )
    """.replace("MARKS", _MARKS),
    re.VERBOSE,
)
_HAN = ("ja", "zh")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？…»\n\r\"“”„*•–—-]\s*$")


class Token(NamedTuple):  # made by the hundred for each text: a frozen dataclass takes three times as long
    """One token. A number's value is its decimal form with a point; a day's is "month-day" with the smaller first."""

    kind: Kind
    value: str  # a word: as written
    at: int  # ordinal in the text
    opens: bool  # a word that stands first in a sentence: its capital says nothing


def plain(text: str) -> str:
    """Yield the text with compatibility forms, digits of every script and invisible marks made plain."""
    given = text[:TEXT_CHARACTERS]
    if given.isascii():
        return given
    return _OTHER_DIGIT.sub(_digit, unicodedata.normalize("NFKC", given).translate(_INVISIBLE))


def _digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))


def tokens(text: str, language: str | None) -> Iterator[Token]:
    """Yield the tokens of a text that went through `plain`, in order; days are found by month names in any language."""
    named = months(language)
    row = [_token(found, text, at) for at, found in enumerate(_TOKEN.finditer(text))]
    yield from row
    yield from _spelled_numbers(row, text, _primary(language))
    figures = {at for at, token in enumerate(row) if token.kind == "number"}
    near = sorted({at + beside for at in figures for beside in (-1, 1, 2, 3) if 0 <= at + beside < len(row)})
    for at in near:
        if row[at].kind == "word" and (month := named.get(_month_form(row[at].value))):
            yield from _days_beside(row, at, month)


def _primary(language: str | None) -> str:
    return (language or "").replace("_", "-").split("-")[0].lower()


def _spelled_numbers(row: Sequence[Token], text: str, language: str) -> Iterator[Token]:
    """Yield the numbers and days that a text writes in words or in Han letters."""
    if language not in _HAN:
        words = [(token.at, token.value) for token in row if token.kind in ("word", "number")]
        yield from (Token("number", str(value), at, False) for at, value in numbers(words, language))
        return
    scale = len(row) / max(1, len(text))
    for start, value in han_numbers(text):
        yield Token("number", str(value), int(start * scale), False)
    for start, month, day in han_days(text):
        yield Token("day", day_value(month, day), int(start * scale), False)


@lru_cache(maxsize=1 << 14)
def _month_form(word: str) -> str:
    return word.casefold()


def _days_beside(row: list[Token], at: int, month: int) -> Iterator[Token]:
    """Yield the days that stand beside a month's name: "19 June", "19 de junio", "June 19", "7 and 9 June"."""
    for near in (at - 1, at + 1, at - 2, at - 3):
        if 0 <= near < len(row) and row[near].kind == "number" and _is_day(row[near].value):
            yield Token("day", day_value(month, int(row[near].value)), row[near].at, False)
            if near != at - 1:
                return


def _is_day(value: str) -> bool:
    return value.isdigit() and len(value) <= 2 and 1 <= int(value) <= 31


def day_value(one: int, other: int) -> str:
    """Yield month and day, the smaller first: 6/9 and 9/6 can't be told apart without knowing the source's habit."""
    return f"{min(one, other)}-{max(one, other)}"


def _token(found: re.Match[str], text: str, at: int) -> Token:
    kind, surface = found.lastgroup, found.group()
    if kind == "word":
        return Token("word", surface, at, _opens(text, found.start()))
    if kind == "address":
        return Token("address", surface.rstrip(".,;:!?"), at, False)
    if kind == "grouped":
        return Token("number", re.sub(r"\D", "", surface), at, False)
    if kind == "number":
        return Token("number", _number(surface), at, False)
    return Token("day", _day(found), at, False)


def _day(found: re.Match[str]) -> str:
    if found["cjk"]:
        return day_value(int(found["cm"]), int(found["cd"]))
    if found["dm"]:
        return day_value(int(found["first"]), int(found["second"]))
    if found["iso"]:
        _, month, day = found["iso"].split("-")
        return day_value(int(month), int(day))
    one, other, _ = (int(part) for part in found["dmy"].replace(" ", "").split(found["sep"]))
    return day_value(one, other)


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    if len(before) > 1 and before[-1] == " " and before[-2].isalpha():  # nearly always: a word after a word
        return False
    return start == 0 or bool(_ENDS_SENTENCE.search(before))


def _number(surface: str) -> str:
    """Yield the value: a decimal comma is a point; leading zeros go; "6.0.2" stays as it is."""
    value = surface.replace(",", ".")
    return value if "." in value or ":" in value else (value.lstrip("0") or "0")
