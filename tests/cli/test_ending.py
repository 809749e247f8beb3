"""An order to end is heard whatever the program is doing when it comes."""

from __future__ import annotations

import subprocess
import sys

TIDYING = """
import signal, sys, threading, weakref
from communique.cli._ending import interruptible

class Thing:
    pass

interruptible()
thing = Thing()
weakref.finalize(thing, signal.raise_signal, signal.SIGINT)
try:
    del thing
    threading.Event().wait(60)
    sys.exit("not heard")
except KeyboardInterrupt:
    print("heard")
"""


def test_an_order_that_comes_while_python_tidies_up_is_not_lost() -> None:
    done = subprocess.run([sys.executable, "-c", TIDYING], capture_output=True, text=True, timeout=50, check=False)

    assert (done.stdout, done.stderr, done.returncode) == ("heard\n", "", 0)
