"""Clauses in any language with a glossary: where a sentence is parted, and how each part stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.code._glossary import Glossary, fits
from communique.code._tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of tokens with one standing in the sentence."""

    kind: str  # main, content, relative, subordinate, condition
    first: int
    last: int
    begin: int  # where the clause began that it goes on with: "dass X, der …, gewählt hat"


def clauses(tokens: Sequence[Token], known: Glossary) -> list[Clause]:
    """Part a sentence at relative pronouns, subordinators and "that"; what they open ends at the next comma.

    A relative clause without commas ends before the second verb: "l'accord que X a signé | est rejeté".
    """
    found: list[Clause] = []
    kind, first, begin, outer = "main", 0, 0, ("main", 0)
    for index, token in enumerate(tokens):
        opened = _opens(tokens, index, known)
        if opened:
            found.append(Clause(kind=kind, first=first, last=index, begin=begin))
            outer = (kind, begin) if kind in ("main", "content") else outer
            kind, first, begin = opened, index, index
        elif kind == "condition" and _concludes(token, known):
            found.append(Clause(kind=kind, first=first, last=index, begin=begin))
            kind, first, begin = "main", index, index
        elif kind == "relative" and _goes_on(tokens, first, index, known):
            found.append(Clause(kind=kind, first=first, last=index, begin=begin))
            (kind, begin), first = outer, index
        elif token.tag == "BREAK" or (token.tag == "COMMA" and _closes(tokens, kind, first, index, known)):
            found.append(Clause(kind=kind, first=first, last=index, begin=begin))
            goes_on = kind == "relative" and token.tag == "COMMA"
            (kind, begin), first = outer if goes_on else ("main", index + 1), index + 1
    found.append(Clause(kind=kind, first=first, last=len(tokens), begin=begin))
    return [clause for clause in found if clause.last > clause.first]


def _goes_on(tokens: Sequence[Token], first: int, index: int, known: Glossary) -> bool:
    """Tell whether a second finite verb stands here, of the clause that the relative one is in."""
    if known.is_verb_last or known.order == "sov" or not _is_finite(tokens, index, known):
        return False
    before = tokens[index - 1]
    if before.low in known.classes["and"] | known.classes["articles"] | known.classes["that"] or before.tag == "COMMA":
        return False
    if fits(before.low, known.leading) and before.low not in known.classes["skipped"]:
        return False  # within one group of a verb
    return any(_is_finite(tokens, place, known) for place in range(first + 1, index))


def _is_finite(tokens: Sequence[Token], index: int, known: Glossary) -> bool:
    token = tokens[index]
    if token.tag != "WORD" or token.text[0].isupper():
        return False
    kinds = {kind for _, kind in known.forms.get(token.low, ())}
    is_verb = bool(kinds & {"pres", "past", "fut", "cond", "pass"}) and not kinds & {"part", "inf", "ger"}
    return is_verb or token.low in known.classes["have"] | known.classes["be"]


def _concludes(token: Token, known: Glossary) -> bool:
    """Tell whether a verb of the future closes an Arabic condition, which no comma does."""
    return known.order == "vso" and any(kind == "fut" for _, kind in known.forms.get(token.low, ()))


def _opens(tokens: Sequence[Token], index: int, known: Glossary) -> str | None:
    low = tokens[index].low
    if tokens[index].tag != "WORD":
        return None
    if low in known.classes["conditions"]:
        return "condition"
    if low in known.classes["subordinators"]:
        return "subordinate"
    before = tokens[index - 1] if index else None
    if before is not None and before.low in known.classes["prepositions"] | known.classes["articles"] and index > 1:
        before = tokens[index - 2] if known.order == "svo" and low not in known.classes["that"] else before
    behind_comma = before is not None and before.tag == "COMMA"
    if low in known.classes["relatives"] and (known.order != "v2" or behind_comma):
        is_plain = low not in known.classes["that"] or (before is not None and _is_noun(before, known))
        behind_name = before is not None and (before.tag in ("BODY", "COMMA") or is_plain)
        if behind_name and not (low in known.classes["that"] and _follows_saying(tokens, index, known)):
            return "relative"
    leads_on = before is not None and low in known.classes["linking"] and fits(before.low, known.leading)
    return "content" if low in known.classes["that"] and not leads_on else None


def _is_noun(token: Token, known: Glossary) -> bool:
    """Tell whether a word is no verb and no small word: "that" behind it may be a relative pronoun."""
    is_small = fits(token.low, known.leading) or any(
        token.low in known.classes[name]
        for name in ("prepositions", "and", "conditions", "subordinators", "with", "to")
    )
    return token.tag == "WORD" and not is_small and token.low not in known.forms


def _follows_saying(tokens: Sequence[Token], index: int, known: Glossary) -> bool:
    """Tell whether a form of a verb that takes "that" stands shortly before."""
    return any(
        any(act.is_telling for lemma, _ in known.forms.get(token.low, ()) for act in known.acts.get(lemma, ()))
        for token in tokens[max(0, index - 4) : index]
    )


def _closes(tokens: Sequence[Token], kind: str, first: int, comma: int, known: Glossary) -> bool:
    """Tell whether a comma ends what was opened: not the one right before it, nor one within a list."""
    if kind == "content":  # "Dass …, kritisiert X"
        return known.order == "v2" and first == 0
    return kind != "main" and comma > first + 1 and not _is_list(tokens, comma, known)


def _is_list(tokens: Sequence[Token], comma: int, known: Glossary) -> bool:
    after = tokens[comma + 1] if comma + 1 < len(tokens) else None
    return after is not None and after.low in known.classes["and"]
