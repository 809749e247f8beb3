"""Entries are canonical JSON, and a dispatch's digest stands for what it says and rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from communique import archive
from communique.records import Correction, Dispatch, DispatchEvent

AT = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
DispatchMaker = Callable[..., Dispatch]


def test_a_dispatch_entry_is_one_line_of_sorted_json(dispatch: DispatchMaker) -> None:
    entry = archive.dispatch_entry(dispatch(27), at=AT)

    digest = archive.content_digest(dispatch(27))
    assert entry.decode() == f'{{"at":"2026-03-08T09:00:00+00:00","digest":"{digest}","id":"27","kind":"dispatch"}}'


def test_an_operation_entry_names_the_operation_and_the_new_digest(dispatch: DispatchMaker) -> None:
    held = dispatch(27, stage="held")

    fields = json.loads(archive.operation_entry(held, "hold", at=AT))

    assert (fields["kind"], fields["operation"], fields["id"]) == ("operation", "hold", "27")
    assert fields["digest"] == archive.content_digest(held) != archive.content_digest(dispatch(27))


def test_an_edition_entry_commits_to_its_list_of_files() -> None:
    fields = json.loads(archive.edition_entry(3, at=AT, files="sha256:" + "0" * 64, count=12))

    assert fields == {"at": "2026-03-08T09:00:00+00:00", "count": 12, "files": "sha256:" + "0" * 64,
                      "kind": "edition", "number": 3}  # fmt: skip


def test_the_same_instant_in_another_offset_is_the_same_entry(dispatch: DispatchMaker) -> None:
    local = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert archive.dispatch_entry(dispatch(1), at=local) == archive.dispatch_entry(dispatch(1), at=AT)


def test_an_instant_without_an_offset_is_our_own_mistake(dispatch: DispatchMaker) -> None:
    with pytest.raises(ValueError, match="has no offset"):
        archive.dispatch_entry(dispatch(1), at=datetime(2026, 3, 8))  # noqa: DTZ001 - the mistake itself


@pytest.mark.parametrize(
    "change",
    [
        {"text": "The Nurses’ Union calls for lower pay."},
        {"headline": "Pay"},
        {"published": None},
        {"stage": "withdrawn"},
        {"sources": ()},
        {"signatories": ("Nurses’ Union",)},
        {"corrections": (Correction(operation="correct", at=AT, reason="a number", before="…"),)},
    ],
)
def test_what_is_said_changes_the_digest(dispatch: DispatchMaker, change: dict[str, object]) -> None:
    assert archive.content_digest(dispatch(1, **change)) != archive.content_digest(dispatch(1))


@pytest.mark.parametrize(
    "change",
    [{"pinned": True}, {"translations": (2,)}, {"log_index": 4, "log_size": 5}, {"story": "pay"}, {"topics": ("1",)},
     {"events": (DispatchEvent(type="CALL", plover="REQUEST"),)}],
)  # fmt: skip
def test_what_a_desk_may_set_right_silently_does_not(dispatch: DispatchMaker, change: dict[str, object]) -> None:
    assert archive.content_digest(dispatch(1, **change)) == archive.content_digest(dispatch(1))


def test_the_digest_is_pinned_because_it_stands_in_logs_for_ever(dispatch: DispatchMaker) -> None:
    one = replace(dispatch(1), text="Łódź, İstanbul, القدس")

    assert archive.content_digest(one) == "sha256:9a9efd6424240823f2f75d1bd803ea7c9ce0697ae7dcbc4b9321efd80636c23f"
