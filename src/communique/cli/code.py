"""communique code: who did what (contract, section 5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from communique import code, registry
from communique.cli import _filter
from communique.cli._progress import Progress
from communique.kit import jsonable
from communique.kit.text import printable
from communique.records import Context, Trouble

_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d{2})?")
MAX_TEXT = 2_000_000  # characters; a longer text is no statement


@cache
def _registry(folder: Path | None) -> registry.Registry:
    return registry.load(folder)


def work(line: dict[str, Any], *, folder: Path | None = None, explain: bool = False) -> dict[str, Any] | Trouble:
    """Code one line of input."""
    given = _given(line)
    if isinstance(given, Trouble):
        return given
    text, context = given
    made = code.coding(text, registry=_registry(folder), context=context)
    answer: dict[str, Any] = jsonable.of_record(made)
    if explain:
        answer["explanation"] = list(code.explanation(text, registry=_registry(folder), context=context))
    return answer


def _given(line: dict[str, Any]) -> tuple[str, Context] | Trouble:
    text = line.get("text")
    if not isinstance(text, str):
        return _trouble("bad-field", "`text` is missing or not a string; give the sentence or text to code")
    if len(text) > MAX_TEXT:
        return _trouble("too-large", f"`text` has {len(text)} characters; at most {MAX_TEXT} are read, so give less")
    for name in ("language", "publisher"):
        if not isinstance(line.get(name), str | None):
            return _trouble("bad-field", f"`{name}` is {jsonable.kind(line[name])}, where a string is expected")
    day = _day(line.get("published"))
    if isinstance(day, Trouble):
        return day
    return text, Context(language=line.get("language"), published=day, publisher=line.get("publisher"))


def _day(given: object) -> date | Trouble | None:
    """Read an ISO 8601 day or instant, or {"at": …} as `communique read` writes it; a month or year is no day."""
    at = given.get("at") if isinstance(given, dict) else given
    if not isinstance(at, str | None):
        return _trouble("bad-field", f"`published` is {jsonable.kind(at)}, where a day like 2019-01-10 is expected")
    if not at or _MONTH_OR_YEAR.fullmatch(at):
        return None
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return _trouble("bad-field", f"`published` is {printable(at)[:40]!r}; a day is written as 2019-01-10")


def _trouble(kind: str, detail: str) -> Trouble:
    return Trouble(room="code", kind=kind, detail=detail, passing=False)


_FILTER = _filter.Filter(room="code", work=work)


@click.command(
    name="code", epilog='Example: echo \'{"text": "The Harbour Union condemned the closure."}\' | communique code'
)
@click.option("--registry", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="A folder of actors that add to and replace the shipped ones.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Add how each event was derived, for a person.")
@_filter.options
def command(folder: Path | None, explain: bool, files: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Say who did what to whom, where, when, at what occasion, and with what reality.

    In: JSON Lines with "text" and, where known, "language", "published" (anchors "yesterday") and "publisher".
    Out: mentions, events, places, dates and occasions of each text.
    """
    try:
        _registry(folder)
    except registry.BadRegistry as error:
        raise click.BadParameter(str(error), param_hint="--registry") from error
    this = replace(_FILTER, work=partial(work, folder=folder, explain=explain))
    _filter.finish(_filter.run(this, _filter.read_lines(files), jobs, Progress("code", quiet=quiet)))
