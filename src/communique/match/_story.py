"""Statements on one matter, and texts of somebody's own about a statement."""

from __future__ import annotations

from communique.match._fingerprint import Fingerprint
from communique.match._score import CONTEST_HALF, SAME, Resemblance

STORY_MARKS = (
    0.30  # resemblance of marks from which two statements of one season are on one matter; by reason, unmeasured
)
STORY_DAYS = 45
ABOUT_SHINGLES = 12  # so many runs of words shared: a quotation, not a phrase
ABOUT_WORDING = (0.08, 0.6)  # the share of the shorter text that is quotation; more of it is no text of somebody's own
# A chain of likenesses must not swallow the archive.
STORY_STATEMENTS = 40
STORY_SPREAD_DAYS = 400


def tells_of_a_story(found: Resemblance) -> bool:
    """Tell whether a comparison may matter to stories, even where it says plainly that the statements are two."""
    return found.shared_shingles >= ABOUT_SHINGLES or found.marks >= STORY_MARKS


def is_about(one: Fingerprint, other: Fingerprint, found: Resemblance) -> bool:
    """Tell whether `one` is a text of its own that quotes `other`: later or undated, by another publisher."""
    if found.wording is None or found.score >= SAME:
        return False
    if not one.publisher or not other.publisher or one.publisher == other.publisher:
        return False
    if one.day is not None and other.day is not None and one.day < other.day:
        return False
    return found.shared_shingles >= ABOUT_SHINGLES and ABOUT_WORDING[0] <= found.wording < ABOUT_WORDING[1]


def is_one_matter(found: Resemblance) -> bool:
    """Tell whether two different statements are on one matter: what they name is alike, and they are of one season."""
    if found.days_apart is None:
        return found.marks >= STORY_MARKS and found.contest <= CONTEST_HALF
    return found.days_apart <= STORY_DAYS and found.marks >= STORY_MARKS
