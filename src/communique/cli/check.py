"""`communique check`: is a draft covered by its sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from communique import code, desk, registry
from communique.cli import _filter
from communique.cli._filter import Filter, Line
from communique.cli._progress import Progress
from communique.kit import jsonable
from communique.kit.text import nfc, printable
from communique.records import Coding, Context, SourceText, Trouble

CODED_CHARACTERS = 20_000  # of each text; what a dispatch tells stands at the beginning of its sources
_MONTH_OR_YEAR = re.compile(r"\d{4}(-\d{2})?")
_SHOWN = "see `communique schema check-input`"


@cache
def _registry(folder: Path | None) -> registry.Registry:
    return registry.load(folder)


def work(fields: Line, *, folder: Path | None = None) -> Line | Trouble:
    """Check one draft."""
    given = _given(fields)
    if isinstance(given, Trouble):
        return given
    known = _registry(folder)
    sources = tuple(replace(one, coding=_coding(one, known)) for one in given.sources)
    draft = SourceText(
        text=given.draft, language=given.language or sources[0].language, published=given.published,
        publisher=sources[0].publisher,
    )  # fmt: skip
    found = desk.findings(
        given.draft, sources, language=given.language, published=_day(given.published), coding=_coding(draft, known)
    )
    return {"findings": [jsonable.of_record(one) | {"text": nfc(printable(one.text))} for one in found]}


def _coding(one: SourceText, known: registry.Registry) -> Coding:
    context = Context(language=one.language, published=_day(one.published), publisher=one.publisher)
    return code.coding(one.text[:CODED_CHARACTERS], registry=known, context=context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    draft: str
    sources: tuple[SourceText, ...]
    published: str | None
    language: str | None


class _FieldError(Exception):
    """A field of the input has another shape than the contract says."""


def _given(fields: Line) -> _Given | Trouble:
    try:
        draft = _text(fields, "draft", required=True)
        sources = fields.get("sources")
        if not isinstance(sources, list) or not sources or not all(isinstance(one, dict) for one in sources):
            raise _FieldError(f"`sources` is not a list of objects with at least one in it; {_SHOWN}")  # noqa: TRY301  # one way out for every field
        return _Given(
            draft=draft or "",
            sources=tuple(_source(one) for one in sources),
            published=_date(fields, "published"),
            language=_text(fields, "language"),
        )
    except _FieldError as error:
        return Trouble(room="check", kind="bad-field", detail=str(error), passing=False)


def _source(fields: dict[str, Any]) -> SourceText:
    return SourceText(
        text=_text(fields, "text", required=True) or "",
        language=_text(fields, "language") or None,
        published=_date(fields, "published"),
        publisher=_text(fields, "publisher") or None,
    )


def _text(fields: dict[str, Any], name: str, *, required: bool = False) -> str | None:
    value = fields.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        found = "missing" if value is None else jsonable.kind(value)
        raise _FieldError(f"`{name}` is {found}, where a string is expected; {_SHOWN}")
    return value


def _date(fields: dict[str, Any], name: str) -> str | None:
    """Read an ISO 8601 day or instant, or {"at": …} as `communique read` writes it; a month or year is no day."""
    value = fields.get(name)
    at = value.get("at") if isinstance(value, dict) else value
    if at is None:
        return None
    if not isinstance(at, str):
        raise _FieldError(f"`{name}` is {jsonable.kind(at)}, where a date like 2019-06-19 is expected")
    if _day(at) is not None:
        return at[:10]
    if _MONTH_OR_YEAR.fullmatch(at) is None:
        raise _FieldError(f"`{name}` is no ISO 8601 date; one like 2019-06-19 is expected")
    return None


def _day(at: str | None) -> date | None:
    try:
        return date.fromisoformat(at[:10]) if at else None
    except ValueError:
        return None


FILTER = Filter(room="check", work=work, chunk=8)


@click.command(
    name="check",
    epilog='Example: echo \'{"draft": "31 signed.", "sources": [{"text": "Thirty-one signed."}]}\' | communique check',
)
@click.option("--registry", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="A folder of actors that add to and replace the shipped ones.")  # fmt: skip
@_filter.options
def command(*, folder: Path | None, files: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Hold drafts against their sources: names, numbers, days, quotations, places, "not", "will", deeds, speakers.

    In, one JSON object a line: id, draft, sources (each with text and, where known, language, published, publisher),
    published, language. Out: id and findings, each with kind, span, text, blocks and advice; a finding that blocks
    says that the draft tells something that no source carries.
    """
    try:
        _registry(folder)
    except registry.BadRegistry as error:
        raise click.BadParameter(str(error), param_hint="--registry") from error
    this = replace(FILTER, work=partial(work, folder=folder))
    _filter.finish(_filter.run(this, _filter.read_lines(files), jobs, Progress("check", quiet=quiet)))
