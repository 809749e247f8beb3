"""Verb groups: which words are verbs here, with their auxiliaries, and in what form.

English writes many nouns and verbs alike ("calls", "strike", "statement issued"); the place of a word decides, not
the word. Where the place does not decide, the word is taken for a noun: no event is better than a false one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from communique.code._lexicon import Lexicon
from communique.code._units import Unit

_OPENERS = ("DET", "POSS", "NUMBER")  # what opens a noun phrase: what follows is a noun or an adjective


class Phrase(NamedTuple):
    """A piece of a sentence.

    `kind`: NOUN, VERB, PREP, CONJ, COMMA, REL, SUB, THAT, DATE, NEG, ADV or BREAK (semicolon, colon, dash, bracket).
    """

    kind: str
    first: int  # index of the first unit
    last: int  # index after the last one
    low: str = ""  # the word in small letters; of NOUN and VERB nobody asks it
    verb: Verb | None = None


class Verb(NamedTuple):
    """A verb group: "has not been endorsed", "plans to move"."""

    lemma: str
    head: int  # unit of the verb that counts
    form: str  # "finite", "inf", "ing", "part"
    passive: bool = False
    auxiliaries: tuple[str, ...] = ()  # "has", "not", "will", "to" …
    chain: tuple[str, ...] = ()  # lemmas that lead to the one that counts: "plan", "fail", …
    known: bool = True  # the lexicon knows the verb


AUXILIARY = frozenset({"TO", "HAVE", "BE", "DO", "MODAL"})


def may_be_verb(unit: Unit) -> bool:
    """Tell whether a unit may be a verb without auxiliaries, from its letters alone."""
    return unit.tag == "VERB" or (unit.tag == "WORD" and unit.low.endswith("ed"))


def with_auxiliaries(units: Sequence[Unit], index: int, lexicon: Lexicon) -> tuple[Verb, int] | None:
    """Read auxiliaries, negations and adverbs before a verb; a "be" alone is a verb of its own.

    The unit at `index` is one of AUXILIARY.
    """
    place = index
    auxiliaries: list[str] = []
    while place < len(units) and _is_auxiliary(units, place, auxiliaries, lexicon):
        auxiliaries.append(units[place].low)
        place += 1
    if lexicon.ready.heavy.isdisjoint(auxiliaries):
        return None
    if place < len(units):
        made = _main_verb(units, place, auxiliaries, lexicon)
        if made:
            return made, place + 1
    return _copula(units, index, place, auxiliaries, lexicon)


def _is_auxiliary(units: Sequence[Unit], place: int, before: Sequence[str], lexicon: Lexicon) -> bool:
    unit = units[place]
    if unit.tag == "TO":
        return place + 1 < len(units) and _is_base(units, place + 1, lexicon)
    if unit.tag in ("HAVE", "BE", "DO", "MODAL"):
        return not (unit.low == "may" and unit.text[0].isupper())
    if unit.low in ("all", "both", "each") and before:
        return True
    if unit.tag in ("NEG", "ADV", "DATE") and before:
        return unit.low not in ("neither", "nor", "without", "about")
    if not before or before[-1] not in lexicon.closed["be"]:
        return False
    planned = unit.low in lexicon.modality["plan_after_be"] or unit.low in lexicon.modality["hearsay_after_be"]
    return planned and place + 1 < len(units) and units[place + 1].tag == "TO"


def _is_base(units: Sequence[Unit], place: int, lexicon: Lexicon) -> bool:
    """Tell whether an infinitive stands here, adverbs aside."""
    while place < len(units) and units[place].tag in ("ADV", "NEG"):
        place += 1
    if place >= len(units):
        return False
    if units[place].tag in ("HAVE", "BE", "DO"):
        return units[place].low in ("have", "be", "do")
    unit = units[place]
    return unit.text[0].islower() and any(kind == "base" for _, kind in lexicon.forms.get(unit.low, ()))


def _main_verb(units: Sequence[Unit], place: int, auxiliaries: Sequence[str], lexicon: Lexicon) -> Verb | None:
    unit = units[place]
    if unit.tag not in ("VERB", "WORD") or not unit.text[0].islower():
        return None
    heavy = [low for low in auxiliaries if low in lexicon.ready.heavy]
    last = heavy[-1]
    is_be = last in lexicon.closed["be"]
    wanted = ("part", "ing") if is_be else ("part",) if last in lexicon.closed["have"] else ("base",)
    reading = next(((lemma, kind) for lemma, kind in lexicon.forms.get(unit.low, ()) if kind in wanted), None)
    known = reading is not None
    if reading is None:
        reading = _guessed(unit.low, wanted) if unit.tag == "WORD" else None
    if reading is None:
        return None
    return Verb(
        lemma=reading[0], head=place, form=_form(auxiliaries),
        passive=is_be and reading[1] == "part", auxiliaries=tuple(auxiliaries), known=known,
    )  # fmt: skip


def _form(auxiliaries: Sequence[str]) -> str:
    """Yield the form of a verb group from its first word."""
    return {"to": "inf", "being": "ing", "having": "ing"}.get(auxiliaries[0], "finite")


def _guessed(low: str, wanted: tuple[str, ...]) -> tuple[str, str] | None:
    """Guess an unknown verb by its ending; the lemma is the form itself."""
    if "part" in wanted and low.endswith(("ed", "en")):
        return low, "part"
    if "ing" in wanted and low.endswith("ing"):
        return low, "ing"
    return (low, "base") if wanted == ("base",) and low.isalpha() else None


def _copula(
    units: Sequence[Unit], index: int, place: int, auxiliaries: list[str], lexicon: Lexicon
) -> tuple[Verb, int] | None:
    """Read a lone "be", "have" or "do" as a verb that tells of nothing, so that the clause has one."""
    while place > index and units[place - 1].tag in ("ADV", "DATE"):
        place -= 1
        auxiliaries.pop()
    last = auxiliaries[-1] if auxiliaries else ""
    if last in ("not", "n't", "never") and len(auxiliaries) > 1:
        last = auxiliaries[-2]
    if any(last in lexicon.closed[name] for name in ("be", "have", "do")):
        return Verb(lemma="be", head=place - 1, form=_form(auxiliaries), auxiliaries=tuple(auxiliaries)), place
    return None


def bare(units: Sequence[Unit], index: int, found: Sequence[Phrase], lexicon: Lexicon) -> tuple[Verb, int] | None:
    """Read a verb without auxiliaries, where its place says that it is one. The unit at `index` may be one."""
    unit = units[index]
    if not (unit.text[0].islower() or index == 0):
        return None
    readings = lexicon.forms.get(unit.low, ())
    if not readings:
        return _unknown_past(units, index, found)
    if _goes_on_passive(units, index, found):
        lemma = next((lemma for lemma, kind in readings if kind == "part"), None)
        return (Verb(lemma=lemma, head=index, form="finite", passive=True), index + 1) if lemma else None
    for lemma, kind in readings:
        form = _form_here(kind, units, index, found, lexicon)
        if form:
            return Verb(lemma=lemma, head=index, form=form, passive=form == "part"), index + 1
    return None


def _goes_on_passive(units: Sequence[Unit], index: int, found: Sequence[Phrase]) -> bool:
    """Tell whether a passive goes on without its "be": "was criticised by A and *welcomed* by B"."""
    if index + 1 >= len(units) or units[index + 1].low != "by" or not found or found[-1].kind != "CONJ":
        return False
    last = next((phrase.verb for phrase in reversed(found) if phrase.verb), None)
    return last is not None and last.passive and last.form == "finite"


def _form_here(kind: str, units: Sequence[Unit], index: int, found: Sequence[Phrase], lexicon: Lexicon) -> str | None:
    """Tell as what a form stands here ("finite", "ing", "part"), or None where it is no verb."""
    before = found[-1] if found else None
    following = units[index + 1] if index + 1 < len(units) else None
    if kind == "ing":
        is_noun = units[index].low in lexicon.gatherings
        return "ing" if not is_noun and _is_participle(units, before, following) else None
    if before is None:
        return "part" if kind == "part" else None
    if kind == "part":
        return _hanging(units, before, following)
    if following is not None and _is_no_verb_before(kind, following, units, index, lexicon):
        return None
    return _finite(kind, units, before, following, found, lexicon)


def _hanging(units: Sequence[Unit], before: Phrase, following: Unit | None) -> str | None:
    """Read a participle that hangs on a noun: "the law adopted in May"."""
    hangs = before.kind in ("COMMA", "DATE") or (before.kind == "NOUN" and units[before.last - 1].tag not in _OPENERS)
    return "part" if hangs and following is not None and following.tag in ("PREP", "TO", "DATE") else None


def _is_no_verb_before(kind: str, following: Unit, units: Sequence[Unit], index: int, lexicon: Lexicon) -> bool:
    """Tell by what follows that a form is none: "the strikes have ended", "backed by the party"."""
    if kind in ("s", "base"):
        return _is_verb_for_sure(following, lexicon) or _is_compound(units, index, lexicon)
    return kind == "past" and following.low == "by" and _not_moving(units, index)


def _is_compound(units: Sequence[Unit], index: int, lexicon: Lexicon) -> bool:
    """Tell "security forces in Guinea have", where a sure verb follows in the clause, from "the union calls for"."""
    if index == 0 or units[index - 1].tag != "WORD":
        return False
    if any(lemma in lexicon.ready.handing_on for lemma, _ in lexicon.forms.get(units[index].low, ())):
        return False
    for unit in units[index + 1 : index + 12]:
        if unit.tag in ("CONJ", "SUB", "REL", "THAT", "MARK", "TO"):
            return False
        if unit.tag in ("HAVE", "BE", "MODAL"):
            return True
    return False


def _finite(
    kind: str,
    units: Sequence[Unit],
    before: Phrase,
    following: Unit | None,
    found: Sequence[Phrase],
    lexicon: Lexicon,
) -> str | None:
    if before.kind == "NOUN":
        if kind in ("s", "base") and len(found) > 1 and found[-2].verb and units[before.first].tag == "WORD":
            return None  # "announced road blockades"
        if kind == "past" and len(found) > 1 and found[-2].kind == "PREP" and any(phrase.verb for phrase in found):
            hung = _late(kind, units, before, following)  # "said in a report published on Tuesday"
            if hung:
                return hung
        is_verb = _agrees(kind, units, before) and not _has_finite(found, lexicon)
        return "finite" if is_verb else _late(kind, units, before, following)
    if before.kind not in ("CONJ", "REL", "NEG", "ADV", "DATE", "THAT", "COMMA", "BREAK"):
        return None
    earlier = any(phrase.kind == "NOUN" for phrase in found)
    return "finite" if earlier and (kind != "base" or before.kind in ("CONJ", "REL", "ADV")) else None


def _is_participle(units: Sequence[Unit], before: Phrase | None, following: Unit | None) -> bool:
    """Tell "stressing the need" from "the working group" and "a training centre"."""
    if before is None:
        return True
    if before.kind == "NOUN":
        after = following.tag if following else ""
        return units[before.last - 1].tag not in _OPENERS and after not in ("WORD", "VERB", "MARK", "")
    return before.kind in ("COMMA", "PREP", "CONJ", "DATE", "SUB", "REL")


def _is_verb_for_sure(unit: Unit, lexicon: Lexicon) -> bool:
    if unit.tag == "MODAL" or unit.low in _SURE:
        return True
    readings = lexicon.forms.get(unit.low, ())
    return bool(readings) and all(kind in ("past", "part") for _, kind in readings)


_SURE = frozenset({"has", "have", "had", "is", "are", "was", "were"})


def _not_moving(units: Sequence[Unit], index: int) -> bool:
    """Tell "backed by" from "rose by 3 per cent" and "voted by 212 to 140"."""
    return not (index + 2 < len(units) and units[index + 2].tag == "NUMBER")


def _agrees(kind: str, units: Sequence[Unit], before: Phrase) -> bool:
    """Tell whether a form may follow this subject: "calls" one of the singular, "call" one of the plural."""
    last = units[before.last - 1]
    if last.tag in _OPENERS:
        return False
    if last.tag in ("BODY", "OCCASION", "QUOTE", "PRON") or kind == "past":
        return True
    plural = last.low.endswith("s") and not last.low.endswith("ss")
    return plural if kind == "base" else not plural


def _has_finite(found: Sequence[Phrase], lexicon: Lexicon) -> bool:
    """Tell whether the clause under way already has its verb."""
    for phrase in reversed(found):
        if phrase.kind in ("SUB", "REL", "THAT", "BREAK", "COMMA") or (phrase.kind == "CONJ" and phrase.low != "or"):
            return False
        if phrase.verb and phrase.verb.form == "finite":
            return phrase.verb.lemma not in lexicon.attribution["transparent"]
        if phrase.kind == "PREP" and phrase.low in ("after", "before", "since", "until", "as"):
            return False
    return False


def _late(kind: str, units: Sequence[Unit], before: Phrase, following: Unit | None) -> str | None:
    """Read a past form after the clause's verb: a participle that hangs on the noun, unless it has an object."""
    if kind != "past" or units[before.last - 1].tag in _OPENERS:
        return None
    return "part" if following is not None and following.tag in ("PREP", "TO", "DATE") else None


def _unknown_past(units: Sequence[Unit], index: int, found: Sequence[Phrase]) -> tuple[Verb, int] | None:
    """Read an unknown word in -ed as the verb of a clause that has a body for its subject and no other verb yet."""
    unit = units[index]
    before = found[-1] if found else None
    if not (unit.tag == "WORD" and unit.low.endswith("ed") and len(unit.low) > 4 and before):
        return None
    is_subject = before.kind == "NOUN" and units[before.last - 1].tag == "BODY"
    following = units[index + 1].low if index + 1 < len(units) else ""
    if not is_subject or following == "by" or any(phrase.verb and phrase.verb.form == "finite" for phrase in found):
        return None
    return Verb(lemma=unit.low, head=index, form="finite", known=False), index + 1
