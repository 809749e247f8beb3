"""Which documents say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# "original": the text that leads its statement, and what the same body said in other languages on the same day.
Relation = Literal["original", "copy", "translation", "revision", "excerpt", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """To which statement one document belongs. Field names are those of the contract, section 4."""

    statement: str  # "s-" + hex of the digest of the group's original
    relation: Relation
    of: str | None  # key of the document that the relation refers to; None for an original
    story: str  # "t-" + hex: the matter
    score: float  # 0..1: how sure; 1.0 for an original
    joins: tuple[str, ...] = ()  # further statements that this document shows to be the same one; () in a batch
    asks: tuple[str, ...] = ()  # statements that it may be too: evidence too thin, an editor says; () in a batch
    is_retold: bool = False  # the group's original is another one now: tell `match.relations` of all its members anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """How one document of a statement came about, told anew."""

    key: str  # of the document
    relation: Relation
    of: str | None  # key of another one of the statement; None for an original
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs between two texts at one address."""

    changed: tuple[str, ...]  # of "title", "text", "numbers", "names", "signatories", "published"
    material: bool  # False: spelling, white space, an "updated" mark
    summary: str  # one sentence for an editor
