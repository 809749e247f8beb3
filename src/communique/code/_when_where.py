"""When, where and at what occasion an event happens, as far as its sentence says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from communique.code._draft import Draft
from communique.code._parts import Sentence
from communique.code._units import Unit
from communique.records import DateExpression, Place

SPOKEN = frozenset(
    {"CALL", "CONDEMN", "SUPPORT", "STATE", "REPORT", "WARN", "DENY", "CORRECT"}
)  # places in them are the matter's
_TERM = frozenset({"before", "until", "by", "since", "till", "of"})
_AT = frozenset({"in", "at", "near"})


def placed(
    event: Draft, units: Sequence[Unit], sentence: Sentence, dates: Sequence[DateExpression], places: Sequence[Place]
) -> Draft:
    """Yield the event with date, place and occasion where the words of its clause tie them to it."""
    day, where = _date(event, units, dates) if dates else None, _place(event, units, places)
    occasion = _occasion(units, sentence)
    return event._replace(date=day, place=where, occasion=occasion) if day or where or occasion else event


class Dated(Protocol):
    """A unit or a token: what a sentence is made of, in any language."""

    @property
    def tag(self) -> str: ...
    @property
    def low(self) -> str: ...
    @property
    def ref(self) -> int: ...


def not_before(event: Draft, units: Sequence[Dated], dates: Sequence[DateExpression], published: date | None) -> Draft:
    """Yield an act of a day that is still to come as planned: "signs next week", "meets tomorrow"."""
    if event.modality != "asserted" or not dates:
        return event
    if published is not None and event.date is not None:
        later = _begins(event.date) > published.isoformat()
    else:
        later = any(unit.tag == "DATE" and dates[unit.ref].value is None and _AHEAD.search(unit.low) for unit in units)
    return event._replace(modality="planned") if later else event


_AHEAD = re.compile(r"\b(?:tomorrow|next)\b")


def _begins(value: str) -> str:
    """Yield the first day of an ISO 8601 day, week, month, year or interval; "" where it can't be read."""
    first = value.split("/", maxsplit=1)[0]
    try:
        if "W" in first:
            return date.fromisoformat(f"{first}-1").isoformat()
        return date.fromisoformat(f"{first}-01-01"[:10]).isoformat()
    except ValueError:
        return ""


def _date(event: Draft, units: Sequence[Unit], dates: Sequence[DateExpression]) -> str | None:
    found = []
    nested = 0
    for place, unit in enumerate(units):
        after = unit.start >= event.trigger.span[1]
        nested += (
            after
            and unit.tag == "PREP"
            and unit.low in ("on", "of", "about", "over", "regarding")
            and not _leads_to_date(units, place)
        )
        if unit.tag != "DATE":
            continue
        one = dates[unit.ref]
        is_term = (place > 0 and units[place - 1].low in _TERM) or one.kind in ("duration", "deadline")
        is_matter = nested and (event.type in SPOKEN or event.type == "PUBLISH") and one.kind == "absolute"
        if (
            one.value
            and not is_term
            and not is_matter
            and not one.value.startswith(("<", "-"))
            and not _is_inside(units, place)
        ):
            found.append((unit.start < event.trigger.span[0], one.value))
    return min(found)[1] if found else None


def _leads_to_date(units: Sequence[Unit], place: int) -> bool:
    return place + 1 < len(units) and units[place + 1].tag == "DATE"


def _is_inside(units: Sequence[Unit], place: int) -> bool:
    return place > 0 and units[place - 1].tag in ("DET", "POSS")


def _place(event: Draft, units: Sequence[Unit], places: Sequence[Place]) -> str | None:
    if event.type in SPOKEN or not places:
        return None
    starts = {place.span[0]: place for place in places}
    for index, unit in enumerate(units):
        found = starts.get(unit.start)
        leads = units[index - 1].low if index else ""
        leads = units[index - 2].low if leads == "the" and index > 1 else leads
        if found and leads in _AT:
            return found.name
    return None


def _occasion(units: Sequence[Unit], sentence: Sentence) -> str | None:
    for place, unit in enumerate(units) if sentence.occasions else ():
        if unit.tag == "OCCASION":
            before = {one.low for one in units[max(0, place - 3) : place]}
            if not before & sentence.lexicon.not_at:
                return sentence.occasions[unit.ref].occasion.text
    return None
