"""What the processes of a desk know together about sites; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from communique.collect import Rules
from communique.testing.builders import MORNING
from communique.web.ledger.notes import DatabaseNotes
from communique.web.workspace import Workspace

KEYS = ("site union.example", "address 192.0.2.7")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def notes(newsroom_on: Workspace) -> Iterator[DatabaseNotes]:
    with DatabaseNotes() as made:
        yield made


@pytest.mark.parametrize("body", [None, b"", b"User-agent: *\nDisallow: /\n", bytes(range(256))])
def test_rules_are_known_to_the_next_process(notes: DatabaseNotes, body: bytes | None) -> None:
    assert notes.rules("https://union.example") is None

    notes.note_rules("https://union.example", Rules(body=b"older", until=MORNING))
    notes.note_rules("https://union.example", Rules(body=body, until=MORNING + HOUR))

    with DatabaseNotes() as others:
        assert others.rules("https://union.example") == Rules(body=body, until=MORNING + HOUR)


def test_a_long_rest_is_known_to_the_next_process(notes: DatabaseNotes) -> None:
    notes.taken(KEYS, now=MORNING, until=MORNING + MINUTE)
    notes.released(KEYS, now=MORNING, rests_until=MORNING + HOUR)
    notes.released(KEYS, now=MORNING, rests_until=MORNING + 2 * MINUTE)

    with DatabaseNotes() as others:
        for key in KEYS:
            assert others.taken((key,), now=MORNING, until=MORNING + MINUTE) == MORNING + HOUR
        assert others.taken(KEYS, now=MORNING + HOUR, until=MORNING + 2 * HOUR) is None


def test_one_process_at_a_time_asks_a_site_or_an_address(newsroom_on_postgresql: Workspace) -> None:
    with DatabaseNotes() as one, DatabaseNotes() as other:
        assert one.taken(KEYS, now=MORNING, until=MORNING + MINUTE) is None

        for key in KEYS:
            again = other.taken((key, "site else.example"), now=MORNING, until=MORNING + MINUTE)
            assert again is not None
            assert MORNING < again < MORNING + MINUTE
        one.released(KEYS, now=MORNING, rests_until=MORNING)
        assert other.taken(KEYS, now=MORNING, until=MORNING + MINUTE) is None


def test_what_a_dead_process_held_is_free_after_its_time(newsroom_on_postgresql: Workspace) -> None:
    with DatabaseNotes() as dead, DatabaseNotes() as other:
        dead.taken(KEYS, now=MORNING, until=MORNING + MINUTE)

        assert other.taken(KEYS, now=MORNING + MINUTE, until=MORNING + HOUR) is None
