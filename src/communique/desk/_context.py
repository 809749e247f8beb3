"""Where in the sources a word of the draft comes from: the place whose neighbours are most like its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.desk._grounds import Grounds, Place
from communique.desk._lexicon import Lexicon
from communique.desk._text import Text, Word

_REACH = 7  # words to each side that count as neighbours
_MOST = 200  # places of one word that are compared; a word with more of them is no anchor
_ENDINGS = ("ing", "ed", "es", "s", "en", "er", "e", "t")
_STEM = 4  # letters that an ending must leave


def stem(word: str, known: Lexicon) -> str:
    """Yield a word without a common inflection, so that "hold" and "holds", "соглашение" and "соглашения" are one."""
    if known.inflected:
        return word[: max(len(word) - known.inflected, _STEM)]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the draft and the places of the sources that it most probably comes from."""

    at: int  # number of the word in the draft
    places: tuple[Place, ...]  # of equal likeness
    shared: int  # neighbours in common


class Contexts:
    """Looks up words of a draft in the sources of its language."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._neighbours: dict[Place, frozenset[str]] = {}
        self._stems: dict[str, list[Place]] = {}
        for word, places in grounds.places.items():
            self._stems.setdefault(stem(word, grounds.draft.lexicon), []).extend(
                place for place in places if place[0] in grounds.same
            )

    def match(self, at: int) -> Match | None:
        """Yield where the word comes from; None: no source of the language has it, or too many places do."""
        draft = self._grounds.draft
        places = self._stems.get(stem(draft.words[at].word, draft.lexicon), [])
        if not 0 < len(places) <= _MOST:
            return None
        own = neighbours(self._grounds.draft, at)
        likeness = [len(own & self._near(place)) for place in places]
        most = max(likeness)
        best = tuple(place for place, like in zip(places, likeness, strict=True) if like == most)
        return Match(at, best, most)

    def _near(self, place: Place) -> frozenset[str]:
        if place not in self._neighbours:
            self._neighbours[place] = neighbours(self._grounds.sources[place[0]].text, place[1])
        return self._neighbours[place]


def neighbours(text: Text, at: int) -> frozenset[str]:
    """Yield the stems of the words around one in its sentence, function words left out."""
    sentence = text.words[at].sentence
    around = (*text.words[max(0, at - _REACH) : at], *text.words[at + 1 : at + 1 + _REACH])
    return frozenset(
        stem(word.word, text.lexicon)
        for word in around
        if word.sentence == sentence and word.word not in text.lexicon.function
    )


def before(text: Text, at: int, reach: int) -> Iterator[Word]:
    """Yield the words before one in its sentence, nearest first."""
    for place in range(at - 1, max(-1, at - 1 - reach), -1):
        if text.words[place].sentence != text.words[at].sentence:
            return
        yield text.words[place]


def after(text: Text, at: int, reach: int) -> Iterator[Word]:
    """Yield the words after one in its sentence."""
    for word in text.words[at + 1 : at + 1 + reach]:
        if word.sentence != text.words[at].sentence:
            return
        yield word
