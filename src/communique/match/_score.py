"""How sure it is that two documents say the same: one score, with the parts that it is made of.

Two texts in one language that say the same share their wording; in two languages they share days, numbers, names and
addresses. Against both: a number, day or name in one text where the other has another (a template filled in anew).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from communique.match._background import Background
from communique.match._boilerplate import own_runs
from communique.match._evidence import evidence, missing
from communique.match._fingerprint import HASH, KIND_SHIFT, SHINGLES, SOUND, WORD, Fingerprint
from communique.match._sides import Side, side

# Thresholds. Tried by hand on the development halves of the gold sets match, twins and copies, a few values each, with
# tests/gold/test_match.py as the judge; not yet calibrated by a script. Where no figure stands, they are set by reason.
SAME = 0.5  # a score from here on means: one statement
WORTH_KEEPING = 0.02  # pairs below this score are no links
# Marks: without dates and links pair F1 on match is 0.981 at 0.28, 0.984 at 0.25, 0.986 at 0.22, at a precision of 1.0;
# not lower, for the sake of texts with fewer names and numbers than those.
MARKS_HALF = 0.26  # resemblance of marks at which the score is 0.5
MARKS_SLOPE = 12.0
# The weight of what is shared at which resemblance counts half.
WEIGHT_HALF = 5.0
EVIDENCE_SLOPE = 1.0  # log odds for each nat of evidence that is missing
# Wording: true copies, excerpts and later versions lie above 0.95, unrelated texts of one publisher below 0.5.
WORDING_HALF = 0.75
WORDING_SLOPE = 12.0
WRAPPER_WORDS = 8  # a dateline in front and a footer behind, which are nobody's statement
SHARED_SHINGLES = 10  # fewer shared runs of words are a phrase, not a text
ACROSS_CONTEST_SLOPE = 0.7
# Letters that a text takes, against the same in most alphabets; medians over match/documents.
DENSITY = {"ja": 0.56, "zh": 0.44, "ko": 0.52}
# Three of four true translations are within a factor of 1.2 in length, a quarter of the pairs that only look alike.
LENGTH_BONUS, LENGTH_SLOPE, LENGTH_LIMIT = 0.5, 1.5, 1.5
PARAGRAPHS_BONUS = 0.5
CONTEST_HALF = 1.0  # so much contradiction is forgiven, on the side that has fewer: a word misread as a name
TITLE_CONTEST = 4.0  # each title has a number or day that the other document has nowhere
ONE_TITLE_CONTEST = 1.0  # one of the titles has
CONTEST_SLOPE = 3.0
# Days of publication: a translation follows within days; a twin comes a month or a year later.
NEAR_DAYS, FAR_DAYS, ANOTHER_SEASON_DAYS = 3, 45, 200
NEAR_ODDS, FAR_ODDS, ANOTHER_SEASON_ODDS = 1.2, -2.5, -6.0
SAME_TEXT_ODDS = 4.0
SAME_ADDRESS_ODDS = 3.0  # a page that still says half of what it said is a revision, with whatever numbers changed
WORDING_NONE = 0.10  # two texts in one language that share less wording are not one statement, whatever else they share


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """A score and its parts."""

    score: float  # 0..1; from SAME on: one statement
    wording: float | None  # 0..1: share of the shorter text's runs of words that the longer has; None across languages
    shared_shingles: int
    marks: float  # 0..1: weighted share of days, numbers, names, addresses
    evidence: float  # nats: how much of it is more than strangers share by chance; may be below 0
    contest: float  # weight of what contradicts, 0 and up
    days_apart: int | None
    excludes: bool  # the two can't be in one group, even if a third resembles both


def resemblance(one: Fingerprint, other: Fingerprint, known: Background) -> Resemblance:
    """Yield how alike two documents are. Symmetric."""
    days = abs(one.day - other.day) if one.day is not None and other.day is not None else None
    shared, wording = _wording(one, other, known)
    is_one_language = one.language == other.language if one.language and other.language else wording > WORDING_NONE
    marks, found = _marks(one, other, known)
    contest = _contest(side(one), side(other), across=not is_one_language)
    if is_one_language:
        odds = _wording_odds(wording, shared) - CONTEST_SLOPE * max(0.0, contest - CONTEST_HALF)
    else:
        odds = MARKS_SLOPE * (marks - MARKS_HALF) + _form_odds(one, other) - ACROSS_CONTEST_SLOPE * contest
        odds -= EVIDENCE_SLOPE * missing(found, one, other)
    odds += day_odds(days)
    odds += SAME_ADDRESS_ODDS * (is_one_language and bool(one.address) and one.address == other.address)
    if one.digest == other.digest and contest == 0 and says_something(one, known):
        odds = max(odds, SAME_TEXT_ODDS + day_odds(days))
    score = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
    excludes = is_one_language and score < SAME and (wording < WORDING_NONE or contest > CONTEST_HALF)
    return Resemblance(
        score=score, wording=wording if is_one_language else None, shared_shingles=shared, marks=marks, evidence=found,
        contest=contest, days_apart=days, excludes=excludes,
    )  # fmt: skip


def says_something(one: Fingerprint, known: Background) -> bool:
    """Tell whether a text is more than a phrase, and more than what its publisher writes everywhere."""
    return len(one.shingles) >= SHARED_SHINGLES and not known.boilerplate(one.publisher).issuperset(one.shingles)


def _wording_odds(wording: float, shared: int) -> float:
    if shared < SHARED_SHINGLES:
        return -4.0
    return WORDING_SLOPE * (wording - WORDING_HALF)


def day_odds(days: int | None) -> float:
    """Yield what the days between two publications say for or against one statement, in log odds."""
    if days is None:
        return 0.0
    if days <= NEAR_DAYS:
        return NEAR_ODDS
    if days < FAR_DAYS:
        return 0.0
    return FAR_ODDS if days < ANOTHER_SEASON_DAYS else ANOTHER_SEASON_ODDS


def _wording(one: Fingerprint, other: Fingerprint, known: Background) -> tuple[int, float]:
    """Yield how many shingles are shared, and the share of the shorter text that they make, its wrapper aside.

    What either publisher writes around all that it says is no part of the texts.
    """
    learned = known.boilerplate(one.publisher), known.boilerplate(other.publisher)
    left, right = own_runs(side(one).shingles, *learned), own_runs(side(other).shingles, *learned)
    shared, shorter = len(left & right), min(len(left), len(right))
    if (reach := min(_reach(one), _reach(other))) != HASH:
        shared = sum(shingle <= reach for shingle in left & right)
        shorter = min(sum(shingle <= reach for shingle in runs) for runs in (left, right))
    if not shorter:
        return 0, 0.0
    return shared, min(1.0, shared / max(1, shorter - min(WRAPPER_WORDS, shorter // 3)))


def _reach(one: Fingerprint) -> int:
    return one.shingles[-1] if len(one.shingles) == SHINGLES else HASH


def _marks(one: Fingerprint, other: Fingerprint, known: Background) -> tuple[float, float]:
    """Yield the weighted cosine of the two sets of marks, less what little evidence takes from it; and the evidence."""
    passed_over = SOUND if one.latin and other.latin else WORD
    both = sorted(mark for mark in side(one).marks & side(other).marks if mark >> KIND_SHIFT != passed_over)
    if not both:  # sorted: sums of floats depend on their order, and that of a set on the machine
        return 0.0, 0.0
    worths = [known.worth(mark) for mark in both]
    shared = sum(worth.weight**2 for worth in worths)
    doubled = shared - sum(worth.expected for worth in worths)
    lengths = [max(shared, known.length(of, passed_over) + doubled) for of in (one, other)]
    total = sum(worth.weight for worth in worths)
    cosine = shared / math.sqrt(lengths[0] * lengths[1])
    return cosine * total / (total + WEIGHT_HALF), evidence(one, other, both, passed_over, known)


def _form_odds(one: Fingerprint, other: Fingerprint) -> float:
    """Yield what length and paragraphs say: a translation is about as long, and parted as the original is."""
    lengths = [side.letters / DENSITY.get(side.language, 1.0) for side in (one, other)]
    stretch = abs(math.log(max(1.0, lengths[0]) / max(1.0, lengths[1])))
    is_alike = one.paragraphs == other.paragraphs and one.paragraphs > 2
    return LENGTH_BONUS - LENGTH_SLOPE * min(stretch, LENGTH_LIMIT) + PARAGRAPHS_BONUS * is_alike


def _contest(left: Side, right: Side, *, across: bool) -> float:
    """Yield the weight of the contradictions: marks of each text that the other has not, on the side with fewer."""
    if across:
        inside = min(_contradicting(left.worth_across, right), _contradicting(right.worth_across, left))
    else:
        inside = min(_contradicting(left.worth, right), _contradicting(right.worth, left))
    return inside + _title_contest(left, right)


def _contradicting(worth: Mapping[int, float], other: Side) -> float:
    return sum(weight for value, weight in worth.items() if value not in other.said)


def _title_contest(left: Side, right: Side) -> float:
    """Yield what it weighs that a title has a number or day which the other document has nowhere."""
    mine, theirs = not left.title_facts <= right.marks, not right.title_facts <= left.marks
    return TITLE_CONTEST if mine and theirs else ONE_TITLE_CONTEST * (mine or theirs)
