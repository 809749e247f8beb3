"""Days as people write them: marks in a text become dates in its language."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

# {now-20}: a day counted from now; {day+9}: from the statement's own day; {year-1}: a year; a CLDR pattern may follow.
_MARK = re.compile(r"\{(now|day|year)([+-]\d+)?(?:\|([^{}]+))?\}")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LOCALES = {"en": "en_GB"}
# Where CLDR's long form does not read well in a sentence: it ends in a full stop.
_LONG = {"ru": "d MMMM y 'года'"}
JUST_NOW = timedelta(minutes=20)


def instant(now: datetime, *, ago: int, at: str, zone: str) -> datetime:
    """Yield when a statement was published; `zone` is an offset as "+02:00"."""
    there = now.astimezone(_zone(zone))
    if ago == 0:
        return (there - JUST_NOW).replace(second=0, microsecond=0)
    return datetime.combine(there.date() - timedelta(days=ago), time.fromisoformat(at), tzinfo=there.tzinfo)


def _zone(offset: str) -> timezone:
    hours, minutes = offset[1:].split(":")
    length = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-length if offset.startswith("-") else length)


def written(day: date, *, language: str, form: str = "long", digits: str = "latn") -> str:
    """Yield a day as the language writes it; `form` is a CLDR pattern or "long"."""
    from babel.dates import format_date  # takes 50 ms to import, which a plain `communique --help` need not pay

    form = _LONG.get(language, form) if form == "long" else form
    text: str = format_date(day, form, locale=_LOCALES.get(language, language))
    if language == "fr":
        text = re.sub(r"\b1 (?=[a-zéû])", "1er ", text)
    return text.translate(_ARABIC_DIGITS) if digits == "arab" else text


def dated(text: str, *, now: date, day: date, language: str, digits: str = "latn") -> str:
    """Put dates in the place of the marks. `day` is the statement's own day."""

    def put(mark: re.Match[str]) -> str:
        kind, offset, form = mark[1], int(mark[2] or 0), mark[3] or "long"
        if kind == "year":
            return written(date(day.year + offset, 6, 15), language=language, form="y", digits=digits)
        meant = (now if kind == "now" else day) + timedelta(days=offset)
        return written(meant, language=language, form=form, digits=digits)

    return _MARK.sub(put, text)
