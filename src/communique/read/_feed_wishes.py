"""What a feed asks of those who visit it: RSS `ttl`, `skipHours`, `skipDays`, and the syndication module's period."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from communique.read._feed_tree import local_name
from communique.records import Wishes

_PERIODS_S = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER_DIGITS = 6  # more make no sense in minutes, hours or times
_ASKED = frozenset({"ttl", "updatePeriod", "updateFrequency", "hour", "day"})


def wishes(root: etree._Element) -> Wishes:
    """Yield what the feed itself asks for. What can't be read, or would forbid every visit, is not asked for."""
    said: dict[str, list[str]] = {}
    for name, text in _said(root):
        said.setdefault(name, []).append(text)
    hours = sorted({hour % 24 for text in said.get("hour", ()) if (hour := _number(text)) is not None and hour <= 24})
    days = sorted({_DAYS.index(text.lower()) for text in said.get("day", ()) if text.lower() in _DAYS})
    return Wishes(
        least_s=max((pause for pause in (_ttl_s(said), _period_s(said)) if pause), default=None),
        skip_hours=tuple(hours) if len(hours) < 24 else (),
        skip_days=tuple(days) if len(days) < 7 else (),
    )


def _said(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the children of the channel and of its two lists of times, by their local names."""
    for child in (*root, *(grandchild for part in root if local_name(part) == "channel" for grandchild in part)):
        name = local_name(child)
        if name in ("skipHours", "skipDays"):
            yield from ((local_name(each), (each.text or "").strip()) for each in child if isinstance(each.tag, str))
        elif name in _ASKED:
            yield name, (child.text or "").strip()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS else None


def _ttl_s(said: dict[str, list[str]]) -> int | None:
    return next((minutes * 60 for text in said.get("ttl", ()) if (minutes := _number(text))), None)


def _period_s(said: dict[str, list[str]]) -> int | None:
    """Yield the seconds between two changes: so many times a period; a frequency without a period says nothing."""
    period = next((_PERIODS_S.get(text.lower()) for text in said.get("updatePeriod", ())), None)
    times = next((_number(text) for text in said.get("updateFrequency", ())), None) or 1
    return period // times if period else None
