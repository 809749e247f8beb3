"""Writing actors into a registry folder, in the same files that people edit: one CSV file a kind."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from communique.records import Actor
from communique.registry._files import COLUMNS, KINDS, BadRegistry, actors, parsed


def save(folder: Path, given: Iterable[Actor]) -> tuple[int, int]:
    """Enter actors into a folder; one of the same id is replaced. Returns how many are new, and how many stood.

    Each file is written beside and renamed; lines stand in order of id.
    """
    standing = {actor.id: actor for actor in actors(folder)}
    wanted = {actor.id: actor for actor in given}
    fresh = [actor for actor in wanted.values() if standing.get(actor.id) != actor]
    kinds = {actor.kind for actor in fresh} | {standing[actor.id].kind for actor in fresh if actor.id in standing}
    by_kind: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in (standing | wanted).values():
        by_kind[actor.kind].append(actor)
    for kind in sorted(kinds):
        _write(folder / f"{kind}.csv", by_kind[kind])
    return len(fresh), len(wanted) - len(fresh)


def checked(actor: Actor) -> Actor:
    """Yield an actor as a registry file would give it back; BadRegistry says what a file couldn't hold."""
    if actor.kind not in KINDS:
        raise BadRegistry(f"{actor.id}: kind is {actor.kind!r}; right would be one of {', '.join(KINDS)}")
    return parsed(_row(actor), actor.kind, actor.id)


def _write(path: Path, found: list[Actor]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(actor) for actor in sorted(found, key=lambda actor: actor.id))
    beside = path.with_name(path.name + ".new")
    beside.write_text(text.getvalue(), encoding="utf-8")
    beside.replace(path)


def _row(actor: Actor) -> list[str]:
    names = ";".join(f"{language}:{name}" if language else name for name, language in actor.names)
    fields = {
        "id": actor.id, "country": actor.country, "name": actor.name, "acronyms": ";".join(actor.acronyms),
        "names": names, "parent": actor.parent, "founded": actor.founded, "ended": actor.ended,
        "successor": actor.successor, "site": actor.site, "source": actor.source,
    }  # fmt: skip
    return [fields[column] or "" for column in COLUMNS]
