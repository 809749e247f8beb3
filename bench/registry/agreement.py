#!/usr/bin/env python3
"""Compare the shipped parties with another list of parties: what both hold should agree.

    COMMUNIQUE_GOLD=FOLDER python -m bench.registry.agreement

The list is Party Facts' core parties (`registry/partyfacts-core-parties.csv` of the folder). A party is held by both
where one of its names stands there under its country. Then its acronyms, its years and its further names are compared.
Each disagreement must stand in `decided.csv`, with what was decided and why; a new one ends the run with status 1.
"""

from __future__ import annotations

import csv
import os
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.core import get_global

from communique import registry
from communique.kit.text import folded
from communique.records import Actor

DECIDED = Path(__file__).parent / "decided.csv"
NEAR = 2  # years: lists count from the founding, from the first election or from the registration


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A party as the other list has it."""

    id: str
    country: str  # alpha-2
    short: str
    names: frozenset[str]  # folded
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One fact that the two lists tell differently."""

    actor: str
    fact: str  # "acronym", "founded", "ended"
    ours: str
    theirs: str


def others(path: Path) -> Iterator[Other]:
    """Yield the parties of the other list, without its placeholders."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = _alpha2().get(row["country"])
            if not row["technical"] and country:
                names = (row["name"], *row["name_english"].split(" / "), *_foreign(row["name_other"]))
                yield Other(
                    id=row["partyfacts_id"], country=country, short=row["name_short"],
                    names=frozenset(_plain(name) for name in names if name),
                    first=_year(row["year_first"]), last=_year(row["year_last"]),
                )  # fmt: skip


def _foreign(field: str) -> list[str]:
    return [part.split(":", 1)[-1] for part in field.replace(";", "/").split("/")]


def _year(field: str) -> int | None:
    return int(field) if field.isdigit() else None


@cache
def _alpha2() -> dict[str, str]:
    """Map ISO 3166-1 alpha-3 to alpha-2, by CLDR's aliases of territories."""
    aliases = get_global("territory_aliases")
    return {old: new[0] for old, new in aliases.items() if len(old) == len("AFG") and old.isalpha()} | {"XKX": "XK"}


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded(name)) if c.isalnum() or c == " ")
    return " ".join(word for word in bare.split() if word not in ("the", "of", "and"))


def pairs(shipped: registry.Registry, found: list[Other]) -> Iterator[tuple[Actor, Other]]:
    """Yield each shipped party with the only one of the other list that bears one of its names in its country."""
    by_name: defaultdict[tuple[str, str], list[Other]] = defaultdict(list)
    for other in found:
        for name in other.names:
            by_name[other.country, name].append(other)
    for actor in shipped.actors():
        if actor.kind == "party" and actor.country:
            names = {_plain(name) for name in (actor.name, *(name for name, _ in actor.names))}
            bearers = {one.id: one for name in names for one in by_name.get((actor.country, name), ())}
            if len(bearers) == 1:
                yield actor, next(iter(bearers.values()))


def differences(actor: Actor, other: Other) -> Iterator[Difference]:
    """Yield what the two lists tell differently of one party; what one of them leaves out is no difference."""
    short = {_plain(one) for one in actor.acronyms}
    if short and other.short.isupper() and _plain(other.short) not in short:
        yield Difference(actor=actor.id, fact="acronym", ours=";".join(actor.acronyms), theirs=other.short)
    for fact, ours, theirs in (("founded", actor.founded, other.first), ("ended", actor.ended, other.last)):
        if ours and theirs and abs(int(ours[:4]) - theirs) > NEAR:
            yield Difference(actor=actor.id, fact=fact, ours=ours, theirs=str(theirs))


def decided() -> dict[tuple[str, str, str], str]:
    """Map (actor, fact, what they say) to what was decided about it."""
    with DECIDED.open(encoding="utf-8", newline="") as file:
        return {(row["actor"], row["fact"], row["theirs"]): row["decision"] for row in csv.DictReader(file)}


def main() -> int:
    """Print what was compared, and each disagreement on which nothing was decided."""
    folder = os.environ.get("COMMUNIQUE_GOLD")
    if folder is None:
        sys.stderr.write("COMMUNIQUE_GOLD is not set; give the folder that holds registry/\n")
        return 2
    held = list(pairs(registry.load(), list(others(Path(folder) / "registry" / "partyfacts-core-parties.csv"))))
    told = [one for actor, other in held for one in differences(actor, other)]
    known = decided()
    open_ones = [one for one in told if (one.actor, one.fact, one.theirs) not in known]
    for one in open_ones:
        sys.stdout.write(f"{one.actor},{one.fact},{one.ours},{one.theirs},\n")
    by_fact = ", ".join(f"{count} {fact}" for fact, count in sorted(Counter(one.fact for one in told).items()))
    sys.stderr.write(
        f"{len(held)} parties in both lists; they differ in {by_fact or 'nothing'}; {len(open_ones)} open\n"
    )
    return 1 if open_ones else 0


if __name__ == "__main__":
    raise SystemExit(main())
