"""The rules of the contract's section 1, the same for every room command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from communique.cli import _filter, program

Line = dict[str, Any]

STATEMENT = (
    "The Harbour Pilots' Guild of Norrland condemned the closure of the pilot station at Vik on 3 May 2021. "
    "Its 31 members will meet in Vik on Monday. “We were not asked,” said its secretary, Ada Holm."
)
PAGE = (
    "<html><head><title>Pilots condemn closure</title></head><body><nav><a href='/'>Home</a></nav><article>"
    f"<h1>Pilots condemn closure</h1><p>{STATEMENT}</p><p>{STATEMENT.replace('May', 'June')}</p>"
    "</article></body></html>"
)
LISTING = (
    "<html><body><h1>Press</h1><ul>"
    + "".join(
        f"<li><a href='/press/{day}/'>The guild answers letter {day} of the harbour board</a> {day} May 2021</li>"
        for day in range(1, 13)
    )
    + "</ul></body></html>"
)
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Guild</title><link>https://guild.example/</link>"
    "<description>Press</description><item><title>Pilots condemn closure</title><link>https://guild.example/1</link>"
    "<pubDate>Mon, 03 May 2021 10:00:00 +0200</pubDate></item></channel></rss>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room command, an input that it takes, and how a text gets into one."""

    name: str
    good: Line
    put: Callable[[str], Line]  # an input whose main field is the text
    missing: Line  # an input without what the room needs
    wrong: Line  # an input with a field of a wrong type

    def __str__(self) -> str:
        return self.name


def _page(name: str, body: str) -> Room:
    url = f"https://guild.example/{name}"
    return Room(
        name=name, good={"html": body, "url": url}, put=lambda text: {"html": text, "url": url},
        missing={"url": url}, wrong={"html": 7, "url": url},
    )  # fmt: skip


def _source(text: str) -> Line:
    return {"text": text, "language": "en", "published": "2021-05-04", "publisher": "Harbour Pilots' Guild of Norrland"}


ROOMS = (
    _page("read", PAGE),
    _page("listing", LISTING),
    _page("feed", FEED),
    Room(
        name="match", good={"text": STATEMENT, "language": "en"}, put=lambda text: {"text": text},
        missing={"title": "No text"}, wrong={"text": ["a"]},
    ),
    Room(
        name="code", good={"text": STATEMENT, "language": "en", "published": "2021-05-04"},
        put=lambda text: {"text": text, "language": "en"}, missing={"language": "en"}, wrong={"text": {"a": 1}},
    ),
    Room(
        name="check", good={"draft": "The pilot station at Vik is closed.", "sources": [_source(STATEMENT)]},
        put=lambda text: {"draft": text, "sources": [_source(text)]}, missing={"draft": "The station is closed."},
        wrong={"draft": "The station is closed.", "sources": "Vik"},
    ),
)  # fmt: skip
each_room = pytest.mark.parametrize("room", ROOMS, ids=str)

EARLIER = {"room": "read", "kind": "no-such-file", "detail": "there is no file 'page.html'", "passing": False}


def _lines(room: Room) -> list[bytes]:
    """Yield a batch with everything that can be wrong with a line; the ids of its answers are `EXPECTED`."""
    megabyte = (STATEMENT + " ") * (1024 * 1024 // len(STATEMENT))
    return [
        _json(room.good | {"id": "first"}),
        b"   ",
        _json(room.good),
        b'{"id": "broken", ',
        b'{"id": "\xff\xfe"}',
        b'["a", "list"]',
        _json(room.missing | {"id": "missing"}),
        _json(room.wrong | {"id": "wrong"}),
        _json(room.good | {"id": 9}),
        _json(room.put("A lone \ud800 surrogate. " + STATEMENT) | {"id": "surrogate"}),
        _json(room.put("A \x00 character. " + STATEMENT) | {"id": "nul"}),
        _json(room.put(megabyte) | {"id": "megabyte"}),
        _json(room.put("") | {"id": "empty"}),
        b"[" * 100_000,
        _json(room.good | {"score": float("nan")}),
        b'{"id": "one", "id": "two"}',
        _json(room.good | {"id": None}) + b"\r",
        BOM_UTF8 + _json(room.good | {"id": "marked"}),
        BOM_UTF8,
        _json({"id": "passed on", "trouble": EARLIER}),
        _json(room.good | {"id": "last"}),
    ]


EXPECTED = [
    "first", "3", "4", "5", "6", "missing", "wrong", "9", "surrogate", "nul", "megabyte", "empty", "14", "15",
    "16", "17", "marked", "passed on", "last",
]  # fmt: skip
TROUBLES = {
    "4": "not-json", "5": "not-utf-8", "6": "not-an-object", "missing": None, "wrong": "bad-field", "9": "bad-field",
    "14": "not-json", "15": "not-json", "16": "not-json",
    "passed on": "no-such-file",
}  # fmt: skip  # None: the room's own word for it


def _json(fields: Line) -> bytes:
    return json.dumps(fields).encode()


def _run(room: Room, lines: list[bytes], *more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "communique", room.name, *more]
    return subprocess.run(command, input=b"\n".join(lines) + b"\n", capture_output=True, check=False, timeout=120)


@cache
def _batch(name: str, *more: str) -> subprocess.CompletedProcess[bytes]:
    room = next(room for room in ROOMS if room.name == name)
    return _run(room, _lines(room), "--quiet", *more)


def _answers(done: subprocess.CompletedProcess[bytes]) -> list[Line]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(files("communique").joinpath("schemas", f"{name}.json").read_text("utf-8")))


@each_room
def test_each_line_gives_one_line_in_the_order_of_the_input(room: Room) -> None:
    done = _batch(room.name)

    assert [answer["id"] for answer in _answers(done)] == EXPECTED


@each_room
def test_what_can_t_be_processed_is_a_trouble_in_its_place(room: Room) -> None:
    answers = {answer["id"]: answer for answer in _answers(_batch(room.name))}

    for id_, kind in TROUBLES.items():
        trouble = answers[id_]["trouble"]
        assert kind in (None, trouble["kind"]), id_
        assert len(trouble["detail"]) > 10
        assert trouble["passing"] is False


@each_room
def test_good_lines_among_bad_ones_are_answered(room: Room) -> None:
    answers = {answer["id"]: answer for answer in _answers(_batch(room.name))}

    assert not [id_ for id_ in ("first", "3", "last") if "trouble" in answers[id_]]


@each_room
def test_every_line_of_output_is_as_the_schema_says(room: Room) -> None:
    schema = _schema(room.name)

    for answer in _answers(_batch(room.name)):
        problems = [f"{answer['id']}: {error.message}" for error in schema.iter_errors(answer)]
        assert not problems


@each_room
def test_good_input_is_as_the_schema_of_the_input_says(room: Room) -> None:
    schema = _schema(f"{room.name}-input")

    assert schema.is_valid(room.good)
    assert not schema.is_valid(room.missing)


@each_room
def test_the_number_of_processes_changes_no_byte(room: Room) -> None:
    assert _batch(room.name).stdout == _batch(room.name, "--jobs", "3").stdout


@each_room
def test_a_trouble_makes_the_exit_status_1(room: Room) -> None:
    assert _batch(room.name).returncode == 1


@each_room
def test_quiet_is_silent_on_stderr(room: Room) -> None:
    assert _batch(room.name).stderr == b""


@each_room
def test_all_well_makes_the_exit_status_0(room: Room) -> None:
    done = _run(room, [_json(room.good)], "--quiet")

    assert (done.returncode, done.stderr) == (0, b"")
    assert "trouble" not in done.stdout.decode()


@each_room
def test_no_input_gives_no_output(room: Room) -> None:
    done = _run(room, [])

    assert (done.returncode, done.stdout) == (0, b"")


@each_room
def test_a_line_that_is_too_long_is_passed_over(room: Room, long_line: Path) -> None:
    command = [sys.executable, "-m", "communique", room.name, "-q", str(long_line), "-"]
    done = subprocess.run(command, input=_json(room.good), capture_output=True, check=False, timeout=120)

    long, good = _answers(done)
    assert long["trouble"]["kind"] == "too-large"
    assert good["id"] == "2"
    assert "trouble" not in good


@pytest.fixture(scope="module")
def long_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("filters") / "long.jsonl"
    with path.open("wb") as file:
        file.writelines(b"x" * 1024 * 1024 for _ in range(2 * _filter.LINE_BYTES // 1024**2 + 1))
        file.write(b"\n")
    yield path
    path.unlink()


@pytest.mark.parametrize("room", [room for room in ROOMS if room.name != "match"], ids=str)
def test_the_first_answer_comes_before_the_input_ends(room: Room) -> None:
    command = [sys.executable, "-m", "communique", room.name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout
        answered = threading.Event()
        writer = threading.Thread(target=_write_until, args=(running, _json(room.good) + b"\n", answered))
        writer.start()
        first = running.stdout.readline()
        answered.set()
        running.stdout.read()
        writer.join()

    assert json.loads(first)["id"] == "1"


@pytest.mark.parametrize("room", [room for room in ROOMS if room.name != "match"], ids=str)
def test_ctrl_c_ends_a_room_with_status_130_and_no_trace(room: Room) -> None:
    command = [sys.executable, "-m", "communique", room.name, "-q"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:  # fmt: skip
        assert running.stdin
        assert running.stdout
        running.stdin.write((_json(room.good) + b"\n") * 10)
        running.stdin.flush()
        running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the whole group
        talk = running.communicate(timeout=60)[1]

    assert (running.returncode, talk) == (130, b"")


@each_room
def test_an_output_that_takes_no_more_is_said_in_a_sentence(room: Room, tmp_path: Path) -> None:
    given = tmp_path / "given.jsonl"
    given.write_bytes(_json(room.good))
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "communique", room.name, "-q", str(given)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120)

    assert (done.returncode, done.stderr) == (1, "Error: the output can't be written: no space left on device\n")


def _write_until(running: subprocess.Popen[bytes], line: bytes, answered: threading.Event) -> None:
    """Write lines until an answer has come (at most 1,000), and only then end the input."""
    assert running.stdin
    for _ in range(1000):
        if answered.is_set():
            break
        running.stdin.write(line)
        running.stdin.flush()
    assert answered.wait(60)
    running.stdin.close()


@each_room
def test_a_reader_that_goes_away_is_no_error(room: Room) -> None:
    lines = [_json(room.good | {"id": str(number)}) for number in range(400)]
    command = [sys.executable, "-m", "communique", room.name, "-q"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:  # fmt: skip
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        try:
            running.stdin.write(b"\n".join(lines))
            running.stdin.close()
        except BrokenPipeError:
            pass  # it has ended already, which is what is asked of it
        talk = running.stderr.read()

    assert (running.returncode, talk) == (0, b"")


@each_room
@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (["--jobs", "0"], "--jobs"),
        (["--jobs", "many"], "--jobs"),
        (["--no-such-option"], "--no-such-option"),
        (["no-such-file.jsonl"], "no-such-file.jsonl"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(room: Room, wrong: list[str], named: str) -> None:
    done = CliRunner().invoke(program, [room.name, *wrong])

    assert (done.exit_code, done.stdout) == (2, "")
    assert named in done.stderr
    assert "Traceback" not in done.output


@each_room
def test_help_has_an_example(room: Room) -> None:
    done = CliRunner().invoke(program, [room.name, "--help"])

    assert done.exit_code == 0
    assert "Example: " in done.stdout
    assert f"communique {room.name}" in done.stdout


@each_room
def test_a_trouble_of_an_earlier_room_goes_through_unchanged(room: Room) -> None:
    answers = [json.loads(line) for line in _batch(room.name).stdout.splitlines()]

    assert {"id": "passed on", "trouble": EARLIER} in answers
