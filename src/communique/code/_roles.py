"""Roles: who acts and on whom, from order, prepositions and cases, in any language with a glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.code._bodies import Body
from communique.code._glossary import Act, Glossary, fits
from communique.code._predicates import Predicate
from communique.code._speakers import ends_with
from communique.code._tokens import Token
from communique.code._tongue_clauses import Clause

_MUTUAL = ("AGREE", "MEET", "MERGE")  # done between those who do it


@dataclass(slots=True, kw_only=True)
class Roles:
    """Slots of an event under way, as indexes of bodies."""

    filled: dict[str, list[int]] = field(default_factory=dict)

    def add(self, slot: str | None, bodies: Sequence[int]) -> None:
        """Put bodies into a slot, each once, and none that already acts."""
        if slot is not None:
            here = self.filled.setdefault(slot, [])
            here.extend(body for body in bodies if body not in here and body not in self.filled.get("source", ()))

    def of(self, slot: str) -> tuple[int, ...]:
        """Yield the bodies of a slot."""
        return tuple(self.filled.get(slot, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A body in a sentence, with what ties it to its neighbours."""

    ref: int
    place: int  # index of its token
    preposition: str  # "" where none governs it; else the word, or a case
    is_owner: bool  # it owns the noun before it
    of_part: bool  # that noun is a part that speaks or acts for it ("president", "delegation")
    is_joined: bool  # "and" ties it to the body before


class Reader:
    """Finds the roles of the bodies of one sentence."""

    def __init__(self, tokens: Sequence[Token], bodies: Sequence[Body], known: Glossary) -> None:
        self._tokens, self._bodies, self._known = tokens, bodies, known
        self._articles = known.classes["articles"] - known.classes["of"]
        self._all = [self._named(place) for place, token in enumerate(tokens) if token.tag == "BODY"]

    def only(self, embedded: set[int]) -> Reader:
        """Yield a reader that does not see the bodies in embedded clauses."""
        seen = Reader(self._tokens, self._bodies, self._known)
        seen._all = [body for body in self._all if body.place not in embedded]
        return seen

    def within(self, first: int, last: int) -> Reader:
        """Yield a reader that sees the bodies of a stretch alone."""
        return self.only({place for place in range(len(self._tokens)) if not first <= place < last})

    def joined_at(self, place: int) -> list[int]:
        """Yield the body that stands here, behind small words or not, with those that "and" ties to it."""
        classes = self._known.classes
        while place < len(self._tokens) and self._tokens[place].low in classes["articles"] - classes["of"]:
            place += 1
        at = next((number for number, body in enumerate(self._all) if body.place == place), None)
        if at is None:
            return []
        first = last = at
        while first > 0 and self._all[first].is_joined:
            first -= 1
        while last + 1 < len(self._all) and self._all[last + 1].is_joined:
            last += 1
        return [body.ref for body in self._all[first : last + 1]]

    def agents(self, place: int, *, before: bool, reach: int) -> list[Named]:
        """Yield the bodies by whom something is done, near a participle on one side, with those joined to them."""
        near = range(place - reach - 1, place) if before else range(place + 1, place + reach + 1)
        first = next((n for n, body in enumerate(self._all) if body.place in near and body.preposition == "by"), None)
        if first is None:
            return []
        joined = [self._all[first]]
        for body in self._all[first + 1 :]:
            if not body.is_joined or body.preposition != "by":
                break
            joined.append(body)
        return joined

    def acting(self, one: Predicate, subjects: Sequence[int]) -> Roles:
        """Fill the slots of a predicate whose subject is known."""
        found = Roles()
        found.add("source", subjects)
        self._objects(one, self._all, found)
        return found

    def nominal(self, act: Act, first: int, last: int) -> Roles:
        """Fill the slots of a headline's noun: whose it is, and to whom or with whom."""
        found = Roles()
        behind = [body for body in self._all if body.place >= last] if self._known.order != "sov" else self._all
        ahead = [body for body in self._all if body.place < first and self._is_title(body, first)]
        spoken_for = [body for body in behind if body.preposition == "behalf"]
        behind = [body for body in behind if body not in spoken_for]
        own = [body for body in behind if body.is_owner or body.preposition in ("", "by", "abl", "of")][:1]
        if self._known.order != "sov" and ahead:
            own = ahead
        elif self._known.order in ("svo", "vso") and any(body.place < first for body in self._all):
            return found  # "Union leaves talks with the ministry": the verb is one that the glossary lacks
        own = own or behind[:1]
        own += [body for body in behind if own and body.is_joined and body not in own and body.place > own[-1].place][
            :3
        ]
        found.add("source", [body.ref for body in (*own, *spoken_for)])
        others = [body for body in behind if body not in own]
        found.add("addressee" if act.type == "CALL" else "target", [body.ref for body in others[:1]])
        return found

    def _is_title(self, body: Named, first: int) -> bool:
        """Tell "Union: solidarity with …": a body, a colon, the noun."""
        return all(token.tag == "BREAK" for token in self._tokens[body.place + 1 : first]) and body.place + 1 < first

    def roles(self, one: Predicate, clause: Clause, start: int, end: int, before: Sequence[int]) -> Roles:
        """Fill the slots of a predicate from the stretch between its neighbours; `before` acted last."""
        found = Roles()
        told = [body for body in self._all if body.preposition in ("according", "behalf", "host")]
        found.add("attributed_to", [body.ref for body in told if body.preposition == "according"])
        found.add("host", [body.ref for body in told if body.preposition == "host"])
        here = range(clause.first, clause.last) if clause.kind != "main" else range(len(self._tokens))
        spoken_for = [body.ref for body in told if body.preposition == "behalf" and body.place in here]
        left = [body for body in self._all if start <= body.place < one.first and body not in told]
        right = [body for body in self._all if one.head < body.place < end and body not in told]
        if one.passive:
            self._passive(one, left, right, found)
            found.add("source", spoken_for if found.of("source") else [])
            return found
        subjects, objects = self._split(one, left, right, has_shared=bool(before))
        if not subjects and one.act.type in _MUTUAL:
            subjects = [body for body in (*left, *right) if body.preposition in self._known.classes["between"]]
        found.add("source", ([body.ref for body in subjects] or list(before)) + spoken_for)
        self._objects(one, objects, found)
        return found

    def _split(
        self, one: Predicate, left: list[Named], right: list[Named], *, has_shared: bool
    ) -> tuple[list[Named], list[Named]]:
        """Part the bodies of a clause into who acts and the others."""
        order = self._known.order
        subject = self._first(left)
        if order == "vso":
            behind = self._first(right) if self._is_near(one.head + 1) else []
            subject = behind or subject
        elif not subject and not has_shared:
            subject = self._first(right) if order == "v2" or self._is_inverted(one) else []
        return subject, [body for body in (*left, *right) if body not in subject]

    def _is_near(self, start: int) -> bool:
        """Tell whether a body, or a part of one, stands directly behind the verb."""
        skipped, parts = self._known.classes["skipped"], self._known.classes["parts"]
        for token in self._tokens[start:]:
            if token.tag == "BODY":
                return True
            if token.tag not in ("WORD", "DATE") or not (
                token.low in skipped or fits(token.low, parts) or token.tag == "DATE"
            ):
                of = token.low in self._known.classes["of"] | self._known.classes["by"]
                if not of:
                    return False
        return False

    def _is_inverted(self, one: Predicate) -> bool:
        """Tell whether the subject may follow the verb: after a quotation, or a verb that opens the sentence."""
        return any(token.tag == "QUOTE" for token in self._tokens[: one.first]) or self._is_near(one.head + 1)

    def _first(self, among: Sequence[Named]) -> list[Named]:
        """Yield the first body that nothing governs, with those joined to it."""
        for index, body in enumerate(among):
            if body.preposition or (body.is_owner and not body.of_part):
                continue
            joined = [body]
            for other in among[index + 1 :]:
                if not other.is_joined:
                    break
                joined.append(other)
            return joined
        return []

    def _passive(self, one: Predicate, left: list[Named], right: list[Named], found: Roles) -> None:
        agents = [body for body in (*left, *right) if body.preposition == "by"]
        if not agents and self._known.has_cases and self._known.order == "svo":
            agents = [body for body in right[:1] if not body.preposition and not body.is_owner]
        found.add("source", [body.ref for body in agents])
        found.add(one.act.object, [body.ref for body in self._first(left) if body not in agents])

    def _objects(self, one: Predicate, others: Sequence[Named], found: Roles) -> None:
        direct = False
        for body in others:
            slot = one.act.preps.get(body.preposition) if body.preposition else None
            if (
                slot is None
                and not body.preposition
                and not body.is_owner
                and not direct
                and self._is_object(one, body)
            ):
                slot, direct = one.act.object, True
            if body.preposition == "to" and slot is None and not direct and self._is_object(one, body):
                slot, direct = one.act.object, True  # Spanish marks persons and bodies with "a"
            if slot is None and one.act.type == "LEAVE" and body.preposition in self._known.classes["from"]:
                slot = one.act.object
            if slot is None and body.is_owner and not body.of_part and self._is_owner_of_object(one, body):
                slot = one.act.owner
            if slot is None and body.of_part and not body.preposition and not self._is_of_gathering(body):
                slot = one.act.object
            found.add(slot, [body.ref])

    def _is_object(self, one: Predicate, body: Named) -> bool:
        """Tell whether a body stands directly beside the verb, small words aside."""
        if self._known.order in ("sov", "vso"):
            return True
        between = (
            self._tokens[one.head + 1 : body.place]
            if body.place > one.head
            else self._tokens[body.place + 1 : one.first]
        )
        if self._known.order == "v2" and one.head > body.place:
            return True
        known = self._known.classes
        small = known["skipped"] | known["negations"] | known["to"] | known["articles"]
        is_noun_of_act = range(one.head + 1, one.last)
        return all(
            token.tag in ("DATE", "BODY") or token.low in small or place in is_noun_of_act
            for place, token in enumerate(between, one.head + 1)
        )

    def _is_of_gathering(self, body: Named) -> bool:
        """Tell "attends the congress of X", which is no meeting with X."""
        before = self._tokens[max(0, body.place - 4) : body.place]
        return any(fits(token.low, self._known.classes["gatherings"]) for token in before)

    def _is_owner_of_object(self, one: Predicate, body: Named) -> bool:
        return body.place > one.head or self._known.order in ("sov", "v2")

    def _named(self, place: int) -> Named:
        """Read what stands before a body (behind it in Turkish)."""
        before = self._lead(place)
        joined = before >= 0 and self._tokens[before].low in self._known.classes["and"] and self._lead_body(before)
        preposition, is_owner, of_part = self._governed(place, before)
        if joined:
            preposition, is_owner, of_part = self._shared(before)
        return Named(
            ref=self._tokens[place].ref, place=place, preposition=preposition, is_owner=is_owner, of_part=of_part,
            is_joined=joined,
        )  # fmt: skip

    def _lead(self, place: int) -> int:
        """Yield the place of the nearest word before that is no article or adverb."""
        before = place - 1
        known = self._known.classes
        while before >= 0 and (
            self._tokens[before].low in known["skipped"] - known["of"] or self._is_article(before)
        ):  # fmt: skip
            before -= 1
        return before

    def _is_article(self, place: int) -> bool:
        """Tell the Portuguese article "a" from the preposition, which before a body is written as one with it: "à"."""
        low = self._tokens[place].low
        is_both = low in self._known.classes["articles"] and low in self._known.classes["to"]
        return is_both and self._tokens[place].text.lower() == low

    def _lead_body(self, before: int) -> bool:
        place = before - 1
        while place >= 0 and self._tokens[place].tag == "SUFFIX":
            place -= 1
        return place >= 0 and self._tokens[place].tag == "BODY"

    def _shared(self, before: int) -> tuple[str, bool, bool]:
        place = before - 1
        while place >= 0 and self._tokens[place].tag != "BODY":
            place -= 1
        other = self._named(place)
        return other.preposition, other.is_owner, other.of_part

    def _governed(self, place: int, before: int) -> tuple[str, bool, bool]:
        known = self._known.classes
        marked = self._marked(place, before)
        if marked:
            return marked, False, False
        if self._known.order == "sov":
            return self._turkish(place)
        if before < 0:  # "Dem Verband dankt …"
            return ("to" if self._tokens[0].low in known["datives"] and place else ""), False, False
        low, tag = self._tokens[before].low, self._tokens[before].tag
        for name in ("of", "by"):
            if low in known[name] and not (name == "of" and self._known.has_cases and low in known["by"]):
                owner = self._noun_before(before)
                part = owner >= 0 and fits(self._tokens[owner].low, known["parts"])
                is_by = name == "by" or (low in known["by"] and not part)
                return ("by" if is_by and not part else "", name == "of" or part, part)
        is_article = self._is_article(before)
        for name in ("with", "to"):
            if low in known[name] and not is_article:
                return name, False, False
        if low in known["prepositions"]:
            return low, False, False
        opens = known["and"] | known["that"] | known["relatives"] | known["subordinators"] | known["conditions"]
        is_small = low in opens or fits(low, self._known.leading)
        is_noun = tag == "WORD" and low not in self._known.forms and not is_small
        if is_noun and (self._known.has_cases or self._known.order == "vso"):
            part = fits(low, known["parts"])
            return self._of_the_part(before, part=part)
        is_dative = any(token.low in known["datives"] for token in self._tokens[before + 1 : place])
        return ("to" if is_dative else ""), False, False

    def _marked(self, place: int, before: int) -> str:
        """Yield "behalf", "host" or "according" where such words stand before a body or behind it; else nothing."""
        led = [token.low for token in self._tokens[max(0, before - 5) : before + 1] if token.low not in self._articles]
        for name, phrases in (("behalf", "behalf"), ("host", "inviting")):
            if ends_with(led, self._known.classes[phrases]) or self._is_followed(place, self._known.classes[phrases]):
                return name
        if before < 0 or self._known.order == "sov":
            return ""
        is_word = self._tokens[before].tag == "WORD"
        is_told = is_word and self._tokens[before].low in self._known.classes["according"]
        return "according" if is_told or self._is_according(before) else ""

    def _is_followed(self, place: int, phrases: frozenset[str]) -> bool:
        """Tell whether a postposition stands behind a body: "på X:s vägnar"."""
        after = place + 1
        if after < len(self._tokens) and self._tokens[after].tag == "SUFFIX":
            after += 1
        return any(
            ends_with([token.low for token in self._tokens[after : after + size] if token.tag == "WORD"], phrases)
            for size in (1, 2)
        )

    def _of_the_part(self, before: int, *, part: bool) -> tuple[str, bool, bool]:
        """Let a part hand on the preposition that governs it: "с делегацией [X]"."""
        if not part:
            return "", True, False
        lead = self._lead(before)
        low = self._tokens[lead].low if lead >= 0 else ""
        for name in ("with", "to"):
            if low in self._known.classes[name]:
                return name, True, True
        return (low if low in self._known.classes["prepositions"] else ""), True, True

    def _is_according(self, before: int) -> bool:
        words = " ".join(token.low for token in self._tokens[max(0, before - 2) : before + 1] if token.tag == "WORD")
        return any(words.endswith(phrase.replace("_", " ")) for phrase in self._known.classes["according"])

    def _noun_before(self, before: int) -> int:
        place = before - 1
        while place >= 0 and self._tokens[place].low in self._known.classes["skipped"]:
            place -= 1
        return place if place >= 0 and self._tokens[place].tag == "WORD" else -1

    def _turkish(self, place: int) -> tuple[str, bool, bool]:
        """Read the case of a body from the suffix behind it or at its end, and the postposition that follows."""
        known = self._known.classes
        after = place + 1
        suffix = self._tokens[after].low if after < len(self._tokens) and self._tokens[after].tag == "SUFFIX" else ""
        after += bool(suffix)
        following = self._tokens[after] if after < len(self._tokens) else None
        low = following.low if following is not None and following.tag == "WORD" else ""
        if low in known["by"]:
            return "by", False, False
        if low in known["with"]:
            is_list = any(token.tag == "BODY" for token in self._tokens[after + 1 : after + 2])
            return ("" if is_list else "with"), False, False
        if low in known["according"]:
            return "according", False, False
        case = next((name for name, ends in self._known.cases.items() if self._ends(place, suffix, ends)), "")
        part = fits(low, known["parts"])
        if case == "gen" or part:
            return "", True, part
        return ("to" if case == "dat" else "" if case == "acc" else case), False, False

    def _ends(self, place: int, suffix: str, ends: Sequence[str]) -> bool:
        if suffix:
            return suffix in ends
        low = self._tokens[place].low
        return any(len(end) > 1 and low.endswith(end) for end in ends)
