"""Records as JSON: field names stay, dates become ISO 8601, tuples become lists."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

Record = TypeVar("Record")

_KINDS = ((str, "a string"), (int | float, "a number"), (list, "a list"), (dict, "an object"))


def jsonable(value: object) -> Any:
    """Yield the value as what `json.dumps` takes. Bytes are a mistake of ours and raise."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return of_record(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): jsonable(part) for key, part in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [jsonable(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def of_record(record: DataclassInstance) -> dict[str, Any]:
    """Yield a record's fields by name."""
    return {field.name: jsonable(getattr(record, field.name)) for field in dataclasses.fields(record)}


def line(value: object) -> str:
    """Yield the value as one line of JSON Lines, without the line feed; text stays readable."""
    return json.dumps(jsonable(value), ensure_ascii=False, separators=(", ", ": "))


def loaded(raw: bytes) -> Any:
    """Read one JSON text (RFC 8259) in UTF-8, with or without a byte order mark.

    Stricter than `json`: neither NaN and Infinity nor a name twice in one object, of which only one would count.
    Raises ValueError, its message the second half of a sentence, and RecursionError.
    """
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg.lower()} at character {error.pos + 1}") from error


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number there; unknown is null")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice in one object")
    return made


def kind(value: object) -> str:
    """Say in JSON's words what a value is: "a number", "null"."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return next(word for types, word in _KINDS if isinstance(value, types))


def restored(kind: type[Record], fields: dict[str, Any]) -> Record:
    """Make a record from what `of_record` yielded; fields that this version does not know are left out.

    Raises pydantic's ValidationError where a field has another type than the record says.
    """
    made: Record = _adapter(cast("Any", kind)).validate_python(fields)
    return made


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # costs 0.1 s at start, and filters that only write don't need it

    return TypeAdapter(kind)
