"""Records as JSON: field names stay, dates become ISO 8601, tuples become lists."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


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
