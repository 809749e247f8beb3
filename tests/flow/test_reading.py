"""The pool of reading processes: what it reads, what it gives up, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from communique import collect
from communique.flow.reading import Here, Pool
from communique.records import Document, Hints, Trouble
from communique.testing.builders import capture
from communique.web.workspace import RANGES

PAGE = (
    b"<html lang=en><body><main><h1>Reopen the locks</h1><p>The locks at Aldermouth are shut.</p></main></body></html>"
)
LONG = capture(body=b"<main>" + b"<p>The locks at Aldermouth are shut, and 37 barges wait.</p>" * 60_000 + b"</main>")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(processes=1, deadline_s=60, memory_mb=1024) as opened:
        yield opened


def test_the_pool_reads_as_this_process_does(pool: Pool) -> None:
    page = capture(body=PAGE)

    read = pool.document(page, Hints())

    assert isinstance(read, Document)
    assert read == Here().document(page, Hints())


def test_a_page_that_takes_too_long_is_given_up_with_a_sentence() -> None:
    with Pool(processes=1, deadline_s=0.01, memory_mb=1024) as hasty:
        read = hasty.document(LONG, Hints())

    assert isinstance(read, Trouble)
    assert (read.room, read.kind, read.passing) == ("read", "deadline", False)
    assert LONG.url in read.detail


HANG_S = 50  # a guard against a hang, no measure: a page that nobody gives up takes far longer


def test_the_least_memory_that_may_be_set_is_enough_for_a_page() -> None:
    least, _ = RANGES["read.memory_mb"]

    with Pool(processes=1, deadline_s=60, memory_mb=least) as small:
        read = small.document(capture(body=PAGE), Hints())

    assert isinstance(read, Document)


def test_a_pool_that_is_stopped_lets_nobody_wait() -> None:
    stopping = Pool(processes=1, deadline_s=60, memory_mb=1024)

    with ThreadPoolExecutor(8) as threads:
        calls = [threads.submit(stopping.document, LONG, Hints()) for _ in range(8)]
        stopping.stop()
        ends = [call.exception(timeout=HANG_S) for call in calls]
    stopping.close()

    assert any(isinstance(end, collect.Stopped) for end in ends)
    assert all(end is None or isinstance(end, collect.Stopped) for end in ends)
