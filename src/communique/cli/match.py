"""`communique match`: which documents are the same statement."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

import click

from communique import match
from communique.cli import _documents
from communique.cli._filter import Line, finish, inputs, options, read_lines, trouble_line
from communique.cli._progress import Progress
from communique.kit.jsonable import of_record
from communique.records import Assignment, Document, Trouble

CHUNK = 64  # documents handed to another process at once
AHEAD = 4  # chunks under way for each process

Given = tuple[str, Line | Trouble]
Print = tuple[str, match.Fingerprint | Trouble]


@click.command(name="match", epilog="Example: communique read < pages.jsonl | communique match")
@click.option(
    "--explain", nargs=2, metavar="A B", help="Say in words why the inputs with these ids are or are not one."
)
@options
def command(*, explain: tuple[str, str] | None, files: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Tell which documents say the same, in whatever language or wording.

    Reads documents as JSON Lines (what `communique read` writes; only `id` and `text` are required) from FILES or
    stdin, all of them before the first line of output.
    """
    lines = _once(inputs("match", read_lines(files)))
    if explain:
        _explain(*explain, lines)
        return
    finish(_answers(lines, jobs, Progress("match", quiet=quiet)))


def _once(lines: Iterable[Given]) -> Iterator[Given]:
    """Pass lines on; a line whose id was there before becomes a trouble."""
    seen: set[str] = set()
    for id_, fields in lines:
        if id_ in seen and not isinstance(fields, Trouble):
            detail = f"the id {id_!r} was given to an earlier line too; each document needs an id of its own"
            yield id_, Trouble(room="match", kind="id-twice", detail=detail, passing=False)
            continue
        seen.add(id_)
        yield id_, fields


def _answers(lines: Iterable[Given], jobs: int, progress: Progress) -> Iterator[Line]:
    prints: list[Print] = []
    for number, one in enumerate(_prints(lines, jobs), 1):
        progress.at(number)
        prints.append(one)
    assigned = iter(match.assignments([(id_, found) for id_, found in prints if isinstance(found, match.Fingerprint)]))
    for id_, found in prints:
        yield trouble_line(id_, found) if isinstance(found, Trouble) else _answer(id_, next(assigned))


def _answer(id_: str, assigned: Assignment) -> Line:
    """Yield the line of the contract: what only a ledger asks for is left out."""
    fields = of_record(assigned)
    return {"id": id_, **{name: fields[name] for name in ("statement", "relation", "of", "story", "score")}}


def _prints(lines: Iterable[Given], jobs: int) -> Iterator[Print]:
    """Yield the fingerprint of each line, in order; only fingerprints are kept, so texts don't fill the memory."""
    if jobs == 1:
        yield from map(_print, lines)
        return
    waiting: deque[Future[list[Print]]] = deque()
    rest = iter(lines)
    with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
        for chunk in iter(lambda: list(islice(rest, CHUNK)), []):
            waiting.append(pool.submit(_prints_of, chunk))
            if len(waiting) >= AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _prints_of(chunk: list[Given]) -> list[Print]:
    return [_print(one) for one in chunk]


def _print(one: Given) -> Print:
    id_, fields = one
    read = fields if isinstance(fields, Trouble) else _documents.document(fields)
    return id_, match.fingerprint(read) if isinstance(read, Document) else read


def _explain(one: str, other: str, lines: Iterable[Given]) -> None:
    """Print the explanation; how common a mark is, is counted over all lines."""
    found: dict[str, Document] = {}
    prints: list[match.Fingerprint] = []
    for id_, fields in lines:
        read = fields if isinstance(fields, Trouble) else _documents.document(fields)
        if isinstance(read, Document):
            prints.append(match.fingerprint(read))
            found.update({id_: read} if id_ in (one, other) else {})
        elif id_ in (one, other):
            raise click.UsageError(f"{id_!r} can't be explained: {read.detail}")
    missing = [id_ for id_ in (one, other) if id_ not in found]
    if missing:
        raise click.UsageError(f"no input has the id {missing[0]!r}; --explain takes two ids of the input")
    click.echo(match.explanation(found[one], found[other], match.background(prints)))
