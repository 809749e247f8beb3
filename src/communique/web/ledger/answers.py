"""What editors said of a coding: kept apart from what the program coded, and laid over it whenever it is read.

So a newer lexicon or registry codes a document anew, and the editor's word stands as it was given. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from communique.records import Actor, Coding, Mention

# A name as it stands in the text -> the body that an editor said it stands for; None: none of those that were offered.
Answers = Mapping[str, Mapping[str, Any] | None]


def of(actor: Actor | None) -> dict[str, Any] | None:
    """Yield an answer as it is kept."""
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country} if actor else None


def given(coding: Coding, answers: Answers) -> Coding:
    """Yield a coding with the answers laid over it."""
    if not answers:
        return coding
    return replace(coding, mentions=tuple(_decided(one, answers) for one in coding.mentions))


def asks(coding: Coding, surface: str, id_: str | None) -> bool:
    """Tell whether a coding leaves open which body a name stands for, and (where one is named) offers that one."""
    return any(
        one.actor is None and one.text == surface and one.candidates and (id_ is None or id_ in one.candidates)
        for one in coding.mentions
    )


def asked(coding: Coding, answers: Answers) -> dict[str, Any]:
    """Yield those of the answers that a coding asks for."""
    return {name: one for name, one in answers.items() if asks(coding, name, one["id"] if one else None)}


def _decided(mention: Mention, answers: Answers) -> Mention:
    if mention.text not in answers:
        return mention
    answer = answers[mention.text]
    if answer is None:  # the bodies offered were none of them; one that the registry is sure of since may be
        return replace(mention, candidates=())
    return replace(
        mention, actor=answer["id"], name=answer["name"], kind=answer["kind"], country=answer["country"], candidates=()
    )
