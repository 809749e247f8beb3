"""When a source is visited again: pure decisions over instants (aware, UTC)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_PAUSE_S = 24 * 3600  # a source in trouble is still asked once a day: sites come back
_JITTER = 0.1  # of the pause, either way, so that a thousand sources added together drift apart
_DOUBLINGS = 16  # beyond any cap; keeps the number small


def pause_after(pause_s: float, troubles: int) -> float:
    """Yield the pause in seconds after so many troubles in a row: doubled by each, up to a day.

    A source whose own pause is longer than a day keeps it.
    """
    return max(pause_s, min(pause_s * float(2 ** min(troubles, _DOUBLINGS)), float(LONGEST_PAUSE_S)))


def is_due(
    last_visit: datetime | None,
    pause_s: float,
    now: datetime,
    *,
    troubles: int = 0,
    not_before: datetime | None = None,
) -> bool:
    """Tell whether a source may be visited. `last_visit` None: never visited; `troubles`: in a row, to this day."""
    if not_before is not None and now < not_before:
        return False
    return last_visit is None or now - last_visit >= timedelta(seconds=pause_after(pause_s, troubles))


def next_visit(
    visited_at: datetime,
    pause_s: float,
    *,
    chance: Callable[[], float],
    troubles: int = 0,
    not_before: datetime | None = None,
) -> datetime:
    """Yield the instant of the next visit. `chance` yields 0..1 (`random.random`) and moves it by up to a tenth."""
    moved = 1 + _JITTER * (2 * chance() - 1)
    planned = visited_at + timedelta(seconds=pause_after(pause_s, troubles) * moved)
    return planned if not_before is None else max(planned, not_before)


def retry_after_s(header: str, now: datetime) -> float | None:
    """Read a Retry-After header (RFC 9110, section 10.2.3), seconds or date, as seconds from now, 0 to a day.

    None where it is neither.
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), LONGEST_PAUSE_S))
    try:
        until = parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)  # "-0000" and asctime dates are UTC in HTTP
        return min(max((until - now).total_seconds(), 0.0), float(LONGEST_PAUSE_S))
    except (ValueError, TypeError, OverflowError):
        return None
