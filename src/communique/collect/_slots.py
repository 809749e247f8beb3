"""Pauses: one request at a time to a site and to an address, and a rest after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock


class NotYet(Exception):  # noqa: N818 - a signal within this room, not an error
    """A site must not be asked for longer than patience lasts."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"{wait_s:g} s to wait")
        self.wait_s = wait_s


class Slots:
    """Who is being asked, and from when on each may be asked again. Shared by all threads of a client.

    Keys are taken in the order given; callers give the site first and the address second, so no two threads can
    wait for each other.
    """

    def __init__(self, tick: Callable[[], float], sleep: Callable[[float], None], patience_s: float) -> None:
        self._tick = tick
        self._sleep = sleep  # seconds; may raise to call the visit off
        self._patience_s = patience_s
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
            try:
                yield
            finally:
                self.rest(keys, pause_s)

    def rest(self, keys: tuple[str, ...], pause_s: float) -> None:
        """Let the keys rest from now on; a longer rest that was set before stays."""
        until = self._tick() + pause_s
        with self._guard:
            for key in keys:
                self._free_at[key] = max(until, self._free_at.get(key, until))

    def wait_s(self, keys: tuple[str, ...]) -> float:
        """Yield the seconds until all keys are rested; 0 when they are."""
        now = self._tick()
        with self._guard:
            return max([0.0, *(self._free_at[key] - now for key in keys if key in self._free_at)])

    def _wait(self, keys: tuple[str, ...]) -> None:
        wait_s = self.wait_s(keys)
        if wait_s > self._patience_s:
            raise NotYet(wait_s)
        if wait_s > 0:
            self._sleep(wait_s)

    def _lock(self, key: str) -> Lock:
        with self._guard:
            return self._locks.setdefault(key, Lock())
