"""The desk's own words: acts as verbs, ages, languages. Pure."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from babel import Locale, UnknownLocaleError

# What a coded act is called in a line: who VERB whom or what.
ACTS = {
    "STATE": "says", "CONDEMN": "condemns", "SUPPORT": "supports", "CALL": "calls on", "WARN": "warns",
    "REPORT": "reports", "PUBLISH": "publishes", "CONVENE": "convenes", "ELECT": "elects", "RESIGN": "resigns",
    "RUN": "stands", "MERGE": "merges", "RENAME": "renames", "FOUND": "founds", "JOIN": "joins", "LEAVE": "leaves",
    "JUDGE": "rules on", "DETAIN": "detains", "ACT": "takes action", "COMMEMORATE": "commemorates", "AGREE": "agrees",
    "DECIDE": "decides", "AID": "aids", "MEET": "meets", "DENY": "denies", "DEED": "does", "CORRECT": "corrects",
    "PLEDGE": "pledges", "AWARD": "awards", "INVITE": "invites", "THANK": "thanks",
}  # fmt: skip
# How an act is told that was not simply done; an asserted one needs no word.
MODALITIES = {
    "negated": "not done", "planned": "planned", "conditional": "if", "possible": "possible", "denied": "denied",
}  # fmt: skip
RELATIONS = {
    "original": "original", "copy": "copy", "translation": "translation", "revision": "revision",
    "excerpt": "excerpt", "about": "about it",
}  # fmt: skip
MINUTE, HOUR, DAY = 60, 3600, 86400


def age(then: datetime, now: datetime) -> str:
    """Say how long ago an instant is, in few letters; a day and month, in the zone of `now`, from a week on."""
    then = then.astimezone(now.tzinfo)
    seconds = (now - then).total_seconds()
    if seconds < MINUTE:
        return "now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min"
    if seconds < DAY:
        return f"{int(seconds // HOUR)} h"
    if seconds < 7 * DAY:
        return f"{int(seconds // DAY)} d"
    return f"{then.day} {then:%b}" if then.year == now.year else f"{then:%b %Y}"


def until(then: datetime, now: datetime) -> str:
    """Say how far off an instant is."""
    minutes = int((then - now).total_seconds() // MINUTE)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"in {minutes} min"
    return f"in {minutes // 60} h" if minutes < 48 * 60 else f"in {minutes // (24 * 60)} d"


def clock(at: datetime, now: datetime) -> str:
    """Say an instant in the zone of `now`: the time alone where it is today."""
    at = at.astimezone(now.tzinfo)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at.day} {at:%b %H:%M}" if at.year == now.year else f"{at.day} {at:%b %Y}"


@cache
def direction(language: str | None) -> str:
    """Yield "rtl" or "ltr" for a BCP 47 tag; "auto" where there is none."""
    found = _locale(language)
    if found is None:
        return "auto"
    return "rtl" if found.text_direction == "rtl" else "ltr"


def primary(language: str | None) -> str:
    """Yield the language of a BCP 47 tag without region or script: "en" of "en-GB"."""
    return (language or "").partition("-")[0].casefold()


@cache
def language_name(language: str | None) -> str:
    """Yield what a language is called in English; the tag where that is not known."""
    found = _locale(language)
    return (found.get_display_name("en") if found else None) or language or "language not known"


def _locale(language: str | None) -> Locale | None:
    if not language:
        return None
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def alike(score: float) -> str:
    """Say a score of matching in words. From 0.5 on the program itself would call two texts one statement."""
    steps = ((0.9, "the same, very likely"), (0.5, "the same, likely"), (0.2, "perhaps the same"))
    return next((said for least, said in steps if score >= least), "another, likely")


def changed(summary: str | None) -> str:
    """Yield what is to be looked at, for a place that says already that something changed; "" for nothing."""
    return (summary or "").removeprefix("Changed since the earlier version: ")


def counted(number: int, one: str, many: str) -> str:
    """Say a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"
