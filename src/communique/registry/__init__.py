"""Who is who: organisations, their names and acronyms in all languages, found in text.

Room: registry
In: a folder of reviewable CSV files, one a kind (data/actors/); a desk's own folder of the same form adds and overrides
Out: Registry: actors by id and name, and the mentions of a text, each linked, undecided with candidates, or unlisted
Entry: load(extra) -> Registry; save(folder, actors); own(folder) -> actors; written_forms(actor) -> names in all cases;
    country(name), nation(name or demonym) -> country code; countries() -> names and their codes;
    BadRegistry: what a file lacks
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from communique.records import Actor
from communique.registry import _writing
from communique.registry._aliases import written_forms
from communique.registry._files import COLUMNS, KINDS, BadRegistry, actors, placed, unlinked
from communique.registry._nations import countries, country, nation
from communique.registry._registry import Registry, counted_by_kind

__all__ = [
    "COLUMNS",
    "KINDS",
    "BadRegistry",
    "Registry",
    "counted_by_kind",
    "countries",
    "country",
    "load",
    "nation",
    "own",
    "save",
    "written_forms",
]


def load(extra: Path | None = None) -> Registry:
    """Load the shipped actors, and those of a desk's own folder, which add to them and replace the same ids."""
    shipped = _shipped()
    if extra is None:
        return _shipped_registry()
    if not extra.is_dir():
        raise BadRegistry(f"{extra}: no such folder; name a folder with files such as party.csv")
    own = tuple(placed(extra))
    merged = {actor.id: actor for actor in shipped} | {actor.id: actor for actor, _ in own}
    unlinked(own, merged)
    return Registry(merged.values())


def own(folder: Path) -> tuple[Actor, ...]:
    """Yield what stands in a desk's own folder."""
    return tuple(actors(folder))


def save(folder: Path, given: Iterable[Actor]) -> tuple[int, int]:
    """Enter actors into a folder; one of the same id is replaced. Returns how many are new or other, how many stood.

    A shipped one in the same words stands already. Where one of them can't stand in a file, leads to nobody or back to
    itself, BadRegistry says so and nothing is written.
    """
    entered = {actor.id: _writing.checked(actor) for actor in given}
    standing = {actor.id: actor for actor in (*_shipped(), *actors(folder))}
    unlinked([(actor, actor.id) for actor in entered.values()], standing | entered)
    fresh = [actor for actor in entered.values() if standing.get(actor.id) != actor]
    new, _ = _writing.save(folder, fresh)
    return new, len(entered) - new


@cache
def _shipped() -> tuple[Actor, ...]:
    with as_file(files("communique.registry").joinpath("data", "actors")) as folder:
        return tuple(actors(folder))


@cache
def _shipped_registry() -> Registry:
    return Registry(_shipped())
