"""The same books three times: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from communique.flow.ledger import Due, Entry, Ledger
from communique.records import Document
from communique.testing.builders import MORNING, PAGE, capture, document, entry, evidence, source
from communique.testing.ledger import MemoryLedger

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """A ledger, and how many rows it holds by kind."""

    ledger: Ledger
    counts: Callable[[], dict[str, int]]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def books(request: pytest.FixtureRequest) -> Books:
    """Empty books of this test's own."""
    if request.param == "memory":
        memory = MemoryLedger()
        return Books(ledger=memory, counts=memory.counts)
    request.getfixturevalue("newsroom" if request.param == "sqlite" else "newsroom_on_postgresql")
    from communique.web.ledger.store import DatabaseLedger

    return Books(ledger=DatabaseLedger(), counts=_rows)


def _rows() -> dict[str, int]:
    from communique.web.ledger import models

    return {
        "sources": models.Source.objects.count(),
        "pages": models.Page.objects.count(),
        "captures": models.Capture.objects.count(),
        "statements": models.Statement.objects.count(),
        "documents": models.Document.objects.count(),
        "current": models.Document.objects.filter(is_current=True).count(),
    }


@pytest.fixture
def watched(books: Books) -> Books:
    """Books with one source in them."""
    books.ledger.add_source(source(), now=MORNING)
    return books


def due(ledger: Ledger, *, hours: float = 0, limit: int = 100) -> Due:
    with ledger.due(MORNING + hours * HOUR, limit=limit) as found_due:
        return found_due


def entered(ledger: Ledger, one: Document, **given: object) -> Entry:
    """Enter a document with its evidence, as the first text at its address."""
    kept = capture(url=one.url, body=one.text.encode("utf-8", "surrogatepass"))
    ledger.add_capture(kept, evidence(kept))
    made = entry(one, evidence(kept), **given)
    ledger.add_document(made)
    return made


def texts(count: int) -> list[Document]:
    """Yield documents at addresses of their own, each with another text."""
    return [document(url=f"{PAGE}-{number}", text=f"Lock {number} is shut.") for number in range(count)]
