"""Which of several bodies a name means: country first, then kind, then dates; undecided stays undecided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from communique.records import Actor

_ABROAD = frozenset({"INT", "EU"})
SHORT = 3  # letters: an acronym this short is borne by bodies that no registry knows


def choice(
    bearers: Sequence[Actor], *, said: str | None, near: frozenset[str], on: date | None, needs_support: bool
) -> tuple[Actor | None, tuple[Actor, ...]]:
    """Yield the body meant, or None and the candidates that remain.

    `said` is the country that the name itself or its neighbour names, `near` the countries of the publisher and of
    what stands around, `on` the day of publication. A name that many bodies may bear (`needs_support`) is not linked
    on the ground that we happen to know one of them. A body that has ended may still be spoken of, but never acts: it
    is no more than a candidate; one that was not yet founded is not even that.
    """
    if not bearers:
        return None, ()
    begun = [actor for actor in bearers if _has_begun(actor, on)]
    living = _foremost([actor for actor in begun if not _has_ended(actor, on)])
    if said:
        fitting = [actor for actor in living if actor.country == said]
        return (fitting[0], ()) if len(fitting) == 1 else (None, _from(begun, frozenset((said,))))
    supported = [actor for actor in living if actor.country in near]
    if len(supported) == 1:
        return supported[0], ()
    if len(living) == 1 and (not needs_support or living[0].country in _ABROAD):
        return living[0], ()
    return None, _from(begun, near) or tuple(begun)


def _foremost(living: Sequence[Actor]) -> list[Actor]:
    """Leave out who leads to another that bears the same name: two lines for one body, merged at the desk."""
    if len(living) < 2:
        return list(living)
    ids = {actor.id for actor in living}
    return [actor for actor in living if actor.successor not in ids]


def _from(bearers: Sequence[Actor], countries: frozenset[str]) -> tuple[Actor, ...]:
    return tuple([actor for actor in bearers if actor.country in countries])


def _has_begun(actor: Actor, on: date | None) -> bool:
    """Tell whether a body existed or had existed by a day, as exactly as its dates are known."""
    return on is None or actor.founded is None or actor.founded <= on.isoformat()[: len(actor.founded)]


def _has_ended(actor: Actor, on: date | None) -> bool:
    """Tell whether a body was gone by a day; of a text without one it is taken that it speaks of the present."""
    return actor.ended is not None and (on is None or actor.ended < on.isoformat()[: len(actor.ended)])
