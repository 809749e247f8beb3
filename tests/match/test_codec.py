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


def test_what_is_kept_tells_all_that_the_fingerprint_does_when_it_is_asked(wire: Wire) -> None:
    for _, document in wire:
        content = match.encoded(match.fingerprint(document))

        kept = match.kept(content)

        assert kept is not None
        assert match.encoded(kept) == content


def test_a_document_finds_the_same_statement_among_kept_and_whole_fingerprints(wire: Wire) -> None:
    new, *others = [match.fingerprint(document) for _, document in wire]
    whole = [_candidate(at, one) for at, one in enumerate(others)]
    kept = [_candidate(at, match.kept(match.encoded(one))) for at, one in enumerate(others)]

    assert match.statement(new, kept) == match.statement(new, whole)


def _candidate(at: int, one: match.Fingerprint | None) -> match.Candidate:
    assert one is not None
    return match.Candidate(fingerprint=one, key=str(at), statement=f"s-{at}", story="t-1")
