"""The day of an instant in UTC where the page was published: by the time zones of the country of its host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from communique.read._witnesses import Witness
from communique.read._words import words

# Country codes whose names are sold to the whole world
_WORLDWIDE = words(
    """ac ag ai am as bz cc cd co dj fm gd gg gl im io la li ly
    me ms mu nu pw sc sh so st su tk to tv vc ws"""
)


def placed(said: Iterable[Witness], host: str) -> tuple[Witness, ...]:
    """Yield the witnesses, instants in UTC on the clock of the host's country where that moves the day.

    An instant stays where another witness names its day in UTC without an hour: some programs call local hours UTC.
    """
    witnesses = tuple(said)
    named = {one.at for one in witnesses if len(one.at) == 10}
    return tuple(
        replace(one, at=_local(one.at, host)) if one.at.endswith("+00:00") and one.at[:10] not in named else one
        for one in witnesses
    )


def _local(at: str, host: str) -> str:
    """Yield an instant on the local clock, if all zones of the country agree that this moves the day."""
    instant = datetime.fromisoformat(at)
    local = [instant.astimezone(zone) for zone in _zones(host.rpartition(".")[2])]
    days = {one.date() for one in local}
    return local[0].isoformat(timespec="minutes") if len(days) == 1 and instant.date() not in days else at


@cache
def _zones(suffix: str) -> tuple[ZoneInfo, ...]:
    """Yield the time zones of the country that a top-level domain belongs to; none where it is everybody's."""
    if len(suffix) != 2 or suffix in _WORLDWIDE:
        return ()
    names = get_global("territory_zones").get("GB" if suffix == "uk" else suffix.upper(), [])
    try:
        return tuple(ZoneInfo(name) for name in names)
    except ZoneInfoNotFoundError:  # a system without the tables of time zones
        return ()
