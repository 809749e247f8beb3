"""Processes that are forked from one mother, which holds in memory what all of them need."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext


def context(*modules: str) -> ForkServerContext:
    """Yield how processes are started: each is forked from a mother that has imported `modules` once.

    The mother begins with that now, beside whatever this process does next; who starts a process waits until she is
    done. A process has one mother: a later call yields the first one's, whatever it names.
    """
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(modules))
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
