"""How alike one document is to each of some others: the score that matching goes by, for a person who chooses."""

from __future__ import annotations

from collections.abc import Sequence

from communique.match._assign import SCORE_DIGITS
from communique.match._background import Background
from communique.match._fingerprint import Fingerprint
from communique.match._score import resemblance


def likeness(one: Fingerprint, others: Sequence[Fingerprint], known: Background) -> tuple[float, ...]:
    """Yield for each of the others how sure it is that it says the same, 0..1; from 0.5 on the program would say so."""
    return tuple(round(resemblance(one, other, known).score, SCORE_DIGITS) for other in others)
