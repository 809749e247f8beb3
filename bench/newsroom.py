#!/usr/bin/env python3
"""How soon a newsroom works and how much it takes: `python bench/newsroom.py [RUNS]`.

Starts `communique demo` several times, opens the link that it prints, and prints, as one JSON object, the medians of:
seconds from start to the inbox, processor seconds of all its processes until then (what a busy machine does not
change much), statements that the inbox lists at that moment, resident MiB of the serving process when the whole world
is in, and the most that it ever had, seconds that Ctrl+C takes; and the size of what is installed.
"""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

SETTLED_S = 25  # after the address: then the world's second visit is in
TICKS = os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int, name: str) -> float:
    """Yield what the system says of a process's memory, MiB: VmRSS now, VmHWM at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(rf"{name}:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024


def _processes() -> Iterator[tuple[int, int, float]]:
    """Yield process, parent, and processor seconds with those of children that have ended."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        yield int(path.parent.name), int(fields[1]), sum(map(int, fields[11:15])) / TICKS


def cpu_seconds(pid: int) -> float:
    """Yield the processor seconds of a process and all its descendants."""
    found = list(_processes())
    family = {pid}
    while more := {each for each, parent, _ in found if parent in family} - family:
        family |= more
    return sum(seconds for each, _, seconds in found if each in family)


def inbox(link: str) -> int:
    """Sign in by a link; yield how many statements the inbox lists."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(link) as answer:
        page: str = answer.read().decode()
        assert answer.url.endswith("/desk/"), answer.url
    return page.count('class="line"')


def run() -> tuple[float, ...]:
    """Start the demo once; yield the figures in the order of NAMES."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "communique", "demo"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        link = re.search(r"http://\S+/desk/sign-in/\S+", line)
        assert link is not None, line
        statements = inbox(link[0])
        took, cpu = time.perf_counter() - begun, cpu_seconds(process.pid)
        time.sleep(SETTLED_S)
        memory = [memory_mib(process.pid, name) for name in ("VmRSS", "VmHWM")]
        told = time.perf_counter()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        return took, cpu, statements, *memory, time.perf_counter() - told


NAMES = ("seconds_to_inbox", "cpu_seconds_to_inbox", "statements", "rss_mib", "rss_most_mib", "seconds_to_end")


def installed_mib() -> float:
    """Yield the size of all that is installed beside this Python, MiB."""
    folder = Path(json.__file__).parents[1] if sys.prefix == sys.base_prefix else Path(sys.prefix)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1024**2


def main() -> None:
    """Measure and print."""
    rounds = [run() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)]
    figures = {
        name: round(statistics.median(each), 1) for name, each in zip(NAMES, zip(*rounds, strict=True), strict=True)
    }
    print(json.dumps(figures | {"installed_mib": round(installed_mib()), "runs": len(rounds)}))


if __name__ == "__main__":
    main()
