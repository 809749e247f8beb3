"""Phrases: units drawn together to noun phrases, verb groups and what joins them."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code._lexicon import Lexicon
from communique.code._units import Unit
from communique.code._verbs import AUXILIARY, Phrase, Verb, bare, may_be_verb, with_auxiliaries

_NOMINAL = frozenset({"WORD", "BODY", "OCCASION", "POSS", "QUOTE", "VERB"})  # what may go on any noun phrase


def phrases(units: Sequence[Unit], lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Yield the phrases of a sentence in order. Linear in its length."""
    found: list[Phrase] = []
    index = 0
    while index < len(units):
        joint = _JOINTS.get(units[index].tag)
        made = (
            _plain(joint, units, index)
            if joint
            else _verb(units, index, found, lexicon) or _other(units, index, found, lexicon)
        )
        found.append(made)
        index = made.last
    return tuple(found)


_JOINTS = {"PREP": "PREP", "CONJ": "CONJ", "REL": "REL", "SUB": "SUB", "NEG": "NEG", "ADV": "ADV"}


def _verb(units: Sequence[Unit], index: int, found: Sequence[Phrase], lexicon: Lexicon) -> Phrase | None:
    tag = units[index].tag
    if tag in AUXILIARY:
        made = with_auxiliaries(units, index, lexicon)
    else:
        made = bare(units, index, found, lexicon) if may_be_verb(units[index]) else None
    return _chained(units, index, *made, lexicon) if made else None


def _other(units: Sequence[Unit], index: int, found: Sequence[Phrase], lexicon: Lexicon) -> Phrase:
    unit = units[index]
    if unit.tag == "MARK":
        return _plain("COMMA" if unit.low == "," else "BREAK", units, index)
    if unit.tag == "THAT":
        is_article = (
            index + 1 < len(units) and units[index + 1].tag == "WORD" and bool(found) and found[-1].kind == "PREP"
        )
        return _noun(units, index, found, lexicon) if is_article else _plain("THAT", units, index)
    if unit.tag == "TO":
        return _plain("PREP", units, index)
    if unit.tag == "DATE" and unit.low.endswith((" after", " before")):
        return _plain("SUB", units, index)
    if unit.tag == "DATE" and not _is_inside(units, index):
        return _plain("DATE", units, index)
    if unit.tag in ("HAVE", "BE", "DO", "MODAL"):
        return _plain("ADV", units, index)
    return _noun(units, index, found, lexicon)


def _plain(kind: str, units: Sequence[Unit], index: int) -> Phrase:
    return Phrase(kind, index, index + 1, units[index].low)


def _is_inside(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a date stands inside a noun phrase: "the 2031 fair"."""
    return (
        index > 0
        and units[index - 1].tag in ("DET", "POSS")
        and index + 1 < len(units)
        and units[index + 1].tag == "WORD"
    )


def _noun(units: Sequence[Unit], index: int, found: Sequence[Phrase], lexicon: Lexicon) -> Phrase:
    last, ends = index + 1, len(units)
    if last < ends and units[index].tag == "PRON" and units[last].tag in _NOMINAL:
        return Phrase("NOUN", index, last)
    while last < ends:
        unit = units[last]
        if _is_hyphen(units, last):  # "a 24-hour strike"
            last += 2
            continue
        if unit.tag not in _NOMINAL and not _goes_on(unit, units[last - 1]):
            break
        if may_be_verb(unit) and unit.text[0].islower():
            so_far = Phrase("NOUN", index, last)
            if bare(units, last, (*found[-12:], so_far), lexicon):
                break
        last += 1
    return Phrase("NOUN", index, last)


def _is_hyphen(units: Sequence[Unit], index: int) -> bool:
    if units[index].low != "-" or index + 1 >= len(units):
        return False
    before, mark, after = units[index - 1 : index + 2]
    return before.tag == "NUMBER" and before.end == mark.start and mark.end == after.start


def _goes_on(unit: Unit, before: Unit) -> bool:
    """Tell whether a unit that most often opens a noun phrase may belong to the one before it."""
    if unit.tag == "DATE":
        return before.tag in ("DET", "POSS")
    if unit.tag == "DET":  # "all the", "its other"; else an article begins a phrase of its own
        return before.tag == "DET"
    if unit.tag == "NUMBER":
        return before.tag == "DET" or (before.tag in ("WORD", "NUMBER") and before.text[:1].islower())
    return False


def _headline_passive(units: Sequence[Unit], verb: Verb, last: int, lexicon: Lexicon) -> Verb:
    """Read "Union urged to sign accord" as a passive: who is asked stands in front."""
    if verb.auxiliaries or verb.form != "finite" or last >= len(units) or units[last].tag != "TO":
        return verb
    frames = [frame.type for tail, frame in lexicon.verbs.get(verb.lemma, ()) if not tail]
    is_asking = bool(frames) and frames[0] in ("CALL", "INVITE")
    is_past = any(kind == "past" for _, kind in lexicon.forms.get(units[verb.head].low, ()))
    leads_on = is_asking and is_past and with_auxiliaries(units, last, lexicon) is not None
    return verb._replace(passive=True) if leads_on else verb


def _chained(units: Sequence[Unit], index: int, verb: Verb, last: int, lexicon: Lexicon) -> Phrase:
    """Let "plans to move", "failed to reach", "has yet to answer" be one group whose head is the second verb."""
    leads = lexicon.ready.leading
    chain: tuple[str, ...] = ()
    verb = _headline_passive(units, verb, last, lexicon)
    if not verb.auxiliaries and units[verb.head].low in lexicon.modality["plan_after_be"]:
        leads = leads | {verb.lemma}  # "Union set to sign accord"
    while verb.lemma in leads and verb.form in ("finite", "inf") and not verb.passive and last < len(units):
        after = with_auxiliaries(units, last, lexicon) if units[last].tag == "TO" else None
        if after is None:
            break
        chain = (*chain, verb.lemma)
        verb = Verb(
            lemma=after[0].lemma, head=after[0].head, form=verb.form, passive=after[0].passive,
            auxiliaries=(*verb.auxiliaries, *after[0].auxiliaries), chain=chain, known=after[0].known,
        )  # fmt: skip
        last = after[1]
    return Phrase("VERB", index, last, "", verb)
