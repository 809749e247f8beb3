"""A process that is orphaned while it starts ends without a word; every other error is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOST_LOCK = (
    "from multiprocessing import synchronize as s; s.SemLock.__new__(s.SemLock).__setstate__((1, 1, 1, '/gone'))"
)


@pytest.mark.parametrize(("fault", "lines"), [(LOST_LOCK, 0), ("open('/no-such-file')", 3)])
def test_only_a_lock_that_is_gone_is_passed_over_in_silence(fault: str, lines: int) -> None:
    code = f"import communique.kit.orphans\n{fault}"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, len(done.stderr.splitlines())) == (1, lines), done.stderr
