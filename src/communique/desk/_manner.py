"""Findings on manner: words that take sides, and length."""

from __future__ import annotations

from collections.abc import Iterator

from communique.desk._grounds import Grounds
from communique.desk._text import covered, quoted
from communique.records import Finding

LONG_CHARACTERS = 400  # beyond it a sentence is hard to take in; a warning
DRAFT_CHARACTERS = 5_000  # beyond it a draft is none and is not checked further


def loaded_words(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each loaded word outside quotation marks; it blocks where not even a source uses it."""
    in_quotes = quoted(grounds.draft.raw)
    for word in grounds.draft.words:
        is_part_of_a_name = word.is_capitalised and not word.begins
        if word.word not in grounds.draft.lexicon.loaded or is_part_of_a_name or covered(word.span, in_quotes):
            continue
        is_theirs = word.word in grounds.places or grounds.is_translated
        advice = (
            f"“{word.text}” takes sides: quote it and say whose word it is."
            if is_theirs
            else f"“{word.text}” takes sides and no source uses it; take a plain word."
        )
        yield Finding(kind="loaded-word", span=word.span, text=word.text, blocks=not is_theirs, advice=advice)


def length(draft: str) -> Iterator[Finding]:
    """Yield a finding where a draft is empty, too long to read with ease, or too long to be one."""
    if not draft.strip():
        advice = "The draft is empty; write one sentence that says who did what."
        yield Finding(kind="length", span=(0, len(draft)), text="", blocks=True, advice=advice)
    elif len(draft) > DRAFT_CHARACTERS:
        advice = (
            f"The draft has {len(draft):,} characters; only the first {DRAFT_CHARACTERS:,} were checked. Shorten it."
        )
        yield Finding(kind="length", span=(DRAFT_CHARACTERS, len(draft)), text="", blocks=True, advice=advice)
    elif len(draft) > LONG_CHARACTERS:
        advice = f"The draft has {len(draft)} characters; up to {LONG_CHARACTERS} are read with ease."
        yield Finding(
            kind="length", span=(LONG_CHARACTERS, len(draft)), text=draft[LONG_CHARACTERS:], blocks=False, advice=advice
        )
