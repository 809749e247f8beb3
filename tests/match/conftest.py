"""Documents for the tests of match: invented organisations, one matter in many languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.cli import _documents
from communique.records import Document

Make = Callable[..., Document]


@pytest.fixture(scope="session")
def make() -> Make:
    """Yield a maker of documents from the fields of the contract; "published" may be a day."""

    def made(**fields: Any) -> Document:
        document = _documents.document(fields)
        assert isinstance(document, Document), document
        return document

    return made


@pytest.fixture(scope="session")
def given() -> list[dict[str, Any]]:
    """Yield the invented statements as input lines, with `gold_statement`."""
    lines = Path(__file__).with_name("statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def wire(given: list[dict[str, Any]], make: Make) -> list[tuple[str, Document]]:
    return [(fields["id"], make(**fields)) for fields in given]
