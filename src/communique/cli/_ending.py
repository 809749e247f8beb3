"""How long-running commands are told to end."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from multiprocessing import util
from pathlib import Path
from typing import NoReturn

AGAIN_S = 0.05  # from an end that was not heard to its repetition


def interruptible() -> None:
    """Let Ctrl+C and SIGTERM both raise KeyboardInterrupt.

    Ctrl+C is set too because a shell starts its background jobs with it ignored, and children inherit that. Python
    drops what is raised while it tidies up an object (`weakref.finalize`, `__del__`): then it is raised again.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, _interrupt)
    sys.unraisablehook = _again


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _again(lost: sys.UnraisableHookArgs) -> None:
    """Raise a dropped KeyboardInterrupt anew a moment later, when the object is gone; tell any other as Python does."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, AGAIN_S)
    else:
        sys.__unraisablehook__(lost)


def leave(status: int, *, without: Path | None = None) -> NoReturn:
    """End the program, its work done and its files closed; what hangs is not waited for.

    A reading process that was being started when the end came, or a thread that waits for it, would be waited for by
    Python until somebody pulls the plug. A thread that still writes into the folder `without` can't keep it there.
    """
    for child in multiprocessing.active_children():
        child.kill()
    # Locks and sockets of the reading processes go as at Python's own end, or their tracker complains on stderr.
    util._run_finalizers()  # type: ignore[attr-defined]  # it has no public name
    sys.stdout.flush()
    sys.stderr.flush()
    if without is not None:
        shutil.rmtree(without, ignore_errors=True)
    os._exit(status)
