"""What the books in memory hold: frozen rows, so that a copy of the dictionaries is a whole copy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from communique.flow import reckoning
from communique.flow.course import NOTHING, Memory
from communique.flow.ledger import DueSource, Entry, Found, Visited
from communique.records import Assignment, Capture, DayOrder, Evidence, Source, Trouble, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the visits to one address went."""

    next_at: datetime | None  # None: not visited again
    validators: Validators = field(default_factory=Validators)
    digest: str | None = None
    visits: int = 0
    troubles_in_row: int = 0
    trouble: Trouble | None = None
    gone_at: datetime | None = None
    listed: int | None = None  # entries of the last list or feed that had some
    visited_at: datetime | None = None
    told: tuple[str, ...] = ()
    text_digest: str | None = None
    revisions_in_row: int = 0
    new_at: datetime | None = None
    memory: Memory = NOTHING
    day_first: int = 0
    month_first: int = 0

    @property
    def day_order(self) -> DayOrder | None:
        return reckoning.order(self.day_first, self.month_first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    source_id: str
    found: Found
    course: Course
    found_at: datetime
    same_as: str | None = None  # identity of the page that this is another address of
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A document as it was entered."""

    entry: Entry
    assignment: Assignment
    is_current: bool = True


@dataclass(slots=True, kw_only=True)
class Books:
    """All pages of the books. What they hold is frozen, so a copy of the dictionaries is a whole copy."""

    sources: dict[str, tuple[Source, Course]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    captures: dict[str, tuple[Capture, Evidence]] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)  # statement -> story, as its first document had it
    merged: dict[str, str] = field(default_factory=dict)  # statement -> the one that it was merged into
    documents: dict[int, Row] = field(default_factory=dict)

    def standing(self, statement: str) -> str:
        while statement in self.merged:
            statement = self.merged[statement]
        return statement

    def copy(self) -> Books:
        return Books(
            sources=dict(self.sources),
            pages=dict(self.pages),
            captures=dict(self.captures),
            stories=dict(self.stories),
            merged=dict(self.merged),
            documents=dict(self.documents),
        )


def due_source(source: Source, course: Course) -> DueSource:
    """Yield a source as a visit needs it."""
    return DueSource(
        source=source,
        validators=course.validators,
        troubles_in_row=course.troubles_in_row,
        is_first=course.listed is None,
        visited_at=course.visited_at,
        told=frozenset(course.told),
        text_digest=course.text_digest,
        revisions_in_row=course.revisions_in_row,
        new_at=course.new_at,
        memory=course.memory,
        day_order=course.day_order,
    )


def noted(course: Course, visited: Visited) -> Course:
    """Yield a course after one more visit."""
    return Course(
        next_at=visited.next_at,
        validators=visited.validators,
        digest=visited.digest or course.digest,
        visits=course.visits + int(visited.answered),
        troubles_in_row=course.troubles_in_row + 1 if visited.trouble else 0,
        trouble=visited.trouble,
        gone_at=(course.gone_at or visited.at) if visited.is_gone else None,
        listed=visited.listed or course.listed,
        visited_at=visited.at,
        told=course.told,
        text_digest=visited.text_digest or course.text_digest,
        revisions_in_row=_revisions(course, visited),
        new_at=visited.at if visited.found_new else course.new_at,
        memory=visited.memory or course.memory,
        day_first=course.day_first,
        month_first=course.month_first,
    )


def _revisions(course: Course, visited: Visited) -> int:
    if visited.text_digest is None:
        return course.revisions_in_row
    return course.revisions_in_row + 1 if course.text_digest not in (None, visited.text_digest) else 0
