"""The registry: actors by id and by name, and their mentions in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from communique.kit.text import folded
from communique.kit.words import Run, words
from communique.records import Actor, Context, Mention
from communique.registry import _rules, _tongues
from communique.registry._aliases import Aliases, Hit
from communique.registry._names import Name, beside_nation, repeated, with_brackets, with_noun, without_appositions
from communique.registry._nations import dateline, nation
from communique.registry._resolve import SHORT, choice

MAX_FOUND = 50  # answers to one search


class Registry:
    """Who is who. Made once by `load`, never changed; a desk's change makes a new one."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._aliases = Aliases(self._actors.values())
        self._by_rule = _by_rule(self._actors.values())
        self._offices = _offices(self._actors.values())
        self._said = lru_cache(maxsize=_rules.REMEMBERED)(self._said_by)

    def __len__(self) -> int:
        return len(self._actors)

    def actors(self) -> tuple[Actor, ...]:
        """Yield all actors, in order of id."""
        return tuple(self._actors[id_] for id_ in sorted(self._actors))

    def actor(self, id_: str) -> Actor | None:
        """Yield the actor of an id."""
        return self._actors.get(id_)

    def resolve(self, name: str, country: str | None = None) -> Actor | None:
        """Yield the one actor that a name means, or None where there is none or more than one.

        The name may be an id, a name in any language, an acronym, or a name by rule ("Greek CP").
        """
        if name in self._actors:
            return self._actors[name]
        bearers = self._aliases.bearers(name) or self._bearers_by_rule(words(name), country)
        living = [self._actors[id_] for id_ in bearers]
        fitting = [actor for actor in living if country in (None, actor.country)]
        return fitting[0] if len(fitting) == 1 else None

    def search(self, query: str) -> tuple[Actor, ...]:
        """Yield up to 50 actors of whose names one holds every word of the query, best first."""
        wanted = folded(query)
        if not wanted:
            return ()
        rated = [(rate, actor.id) for actor in self._actors.values() if (rate := _rate(actor, wanted)) is not None]
        return tuple(self._actors[id_] for _, id_ in sorted(rated)[:MAX_FOUND])

    def mentions(self, text: str, *, context: Context) -> tuple[Mention, ...]:
        """Yield the bodies that the text names, in order, none overlapping.

        Names by rule are read in English, in texts of unsaid language and in the languages of `_tongues`; listed
        names in all.
        """
        language = (context.language or "en").split("-")[0].lower()
        run = words(text if language == "en" else "")
        ruled, spoken = _rules.found(run), frozenset[str]()
        if language in _tongues.TONGUES:
            ruled, spoken = _tongues.found(text, language)
        names = self._names(text, ruled)
        names = without_appositions([beside_nation(name, run) for name in names], text)
        names, short = with_brackets(text, [with_noun(name, run) for name in names])
        names = repeated(names, text, run, short)
        near = self._near(names, run, context) | spoken | _opening(text)
        return self._decided(text, names, near, context)

    def _names(self, text: str, ruled: Sequence[_rules.RuleName]) -> list[Name]:
        """Yield listed names and names by rule; neither those nor these overlap each other."""
        starts = [rule.start for rule in ruled]
        names = []
        for hit in self._aliases.hits(text):
            start = hit.start + 4 * text.startswith("The ", hit.start, hit.end)
            before = bisect_right(starts, start)
            if not (before and _covers(ruled[before - 1], start, hit.end)):
                names.append(self._of_hit(hit, text))
        starts, ends = [name.start for name in names], [name.end for name in names]
        for rule in ruled:
            before = bisect_left(starts, rule.end)
            if not (before and ends[before - 1] > rule.start):
                names.append(self._of_rule(rule, text))
        return sorted(names, key=lambda name: name.start)

    def _of_hit(self, hit: Hit, text: str) -> Name:
        needs_support, country = self._said(text[hit.start : hit.end], hit.actors, hit.is_acronym)
        return Name(hit.start, hit.end, hit.actors, None, country, needs_support)

    def _said_by(self, written: str, ids: tuple[str, ...], is_acronym: bool) -> tuple[bool, str | None]:
        """Yield whether many bodies may bear a listed name, and the country that it speaks of."""
        if is_acronym:
            return len(written) <= SHORT, None
        said = _country_in(written)
        borne = any(self._actors[id_].country == said for id_ in ids)
        return _rules.is_ordinary(written), said if borne else None

    def _of_rule(self, rule: _rules.RuleName, text: str) -> Name:
        ids = self._known(rule.country, rule.rest) if rule.is_full else ()
        if rule.is_full and len(ids) != 1:
            ids = self._aliases.bearers(_expanded(text[rule.start : rule.end])) or ids
        ids = ids or self._offices.get((rule.kind, rule.country), ())
        return Name(
            start=rule.start, end=rule.end, ids=ids, kind=rule.kind, country=rule.country,
            needs_support=True, is_full=rule.is_full,
        )  # fmt: skip

    def _known(self, country: str | None, rest: str) -> tuple[str, ...]:
        """Yield who is called so in a country, or else what means the same ("football association", "federation")."""
        calls = (rest, *_rules.rules().same.get(rest, ()))
        return next((ids for call in calls if (ids := self._by_rule.get((country, call)))), ())

    def _bearers_by_rule(self, run: Run, country: str | None) -> tuple[str, ...]:
        return tuple(
            id_
            for rule in _rules.found(run)
            if rule.is_full
            for id_ in self._by_rule.get((rule.country or country, rule.rest), ())
        )

    def _decided(self, text: str, names: Sequence[Name], near: frozenset[str], context: Context) -> tuple[Mention, ...]:
        first = [self._mention(text, name, near, context) for name in names]
        sure = near | {mention.country for mention in first if mention.actor and mention.country}
        if sure == near:
            return tuple(first)
        return tuple([
            # Who alone bears a name bears it whatever else is near.
            mention if name.ids == (mention.actor,) else self._mention(text, name, sure, context)
            for name, mention in zip(names, first, strict=True)
        ])  # fmt: skip

    def _near(self, names: Sequence[Name], run: Run, context: Context) -> frozenset[str]:
        """Yield the countries that the publisher and the words of the text speak for."""
        publisher = self.resolve(context.publisher) if context.publisher else None
        found = {nation(run[place].text) for place in run.where.capitals}
        found.update([name.country for name in names], (publisher.country if publisher else None,))
        return frozenset([code for code in found if code]) - {"INT", "EU"}

    def _mention(self, text: str, name: Name, near: frozenset[str], context: Context) -> Mention:
        ids, surface = name.ids, text[name.start : name.end]
        if name.country and not any(self._actors[id_].country == name.country for id_ in ids):
            ids = self._by_rule.get((name.country, _rest(surface)), ids)
        if not ids and name.is_full and name.kind and not name.country and len(near) == 1:
            ids = self._by_rule.get((next(iter(near)), _rest(surface)), ())
        meant, candidates = choice(
            [self._actors[id_] for id_ in ids], said=name.country if name.country != "EU" else None, near=near,
            on=context.published, needs_support=name.needs_support,
        )  # fmt: skip
        if not meant and not name.country and (own := self._own(surface, context)):
            meant = own
        if meant:
            return Mention(text=surface, span=(name.start, name.end), actor=meant.id, name=meant.name,
                           kind=meant.kind, country=meant.country)  # fmt: skip
        return Mention(
            text=surface, span=(name.start, name.end), actor=None, name=surface,
            kind=name.kind or _common([actor.kind for actor in candidates]),
            country=name.country or (_common([actor.country for actor in candidates]) if len(candidates) > 1 else None),
            candidates=tuple([actor.id for actor in candidates]),
        )  # fmt: skip

    def _own(self, surface: str, context: Context) -> Actor | None:
        """Yield the publisher, where the surface is how its own name ends: the short form, in its own statements."""
        publisher = self.resolve(context.publisher) if context.publisher else None
        if publisher is None or " " not in surface:
            return None
        ending = f" {_plain(surface)}"
        names = (publisher.name, *(name for name, _ in publisher.names))
        return publisher if any(_plain(name).endswith(ending) for name in names) else None


@lru_cache(maxsize=_rules.REMEMBERED)
def _country_in(name: str) -> str | None:
    """Yield the country that a name speaks of, read as a name by rule."""
    by_rule = _rules.found(words(name))
    return by_rule[0].country if by_rule else None


def _plain(name: str) -> str:
    return folded(name).replace("’", "'")


@lru_cache(maxsize=_rules.REMEMBERED)
def _rest(surface: str) -> str:
    """Yield a name as the index by rule has it, the country before it left out."""
    found = _rules.found(words(surface.rsplit("'s ", 1)[-1].rsplit("’s ", 1)[-1]))
    return found[0].rest if found else surface.lower()


def _common(values: Sequence[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _expanded(name: str) -> str:
    return " ".join(_rules.rules().shorts.get(word, word) for word in name.split(" "))


def _covers(rule: _rules.RuleName, start: int, end: int) -> bool:
    """Tell whether a name by rule holds a listed name and more: a part of that body, or another one."""
    return rule.is_full and rule.start <= start and end <= rule.end and rule.end - rule.start > end - start


def _by_rule(actors: Iterable[Actor]) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """Index actors by country and by their English names without the country."""
    found: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for actor in actors:
        for name in (actor.name, *(name for name, language in actor.names if language in (None, "en"))):
            for rule in _rules.found(words(name)):
                key = (rule.country, rule.rest)
                if rule.country == actor.country and rule.is_full and actor.id not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), actor.id)
    return found


def _opening(text: str) -> frozenset[str]:
    """Yield the country of the dateline, if there is one."""
    country = dateline(text)
    return frozenset((country,)) if country else frozenset()


# Kinds of which a state has one: "the central bank of Peru" names it as well as its own name does.
_ONLY_ONE = frozenset({"centralbank"})


def _offices(actors: Iterable[Actor]) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Index the actors that are the only one of their kind in their country."""
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for actor in actors:
        if actor.kind in _ONLY_ONE and actor.country not in (None, "INT"):
            found[actor.kind, actor.country] = (*found.get((actor.kind, actor.country), ()), actor.id)
    return {place: ids for place, ids in found.items() if len(ids) == 1}


def _rate(actor: Actor, wanted: str) -> tuple[int, int] | None:
    names = [folded(name) for name in (actor.name, *actor.acronyms, *(name for name, _ in actor.names))]
    if wanted in (*names, actor.id):
        return (0, len(actor.name))
    holding = [name for name in names if all(word in name for word in wanted.split())]
    if not holding:
        return None
    return (1 if any(name.startswith(wanted) for name in holding) else 2, len(actor.name))


def counted_by_kind(registry: Registry) -> dict[str, int]:
    """Count actors by kind, for the docs."""
    return dict(sorted(Counter(actor.kind for actor in registry.actors()).items()))
