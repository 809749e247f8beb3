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


def clauses(tokens: Sequence[Token], known: Glossary) -> list[Clause]:
    """Part a sentence at relative pronouns, subordinators and "that"; what they open ends at the next comma."""
    found: list[Clause] = []
    kind, first = "main", 0
    for index, token in enumerate(tokens):
        opened = _opens(tokens, index, known)
        if opened:
            found.append(Clause(kind=kind, first=first, last=index))
            kind, first = opened, index
        elif kind == "condition" and _concludes(token, known):
            found.append(Clause(kind=kind, first=first, last=index))
            kind, first = "main", index
        elif token.tag == "BREAK" or (token.tag == "COMMA" and _closes(tokens, kind, first, index, known)):
            found.append(Clause(kind=kind, first=first, last=index))
            kind, first = "main", index + 1
    found.append(Clause(kind=kind, first=first, last=len(tokens)))
    return [clause for clause in found if clause.last > clause.first]


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
    behind_comma = before is not None and before.tag == "COMMA"
    if low in known.classes["relatives"] and (known.order != "v2" or behind_comma):
        behind_name = before is not None and (before.tag in ("BODY", "COMMA") or low not in known.classes["that"])
        if behind_name and not (low in known.classes["that"] and _follows_saying(tokens, index, known)):
            return "relative"
    leads_on = before is not None and low in known.classes["linking"] and fits(before.low, known.leading)
    return "content" if low in known.classes["that"] and not leads_on else None


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
