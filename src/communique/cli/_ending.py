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


def interruptible() -> None:
    """Let Ctrl+C and SIGTERM both raise KeyboardInterrupt.

    Ctrl+C is set too because a shell starts its background jobs with it ignored, and children inherit that.
    """
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


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
