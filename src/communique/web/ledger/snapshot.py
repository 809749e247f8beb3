"""One state of the database, however long it is read and whatever others write meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that is read in the block be of one moment; nobody is kept from writing, and the block only reads.

    SQLite's readers see the state of their first read (WAL) once they are in a transaction that is not begun for
    writing; PostgreSQL calls the same REPEATABLE READ. Within a transaction that excludes other writers nothing moves
    anyway, so nothing is opened there.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _deferred(), transaction.atomic():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Let this thread's next SQLite transaction begin as a reader's; ours begin as writers' (see the settings)."""
    connection.ensure_connection()  # which reads the mode from the settings
    wrapper: Any = connection
    usual, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        wrapper.transaction_mode = usual
