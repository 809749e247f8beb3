"""What chance does not explain: how much of what two documents share is more than two strangers of one week share.

Two short statements of different bodies easily share a deadline, its day, its year and a small number. That is one
coincidence, told four times. So a date counts once, each mark counts by how rarely a document has it at all and by
whether it stands at the same place in both texts, and what two documents of this size share by chance is taken off.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection

from communique.match._background import Background
from communique.match._fingerprint import DAY, KIND_SHIFT, PARTS_OF_DAY, TITLE_ONLY, Fingerprint

# The evidence that two texts in two languages need before likeness counts. Of the true pairs of match/documents without
# dates and links nineteen in twenty have 12 and more; of 18,881 pairs of strangers in ten demo worlds none has more
# than 6.2, and their true pairs have 14 and more. With the publisher's name made another for each language, pair F1 on
# match is 0.979 at 8, 0.976 at 10, 0.974 at 12. Without places it was 0.966 at 10, and strangers had up to 7.2.
NEEDED_ACROSS_PUBLISHERS = 10.0
# Translations of an organisation's own are the rule, chance meetings the exception; and where all that it says is
# after one template, all marks look like chance: 0 costs twins 0.008 of pair F1, with dates; -3 and -6 cost nothing.
NEEDED_WITHIN_PUBLISHER = -3.0


# Where a shared mark stands first, as a share of the text: less than 0.05 apart in 0.89 of the marks of true pairs
# (match, and ten demo worlds) and in 0.10 to 0.15 of those of strangers; more than 0.10 apart in 0.04 against 0.75.
# That is 2 nats for and 2.5 against; less is counted, since neighbouring marks move together.
NEAR_PLACES = TITLE_ONLY // 20
PLACED = 1.5
PLACED_SURPRISE = 0.5  # nats: what everybody writes stands everywhere


def evidence(one: Fingerprint, other: Fingerprint, both: Collection[int], passed_over: int, known: Background) -> float:
    """Yield what the shared marks say in nats: their surprise, where they stand, less what chance gives.

    Below zero is less than chance: what is shared stands in different places, or strangers of this size share more.
    """
    told_by_days = {part for mark in both if mark >> KIND_SHIFT == DAY for part in PARTS_OF_DAY.get(mark, ())}
    found = 0.0
    for mark in sorted(set(both) - told_by_days):
        surprise = known.worth(mark).surprise
        found += surprise
        if surprise > PLACED_SURPRISE:
            found += _placed(one.places[bisect_left(one.marks, mark)], other.places[bisect_left(other.marks, mark)])
    return found - math.sqrt(known.chance(one, passed_over) * known.chance(other, passed_over))


def _placed(one: int, other: int) -> float:
    """Yield what it says for one statement that a mark stands at these places: a translation goes the same way."""
    if TITLE_ONLY in (one, other):
        return 0.0
    apart = abs(one - other)
    if apart < NEAR_PLACES:
        return PLACED
    return 0.0 if apart < 2 * NEAR_PLACES else -PLACED


def missing(found: float, one: Fingerprint, other: Fingerprint) -> float:
    """Yield how much evidence is missing before two documents in two languages may be one statement; 0 if none is."""
    return max(0.0, needed(one, other) - found)


def needed(one: Fingerprint, other: Fingerprint) -> float:
    """Yield how much evidence two documents in two languages need before they may be one statement."""
    is_own = bool(one.publisher) and one.publisher == other.publisher
    return NEEDED_WITHIN_PUBLISHER if is_own else NEEDED_ACROSS_PUBLISHERS
