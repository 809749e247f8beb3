"""Events: what each clause of a sentence tells, with its slots filled from the subject and the complements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from communique.code import _frames
from communique.code._clauses import Clause, clauses
from communique.code._draft import Draft
from communique.code._lexicon import Frame
from communique.code._modality import modality
from communique.code._parts import (
    Adjunct,
    Complements,
    Sentence,
    Subject,
    complements,
    head,
    named,
    owners,
    subject,
)
from communique.code._units import Unit
from communique.code._verbs import Phrase, Verb
from communique.records import Level, Modality, Quote, Span

# How many events of each way of telling are right in type, sources and modality. phrase: 81 of 93 on annotated English
# sentences (`python -m bench.code.confidence FILE`); the others are too few to count and stand below it.
_SURE = {"phrase": 0.87, "weak": 0.45, "nominal": 0.7}


class Slots(dict[str, tuple[int, ...]]):
    """The slots of an event under way, as indexes of bodies."""

    def add(self, slot: str | None, bodies: Sequence[int]) -> None:
        """Put bodies into a slot, each once, and none that already acts."""
        if slot is None or not bodies:
            return
        here, acting = self.of(slot), self.of("source")
        self[slot] = (*here, *dict.fromkeys([body for body in bodies if body not in here and body not in acting]))

    def of(self, slot: str) -> tuple[int, ...]:
        """Yield the bodies of a slot."""
        return self.get(slot, ())


_GATHERING = frozenset({"CONVENE", "ACT", "MEET"})  # what is called for a day


class Told(NamedTuple):
    """An event with the words of its own clause, in which its place, date and occasion are looked for."""

    event: Draft
    units: tuple[Unit, ...]
    clause: int = 0  # index of the clause


def events(sentence: Sentence, text: str) -> list[Told]:
    """Yield the events of a sentence; slots hold indexes of bodies."""
    found = clauses(sentence.phrases, sentence.units, sentence.lexicon)
    told: list[Told] = []
    subjects: list[Subject] = []
    for number, clause in enumerate(found):
        who = _meant(subject(sentence, clause.subject), clause, subjects, found)
        subjects.append(who)
        told.extend(_told(sentence, found, number, who, text))
    return _told_on(_hosted(told, found), found, subjects, sentence)


def _meant(who: Subject, clause: Clause, before: Sequence[Subject], found: Sequence[Clause]) -> Subject:
    """Let "it" and "its board" mean the subject of the clause that it hangs on, else of the main one before."""
    if who.actors or not (who.pronoun in ("it", "they", "he", "she") or who.owner_pronoun):
        return who
    if clause.parent is not None:
        return who._replace(actors=before[clause.parent].actors)
    main = [one for one, other in zip(before, found, strict=False) if one.actors and other.kind == "main"]
    return who._replace(actors=main[-1].actors) if main else who


def _told(sentence: Sentence, found: Sequence[Clause], number: int, who: Subject, text: str) -> list[Told]:
    clause = found[number]
    phrase = sentence.phrases[clause.verb]
    verb = phrase.verb
    chosen = _frames.choice(sentence, clause, verb) if verb else None
    if verb is None or chosen is None or clause.kind in ("attribution", "infinitive"):
        return []
    rest = complements(sentence, clause.after, skip_units=chosen.skip)
    frame = _dated(sentence, chosen.frame, rest)
    slots = _slots(sentence, verb, frame, who, rest)
    frame = _done_by(sentence, verb, frame, slots.of("source"))
    reality = _reality(sentence, found, clause, who, rest, frame)
    units = sentence.units
    trigger = (units[phrase.first].start, units[min(chosen.last, len(units)) - 1].end)
    event = Draft(
        type=frame.type, plover=frame.plover, trigger=Quote(text=text[slice(*trigger)], span=trigger),
        source=slots.of("source"), target=slots.of("target"), host=slots.of("host"),
        addressee=slots.of("addressee"), beneficiary=slots.of("beneficiary"), about=slots.of("about"),
        object=_object(sentence, verb, rest, text), modality=reality, level=_level(clause, verb),
        confidence=_SURE["weak" if "weak" in frame.marks else "phrase"], rule=frame.rule,
    )  # fmt: skip
    told = [Told(event=event, clause=number, units=_own_units(sentence, clause))]
    if who.excluded and reality == "asserted":
        told.append(told[0]._replace(event=event._replace(source=who.excluded, modality="negated")))
    return told


def _own_units(sentence: Sentence, clause: Clause) -> tuple[Unit, ...]:
    """Yield the words that belong to a clause: its subject, its verb, what follows."""
    units, phrases = sentence.units, sentence.phrases
    found: list[Unit] = []
    for first, last in (clause.subject, (clause.verb, clause.verb + 1), clause.after):
        if first < last:  # phrases stand side by side: from the first unit to the last
            found += units[phrases[first].first : phrases[last - 1].last]
    return tuple(found)


def _dated(sentence: Sentence, frame: Frame, rest: Complements) -> Frame:
    """Let a congratulation on an anniversary mark it."""
    if "on_anniversary" not in frame.marks:
        return frame
    units = [unit for adjunct in rest.adjuncts for phrase in adjunct.nouns for unit in sentence.of(phrase)]
    kinds = {sentence.occasions[unit.ref].occasion.kind for unit in units if unit.tag == "OCCASION"}
    return replace(frame, type="COMMEMORATE") if "anniversary" in kinds else frame


def _done_by(sentence: Sentence, verb: Verb, frame: Frame, sources: Sequence[int]) -> Frame:
    """Read an act by who does it: a court that rejects judges, a union that blocks a road protests."""
    kinds = {sentence.bodies[body].mention.kind for body in sources}
    for doers, other in sentence.lexicon.doers.get(verb.lemma, ()):
        if kinds & doers:
            return replace(frame, type=other.type, plover=other.plover, rule=f"{frame.rule}+{other.rule.split('.')[1]}")
    return frame


def _hosted(told: list[Told], found: Sequence[Clause]) -> list[Told]:
    """Let "Co-hosted by X, the meeting has begun" name the host of the meeting."""
    hosts = [body for one in told if found[one.clause].kind == "participle" for body in one.event.host]
    if not hosts:
        return told
    return [
        one._replace(event=one.event._replace(host=tuple(hosts)))
        if one.event.type in ("CONVENE", "MEET") and one.event.level == "main" and not one.event.host else one
        for one in told
    ]  # fmt: skip


def _level(clause: Clause, verb: Verb) -> Level:
    return "main" if clause.kind in ("main", "content") and verb.form in ("finite", "inf") else "background"


def _reality(
    sentence: Sentence, found: Sequence[Clause], clause: Clause, who: Subject, rest: Complements, frame: Frame
) -> Modality:
    reality = modality(clause, found, sentence.phrases, sentence.units, sentence.lexicon)
    if reality != "asserted":
        return reality
    verb = sentence.phrases[clause.verb].verb
    foretells = (
        verb is not None and "called-off" not in frame.marks and verb.lemma in sentence.lexicon.modality["foretelling"]
    )
    if frame.type in _GATHERING and (foretells or _is_timetable(sentence, clause)):
        return "planned"
    none = any(sentence.units[phrase.first].low in ("no", "none", "neither") for phrase in rest.objects)
    return "negated" if who.negated or none or "called-off" in frame.marks else reality


def _is_timetable(sentence: Sentence, clause: Clause) -> bool:
    """Tell "begins a strike on Monday" (it is to come) from "begins a strike" (a headline) and "began … on Monday"."""
    after = [sentence.units[phrase.first] for phrase in sentence.phrases[slice(*clause.after)]]
    dated = [unit.low for unit in after if unit.tag == "DATE"]
    verb = sentence.phrases[clause.verb].verb
    if not dated or verb is None or verb.auxiliaries or verb.passive:
        return False
    days, lexicon = sentence.lexicon.dates["days"], sentence.lexicon
    kinds = {kind for _, kind in lexicon.forms.get(sentence.units[verb.head].low, ())}
    return "past" not in kinds and all(days.get(low, 1) > 0 for low in dated)


def _slots(sentence: Sentence, verb: Verb, frame: Frame, who: Subject, rest: Complements) -> Slots:
    slots = Slots()
    if verb.passive:
        _passive(sentence, frame, who, rest, slots)
    else:
        slots.add("source", who.actors)
        if frame.type == "STATE":  # where the saying is the act, who speaks stands beside the body
            slots.add("source", who.speakers)
        _active(sentence, frame, rest, slots)
    _by_preposition(sentence, frame, rest, slots)
    return slots


def _passive(sentence: Sentence, frame: Frame, who: Subject, rest: Complements, slots: Slots) -> None:
    """Fill from a passive: the subject undergoes, "by" acts. What has no agent has no source."""
    agents = [
        body for adjunct in rest.adjuncts[:1] if adjunct.preposition == "by" for body in _bodies(sentence, adjunct)
    ]
    if "agent_is_subject" in frame.marks:
        slots.add("source", who.actors)
    elif frame.type == "CONVENE":
        slots.add("source", who.actors)
        slots.add("host", agents)
    else:
        slots.add("source", agents)
        slots.add(frame.object, who.speakers or who.actors)


def _bodies(sentence: Sentence, adjunct: Adjunct) -> list[int]:
    return [body for phrase in adjunct.nouns for body in named(sentence, phrase)]


def _active(sentence: Sentence, frame: Frame, rest: Complements, slots: Slots) -> None:
    """Fill from the direct object: a body is it, owns it, or did it ("the proposal by X")."""
    for phrase in rest.objects:
        direct = named(sentence, phrase)
        slots.add(frame.object, direct)
        if not direct:
            slots.add(frame.owner, owners(sentence, phrase))
    thing = rest.objects[-1] if rest.objects else None
    if thing is None or named(sentence, thing) or not rest.adjuncts:
        return
    first = rest.adjuncts[0]
    if first.preposition in ("of", "by", "between") and frame.owner:
        suffered = head(sentence, thing).low in sentence.lexicon.objects["suffered"]
        slots.add("about" if suffered and first.preposition == "of" else frame.owner, _bodies(sentence, first))


def _by_preposition(sentence: Sentence, frame: Frame, rest: Complements, slots: Slots) -> None:
    for adjunct in rest.adjuncts if frame.preps else ():
        slot = frame.preps.get(adjunct.preposition)
        if slot is not None:
            slots.add(slot, _bodies(sentence, adjunct))


def _object(sentence: Sentence, verb: Verb, rest: Complements, text: str) -> Quote | None:
    """Quote what is acted on: the object with what hangs on it, or the infinitive that is asked for."""
    if verb.passive:
        return None
    if rest.infinitive is not None:
        first = rest.infinitive.first
        begins = first + (sentence.units[first].low == "to")
        return _quote(sentence, begins, _until(sentence, rest.infinitive.last), text)
    things = [phrase for phrase in rest.objects if not named(sentence, phrase)]
    if things:
        return _quote(sentence, things[0].first, _until(sentence, things[0].last), text)
    return None


def _until(sentence: Sentence, unit: int) -> int:
    """Yield where what hangs on an object ends: before a date, a comma, another verb or a conjunction with one."""
    ends, beside = unit, sentence.lexicon.beside
    for phrase in sentence.phrases:
        if phrase.first < unit:
            continue
        if phrase.kind in ("COMMA", "BREAK", "DATE", "SUB", "REL") or _is_finite(phrase):
            break
        if not beside.isdisjoint([one.low for one in sentence.of(phrase)[:2]]):
            break
        ends = phrase.last
    while ends > unit and sentence.units[ends - 1].tag in ("PREP", "CONJ", "ADV", "TO"):
        ends -= 1
    return ends


def _is_finite(phrase: Phrase) -> bool:
    return phrase.verb is not None and phrase.verb.form == "finite"


def _quote(sentence: Sentence, first: int, last: int, text: str) -> Quote | None:
    if first >= last:
        return None
    span: Span = (sentence.units[first].start, sentence.units[last - 1].end)
    return Quote(text=text[slice(*span)], span=span)


def _told_on(told: list[Told], found: Sequence[Clause], subjects: Sequence[Subject], sentence: Sentence) -> list[Told]:
    """Let the telling give way to what is told, and mark who says it."""
    last = [who for clause, who in zip(found, subjects, strict=True) if clause.kind == "attribution"]
    tellers = [body for who in last for body in who.actors]
    kept: list[Told] = []
    for one in told:
        if _hands_on(one, found, sentence):
            inner = [other.event for other in told if found[other.clause].parent == one.clause]
            if any(_counts(event) for event in inner if event.level == "main"):
                continue
        event = _said_by(one.event, _according_to(one))
        parent = found[one.clause].parent
        if parent is not None:
            event = _attributed(event, subjects[parent], _lemma(sentence, found[parent]), sentence)
        if event.level == "main":
            event = _said_by(event, tellers)
            event = _said_by(event, [body for body in subjects[one.clause].speakers if body not in event.target])
        kept.append(one if event is one.event else one._replace(event=event))
    return kept


def _lemma(sentence: Sentence, clause: Clause) -> str:
    verb = sentence.phrases[clause.verb].verb
    return verb.lemma if verb else ""


def _hands_on(one: Told, found: Sequence[Clause], sentence: Sentence) -> bool:
    """Tell whether an event is no more than the telling of another one."""
    if one.event.type != "STATE":
        return False
    return _lemma(sentence, found[one.clause]) in sentence.lexicon.attribution["transparent"]


def _counts(event: Draft) -> bool:
    """Tell whether what is told is an event worth more than the telling."""
    return bool(event.source or event.target) or event.type not in ("DEED", "STATE")


def _attributed(event: Draft, who: Subject, lemma: str, sentence: Sentence) -> Draft:
    """Write who says it; what a body says of its own decision is its own act."""
    if lemma not in sentence.lexicon.attribution["transparent"]:
        return event._replace(level="background")
    if not event.source and event.type == "DECIDE":
        return event._replace(source=who.actors)
    return _said_by(event, (*who.actors, *who.speakers))


def _according_to(one: Told) -> tuple[int, ...]:
    """Read "according to X" in the words of the clause."""
    lows = [unit.low for unit in one.units]
    for place in [place for place, low in enumerate(lows[:-1]) if low == "according"] if "according" in lows else ():
        if lows[place + 1] == "to":
            following = next((near for near in one.units[place + 2 :] if near.tag not in ("DET", "WORD")), None)
            return (following.ref,) if following and following.tag == "BODY" else ()
    return ()


def _said_by(event: Draft, tellers: Sequence[int]) -> Draft:
    """Add those who say it and did not do it."""
    if not tellers:
        return event
    others = [teller for teller in tellers if teller not in event.source]
    if not others:
        return event
    return event._replace(attributed_to=tuple(dict.fromkeys((*event.attributed_to, *others))))
