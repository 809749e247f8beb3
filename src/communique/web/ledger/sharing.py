"""Which sites one worker visits now, and no other: locks of PostgreSQL, which go with the connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice

from django.db import connection

SHARE = 200  # sites that one worker takes at a time, and leaves the others to further workers


@contextmanager
def site_locks(sites: Sequence[str], share: int) -> Iterator[set[str]]:
    """Lock a share of sites, the first that no other worker visits now; yields those."""
    numbers = {int.from_bytes(sha256(site.encode()).digest()[:8], signed=True): site for site in sites}
    held: list[int] = []
    with connection.cursor() as cursor:
        asked = iter(numbers)
        while len(held) < share and (some := list(islice(asked, share))):
            cursor.execute("SELECT n FROM unnest(%s::bigint[]) AS n WHERE pg_try_advisory_lock(n)", [some])
            held += [number for (number,) in cursor.fetchall()]
    try:
        yield {numbers[number] for number in held}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(n) FROM unnest(%s::bigint[]) AS n", [held])
