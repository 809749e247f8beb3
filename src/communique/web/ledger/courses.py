"""The course of a source in the database: what is remembered, whether it has moved, whether a person is needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from communique.flow import course, health
from communique.flow.ledger import Visited
from communique.kit import jsonable, urls
from communique.web.ledger import addresses, hubs, models, recorded


def of(row: models.Source) -> health.Course:
    """Yield what the ledger remembers of a source's visits."""
    return health.Course(
        is_paused=row.is_paused, visited_at=row.visited_at, new_at=row.new_at, next_visit_at=row.next_visit_at,
        listed_before=row.listed_before, troubles_in_row=row.troubles_in_row, trouble_kind=row.trouble_kind,
        trouble_detail=row.trouble_detail, trouble_since=row.trouble_since, memory=recorded.memory(row),
        spoken=_spoken(row), announced=_announced(row), set_pause_s=row.pause_s,
    )  # fmt: skip


def _announced(row: models.Source) -> health.Announced | None:
    hub = row.memory.get("hub")
    if not hub or row.told_until is None:
        return None
    return health.Announced(hub=urls.host(hub), until=row.told_until, told_at=row.told_at, is_late=row.is_told_late)


def state(row: models.Source, now: datetime) -> health.State:
    """Say how a source is."""
    return health.state(of(row), now, kind=recorded.source(row).kind)


def remember(row: models.Source, visited: Visited, *, before: datetime | None) -> None:
    """Set on a row what a visit showed, and the one `before` did not; the caller saves it."""
    if visited.found_new:
        hubs.found_untold(row, before)
    if visited.memory is not None:
        hubs.named(row, visited.memory, now=visited.at)
        _relaid(row, visited.memory)
        row.memory = recorded.content(_moved(row, visited.memory, visited))
    mark(row, visited.at)


def _relaid(row: models.Source, memory: course.Memory) -> None:
    """Note that the layout of a source's list changed, with what was listed before and after."""
    relaid = memory.relaid
    if relaid is None or relaid == recorded.memory(row).relaid:
        return
    counts = {"before": relaid.before, "after": relaid.after, "familiar": relaid.familiar}
    _note(relaid.at, "list relaid", {"source": row.slug, "said": relaid.breach, **counts})


def mark(row: models.Source, now: datetime) -> None:
    """Raise a mark on a row when a state begins that needs a person, and take it away when that ends."""
    found = state(row, now)
    kind = found.kind if found.needs_a_person else None
    if kind == row.mark:
        return
    row.mark, row.marked_at, row.mark_seen_at = kind, now if kind else None, None
    if kind:
        _note(now, "source needs a person", {"source": row.slug, "state": kind, "said": found.sentence})


def looked_home(row: models.Source, *, ahead: int, at: datetime) -> None:
    """Remember what the page that a silent feed belongs to had more than it."""
    row.memory = recorded.content(course.seen_at_home(recorded.memory(row), ahead=ahead, at=at))
    mark(row, at)
    row.save(update_fields=["memory", "mark", "marked_at", "mark_seen_at"])


def hear(slug: str, language: str | None, *, now: datetime) -> None:
    """Remember in which language a document of a source was."""
    row = models.Source.objects.only("spoken", "languages").get(slug=slug)
    before = _spoken(row)
    after = course.heard(before, language, known=tuple(row.languages), at=now)
    if after != before:
        models.Source.objects.filter(slug=slug).update(spoken=jsonable.of_record(after))


def take_over(row: models.Source, *, now: datetime) -> str | None:
    """Watch a source at the address that it says it has moved to; yields that, or None where it can't be."""
    memory = recorded.memory(row)
    if memory.moved_to is None or _is_watched(row, memory.moved_to):
        return None
    _move(row, memory.moved_to)
    row.memory = recorded.content(course.arrived(memory))
    mark(row, now)
    return memory.moved_to


def _moved(row: models.Source, memory: course.Memory, visited: Visited) -> course.Memory:
    """Take a move over once it was said on several days, and the new address gave what the old one did."""
    gave = visited.listed is None or visited.listed > 0
    target = memory.moved_to
    if target is None or not course.has_moved(memory) or not gave or _is_watched(row, target):
        return memory
    _note(visited.at, "source moved", {"source": row.slug, "before": row.url, "after": target})
    _move(row, target)
    return course.arrived(memory)


def _is_watched(row: models.Source, url: str) -> bool:
    """Tell whether another source is watched at an address; one that only takes up https is its own successor."""
    return models.Source.objects.filter(identity=addresses.identity(url)).exclude(pk=row.pk).exists()


def _move(row: models.Source, url: str) -> None:
    row.url, row.identity = url, addresses.identity(url)


def _spoken(row: models.Source) -> course.Spoken:
    return jsonable.restored(course.Spoken, row.spoken)


def _note(now: datetime, what: str, detail: Mapping[str, str | int | None]) -> None:
    models.Audit.objects.create(at=now, action=what, detail=dict(detail))
