"""Fingerprints as a ledger keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from communique import match
from communique.records import Document

Make = Callable[..., Document]
Wire = list[tuple[str, Document]]


def _told(one: match.Fingerprint | None) -> list[object]:
    return [getattr(one, field.name) for field in fields(match.Fingerprint)]


def test_what_is_kept_comes_back_whole(wire: Wire) -> None:
    for _, document in wire:
        fingerprint = match.fingerprint(document)

        kept = match.encoded(fingerprint)

        assert _told(match.decoded(kept)) == _told(fingerprint)


def test_a_document_with_nothing_but_a_word_comes_back_too(make: Make) -> None:
    fingerprint = match.fingerprint(make(text="No."))

    assert _told(match.decoded(match.encoded(fingerprint))) == _told(fingerprint)


def test_what_another_version_kept_is_to_be_made_anew(wire: Wire) -> None:
    kept = match.encoded(match.fingerprint(wire[0][1]))

    assert match.decoded(bytes([kept[0] + 1]) + kept[1:]) is None


def test_it_is_small(wire: Wire) -> None:
    for _, document in wire:
        assert len(match.encoded(match.fingerprint(document))) < 600 + 6 * len(document.text)
