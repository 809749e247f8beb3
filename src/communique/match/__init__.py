"""The same statement or not.

Room: match
In: a Document and Candidates that share one of its keys; or all documents of a set at once
Out: Assignment: statement, relation, story, score; Kinship of a group told anew; Change of a text; reasons in words
Entry: statement(document, candidates) -> Assignment; statements(documents); relations, keys, change, likeness;
       near_stories and story, for a statement that is new
Kept: encoded and decoded fingerprints; `nearest` says which of those that share keys are candidates
"""

from communique.match._assign import Candidate, assignments, relations, statement, statements
from communique.match._background import COUNTED, Background, background, is_outgrown
from communique.match._change import change
from communique.match._codec import decoded, encoded, kept
from communique.match._explanation import explanation
from communique.match._fingerprint import Fingerprint, fingerprint
from communique.match._keys import keys
from communique.match._likeness import likeness
from communique.match._nearest import CANDIDATES, SHARERS, nearest, telling
from communique.match._stories import HABIT, OF_STORIES, near_stories, story

__all__ = [
    "CANDIDATES",
    "COUNTED",
    "HABIT",
    "OF_STORIES",
    "SHARERS",
    "Background",
    "Candidate",
    "Fingerprint",
    "assignments",
    "background",
    "change",
    "decoded",
    "encoded",
    "explanation",
    "fingerprint",
    "is_outgrown",
    "kept",
    "keys",
    "likeness",
    "near_stories",
    "nearest",
    "relations",
    "statement",
    "statements",
    "story",
    "telling",
]
