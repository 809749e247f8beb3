"""What stories are found by, and what bodies always write, held by all three ledgers alike."""

from __future__ import annotations

from dataclasses import replace

from communique.testing.builders import MORNING, PAGE, capture, document, evidence, original, revision, source

from .conftest import Books, entered, texts


def test_stories_are_told_by_their_current_documents_the_oldest_first(watched: Books) -> None:
    ledger, (one, two, three) = watched.ledger, texts(3)
    for text, story in ((one, "t-locks"), (two, "t-ferry"), (three, "t-locks")):
        entered(ledger, text, assignment=replace(original(text), story=story))

    told = ledger.told_in(["t-locks"], limit=9)

    assert [each.fingerprint.digest for each in told] == [one.digest, three.digest]
    assert {each.story for each in told} == {"t-locks"}


def test_of_a_long_story_the_newest_documents_are_told(watched: Books) -> None:
    documents = texts(4)
    for one in documents:
        entered(watched.ledger, one, assignment=replace(original(one), story="t-locks"))

    told = watched.ledger.told_in(["t-locks"], limit=2)

    assert [each.fingerprint.digest for each in told] == [one.digest for one in documents[2:]]


def test_a_text_that_was_revised_tells_no_story_and_no_habit(watched: Books) -> None:
    ledger = watched.ledger
    first, later = entered(ledger, document()), document(text="The locks at Aldermouth stay closed.")
    known = ledger.current(PAGE)
    assert known is not None
    kept = capture(body=later.text.encode())
    ledger.add_capture(kept, evidence(kept))
    ledger.add_document(revision(later, evidence(kept), known=known))

    told = ledger.told_in([first.assignment.story], limit=9)

    assert [one.fingerprint.digest for one in told] == [later.digest]
    assert [one.digest for one in ledger.written_by(source().id, [], limit=9)] == [later.digest]


def test_what_a_source_wrote_and_those_beside_it_is_its_newest(watched: Books) -> None:
    ledger, documents = watched.ledger, texts(5)
    ledger.add_source(source(id="other", url="https://other.example/feed"), now=MORNING)
    for one in documents[:3]:
        entered(ledger, one)
    entered(ledger, documents[3], source_id="other")
    known = ledger.current(documents[3].url)
    assert known is not None

    alone = ledger.written_by(source().id, [], limit=2)
    both = ledger.written_by(source().id, [known.key], limit=2)

    assert {one.digest for one in alone} == {one.digest for one in documents[1:3]}
    assert {one.digest for one in both} == {one.digest for one in documents[1:4]}
