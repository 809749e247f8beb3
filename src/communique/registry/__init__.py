"""Who is who: organisations, their names and acronyms in all languages, found in text.

Room: registry
In: a folder of reviewable CSV files, one a kind (data/actors/); a desk's own folder of the same form adds and overrides
Out: Registry: actors by id and name, and the mentions of a text, each linked, undecided with candidates, or unlisted
Entry: load(extra) -> Registry; save(folder, actors); country(name), nation(name or demonym) -> country code;
    BadRegistry: what a file lacks
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from communique.records import Actor
from communique.registry._files import COLUMNS, BadRegistry, actors, placed, unlinked
from communique.registry._nations import country, nation
from communique.registry._registry import Registry, counted_by_kind
from communique.registry._writing import save

__all__ = ["COLUMNS", "BadRegistry", "Registry", "counted_by_kind", "country", "load", "nation", "save"]


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


@cache
def _shipped() -> tuple[Actor, ...]:
    with as_file(files("communique.registry").joinpath("data", "actors")) as folder:
        return tuple(actors(folder))


@cache
def _shipped_registry() -> Registry:
    return Registry(_shipped())
