"""The same statement or not.

Room: match
In: a Document and Candidates that share one of its keys; or all documents of a set at once
Out: Assignment: statement, relation, story, score; Kinship of a group told anew; Change of a text; reasons in words
Entry: statement(document, candidates) -> Assignment; statements(documents); relations, keys, change, likeness
"""

from communique.match._assign import Candidate, assignments, relations, statement, statements
from communique.match._background import Background, background
from communique.match._change import change
from communique.match._explanation import explanation
from communique.match._fingerprint import Fingerprint, fingerprint
from communique.match._keys import keys
from communique.match._likeness import likeness

__all__ = [
    "Background",
    "Candidate",
    "Fingerprint",
    "assignments",
    "background",
    "change",
    "explanation",
    "fingerprint",
    "keys",
    "likeness",
    "relations",
    "statement",
    "statements",
]
