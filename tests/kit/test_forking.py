"""Processes that are forked from one mother, and the locks that they share."""

from __future__ import annotations

from multiprocessing.connection import Connection
from multiprocessing.synchronize import RLock

from communique.kit import forking


class Slow:
    """A thing that takes its time to arrive in a process: until it is told to."""

    def __init__(self, told: Connection) -> None:
        self.told = told

    def __setstate__(self, state: dict[str, Connection]) -> None:
        state["told"].recv()


def _take(_: Slow, lock: RLock) -> None:
    with lock:
        pass


def test_a_process_that_still_starts_finds_a_lock_that_nobody_else_needs_any_more() -> None:
    context = forking.context()
    told, tells = context.Pipe(duplex=False)
    lock = context.RLock()

    process = context.Process(target=_take, args=(Slow(told), lock))
    process.start()
    del lock
    tells.send(None)
    process.join()

    assert process.exitcode == 0
