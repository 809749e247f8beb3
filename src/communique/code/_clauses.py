"""Clauses: each verb of a sentence with its subject, what follows it, and how it hangs on the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from communique.code._lexicon import Lexicon
from communique.code._units import Unit
from communique.code._verbs import Phrase

_TIME_CLAUSE = frozenset({"after", "before", "since", "until", "as"})
_CO_ORDINATE = frozenset({"while", "whereas"})
Range = tuple[int, int]  # indexes of phrases, end exclusive


class Clause(NamedTuple):
    """One verb and what belongs to it.

    `kind`: main, content (of what somebody says), relative, subordinate, participle, attribution (", he said"),
    infinitive (one that goes on after "and": "asked its members to vote and *march*").
    """

    kind: str
    verb: int  # index of its phrase
    subject: Range  # where the subject stands; empty: it has none
    after: Range  # what follows the verb and belongs to it
    marker: str = ""  # "if", "after", "while"
    parent: int | None = None  # index of the clause that it is the content of
    shares: int | None = None  # index of the clause before whose subject it shares: "will meet and *vote*"
    joint: str = ""  # what joins the two: "and", "or", "but", ","


def clauses(phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon) -> tuple[Clause, ...]:
    """Yield the clauses of a sentence in order of their verbs. Infinitives belong to the clause before them."""
    verbs = [i for i, phrase in enumerate(phrases) if phrase.verb and phrase.verb.form != "inf"]
    if not any(_is_finite(phrases[i]) and not _goes_on(i, phrases, units, lexicon) for i in verbs):
        # "Greens to hold congress in June"
        verbs = [i for i, phrase in enumerate(phrases) if phrase.verb][:1]
    found: list[Clause] = []
    starts: list[int] = []
    for verb in verbs:
        reader = _Reader(phrases, units, lexicon, found, verb)
        clause, start = reader.read()
        found.append(clause)
        starts.append(start)
    return tuple(_fronted(_ended(found, starts, phrases)))


def _goes_on(verb: int, phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon) -> bool:
    """Tell whether a plain form goes on an infinitive: "Greens to meet and *vote*"."""
    made = phrases[verb].verb
    if made is None or made.auxiliaries or phrases[verb - 1].kind not in ("CONJ", "COMMA", "ADV"):
        return False
    kinds = {kind for _, kind in lexicon.forms.get(units[made.head].low, ())}
    before = next((i for i in range(verb - 1, -1, -1) if phrases[i].verb), None)
    if "base" not in kinds or before is None:
        return False
    last = phrases[before].verb
    return (last is not None and last.form == "inf") or _goes_on(before, phrases, units, lexicon)


def _is_finite(phrase: Phrase) -> bool:
    return phrase.verb is not None and phrase.verb.form == "finite"


def _fronted(found: list[Clause]) -> list[Clause]:
    """Let a participle in front have the subject of the main clause: "Co-hosted by X, the meeting has begun"."""
    main = next((clause for clause in found if clause.kind == "main"), None)
    if main is None:
        return found
    return [
        clause._replace(subject=main.subject)
        if clause.kind == "participle" and clause.subject == (0, 0) and clause.verb < main.verb else clause
        for clause in found
    ]  # fmt: skip


def _ended(found: list[Clause], starts: list[int], phrases: Sequence[Phrase]) -> list[Clause]:
    """Let each clause end where the next begins; one without an object shares that of its co-ordinate neighbour."""
    ended = []
    for i, clause in enumerate(found):
        end = next((start for start in starts[i + 1 :] if start > clause.verb), len(phrases))
        ended.append(clause._replace(after=(clause.verb + 1, end)))
    for i in range(len(ended) - 2, -1, -1):
        one, two = ended[i], ended[i + 1]
        bare = not any(phrase.kind in ("NOUN", "PREP") or phrase.verb for phrase in phrases[slice(*one.after)])
        if bare and one.kind == two.kind == "main" and two.joint != "but":
            ended[i] = one._replace(after=two.after)
    return ended


class _Reader:
    """Decides what one verb's clause is, from what stands between it and the verb before."""

    def __init__(
        self, phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon, found: Sequence[Clause], verb: int
    ) -> None:
        self._phrases, self._units, self._lexicon, self._found, self._verb = phrases, units, lexicon, found, verb
        before = verb - 1
        while before >= 0 and not phrases[before].verb:
            before -= 1
        self._start = before + 1  # of the region between the two verbs
        self._by_kind: dict[str, list[int]] = {}
        for place in range(self._start, verb):
            self._by_kind.setdefault(phrases[place].kind, []).append(place)
        self._main = next((i for i in range(len(found) - 1, -1, -1) if found[i].kind == "main"), None)

    def read(self) -> tuple[Clause, int]:
        """Yield the clause, and the index of the phrase where it begins."""
        verb = self._phrases[self._verb].verb
        if verb is not None and verb.form in ("ing", "part"):
            return self._participle()
        for decide in (self._relative, self._subordinate, self._content, self._attribution, self._predicate, self._new):
            made = decide()
            if made:
                return made
        return self._first()

    def _region(self, *kinds: str) -> list[int]:
        """Yield where phrases of these kinds stand between the two verbs, in order."""
        found = [self._by_kind[kind] for kind in kinds if kind in self._by_kind]
        return found[0] if len(found) == 1 else sorted([place for places in found for place in places])

    def _clause(self, kind: str, subject: Range, *, marker: str = "", parent: int | None = None) -> Clause:
        return Clause(kind, self._verb, subject, (0, 0), marker, parent)

    def _participle(self) -> tuple[Clause, int]:
        nouns = [i for i in range(self._verb) if self._phrases[i].kind == "NOUN"]
        directly = bool(nouns) and nouns[-1] == self._verb - 1
        subject = (
            (nouns[-1], nouns[-1] + 1)
            if directly
            else self._found[self._main].subject
            if self._main is not None
            else (0, 0)
        )
        said = self._phrases[self._verb - 1].verb if self._verb else None
        if said is not None and self._hands_on(said.lemma) and self._found:
            parent = len(self._found) - 1  # "denied having sold arms"
            return self._clause("content", self._found[parent].subject, parent=parent), self._verb
        begins = self._verb - (self._verb > 0 and self._phrases[self._verb - 1].kind in ("COMMA", "PREP", "CONJ"))
        return self._clause("participle", subject), begins

    def _relative(self) -> tuple[Clause, int] | None:
        marks = self._region("REL")
        that = [
            i for i in self._region("THAT") if i and self._phrases[i - 1].kind == "NOUN" and not self._takes_content(i)
        ]
        if not marks and not that:
            return None
        mark = (marks or that)[-1]
        if any(self._phrases[i].kind in ("COMMA", "BREAK") for i in range(mark, self._verb)) and not self._found:
            return None
        own = [i for i in range(mark + 1, self._verb) if self._phrases[i].kind == "NOUN"]
        before = [i for i in range(mark) if self._phrases[i].kind == "NOUN"]
        subject = (own[0], self._verb) if own else (before[-1], before[-1] + 1) if before else (0, 0)
        return self._clause("relative", subject, marker=self._phrases[mark].low), mark

    def _takes_content(self, that: int) -> bool:
        """Tell whether "that" after a noun opens what is said ("denied a report that", "told the press that")."""
        previous = self._phrases[self._start - 1].verb if self._start else None
        if previous is None or that <= self._start:
            return False
        told = self._units[self._phrases[that - 1].last - 1].low in self._lexicon.attribution["reports"]
        return self._hands_on(previous.lemma) or (told and previous.lemma in self._lexicon.attribution["refuting"])

    def _hands_on(self, lemma: str) -> bool:
        return lemma in self._lexicon.ready.handing_on

    def _subordinate(self) -> tuple[Clause, int] | None:
        marks = [i for i in self._region("SUB", "PREP") if self._opens(i)]
        if not marks:
            return None
        mark = marks[-1]
        if not any(self._phrases[i].kind == "NOUN" for i in range(mark + 1, self._verb)):
            return None
        low = self._phrases[mark].low
        kind = "main" if low in _CO_ORDINATE else "subordinate"
        return self._clause(kind, (mark + 1, self._verb), marker=low), mark

    def _opens(self, mark: int) -> bool:
        phrase = self._phrases[mark]
        if phrase.kind == "PREP" and phrase.low not in _TIME_CLAUSE:
            return False
        between = self._phrases[mark + 1 : self._verb]
        return not any(one.kind in ("COMMA", "BREAK") for one in between) and (
            phrase.kind == "SUB" or self._phrases[self._verb - 1].kind in ("NOUN", "ADV")
        )

    def _content(self) -> tuple[Clause, int] | None:
        """Read what somebody says: "said [that] the union will strike"."""
        if not self._found or not self._start:
            return None
        previous = self._phrases[self._start - 1].verb
        nouns = self._region("NOUN")
        thats = self._region("THAT")
        hands_on = previous is not None and (
            self._hands_on(previous.lemma) or (bool(thats) and self._takes_content(thats[-1]))
        )
        if not hands_on or not nouns:
            return None
        first = thats[-1] + 1 if thats else self._start
        before_noun = self._phrases[first : nouns[-1] if thats else nouns[0]]
        if not thats and any(phrase.kind in ("COMMA", "BREAK", "CONJ", "PREP") for phrase in before_noun):
            return None
        if not thats and self._phrases[self._verb - 1].kind in ("CONJ", "COMMA"):
            return None
        if self._splits():
            return None
        return self._clause("content", (first, self._verb), parent=len(self._found) - 1), first

    def _splits(self) -> bool:
        """Tell whether ", and X did" begins anew."""
        region = range(self._start, self._verb - 1)
        return any(
            self._phrases[i].kind == "COMMA" and self._phrases[i + 1].kind in ("CONJ", "SUB") for i in region
        ) or bool(self._region("BREAK"))

    def _attribution(self) -> tuple[Clause, int] | None:
        """Read ", its board said on Monday" at the end."""
        verb = self._phrases[self._verb].verb
        commas = self._region("COMMA")
        if verb is None or self._main is None or not commas:
            return None
        says = self._lexicon.attribution["transparent"] | {"report", "suggest"}
        rest = [
            phrase
            for phrase in self._phrases[self._verb + 1 :]
            if phrase.kind == "THAT" or (phrase.verb and phrase.verb.form == "finite")
        ]
        nouns = [i for i in range(commas[-1] + 1, self._verb) if self._phrases[i].kind == "NOUN"]
        conjunction = self._phrases[commas[-1] + 1].kind in ("CONJ", "SUB")
        if verb.lemma not in says or rest or not nouns or conjunction:
            return None
        return self._clause("attribution", (commas[-1] + 1, self._verb)), commas[-1]

    def _predicate(self) -> tuple[Clause, int] | None:
        """Read a verb that shares the subject of the one before: "met and adopted", "paused, but did not close"."""
        place = self._verb - 1
        while place >= self._start and self._phrases[place].kind in ("ADV", "DATE", "NEG"):
            place -= 1
        if place < self._start or self._phrases[place].kind not in ("CONJ", "COMMA"):
            return None
        finite = [i for i, clause in enumerate(self._found) if clause.kind in ("main", "content", "subordinate")]
        if self._phrases[place].kind == "COMMA" and self._main is None:
            return self._resumed(place)
        if not finite:
            return None
        is_listed = self._phrases[place].kind == "COMMA" and not self._is_after_having()
        number = (self._main or 0) if is_listed else finite[-1]
        shared = self._found[number]
        begins = place - (place > 0 and self._phrases[place - 1].kind == "COMMA")
        if _goes_on(self._verb, self._phrases, self._units, self._lexicon):
            return self._clause("infinitive", (0, 0)), begins
        made = self._clause(shared.kind, shared.subject, marker=shared.marker, parent=shared.parent)
        return made._replace(shares=number, joint=self._phrases[place].low), begins

    def _is_after_having(self) -> bool:
        """Tell whether "denied having sold arms" stands directly before: what follows may go it on."""
        last = self._phrases[self._found[-1].verb].verb
        return last is not None and last.auxiliaries[:1] == ("having",)

    def _resumed(self, comma: int) -> tuple[Clause, int] | None:
        """Read the main verb after a bracket of commas: "the union, whose board met, adopted"."""
        stop = next((i for i in range(comma) if self._phrases[i].kind in ("REL", "SUB") or self._phrases[i].verb), None)
        if stop is None or not any(phrase.kind == "NOUN" for phrase in self._phrases[:stop]):
            return None
        return self._clause("main", (0, stop)), comma

    def _new(self) -> tuple[Clause, int] | None:
        """Read a clause with a subject of its own after another one."""
        if not any(_is_finite(self._phrases[clause.verb]) for clause in self._found):
            return None
        joints = self._region("BREAK", "COMMA", "CONJ")
        nouns = self._region("NOUN")
        if not joints or not nouns:
            return self._clause("relative", (nouns[-1], self._verb) if nouns else (0, 0)), nouns[
                -1
            ] if nouns else self._verb
        hard = self._region("BREAK")
        joined = [i for i in joints if self._phrases[i].kind == "CONJ" and self._phrases[i - 1].kind == "COMMA"]
        first = (
            hard
            or joined
            or ([i for i in joints if self._phrases[i].kind == "COMMA"] if self._main is None else [])
            or joints
        )[-1]
        if hard and any(i > hard[-1] for i in joints):
            first = hard[-1]
        return self._clause("main", (first + 1, self._verb)), first

    def _first(self) -> tuple[Clause, int]:
        """Read the first verb of a sentence; a participle before it stands in front or hangs on the subject."""
        if not self._found:
            return self._clause("main", (0, self._verb)), 0
        commas = self._region("COMMA")
        if commas:
            return self._clause("main", (commas[-1] + 1, self._verb)), commas[-1]
        return self._clause("main", (0, self._found[0].verb)), self._verb
