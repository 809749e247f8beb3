"""One new document against what the desk knows: nothing that is known moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from communique import match
from communique.records import Document

Make = Callable[..., Document]
Wire = list[tuple[str, Document]]


def _desk(wire: Sequence[tuple[str, Document]]) -> list[match.Candidate]:
    """Take the documents in one after the other, as the desk does."""
    known: list[match.Candidate] = []
    keys = {key: match.keys(document) for key, document in wire}
    for key, document in wire:
        shared = [one for one in known if keys[one.key] & keys[key]]
        found = match.statement(document, shared)
        known.append(
            match.Candidate(
                fingerprint=match.fingerprint(document), key=key, statement=found.statement, story=found.story
            )
        )
    return known


def test_one_by_one_gives_the_same_groups_as_all_at_once(wire: Wire) -> None:
    def parts(named: list[tuple[str, str]]) -> set[frozenset[str]]:
        return {frozenset(key for key, id_ in named if id_ == one) for _, one in named}

    at_once = [(key, one.statement) for (key, _), one in zip(wire, match.statements(wire), strict=True)]
    one_by_one = [(known.key, known.statement) for known in _desk(wire)]

    assert parts(one_by_one) == parts(at_once)


def test_a_document_without_candidates_is_an_original(wire: Wire) -> None:
    found = match.statement(wire[0][1], [])

    assert (found.relation, found.of, found.score) == ("original", None, 1.0)


def test_a_translation_takes_the_statement_and_the_story_of_its_group(wire: Wire) -> None:
    documents = dict(wire)
    known = match.Candidate(
        fingerprint=match.fingerprint(documents["truce-it"]), key="known", statement="s-1", story="t-1"
    )

    found = match.statement(documents["truce-pl"], [known])

    assert (found.statement, found.story, found.relation, found.of) == ("s-1", "t-1", "translation", "known")


def test_the_order_of_the_candidates_changes_nothing(wire: Wire) -> None:
    *others, (_, last) = [one for one in wire if one[0].startswith("yard")]
    known = [
        match.Candidate(fingerprint=match.fingerprint(one), key=key, statement=f"s-{key}", story=f"t-{key}")
        for key, one in others
    ]

    assert match.statement(last, known) == match.statement(last, known[::-1])


def test_true_pairs_share_a_key(wire: Wire) -> None:
    documents = dict(wire)
    yards = [match.keys(one) for key, one in documents.items() if key.startswith("yard")]

    assert all(one & other for one in yards for other in yards)


def test_keys_are_few_and_the_same_every_time(wire: Wire) -> None:
    for _, document in wire:
        assert 5 < len(match.keys(document)) <= 72
        assert max(match.keys(document)) < 1 << 36
