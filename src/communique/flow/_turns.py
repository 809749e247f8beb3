"""Whose turn it is: sites with something to ask, each in one hand at a time, none before its rest is over."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import Generic, TypeVar

Due = TypeVar("Due")


class Turn(Generic[Due]):
    """One site, and what is to be asked of it. One thread has it at a time."""

    def __init__(self, due: Iterable[Due]) -> None:
        self.due = deque(due)  # in the order in which it is asked; never empty while the turn is waited for
        self.has_asked_rules = False  # in this pass: once is enough, whatever came of it


class Turns(Generic[Due]):
    """The sites that wait for their turn. Threads share one.

    A thread never sleeps for the sake of one site while another may be asked: two thousand sites that each rest for
    five seconds take minutes so, and not hours.
    """

    def __init__(self, sites: Iterable[Iterable[Due]]) -> None:
        self._lock = Lock()
        self._waiting = [(0.0, number, Turn(due)) for number, due in enumerate(sites)]
        self._count = len(self._waiting)
        heapq.heapify(self._waiting)

    def next(self, now: float) -> Turn[Due] | float | None:
        """Yield whose turn it is; else the seconds until somebody's may be; None: nobody waits any more."""
        with self._lock:
            if not self._waiting:
                return None
            ready_at = self._waiting[0][0]
            return heapq.heappop(self._waiting)[2] if ready_at <= now else ready_at - now

    def back(self, turn: Turn[Due], *, ready_at: float) -> None:
        """Let a site wait for its next turn, which is not before `ready_at`; one with nothing left is done."""
        if turn.due:
            with self._lock:
                self._count += 1
                heapq.heappush(self._waiting, (ready_at, self._count, turn))
