"""When a source is visited again: pure decisions over instants (aware, UTC)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from communique.records import NO_WISHES, Wishes

SHORTEST_PAUSE_S = 600  # ten minutes: what is worth a dispatch is worth that wait
LONGEST_PAUSE_S = 24 * 3600  # a source in trouble is still asked once a day: sites come back
_JITTER = 0.1  # of the pause, either way, so that a thousand sources added together drift apart
_DOUBLINGS = 16  # beyond any cap; keeps the number small
_LOOKS = 4  # visits in the time that usually passes between two statements: each is seen after an eighth of it
_RECENT = 20  # statements that a rhythm is taken from: the last weeks, not the years before
_NET = 6  # times the usual pause; what a hub forgets to tell is seen later, within a day
_WEIGHT = 0.3  # of the newest gap in a rhythm that was observed: three gaps are half of what is known


def pause_after(pause_s: float, troubles: int) -> float:
    """Yield the pause in seconds after so many troubles in a row: doubled by each, up to a day.

    A source whose own pause is longer than a day keeps it.
    """
    return max(pause_s, min(pause_s * float(2 ** min(troubles, _DOUBLINGS)), float(LONGEST_PAUSE_S)))


def adapted_pause_s(
    pause_s: float, *, gap_s: float | None = None, silent_s: float | None = None, wishes: Wishes = NO_WISHES
) -> float:
    """Yield the pause that a source's own rhythm asks for, from ten minutes to a day.

    `pause_s` is what the desk set: the least while no rhythm is known, and where it is shorter than ten minutes, which
    only somebody sets who means it. `gap_s`: what usually passes between two statements; `silent_s`: since the last
    one, so that a source that falls silent is asked ever more rarely. What the feed itself asks for is the least.
    """
    if pause_s < SHORTEST_PAUSE_S:
        return pause_s
    usual_s = max(gap_s or 0.0, silent_s or 0.0) / _LOOKS
    usual_s = max(pause_s, usual_s) if gap_s is None else usual_s
    asked_s = min(wishes.least_s or 0, LONGEST_PAUSE_S)
    return max(SHORTEST_PAUSE_S, asked_s, min(usual_s, max(float(LONGEST_PAUSE_S), pause_s)))


def net_pause_s(pause_s: float) -> float:
    """Yield the pause of a source that tells us itself when it has something new: visits are only a net under that.

    A pause under ten minutes stays, as in `adapted_pause_s`.
    """
    if pause_s < SHORTEST_PAUSE_S:
        return pause_s
    return max(pause_s, min(pause_s * _NET, float(LONGEST_PAUSE_S)))


Reason = Literal["wish", "rhythm", "net"]


def reasons(
    pause_s: float, *, gap_s: float | None, silent_s: float | None, wishes: Wishes, is_told: bool
) -> tuple[Reason, ...]:  # fmt: skip
    """Say what makes a pause other than the desk set it: what the feed asks for or its rhythm, and a hub that tells."""
    alone_s = adapted_pause_s(pause_s, gap_s=gap_s, silent_s=silent_s)
    usual_s = adapted_pause_s(pause_s, gap_s=gap_s, silent_s=silent_s, wishes=wishes)
    of_its_own: tuple[Reason, ...] = (
        ("wish",) if usual_s > alone_s else ("rhythm",) if gap_s or alone_s > pause_s else ()
    )
    return (*of_its_own, "net") if is_told and net_pause_s(usual_s) > usual_s else of_its_own


def gap_of(instants: Sequence[datetime], now: datetime) -> float | None:
    """Yield the mean seconds between the newest dated statements; None where fewer than three are dated.

    Dates in the future say nothing; those of one instant (an import, a day without hours) count as one.
    """
    dated = sorted({instant for instant in instants if instant <= now}, reverse=True)[:_RECENT]
    return (dated[0] - dated[-1]).total_seconds() / (len(dated) - 1) if len(dated) >= 3 else None


def gap_after(gap_s: float | None, last_new: datetime | None, now: datetime) -> float | None:
    """Yield the rhythm after something new came at `now`, as far as it was observed: newer gaps weigh more."""
    if last_new is None:
        return gap_s
    seen_s = (now - last_new).total_seconds()
    return seen_s if gap_s is None else (1 - _WEIGHT) * gap_s + _WEIGHT * seen_s


def next_visit(
    visited_at: datetime,
    pause_s: float,
    *,
    chance: Callable[[], float],
    troubles: int = 0,
    not_before: datetime | None = None,
    wishes: Wishes = NO_WISHES,
) -> datetime:
    """Yield the instant of the next visit. `chance` yields 0..1 (`random.random`) and moves it by up to a tenth.

    Hours and days that the feed asks to be left alone in are passed over.
    """
    moved = 1 + _JITTER * (2 * chance() - 1)
    planned = visited_at + timedelta(seconds=pause_after(pause_s, troubles) * moved)
    return _beyond_skipped(planned if not_before is None else max(planned, not_before), wishes)


def _beyond_skipped(planned: datetime, wishes: Wishes) -> datetime:
    """Yield the first instant from `planned` on that is in no hour and on no day that the feed asks to skip."""
    instant = planned.astimezone(UTC)
    for _ in range(7 * 24 + 1):
        if instant.weekday() not in wishes.skip_days and instant.hour not in wishes.skip_hours:
            return instant
        # The minutes stay, so that the feeds of one system are not all asked when the hour strikes.
        instant += timedelta(hours=1)
    return planned


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
