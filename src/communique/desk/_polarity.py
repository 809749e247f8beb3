"""Findings on "not" and "will": an act that the sources deny, plan or doubt must not be told as done.

A marker governs the first word of substance after it: "will be *held*", "has not *signed*". A word of the draft is
compared with the place of the sources that it comes from (`_context`): it must be governed there as it is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.desk._context import Contexts, Match, after, before
from communique.desk._grounds import Grounds
from communique.desk._lexicon import Lexicon
from communique.desk._text import Text, Word
from communique.records import Finding

_GOVERNS = 5  # words after a marker within which it finds the word that it governs
_NEAR = 6  # words before, and
_BEHIND = 4  # words after a word of the draft, within which a marker may stand
_LEAST_SHARED = 2  # neighbours in common before two places are compared
DONE, PLANNED, DOUBTED = 3, 2, 1
ADDED = 'No source has this "not": it says the opposite there. Tell it as the source does.'
LOST = 'The source says that this is not so; the "not" is missing here.'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Polarity:
    """What governs which words of one text; numbers of words."""

    negated: frozenset[int]
    doubt: Mapping[int, int]  # governed by a grave marker -> PLANNED or DOUBTED


def polarity(grounds: Grounds) -> Iterator[Finding]:
    """Yield findings on negation and modality, for sources in the draft's language."""
    if grounds.is_translated or not grounds.draft.lexicon.language:
        return
    contexts = Contexts(grounds)
    here = _of(grounds.draft)
    there = {number: _of(grounds.sources[number].text) for number in grounds.same}
    for at, word in enumerate(grounds.draft.words):
        if word.word in grounds.draft.lexicon.function or word.word.isdecimal():
            continue
        match = contexts.match(at)
        if match is None or not _is_same_sentence(match):
            continue
        yield from _negation(grounds, match, here, there)
        yield from _modality(grounds, match, there)


def _is_same_sentence(match: Match) -> bool:
    return match.shared >= _LEAST_SHARED


def _negation(grounds: Grounds, match: Match, here: _Polarity, there: Mapping[int, _Polarity]) -> Iterator[Finding]:
    draft = grounds.draft
    if match.at in here.negated and not any(_is_negative(grounds.sources[n].text, at) for n, at in match.places):
        yield _finding(grounds, "negation", match.at, ADDED)
    elif not _is_negative(draft, match.at) and all(at in there[n].negated for n, at in match.places):
        yield _finding(grounds, "negation", match.at, LOST)


def _modality(grounds: Grounds, match: Match, there: Mapping[int, _Polarity]) -> Iterator[Finding]:
    strengths = [there[n].doubt.get(at, DONE) for n, at in match.places]
    strength = max(strengths)
    if strength == DONE or _strength(grounds.draft, match.at) <= strength:
        return
    yield _finding(grounds, "modality", match.at, hardened(strength))


def hardened(level: int) -> str:
    """Yield what to do where a draft tells as more certain what a source only plans or doubts."""
    told = "plans or expects this" if level == PLANNED else "only holds this possible"
    return f'The source {told}; here it is told as more certain. Keep its "will", "may" or "plans to".'


def _of(text: Text) -> _Polarity:
    known = text.lexicon
    doubt: dict[int, int] = {}
    for at, marker in _governed(text, lambda word: word in known.strict):
        level = PLANNED if text.words[marker].word in known.planned else DOUBTED
        doubt[at] = min(level, doubt.get(at, DONE))
    negated = frozenset(at for at, _ in _governed(text, lambda word: word in known.negators))
    return _Polarity(negated=negated, doubt=doubt)


def _governed(text: Text, is_marker: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield each governed word with its marker."""
    for marker, word in enumerate(text.words):
        if not is_marker(word.word) or _is_a_name(word) or _is_not_only(text, marker):
            continue
        for place, one in enumerate(after(text, marker, _GOVERNS), marker + 1):
            if not _is_light(one, text.lexicon):
                yield place, marker
                break


def _is_light(word: Word, known: Lexicon) -> bool:
    """Tell whether a marker reaches past a word: helping verbs, function words, other markers, numbers."""
    return word.word in known.function or word.word in known.auxiliary or word.word in known.negators


def _is_a_name(word: Word) -> bool:
    """Tell whether a marker is written as a name is: "May", "Will"."""
    return word.is_capitalised and not word.begins


def _is_not_only(text: Text, marker: int) -> bool:
    following = next(after(text, marker, 1), None)
    return following is not None and following.word in ("only", "nur", "seulement", "solo", "just", "least")


def _is_negative(text: Text, at: int) -> bool:
    """Tell whether anything near a word can carry a "not"."""
    known = text.lexicon
    near = (text.words[at], *before(text, at, _NEAR), *after(text, at, _BEHIND))
    return any(word.word in known.negators or word.word in known.negative for word in near)


def _strength(text: Text, at: int) -> int:
    """Tell how certainly the draft tells what a word says; any marker near counts: doubt is in its favour."""
    known, level = text.lexicon, DONE
    near = list(before(text, at, _NEAR))
    for word in near:
        if _is_a_name(word):
            continue
        if word.word in known.possible or word.word in known.conditional:
            return DOUBTED
        if word.word in known.planned or word.word in known.opening:
            level = PLANNED
    return PLANNED if _is_told_as_ahead(near, known) else level


def _is_told_as_ahead(near: Sequence[Word], known: Lexicon) -> bool:
    """Tell whether "to" governs a word, helping words between: "is to be again held". `near` is nearest first."""
    for one, before_it in pairwise(near):
        if one.word in known.to:
            return before_it.word not in known.settled
        if not _is_light(one, known):
            return False
    return False


def _finding(grounds: Grounds, kind: str, at: int, advice: str) -> Finding:
    """Make a finding of a word and the helping verbs before it."""
    words, known = grounds.draft.words, grounds.draft.lexicon
    first = max(0, at - 1) if at and words[at - 1].sentence == words[at].sentence else at
    while first > max(0, at - _NEAR) and words[first].sentence == words[first - 1].sentence and (
        _is_light(words[first], known) or words[first].word in known.settled
    ) and _is_helping(words[first - 1], known):  # fmt: skip
        first -= 1
    span = (words[first].span[0], words[at].span[1])
    return Finding(kind=kind, span=span, text=grounds.draft.raw[span[0] : span[1]], blocks=True, advice=advice)


def _is_helping(word: Word, known: Lexicon) -> bool:
    return word.word in known.auxiliary or word.word in known.negators or word.word in known.settled or word.word in (
        known.function
    )  # fmt: skip
