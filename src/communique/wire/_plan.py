"""Which pages a change can change: the difference between a full and an incremental build, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from communique.wire import _dispatch_page, _links, _maps, _series
from communique.wire._edition import KINDS, Edition, Kind, Section
from communique.wire._memory import sections


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """What to write of one section."""

    section: Section
    numbers: Iterable[int] = ()  # its numbered pages
    gone: Iterable[int] = ()  # numbered pages that may still lie there and must not
    is_gone: bool = False  # no dispatch is left in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to write. The pages that every edition changes are not named."""

    ids: Iterable[int]  # dispatches
    numbers: Iterable[int]  # pages of the main list
    sections: Iterable[SectionPlan]
    kinds: Iterable[Kind]  # indexes of sections
    maps: Iterable[int]  # numbered sitemaps
    is_whole: bool = field(default=False)  # also what depends on settings alone


def last_page(size: int) -> int:
    """Yield the number of a list's last page. After a full page stands an empty one, so that the full page's way to
    the next is there from the day that it is full, and it need not change."""
    return size // _links.PAGE + 1


def _numbered(size: int) -> range:
    """Yield a section's numbered pages: none while the section's own page holds all of it."""
    return range(1, last_page(size) + 1) if size > _links.PAGE else range(0)


def whole(edition: Edition) -> Plan:
    """Plan a full build."""
    last = edition.last_id()
    return Plan(
        ids=(id_ for page in range(1, last_page(last) + 1) for id_ in _ids_of(edition, page)),
        numbers=range(1, last_page(last) + 1),
        sections=_all_sections(edition),
        kinds=KINDS,
        maps=range(1, _maps.part_of(last) + 1 if last else 1),
        is_whole=True,
    )


def _ids_of(edition: Edition, page: int) -> list[int]:
    first = (page - 1) * _links.PAGE + 1
    return [one.id for one in reversed(edition.dispatches(first, first + _links.PAGE - 1))]


def _all_sections(edition: Edition) -> Iterator[SectionPlan]:
    for kind in KINDS:
        for key in edition.sections(kind):
            section = Section(kind, key)
            yield SectionPlan(section=section, numbers=_numbered(edition.section_size(section)))


def after(edition: Edition, touched: frozenset[int]) -> Plan:
    """Plan what the publication or change of these dispatches can change. `edition` is the state after it."""
    standing = _standing(edition, touched)
    numbers = {_links.page_number(id_) for id_ in touched}
    last = edition.last_id()
    if last in touched:
        numbers.add(last_page(last))
    return Plan(
        ids=sorted(_dispatches(edition, touched, standing)),
        numbers=sorted(numbers),
        sections=[_section_plan(edition, *one, len(touched)) for one in sorted(standing.items())],
        kinds=[kind for kind in KINDS if _may_differ(edition, kind, standing, len(touched))],
        maps=sorted({_maps.part_of(id_) for id_ in touched}),
    )


Standing = dict[Section, dict[int, bool]]  # section -> touched id -> whether it ever entered or left by an operation


def _standing(edition: Edition, touched: frozenset[int]) -> Standing:
    found: Standing = defaultdict(dict)
    for id_ in sorted(touched):
        moved = edition.moved(id_)
        one = edition.dispatch(id_)
        for section in {*moved, *(sections(one, edition.actor) if one else ())}:
            found[section][id_] = section in moved
    return found


def _section_plan(edition: Edition, section: Section, ids: dict[int, bool], touched: int) -> SectionPlan:
    """A dispatch that entered or left moves all later ones by one place; any other change stays on its page."""
    size = edition.section_size(section)
    places = {id_: edition.section_place(section, id_) for id_ in ids}
    moved = any(ids.values())
    gone = (
        range(last_page(size) + 1, last_page(size + touched) + 1)
        if size > _links.PAGE
        else range(1, last_page(size + touched) + 1)
    )
    if size <= _links.PAGE:
        return SectionPlan(section=section, gone=gone if moved else (), is_gone=size == 0)
    numbers = {place // _links.PAGE + 1 for place in places.values()} | {
        last_page(place + 1) for place in places.values() if place == size - 1
    }
    for id_, has_moved in ids.items():
        if has_moved:
            numbers |= set(range(places[id_] // _links.PAGE + 1, last_page(size) + 1))
    if size - touched <= _links.PAGE:  # its numbered pages may be new
        numbers = set(_numbered(size))
    return SectionPlan(section=section, numbers=sorted(numbers), gone=gone if moved else ())


def _may_differ(edition: Edition, kind: Kind, standing: Standing, touched: int) -> bool:
    """Tell whether a section of the kind may have come or gone."""
    mine = ((section, ids) for section, ids in standing.items() if section.kind == kind)
    return any(any(ids.values()) or edition.section_size(section) <= touched for section, ids in mine)


def _dispatches(edition: Edition, touched: frozenset[int], standing: Standing) -> set[int]:
    """Yield the touched, those whose pages name them as translation, in a story's course, or as an occasion."""
    found = set(touched)
    for id_ in touched:
        if one := edition.dispatch(id_):
            found |= {other for other in one.translations if edition.dispatch(other)}
    for section, ids in standing.items():
        if section.kind == "story":
            for id_ in ids:
                place = edition.section_place(section, id_)
                found |= {
                    one.id for one in edition.section_range(section, place + 1, place + 1 + _dispatch_page.COURSE)
                }
        if section.kind == "series":
            found |= _series.changed_by(edition, section, ids, moved=any(ids.values()))
    return found
