"""Records as JSON: field names stay, dates become ISO 8601, tuples become lists."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

Record = TypeVar("Record")


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
