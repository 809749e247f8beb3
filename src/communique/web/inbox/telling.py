"""How a line tells an act: the verb, and what it joins to, so that both read as one sentence. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.records import Coding, Event, Quote
from communique.web.inbox import words

SHOWN_NAMES = 2
# Types of acts with many verbs: no one verb of ours stands before every object ("does a tonne of scrap").
_MANIFOLD = frozenset({"STATE", "DEED", "ACT", "AID", "DECIDE", "REPORT", "DENY", "CONVENE", "AGREE", "PLEDGE", "RUN"})
# Our verb before a thing, where it is another than before a body: it "calls on" the government, and "calls for" peace.
_TIES = {
    "CALL": "calls for", "WARN": "warns of", "DECIDE": "decides on", "AGREE": "agrees on", "STATE": "speaks of",
}  # fmt: skip
_SMALL = frozenset(
    ["about", "against", "at", "by", "for", "from", "in", "into", "of", "on", "over", "to", "upon", "with"]
)
_FINITE = frozenset(
    [
        "has",
        "is",
        "was",
        "had",
        "did",
        "does",
        "will",
        "would",
        "may",
        "might",
        "can",
        "could",
        "shall",
        "should",
        "must",
    ]
)
_SINGULAR = {"have": "has", "are": "is", "were": "was", "do": "does"}
_CUT = re.compile(r"\b(?:that|whether|why|how)\b")
# What tells nothing without the words around it: a pronoun alone, or a clause whose end is missing.
_EMPTY = re.compile(r"(?:that|whether|why|how)\b.*|(?:those|these|this|it|them|him|her|us|all|some)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The two halves of an act as a line shows it."""

    act: str  # "": the words alone tell it
    words: str  # "": the act has nothing to join to, and the title stands for it
    is_quoted: bool  # the words are those of the text, in its language


def of(coding: Coding, event: Event, *, in_own_language: bool) -> Telling:
    """Tell an act in the words of its text where they are finite and stand together, else by the desk's own verb.

    A text in another language than the desk's gives the object, and the desk the verb.
    """
    names = _names(coding, event)
    if event.object is None or _EMPTY.fullmatch(event.object.text):
        is_told = bool(names) and event.type not in _MANIFOLD
        return Telling(act=_verb(event), words=", ".join(names) if is_told else "", is_quoted=False)
    own = _own(event.trigger, event.object) if in_own_language else None
    if own is None and event.type in _MANIFOLD and not (in_own_language and event.type in _TIES):
        return Telling(act=_verb(event), words="", is_quoted=False)
    thing = event.object.text
    others = [name for name in names if name.casefold() not in thing.casefold()]
    asked = _asked(coding, event, event.object)
    if asked in others:  # "calls on the Ministry to reopen": whom stands between the verb and what
        joined = " " if in_own_language and thing.startswith("to ") else " · "
        return Telling(act=_verb(event), words=joined.join((", ".join(others), _open_end(thing))), is_quoted=True)
    act = own or (_tied(event, event.object) if in_own_language else _verb(event))
    return Telling(act=act, words=" · ".join((_open_end(thing), *others)), is_quoted=True)


def _asked(coding: Coding, event: Event, thing: Quote) -> str | None:
    """Yield the name that stands between the verb and its object."""
    begins, ends = event.trigger.span[1], thing.span[0]
    slots = (*event.target, *event.addressee, *event.beneficiary)
    between = (one for one in map(coding.mentions.__getitem__, slots) if begins <= one.span[0] < one.span[1] <= ends)
    return next((one.name for one in between), None)


def _own(trigger: Quote, thing: Quote) -> str | None:
    """Yield the verb as it stands in the text right before its object; None where it doesn't, or is not finite."""
    (begins, ends), (first, last) = trigger.span, thing.span
    if not begins < first <= ends + 1 or last <= ends:
        return None
    verb = trigger.text[: first - begins].split()
    if not verb:
        return None
    verb[0] = _SINGULAR.get(verb[0].casefold(), verb[0].casefold())
    return " ".join(verb) if _is_finite(verb[0]) else None


def _is_finite(word: str) -> bool:
    """Tell whether a verb can stand after one name as it is: "condemns", "has", "condemned"; not "condemn" of "we"."""
    return word in _FINITE or word.endswith("ed") or (word.endswith("s") and not word.endswith("ss"))


def _tied(event: Event, thing: Quote) -> str:
    """Yield the desk's verb with the small word that the text has before the object: "warns against"."""
    last = event.trigger.text.casefold().split()[-1]
    is_near = 0 <= thing.span[0] - event.trigger.span[1] <= 1
    if is_near and last in _SMALL:
        return f"{_verb(event).removesuffix(' on')} {last}"
    return _TIES.get(event.type, _verb(event))


def _verb(event: Event) -> str:
    return words.ACTS.get(event.type, "")


def _names(coding: Coding, event: Event) -> list[str]:
    slots = (*event.target, *event.addressee, *event.beneficiary, *event.about)
    named = (coding.mentions[place].name for place in slots)
    return list(dict.fromkeys(name for name in named if not _EMPTY.fullmatch(name)))[:SHOWN_NAMES]


def _open_end(thing: str) -> str:
    """Mark an object that holds the beginning of a clause: the text goes on."""
    return f"{thing} …" if _CUT.search(thing) and not thing.endswith((".", "…", "”")) else thing
