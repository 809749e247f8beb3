"""What the analyser asks of a lexicon at every word, drawn together once and not for each sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Words by what may begin at them, or by what they decide."""

    heavy: frozenset[str]  # auxiliaries without which no group of them is a verb
    negating: frozenset[str]  # what negates a verb beside it
    negating_firsts: frozenset[str]  # first words of pairs that do ("no longer")
    almost: frozenset[str]  # what negates a verb, or says that it nearly was
    doubting: frozenset[str]  # hearsay, "hardly"
    possible: frozenset[str]  # "may", "must"
    open_modals: frozenset[str]  # "may", "would"
    leading: frozenset[str]  # verbs that lead to the one that counts: "plans to", "fails to"
    ahead: frozenset[str]  # those of them that look ahead
    to_come: frozenset[str]  # before "to": "is", "due"
    handing_on: frozenset[str]  # verbs that tell what somebody did or says
    joining: frozenset[str]  # first words of "together with", "on behalf of"
    never_names: frozenset[str]  # a capital on them begins a sentence and no name
    definites: Mapping[str, str]  # noun of a body that a text need not name -> kind
    units: frozenset[tuple[str, ...]]  # words for parts of bodies
    occasions: frozenset[str]  # words that an occasion may begin with, numbers aside
    feasts: tuple[str, ...]


def ready(closed: Words, modality: Words, attribution: Words, actors: Words, table: Mapping[str, Any]) -> Ready:
    """Draw a lexicon's words together. `table` is its file."""
    negating = (modality["negations"] | modality["negating_pairs"] | modality["negating_modals"]) - {"without"}
    told = table["occasions"]
    holidays = {name.replace("'", " ").split(" ")[0].lower() for name in told["holidays"]}
    return Ready(
        heavy=closed["have"] | closed["be"] | closed["do"] | closed["modals"] | {"to"},
        negating=negating,
        negating_firsts=frozenset(pair.split(" ")[0] for pair in modality["negating_pairs"]),
        almost=negating | modality["almost"],
        doubting=modality["hearsay"] | modality["hearsay_after_be"] | modality["hardly"],
        possible=modality["possible"] | {"should", "must", "can", "ca", "ought"},
        open_modals=modality["possible"] | modality["conditional_modal"],
        leading=modality["plan_verbs"] | modality["fail_verbs"] | {"continue", "begin", "start", "use"},
        ahead=modality["plan_verbs"] - {"continue"} | {"set"},
        to_come=closed["be"] | modality["plan_after_be"],
        handing_on=attribution["transparent"] | attribution["content"],
        joining=frozenset(words.split(" ")[0] for words in attribution["joined"] | attribution["behalf"]),
        never_names=closed["determiners"] | closed["prepositions"] | closed["pronouns"],
        definites=_definites(actors),
        units=frozenset(tuple(noun.split()) for noun in actors["units"]),
        occasions=frozenset(told["ordinals"]) | frozenset(told["recurring"].split()) | holidays,
        feasts=tuple(table["dates"]["feasts"]),
    )


def _definites(actors: Words) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, nouns in actors.items():
        if name.startswith("definite_"):
            found |= {noun: name.removeprefix("definite_") for noun in nouns if noun not in found}
    return found
