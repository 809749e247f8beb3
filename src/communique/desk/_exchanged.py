"""Findings on a sentence taken over nearly word for word in which "may" became "will", or a "not" came or went.

`_polarity` looks at one word and what governs it. Where nearly a whole sentence is the source's, the words that differ
can be laid side by side: then no other "not" or "will" of the same sentence hides what was exchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from communique.desk._context import stem
from communique.desk._grounds import Grounds, Place
from communique.desk._lexicon import Lexicon
from communique.desk._polarity import ADDED, DONE, DOUBTED, LOST, PLANNED, hardened
from communique.desk._text import Text, Word
from communique.records import Finding

_LEAST_WORDS = 6  # that two sentences have in common, before one can be called taken over
_MOST_WORDS = 150  # of a sentence; a longer one is a list and is not laid beside another
_TAKEN_OVER = 0.75  # share of the shorter sentence's words that stand in the other, in the same order
_AS_GOOD = 0.8  # of the words that the likest sentence has in common, before another counts beside it
_CANDIDATES = 3  # sentences of the sources that are compared
_MOST_PLACES = 200  # of one word in the sources; a word with more of them leads nowhere
_LONGEST = 4  # words that may stand in place of others
_FRAME = 2  # equal words on each side of them

Sentence = tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """Helping words of the source and those that stand in their place; either may be none."""

    there: Sentence
    here: Sentence
    at: int  # number of the first word of `here`, or of the word that follows, in the draft's sentence


def exchanged(grounds: Grounds) -> Iterator[Finding]:
    """Yield findings on helping words that are not those of the sentence that was taken over."""
    known = grounds.draft.lexicon
    if grounds.is_translated or not known.language:
        return
    for _, words in groupby(grounds.draft.words, key=lambda word: word.sentence):
        sentence = tuple(words)
        told = _told(sentence, tuple(_origins(grounds, sentence)), known)
        for find in (_negation, _modality):
            found = [find(grounds, sentence, differences) for differences in told]
            if found and found[0] is not None and all(found):  # no origin tells it as the draft does
                yield found[0]


def _origins(grounds: Grounds, sentence: Sentence) -> Iterator[Sentence]:
    """Yield the sentences of sources in the draft's language that share most words with one of the draft's."""
    if not _LEAST_WORDS <= len(sentence) <= _MOST_WORDS:
        return
    shared: Counter[Place] = Counter()
    for word in {word.word for word in sentence} - grounds.draft.lexicon.function:
        places = [(n, at) for n, at in grounds.places.get(word, ()) if n in grounds.same]
        if len(places) <= _MOST_PLACES:
            shared.update({_beginning(grounds.sources[n].text, n, at) for n, at in places})
    # A total order, so that the same draft always gives the same finding.
    for (number, first), _ in sorted(shared.items(), key=lambda found: (-found[1], found[0]))[:_CANDIDATES]:
        yield _sentence(grounds.sources[number].text, first)


def _beginning(text: Text, number: int, at: int) -> Place:
    """Yield where the sentence of a word begins; in one that is too long, where the part that is looked at does."""
    first = at
    while first and text.words[first - 1].sentence == text.words[at].sentence and at - first < _MOST_WORDS:
        first -= 1
    return number, first


def _sentence(text: Text, first: int) -> Sentence:
    words = text.words[first : first + _MOST_WORDS]
    return tuple(word for word in words if word.sentence == words[0].sentence)


def _told(sentence: Sentence, origins: Sequence[Sentence], known: Lexicon) -> list[tuple[_Difference, ...]]:
    """Yield the helping words that differ from each sentence that this one can have been taken over from."""
    here = [word.word for word in sentence]
    laid = [SequenceMatcher(None, [word.word for word in there], here, autojunk=False) for there in origins]
    equal = [sum(block.size for block in pieces.get_matching_blocks()) for pieces in laid]
    least = max(_LEAST_WORDS - 1, _AS_GOOD * max(equal, default=0))
    return [
        _differences(there, sentence, pieces, known)
        for there, pieces, count in zip(origins, laid, equal, strict=True)
        if count >= max(least, _TAKEN_OVER * min(len(there), len(sentence)))
    ]


def _differences(
    there: Sentence, here: Sentence, pieces: SequenceMatcher[str], known: Lexicon
) -> tuple[_Difference, ...]:
    steps = [("equal", 0, 0, 0, 0), *pieces.get_opcodes(), ("equal", 0, 0, 0, 0)]
    return tuple(
        _Difference(there=there[step[1] : step[2]], here=here[step[3] : step[4]], at=step[3])
        for before, step, after in zip(steps, steps[1:], steps[2:], strict=False)
        if step[0] != "equal" and before[2] - before[1] >= _FRAME <= after[2] - after[1]
        and _is_exchange(there[step[1] : step[2]], here[step[3] : step[4]], known)
    )  # fmt: skip


def _is_exchange(there: Sentence, here: Sentence, known: Lexicon) -> bool:
    """Tell whether two pieces say the same of substance, so that only helping words differ."""
    return max(len(there), len(here)) <= _LONGEST and _substance(there, known) == _substance(here, known)


def _substance(words: Sentence, known: Lexicon) -> frozenset[str]:
    helping = (
        known.function, known.auxiliary, known.negators, known.negative, known.planned, known.possible,
        known.conditional, known.strict, known.opening, known.to,
    )  # fmt: skip
    return frozenset(stem(word.word, known) for word in words if not any(word.word in one for one in helping))


def _negation(grounds: Grounds, sentence: Sentence, differences: Sequence[_Difference]) -> Finding | None:
    known = grounds.draft.lexicon
    lost = [one for one in differences if _has(one.there, known.negators)]
    added = [one for one in differences if _has(one.here, known.negators)]
    if lost and not any(_has(one.here, known.negators | known.negative) for one in differences):
        return _finding(grounds, "negation", sentence, lost[0], LOST)
    if added and not any(_has(one.there, known.negators | known.negative) for one in differences):
        return _finding(grounds, "negation", sentence, added[0], ADDED)
    return None


def _modality(grounds: Grounds, sentence: Sentence, differences: Sequence[_Difference]) -> Finding | None:
    known = grounds.draft.lexicon
    least = min((_generous(one.here, known) for one in differences), default=DONE)
    for one in differences:
        level = _strict(one.there, known)
        if level < min(_generous(one.here, known), least):
            return _finding(grounds, "modality", sentence, one, hardened(level))
    return None


def _strict(words: Sentence, known: Lexicon) -> int:
    """Tell how certainly words of a source tell; only what cannot be meant otherwise counts."""
    markers = [word.word for word in words if not (word.is_capitalised and not word.begins)]
    grave = [word for word in markers if word in known.strict or word in known.auxiliary]
    if any(word in known.possible for word in grave):
        return DOUBTED
    return PLANNED if any(word in known.planned for word in grave) else DONE


def _generous(words: Sentence, known: Lexicon) -> int:
    """Tell how certainly words of a draft tell; whatever could weaken it counts in its favour."""
    if _has(words, known.possible | known.conditional | known.opening | known.negators):
        return DOUBTED
    return PLANNED if _has(words, known.planned | known.to) else DONE


def _has(words: Sentence, of: frozenset[str]) -> bool:
    return any(word.word in of for word in words)


def _finding(grounds: Grounds, kind: str, sentence: Sentence, one: _Difference, advice: str) -> Finding:
    """Make a finding of the words exchanged; where none stand here, of the words to both sides."""
    words = one.here or sentence[one.at - 1 : one.at + 1]
    span = (words[0].span[0], words[-1].span[1])
    return Finding(kind=kind, span=span, text=grounds.draft.raw[span[0] : span[1]], blocks=True, advice=advice)
