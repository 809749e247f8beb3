"""Where a source's list stands on its page, from visit to visit, and when that changed: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from communique.records import ListHistory, Listing

WELL_KNOWN = 3  # visits in a row at which a list was read alike, before another reading counts as a change


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaid:
    """A list that stands elsewhere on its page than it stood, or has lost the days beside its entries."""

    at: datetime  # of the visit that noticed
    before: int  # entries at the visit before
    after: int
    familiar: int | None  # of those after, how many stood on the page before; None: not known
    breach: str  # what is now where the list stood, as `read` says it

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it may be another list that is read now: nothing in it is known, or it is far shorter."""
        return self.familiar == 0 or self.after * 2 < self.before


def learned(history: ListHistory, made: Listing) -> ListHistory:
    """Yield what is known of a list after one more capture. Where nothing was found, what was known stays."""
    lesson = made.lesson
    if lesson is None or lesson.pattern is None:
        return history
    known = history.pattern
    holds = known is not None and not set(known.links).isdisjoint(lesson.pattern.links)
    return replace(
        history, pattern=lesson.pattern, held=history.held + 1 if holds else 1, links=lesson.links,
        entries=len(made.items),
    )  # fmt: skip


def relaid(before: Relaid | None, history: ListHistory, made: Listing, at: datetime) -> Relaid | None:
    """Yield the last change of a layout, until the list has long been read alike again."""
    lesson = made.lesson
    if lesson is None or lesson.pattern is None:
        return before
    if lesson.breach is not None and history.held >= WELL_KNOWN:
        return Relaid(
            at=at, before=history.entries, after=len(made.items), familiar=lesson.familiar, breach=lesson.breach
        )  # fmt: skip
    return None if learned(history, made).is_steady else before
