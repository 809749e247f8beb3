"""Pauses: one request at a time to a site and to an address, and a rest after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from threading import Lock

from communique.collect._notes import Notes
from communique.collect._settings import Clock

_LOOK_S = 0.25  # how soon a thread looks again at what another thread asks


class NotYet(Exception):  # noqa: N818 - a signal within this room, not an error
    """A site must not be asked for longer than patience lasts."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"{wait_s:g} s to wait")
        self.wait_s = wait_s


class Slots:
    """Who is being asked, and from when on each may be asked again. Shared by all threads of a client.

    Keys are taken in the order given; callers give the site first and the address second, so no two threads can
    wait for each other. Other processes are excluded by the notes, all keys at once or none.
    """

    def __init__(
        self, clock: Clock, sleep: Callable[[float], None], *, patience_s: float, hold_s: float, notes: Notes
    ) -> None:
        self._clock = clock
        self._sleep = sleep  # seconds; may raise to call the visit off
        self._patience_s = patience_s
        self._hold_s = hold_s  # the longest that one request can take
        self._notes = notes
        self._guard = Lock()
        self._locks: dict[str, Lock] = {}
        self._free_at: dict[str, float] = {}  # key -> tick

    @contextmanager
    def taken(self, keys: tuple[str, ...], pause_s: float) -> Iterator[None]:
        """Hold the keys for one request, once all are rested; let them rest for `pause_s` after it."""
        with ExitStack() as held:
            for key in keys:
                held.enter_context(self._lock(key))
            self._wait(keys)
            self._take(keys)
            try:
                yield
            finally:
                self.rest(keys, pause_s)
                now = self._clock.now()
                self._notes.released(keys, now=now, rests_until=now + timedelta(seconds=self.rest_s(keys)))

    def rest(self, keys: tuple[str, ...], pause_s: float) -> None:
        """Let the keys rest from now on; a longer rest that was set before stays."""
        until = self._clock.tick() + pause_s
        with self._guard:
            for key in keys:
                self._free_at[key] = max(until, self._free_at.get(key, until))

    def rest_s(self, keys: tuple[str, ...]) -> float:
        """Yield the seconds until all keys are rested; 0 when they are."""
        now = self._clock.tick()
        with self._guard:
            return max([0.0, *(self._free_at[key] - now for key in keys if key in self._free_at)])

    def wait_s(self, keys: tuple[str, ...]) -> float:
        """Yield the seconds until it is worth asking: all keys are rested, and no other thread asks now."""
        with self._guard:
            is_asked = any(self._locks[key].locked() for key in keys if key in self._locks)
        return max(self.rest_s(keys), _LOOK_S if is_asked else 0.0)

    def _wait(self, keys: tuple[str, ...]) -> None:
        wait_s = self.rest_s(keys)
        if wait_s > self._patience_s:
            raise NotYet(wait_s)
        if wait_s > 0:
            self._sleep(wait_s)

    def _take(self, keys: tuple[str, ...]) -> None:
        """Exclude the other processes of the desk, waiting for them as long as patience lasts."""
        waited_s = 0.0
        while True:
            now = self._clock.now()
            free_at = self._notes.taken(keys, now=now, until=now + timedelta(seconds=self._hold_s))
            if free_at is None:
                return
            wait_s = max((free_at - now).total_seconds(), _LOOK_S)
            if waited_s + wait_s > self._patience_s:
                self.rest(keys, wait_s)  # so that it is known here as well
                raise NotYet(wait_s)
            self._sleep(wait_s)
            waited_s += wait_s

    def _lock(self, key: str) -> Lock:
        with self._guard:
            return self._locks.setdefault(key, Lock())
