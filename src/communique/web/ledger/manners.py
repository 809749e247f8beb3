"""Who writes one thing after the other lets others have their turn."""

from __future__ import annotations

import time
from collections.abc import Callable

# SQLite keeps no queue of writers: whoever finds the lock taken looks again, at most 0.1 s later. Collecting frees it
# for a millisecond between two pages; measured while the demo's world came in, a sign-in then waited 5 to 9 s.
SPELL_S = 0.4  # of writing
PAUSE_S = 0.11  # in which each of the others has looked


class Turns:
    """Called between two transactions, pauses after each spell of writing."""

    def __init__(
        self, *, monotonic: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._monotonic, self._sleep = monotonic, sleep
        self._begun = monotonic()

    def __call__(self) -> None:
        """Pause if it is time to."""
        if self._monotonic() - self._begun >= SPELL_S:
            self._sleep(PAUSE_S)
            self._begun = self._monotonic()
