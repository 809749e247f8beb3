"""Why two documents are or are not one statement, in words."""

from __future__ import annotations

from communique import match
from communique.records import Document

Wire = list[tuple[str, Document]]


def test_two_translations_are_explained_by_what_they_share(wire: Wire) -> None:
    documents = dict(wire)

    said = match.explanation(documents["yard-en"], documents["yard-de"])

    assert said.startswith("One statement")
    assert "1240" in said
    assert "Solheim" in said


def test_twins_are_explained_by_what_parts_them(wire: Wire) -> None:
    documents = dict(wire)

    said = match.explanation(documents["yard-en"], documents["twin-en"])

    assert said.startswith("Two statements")
    assert "Varnhaven" in said
    assert "Ostersund" in said
    assert "333 days apart" in said


def test_strangers_are_explained_by_what_is_missing(wire: Wire) -> None:
    documents = dict(wire)

    said = match.explanation(documents["cup-es"], documents["rate-ja"])

    assert "share no day, number, name or address" in said
