"""Texts of somebody's own about a statement."""

from __future__ import annotations

from communique.match._fingerprint import Fingerprint
from communique.match._score import SAME, Resemblance

ABOUT_SHINGLES = 12  # so many runs of words shared: a quotation, not a phrase
ABOUT_WORDING = (0.08, 0.6)  # the share of the shorter text that is quotation; more of it is no text of somebody's own


def is_about(one: Fingerprint, other: Fingerprint, found: Resemblance) -> bool:
    """Tell whether `one` is a text of its own that quotes `other`: later or undated, by another publisher."""
    if found.wording is None or found.score >= SAME:
        return False
    if not one.publisher or not other.publisher or one.publisher == other.publisher:
        return False
    if one.day is not None and other.day is not None and one.day < other.day:
        return False
    return found.shared_shingles >= ABOUT_SHINGLES and ABOUT_WORDING[0] <= found.wording < ABOUT_WORDING[1]
