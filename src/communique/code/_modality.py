"""What reality an act has: done, or denied, planned, possible, conditional, not done. In doubt it is not asserted."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code._clauses import Clause
from communique.code._lexicon import Lexicon
from communique.code._units import Unit
from communique.code._verbs import Phrase, Verb
from communique.records import Modality


def modality(
    clause: Clause, everything: Sequence[Clause], phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon
) -> Modality:
    """Tell the modality of a clause from its verb group, its mark, and the clauses that it hangs on.

    A verb that goes on another's helping words has their modality: "will meet and *vote*", "never met or *voted*".
    """
    own = _own(clause, everything, phrases, units, lexicon)
    if own != "asserted" or clause.shares is None:
        return own
    first = _helped(clause, everything, phrases)
    if not _goes_on(phrases[clause.verb].verb, first, phrases, units, lexicon):
        return own
    above = modality(first, everything, phrases, units, lexicon)
    verb = phrases[first.verb].verb
    if clause.joint == "but" and above == "negated" and verb is not None and _looks_ahead(verb, lexicon):
        return "planned"  # "will not strike but *vote*"
    return above


def _helped(clause: Clause, everything: Sequence[Clause], phrases: Sequence[Phrase]) -> Clause:
    """Yield the clause whose helping words a verb can have: the nearest before it that has some, else the first."""
    while clause.shares is not None:
        clause = everything[clause.shares]
        verb = phrases[clause.verb].verb
        if (verb is not None and verb.auxiliaries) or _beside(clause, phrases):
            break
    return clause


def _goes_on(
    verb: Verb | None, first: Clause, phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon
) -> bool:
    """Tell whether a verb can have the helping words of an earlier one; a form that could be either does."""
    above = phrases[first.verb].verb
    if verb is None or above is None:
        return False
    kinds = _kinds(verb.auxiliaries[0] if verb.auxiliaries else units[verb.head].low, lexicon)
    helping, closed = frozenset(above.auxiliaries), lexicon.closed
    if not helping:
        return bool(_beside(first, phrases)) and not kinds.isdisjoint(_kinds(units[above.head].low, lexicon))
    asks_base = not helping.isdisjoint(closed["modals"] | closed["do"] | {"to"})
    asks_participle = not helping.isdisjoint(closed["have"] | closed["be"])
    return (asks_base and "base" in kinds) or (asks_participle and not kinds.isdisjoint({"past", "part", "ing"}))


def _kinds(low: str, lexicon: Lexicon) -> frozenset[str]:
    if low in ("be", "have", "do"):
        return frozenset({"base"})
    return frozenset(kind for _, kind in lexicon.forms.get(low, ()))


def _own(
    clause: Clause, everything: Sequence[Clause], phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon
) -> Modality:
    """Tell the modality of a clause for itself.

    The order is the order of harm: what somebody denies is never told as planned, what is not done never as possible.
    """
    verb = phrases[clause.verb].verb
    if verb is None:
        return "possible"
    if clause.parent is not None and _denies(phrases[everything[clause.parent].verb].verb, lexicon):
        return "denied"
    said_of = _governed(clause, phrases, units, lexicon)
    if said_of:
        return said_of
    beside = _beside(clause, phrases)
    if _is_negated(verb, beside, lexicon):
        return "negated"
    is_inverted = units[0].low in _INVERTED and units[-1].low != "?"
    if is_inverted or (clause.kind == "subordinate" and clause.marker in lexicon.closed["conditional"]):
        return "conditional"
    is_ahead = clause.kind == "subordinate" and clause.marker in ("before", "until")
    if is_ahead or _is_parted(clause, phrases, units, lexicon):
        return "possible"
    parent = everything[clause.parent] if clause.parent is not None else None
    return _open(verb, beside, clause, parent, phrases, units, lexicon)


def _is_parted(clause: Clause, phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon) -> bool:
    """Tell whether a helping word stands far before a plain verb: "will on Monday, as planned, *vote*"."""
    verb = phrases[clause.verb].verb
    if verb is None or verb.auxiliaries or "base" not in _kinds(units[verb.head].low, lexicon):
        return False
    before = [phrase for phrase in phrases[: clause.verb] if phrase.verb is None and phrase.kind != "NOUN"]
    return any(unit.tag == "MODAL" for phrase in before for unit in units[phrase.first : phrase.last])


def _denies(verb: Verb | None, lexicon: Lexicon) -> bool:
    return verb is not None and (verb.lemma == "deny" or verb.lemma in lexicon.attribution["refuting"])


def _governed(clause: Clause, phrases: Sequence[Phrase], units: Sequence[Unit], lexicon: Lexicon) -> Modality | None:
    """Read what stands above a clause: "rumours that", "it is not true that", "accused of having", "refrained from"."""
    before = phrases[clause.verb - 1] if clause.verb else None
    if clause.kind == "participle" and before is not None and before.kind == "PREP":
        if before.low in lexicon.modality["negating_prepositions"]:
            return "negated"
        return "possible" if before.low in lexicon.modality["open_prepositions"] - _REASONS else None
    if clause.kind != "relative" or clause.marker != "that":
        return None
    mark = max(i for i in range(clause.verb) if phrases[i].kind == "THAT")
    if mark and units[phrases[mark].first - 1].low in lexicon.attribution["reports"]:
        return "possible"
    above = next((phrases[i].verb for i in range(mark, -1, -1) if phrases[i].verb), None)
    return "denied" if above is not None and _is_negated(above, frozenset(), lexicon) else None


_INVERTED = frozenset({"had", "should", "were"})  # in front: "Had the party won, …"
_REASONS = frozenset({"for"})  # "thanked for lending": the lending was done


def _beside(clause: Clause, phrases: Sequence[Phrase]) -> frozenset[str]:
    """Yield the adverbs and negations that stand directly before a verb."""
    found = []
    for phrase in reversed(phrases[: clause.verb]):
        if phrase.kind not in ("ADV", "NEG"):
            break
        found.append(phrase.low)
    return frozenset(found)


def _is_negated(verb: Verb, beside: frozenset[str], lexicon: Lexicon) -> bool:
    known = lexicon.modality
    almost = lexicon.ready.almost
    if not almost.isdisjoint(verb.auxiliaries) or not almost.isdisjoint(beside):
        return True
    if not known["fail_verbs"].isdisjoint(verb.chain):
        return True
    # "has yet to answer", "is yet to be heard"
    return "yet" in verb.auxiliaries and "to" in verb.auxiliaries


def _open(
    verb: Verb,
    beside: frozenset[str],
    clause: Clause,
    parent: Clause | None,
    phrases: Sequence[Phrase],
    units: Sequence[Unit],
    lexicon: Lexicon,
) -> Modality:
    words = frozenset(verb.auxiliaries) | beside
    known, ready = lexicon.modality, lexicon.ready
    if words & ready.doubting or units[-1].low == "?" or verb.lemma in known["pondering"]:
        return "possible"
    if _is_conditional(verb, words, clause, units, lexicon):
        return "conditional"
    if words & ready.possible:
        return "possible"
    if words & known["conditional_modal"]:
        return "planned" if clause.kind == "content" else "conditional"
    if _looks_ahead(verb, lexicon):
        return "planned"
    return "possible" if parent is not None and _is_open_telling(parent, phrases, lexicon) else "asserted"


_PRESENT = frozenset({"s", "base"})


def _is_conditional(verb: Verb, words: frozenset[str], clause: Clause, units: Sequence[Unit], lexicon: Lexicon) -> bool:
    """Tell whether a condition in the sentence governs the verb: one that looks ahead, or in the present tense."""
    if clause.kind not in ("main", "content"):
        return False
    conditional = lexicon.closed["conditional"]
    if not any(unit.tag == "SUB" and unit.low in conditional for unit in units):
        return False
    is_present = not verb.auxiliaries and not _PRESENT.isdisjoint(_kinds(units[verb.head].low, lexicon))
    return is_present or bool(words & lexicon.ready.open_modals) or _looks_ahead(verb, lexicon)


def _looks_ahead(verb: Verb, lexicon: Lexicon) -> bool:
    words = verb.auxiliaries
    if not words and not verb.chain:
        return verb.form == "inf"
    if not lexicon.modality["planned"].isdisjoint(words) or not lexicon.ready.ahead.isdisjoint(verb.chain):
        return True
    before_to = [words[i - 1] for i, word in enumerate(words) if word == "to" and i]
    is_to = any(word in lexicon.ready.to_come for word in before_to)
    return is_to or (verb.form == "inf" and not before_to)


def _is_open_telling(parent: Clause, phrases: Sequence[Phrase], lexicon: Lexicon) -> bool:
    """Tell whether the telling itself is open: "may say that", "believes that", "asked that"."""
    verb = phrases[parent.verb].verb
    if verb is None or verb.lemma in ("claim", "allege", "suggest", "propose"):
        return True
    if verb.lemma in lexicon.attribution["content"] - {"report", "reply", "agree"}:
        return True
    return _is_negated(verb, frozenset(), lexicon) or bool(frozenset(verb.auxiliaries) & lexicon.modality["possible"])
