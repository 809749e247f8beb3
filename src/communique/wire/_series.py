"""Series of occasions: the congresses of one body, the meetings of one forum, each with its number."""

from __future__ import annotations

from collections.abc import Iterable

from communique.kit.text import printable
from communique.records import Dispatch
from communique.wire import _slugs
from communique.wire._edition import Edition, Section

_NAMELESS = "series"  # stands for a name that Latin letters can't spell, with its digest


def section(dispatch: Dispatch) -> Section | None:
    """Yield the series that a dispatch's occasion is one of; None: of none."""
    if not dispatch.series or dispatch.occasion_number is None:
        return None
    return Section("series", slug(dispatch.series))


def slug(name: str) -> str:
    """Yield the last part of a series' address: two names that are spelt alike are one series."""
    return _slugs.slug(name, _slugs.segment(f"{_NAMELESS} {name}"))


def name(edition: Edition, one: Section) -> str:
    """Yield what a series is called, as its oldest dispatch has it: the same for ever."""
    first = edition.section_range(one, 1, 1)
    return printable(first[0].series or one.key) if first else one.key


def beside(edition: Edition, series: Section, number: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Yield the occasions before and after one that the wire has told of, each with the id of its first dispatch."""
    known = edition.occasions(series.key)
    before = [one for one in known if one[0] < number]
    after = [one for one in known if one[0] > number]
    return before[-1] if before else None, after[0] if after else None


def changed_by(edition: Edition, series: Section, touched: Iterable[int], *, moved: bool) -> set[int]:
    """Yield the dispatches whose pages name an occasion that is new, as the one before or after theirs.

    `touched` are dispatches of the series; where one entered or left by an operation, any occasion may be another.
    """
    ids = set(touched)
    numbers = {one.occasion_number for id_ in ids if (one := edition.dispatch(id_)) and section(one) == series}
    known = [number for number, _ in edition.occasions(series.key)]
    if moved:
        return {id_ for number in known for id_ in edition.occasion(series.key, number)}
    new = [at for at, number in enumerate(known) if number in numbers and _is_new(edition, series, number, ids)]
    near = {known[place] for at in new for place in (at - 1, at + 1) if 0 <= place < len(known)}
    return {id_ for number in near for id_ in edition.occasion(series.key, number)}


def _is_new(edition: Edition, series: Section, number: int, touched: set[int]) -> bool:
    return touched.issuperset(edition.occasion(series.key, number))
