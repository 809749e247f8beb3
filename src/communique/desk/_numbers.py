"""Numbers as values: 31, thirty-one, ٣١, 3.1 million, 30 per cent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from communique.desk._lexicon import Lexicon
from communique.desk._text import Span, Text, Word

_DIGITS = re.compile(
    r"(?<![\w])(?<!\d[.,])"
    r"(?:\d{1,3}(?:[.,'’٬\u00a0\u202f ]\d{3}){1,5}(?!\d)(?:[.,٫]\d{1,6})?|\d{1,15}(?:[.,٫]\d{1,15})?)"
    r"(?![\d])"
)
_PERCENT = re.compile(
    r"[\s-]{0,2}(?:[%٪％]|per[\s-]?cent|pct\b|pour\s?cents?\b|por\s?cientos?\b|prozent|percentage)", re.I
)
_RANGE = re.compile(r"\s?(?:-|–|to|and|or|bis|und|à|et|a|y)\s?\d[\d.,]{0,8}", re.I)
_FOLLOWING = re.compile(r"[\s-]?([^\W\d_]{1,12})\b")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_COMMA_THOUSANDS = frozenset({"en", "he", "zh", "ja", "ko", "th"})  # 1,234 is one thousand two hundred thirty-four
_DOT_THOUSANDS = frozenset({"de", "es", "it", "pt", "nl", "da", "el", "tr", "id", "ro", "sl", "hr"})
_SCORE = 20  # "quatre-vingts": four twenties
_SHORT = 2  # letters of a magnitude that may as well be a unit: "m", "bn", "k"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text."""

    values: frozenset[str]  # each way to read it, as plain decimals: "3000", "3.1"
    span: Span
    percent: bool | None  # None: can't be told
    asked: bool  # False: too common a word ("one", "both") to be asked for in a draft
    digits: bool  # written in digits


def quantities(text: Text, *, plain: str) -> tuple[Quantity, ...]:
    """Yield the numbers of a text; `plain` is its raw text with addresses and dates blanked."""
    digits = tuple(_of_digits(text, plain))
    taken = {position for one in digits for position in range(*one.span)}
    words = tuple(_of_words(text, plain, taken))
    return tuple(sorted((*_merged(digits, words), *_romans(text)), key=lambda one: one.span))


def _merged(digits: tuple[Quantity, ...], words: tuple[Quantity, ...]) -> Iterator[Quantity]:
    """Drop digits that a number in words has taken in ("Seventy-8")."""
    spans = [one.span for one in words]
    ends = {end for _, end in spans}
    yield from words
    yield from (one for one in digits if one.span[1] not in ends)


def _of_digits(text: Text, plain: str) -> Iterator[Quantity]:
    magnitudes = text.lexicon.magnitudes
    for match in _DIGITS.finditer(plain):
        values, end = _values(match[0], text.language), match.end()
        following = _FOLLOWING.match(plain, end)
        factor = magnitudes.get(following[1].casefold()) if following else None
        if following and factor:
            times = frozenset(_shown(Decimal(value) * factor) for value in values)
            values = times | values if len(following[1]) <= _SHORT else times
            end = following.end()
        yield Quantity(
            values=values, span=(match.start(), end), percent=_is_percent(plain, end, text.lexicon),
            asked=True, digits=True,
        )  # fmt: skip


def _is_percent(plain: str, end: int, lexicon: Lexicon) -> bool | None:
    if _PERCENT.match(plain, end):
        return True
    further = _RANGE.match(plain, end)
    if further and _PERCENT.match(plain, further.end()):
        return None
    return False if lexicon.language else None


def _values(written: str, language: str) -> frozenset[str]:
    """Yield the values that digits with separators can mean in a language."""
    ascii_form = "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in written)
    ascii_form = ascii_form.replace("٬", ",").replace("٫", ".")
    groups = re.split(r"[.,'’\u00a0\u202f ]", ascii_form)
    separators = re.findall(r"[.,'’\u00a0\u202f ]", ascii_form)
    if not separators:
        return frozenset({_shown(Decimal(ascii_form))})
    found = set()
    grouped = Decimal("".join(groups)) if all(len(group) == 3 for group in groups[1:]) else None
    is_one_kind = len(set(separators)) == 1
    if grouped is not None and is_one_kind and not _is_decimal(separators[0], language):
        found.add(_shown(grouped))
    if len(separators) == 1 and separators[0] in ".,":
        if grouped is None or not _is_thousands(separators[0], language):
            found.add(_shown(Decimal(".".join(groups))))
    elif not is_one_kind:
        found.add(_shown(Decimal("".join(groups[:-1]) + "." + groups[-1])))
    if " " in separators:
        found |= {_shown(Decimal(group)) for group in groups}
    return frozenset(found or {_shown(Decimal("".join(groups)))})


def _is_decimal(separator: str, language: str) -> bool:
    return (separator == "." and language in _COMMA_THOUSANDS) or (separator == "," and language in _DOT_THOUSANDS)


def _is_thousands(separator: str, language: str) -> bool:
    return (separator == "," and language in _COMMA_THOUSANDS) or (separator == "." and language in _DOT_THOUSANDS)


def _shown(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _of_words(text: Text, plain: str, taken: set[int]) -> Iterator[Quantity]:
    """Yield numbers that are written in words, compounds taken together."""
    known = text.lexicon
    if not known.language:
        return
    words, at = text.words, 0
    while at < len(words):
        count, value, asked = _compound(words, at, known)
        if count == 0 or plain[words[at].span[0]].isspace() or words[at].span[0] in taken:
            at += max(count, 1)
            continue
        span = (words[at].span[0], words[at + count - 1].span[1])
        yield Quantity(
            values=frozenset({str(value)}), span=span, percent=_is_percent(plain, span[1], known),
            asked=asked, digits=False,
        )  # fmt: skip
        at += count


def _compound(words: tuple[Word, ...], at: int, known: Lexicon) -> tuple[int, int, bool]:
    """Yield how many words from here make one number, its value, and whether a draft is asked for it."""
    total, current, count, asked = 0, 0, 0, False
    while at + count < len(words):
        if count and not words[at + count].follows:
            break
        word = words[at + count].word
        value = known.numbers.get(word) or known.ordinals.get(word)
        if value is None and count and current >= _SCORE and word.isdecimal() and len(word) == 1:
            value = int(word)  # "seventy-8"
        if value is None and (count == 0 or current >= _SCORE):
            value = known.carried.get(word)
            asked = asked or (value is not None and count > 0)
        elif value is not None:
            asked = True
        if value is not None and value < 100 and _joins(current, value):
            current = current * value if (current, value) == (4, _SCORE) else current + value
        elif count and word in known.magnitudes and len(word) > _SHORT:
            total, current, asked = _multiplied(total, current, known.magnitudes[word]), 0, True
        elif count == 0 and value is not None:
            current = value
        else:
            break
        count += 1
    return count, total + current, asked


def _joins(current: int, value: int) -> bool:
    return current == 0 or (current, value) == (4, _SCORE) or (current >= _SCORE and current % 10 == 0 and value < 20)


def _multiplied(total: int, current: int, magnitude: int) -> int:
    return (total + current) * magnitude if current == 0 else total + current * magnitude


def _romans(text: Text) -> Iterator[Quantity]:
    """Yield Roman numerals of two letters and more; they are carried, not asked for: "XXI Congress" is a name too."""
    for word in text.words:
        if len(word.text) > 1 and _ROMAN.fullmatch(word.text):
            yield Quantity(
                values=frozenset({str(_roman(word.text))}), span=word.span, percent=False, asked=False, digits=False
            )


def _roman(written: str) -> int:
    values = [_ROMAN_VALUES[mark] for mark in written]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
