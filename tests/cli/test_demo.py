"""The demo as a user sees it: it says where it is, stands beside another, and is gone after Ctrl+C."""

from __future__ import annotations

import json
import os
import random
import re
import selectors
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event

import pytest

from communique.cli import demo
from communique.flow import reading

from ..conftest import PATIENCE_S, Program

MOMENTS = [round(random.Random(4).uniform(0.3, 9), 2) for _ in range(20)]  # seconds after the start


@contextmanager
def started(program: Program, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Start a demo whose temporary folder is the test's own; whatever happens, it ends with the block."""
    process = program.start("demo", *words, TMPDIR=str(program.here))
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def told(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for the line that the demo prints; yield its address and the link that signs in."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        assert selector.select(PATIENCE_S)
    found = re.match(r"(http://localhost:\d+)  ·  sign in at the desk, once, with (\S+)$", process.stdout.readline())
    assert found is not None
    return found[1], found[2]


def told_programs(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for the same as JSON."""
    assert process.stdout is not None
    found = json.loads(process.stdout.readline())
    return found["url"], found["sign_in_link"]


def interrupted(process: subprocess.Popen[str]) -> str:
    """Press Ctrl+C, which a terminal sends to all processes; yield what was said on stderr."""
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    return err


def remaining(folder: Path) -> list[str]:
    """Yield what is left of a demo in its temporary folder."""
    return [path.name for path in folder.iterdir()]


def opened(link: str) -> str:
    """Open a page in a browser that keeps cookies."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(link, timeout=PATIENCE_S) as answer:
        page: str = answer.read().decode()
    return page


def test_the_mother_of_the_reading_processes_has_one_name() -> None:
    assert demo.MOTHER == reading.MOTHER


def test_when_the_demo_says_where_it_is_the_inbox_has_statements(program: Program) -> None:
    with started(program) as process:
        _, link = told(process)
        inbox = opened(link)
        err = interrupted(process)

    assert inbox.count('class="line"') >= 20  # thirty pages are read by then, some say the same
    assert (process.returncode, err.splitlines()[-1]) == (0, "the demo has ended"), err
    assert remaining(program.here) == []


def test_two_demos_run_side_by_side_and_none_on_the_port_of_another(program: Program) -> None:
    with started(program) as first, started(program, "--json") as second:
        (here, _), (there, link) = told(first), told_programs(second)
        third = program("demo", "--port", here.rpartition(":")[2])
        ends = [interrupted(first), interrupted(second)]

    assert here != there
    assert link.startswith(f"{there}/desk/sign-in/")
    assert (third.status, "is in use" in third.sentence, "--port" in third.sentence) == (2, True, True)
    assert "Traceback" not in "".join(ends)


def test_a_check_that_is_broken_off_has_shown_nothing(program: Program) -> None:
    with started(program, "--check") as process:
        begun(process, program.here)
        err = interrupted(process)

    assert (process.returncode, err.splitlines()[-1]) == (1, "the demo has ended"), err
    assert remaining(program.here) == []


def begun(process: subprocess.Popen[str], folder: Path) -> None:
    """Wait until the demo has made its workspace."""
    while process.poll() is None and not list(folder.glob("communique-demo-*/newsroom/communique.toml")):
        Event().wait(0.02)


@pytest.mark.parametrize(
    "moment_s", [MOMENTS[0], *(pytest.param(each, marks=pytest.mark.long) for each in MOMENTS[1:])]
)
def test_ctrl_c_at_any_moment_ends_the_demo_without_a_word_too_much(program: Program, moment_s: float) -> None:
    with started(program) as process:
        begun(process, program.here)
        Event().wait(moment_s)
        err = interrupted(process)

    assert process.returncode == 0
    assert set(err.splitlines()) <= {"more statements are still coming in; Ctrl+C ends the demo", "the demo has ended"}
    assert remaining(program.here) == []
