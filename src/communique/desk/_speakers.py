"""Findings on attribution: who is said to have said it must have said it in a source, or be its publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.desk._grounds import Grounds, Source
from communique.desk._text import Text, Word
from communique.kit.text import folded
from communique.records import Finding

_FURTHEST = 14  # words of a speaker's name before the verb
_PART = re.compile(r"[^\W_]+")


def attribution(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding where the draft lets somebody speak who speaks in no source."""
    found = _speaker(grounds.draft)
    if found is None:
        return
    start, end = found
    said_by = grounds.draft.raw[start:end]
    if any(_is_publisher(said_by, one) or _is_coded_publisher(grounds, (start, end), one) for one in grounds.sources):
        return
    if _is_named(said_by, grounds):
        return
    advice = f"No source lets {said_by} say this; name who says it there."
    yield Finding(kind="attribution", span=(start, end), text=said_by, blocks=not grounds.is_translated, advice=advice)


def _speaker(draft: Text) -> tuple[int, int] | None:
    """Yield the place of the words before "says:", where the draft begins so."""
    for number, word in enumerate(draft.words[:_FURTHEST]):
        following = draft.raw[word.span[1] :].lstrip("\u00a0 ")
        if word.word in draft.lexicon.speech and following.startswith((":", "that ", "dass ", "que ", "“", '"', "«")):
            start = len(draft.raw) - len(draft.raw.lstrip())
            end = len(draft.raw[: word.span[0]].rstrip())
            named = draft.words[:number]
            is_name = any(_may_be_a_name(one, draft) for one in named) or any(
                link[0] < word.span[0] for link in draft.links
            )
            return (start, end) if end > start and is_name else None
    return None


def _may_be_a_name(word: Word, draft: Text) -> bool:
    return word.is_capitalised and word.word not in draft.lexicon.function


def _is_publisher(said_by: str, source: Source) -> bool:
    """Tell whether a name is the publisher's: the same words, or all words of the shorter in the longer."""
    one, other = (
        set(_PART.findall(folded(name))) - {"the", "of", "and"} for name in (said_by, source.given.publisher or "")
    )
    return bool(one and other) and (one <= other or other <= one)


def _is_coded_publisher(grounds: Grounds, span: tuple[int, int], source: Source) -> bool:
    """Tell whether the draft's coding knows the speaker as the actor that published the source."""
    mentions = grounds.coding.mentions if grounds.coding else ()
    coded = source.given.coding.mentions if source.given.coding else ()
    there = {source.given.publisher} | {mention.actor for mention in coded}
    return any(one.actor and one.actor in there and one.span[0] < span[1] for one in mentions)


def _is_named(said_by: str, grounds: Grounds) -> bool:
    """Tell whether every word of a name with a capital stands in the sources; `names` looks at those that don't."""
    parts = [
        part
        for part in _PART.findall(said_by)
        if part[0].isupper() and folded(part) not in grounds.draft.lexicon.function
    ]
    return bool(parts) and all(folded(part) in grounds.places for part in parts)
