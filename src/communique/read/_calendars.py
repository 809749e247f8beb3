"""Years and months that are not counted from Christ: Persian, Islamic, Buddhist, Japanese eras, the Republic of China.

Also days in Chinese numerals, which official papers end with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

BUDDHIST = 543  # years between the Thai and the common reckoning
_PERSIAN_OFFSET = -356_033  # set so that 1 Farvardin 1400 is 21 March 2021
_ERA_BEGAN = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_PERSIAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
# The same months as Afghanistan calls them, in Dari and in Pashto
_DARI = ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت")
_PASHTO = (
    "وری", "غویی", "غبرگولی", "چنگاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب",
)  # fmt: skip
# Of the Islamic year, as Arabic, Persian and Urdu write them; the second name of a month is the other usual one.
_ISLAMIC = (
    "محرم", "صفر", "ربيع الأول|ربيع الاول", "ربيع الآخر|ربيع الاخر|ربيع الثاني",
    "جمادى الأولى|جمادى الاولى|جمادي الأولى", "جمادى الآخرة|جمادى الثانية|جمادي الثانية|جمادى الاخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة|ذي القعدة|ذوالقعدة", "ذو الحجة|ذي الحجة|ذوالحجة",
)  # fmt: skip
_ISLAMIC_MONTH = {name: number for number, names in enumerate(_ISLAMIC, 1) for name in names.split("|")}
_ISLAMIC_DAY = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s(?:من\s)?(?:شهر\s)?"
    rf"(?P<month>{'|'.join(sorted(_ISLAMIC_MONTH, key=len, reverse=True))})[\s،,]{{1,2}}(?P<year>14\d\d)(?!\d)"
)
_ISLAMIC_EPOCH = 227_014  # ordinal of the day before 1 Muharram 1 in the tabular (civil) reckoning
_SIGHTED = timedelta(days=1)  # by which the sighting of the moon moves a tabular day
_PERSIAN_DAY = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s(?:ام\s)?(?P<month>[\u0600-\u06ff]{2,9})\s?(?:ماه\s)?(?:سال\s)?(?P<year>1[34]\d\d)(?!\d)"
)
_PERSIAN_NUMERALS = re.compile(r"(?<![\d./-])(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?![\d/-])")
_ERA = re.compile(
    r"(令和|平成|民[國国])\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日|(?<!\d)(1[012]\d)年(\d{1,2})月(\d{1,2})日"
)
_HAN = "〇一二三四五六七八九"
_IN_HAN = re.compile(
    r"([〇○零一二三四五六七八九]{4})年(十?[一二三四五六七八九]|十)月([一二三]?十?[一二三四五六七八九十])日"
)


def persian(text: str, *, numerals: bool) -> Iterator[tuple[date, tuple[int, int]]]:
    """Yield the days of the Persian (solar) year that a text names, with their places; `numerals`: also 1402/12/18."""
    for match in _PERSIAN_DAY.finditer(text):
        month = _solar_month(match["month"])
        if month and (day := persian_day(int(match["year"]), month, int(match["day"]))):
            yield day, match.span()
    for match in _PERSIAN_NUMERALS.finditer(text) if numerals else ():
        if day := persian_day(int(match[1]), int(match[3]), int(match[4])):
            yield day, match.span()


def persian_day(year: int, month: int, day: int) -> date | None:
    """Yield the day of a Persian date, by the 33-year cycle: right from 1178 to 1633."""
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    shifted = year + 1595
    before = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    elapsed = 365 * shifted + shifted // 33 * 8 + (shifted % 33 + 3) // 4 + before + day
    return date.fromordinal(elapsed + _PERSIAN_OFFSET)


def islamic_months(text: str) -> Iterator[str]:
    """Yield the common months ("2019-06") of the Islamic days that a text names.

    The tabular day and the sighted one differ by up to a day: the day stays open, and the month too at its ends.
    """
    for match in _ISLAMIC_DAY.finditer(text):
        year, month, day = int(match["year"]), _ISLAMIC_MONTH[match["month"]], int(match["day"])
        middle = date.fromordinal(_ISLAMIC_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30
                                  + 29 * (month - 1) + month // 2 + day)  # fmt: skip
        found = {(middle + step).isoformat()[:7] for step in (-_SIGHTED, timedelta(0), _SIGHTED)}
        if len(found) == 1 and day <= 30:
            yield found.pop()


def east_asian(text: str) -> Iterator[tuple[tuple[int, int, int], tuple[int, int]]]:
    """Yield year, month and day, with their places, of eras and of Chinese numerals."""
    for match in _ERA.finditer(text):
        if match[1]:
            year = _ERA_BEGAN[match[1]] + (1 if match[2] == "元" else int(match[2]))
            yield (year, int(match[3]), int(match[4])), match.span()
        else:  # "113年6月19日": years of the Republic of China, as Taiwan's offices write them
            yield (_ERA_BEGAN["民國"] + int(match[5]), int(match[6]), int(match[7])), match.span()
    for match in _IN_HAN.finditer(text):
        year = int("".join(str(_HAN.index("〇" if char in "○零" else char)) for char in match[1]))
        yield (year, _han(match[2]), _han(match[3])), match.span()


def _han(written: str) -> int:
    """Yield a number up to 39: "十九", "二十", "三十一"."""
    tens, ten, ones = written.rpartition("十")
    return (10 * (_HAN.index(tens) if tens else 1) if ten else 0) + (_HAN.index(ones) if ones else 0)


def _solar_month(name: str) -> int | None:
    plain = name.replace("ي", "ی").replace("ك", "ک").replace("ګ", "گ")
    return next((names.index(plain) + 1 for names in (_PERSIAN, _DARI, _PASHTO) if plain in names), None)
