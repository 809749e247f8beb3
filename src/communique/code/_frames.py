"""Which entry of the lexicon a verb stands for, together with its particle or its noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from communique.code._clauses import Clause
from communique.code._lexicon import Frame, Lexicon
from communique.code._parts import Sentence, head, named
from communique.code._units import Unit
from communique.code._verbs import Phrase, Verb


class Choice(NamedTuple):
    """A frame, the last unit of what told of it, and how many units after the verb belong to it."""

    frame: Frame
    last: int  # index of the unit after the trigger
    skip: int


def choice(sentence: Sentence, clause: Clause, verb: Verb) -> Choice | None:
    """Yield what the verb of a clause tells of, or None for a verb that tells of nothing (a "be")."""
    units, lexicon = sentence.units, sentence.lexicon
    if verb.lemma == "be":
        return None
    phrase_end = sentence.phrases[clause.verb].last
    made = (
        _called_off(sentence, clause, verb)
        or _phrasal(units, phrase_end, verb, lexicon)
        or _paired(sentence, clause, verb)
    )
    if made is None:
        made = _single(lexicon, verb, phrase_end) or _unknown(sentence, clause, verb, phrase_end)
    return _fitting(sentence, clause, verb, made) if made else None


def _phrasal(units: Sequence[Unit], after: int, verb: Verb, lexicon: Lexicon) -> Choice | None:
    for tail, frame in lexicon.verbs.get(verb.lemma, ()):
        if tail and tuple(unit.low for unit in units[after : after + len(tail)]) == tail:
            return Choice(frame, after + len(tail), len(tail))
    return None


def _single(lexicon: Lexicon, verb: Verb, after: int) -> Choice | None:
    """Yield what the bare verb means; a verb that the lexicon does not know tells of nothing."""
    return next((Choice(frame, after, 0) for tail, frame in lexicon.verbs.get(verb.lemma, ()) if not tail), None)


def _unknown(sentence: Sentence, clause: Clause, verb: Verb, after: int) -> Choice | None:
    """Let a verb that the lexicon lacks be a deed of the body that is its subject, if it acts on something."""
    has_object = after < len(sentence.units) and sentence.units[after].tag in ("DET", "POSS", "NUMBER", "BODY", "WORD")
    acts = any(named(sentence, phrase) for phrase in sentence.phrases[slice(*clause.subject)] if phrase.kind == "NOUN")
    if verb.known or verb.passive or verb.form != "finite" or not (acts and has_object):
        return None
    frame = Frame(rule=f"{sentence.lexicon.language}.unknown.1", type="DEED", plover="NONE", marks=frozenset({"weak"}))
    return Choice(frame, after, 0)


def _paired(sentence: Sentence, clause: Clause, verb: Verb) -> Choice | None:
    """Read a verb and the noun that it carries: "issued a statement"; in the passive the noun is the subject."""
    pairs = sentence.lexicon.pairs.get(verb.lemma, ())
    if not pairs:
        return None
    carried = _carried(sentence, clause, verb)
    for nouns, frame in pairs:
        noun = ("complement" in frame.marks and _called(sentence, clause)) or carried
        if noun is not None and _is_among(sentence, noun, nouns):
            end = sentence.phrases[clause.verb].last if verb.passive else noun.last
            return Choice(_refined(sentence, noun.last, frame), end, 0)
    return None


def _is_among(sentence: Sentence, noun: Phrase, nouns: frozenset[str]) -> bool:
    """Tell whether the head of a noun phrase is one of a pair's nouns ("press release" is written press-release)."""
    words = [unit.low for unit in sentence.of(noun)]
    last = head(sentence, noun)
    return last.low in nouns or "-".join(words[-2:]) in nouns or (last.tag == "OCCASION" and "congress" in nouns)


def _carried(sentence: Sentence, clause: Clause, verb: Verb, *, skip: bool = False) -> Phrase | None:
    """Yield the noun phrase that a verb carries; `skip`: its particle stands between ("called *off* the strike")."""
    where = clause.subject if verb.passive else clause.after
    phrases = sentence.phrases[slice(*where)]
    is_parted = skip and bool(phrases) and phrases[0].last - phrases[0].first == 1  # the particle by itself
    for phrase in phrases[is_parted:]:
        if phrase.kind == "NOUN":
            return phrase
        if phrase.kind in ("PREP", "COMMA", "BREAK", "CONJ") or phrase.verb:
            return None
    return None


def _called(sentence: Sentence, clause: Clause) -> Phrase | None:
    """Yield what the object of a clause is called: "called the vote in Hanoi *a farce*", "saw it as *a farce*"."""
    for before, phrase in pairwise(sentence.phrases[slice(*clause.after)]):
        if phrase.kind == "NOUN" and (before.kind == "NOUN" or before.low == "as"):
            return phrase
    return None


def _refined(sentence: Sentence, after: int, frame: Frame) -> Frame:
    """Let a statement say more: "in solidarity with", "condemning", or by its own noun ("solidarity statement")."""
    low = " ".join(unit.low for unit in sentence.units[after : after + 4])
    for refinement in sentence.lexicon.refinements:
        if frame.type in refinement.of and any(low.startswith(words) for words in refinement.words):
            preposition = next(words for words in refinement.words if low.startswith(words)).split()[-1]
            return replace(
                refinement.frame, rule=f"{frame.rule}+{refinement.frame.rule.split('.')[1]}",
                preps={preposition: refinement.slot, "with": refinement.slot},
            )  # fmt: skip
    before = sentence.units[max(0, after - 3) : after]
    for unit in before[:-1]:
        nominal = sentence.lexicon.nominals.get(unit.low)
        if nominal and nominal.type == "SUPPORT" and frame.type in ("STATE", "PUBLISH"):
            return replace(nominal, preps={"for": "target", "with": "target", "to": "target"})
    return frame


def _called_off(sentence: Sentence, clause: Clause, verb: Verb) -> Choice | None:
    """Read "postponed its congress": the gathering that is not held."""
    lexicon = sentence.lexicon
    after = sentence.phrases[clause.verb].last
    tail = f"{verb.lemma} {sentence.units[after].low}" if after < len(sentence.units) else ""
    by_particle = tail in lexicon.modality["called_off_particles"]
    if verb.lemma not in lexicon.modality["called_off"] and not by_particle:
        return None
    noun = _carried(sentence, clause, verb, skip=by_particle)
    negated = any(word in lexicon.modality["negations"] for word in verb.auxiliaries)
    if noun is None or negated:
        return None  # "did not postpone its congress": a decision, and the congress stands
    is_protest = head(sentence, noun).low in lexicon.protests
    if not is_protest and not is_gathering(sentence, noun):
        return None
    frame = Frame(
        rule=f"{lexicon.language}.called-off.1", type="ACT" if is_protest else "CONVENE",
        plover="PROTEST" if is_protest else "CONSULT", marks=frozenset({"called-off", "gathering"}),
    )  # fmt: skip
    return Choice(frame, after + by_particle, int(by_particle))


def is_gathering(sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether a noun phrase is an occasion or names a gathering."""
    unit = head(sentence, phrase)
    if unit.tag == "BODY":
        return sentence.bodies[unit.ref].mention.kind == "event-body"
    return (
        unit.tag == "OCCASION"
        or unit.low in sentence.lexicon.gatherings
        or unit.low.rstrip("s") in sentence.lexicon.gatherings
    )


def _fitting(sentence: Sentence, clause: Clause, verb: Verb, made: Choice) -> Choice | None:
    """Drop what a verb means only with its own kind of object to a plain deed."""
    frame = made.frame
    if not frame.marks:
        return made
    noun = _carried(sentence, clause, verb)
    if "gathering" in frame.marks and "called-off" not in frame.marks:
        whose = [noun] if noun else []
        if not verb.passive and not noun:
            whose = [phrase for phrase in sentence.phrases[slice(*clause.subject)] if phrase.kind == "NOUN"][:1]
        if not any(is_gathering(sentence, phrase) for phrase in whose):
            return made._replace(frame=_deed(frame))
    if "needs_text" in frame.marks and not (noun and _is_text(sentence, noun)):
        return made._replace(frame=_deed(frame))
    if "passive_only" in frame.marks and not verb.passive:
        return made._replace(frame=_deed(frame))
    if "of_somebody" in frame.marks and not _is_of_somebody(sentence, clause, noun):
        return None
    return made


def _is_of_somebody(sentence: Sentence, clause: Clause, noun: Phrase | None) -> bool:
    """Tell whether somebody is to do something: "wants the ministry to act", not "wants to act"."""
    if noun is None or not named(sentence, noun):
        return False
    return any(before is noun and phrase.verb is not None and phrase.verb.form == "inf"
               for before, phrase in pairwise(sentence.phrases[slice(*clause.after)]))  # fmt: skip


def _deed(frame: Frame) -> Frame:
    return Frame(rule=f"{frame.rule}~deed", type="DEED", plover="NONE", marks=frozenset({"weak"}))


def _is_text(sentence: Sentence, phrase: Phrase) -> bool:
    words = [unit.low for unit in sentence.of(phrase)]
    texts = sentence.lexicon.objects["texts"]
    return any(word in texts for word in words) or any("-".join(pair) in texts for pair in pairwise(words))
