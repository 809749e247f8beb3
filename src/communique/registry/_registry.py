"""The registry: actors by id and by name, and their mentions in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.kit.text import folded
from communique.kit.words import Word, words
from communique.records import Actor, Context, Mention
from communique.registry import _rules, _tongues
from communique.registry._aliases import Aliases, Hit
from communique.registry._nations import dateline, nation
from communique.registry._resolve import SHORT, choice

MAX_FOUND = 50  # answers to one search


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A name in the text, before it is known whom it means."""

    start: int
    end: int
    ids: tuple[str, ...] = ()  # who may be meant
    kind: str | None = None
    country: str | None = None  # as the name or its neighbour says
    needs_support: bool = False  # many bodies may be called so
    is_full: bool = True


class Registry:
    """Who is who. Made once by `load`, never changed; a desk's change makes a new one."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._aliases = Aliases(self._actors.values())
        self._by_rule = _by_rule(self._actors.values())
        self._offices = _offices(self._actors.values())

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
        run = words(text) if language == "en" else ()
        ruled, spoken = _rules.found(run), frozenset[str]()
        if language in _tongues.TONGUES:
            ruled, spoken = _tongues.found(text, language)
        names = self._names(text, ruled)
        names = _without_appositions([_beside_nation(name, run) for name in names], text)
        names = [_with_noun(name, run) for name in names]
        names, short = _with_brackets(text, names)
        names = _repeated(names, text, run, short)
        near = self._near(names, run, context) | spoken | _opening(text)
        return self._decided(text, names, near, context)

    def _names(self, text: str, ruled: Sequence[_rules.RuleName]) -> list[_Name]:
        hits = self._aliases.hits(text)
        names = [self._of_hit(hit, text) for hit in hits if not any(_covers(rule, hit, text) for rule in ruled)]
        taken = [(name.start, name.end) for name in names]
        names.extend(
            self._of_rule(rule, text)
            for rule in ruled
            if not any(rule.start < end and start < rule.end for start, end in taken)
        )
        return sorted(names, key=lambda name: name.start)

    def _of_hit(self, hit: Hit, text: str) -> _Name:
        written = text[hit.start : hit.end]
        by_rule = () if hit.is_acronym else _rules.found(words(written))
        said = by_rule[0].country if by_rule else None
        return _Name(
            start=hit.start, end=hit.end, ids=hit.actors,
            needs_support=len(written) <= SHORT if hit.is_acronym else _rules.is_ordinary(written),
            country=said if any(self._actors[id_].country == said for id_ in hit.actors) else None,
        )  # fmt: skip

    def _of_rule(self, rule: _rules.RuleName, text: str) -> _Name:
        ids = self._known(rule.country, rule.rest) if rule.is_full else ()
        if rule.is_full and len(ids) != 1:
            ids = self._aliases.bearers(_expanded(text[rule.start : rule.end])) or ids
        ids = ids or self._offices.get((rule.kind, rule.country), ())
        return _Name(
            start=rule.start, end=rule.end, ids=ids, kind=rule.kind, country=rule.country,
            needs_support=True, is_full=rule.is_full,
        )  # fmt: skip

    def _known(self, country: str | None, rest: str) -> tuple[str, ...]:
        """Yield who is called so in a country, or else what means the same ("football association", "federation")."""
        calls = (rest, *_rules.rules().same.get(rest, ()))
        return next((ids for call in calls if (ids := self._by_rule.get((country, call)))), ())

    def _bearers_by_rule(self, run: Sequence[Word], country: str | None) -> tuple[str, ...]:
        return tuple(
            id_
            for rule in _rules.found(run)
            if rule.is_full
            for id_ in self._by_rule.get((rule.country or country, rule.rest), ())
        )

    def _decided(
        self, text: str, names: Sequence[_Name], near: frozenset[str], context: Context
    ) -> tuple[Mention, ...]:
        first = [self._mention(text, name, near, context) for name in names]
        sure = near | {mention.country for mention in first if mention.actor and mention.country}
        return tuple(self._mention(text, name, frozenset(sure), context) for name in names)

    def _near(self, names: Sequence[_Name], run: Sequence[Word], context: Context) -> frozenset[str]:
        """Yield the countries that the publisher and the words of the text speak for."""
        publisher = self.resolve(context.publisher) if context.publisher else None
        found = {nation(word.text) for word in run if word.text[0].isupper()}
        found |= {name.country for name in names}
        found |= {publisher.country if publisher else None}
        return frozenset(code for code in found if code) - {"INT", "EU"}

    def _mention(self, text: str, name: _Name, near: frozenset[str], context: Context) -> Mention:
        ids = name.ids
        if name.country and not any(self._actors[id_].country == name.country for id_ in ids):
            ids = self._by_rule.get((name.country, _rest(text, name)), ids)
        if not ids and name.is_full and name.kind and not name.country and len(near) == 1:
            ids = self._by_rule.get((next(iter(near)), _rest(text, name)), ())
        meant, candidates = choice(
            [self._actors[id_] for id_ in ids], said=name.country if name.country != "EU" else None, near=near,
            on=context.published, needs_support=name.needs_support,
        )  # fmt: skip
        surface = text[name.start : name.end]
        if not meant and not name.country and (own := self._own(surface, context)):
            meant = own
        if meant:
            return Mention(text=surface, span=(name.start, name.end), actor=meant.id, name=meant.name,
                           kind=meant.kind, country=meant.country)  # fmt: skip
        return Mention(
            text=surface, span=(name.start, name.end), actor=None, name=surface,
            kind=name.kind or _common(actor.kind for actor in candidates),
            country=name.country or (_common(actor.country for actor in candidates) if len(candidates) > 1 else None),
            candidates=tuple(actor.id for actor in candidates),
        )  # fmt: skip

    def _own(self, surface: str, context: Context) -> Actor | None:
        """Yield the publisher, where the surface is how its own name ends: the short form, in its own statements."""
        publisher = self.resolve(context.publisher) if context.publisher else None
        if publisher is None or " " not in surface:
            return None
        ending = f" {_plain(surface)}"
        names = (publisher.name, *(name for name, _ in publisher.names))
        return publisher if any(_plain(name).endswith(ending) for name in names) else None


def _plain(name: str) -> str:
    return folded(name).replace("’", "'")


def _rest(text: str, name: _Name) -> str:
    """Yield a name as the index by rule has it, the country before it left out."""
    surface = text[name.start : name.end]
    found = _rules.found(words(surface.rsplit("'s ", 1)[-1].rsplit("’s ", 1)[-1]))
    return found[0].rest if found else surface.lower()


def _without_appositions(names: Sequence[_Name], text: str) -> list[_Name]:
    """Let "BSI, the British standards body," be one body, of the country that the description says."""
    kept: list[_Name] = []
    for name in names:
        before = kept[-1] if kept else None
        gap = text[before.end : name.start] if before else ""
        after = text[name.end : name.end + 1]
        if before and not name.is_full and before.is_full and gap in (", the ", ", ") and after in (",", ""):
            kept[-1] = replace(before, country=before.country or name.country)
            continue
        kept.append(name)
    return kept


# Kinds whose nouns may stand behind a name in small letters and only say what it is.
_SAYING_KINDS = frozenset({"union", "party", "employers", "sport", "media", "standards"})


def _with_noun(name: _Name, run: Sequence[Word]) -> _Name:
    """Let "the Unite trade union" be one name."""
    first = _index_at(run, name.end)
    plain = _rules.rules().plain
    for last in range(min(first + 3, len(run)), first, -1):
        part = tuple(word.low for word in run[first:last])
        is_small = all(word.text[0].islower() for word in run[first:last])
        if name.ids and is_small and run[first].start == name.end + 1 and plain.get(part) in _SAYING_KINDS:
            return replace(name, end=run[last - 1].end)
    return name


def _common(values: Iterable[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _expanded(name: str) -> str:
    return " ".join(_rules.rules().shorts.get(word, word) for word in name.split(" "))


def _covers(rule: _rules.RuleName, hit: Hit, text: str) -> bool:
    """Tell whether a name by rule holds a listed name and more: a part of that body, or another one."""
    start = hit.start + 4 * text[hit.start : hit.end].startswith("The ")
    is_longer = rule.end - rule.start > hit.end - start
    return rule.is_full and rule.start <= start and hit.end <= rule.end and is_longer


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


def _beside_nation(name: _Name, run: Sequence[Word]) -> _Name:
    """Read the country that stands directly before ("Germany's BSI", "the Greek KKE") or after ("PT of Brazil")."""
    if name.country or not run:
        return name
    first = _index_at(run, name.start)
    last = _index_at(run, name.end)
    before = first - 1 - (first > 0 and run[first - 1].low == "'s")
    for size in (2, 1):
        if before - size + 1 >= 0 and first:
            country = nation(" ".join(word.text for word in run[before - size + 1 : before + 1]))
            if country and country != "EU":
                starts = run[before - size + 1].start if name.kind and name.is_full else name.start
                return replace(name, country=country, start=starts)
    bracket = _bracket(run, last)
    after = last + 3 if bracket else last
    if after + 1 < len(run) and run[after].low == "of":
        size = 1 + (run[after + 1].low == "the")
        country = nation(run[after + size].text) if after + size < len(run) else None
        if country:
            return replace(name, country=country, end=run[after + size].end)
    return name


def _index_at(run: Sequence[Word], start: int) -> int:
    """Yield the index of the first word that begins at or after a place of the text."""
    return bisect_left(run, start, key=lambda word: word.start)


def _bracket(run: Sequence[Word], place: int) -> bool:
    """Tell whether "(ABC)" begins at a word."""
    return (
        place + 2 < len(run)
        and run[place].text == "("
        and run[place + 2].text == ")"
        and _is_short(run[place + 1].text)
    )


def _is_short(text: str) -> bool:
    return 2 <= len(text) <= 12 and sum(letter.isupper() for letter in text) >= 2


def _with_brackets(text: str, names: Sequence[_Name]) -> tuple[list[_Name], dict[str, _Name]]:
    """Let "Name (ABC)" be one name, and remember what ABC stands for in this text."""
    joined: list[_Name] = []
    short: dict[str, _Name] = {}
    for name in names:
        before = joined[-1] if joined else None
        gap = text[before.end : name.start] if before else ""
        if (
            before
            and gap.strip() == "("
            and text[name.end : name.end + 1] == ")"
            and _is_short(text[name.start : name.end])
        ):
            common = tuple(id_ for id_ in before.ids if id_ in name.ids)
            ids = common or before.ids or (name.ids if not before.is_full else ())
            joined[-1] = replace(before, end=name.end + 1, ids=ids, needs_support=before.needs_support and not common)
            short[text[name.start : name.end]] = joined[-1]
            continue
        if before and name.start < before.end:
            continue
        if before and gap == "-" and _is_short(text[name.start : name.end]):
            joined[-1] = replace(before, end=name.end)
            continue
        joined.append(name)
    return [_taking_bracket(text, name, short) for name in joined], short


def _taking_bracket(text: str, name: _Name, short: dict[str, _Name]) -> _Name:
    """Do the same for an acronym that is not listed."""
    rest = text[name.end : name.end + 16].replace("\xa0", " ")
    if not rest.startswith(" (") or ")" not in rest:
        return name
    acronym = rest[2 : rest.index(")")]
    if not _is_short(acronym) or " " in acronym:
        return name
    longer = replace(name, end=name.end + rest.index(")") + 1)
    short[acronym] = longer
    return longer


def _repeated(names: list[_Name], text: str, run: Sequence[Word], short: dict[str, _Name]) -> list[_Name]:
    """Find acronyms again that the text itself has explained; they mean what it says, whatever the registry lists."""
    found = [
        replace(short[text[name.start : name.end]], start=name.start, end=name.end)
        if text[name.start : name.end] in short else name
        for name in names
    ]  # fmt: skip
    for word in run:
        if word.text in short and not any(name.start < word.end and word.start < name.end for name in found):
            found.append(replace(short[word.text], start=word.start, end=word.end))
    return sorted(found, key=lambda name: name.start)


def counted_by_kind(registry: Registry) -> dict[str, int]:
    """Count actors by kind, for the docs."""
    return dict(sorted(Counter(actor.kind for actor in registry.actors()).items()))
