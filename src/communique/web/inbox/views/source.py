"""One source at the desk: how it is and why, what it answered, what a person can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from communique.flow import course, health
from communique.web.inbox import bar
from communique.web.inbox.access import Visitor, page, told
from communique.web.ledger import courses, models
from communique.web.ledger.people import Role

ANSWERS, PAGES, EVENTS = 10, 10, 10  # shown
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of what is known."""

    name: str
    said: str = ""
    at: datetime | None = None  # None: `said` says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer of the source's own address."""

    at: datetime
    said: str
    record_id: str  # without "urn:uuid:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A page of the source that can't be had."""

    url: str
    title: str
    why: str
    gone_at: datetime | None  # since when it is taken away; None: it may stand and can't be had


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the program noted of a source: it moved, it needs a person."""

    at: datetime
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the page of a source needs."""

    slug: str
    name: str
    url: str
    state: str
    needs_a_person: bool
    is_paused: bool
    is_marked: bool  # nobody has seen it yet
    may_change: bool
    moved_to: str | None  # None: it stands where it stood
    ahead_at: str | None  # the page that lists more than the feed; None: none does
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    answers: tuple[Answered, ...]
    pages: tuple[Failing, ...]


@page(Role.READER)
def source(request: HttpRequest, visitor: Visitor, slug: str) -> HttpResponse:
    """Show one source."""
    row = models.Source.objects.filter(slug=slug).first()
    if row is None:
        return told(request, "Not here", f"There is no source {slug}.", status=404, back="/desk/sources/")
    return bar.shown(request, "desk/source.html", _sheet(row, visitor), visitor=visitor, here="Sources")


def _sheet(row: models.Source, visitor: Visitor) -> Sheet:
    known = courses.of(row)
    state = courses.state(row, visitor.now)
    return Sheet(
        slug=row.slug, name=row.name, url=row.url, state=state.sentence, needs_a_person=state.needs_a_person,
        is_paused=row.is_paused, is_marked=row.mark is not None and row.mark_seen_at is None,
        may_change=visitor.may(Role.ADMIN), moved_to=known.memory.moved_to,
        ahead_at=known.memory.home if known.memory.ahead else None, facts=_facts(row, known.memory),
        events=_events(row), answers=_answers(row), pages=_pages(row),
    )  # fmt: skip


def _facts(row: models.Source, memory: course.Memory) -> tuple[Fact, ...]:
    wishes = _wishes(memory)
    facts = (
        Fact(name="Kind", said=row.kind),
        Fact(name="Publisher", said=row.publisher or ""),
        Fact(name="Languages", said=" ".join(row.languages)),
        Fact(name="Watched since", at=row.added_at),
        Fact(name="Visited", at=row.visited_at),
        Fact(name="Answered", at=row.answered_at),
        Fact(name="Something new", at=row.new_at),
        Fact(name="Newest entry is of", at=memory.newest_at),
        Fact(name="Entries", said="" if memory.listed is None else f"{memory.listed}"),
        Fact(name="How they are found", said=row.explanation or ""),
        Fact(name="Usually speaks", said=f"every {health.span(memory.gap_s)}" if memory.gap_s else ""),
        Fact(name="Asks visitors", said=wishes),
        Fact(name="Says it moved to", said=memory.moved_to or ""),
        Fact(name="Announces itself through", said=_hub(row, memory)),
        Fact(name="Last told of by its hub", at=row.told_at),
        Fact(name="Next visit", at=row.next_visit_at),
    )
    return tuple(fact for fact in facts if fact.said or fact.at)


def _wishes(memory: course.Memory) -> str:
    asked = memory.wishes
    parts = [
        f"to wait {health.span(asked.least_s)}" if asked.least_s else "",
        "not to come at " + ", ".join(f"{hour}:00" for hour in asked.skip_hours) if asked.skip_hours else "",
        "not to come on " + ", ".join(DAYS[day] for day in asked.skip_days) if asked.skip_days else "",
    ]
    return "; ".join(part for part in parts if part)


def _hub(row: models.Source, memory: course.Memory) -> str:
    """Say how it stands with the hub that a source names."""
    if memory.hub is None:
        return ""
    asked = models.Subscription.objects.filter(source=row).exclude(callback="").first()
    if asked is None:
        return f"{memory.hub}, which was not asked to tell us (collect.callback)"
    said = {"refused": "no: ", "asked": "asked: ", "running": "it tells us"}.get(asked.state, "")
    late = ", but something came untold since" if row.is_told_late and asked.state == "running" else ""
    return f"{memory.hub}; {said}{asked.said or ''}{late}"


def _answers(row: models.Source) -> tuple[Answered, ...]:
    rows = models.Capture.objects.filter(source=row, page__isnull=True).order_by("-id")[:ANSWERS]
    return tuple(
        Answered(
            at=one.captured_at,
            said="304, not changed" if one.status == 304 else f"{one.status} {one.media_type or ''}".strip(),
            record_id=one.record_id.removeprefix("urn:uuid:"),
        )
        for one in rows
    )


def _events(row: models.Source) -> tuple[Event, ...]:
    """Yield the newest events: what the program noted, what people did, and pages that were taken away."""
    noted = models.Audit.objects.filter(detail__source=row.slug)
    gone = models.Page.objects.filter(source=row, gone_at__isnull=False).order_by("-gone_at", "-id")
    found = [Event(at=one.at, said=_told(one)) for one in noted.select_related("by").order_by("-at", "-id")[:EVENTS]]
    found += [Event(at=one.gone_at, said=f"taken away: {one.title or one.url}") for one in gone[:EVENTS] if one.gone_at]
    return tuple(sorted(found, key=lambda event: event.at, reverse=True)[:EVENTS])


def _told(one: models.Audit) -> str:
    if one.by is not None:
        return f"{one.by.username}: {one.action}"
    return one.detail.get("said") or " ".join([one.action, *filter(None, map(one.detail.get, ("before", "after")))])


def _pages(row: models.Source) -> tuple[Failing, ...]:
    rows = models.Page.objects.filter(source=row, trouble_detail__isnull=False).order_by("-id")[:PAGES]
    return tuple(
        Failing(url=one.url, title=one.title or one.url, why=one.trouble_detail or "", gone_at=one.gone_at)
        for one in rows
    )
