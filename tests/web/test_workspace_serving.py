"""One workspace is served once and collected once; ports are somebody's; Ctrl+C is an end like any other."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from jsonschema import Draft202012Validator

from communique.testing.web import Answer, Request, Site, serving
from communique.web.workspace import Workspace

from ..conftest import PATIENCE_S, Program

HANG_S = 50  # a guard against a hang, no measure: ten times the 5 s within which a newsroom has ended


@pytest.fixture
def folder(migrated: Workspace, program: Program) -> Path:
    made = program.here / "newsroom"
    shutil.copytree(migrated.folder, made)
    return made


@contextmanager
def served(program: Program, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve the newsroom; yield the process and the address that it named."""
    process = program.start("serve", "--port", "0", "--workspace", "newsroom", *words)
    try:
        yield process, told_address(process)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def told_address(process: subprocess.Popen[str]) -> str:
    """Wait for the line that names the address."""
    assert process.stderr is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stderr, selectors.EVENT_READ)
        assert selector.select(PATIENCE_S)
    line = process.stderr.readline()
    assert "serving" in line, line
    return line.split(" at ")[1].split(",")[0]


@pytest.mark.usefixtures("folder")
def test_a_newsroom_at_another_port_says_where_sign_in_links_lead(program: Program) -> None:
    with served(program, "--no-collect") as (process, address):
        assert process.stderr is not None
        line = process.stderr.readline()

    assert address.startswith("http://localhost:")
    assert f"--set wire.url={address}" in line


def test_a_workspace_is_served_by_one_process(folder: Path, program: Program) -> None:
    with served(program, "--no-collect") as (_, address):
        second = program("serve", "--port", "0", "--workspace", folder)
        with urllib.request.urlopen(address + "/desk/", timeout=PATIENCE_S) as answer:
            status = answer.status

    assert (second.status, "served by another process" in second.sentence) == (2, True)
    assert status == 200


@pytest.mark.usefixtures("folder")
def test_an_address_of_six_is_told_as_browsers_take_it(program: Program) -> None:
    with (
        served(program, "--no-collect", "--host", "::1") as (_, address),
        urllib.request.urlopen(address + "/desk/", timeout=PATIENCE_S) as answer,
    ):
        status = answer.status

    assert (address.startswith("http://[::1]:"), status) == (True, 200)


@pytest.mark.usefixtures("folder")
def test_where_a_newsroom_is_served_is_told_to_programs_as_its_schema_says(program: Program) -> None:
    schema = json.loads(program("schema", "serving").out)

    with served(program, "--no-collect", "--json") as (process, address):
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())

    assert told["url"] == address
    assert Draft202012Validator(schema).is_valid(told)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_newsroom_that_is_told_to_end_has_soon_ended(program: Program, how: signal.Signals) -> None:
    with served(program) as (process, _):
        os.kill(process.pid, how)
        out, err = process.communicate(timeout=HANG_S)

    assert process.returncode == 0
    assert "Traceback" not in out + err


@pytest.mark.usefixtures("folder")
def test_after_a_newsroom_was_killed_another_serves_the_workspace(program: Program) -> None:
    with served(program) as (process, _):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    with served(program) as (_, address):
        assert address.startswith("http://localhost:")


def test_a_port_that_is_taken_is_named(folder: Path, program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = program("serve", "--port", str(port), "--workspace", folder)

    assert (told.status, f"port {port}" in told.sentence) == (2, True)
    assert "--port" in told.sentence


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_ours_is_named(folder: Path, program: Program, host: str) -> None:
    told = program("serve", "--port", "0", "--host", host, "--workspace", folder)

    assert (told.status, "--host" in told.sentence) == (2, True)


@pytest.fixture
def slow_source(folder: Path, program: Program) -> Iterator[tuple[Event, Event]]:
    """A source that answers only when it is let; yields (it was asked, let it answer)."""
    asked, let = Event(), Event()

    def page(_: Request) -> Answer:
        asked.set()
        let.wait(PATIENCE_S)
        return Answer(body=b"<rss version='2.0'><channel><title>Pilots</title></channel></rss>")

    with serving([Site(host="127.0.0.1", pages={"/feed": page})], addresses=0) as web:
        url = f"http://127.0.0.1:{web.port}/feed"
        assert program("sources", "add", url, "--kind", "feed", "--workspace", folder).status == 0
        yield asked, let
        let.set()


def test_a_workspace_is_collected_by_one_process(
    folder: Path, program: Program, slow_source: tuple[Event, Event]
) -> None:
    asked, let = slow_source
    first = program.start("run", "--once", "--workspace", folder)
    assert asked.wait(PATIENCE_S)

    second = program("run", "--once", "--workspace", folder)
    let.set()
    out, err = first.communicate(timeout=PATIENCE_S)

    assert (second.status, "being collected by another process" in second.sentence) == (2, True)
    assert "1 visits" in out, err  # on a busy machine the site may have been too slow for it, which is a trouble


def test_a_newsroom_that_waits_for_a_slow_site_has_soon_ended(
    program: Program, slow_source: tuple[Event, Event]
) -> None:
    asked, _ = slow_source
    with served(program) as (process, _):
        assert asked.wait(PATIENCE_S)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=HANG_S)

    assert (process.returncode, "Traceback" in out + err) == (0, False), err
    assert members(process.pid) == []


def test_a_run_that_is_told_to_end_leaves_no_process_behind(
    folder: Path, program: Program, slow_source: tuple[Event, Event]
) -> None:
    asked, let = slow_source
    process = program.start("run", "--workspace", folder)
    assert asked.wait(PATIENCE_S)

    os.kill(process.pid, signal.SIGTERM)
    let.set()
    out, err = process.communicate(timeout=PATIENCE_S)

    assert (process.returncode, "Traceback" in out + err) == (0, False), err
    assert members(process.pid) == []


def test_a_run_that_is_killed_leaves_no_process_behind(
    folder: Path, program: Program, slow_source: tuple[Event, Event]
) -> None:
    asked, _ = slow_source
    process = program.start("run", "--workspace", folder)
    assert asked.wait(PATIENCE_S)

    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)

    assert members(process.pid) == []


def members(group: int) -> list[str]:
    """Yield what is still running in a process group after a while that is long enough to notice its end."""
    until = time.monotonic() + 30
    while (left := _members(group)) and time.monotonic() < until:
        Event().wait(0.05)
    return left


def _members(group: int) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(path.parent.name)
    return found
