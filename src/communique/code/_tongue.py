"""Events of a text in a language with a glossary: each predicate with its roles; what is only told gives way.

One analyser for all languages but English. It reads main clauses and what somebody says in them; relative clauses and
participles are background (`_tongue_background`). Where it can't tell who acts, the source stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from communique.code._bodies import Body
from communique.code._draft import Draft
from communique.code._glossary import Act, Glossary, fits, folded
from communique.code._headlines import is_called_off, nominal
from communique.code._occasions import Found
from communique.code._predicates import HELD, Predicate, predicates, undoes
from communique.code._roles import Reader, Roles
from communique.code._tokens import WEEKDAYS, Token
from communique.code._tongue_background import Background, Mentioned
from communique.code._tongue_clauses import Clause, clauses
from communique.code._tongue_objects import Finder
from communique.code._types import TYPES
from communique.code._when_where import SPOKEN
from communique.records import DateExpression, Modality, Occasion, Place, Quote

# How many events of each way of telling are right in type, sources and modality: (right + 1) / (read + 2) on the closed
# halves, by `python -m bench.code.confidence --closing`: 94 of 113, 283 of 332, 11 of 11, 43 of 48, 33 of 38.
SURE = {"noun": 0.83, "verb": 0.85, "deed": 0.92, "nominal": 0.88, "background": 0.86}
_TOLD = ("main", "content")


class Told(NamedTuple):
    """An event with the tokens of its own clause."""

    event: Draft
    units: tuple[Token, ...]


def events(tokens: Sequence[Token], bodies: Sequence[Body], known: Glossary, text: str) -> list[Told]:
    """Yield the events of a sentence; slots hold indexes of bodies."""
    return _Sentence(tokens, bodies, known, text).events()


def settled(
    one: Told, dates: Sequence[DateExpression], places: Sequence[Place], held: Sequence[Found], known: Glossary
) -> Draft:
    """Yield the event with the first day that its clause names, its place and its occasion."""
    values = [dates[unit.ref].value for unit in one.units if unit.tag == "DATE"]
    value = next((value for value in values if value and not value.startswith(("<", "-"))), None)
    where = None if one.event.type in SPOKEN else _where(one.units, places, known)
    occasion = _occasion(one, held)
    event = _marked(one.event, occasion, known)
    return event._replace(date=value, place=where, occasion=occasion.text if occasion else None)


def _occasion(one: Told, held: Sequence[Found]) -> Occasion | None:
    """Yield the first occasion that stands in the event's own clause, outside of its object."""
    starts = {unit.start for unit in one.units}
    object_ = one.event.object.span if one.event.object else (0, 0)
    firsts = [(found.occasion, {found.occasion.span[0], *(span[0] for span in found.owners)}) for found in held]
    inside = (occasion for occasion, places in firsts if not starts.isdisjoint(places))
    return next((each for each in inside if not object_[0] <= each.span[0] < object_[1]), None)


def _marked(event: Draft, occasion: Occasion | None, known: Glossary) -> Draft:
    """Let congratulations on an anniversary mark it."""
    words = [folded(word, known.language) for word in event.trigger.text.split()]
    congratulates = any(fits(word, known.classes["congratulating"]) for word in words)
    if occasion is None or occasion.kind != "anniversary" or event.type != "SUPPORT" or not congratulates:
        return event
    return event._replace(type="COMMEMORATE", plover=TYPES["COMMEMORATE"].plover)


def _where(units: Sequence[Token], places: Sequence[Place], known: Glossary) -> str | None:
    starts = {place.span[0]: place.name for place in places}
    for index, unit in enumerate(units):
        before = units[index - 1].low if index else ""
        after = units[index + 1] if index + 1 < len(units) else None
        is_there = before in known.classes["at"]
        is_there = is_there or (after is not None and after.tag == "SUFFIX" and after.low in known.cases.get("loc", ()))
        if unit.start in starts and is_there:
            return starts[unit.start]
    return None


def ahead(
    dates: Sequence[DateExpression], told: Sequence[Told], known: Glossary, published: date | None
) -> tuple[DateExpression, ...]:
    """Let the weekday of an act that is to come be the next one."""
    coming = {
        unit.ref
        for one in told if one.event.modality in ("planned", "conditional", "possible")
        for unit in one.units if unit.tag == "DATE" and known.days.get(unit.low, 0) >= WEEKDAYS
    }  # fmt: skip
    return tuple(_week_later(one, published) if i in coming else one for i, one in enumerate(dates))


def _week_later(one: DateExpression, published: date | None) -> DateExpression:
    if one.value is None or published is None or date.fromisoformat(one.value) > published:
        return one
    return replace(one, value=(date.fromisoformat(one.value) + timedelta(days=7)).isoformat())


class _Sentence:
    """One sentence under analysis."""

    def __init__(self, tokens: Sequence[Token], bodies: Sequence[Body], known: Glossary, text: str) -> None:
        self._tokens, self._bodies, self._known, self._text = tokens, bodies, known, text
        self._parts = clauses(tokens, known)
        self._embedded = {
            place for clause in self._parts if clause.kind not in _TOLD for place in range(clause.first, clause.last)
        }
        self._reader = Reader(tokens, bodies, known)
        self._finder = Finder(tokens, known)

    def events(self) -> list[Told]:
        """Yield what the sentence tells, or what its headline's noun does."""
        every = predicates(self._tokens, self._parts, self._known)
        found = [one for one in every if self._clause(one).kind in _TOLD]
        if not found:
            return self._nominal()
        told: list[Told | None] = []
        sources: list[tuple[int, ...]] = []
        for number in range(len(found)):
            event, source = self._told(found, number, sources)
            sources.append(source)
            told.append(event)
        main = [(one, source) for one, source in zip(found, sources, strict=True)]
        return [one for one in told if one is not None] + self._mentioned(every, main)

    def _mentioned(self, every: Sequence[Predicate], main: Sequence[tuple[Predicate, tuple[int, ...]]]) -> list[Told]:
        """Yield what is told on the way."""
        reader = Background(self._tokens, self._parts, self._known, self._reader, self._finder)
        within = [reader.relative(one) for one in every if self._clause(one).kind == "relative"]
        taken = [*main, *((one, ()) for one in every if self._clause(one).kind == "relative")]
        beside = list(reader.participles(taken))
        return [self._background(made) for made in (*within, *beside) if made is not None]

    def _background(self, made: Mentioned) -> Told:
        event = self._event(made.one, made.roles, made.one.modality)
        quote = self._quote(*made.object) if made.object is not None else None
        units = tuple(self._tokens[made.clause.first : made.clause.last])
        return Told(event._replace(object=quote, level="background", confidence=SURE["background"]), units)

    def _clause(self, one: Predicate) -> Clause:
        return self._parts[one.clause]

    def _told(
        self, found: Sequence[Predicate], number: int, sources: Sequence[tuple[int, ...]]
    ) -> tuple[Told | None, tuple[int, ...]]:
        one = found[number]
        teller = self._teller(found, number)
        roles, region = self._roles(found, number, sources)
        source = roles.of("source")
        if teller is None and self._clause(one).kind == "content":
            return None, source  # what is asked for, denied or feared is no act of its own
        if self._gives_way(found, number):
            return None, source
        if teller is not None and teller < number:
            roles.add("attributed_to", [body for body in sources[teller] if body not in source])
        event = self._event(one, roles, self._reality(found, one, teller))
        return Told(event._replace(object=self._object(one, region, roles)), self._own(one)), source

    def _object(self, one: Predicate, region: tuple[int, int], roles: Roles) -> Quote | None:
        found = self._finder.object(one, self._clause(one), region, roles)
        return self._quote(*found) if found is not None else None

    def _quote(self, first: int, last: int) -> Quote:
        span = (self._tokens[first].start, self._tokens[last - 1].end)
        return Quote(text=self._text[slice(*span)], span=span)

    def _reality(self, found: Sequence[Predicate], one: Predicate, teller: int | None) -> Modality:
        if self._is_denied(found, one):
            return "denied"
        is_open = teller is not None and found[teller].modality != "asserted" and one.modality == "asserted"
        return "possible" if is_open else one.modality

    def _is_denied(self, found: Sequence[Predicate], one: Predicate) -> bool:
        """Tell "imzaladığını yalanladı": in Turkish what is denied stands right before the denial."""
        kinds = {kind for _, kind in self._known.forms.get(self._tokens[one.head].low, ())}
        behind = next((other for other in found if other.first >= one.last), None)
        is_near = behind is not None and behind.first - one.last <= 1 and behind.act.type == "DENY"
        return self._known.order == "sov" and is_near and bool(kinds & {"fact", "foretold"})

    def _teller(self, found: Sequence[Predicate], number: int) -> int | None:
        """Yield who hands this on: the telling before a content clause; in Turkish the one behind it."""
        if self._known.order == "sov":
            after = number + 1
            near = after < len(found) and found[after].first - found[number].last <= 1
            return after if near and found[after].act.is_telling else None
        if self._clause(found[number]).kind != "content" or not number:
            return None
        return number - 1 if found[number - 1].act.is_telling else None

    def _gives_way(self, found: Sequence[Predicate], number: int) -> bool:
        """Tell whether a telling hands on another act."""
        if not found[number].act.is_telling:
            return False
        if self._known.order == "sov":
            return number > 0 and self._teller(found, number - 1) == number
        after = number + 1
        return after < len(found) and self._teller(found, after) == number

    def _roles(
        self, found: Sequence[Predicate], number: int, sources: Sequence[tuple[int, ...]]
    ) -> tuple[Roles, tuple[int, int]]:
        """Yield the roles of a predicate, and the stretch that they were read in."""
        one, clause = found[number], self._clause(found[number])
        same = [other for other in found[:number] if clause.kind == "main" or self._clause(other).begin == clause.begin]
        start = same[-1].last if same else (clause.begin if clause.kind == "content" else 0)
        end = next((other.first for other in found[number + 1 :]), len(self._tokens))
        shared: Sequence[int] = ()
        if number and self._shares(one, start, clause):
            shared = sources[number - 1]
        visible = Reader.only(self._reader, self._embedded)
        end = end if end > one.head else len(self._tokens)
        return visible.roles(one, clause, start, end, shared), (start, end)

    def _shares(self, one: Predicate, start: int, clause: Clause) -> bool:
        """Tell whether a verb has no subject of its own: only small words stand between it and the one before."""
        first = clause.begin if clause.kind == "content" else start
        known = self._known.classes
        before = next((token for token in reversed(self._tokens[first : one.first])
                       if token.tag != "DATE" and token.low not in known["skipped"]), None)  # fmt: skip
        if before is not None and before.low in known["and"]:
            return True
        small = known["skipped"] | known["and"] | known["that"] | known["negations"]
        return all(
            token.tag in ("COMMA", "DATE") or token.low in small
            for place, token in enumerate(self._tokens[first : one.first], first)
            if place not in self._embedded
        ) or self._known.order == "sov"  # fmt: skip

    def _event(self, one: Predicate, roles: Roles, modality: Modality) -> Draft:
        last = one.last if one.last - one.head <= 3 else one.head + 1
        span = (self._tokens[one.first].start, self._tokens[last - 1].end)
        act = self._court_s(one.act, roles)
        way = "noun" if one.act.nouns else "deed" if one.act.type == "DEED" else "verb"
        return _made(
            act, roles, modality, Quote(text=self._text[slice(*span)], span=span), SURE[way], self._rule(one.act)
        )

    def _court_s(self, act: Act, roles: Roles) -> Act:
        """Let a court that condemns somebody be one that convicts."""
        kinds = {self._bodies[body].mention.kind for body in roles.of("source")}
        return replace(act, type="JUDGE", plover="SANCTION") if act.type == "CONDEMN" and kinds == {"court"} else act

    def _rule(self, act: Act) -> str:
        return f"{self._known.language}.{act.name}"

    def _own(self, one: Predicate) -> tuple[Token, ...]:
        clause = self._clause(one)
        return tuple(self._tokens[clause.first : clause.last])

    def _nominal(self) -> list[Told]:
        for act, first, last in nominal(self._tokens, self._known):
            roles = self._reader.nominal(act, first, last)
            if not roles.of("source"):
                continue
            span = (self._tokens[first].start, self._tokens[last - 1].end)
            quote = Quote(text=self._text[slice(*span)], span=span)
            event = _made(
                act, roles, self._nominal_reality(act, first), quote, SURE["nominal"], f"{self._rule(act)}~headline"
            )
            return [Told(event, tuple(self._tokens))]
        return []

    def _nominal_reality(self, act: Act, first: int) -> Modality:
        """Let a strike that is called, or a meeting after "planned", be to come, and a headline that asks be open."""
        lows = {token.low for token in self._tokens}
        if lows & self._known.classes["negations"] or undoes(self._tokens, first, self._known):
            return "negated"
        if act.type in HELD and is_called_off(self._tokens, self._known):
            return "negated"
        open_ = ("future", "possible", "planning", "failing", "refraining", "conditions", "almost")
        if self._tokens[-1].tag == "ASKED" or any(lows & self._known.classes[name] for name in open_):
            return "possible"
        is_foretold = any(self._foretells(low) for low in lows)
        return "planned" if is_foretold and act.type in HELD else "asserted"

    def _foretells(self, low: str) -> bool:
        return fits(low, self._known.classes["foretelling"])


def _made(act: Act, roles: Roles, modality: Modality, trigger: Quote, sure: float, rule: str) -> Draft:
    return Draft(
        type=act.type, plover=act.plover, trigger=trigger, source=roles.of("source"), target=roles.of("target"),
        host=roles.of("host"), addressee=roles.of("addressee"), beneficiary=roles.of("beneficiary"),
        about=roles.of("about"), attributed_to=roles.of("attributed_to"), modality=modality, confidence=sure, rule=rule,
    )  # fmt: skip
