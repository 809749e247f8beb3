"""Which documents say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["original", "copy", "translation", "revision", "excerpt", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """To which statement one document belongs. Field names are those of the contract, section 4."""

    statement: str  # "s-" + hex of the digest of the group's original
    relation: Relation
    of: str | None  # key of the document that the relation refers to; None for an original
    story: str  # "t-" + hex: the matter
    score: float  # 0..1: how sure; 1.0 for an original


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs between two texts at one address."""

    changed: tuple[str, ...]  # of "title", "text", "numbers", "names", "signatories", "published"
    material: bool  # False: spelling, white space, an "updated" mark
    summary: str  # one sentence for an editor
