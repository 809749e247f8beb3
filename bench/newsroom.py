#!/usr/bin/env python3
"""How soon a newsroom works and how much it takes: `python bench/newsroom.py [RUNS]`.

Starts `communique demo` several times and prints, as one JSON object, the medians of: seconds from start to a working
inbox, seconds that Ctrl+C takes, resident MiB of the serving process when the whole world is in; and the size of what
is installed.
"""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

SETTLED_S = 25  # after the address: then the world's second visit is in


def rss_mib(pid: int) -> float:
    """Yield the resident memory of a process, MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024


def run() -> tuple[float, float, float]:
    """Start the demo once; yield seconds to the inbox, MiB when settled, seconds to its end."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "communique", "demo"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        link = re.search(r"http://\S+/desk/sign-in/\S+", line)
        assert link is not None, line
        with urllib.request.urlopen(link[0]) as answer:
            assert answer.status == 200
        took = time.perf_counter() - begun
        time.sleep(SETTLED_S)
        memory = rss_mib(process.pid)
        told = time.perf_counter()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        return took, memory, time.perf_counter() - told


def installed_mib() -> float:
    """Yield the size of all that is installed beside this Python, MiB."""
    folder = Path(json.__file__).parents[1] if sys.prefix == sys.base_prefix else Path(sys.prefix)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1024**2


def main() -> None:
    """Measure and print."""
    rounds = [run() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)]
    names = ("seconds_to_inbox", "rss_mib", "seconds_to_end")
    figures = {
        name: round(statistics.median(each), 1) for name, each in zip(names, zip(*rounds, strict=True), strict=True)
    }
    print(json.dumps(figures | {"installed_mib": round(installed_mib()), "runs": len(rounds)}))


if __name__ == "__main__":
    main()
