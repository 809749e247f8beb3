"""Numbers in words, as values: forty-five, quarante-cinq, fünfundvierzig, خمسة وأربعون, पैंतालीस, 四十五, 31万.

The words are data/numbers.csv: a row for each value, a column for each language, a cell the forms that it takes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from communique.kit.text import folded

MAGNITUDE = 1000  # from here on a number of its own in front is multiplied: "3 thousand"
_HUNDRED, _TWENTY, _FOUR = 100, 20, 4
_AND = frozenset({"and", "et", "y", "e", "i", "und", "en", "och", "και", "و"})
# In one word: units before tens, with what joins them; or tens before units.
_UNITS_FIRST = {"de": "und", "nl": "en"}
_TENS_FIRST = frozenset({"it", "sv"})

_HAN_ROW = ("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")
_HAN_DIGITS = {letter: value for value, letters in enumerate(_HAN_ROW) for letter in letters}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "億": 10**8, "亿": 10**8}
_HAN_GREAT = 10_000
# A numeral of Han letters is one with two letters or more, after "the ...th", or before what is counted.
_HAN_NUMBER = re.compile(
    r"(?:百分之)?(?P<before>第)?(?P<number>(?:\d[\d,.]*)?[〇零一二两兩三四五六七八九十百千万萬億亿]+(?:\d+)?)"
    r"(?P<counted>[年月日号天回次条条期か個个名人位週周時时小歳岁国國分つ倍])?"
)
_HAN_DAY = re.compile(r"(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})[日号號]")


def numbers(words: Sequence[tuple[int, str]], language: str) -> Iterator[tuple[int, int]]:
    """Yield place and value of each number that words of a text make.

    `words` holds the words and the numbers in digits of the text, each with its place in a row of all tokens.
    """
    if not _words(language):
        return
    run = _Run(language)
    for at, word in words:
        value = _value(word, language)
        if run.last == at - 1:
            if value is None and folded(word) in _AND:
                run.last = at
                continue
            if value is not None and not word[0].isdigit() and run.take(value, at):
                continue
        if run.value > 1 and run.is_spelled:
            yield run.first, run.value
        run = _Run(language)
        if value is not None:
            run.begin(value, at, is_spelled=not word[0].isdigit())
    if run.value > 1 and run.is_spelled:
        yield run.first, run.value


@lru_cache(maxsize=1 << 11)
def _value(word: str, language: str) -> Decimal | None:
    if word[:1].isdigit():
        return Decimal(word) if word.count(".") <= 1 and word.replace(".", "").isdigit() else None
    form, known = folded(word), _words(language)
    found = known.get(form)
    if found is None and language == "ar" and form.startswith("و"):
        found = known.get(form[1:])
    return Decimal(found) if found is not None else None


class _Run:
    """Number words in a row, as far as they make one number: "forty-five", and not "forty-five, sixty"."""

    def __init__(self, language: str) -> None:
        self.first, self.last = -1, -2
        self.is_spelled = False  # more than digits alone
        self._language = language
        self._total = self._current = Decimal(0)

    @property
    def value(self) -> int:
        """Yield the number; 0 for none, or one that is not whole."""
        whole = self._total + self._current
        return int(whole) if whole == int(whole) else 0

    def begin(self, value: Decimal, at: int, *, is_spelled: bool) -> None:
        """Take the first word, or a number in digits."""
        self.first = self.last = at
        self._current, self.is_spelled = value, is_spelled
        if value >= MAGNITUDE:
            self._total, self._current = value, Decimal(0)

    def take(self, value: Decimal, at: int) -> bool:
        """Take one more word, if it can stand there; hundreds and thousands multiply, all else is added."""
        if value >= MAGNITUDE:
            self._total, self._current = self._total + (self._current or 1) * value, Decimal(0)
        elif value == _HUNDRED or (self._language == "fr" and value == _TWENTY and self._current == _FOUR):
            self._current = (self._current or 1) * value
        elif _fits(int(self._current), int(value), self._language):
            self._current += value
        else:
            return False
        self.last, self.is_spelled = at, True
        return True


def _fits(current: int, value: int, language: str) -> bool:
    """Tell whether a number below 1,000 may stand behind what was said since the last thousand."""
    below = current % 100
    if value > _HUNDRED:
        return current == 0
    if below == 0:
        return True
    if language == "ar" and below < 10:
        return value in range(10, 100, 10)
    if value < 10:
        return below % 10 == 0 and (below >= _TWENTY or language == "tr")
    return language == "fr" and value < _TWENTY and below in (60, 80)


@cache
def _words(language: str) -> Mapping[str, int]:
    text = files("communique.match").joinpath("data", "numbers.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    known = {word: int(row["value"]) for row in rows for word in (row.get(language) or "").split()}
    units = {word: value for word, value in known.items() if value < 10}
    tens = {word: value for word, value in known.items() if value in range(20, 100, 10)}
    made = {form: one + ten for unit, one in units.items() for word, ten in tens.items()
            for form in _compounds(unit, word, language)}  # fmt: skip
    return {folded(word): value for word, value in (made | known).items()}


def _compounds(unit: str, ten: str, language: str) -> Iterator[str]:
    if language in _UNITS_FIRST:
        yield f"{unit}{_UNITS_FIRST[language]}{ten}"
    if language in _TENS_FIRST:
        yield f"{ten}{unit}"
        yield f"{ten[:-1]}{unit}"  # ventuno, quarantotto


def han_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield place and value of each number that is written in Han letters, or in digits and Han letters."""
    for found in _HAN_NUMBER.finditer(text):
        written = found["number"]
        if len(written) > 1 or found["before"] or found["counted"]:
            value = _han_value(written)
            if value is not None and value > 1:
                yield found.start("number"), value


def han_days(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield place, month and day of each date that is written in Han letters."""
    for found in _HAN_DAY.finditer(text):
        month, day = _han_value(found["month"]), _han_value(found["day"])
        if month is not None and day is not None and 1 <= month <= 12 and 1 <= day <= 31:
            yield found.start(), month, day


def _han_value(written: str) -> int | None:
    total = section = current = Decimal(0)
    for part in re.findall(r"\d[\d,.]*|.", written):
        if part[0].isdigit() and part.isascii():
            bare = part.replace(",", "").rstrip(".")
            if bare.count(".") > 1:
                return None
            current = Decimal(bare)
        elif part in _HAN_DIGITS:
            current = current * 10 + _HAN_DIGITS[part]  # 二〇二四 is read digit by digit
        elif (unit := _HAN_UNITS[part]) >= _HAN_GREAT:
            total, section, current = total + (section + current or 1) * unit, Decimal(0), Decimal(0)
        else:
            section, current = section + (current or 1) * unit, Decimal(0)
    value = total + section + current
    return int(value) if value == int(value) else None
