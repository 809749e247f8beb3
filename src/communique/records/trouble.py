"""An expected failure of one item, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong with one item, for an editor to read; it travels with the items that went well."""

    room: str  # "collect", "read", "match", "code", "desk", "wire", "archive", "cli"
    kind: str  # a slug for programs: "timeout", "not-html", "too-large"
    detail: str  # one plain sentence: what, where, and what to do
    passing: bool  # True: trying again later may help
