"""Findings on action: a deed that no source tells, by words of the same language or by the codings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from communique.desk._context import stem
from communique.desk._grounds import Grounds
from communique.kit.text import folded
from communique.records import Coding, Event, Finding


def acts(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each deed of the draft that no source has a word for, and what the codings add."""
    if not grounds.is_translated:
        yield from _by_words(grounds)
    yield from _by_codings(grounds)


def _by_words(grounds: Grounds) -> Iterator[Finding]:
    known = grounds.draft.lexicon
    stems = {stem(word, known) for word in grounds.places}
    for word, following in zip_longest(grounds.draft.words, grounds.draft.words[1:]):
        if word.is_capitalised and not word.begins:
            continue  # part of a name or a title
        told = {word.word, f"{word.word}_{following.word}" if following else ""}
        for asked, carrying in known.acts:
            if not told.isdisjoint(asked) and not any(
                one in grounds.places or stem(one, known) in stems for one in carrying
            ):
                advice = f"No source tells that somebody or something was “{word.text}”; use the source's own verb."
                yield Finding(kind="action", span=word.span, text=word.text, blocks=True, advice=advice)
                break


def _by_codings(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding where the draft's event is asserted and all that the sources have of its kind are not."""
    if grounds.coding is None:
        return
    there = [event for one in grounds.sources if one.given.coding for event in _events(one.given.coding)]
    for event in grounds.coding.events:
        alike = [(other, actors) for other, actors in there if _is_of_its_kind(event, other, grounds)]
        if event.modality != "asserted" or event.level != "main" or not alike:
            continue
        own = _actors(grounds.coding, event)
        same = [other for other, actors in alike if own & actors] or ([] if own else [other for other, _ in alike])
        if same and all(other.modality != "asserted" for other in same):
            yield _told_as_done(grounds, event, same[0])


def _is_of_its_kind(event: Event, other: Event, grounds: Grounds) -> bool:
    """Tell whether two events can be one act; deeds and sayings of all sorts share a type, so words must agree."""
    if event.type != other.type:
        return False
    return event.type not in ("DEED", "STATE") or not _stems(event, grounds).isdisjoint(_stems(other, grounds))


def _stems(event: Event, grounds: Grounds) -> frozenset[str]:
    return frozenset(stem(folded(word), grounds.draft.lexicon) for word in event.trigger.text.split())


def _events(coding: Coding) -> list[tuple[Event, frozenset[str]]]:
    return [(event, _actors(coding, event)) for event in coding.events]


def _actors(coding: Coding, event: Event) -> frozenset[str]:
    return frozenset(coding.mentions[place].actor or coding.mentions[place].name for place in event.source)


def _told_as_done(grounds: Grounds, event: Event, other: Event) -> Finding:
    advice = f"In the source this is {other.modality} (“{other.trigger.text}”); here it is told as done."
    kind = "negation" if other.modality in ("negated", "denied") else "modality"
    return Finding(kind=kind, span=event.trigger.span, text=event.trigger.text, blocks=True, advice=advice)
