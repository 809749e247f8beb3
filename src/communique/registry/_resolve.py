"""Which of several bodies a name means: country first, then kind, then dates; undecided stays undecided."""

from __future__ import annotations

from collections.abc import Sequence

from communique.records import Actor

_ABROAD = frozenset({"INT", "EU"})
SHORT = 3  # letters: an acronym this short is borne by bodies that no registry knows


def choice(
    bearers: Sequence[Actor], *, said: str | None, near: frozenset[str], year: int | None, needs_support: bool
) -> tuple[Actor | None, tuple[Actor, ...]]:
    """Yield the body meant, or None and the candidates that remain.

    `said` is the country that the name itself or its neighbour names, `near` the countries of the publisher and of
    what stands around, `year` that of publication. A name that many bodies may bear (`needs_support`) is not linked
    on the ground that we happen to know one of them.
    """
    living = [actor for actor in bearers if _lived(actor, year)] or list(bearers)
    if said:
        fitting = [actor for actor in living if actor.country == said]
        return (fitting[0], ()) if len(fitting) == 1 else (None, tuple(fitting))
    supported = [actor for actor in living if actor.country in near]
    if len(supported) == 1:
        return supported[0], ()
    if len(living) == 1 and (not needs_support or living[0].country in _ABROAD):
        return living[0], ()
    return None, tuple(supported or living)


def _lived(actor: Actor, year: int | None) -> bool:
    """Tell whether a body existed in a year, as far as is known."""
    if year is None:
        return True
    begun = actor.founded is None or int(actor.founded[:4]) <= year
    return begun and (actor.ended is None or int(actor.ended[:4]) >= year)
