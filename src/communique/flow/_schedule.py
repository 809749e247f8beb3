"""When an address is visited again."""

from __future__ import annotations

from datetime import datetime, timedelta

# A statement is most often mended in its first hours, and silent edits after a month are rare; each visit costs the
# site a request, so the pauses grow and end.
PAGE_PAUSES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 240, 720))
CHANGED_PAUSE = timedelta(hours=1)  # after a visit, before a word that the page has changed is followed
GIVE_UP_AFTER = 6  # visits in a row without an answer: then a person must look


def page_again(visits: int, now: datetime) -> datetime | None:
    """Yield when a page is visited again after `visits` answers; None: it isn't."""
    return now + PAGE_PAUSES[visits - 1] if 1 <= visits <= len(PAGE_PAUSES) else None


def page_retry(troubles_in_row: int, now: datetime) -> datetime | None:
    """Yield when a page is tried again after so many failures in a row (this one counted); None: it isn't."""
    if troubles_in_row >= GIVE_UP_AFTER:
        return None
    return now + timedelta(minutes=15 << min(troubles_in_row, 8))


def changed_again(changed_at: datetime, *, seen_at: datetime, now: datetime) -> datetime | None:
    """Yield when a page is visited that is said to have changed; None: not for that, it was seen since then."""
    return max(now, seen_at + CHANGED_PAUSE) if seen_at < changed_at <= now else None
