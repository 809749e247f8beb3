"""Phrases: units drawn together to noun phrases, verb groups and what joins them."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code._lexicon import Lexicon
from communique.code._units import Unit
from communique.code._verbs import Phrase, Verb, bare, may_be_verb, with_auxiliaries

_NOMINAL = frozenset({"DET", "WORD", "NUMBER", "BODY", "OCCASION", "POSS", "QUOTE", "VERB", "DATE"})


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
    last = index + 1
    while last < len(units) and _goes_on(units, index, last):
        if may_be_verb(units[last]):
            so_far = Phrase(kind="NOUN", first=index, last=last, low="")
            if bare(units, last, (*found[-12:], so_far), lexicon):
                break
        last += 1
    return Phrase("NOUN", index, last, " ".join([unit.low for unit in units[index:last]]))


def _goes_on(units: Sequence[Unit], first: int, place: int) -> bool:
    """Tell whether a unit may belong to the noun phrase before it."""
    unit, before = units[place], units[place - 1]
    if unit.tag not in _NOMINAL:
        return False
    if unit.tag == "DATE":
        return before.tag in ("DET", "POSS")
    if unit.tag == "DET":  # "all the", "its other"; else an article begins a phrase of its own
        return before.tag == "DET"
    if unit.tag == "NUMBER":
        return before.tag == "DET" or (before.tag in ("WORD", "NUMBER") and before.text[:1].islower())
    return not (before.tag == "PRON" and first == place - 1)


def _verb(units: Sequence[Unit], index: int, found: Sequence[Phrase], lexicon: Lexicon) -> Phrase | None:
    made = with_auxiliaries(units, index, lexicon) or bare(units, index, found, lexicon)
    if made is None:
        return None
    verb, last = made
    return _chained(units, index, verb, last, lexicon)


def _headline_passive(units: Sequence[Unit], verb: Verb, last: int, lexicon: Lexicon) -> Verb:
    """Read "Union urged to sign accord" as a passive: who is asked stands in front."""
    frames = [frame.type for tail, frame in lexicon.verbs.get(verb.lemma, ()) if not tail]
    is_asking = bool(frames) and frames[0] in ("CALL", "INVITE")
    is_past = any(kind == "past" for _, kind in lexicon.forms.get(units[verb.head].low, ()))
    leads_on = last < len(units) and units[last].tag == "TO" and with_auxiliaries(units, last, lexicon) is not None
    if is_asking and is_past and leads_on and verb.form == "finite" and not verb.auxiliaries:
        return verb._replace(passive=True)
    return verb


def _chained(units: Sequence[Unit], index: int, verb: Verb, last: int, lexicon: Lexicon) -> Phrase:
    """Let "plans to move", "failed to reach", "has yet to answer" be one group whose head is the second verb."""
    leads = lexicon.ready.leading
    chain: tuple[str, ...] = ()
    verb = _headline_passive(units, verb, last, lexicon)
    if units[verb.head].low in lexicon.modality["plan_after_be"] and not verb.auxiliaries:
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
    low = " ".join(unit.low for unit in units[index:last])
    return Phrase(kind="VERB", first=index, last=last, low=low, verb=verb)
