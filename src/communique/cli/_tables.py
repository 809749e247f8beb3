"""Rows of an export as files: JSON Lines, CSV and Parquet, written and read back.

What a column holds is what the shipped schema of its shape says, so that a file comes back with the types that left.
In CSV and Parquet what is nested stands as JSON; in CSV an empty field of a column that may be null is null, and the
rest is written as JSON writes it (`true`, `7`).
"""

from __future__ import annotations

import csv
import json
import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from communique.cli._workspace import Failed, Wrong
from communique.kit import jsonable

Row = dict[str, Any]
Types = dict[str, frozenset[str]]  # name of a column -> its types in JSON Schema

SHAPES = {"dispatches": "dispatch", "events": "event", "registry": "actor", "sources": "source",
          "corrections": "correction", "pairs": "pair"}  # fmt: skip
LINE_BYTES = 64 * 1024**2  # of one row; the largest dispatch of a real wire takes 0.01 MiB
_BATCH = 1000  # rows that Parquet writes and reads at once
_NESTED = frozenset(("array", "object"))


class TableError(Exception):
    """The file is not what `export` writes."""


@cache
def types(what: str) -> Types:
    """Yield what each column of an export holds."""
    shape = json.loads(files("communique").joinpath("schemas", f"{SHAPES[what]}.json").read_text("utf-8"))
    return {
        name: frozenset([said] if isinstance(said := field.get("type", "string"), str) else said)
        for name, field in shape["properties"].items()
    }


def write_lines(rows: Iterable[Row], stream: IO[str]) -> None:
    """Write JSON Lines."""
    stream.writelines(jsonable.line(row) + "\n" for row in rows)


def write_csv(rows: Iterator[Row], stream: IO[str]) -> None:
    """Write CSV (RFC 4180 with line feeds); without rows nothing, not even a heading."""
    first = next(rows, None)
    if first is None:
        return
    writer = csv.DictWriter(stream, fieldnames=list(first), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _in_csv(value) for name, value in row.items()} for row in chain([first], rows))


def _in_csv(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def write_parquet(rows: Iterator[Row], path: Path, what: str) -> None:
    """Write Parquet, a batch of rows at a time."""
    pa, pq = _pyarrow()
    first = next(rows, None)
    names = list(first or {})
    schema = pa.schema([(name, _arrow_type(pa, types(what).get(name, frozenset()))) for name in names])
    with pq.ParquetWriter(path, schema) as writer:
        every = chain([first] if first else [], rows)
        while batch := list(islice(every, _BATCH)):
            writer.write_table(pa.Table.from_pylist([_flat(row) for row in batch], schema=schema))


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise Wrong(
            "Parquet needs pyarrow: `pip install pyarrow` beside communique, or `pipx inject communique pyarrow`"
        ) from error
    return pa, pq


def _arrow_type(pa: Any, said: frozenset[str]) -> Any:
    if said & _NESTED:
        return pa.string()
    return pa.bool_() if "boolean" in said else pa.int64() if "integer" in said else pa.string()


def _flat(row: Row) -> Row:
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in row.items()
    }


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Yield a name beside a file, which takes its place when all is written; on any failure nothing is left."""
    new = out.with_name(out.name + ".new")
    try:
        yield new
        with new.open("rb") as stream:
            os.fsync(stream.fileno())
        new.replace(out)
    except OSError as error:
        raise Failed(f"{out} can't be written: {error.strerror or error}; nothing half-written is left") from error
    finally:
        with suppress(OSError):  # a folder that is none
            new.unlink(missing_ok=True)


def read(path: Path, what: str) -> Iterator[Row]:
    """Yield the rows of a file that `export` wrote; which of the three forms it has is seen from how it begins."""
    for number, row in enumerate(_rows(path, what), 1):
        try:
            jsonable.line(row).encode()
        except UnicodeEncodeError as error:
            raise TableError(f"row {number} holds half a character (a lone surrogate), which can't be kept") from error
        except TypeError as error:
            raise TableError(f"row {number} holds what JSON has no form for ({error})") from error
        yield row


def _rows(path: Path, what: str) -> Iterator[Row]:
    with path.open("rb") as stream:
        head = stream.read(4096).removeprefix(BOM_UTF8).lstrip()
    if head.startswith(b"PAR1"):
        return _of_parquet(path, what)
    if head.startswith((b"{", b"[")) or not _is_heading(head, what):
        return _of_lines(path)
    return _of_csv(path, what)


def _is_heading(head: bytes, what: str) -> bool:
    """Tell whether a file begins with the names of columns."""
    first = head.decode("utf-8", "replace").splitlines()[:1]
    names = next(csv.reader(first), []) if first else []
    return len(names) > 1 and len(set(names) & set(types(what))) * 2 > len(names)


def _of_lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(LINE_BYTES + 1), b""), 1):
            if len(raw) > LINE_BYTES:
                raise TableError(f"line {number} is longer than {LINE_BYTES // 1024**2} MiB; a row is never that long")
            if raw.removeprefix(BOM_UTF8).strip():
                yield _object(number, raw)


def _object(number: int, raw: bytes) -> Row:
    try:
        row = jsonable.loaded(raw)
    except (ValueError, RecursionError) as error:
        raise TableError(f"line {number} is not JSON in UTF-8 ({error}), and the file is no CSV or Parquet") from error
    if not isinstance(row, dict):
        raise TableError(f"line {number} is {jsonable.kind(row)}, where an object is expected")
    return row


def _of_csv(path: Path, what: str) -> Iterator[Row]:
    csv.field_size_limit(LINE_BYTES)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        try:
            for number, row in enumerate(reader, 1):
                if None in row or None in row.values():
                    raise TableError(f"row {number} has not as many fields as the heading")
                yield _typed(row, what, number, _of_csv_field)
        except (csv.Error, UnicodeDecodeError) as error:
            raise TableError(f"line {reader.line_num + 1} is not CSV in UTF-8 ({error})") from error


def _of_parquet(path: Path, what: str) -> Iterator[Row]:
    pa, pq = _pyarrow()
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield _typed(row, what, number, _of_parquet_field)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise TableError(f"it begins as Parquet does, but can't be read as it ({reason})") from error


def _typed(row: Row, what: str, number: int, field: Callable[[Any, frozenset[str]], Any]) -> Row:
    known = types(what)
    made = {}
    for name, value in row.items():
        try:
            made[name] = field(value, known.get(name, frozenset(("string", "null"))))
        except (ValueError, TypeError, RecursionError) as error:
            raise TableError(f"row {number}: {name} holds {str(value)[:60]!r}, which is not what it holds") from error
    return made


def _of_csv_field(value: str, said: frozenset[str]) -> Any:
    if not value and "null" in said:
        return None
    return json.loads(value) if said & (_NESTED | {"boolean", "integer"}) else value


def _of_parquet_field(value: Any, said: frozenset[str]) -> Any:
    return json.loads(value) if value is not None and said & _NESTED else value
