"""Names that no list and no rule knows: capitals in front of a verb that says something.

"Misereor called for donations": who speaks is a body though nothing else tells that it is one. A name like this is kept
only where a slot of an event holds it; its kind stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from communique.code._lexicon import Lexicon
from communique.kit.words import Word

_LINKS = frozenset({
    "of", "for", "the", "without", "beyond", "against", "du", "de", "des", "da", "do", "della", "di", "y", "et", "und",
    "van", "von",
})  # fmt: skip
_LONGEST = 8  # words of a name
_GAP = 3  # words between a name and its verb: "has also repeatedly"


def name_end(words: Sequence[Word], index: int, covered: set[int], lexicon: Lexicon) -> int | None:
    """Yield the end of an unlisted name that begins at a word and speaks, or None."""
    end = _run_end(words, index, covered, lexicon)
    if end is None or (end - index == 1 and not _may_stand_alone(words, index, lexicon)):
        return None
    is_called_so = index > 0 and words[index - 1].low in lexicon.attribution["apposed"]  # "the trade union Kommunal"
    return end if is_called_so or _speaks(words, end, covered, lexicon) else None


def _run_end(words: Sequence[Word], index: int, covered: set[int], lexicon: Lexicon) -> int | None:
    """Yield the end of the capitals that begin here, small links between them."""
    if not _is_name(words[index]) or words[index].low in lexicon.ready.never_names:
        return None
    end = index + 1
    for place in range(index + 1, min(index + _LONGEST, len(words))):
        word = words[place]
        if word.start > words[place - 1].end + 1:
            break
        if _is_name(word) and word.start not in covered:
            end = place + 1
        elif word.low not in _LINKS:
            break
    return end


def _is_name(word: Word) -> bool:
    return word.text[0].isupper() and word.text[0].isalpha() and any(letter.islower() for letter in word.text)


def _may_stand_alone(words: Sequence[Word], index: int, lexicon: Lexicon) -> bool:
    """Tell a name of one word from a plain word that a sentence begins with: "Reports said", "Talks began"."""
    low = words[index].low
    begins = index == 0 or words[index - 1].text in ".!?:"
    return low not in lexicon.forms and low not in lexicon.function_words and not (begins and low.endswith("s"))


def _speaks(words: Sequence[Word], end: int, covered: set[int], lexicon: Lexicon) -> bool:
    """Tell whether a verb that says something follows, perhaps after helping words or further names."""
    for place in range(end, min(end + _GAP + 1, len(words))):
        low = words[place].low
        if low in lexicon.speaking:
            return True
        if low in ("and", ",") and place == end:
            return _goes_on(words, place + 1, covered)
        if lexicon.tags.get(low) not in ("HAVE", "BE", "MODAL", "ADV", "NEG"):
            return False
    return False


def _goes_on(words: Sequence[Word], place: int, covered: set[int]) -> bool:
    """Tell whether another body stands beside a name: "Solidar and the …"."""
    while place < len(words) and words[place].low in ("the", "and"):
        place += 1
    return place < len(words) and words[place].start in covered and words[place].text[0].isupper()
