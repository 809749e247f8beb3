"""An edition of dispatches in memory: for tests and small wires."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from communique.records import Actor, Correction, Dispatch
from communique.wire import _series, _slugs
from communique.wire._edition import Kind, LogState, Section, Settings


def sections(dispatch: Dispatch, actor: Callable[[str], Actor | None]) -> tuple[Section, ...]:
    """Yield the sections that a dispatch stands in; an edition's section lists follow this rule and no other."""
    found = [Section("org", one) for one in dict.fromkeys(dispatch.actors)]
    if country := dispatch.country or _country_of_first(dispatch, actor):
        found.append(Section("country", country))
    found += [Section("topic", one) for one in dict.fromkeys(dispatch.topics)]
    if dispatch.story:
        found.append(Section("story", dispatch.story))
    if (series := _series.section(dispatch)) is not None:
        found.append(series)
    return (*found, Section("lang", dispatch.language))


def _country_of_first(dispatch: Dispatch, actor: Callable[[str], Actor | None]) -> str | None:
    first = actor(dispatch.actors[0]) if dispatch.actors else None
    return first.country if first else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What the archive made of the dispatches."""

    digests: Mapping[int, str] = field(default_factory=dict)  # by dispatch id
    proofs: Mapping[int, bytes] = field(default_factory=dict)  # by dispatch id: C2SP proof files
    log: LogState | None = None  # None: there is no log


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryEdition:
    """See `Edition`; made by `edition`."""

    settings: Settings
    number: int
    at: datetime
    by_id: Mapping[int, Dispatch]  # in order of id
    ids: tuple[int, ...]  # rising
    members: Mapping[Section, tuple[int, ...]]  # rising ids
    actors: Mapping[str, Actor] = field(default_factory=dict)
    stories: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[int, frozenset[Section]] = field(default_factory=dict)
    archived: Archived = Archived()

    def last_id(self) -> int:
        return self.ids[-1] if self.ids else 0

    def dispatch(self, id_: int) -> Dispatch | None:
        return self.by_id.get(id_)

    def dispatches(self, first: int, last: int) -> tuple[Dispatch, ...]:
        found = self.ids[bisect_left(self.ids, first) : bisect_left(self.ids, last + 1)]
        return tuple(self.by_id[id_] for id_ in reversed(found))

    def newest(self, count: int) -> tuple[Dispatch, ...]:
        plain = (self.by_id[id_] for id_ in reversed(self.ids) if not self.by_id[id_].pinned)
        return tuple(one for one, _ in zip(plain, range(count), strict=False))

    def pinned(self) -> tuple[Dispatch, ...]:
        return tuple(self.by_id[id_] for id_ in reversed(self.ids) if self.by_id[id_].pinned)

    def corrected(self, count: int) -> tuple[tuple[Dispatch, Correction], ...]:
        found = [(one, change) for one in self.by_id.values() for change in one.corrections]
        return tuple(sorted(found, key=lambda pair: (pair[1].at, pair[0].id), reverse=True)[:count])

    def published_since(self, moment: datetime, count: int) -> tuple[Dispatch, ...]:
        late = (one for id_ in reversed(self.ids) if (one := self.by_id[id_]).published and one.published >= moment)
        return tuple(one for one, _ in zip(late, range(count), strict=False))

    def sections(self, kind: Kind) -> tuple[str, ...]:
        return tuple(sorted(section.key for section in self.members if section.kind == kind))

    def section_count(self, kind: Kind) -> int:
        return len(self.sections(kind))

    def section_size(self, section: Section) -> int:
        return len(self.members.get(section, ()))

    def section_place(self, section: Section, id_: int) -> int:
        return bisect_left(self.members.get(section, ()), id_)

    def section_range(self, section: Section, first: int, last: int) -> tuple[Dispatch, ...]:
        found = self.members.get(section, ())[max(first - 1, 0) : max(last, 0)]
        return tuple(self.by_id[id_] for id_ in reversed(found))

    def moved(self, id_: int) -> frozenset[Section]:
        return self.moves.get(id_, frozenset())

    def occasions(self, series: str) -> tuple[tuple[int, int], ...]:
        first: dict[int, int] = {}
        for id_ in self.members.get(Section("series", series), ()):
            first.setdefault(self.by_id[id_].occasion_number or 0, id_)
        return tuple(sorted(first.items()))

    def occasion(self, series: str, number: int) -> tuple[int, ...]:
        ids = self.members.get(Section("series", series), ())
        return tuple(id_ for id_ in ids if self.by_id[id_].occasion_number == number)

    def actor(self, id_: str) -> Actor | None:
        return self.actors.get(id_)

    def story_name(self, slug: str) -> str | None:
        return self.stories.get(slug)

    def slug(self, id_: int) -> str:
        return _slugs.of_dispatch(self.by_id[id_])

    def content_digest(self, id_: int) -> str | None:
        return self.archived.digests.get(id_)

    def proof(self, id_: int) -> bytes | None:
        return self.archived.proofs.get(id_)

    def log(self) -> LogState | None:
        return self.archived.log


def edition(
    dispatches: Iterable[Dispatch],
    settings: Settings,
    *,
    number: int = 1,
    at: datetime | None = None,
    actors: Mapping[str, Actor] | None = None,
    stories: Mapping[str, str] | None = None,
    moves: Mapping[int, frozenset[Section]] | None = None,
    archived: Archived | None = None,
) -> MemoryEdition:
    """Make an edition of the dispatches given. `at` is by default the latest instant that they know of.

    `stories` gives names for story slugs, `moves` what `Edition.moved` yields.
    """
    by_id = {one.id: one for one in sorted(dispatches, key=lambda one: one.id)}
    known = dict(actors or {})
    members: defaultdict[Section, list[int]] = defaultdict(list)
    for one in by_id.values():
        for section in sections(one, known.get):
            members[section].append(one.id)
    return MemoryEdition(
        settings=settings,
        number=number,
        at=at or _latest(by_id.values(), settings.began),
        by_id=by_id,
        ids=tuple(by_id),
        members={section: tuple(ids) for section, ids in members.items()},
        actors=known,
        stories=dict(stories or {}),
        moves=dict(moves or {}),
        archived=archived or Archived(),
    )


def _latest(dispatches: Iterable[Dispatch], began: datetime) -> datetime:
    known = [began]
    for one in dispatches:
        known += [moment for moment in (one.published, one.released) if moment]
        known += [change.at for change in one.corrections]
    return max(known).astimezone(UTC)
