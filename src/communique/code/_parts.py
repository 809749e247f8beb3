"""Parts of a clause: who its subject names, what its verb acts on, and what hangs on it with prepositions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from communique.code._bodies import Body
from communique.code._clauses import Range
from communique.code._lexicon import Lexicon
from communique.code._occasions import Found
from communique.code._units import Unit
from communique.code._verbs import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence taken apart, with what its units refer to."""

    units: tuple[Unit, ...]
    phrases: tuple[Phrase, ...]
    bodies: Sequence[Body]
    occasions: Sequence[Found]
    lexicon: Lexicon

    def of(self, phrase: Phrase) -> tuple[Unit, ...]:
        """Yield the units of a phrase."""
        return self.units[phrase.first : phrase.last]

    def body_at(self, start: int) -> int | None:
        """Yield the index of the body that begins at a place of the text."""
        return next((i for i, body in enumerate(self.bodies) if body.mention.span[0] == start), None)


class Subject(NamedTuple):
    """Who a subject names, as indexes of bodies."""

    actors: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()  # "but not the Ferry Union"
    speakers: tuple[int, ...] = ()  # persons who speak for the actors
    pronoun: str = ""  # "it", "they", where the subject is one
    owner_pronoun: bool = False  # "its board", "the party's spokesman": a part of a body named before
    gathering: bool = False  # an occasion or the noun of one
    negated: bool = False  # "neither", "none of"


class Adjunct(NamedTuple):
    """A preposition and the noun phrases that it governs."""

    preposition: str
    nouns: tuple[Phrase, ...]
    is_nested: bool  # hangs on a noun after the object, as far as can be told


class Complements(NamedTuple):
    """What follows a verb."""

    objects: tuple[Phrase, ...] = ()
    adjuncts: tuple[Adjunct, ...] = ()
    infinitive: Phrase | None = None
    end: int = 0  # index of the phrase after the last that belongs here


def head(sentence: Sentence, phrase: Phrase) -> Unit:
    """Yield the unit that a noun phrase turns on: its last, possessive marks aside."""
    units, last = sentence.units, phrase.last - 1
    while units[last].tag == "POSS" and last > phrase.first:
        last -= 1
    return units[last]


def named(sentence: Sentence, phrase: Phrase) -> tuple[int, ...]:
    """Yield the body that a noun phrase is, or for whom its head speaks ("the party's board"); empty: a thing.

    A noun that says what the body is may follow its name: "the IG Metall union".
    """
    unit = head(sentence, phrase)
    if unit.tag == "BODY":
        return (unit.ref,)
    if phrase.last - phrase.first == 1:
        return ()
    before, known = sentence.units[phrase.last - 2], sentence.lexicon.attribution
    if before.tag == "BODY" and unit.low in known["apposed"]:
        return (before.ref,)
    if unit.low in known["speakers"]:
        return tuple([one.ref for one in sentence.of(phrase) if one.tag == "BODY"][-1:])
    return ()


def owners(sentence: Sentence, phrase: Phrase) -> tuple[int, ...]:
    """Yield the bodies that stand before the head of a noun phrase: "the Commission's label", "an EPP motion"."""
    last = head(sentence, phrase)
    return tuple([unit.ref for unit in sentence.of(phrase) if unit.tag == "BODY" and unit is not last])


def subject(sentence: Sentence, where: Range) -> Subject:
    """Read the subject that stands in a stretch of phrases."""
    segments = [part for part in _segments(sentence, where) if part]
    if not segments:
        return Subject()
    kept = [part for part in segments if not _is_aside(sentence, part)] or segments[-1:]
    reading = _Reading(sentence, has_list=any(p.kind == "CONJ" for part in kept for p in part))
    for part in kept:
        reading.take(part)
    for part in segments if len(kept) < len(segments) else ():
        if part not in kept and _leads_in(sentence, part, "behalf", "joined"):
            reading.take_joined(part)
    return reading.result()


def _segments(sentence: Sentence, where: Range) -> list[list[Phrase]]:
    segments: list[list[Phrase]] = [[]]
    for phrase in sentence.phrases[slice(*where)]:
        if phrase.kind in ("COMMA", "BREAK"):
            segments.append([])
        else:
            segments[-1].append(phrase)
    return segments


def _is_aside(sentence: Sentence, part: Sequence[Phrase]) -> bool:
    """Tell whether a stretch between commas only frames the subject: "In Geneva", "Not satisfied with …"."""
    first = part[0]
    if _leads_in(sentence, part, "joined"):
        return True
    if first.kind in ("PREP", "SUB", "DATE", "VERB", "REL"):
        return True
    if first.kind in ("NEG", "ADV"):
        return not any(phrase.kind == "NOUN" and named(sentence, phrase) for phrase in part[:3])
    return False


def _leads_in(sentence: Sentence, part: Sequence[Phrase], *names: str) -> bool:
    if sentence.units[part[0].first].low not in sentence.lexicon.ready.joining:
        return False
    low = " ".join(unit.low for unit in sentence.units[part[0].first : part[-1].last])
    return any(low.startswith(words + " ") for name in names for words in sentence.lexicon.attribution[name])


class _Reading:
    """Gathers whom the segments of a subject name."""

    def __init__(self, sentence: Sentence, *, has_list: bool) -> None:
        self._sentence, self._has_list = sentence, has_list
        self._actors: list[int] = []
        self._excluded: list[int] = []
        self._persons: list[int] = []
        self._flags: dict[str, bool] = {}
        self._pronoun = ""
        self._role_open = False  # the last noun was "leaders", "spokesman": "of X" names for whom

    def take(self, part: Sequence[Phrase]) -> None:
        """Read one segment; a second name without "and" is an apposition to the first."""
        is_apposition = bool(self._actors) and not self._has_list
        governed, negated = False, False
        for phrase in part:
            if phrase.kind == "PREP":
                governed = not (self._role_open and phrase.low in ("of", "for", "in"))
                governed = governed and not self._is_joined(phrase)
            elif phrase.kind == "NEG":
                negated = True
                self._flags["negated"] = self._flags.get("negated", False) or phrase.low == "neither"
                negated = phrase.low == "not"
            elif phrase.kind == "CONJ":
                governed = False
                negated = negated and phrase.low != "nor"
            elif phrase.kind == "NOUN" and not governed:
                self._noun(phrase, negated=negated, is_apposition=is_apposition and not negated)

    def take_joined(self, part: Sequence[Phrase]) -> None:
        """Read "together with X", "on behalf of X": more sources."""
        for phrase in part:
            if phrase.kind == "NOUN":
                self._add(self._actors, named(self._sentence, phrase))

    def _is_joined(self, phrase: Phrase) -> bool:
        units = self._sentence.units[max(0, phrase.first - 1) : phrase.last + 2]
        low = " ".join(unit.low for unit in units)
        return any(words in low for words in self._sentence.lexicon.attribution["joined"])

    def _noun(self, phrase: Phrase, *, negated: bool, is_apposition: bool) -> None:
        unit = head(self._sentence, phrase)
        found = named(self._sentence, phrase)
        lexicon = self._sentence.lexicon
        speaks = unit.low in lexicon.attribution["speakers"]
        if is_apposition:
            self._add(self._persons, tuple(i for i in found if self._kind(i) == "person"))
            return
        found = self._whose(phrase, found)
        self._role_open = speaks and not found
        if unit.tag == "PRON":
            self._pronoun = self._pronoun or unit.low
        if speaks and not found:
            self._flags["owner_pronoun"] = True
        if unit.tag == "OCCASION":
            self._flags["gathering"] = True
            for span in self._sentence.occasions[unit.ref].owners:
                at = self._sentence.body_at(span[0])
                self._add(self._actors, (at,) if at is not None else ())
        if unit.low in lexicon.gatherings:
            self._flags["gathering"] = True
            found = found or owners(self._sentence, phrase)
            self._role_open = True
        if not lexicon.modality["nobody"].isdisjoint([one.low for one in self._sentence.of(phrase)]):
            self._flags["negated"] = True
        self._add(self._excluded if negated else self._actors, found)

    def _whose(self, phrase: Phrase, found: tuple[int, ...]) -> tuple[int, ...]:
        """Let "the union's secretary Ana Berg" be the union, with her as who speaks for it."""
        if len(found) != 1 or self._kind(found[0]) != "person":
            return found
        speakers = self._sentence.lexicon.attribution["speakers"]
        bodies = owners(self._sentence, phrase)
        if not bodies or not any(unit.low in speakers for unit in self._sentence.of(phrase)):
            return found
        self._add(self._persons, found)
        return bodies[-1:]

    def _kind(self, index: int) -> str | None:
        return self._sentence.bodies[index].mention.kind

    @staticmethod
    def _add(to: list[int], found: tuple[int, ...]) -> None:
        to.extend(index for index in found if index not in to)

    def result(self) -> Subject:
        """Yield what was read."""
        return Subject(
            actors=tuple(self._actors), excluded=tuple(self._excluded), speakers=tuple(self._persons),
            pronoun=self._pronoun, owner_pronoun=self._flags.get("owner_pronoun", False) and not self._actors,
            gathering=self._flags.get("gathering", False), negated=self._flags.get("negated", False),
        )  # fmt: skip


def complements(sentence: Sentence, where: Range, *, skip_units: int = 0) -> Complements:
    """Read what follows a verb, up to the end of its stretch. `skip_units`: words that belong to the verb ("on")."""
    objects: list[Phrase] = []
    adjuncts: list[Adjunct] = []
    infinitive = None
    place = where[0]
    ends = where[1]
    for phrase, at in _walk(sentence, where, skip_units):
        place = at + 1
        kind = phrase.kind
        if phrase.verb:
            if phrase.verb.form == "inf":
                infinitive = phrase
            else:
                ends = at
            break
        if kind == "PREP":
            adjuncts.append(Adjunct(phrase.low, (), bool(adjuncts) or bool(objects)))
        elif kind == "NOUN" and adjuncts:
            last = adjuncts[-1]
            adjuncts[-1] = Adjunct(last.preposition, (*last.nouns, phrase), last.is_nested)
        elif kind == "NOUN":
            objects.append(phrase)
        elif kind == "BREAK" or (kind == "COMMA" and _closes(sentence, at, where)):
            ends = at
            break
    return Complements(tuple(objects), tuple(adjuncts), infinitive, min(place, ends))


def _closes(sentence: Sentence, comma: int, where: Range) -> bool:
    """Tell whether a comma ends what belongs to the verb: no further member of a list follows it."""
    following = sentence.phrases[comma + 1] if comma + 1 < where[1] else None
    return comma > where[0] and (following is None or following.kind not in ("NOUN", "CONJ", "DATE"))


def _walk(sentence: Sentence, where: Range, skip_units: int) -> Iterator[tuple[Phrase, int]]:
    """Yield the phrases of a stretch; one that begins among the words skipped is cut."""
    first_unit = (sentence.phrases[where[0]].first if where[0] < where[1] else 0) + skip_units
    for at in range(*where):
        phrase = sentence.phrases[at]
        if phrase.last <= first_unit:
            continue
        if phrase.first < first_unit:
            phrase = phrase._replace(first=first_unit)
        yield phrase, at
