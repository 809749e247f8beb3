"""What a process says that was still being started when the one that asked for it ended: nothing.

Imported by the mother of all processes (see `forking`), and by nothing else: it changes how she tells of errors.
"""

from __future__ import annotations

import sys
import traceback
from multiprocessing import synchronize
from types import TracebackType


def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print an error as Python does, unless it is that the locks which a new process was to share are gone.

    They go with whoever made them; a signal that reaches that one alone (`kill`, a container's end) leaves the new
    process looking for them in vain.
    """
    frames = traceback.extract_tb(trace)
    if isinstance(error, FileNotFoundError) and frames and frames[-1].filename == synchronize.__file__:
        return
    sys.__excepthook__(kind, error, trace)


sys.excepthook = told
