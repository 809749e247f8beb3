"""What the processes of one desk must know together about sites: their rules, their rest, and who is asked now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an origin's robots.txt said."""

    body: bytes | None  # at most 500 KiB; None: there is none, everything is free
    until: datetime  # aware UTC: how long it holds


class Notes(Protocol):
    """Where the processes of a desk write that down for each other, and for their next start. Threads share one.

    Keys are "site …" (a registered domain) and "address …" (an IP address). `taken` and `released` exclude other
    processes; the threads of one process have excluded each other before.
    """

    def rules(self, origin: str) -> Rules | None:
        """Yield the rules that were written down for an origin; None: none were."""

    def note_rules(self, origin: str, rules: Rules) -> None:
        """Write down the rules of an origin."""

    def taken(self, keys: tuple[str, ...], *, now: datetime, until: datetime) -> datetime | None:
        """Take all keys for one request, or none of them.

        None: they are taken, until they are released or `until` is past (a process may die). An instant: something
        rests or is asked by another process; look again then.
        """

    def released(self, keys: tuple[str, ...], *, now: datetime, rests_until: datetime) -> None:
        """Give the keys back, and let them rest; a longer rest that was written down before stays."""


class Alone:
    """The notes of a process that shares with nobody: all it knows ends with it."""

    def rules(self, origin: str) -> Rules | None:
        """Know nothing from before."""
        return None

    def note_rules(self, origin: str, rules: Rules) -> None:
        """Write nothing down; the client itself remembers while it lives."""

    def taken(self, keys: tuple[str, ...], *, now: datetime, until: datetime) -> datetime | None:
        """Find everything free."""
        return None

    def released(self, keys: tuple[str, ...], *, now: datetime, rests_until: datetime) -> None:
        """Write nothing down; the client itself remembers while it lives."""
