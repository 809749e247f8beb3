"""What a sentence mentions on the way, in any language with a glossary: relative clauses and participles.

"X, qui a condamné …, réclame …", "Saluant le jugement, X …", "la convention signée par X", "kınayan X". Such events are
told as background, and only where it is plain who acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.code._glossary import Act, Glossary, fits
from communique.code._predicates import Predicate
from communique.code._roles import Named, Reader, Roles
from communique.code._tokens import Token
from communique.code._tongue_clauses import Clause
from communique.code._tongue_objects import Finder, Range
from communique.records import Modality

_REACH = 3  # tokens between a participle and the body that acts


class Mentioned(NamedTuple):
    """A background event before it is written down."""

    one: Predicate
    roles: Roles
    object: Range | None
    clause: Clause


class Background:
    """Reads the background of one sentence."""

    def __init__(
        self, tokens: Sequence[Token], parts: Sequence[Clause], known: Glossary, reader: Reader, finder: Finder
    ) -> None:
        self._tokens, self._parts, self._known = tokens, parts, known
        self._reader, self._finder = reader, finder

    def relative(self, one: Predicate) -> Mentioned | None:
        """Yield what a relative clause tells of the body before it, or of its own."""
        clause = self._parts[one.clause]
        above = self._antecedent(clause)
        inside = self._reader.within(clause.first, clause.last)
        if one.passive:
            roles = inside.roles(one, clause, clause.first, clause.last, ())
            roles.add(one.act.object, above)
        elif above and self._is_subject(clause):
            roles = inside.acting(one, above)
        else:
            roles = inside.roles(one, clause, clause.first, clause.last, above)
        if not roles.of("source"):
            return None
        found = self._finder.object(one, clause, (clause.first + 1, clause.last), roles)
        return Mentioned(one, roles, None if one.passive else found, clause)

    def _is_subject(self, clause: Clause) -> bool:
        """Tell whether a German pronoun is the subject, where a body between it and the verb would be the object."""
        return self._known.is_verb_last and self._tokens[clause.first].low not in self._known.classes["objective"]

    def _antecedent(self, clause: Clause) -> list[int]:
        """Yield the bodies right before a relative clause; none where its pronoun names an owner."""
        if self._tokens[clause.first].low in self._known.classes["whose"]:
            return []
        place = clause.first - 1
        while place >= 0 and self._tokens[place].tag in ("COMMA", "SUFFIX"):
            place -= 1
        return self._reader.joined_at(place)

    def participles(self, main: Sequence[tuple[Predicate, Sequence[int]]]) -> Iterator[Mentioned]:
        """Yield what participles tell. `main` are the predicates told with those who act."""
        taken = {place for one, _ in main for place in range(one.first, one.last)}
        for number, clause in enumerate(self._parts):
            if clause.kind in ("condition", "subordinate"):
                continue
            for place in range(clause.first, clause.last):
                if place not in taken and self._tokens[place].tag == "WORD":
                    made = self._at(place, clause, number, main)
                    if made is not None:
                        yield made

    def _at(
        self, place: int, clause: Clause, number: int, main: Sequence[tuple[Predicate, Sequence[int]]]
    ) -> Mentioned | None:
        for lemma, kind in self._readings(place):
            act = next((act for act in self._known.acts.get(lemma, ()) if self._has_noun(act, place)), None)
            if act is None or act.is_telling or act.is_calling_off:
                continue
            nearest = min(main, key=lambda pair: abs(pair[0].head - place), default=None)
            modality = self._reality(place, nearest[0] if nearest else None)
            if modality is None:
                return None
            one = Predicate(act=act, lemma=lemma, first=place, head=place, last=place + 1, modality=modality,
                            passive=kind in ("part", "relpass"), clause=number)  # fmt: skip
            roles = self._acting(one, kind, nearest[1] if nearest else ())
            if roles is not None and roles.of("source"):
                return Mentioned(one, roles, self._object(one, clause, roles), clause)
        return None

    def _readings(self, place: int) -> Iterator[tuple[str, str]]:
        """Yield the participles that a word may be; a German one with the ending of an adjective too."""
        low = self._tokens[place].low
        kinds = ("ger", "part", "rel", "relpass")
        yield from ((lemma, kind) for lemma, kind in self._known.forms.get(low, ()) if kind in kinds)
        if self._known.is_verb_last:
            bare = next((low.removesuffix(end) for end in ("en", "er", "em", "es", "e") if low.endswith(end)), low)
            yield from ((lemma, kind) for lemma, kind in self._known.forms.get(bare, ()) if kind == "part")

    def _has_noun(self, act: Act, place: int) -> bool:
        """Tell whether an act needs no noun, or its noun stands shortly before or behind."""
        near = self._tokens[max(0, place - _REACH) : place + 2 * _REACH]
        return not act.nouns or any(fits(token.low, act.nouns) for token in near)

    def _reality(self, place: int, main: Predicate | None) -> Modality | None:
        """Yield the modality of a participle; None where small words before it leave it open."""
        before = self._tokens[place - 1].low if place else ""
        known = self._known.classes
        if before in known["negations"]:
            return "negated"
        if any(fits(before, known[name]) for name in ("possible", "planning", "future", "failing", "refraining")):
            return None
        if before in known["have"] | known["be"] | known["undoing"] | known["almost"]:
            return None
        return main.modality if main is not None and main.modality in ("conditional", "possible") else "asserted"

    def _acting(self, one: Predicate, kind: str, main: Sequence[int]) -> Roles | None:
        """Yield who acts: the agent of a participle, the subject of the sentence, the noun behind a Turkish one."""
        roles = Roles()
        if kind == "ger":
            opens = not one.head or all(token.tag in ("COMMA", "BREAK") or token.low in self._known.classes["skipped"]
                                        for token in self._tokens[max(0, one.head - 1) : one.head])  # fmt: skip
            roles.add("source", main if opens else [])
        elif kind == "rel":
            roles.add("source", self._reader.joined_at(one.head + 1))
        else:
            agents = self._agents(one.head)
            roles.add("source", [body.ref for body in agents])
            roles.add(one.act.object, self._acted_on(one, kind, main))
        return roles

    def _agents(self, place: int) -> list[Named]:
        """Yield the bodies by whom: right behind the participle, or right before it where it stands before its noun."""
        is_before = self._known.order == "sov" or self._known.is_verb_last
        return self._reader.agents(place, before=is_before, reach=_REACH)

    def _acted_on(self, one: Predicate, kind: str, main: Sequence[int]) -> Sequence[int]:
        """Yield the body that a passive participle is said of: before or behind it, or who acts in the sentence."""
        if kind == "relpass":
            return self._reader.joined_at(one.head + 1)
        before = one.head - 1
        while before >= 0 and self._tokens[before].tag == "COMMA":
            before -= 1
        if before < 0:
            return main
        return self._reader.joined_at(before) if not self._known.is_verb_last else ()

    def _object(self, one: Predicate, clause: Clause, roles: Roles) -> Range | None:
        if one.passive:
            return None
        end = next((place for place in range(one.head, len(self._tokens)) if self._tokens[place].tag == "COMMA"),
                   clause.last)  # fmt: skip
        return self._finder.object(one, clause, (clause.first, end), roles)
