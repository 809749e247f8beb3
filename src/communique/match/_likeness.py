"""How alike one document is to each of some others: the score that matching goes by, for a person who chooses."""

from __future__ import annotations

from collections.abc import Sequence

from communique.match._assign import SCORE_DIGITS
from communique.match._background import Background, background
from communique.match._fingerprint import fingerprint
from communique.match._score import resemblance
from communique.records import Document


def likeness(
    document: Document, others: Sequence[Document], known: Background | None = None
) -> tuple[float, ...]:  # fmt: skip
    """Yield for each of the others how sure it is that it says the same, 0..1; from 0.5 on the program would say so."""
    one, prints = fingerprint(document), [fingerprint(other) for other in others]
    counted = known or background([one, *prints])
    return tuple(round(resemblance(one, other, counted).score, SCORE_DIGITS) for other in prints)
