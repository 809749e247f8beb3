"""How common marks are: what many documents have says little about two of them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from communique.match._boilerplate import boilerplate
from communique.match._fingerprint import (
    ADDRESS,
    CODE,
    DAY,
    KIND_SHIFT,
    LINK,
    NAME,
    NUMBER,
    SMALL,
    SOUND,
    TERM,
    WORD,
    YEAR,
    Fingerprint,
)

_NOTHING: frozenset[int] = frozenset()

# How much a mark of each kind says when two documents share it, before its rarity counts; and how likely it is that
# a translation has it too, which is what a mark weighs that was seen in one language only. Set by reason (a day says
# more than a year); all weights alike cost 0.02 of pair F1 on match and 0.09 on twins, without dates and links.
WEIGHT = {
    DAY: 1.5,
    NUMBER: 1.2,
    SMALL: 0.8,
    YEAR: 0.6,
    NAME: 1.2,
    WORD: 0.6,
    SOUND: 0.6,
    ADDRESS: 1.5,
    LINK: 2.0,
    CODE: 1.2,
    TERM: 0.8,
}
CARRIED = {
    DAY: 1.0,
    NUMBER: 0.9,
    SMALL: 0.7,
    YEAR: 0.9,
    NAME: 0.5,
    WORD: 0.25,
    SOUND: 0.25,
    ADDRESS: 0.9,
    LINK: 0.9,
    CODE: 0.7,
    TERM: 0.6,
}

# The share of documents that has one certain mark of a kind, as a rule: what is held against chance before the archive
# itself has been counted. Orders of magnitude, by reason: this year stands in a third of all statements, a number of
# two digits in one of twelve, a date of the season in one of fifty.
USUAL_SHARE = {
    DAY: 0.02,
    NUMBER: 0.008,
    SMALL: 0.08,
    YEAR: 0.3,
    NAME: 0.01,
    WORD: 0.03,
    SOUND: 0.06,
    ADDRESS: 0.005,
    LINK: 0.005,
    CODE: 0.01,
    TERM: 0.1,
}
USUAL_DOCUMENTS = 200  # so many imagined documents stand behind USUAL_SHARE
UNSURPRISING = 1.0  # nats: sharing what one in three documents has is no evidence

# A mark's rarity is counted as if IMAGINED further documents were known, one in fifty of them with the mark: so two
# documents alone are judged much as they are among thousands.
IMAGINED = 40
IMAGINED_SHARE = 0.02
# After about so many documents, a mark that was still seen in one language only is taken for a word of that language.
PATIENCE = 50
# Counters are hashed into this many slots: bounded memory, and a collision only makes a mark look more common.
_SLOTS = 1 << 21
_MANY = 255
_KEPT = 1 << 18  # marks whose worth is kept: some 60 MiB at the most
_KEPT_DOCUMENTS = 1 << 11  # documents of which the sums are kept, and they with them

# A growing archive is counted by its newest documents, and anew after each eighth more: 0.2 s, some hundred documents
# apart. One by one in a shuffled order, without dates and links, pair F1 on match and twins is 0.977 and 0.927 with the
# counts of the candidates alone, 0.982 and 0.932 with those of the archive as it grows, 0.981 and 0.954 with those of
# the whole set. A set at once has 0.983 and 0.977.
COUNTED = 4000
_GROWTH = 8


@dataclass(frozen=True, slots=True)
class Worth:
    """All that the counts say about one mark, reckoned once."""

    weight: float  # what it says that two documents share the mark
    expected: float  # the squared weight, as far as a translation should carry it over
    surprise: float  # that a document has it: nats beyond UNSURPRISING
    chance: float  # surprise that a stranger shares, on average


@dataclass(frozen=True, slots=True)
class Background:
    """How many documents have a mark, and whether more than one language has it."""

    documents: int
    counts: array[int]
    languages: bytearray  # 0: none; _MANY: several; else a number for the one
    # What `_expected` found, by the identity of the fingerprint, which is held so that the identity stays its own.
    _kept: dict[tuple[int, int], tuple[Fingerprint, float, float]] = field(default_factory=dict)
    _worths: dict[int, Worth] = field(default_factory=dict)
    _boilerplate: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def carried(self, mark: int) -> float:
        """Yield how likely a translation of a text with this mark has it too, 0..1."""
        if self.languages[mark % len(self.languages)] == _MANY:
            return 1.0
        return CARRIED[mark >> KIND_SHIFT] * PATIENCE / (PATIENCE + self.documents)

    def having(self, marks: Iterable[int]) -> int:
        """Yield how many documents have one of some marks, each of which excludes the others."""
        return sum(self.counts[mark % len(self.counts)] for mark in marks)

    def length(self, one: Fingerprint, passed_over: int) -> float:
        """Yield the squared weight of all that a translation should carry over, marks of one kind passed over."""
        return self._of(one, passed_over)[1]

    def chance(self, one: Fingerprint, passed_over: int) -> float:
        """Yield the surprise that a stranger can be expected to share with a document, by chance alone."""
        return self._of(one, passed_over)[2]

    def boilerplate(self, publisher: str) -> frozenset[int]:
        """Yield the runs of words that a publisher writes everywhere: its footer, its "about us", its template."""
        return self._boilerplate.get(publisher, _NOTHING)

    def _of(self, one: Fingerprint, passed_over: int) -> tuple[Fingerprint, float, float]:
        kept = self._kept.get((id(one), passed_over))
        if kept is None:
            if len(self._kept) >= _KEPT_DOCUMENTS:
                self._kept.clear()
            # A mark that was asked for before is looked up here: a call for each would take half of a comparison.
            known = self._worths.get
            worths = [known(mark) or self.worth(mark) for mark in one.marks if mark >> KIND_SHIFT != passed_over]
            length, chance = sum(worth.expected for worth in worths), sum(worth.chance for worth in worths)
            kept = self._kept[id(one), passed_over] = (one, length, chance)
        return kept

    def worth(self, mark: int) -> Worth:
        """Yield all that the counts say about a mark."""
        kept = self._worths.get(mark)
        if kept is None:
            if len(self._worths) >= _KEPT:
                self._worths.clear()
            kept = self._worths[mark] = self._reckoned(mark)
        return kept

    def _reckoned(self, mark: int) -> Worth:
        kind, seen = mark >> KIND_SHIFT, self.counts[mark % len(self.counts)]
        rarity = math.log(1 + (self.documents + IMAGINED) / (seen + IMAGINED * IMAGINED_SHARE))
        weight = WEIGHT[kind] * rarity
        usual = min(seen, self.documents) + USUAL_DOCUMENTS * USUAL_SHARE[kind]
        share = usual / (self.documents + USUAL_DOCUMENTS)
        surprising = surprise(math.log(share))
        return Worth(weight, weight**2 * self.carried(mark), surprising, share * surprising)


def surprise(log_share: float) -> float:
    """Yield the nats beyond UNSURPRISING that it says to share what so many documents have."""
    return max(0.0, -log_share - UNSURPRISING)


def is_outgrown(counted: int, documents: int) -> bool:
    """Tell whether an archive of so many documents is to be counted anew, when it had `counted` the last time."""
    return documents < counted or documents > counted + min(counted, COUNTED) // _GROWTH


def background(fingerprints: Iterable[Fingerprint]) -> Background:
    """Count the marks of the documents; the order of the documents does not matter."""
    known = list(fingerprints)
    slots = min(_SLOTS, 1 << max(12, (len(known) * 200).bit_length()))
    counts, languages = array("I", bytes(4 * slots)), bytearray(slots)
    numbers: dict[str, int] = {}
    for language in sorted({one.language for one in known}):
        numbers[language] = 1 + len(numbers) % (_MANY - 1)
    for one in known:
        _count(one, numbers[one.language], counts, languages)
    return Background(len(known), counts, languages, _boilerplate=boilerplate(known))


def _count(one: Fingerprint, number: int, counts: array[int], languages: bytearray) -> None:
    slots = len(counts)
    for mark in one.marks:
        slot = mark % slots
        counts[slot] += 1
        if languages[slot] != number:
            languages[slot] = _MANY if languages[slot] else number
