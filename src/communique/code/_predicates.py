"""Predicates: the verbs of a sentence that tell of an act, each with its reality, in any language with a glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.code._glossary import Act, Glossary, faces, fits
from communique.code._tokens import Token
from communique.code._tongue_clauses import Clause
from communique.records import Modality

_LOOK_BACK = 7  # tokens between a verb and the first word of its group
_REACH_BACK = 3  # tokens before a group within which its noun still belongs to the words that tell
HELD = ("ACT", "CONVENE", "MEET")  # what is called, held and called off
_WINDOW = 8  # tokens between a verb and the noun that it carries


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A verb that tells of an act, or a saying that gives way to what is said."""

    act: Act
    lemma: str
    first: int  # index of the first token of the group
    head: int  # index of the verb
    last: int  # index after the last token that belongs to it (particle, noun)
    modality: Modality
    passive: bool = False
    clause: int = 0  # index of the clause


def predicates(tokens: Sequence[Token], parts: Sequence[Clause], known: Glossary) -> list[Predicate]:
    """Yield the predicates of a sentence in order."""
    found: list[Predicate] = []
    for number, clause in enumerate(parts):
        for index in range(clause.first, clause.last):
            if tokens[index].tag == "WORD" and not any(one.head <= index < one.last for one in found):
                made = _Reader(tokens, clause, number, known, parts).at(index)
                if made:
                    found.append(_governed(made, found, tokens, known))
    return found


def _governed(one: Predicate, before: Sequence[Predicate], tokens: Sequence[Token], known: Glossary) -> Predicate:
    """Let an Arabic verb behind "and" go on the particle of the one before it: "lan tuwaqqi'a … wa-tudina"."""
    above = before[-1] if before and before[-1].clause == one.clause else None
    if known.order != "vso" or above is None or one.modality != "asserted" or one.first != one.head:
        return one
    is_joined = tokens[one.head - 1].low in known.classes["and"]
    return replace(one, modality=above.modality) if is_joined and _is_present(tokens[one.head], known) else one


def _is_present(token: Token, known: Glossary) -> bool:
    return any(kind == "pres" for _, kind in known.forms.get(token.low, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """What stands before a verb in its group, by class."""

    first: int
    words: tuple[str, ...]

    def has(self, known: Glossary, name: str) -> bool:
        return any(fits(low, known.classes[name]) for low in self.words)


class _Reader:
    """Reads one verb of a clause."""

    def __init__(
        self, tokens: Sequence[Token], clause: Clause, number: int, known: Glossary, parts: Sequence[Clause]
    ) -> None:
        self._tokens, self._clause, self._number, self._known, self._parts = tokens, clause, number, known, parts

    def at(self, index: int) -> Predicate | None:
        """Yield the predicate whose verb stands here, or None."""
        readings = self._known.forms.get(self._tokens[index].low, ())
        group = self._group(index) if readings else _Group(first=index, words=())
        is_ahead = group.has(self._known, "becoming")  # German "wird … verlassen" is rather to come than a passive
        for lemma, kind in sorted(readings, key=lambda one: ("|" not in one[0], is_ahead and one[1] != "inf")):
            acts = self._known.acts.get(lemma, ())
            if not acts or self._is_noun(index, kind):
                continue
            status = self._status(index, kind, group)
            if status is None:
                continue
            particle = self._particle(index, lemma, kind)
            if particle is None:
                continue
            act, noun = self._chosen(acts, index)
            if act is None:
                continue
            modality, passive = status
            held = self._held(lemma, index) if passive and not act.is_calling_off else None
            if held is not None and not held.is_calling_off:
                modality = "negated" if modality == "asserted" else "possible"
            act = held or act
            first = noun if group.first - _REACH_BACK <= noun < group.first else group.first
            return Predicate(
                act=act, lemma=lemma, first=first, head=index, last=max(noun, index) + 1, passive=passive,
                modality=self._settled(act, index, group, modality), clause=self._number,
            )  # fmt: skip
        return None

    def _is_noun(self, index: int, kind: str) -> bool:
        """Tell a noun that is written like a finite verb: with a capital, behind an article, or as a headline."""
        if kind in ("part", "inf"):
            return False
        token, before = self._tokens[index], self._tokens[index - 1] if index else None
        if token.text[0].isupper() and index and before is not None and before.tag not in ("BREAK", "QUOTE"):
            return True
        if before is not None and before.low in self._known.classes["articles"] and before.tag == "WORD":
            return True
        if self._is_verbal_noun(index):
            return True
        if self._known.order == "vso" and kind != "fut" and before is not None and before.tag == "WORD":
            names = ("negations", "future", "possible", "and", "that", "skipped", "planning")
            return not any(before.low in self._known.classes[name] for name in names)
        is_headline = any(fits(token.low, patterns) for patterns, _ in self._known.nominals)
        return is_headline and not index and self._known.order != "vso"

    def _is_verbal_noun(self, index: int) -> bool:
        """Tell "plans to support … and *refuse*" in Arabic, where nouns of acts are joined.

        Each is named by a noun; after the first a form that is also a past tense may go on the list.
        """
        if self._known.order != "vso" or not index or self._tokens[index - 1].low not in self._known.classes["and"]:
            return False
        if _is_present(self._tokens[index], self._known):
            return False
        before = self._tokens[self._clause.first : index]
        return any(low in self._known.classes["masdars"] for token in before for low in faces(token.low, self._known))

    def _group(self, index: int) -> _Group:
        known = self._known.classes
        first = index
        words: list[str] = []
        place = index - 1
        while place >= self._clause.first and index - place <= _LOOK_BACK:
            token = self._tokens[place]
            if token.tag == "DATE" or (token.tag == "BODY" and self._known.order == "vso"):
                place -= 1
                continue
            if token.tag != "WORD" or not fits(token.low, self._known.leading):
                break
            if token.low not in known["skipped"] | known["linking"]:
                first = place
                words.append(token.low)
            place -= 1
        words += self._bracket(index, first)
        words += [token.low for token in self._tokens[index + 1 : index + 2] if token.low in known["possible"]]
        return _Group(first=first, words=tuple(words))

    def _bracket(self, index: int, first: int) -> list[str]:
        """Yield the auxiliaries that stand earlier in the clause ("hat den Leitzins gesenkt"), or behind the verb."""
        known = self._known.classes
        if self._known.order == "sov":
            return self._behind(index)
        if self._known.order != "v2":
            return []
        aux = known["have"] | known["be"] | known["future"] | known["possible"] | known["planning"]
        if self._kinds(index) & {"inf"}:  # "verzichtet darauf, … zu veranstalten"
            aux |= known["failing"] | known["refraining"]
        words = [token.low for token in self._tokens[self._clause.first : first] if token.low in aux]
        return words + [token.low for token in self._tokens[index + 1 : index + 2] if token.low in aux]

    def _held(self, lemma: str, index: int) -> Act | None:
        """Yield the act that is called off in the passive, by the noun in front: "L'incontro … è stato annullato"."""
        ending = [act for act in self._known.acts[lemma] if act.is_calling_off]
        before = [token.low for token in self._tokens[self._clause.first : index] if token.tag == "WORD"]
        named = (act for act in ending for low in before if fits(low, act.nouns))
        told = (act for low in before for patterns, act in self._known.nominals if ending and fits(low, patterns))
        return next(named, None) or next((act for act in told if act.type in HELD), None)

    def _kinds(self, index: int) -> set[str]:
        return {kind for _, kind in self._known.forms.get(self._tokens[index].low, ())}

    def _behind(self, index: int) -> list[str]:
        """Yield what a Turkish verb leads to: "düzenlemeyi planlıyor"."""
        known = self._known.classes
        following = [token.low for token in self._tokens[index + 1 : index + 3] if token.tag == "WORD"]
        names = ("planning", "failing", "refraining", "possible")
        return [low for low in following if any(fits(low, known[name]) for name in names)]

    def _status(self, index: int, kind: str, group: _Group) -> tuple[Modality, bool] | None:
        """Yield reality and voice, or None where the form is no predicate of its own."""
        known = self._known
        be = group.has(known, "be")
        have = group.has(known, "have")
        leads = any(group.has(known, name) for name in ("future", "possible", "planning", "failing", "refraining"))
        if kind == "ger" or (kind == "perf" and not have):
            return None
        if kind == "inf" and not (leads or group.has(known, "becoming")):
            return None
        if kind != "inf" and known.order == "v2" and index and self._tokens[index - 1].low in known.classes["linking"]:
            return None  # "zu demonstrieren"
        if kind in ("pres", "past") and self._is_bracketed(index, be=be, have=have, leads=leads):
            return None
        if known.order == "v2" and self._closes_infinitive(index, kind):
            return None
        if kind == "part" and not (be or have or self._is_headline_passive(index) or self._is_denied(index, kind)):
            return None
        passive = kind in ("pass", "negpass") or (
            kind == "part" and (be or not have) and not self._is_perfect(index, group)
        )
        return self._reality(index, kind, group), passive

    def _is_bracketed(self, index: int, *, be: bool, have: bool, leads: bool) -> bool:
        """Tell a German infinitive or participle that closes a bracket from a finite form written alike.

        The bracket may have been opened before a comma: "werden einen Vortrag halten, eine Anlage *vorführen*".
        """
        kinds = {kind for _, kind in self._known.forms[self._tokens[index].low]}
        first = self._clause.first
        goes_on = first > 0 and self._tokens[first - 1].tag == "COMMA" and self._clause.kind == "main"
        return self._known.order == "v2" and (be or have or leads or goes_on) and bool(kinds & {"inf", "part"})

    def _is_headline_passive(self, index: int) -> bool:
        """Tell whether a participle tells without an auxiliary: "Закон раскритикован Федерацией"."""
        return self._known.has_cases and self._known.order == "svo" and self._clause.kind == "main"

    def _is_perfect(self, index: int, group: _Group) -> bool:
        """Tell "ist zurückgetreten", "si è dimesso" from a passive: a verb without an object takes "be"."""
        lemmas = [lemma for lemma, kind in self._known.forms[self._tokens[index].low] if kind == "part"]
        acts = [act for lemma in lemmas for act in self._known.acts.get(lemma, ())]
        return group.has(self._known, "be") and any(
            act.type in ("RESIGN", "LEAVE", "ACT") and not act.is_calling_off for act in acts
        )

    def _reality(self, index: int, kind: str, group: _Group) -> Modality:
        """Tell the modality, in the order of harm: what was not done is never told as possible or planned."""
        if self._is_denied(index, kind):
            return "denied"
        if self._is_negated(index, kind, group):
            return "negated"
        known = self._known
        is_open = self._is_open(kind, group)
        ahead = kind in ("fut", "foretold") or group.has(known, "future") or group.has(known, "planning")
        ahead = ahead or (kind == "inf" and group.has(known, "becoming"))
        if self._clause.kind == "condition" or ((kind in ("cond", "pres") or ahead) and self._has_condition()):
            return "conditional"
        if self._beside(index) & known.classes["unreal"] or self._follows_verb_first(index):
            return "conditional"
        if is_open or self._is_hearsay(index) or self._is_almost(index):
            return "possible"
        return "planned" if ahead else "asserted"

    def _beside(self, index: int) -> set[str]:
        """Yield the words directly before and behind a verb."""
        return {token.low for token in self._tokens[max(0, index - 1) : index + 2]}

    def _closes_infinitive(self, index: int, kind: str) -> bool:
        """Tell "verurteilt zu haben", whose participle is written like a finite form; what is denied so is told."""
        known, after = self._known.classes, [self._low(index + 1), self._low(index + 2)]
        closes = after[0] in known["linking"] and after[1] in known["have"] | known["be"]
        return closes and not (kind == "part" and self._is_denied(index, kind))

    def _low(self, place: int) -> str:
        return self._tokens[place].low if 0 <= place < len(self._tokens) else ""

    def _is_denied(self, index: int, kind: str) -> bool:
        """Tell "bestreitet, … unterzeichnet zu haben": a participle that closes the infinitive of what is denied."""
        known = self._known
        if kind != "part" or known.order != "v2" or self._low(index + 1) not in known.classes["linking"]:
            return False
        before = self._tokens[self._clause.first : index]
        lemmas = [lemma for token in before for lemma, _ in known.forms.get(token.low, ())]
        return any(act.type == "DENY" for lemma in lemmas for act in known.acts.get(lemma, ()))

    def _follows_verb_first(self, index: int) -> bool:
        """Tell "Scheitern die Gespräche, streikt …": a verb that opens a German sentence sets a condition."""
        first, second = self._tokens[0], self._tokens[min(1, len(self._tokens) - 1)]
        known = self._known
        is_behind = index > 1 and self._tokens[index - 1].tag == "COMMA"
        if known.order != "v2" or not is_behind or first.tag != "WORD" or fits(first.low, known.classes["parts"]):
            return False
        opens_noun = second.tag == "BODY" or second.low in known.classes["articles"]
        is_small = first.low in known.classes["articles"] | known.classes["prepositions"] | known.classes["skipped"]
        return opens_noun and not is_small and first.low.endswith(("t", "n"))

    def _is_open(self, kind: str, group: _Group) -> bool:
        # Arabic "qad" leaves open what comes, and stresses what is past.
        may = group.has(self._known, "possible") and not (kind == "past" and self._known.order == "vso")
        return kind in ("cond", "poss") or may or self._tokens[-1].tag == "ASKED"

    def _is_negated(self, index: int, kind: str, group: _Group) -> bool:
        known = self._known
        nobody = any(fits(token.low, known.classes["nobody"]) for token in self._tokens[self._clause.first : index])
        undone = any(group.has(known, name) for name in ("negations", "failing", "refraining"))
        # "Tampoco el Senado", "Nem o Senado"
        opening = fits(self._tokens[self._clause.first].low, known.classes["negations"])
        undone = undone or opening or self._tokens[index - 1].low in known.classes["almost"]
        undone = undone or (kind == "inf" and undoes(self._tokens, group.first, known))
        return kind in ("neg", "negpass") or undone or nobody or self._is_negated_behind(index)

    def _is_negated_behind(self, index: int) -> bool:
        if not self._known.is_negated_behind:
            return False
        end = next(
            (place for place in range(index, self._clause.last) if self._tokens[place].tag == "COMMA"),
            self._clause.last,
        )
        stretch = self._tokens[self._clause.first : end]
        return any(token.low in self._known.classes["negations"] for token in stretch)

    def _has_condition(self) -> bool:
        conditions = self._known.classes["conditions"]
        return any(clause.kind == "condition" for clause in self._parts) or (
            self._known.order == "sov" and any(fits(token.low, conditions) for token in self._tokens)
        )

    def _is_almost(self, index: int) -> bool:
        """Tell whether "beinahe" stands in a German clause; it may belong to a number, so the act is left open."""
        before = self._tokens[self._clause.first : index]
        return self._known.order == "v2" and any(token.low in self._known.classes["almost"] for token in before)

    def _is_hearsay(self, index: int) -> bool:
        stretch = self._tokens[self._clause.first : index + 2]
        return any(fits(token.low, self._known.classes["hearsay"]) for token in stretch if token.tag == "WORD")

    def _particle(self, index: int, lemma: str, kind: str) -> int | None:
        """Yield the place of a separable verb's particle (the verb's own where it is written as one), or None."""
        if "|" not in lemma:
            return index
        particle = lemma.partition("|")[0]
        if self._tokens[index].low.startswith(particle):
            return index
        places = range(index + 1, self._clause.last)
        return next((i for i in places if self._tokens[i].low == particle and self._is_last(i)), None)

    def _is_last(self, index: int) -> bool:
        """Tell whether a particle closes its clause; else it is a preposition."""
        after = self._tokens[index + 1] if index + 1 < self._clause.last else None
        return after is None or after.tag in ("COMMA", "BREAK", "ASKED") or after.low in self._known.classes["and"]

    def _chosen(self, acts: Sequence[Act], index: int) -> tuple[Act | None, int]:
        """Yield the act whose noun stands nearest, else what the bare verb tells, and the place of the noun or verb."""
        near = [(abs(place - index), order, place) for order, act in enumerate(acts)
                if act.nouns and (place := self._noun(act.nouns, index)) is not None]  # fmt: skip
        if near:
            _, order, place = min(near)
            return acts[order], place
        return next(((act, index) for act in acts if not act.nouns), (None, index))

    def _noun(self, nouns: frozenset[str], index: int) -> int | None:
        """Yield the place of the noun that a verb carries: before it in Turkish and German brackets, else behind."""
        behind = range(index + 1, min(index + 1 + _WINDOW, self._clause.last))
        before = range(index - 1, max(self._clause.first - 1, index - 1 - _WINDOW), -1)
        sides = {"sov": (before,), "v2": (behind, before)}.get(self._known.order, (behind,))
        return next((found for side in sides if (found := self._noun_in(nouns, side)) is not None), None)

    def _noun_in(self, nouns: frozenset[str], places: range) -> int | None:
        for place in places:
            token = self._tokens[place]
            if token.tag in ("COMMA", "BREAK"):
                break
            if token.tag not in ("WORD", "DATE") or is_infinitive(token, self._known):
                continue
            if any(fits(low, nouns) for word in token.low.split(" ") for low in faces(word, self._known)):
                return place
        return None

    def _settled(self, act: Act, index: int, group: _Group, modality: Modality) -> Modality:
        """Let what is called off be negated, and what is announced be planned."""
        if act.is_calling_off:
            return "negated" if modality == "asserted" else modality if modality != "negated" else "possible"
        foretold = fits(self._tokens[index].low, self._known.classes["foretelling"]) or self._is_dated_ahead(index)
        if modality == "asserted" and foretold and act.type in HELD:
            return "planned"
        return modality

    def _is_dated_ahead(self, index: int) -> bool:
        """Tell "meets in May", which without a day of publication is not told as done."""
        kinds = {kind for _, kind in self._known.forms.get(self._tokens[index].low, ())}
        dated = any(
            token.tag == "DATE" and self._known.days.get(token.low, 1) > 0
            for token in self._tokens[self._clause.first : self._clause.last]
        )
        return dated and "pres" in kinds and "past" not in kinds


def undoes(tokens: Sequence[Token], first: int, known: Glossary) -> bool:
    """Tell whether what begins at a token is undone by what leads to it: "sans condamner", "ohne … zu verurteilen"."""
    lows = [token.low for token in tokens[:first]]
    if known.order == "v2":  # the infinitive closes what "ohne" opens
        marks = [place for place in range(first) if tokens[place].tag in ("COMMA", "BREAK")]
        return not known.classes["undoing"].isdisjoint(lows[marks[-1] + 1 if marks else 0 :])
    return any("_".join(lows[-size:]) in known.classes["undoing"] for size in (1, 2))


def is_infinitive(token: Token, known: Glossary) -> bool:
    """Tell an infinitive from the noun that begins as it does ("protestar", "protesta"); elsewhere they are one."""
    return known.order == "svo" and any(kind == "inf" for _, kind in known.forms.get(token.low, ()))
