"""What every room command shares: JSON Lines in, JSON Lines out, one line for each, in order.

A room command is a function from one input object to one output object, or a `Trouble`. This module reads the
lines, hands them to the function (in this process, or in a pool of others), and writes what comes back in the order
of the input. At most `AHEAD` chunks are under way at once, so memory does not grow with the input.
"""

from __future__ import annotations

import sys
import traceback
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click
from pebble import ProcessExpired, ProcessPool

from communique.cli._progress import Progress
from communique.kit import jsonable
from communique.kit.text import printable
from communique.records import Trouble

Line = dict[str, Any]
Work = Callable[[Line], Line | Trouble]

LINE_BYTES = 64 * 1024 * 1024  # a longer line is a trouble of its own and is passed over, not kept in memory
_TASKS = 500  # after which a process is replaced, so that what libraries leak does not add up
_TRACED: set[str] = set()  # faults whose trace this process has written
AHEAD = 4  # chunks under way for each process: enough to keep it busy, few enough to stay small


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A room as a command."""

    room: str  # for `trouble`
    name: str = ""  # of the command, for help and progress; "": that of the room
    work: Work  # importable by name: it is sent to other processes
    chunk: int = 32  # lines handed over at once
    deadline_s: float | None = None  # for one line; where set, lines always go to a process that can be ended
    memory_bytes: int | None = None  # for one process beside what it starts with; a line that needs more is a trouble
    preload: tuple[str, ...] = ()  # modules that the mother of all processes imports once, so that each starts quickly


@dataclass(frozen=True, slots=True)
class _Given:
    """One line of input: its id, and the object or what is wrong with it."""

    id: str
    fields: Line | Trouble


def run(this: Filter, lines: Iterable[bytes], jobs: int, progress: Progress) -> Iterator[Line]:
    """Yield one output object for each line of input, in order."""
    given = _given(this.room, lines)
    made = _alone(this, given) if jobs == 1 and this.deadline_s is None else _together(this, given, jobs)
    for number, answer in enumerate(made, 1):
        progress.at(number)
        yield answer


def trouble_line(id_: str, trouble: Trouble) -> Line:
    """Yield the contract's line for an input that can't be processed."""
    return {"id": id_, "trouble": jsonable.of_record(trouble)}


def inputs(room: str, lines: Iterable[bytes]) -> Iterator[tuple[str, Line | Trouble]]:
    """Yield the id and the object of each line, or what is wrong with it: for a room that needs them all at once."""
    for one in _given(room, lines):
        yield one.id, one.fields


def _given(room: str, lines: Iterable[bytes]) -> Iterator[_Given]:
    for number, raw in enumerate(lines, 1):
        if raw.removeprefix(BOM_UTF8).strip():
            yield _parsed(room, number, raw)


def _parsed(room: str, number: int, raw: bytes) -> _Given:
    def wrong(kind: str, detail: str) -> _Given:
        return _Given(str(number), Trouble(room=room, kind=kind, detail=f"line {number}: {detail}", passing=False))

    if len(raw) > LINE_BYTES:
        return wrong("too-large", f"longer than {LINE_BYTES // 1024**2} MiB; give large pages as `path`")
    try:
        found = jsonable.loaded(raw)
    except UnicodeDecodeError as error:
        return wrong("not-utf-8", f"byte {error.start} is not UTF-8; JSON Lines are UTF-8")
    except RecursionError:
        return wrong("not-json", "nested too deeply to be read")
    except ValueError as error:
        return wrong("not-json", f"not JSON ({error}); each line must be one JSON object")
    if not isinstance(found, dict):
        return wrong("not-an-object", f"{jsonable.kind(found)}, where an object is expected")
    id_ = str(number) if found.get("id") is None else found["id"]
    if not isinstance(id_, str):
        return wrong("bad-field", f"`id` is {jsonable.kind(id_)}, where a string is expected")
    return _Given(printable(id_), _passed_on(found) or found)


def _passed_on(found: Line) -> Trouble | None:
    """Yield the trouble of an earlier room where one stands in place of what it would have given."""
    match found.get("trouble"):
        case {"room": str(room), "kind": str(kind), "detail": str(detail), "passing": bool(passing)}:
            return Trouble(room=printable(room), kind=printable(kind), detail=printable(detail), passing=passing)
    return None


def _answer(this: Filter, given: _Given) -> Line:
    """Do one line. A room gives troubles as values; what it raises is a fault of ours, and costs this line only."""
    try:
        done = given.fields if isinstance(given.fields, Trouble) else this.work(given.fields)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # the one worker loop: the other 100,000 lines go on
        done = _fault(this, error)
    return trouble_line(given.id, done) if isinstance(done, Trouble) else {"id": given.id, **done}


def _fault(this: Filter, error: Exception) -> Trouble:
    """Yield a fault of this program as a trouble that says where it happened; its trace goes to stderr once."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "communique" in frame.filename] or frames
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "an unknown place"
    if (fault := f"{type(error).__name__} in {place}") not in _TRACED:
        _TRACED.add(fault)
        sys.stderr.write("".join(traceback.format_exception(error)))
        sys.stderr.flush()
    detail = f"a fault of this program ({fault}); please report it with this line of input"
    return Trouble(room=this.room, kind="fault", detail=detail, passing=False)


def _alone(this: Filter, given: Iterator[_Given]) -> Iterator[Line]:
    for one in given:
        yield _answer(this, one)


def _answers(this: Filter, chunk: list[_Given]) -> list[Line]:
    return [_answer(this, one) for one in chunk]


def _together(this: Filter, given: Iterator[_Given], jobs: int) -> Iterator[Line]:
    size = 1 if this.deadline_s else this.chunk
    chunks = iter(lambda: list(islice(given, size)), [])
    waiting: deque[tuple[list[_Given], Any]] = deque()
    pool = ProcessPool(
        max_workers=jobs, max_tasks=_TASKS, initializer=_confine, initargs=[this.memory_bytes], context=_context(this)
    )
    try:
        for chunk in chunks:
            task = pool.schedule(_answers, args=[this, chunk], timeout=this.deadline_s)
            waiting.append((chunk, task))
            if len(waiting) >= AHEAD * jobs:
                yield from _collected(this, *waiting.popleft())
        while waiting:
            yield from _collected(this, *waiting.popleft())
        pool.close()  # type: ignore[no-untyped-call]  # pebble has types, but not here
    finally:
        # Ctrl+C, a reader that has gone, a fault of ours: nobody waits for what is still under way.
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _context(this: Filter) -> Any:
    """Yield the way of starting processes: a fresh interpreter forks for each, so that none inherits threads."""
    from communique.kit import forking

    return forking.context(__name__, *this.preload)


def _confine(memory_bytes: int | None) -> None:
    """Limit the memory that this process may still ask for (RLIMIT_DATA counts private writable memory on Linux)."""
    if memory_bytes is None or not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > memory_bytes:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, hard))


def _collected(this: Filter, chunk: list[_Given], task: Any) -> list[Line]:
    try:
        answers: list[Line] = task.result()
        return answers
    except Overdue:
        detail = f"took longer than {this.deadline_s:g} s and was given up; the input may be made to be slow"
        kind = "deadline"
    except MemoryError:
        detail = "needed more memory than one line may take and was passed over; the input may be made to be large"
        kind = "memory"
    except ProcessExpired:
        detail = "the process that worked on it ended (out of memory or a fault in a library); it was passed over"
        kind = "crash"
    trouble = Trouble(room=this.room, kind=kind, detail=detail, passing=False)
    return [trouble_line(one.id, trouble) for one in chunk]


def command(this: Filter, *, example: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a click command of a filter; the decorated function's docstring is its help."""

    def decorate(function: Callable[..., None]) -> click.Command:
        made = click.command(name=this.name or this.room, help=function.__doc__, epilog=f"Example: {example}")
        return made(options(lambda **given: _main(this, **given)))

    return decorate


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every filter takes: FILE…, --jobs, --quiet."""
    for add in (
        click.option("--quiet", "-q", is_flag=True, help="No progress on stderr."),
        click.option("--jobs", "-j", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes."),
        click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, allow_dash=True)),
    ):
        function = add(function)
    return function


def _main(this: Filter, *, files: tuple[str, ...], jobs: int, quiet: bool) -> None:
    finish(run(this, read_lines(files), jobs, Progress(this.name or this.room, quiet=quiet)))


def read_lines(files: tuple[str, ...]) -> Iterator[bytes]:
    """Yield the lines of the files named, or of stdin; of an overlong line only its first part."""
    for name in files or ("-",):
        with click.open_file(name, "rb") as stream:
            yield from _bounded(stream)


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(LINE_BYTES + 1):
        yield line
        is_over = len(line) > LINE_BYTES
        while is_over and line and not line.endswith(b"\n"):
            line = stream.readline(LINE_BYTES)


def finish(answers: Iterable[Line]) -> None:
    """Write the answers to stdout as they come; exit 1 if one of them is a trouble."""
    troubled = False
    for answer in answers:
        troubled = troubled or "trouble" in answer
        sys.stdout.write(jsonable.line(answer) + "\n")
        sys.stdout.flush()  # whoever reads a slow stream sees each answer when it is there
    sys.exit(1 if troubled else 0)
