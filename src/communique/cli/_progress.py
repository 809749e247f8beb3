"""Progress on stderr: a bar-like line on a terminal, plain lines otherwise, nothing for work under two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

FIRST_S = 2.0  # nothing is shown before
TERMINAL_S, PLAIN_S = 0.2, 10.0  # between two lines


class Progress:
    """Tell how far a stream of work is, without knowing its length."""

    def __init__(self, what: str, *, quiet: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._quiet, self._clock = what, quiet, clock
        self._terminal = sys.stderr.isatty()
        self._begun = clock()
        self._next = self._begun + FIRST_S

    def at(self, count: int) -> None:
        """Show the count, if it is time to."""
        if self._quiet or (now := self._clock()) < self._next:
            return
        self._next = now + (TERMINAL_S if self._terminal else PLAIN_S)
        line = f"{self._what}  {count} done  {count / (now - self._begun):.1f}/s"
        sys.stderr.write(f"\r{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()
