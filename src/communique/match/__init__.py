"""The same statement or not.

Room: match
In: a Document, and candidates that share a cheap key with it
Out: Assignment: statement, relation, story, score
Entry: statement(document, candidates) -> Assignment
"""
