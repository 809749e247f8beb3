"""The desk's own actors: added, renamed, merged; what a change touches is coded again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from communique import registry
from communique.flow import actors
from communique.records import Actor
from communique.web.ledger import models
from communique.web.workspace import Workspace

OUTDATED = 0  # a version before the first: the next pass codes such a document again
SHORTEST = 3  # letters: a shorter acronym stands in nearly every text, so only its mentions are coded again


class OrganisationError(Exception):
    """A change can't be made; the message says what is wrong and what would be right."""


def enter(workspace: Workspace, *changed: Actor) -> int:
    """Write actors into the desk's own registry; yields how many documents will be coded again.

    What stands there already in the same words changes nothing.
    """
    known = actors.of(workspace.registry)
    before = [old for one in changed if (old := known.actor(one.id))]
    try:
        new, _ = registry.save(workspace.registry, changed)
    except registry.BadRegistry as error:
        raise OrganisationError(str(error)) from error
    return recode([*before, *changed]) if new else 0


def is_own(workspace: Workspace, id_: str) -> bool:
    """Tell whether an actor stands in the desk's own registry, added there or overriding a shipped one."""
    return any(actor.id == id_ for actor in registry.own(workspace.registry))


def renamed(actor: Actor, name: str, on: date) -> Actor:
    """Yield an actor under a new name; the old one stays known, and the source says when it was given up."""
    if not name or name == actor.name:
        raise OrganisationError("Give the new name; it must differ from the present one")
    names = tuple(one for one in actor.names if one[0] != name)
    known = names if any(one[0] == actor.name for one in names) else (*names, (actor.name, None))
    said = f"renamed {on.isoformat()}, before: {actor.name}"
    return replace(actor, name=name, names=known, source=f"{actor.source}; {said}" if actor.source else said)


def merged(actor: Actor, into: Actor, on: date | None) -> tuple[Actor, ...]:
    """Yield what changes when one actor becomes part of another.

    With a day, two bodies have become one: the first ends on it. Without, the two lines were always one body: the
    second takes over all names, and the first leads to it.
    """
    if actor.id == into.id:
        raise OrganisationError("Choose another organisation; one can't be merged into itself")
    if into.successor == actor.id:
        raise OrganisationError(f"{into.name} has {actor.name} for its successor; merge the other way round")
    if on is not None:
        return (replace(actor, ended=on.isoformat(), successor=into.id),)
    names = dict.fromkeys([*into.names, (actor.name, None), *actor.names])
    taken = tuple(one for one in names if one[0] != into.name)
    acronyms = tuple(dict.fromkeys([*into.acronyms, *actor.acronyms]))
    return replace(actor, successor=into.id), replace(into, names=taken, acronyms=acronyms)


def recode(changed: Iterable[Actor]) -> int:
    """Mark the current documents that name one of these actors, or were coded with it; yields how many they are."""
    found = models.Document.objects.filter(_naming(changed), is_current=True).exclude(code_version=OUTDATED)
    return found.update(code_version=OUTDATED)


def _naming(changed: Iterable[Actor]) -> Q:
    tests = []
    for actor in changed:
        tests.append(Q(coding__mentions__icontains=f'"{actor.id}"'))
        for written in registry.written_forms(actor):
            if len(written) > SHORTEST:
                tests += [Q(title__icontains=written), Q(content__text__icontains=written)]
            else:
                tests += [Q(coding__mentions__icontains=f'"{written}"')]
    return reduce(or_, tests, Q(pk__in=()))
