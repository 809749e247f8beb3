"""Processes that are forked from one mother, which holds in memory what all of them need."""

from __future__ import annotations

import signal
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import RLock


class _Keeping(ForkServerContext):
    """Starts processes, and keeps the locks that it made for as long as it is used itself.

    A pool drops its locks before it ends its processes; one that is just starting would look for its lock in vain, and
    say so with a traceback on the terminal.
    """

    def __init__(self) -> None:
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802 - the name that multiprocessing gave it
        """Make a lock that may be taken several times by who has it."""
        made = super().RLock()
        self._locks.append(made)
        return made


def context(*modules: str) -> ForkServerContext:
    """Yield how processes are started: each is forked from a mother that has imported `modules` once.

    The mother begins with that now, beside whatever this process does next; who starts a process waits until she is
    done. A process has one mother: a later call yields the first one's, whatever it names.
    """
    made = _Keeping()
    made.set_forkserver_preload(["communique.kit.orphans", *modules])
    # A terminal's Ctrl+C reaches her too, and while she imports she would answer with a traceback. She ends when this
    # process does. A mask that is set here is hers from her first instruction on; the tracker, which she would start,
    # would take it off.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return made
