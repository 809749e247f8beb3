"""Objects of acts in any language with a glossary: what is condemned, demanded, published, as the words say it.

A noun phrase beside the verb, on the side where the language puts it; the subject of a passive; behind a noun that
tells ("signed the accord on …"), what it is on. Bodies that fill a slot are left out, unless they own the object.
"""

from __future__ import annotations

from collections.abc import Sequence

from communique.code._glossary import Glossary
from communique.code._predicates import Predicate
from communique.code._roles import Roles
from communique.code._tokens import Token
from communique.code._tongue_clauses import Clause

# Done with others or at occasions, or named by the verb alone.
_WITHOUT = frozenset(["MEET", "CONVENE", "COMMEMORATE", "THANK", "ACT", "RESIGN", "MERGE", "JOIN", "DETAIN", "RUN"])
# What is said may stand behind a preposition ("calls for …", "warns of …").
_SAYING = frozenset(["CALL", "STATE", "WARN", "REPORT", "AGREE", "LEAVE", "DENY", "CONDEMN", "SUPPORT"])
# Their noun belongs to the words that tell; the object is what it is on.
_ON = frozenset(["STATE", "AGREE", "SUPPORT", "CONDEMN", "CALL", "WARN"])

Range = tuple[int, int]


class Finder:
    """Finds the object of a predicate in one sentence."""

    def __init__(self, tokens: Sequence[Token], known: Glossary) -> None:
        self._tokens, self._known = tokens, known
        classes = known.classes
        self._light = (classes["skipped"] | classes["negations"]) - classes["articles"]
        self._verbal = classes["have"] | classes["be"] | classes["future"] | classes["possible"]
        self._leading_in = (
            classes["to"] | classes["linking"] | classes["prepositions"] | classes["of"] | classes["with"]
        )

    def object(self, one: Predicate, clause: Clause, region: Range, roles: Roles) -> Range | None:
        """Yield the tokens of the object, or None. `region` is the stretch between the neighbouring predicates."""
        if one.act.type in _WITHOUT or one.act.is_calling_off:
            return None
        filled = {body for slot in roles.filled.values() for body in slot}
        if one.passive:
            return self._before(one, clause, region, filled)
        order = self._known.order
        if order == "sov":
            return self._trimmed(self._from_subject(clause.first, one.first, filled), one)
        if order == "v2":
            return self._germanic(one, clause, region, filled)
        return self._behind(one, region, filled)

    def _behind(self, one: Predicate, region: Range, filled: set[int]) -> Range | None:
        """Read what follows the verb."""
        starts_behind_noun = bool(one.act.nouns) and one.act.type in _ON
        first = one.last if starts_behind_noun else one.head + 1
        first, is_given = self._past_bodies(first, region[1], filled)
        if is_given and one.act.type not in ("CALL", "WARN", "AID", "AWARD", "INVITE", "DENY", "DEED", "DECIDE"):
            return None if self._known.order != "vso" else self._phrase(first, region[1], one)
        return self._phrase(first, region[1], one)

    def _past_bodies(self, first: int, end: int, filled: set[int]) -> tuple[int, bool]:
        """Yield the place behind small words and behind bodies that fill a slot, and whether there were any."""
        place, is_given = first, False
        while place < end:
            token = self._tokens[place]
            if token.tag == "BODY" and token.ref in filled:
                place, is_given = place + 1, True
            elif token.tag == "SUFFIX" or token.low in self._light:
                place += 1
            elif self._leads_to_body(place, end, filled):
                place = self._next_body(place, end)
            else:
                break
        return place, is_given

    def _leads_to_body(self, place: int, end: int, filled: set[int]) -> bool:
        """Tell whether only small words stand between here and a body that fills a slot."""
        body = self._next_body(place, end)
        classes = self._known.classes
        small = self._light | classes["articles"] | classes["and"] | classes["to"] | classes["by"] | classes["with"]
        between = self._tokens[place:body]
        is_small = all(token.low in small or token.tag in ("COMMA", "SUFFIX") for token in between)
        return body < end and self._tokens[body].ref in filled and is_small

    def _next_body(self, place: int, end: int) -> int:
        return next((i for i in range(place, end) if self._tokens[i].tag == "BODY"), end)

    def _phrase(self, first: int, end: int, one: Predicate) -> Range | None:
        """Yield the noun phrase or the infinitive clause that begins here."""
        while first < end and self._tokens[first].low in self._light:
            first += 1
        lead = self._tokens[first].low if first < end else ""
        if lead in self._leading_in and lead not in self._known.classes["articles"]:
            if one.act.type not in _SAYING and not one.act.nouns:
                return None
            first += 1
        elif first < end and self._tokens[first].low in self._known.classes["that"]:
            first += 1
        return self._whole(first, end, one)

    def _whole(self, first: int, end: int, one: Predicate) -> Range | None:
        last = first
        while last < end and not self._ends(last, first):
            last += 1
        while last > first and self._is_tail(last - 1):
            last -= 1
        return self._trimmed((first, last), one)

    def _ends(self, place: int, first: int) -> bool:
        token, classes = self._tokens[place], self._known.classes
        if token.tag in ("BREAK", "ASKED", "QUOTE") or (token.tag == "COMMA" and place > first):
            return True
        if token.low in classes["according"] or token.low in classes["relatives"] - classes["articles"]:
            return True
        return token.tag == "DATE" and place > first

    def _is_tail(self, place: int) -> bool:
        """Tell whether a word can't end a phrase: "and", "to", an article."""
        classes = self._known.classes
        small = classes["and"] | classes["articles"] | self._light | self._leading_in | self._verbal
        return self._tokens[place].tag in ("COMMA", "SUFFIX") or self._tokens[place].low in small

    def _trimmed(self, found: Range | None, one: Predicate) -> Range | None:
        """Leave out edges that are no object, and what holds no noun at all."""
        if found is None:
            return None
        first, last = found
        while first < last and (self._tokens[first].tag == "COMMA" or self._tokens[first].low in self._light):
            first += 1
        while first < last and self._is_tail(last - 1):
            last -= 1
        words = [token for token in self._tokens[first:last] if token.tag in ("WORD", "DATE", "BODY")]
        is_said = any(token.low not in self._known.classes["articles"] | self._light for token in words)
        is_body = len(words) > 0 and all(token.tag == "BODY" for token in words)
        return (first, last) if is_said and not is_body and not first <= one.head < last else None

    def _before(self, one: Predicate, clause: Clause, region: Range, filled: set[int]) -> Range | None:
        """Read the subject of a passive: what stands before the verb; in German also between the parts of one."""
        if self._known.order == "vso":
            return self._behind(one, region, filled)
        first = max(clause.first, region[0]) if clause.kind in ("main", "content") else clause.first
        if self._known.order == "sov":
            return self._trimmed(self._without_agent(first, one.first, filled), one)
        last = next((i for i in range(first, one.first) if self._tokens[i].low in self._verbal), one.first)
        while first < last and (
            self._tokens[first].low in self._known.classes["that"] or self._tokens[first].tag in ("COMMA", "BREAK")
        ):
            first += 1
        if any(token.tag == "BODY" and token.ref in filled for token in self._tokens[first:last]):
            return None
        return self._trimmed((first, last), one)

    def _without_agent(self, first: int, last: int, filled: set[int]) -> Range:
        """Leave out "X tarafından", before or behind the subject of a Turkish passive."""
        agent = next((i for i in range(first, last) if self._tokens[i].low in self._known.classes["by"]), None)
        if agent is None:
            return self._from_subject(first, last, filled)
        body = next((i for i in range(first, agent) if self._tokens[i].tag == "BODY"), agent)
        return (first, body) if body > first else (agent + 1, last)

    def _from_subject(self, first: int, last: int, filled: set[int]) -> Range:
        """Yield what stands between the last body that fills a slot and the verb."""
        for place in range(last - 1, first - 1, -1):
            if self._tokens[place].tag == "BODY" and self._tokens[place].ref in filled:
                return self._behind_suffix(place + 1), last
        return first, last

    def _behind_suffix(self, place: int) -> int:
        classes = self._known.classes
        small = classes["with"] | classes["by"] | classes["behalf"] | classes["according"] | classes["and"]
        while place < len(self._tokens) and (
            self._tokens[place].tag in ("SUFFIX", "COMMA") or self._tokens[place].low in small
        ):
            place += 1
        return place

    def _germanic(self, one: Predicate, clause: Clause, region: Range, filled: set[int]) -> Range | None:
        """Read between the verb and what closes its bracket, or before a verb that stands last."""
        opening = next((i for i in range(clause.first, one.head) if self._tokens[i].low in self._verbal), None)
        closes = opening is not None or clause.kind != "main"
        if closes and self._known.is_verb_last:
            first = opening + 1 if opening is not None else clause.first + 1
            return self._trimmed(self._from_subject(first, one.head, filled), one)
        return self._behind(one, (region[0], self._bracket_end(one, clause, region)), filled)

    def _bracket_end(self, one: Predicate, clause: Clause, region: Range) -> int:
        """Yield where a separable verb's particle stands, or the end of the stretch."""
        particle = one.lemma.partition("|")[0] if "|" in one.lemma else ""
        end = min(region[1], clause.last)
        spot = next((i for i in range(one.head + 1, end) if self._tokens[i].low == particle), None)
        if spot is not None:
            return spot
        return region[1] if one.act.type == "CALL" else end
