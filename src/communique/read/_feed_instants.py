"""Instants as feeds write them become ISO 8601, with the offset that the feed gave and none that it did not."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

LENGTH = 100  # characters; what is longer is no date

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
# Hours east of Greenwich of the zone names that mean one thing only. RFC 822's own, then Europe's and some others.
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "wet": 0, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9,
    "kst": 9, "hkt": 8, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "akst": -9, "akdt": -8, "hst": -10, "brt": -3,
}  # fmt: skip
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:(?:,|\s+at|T)?\s*{_CLOCK})?"
_ZONE = r"\s*(?P<zone>(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})?(?:\s*\([^)]{0,40}\))?"
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)?"
_FORMS = tuple(re.compile(day + _TIME + _ZONE) for day in (
    _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[A-Za-z]{3,9})\.?[\s,-]+(?P<year>\d{4}|\d{2})",
    _WEEKDAY + r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
))  # fmt: skip
# What nine feeds in ten write, read without the detours of the forms above: "Tue, 14 May 2024 09:05:00 +0200".
_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:[0-5]\d) (?:([+-]\d\d):?(\d\d)|GMT|UTC|Z)"
)
_ISO_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def instant(written: str | None) -> str | None:
    """Yield the instant (or day, month, year) as ISO 8601, or None where it can't be read without guessing."""
    text = " ".join((written or "").split())
    if not text or len(text) > LENGTH:
        return None
    if _ISO_MONTH.fullmatch(text):
        return text
    return (
        _usual(text)
        or _iso(text)
        or next((found for form in _FORMS if (found := _of_form(form.fullmatch(text)))), None)
    )


def _usual(text: str) -> str | None:
    if (found := _USUAL.fullmatch(text)) is None:
        return None
    day, month, year, clock, hours, minutes = found.groups()
    return _iso(f"{year}-{_MONTHS.get(month.lower(), 0):02}-{day}T{clock}{hours or '+00'}:{minutes or '00'}")


def _iso(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if len(text) <= 10 else datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _of_form(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    said = found.groupdict()
    month = int(said["number"]) if said.get("number") else _MONTHS.get((said.get("month") or "")[:3].lower(), 0)
    try:
        day = date(_year(said["year"]), month, int(said["day"]))
        return day.isoformat() if said["hour"] is None else _moment(day, said).isoformat()
    except ValueError:
        return None


def _year(written: str) -> int:
    """Yield the year; one of two digits is read as RFC 2822, section 4.3, says."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 50 else 1900)


def _moment(day: date, said: dict[str, str | None]) -> datetime:
    hour = int(said["hour"] or 0)
    if said["half"]:
        hour = hour % 12 + (12 if said["half"][0] in "pP" else 0)
    extra = timedelta(days=1) if hour == 24 else timedelta()
    second = min(int(said["second"] or 0), 59)  # a leap second is written as 60
    return datetime(day.year, day.month, day.day, hour % 24, int(said["minute"] or 0), second,
                    tzinfo=_zone(said["zone"])) + extra  # fmt: skip


def _zone(written: str | None) -> timezone | None:
    """Yield the offset; None where the feed gives none, or a name that means several."""
    if not written:
        return None
    if (found := re.search(r"([+-])(\d{1,2}):?(\d{2})$", written)) is None:
        hours = _ZONES.get(written.lower())
        return None if hours is None else timezone(timedelta(hours=hours))
    ahead = timedelta(hours=int(found.group(2)), minutes=int(found.group(3)))
    return timezone(-ahead if found.group(1) == "-" else ahead)
