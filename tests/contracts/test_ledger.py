"""What flow relies on, held by all three ledgers alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from communique import match
from communique.flow.ledger import Due, Found
from communique.records import Assignment, Change, Hints, Kinship, Trouble, Validators
from communique.testing.builders import (
    MORNING,
    PAGE,
    capture,
    document,
    entry,
    evidence,
    found,
    original,
    revision,
    source,
    visited,
)

from .conftest import HOUR, Books, due, entered, texts

LOCKS, MARCH = 1, 2  # keys

BUSY = Trouble(room="collect", kind="timeout", detail="rivermen.example: no answer in 30 s", passing=True)


def test_empty_books_have_nothing_due(books: Books) -> None:
    assert due(books.ledger) == Due(sources=[], pages=[])
    assert books.ledger.next_due_at() is None


def test_a_source_is_due_at_once_and_comes_back_as_it_was_entered(books: Books) -> None:
    whole = source(publisher="int-ituc", languages=("pt", "en"), pause_s=900, kind="listing", name="Práticos do Rio")

    assert books.ledger.add_source(whole, now=MORNING)

    (only,) = due(books.ledger).sources
    assert (only.source, only.validators, only.troubles_in_row) == (whole, Validators(), 0)
    assert books.ledger.next_due_at() == MORNING


def test_a_source_is_entered_once_by_its_address_and_by_its_id(watched: Books) -> None:
    same_address = source(id="another-name")
    same_id = source(id=source().id, url="https://elsewhere.example/feed")

    assert not watched.ledger.add_source(same_address, now=MORNING)
    assert not watched.ledger.add_source(same_id, now=MORNING)
    assert watched.counts()["sources"] == 1


def test_a_source_is_not_due_before_its_time(watched: Books) -> None:
    watched.ledger.source_visited(source().id, visited(next_at=MORNING + HOUR))

    assert due(watched.ledger, hours=0.99).sources == []
    assert [one.source.id for one in due(watched.ledger, hours=1).sources] == [source().id]
    assert watched.ledger.next_due_at() == MORNING + HOUR


def test_the_longest_due_comes_first_and_no_more_than_asked_for(books: Books) -> None:
    for hours in (3, 1, 2):
        books.ledger.add_source(source(url=f"https://paper-{hours}.example/rss"), now=MORNING + hours * HOUR)

    early = due(books.ledger, hours=9, limit=2).sources

    assert [one.source.url for one in early] == ["https://paper-1.example/rss", "https://paper-2.example/rss"]


def test_what_a_site_gave_to_send_back_is_remembered(watched: Books) -> None:
    given = Validators(etag='W/"a1"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")

    watched.ledger.source_visited(source().id, visited(next_at=MORNING, validators=given))

    assert due(watched.ledger).sources[0].validators == given


def test_troubles_in_a_row_are_counted_until_one_visit_goes_well(watched: Books) -> None:
    failed = visited(next_at=MORNING, answered=False, trouble=BUSY)
    watched.ledger.source_visited(source().id, failed)
    watched.ledger.source_visited(source().id, failed)

    assert due(watched.ledger).sources[0].troubles_in_row == 2

    watched.ledger.source_visited(source().id, visited(next_at=MORNING))
    assert due(watched.ledger).sources[0].troubles_in_row == 0


def test_a_visit_without_a_next_time_leaves_a_source_due(watched: Books) -> None:
    watched.ledger.source_visited(source().id, visited(next_at=None))

    assert len(due(watched.ledger).sources) == 1


def test_an_address_is_found_once_however_it_is_written(watched: Books) -> None:
    spellings = (PAGE, PAGE + "/", PAGE.replace("https", "http"), PAGE + "?utm_source=letter#top")

    new = watched.ledger.add_found(source().id, [found(one) for one in spellings], now=MORNING)
    again = watched.ledger.add_found(source().id, [found(spellings[1])], now=MORNING + HOUR)

    assert (new, again, watched.counts()["pages"]) == (1, 0, 1)


def test_what_the_list_said_of_an_address_goes_with_it(books: Books) -> None:
    books.ledger.add_source(source(languages=("ar", "fr")), now=MORNING)
    told = Found(url=PAGE, listing_date=date(2026, 3, 1), feed_date="2026-03-01T20:15:00+03:00", pinned=True)

    books.ledger.add_found(source().id, [told], now=MORNING)

    (page,) = due(books.ledger).pages
    hints = Hints(listing_date=told.listing_date, feed_date=told.feed_date, languages=("ar", "fr"))
    assert (page.url, page.source.id, page.hints) == (PAGE, source().id, hints)
    assert (page.digest, page.visits, page.troubles_in_row) == (None, 0, 0)


def test_a_known_address_keeps_what_was_said_of_it_first(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found(listing_date=date(2026, 3, 1))], now=MORNING)
    watched.ledger.add_found(source().id, [found(listing_date=date(2026, 3, 2))], now=MORNING + HOUR)

    assert due(watched.ledger).pages[0].hints.listing_date == date(2026, 3, 1)


def test_no_address_is_too_long_to_be_entered(watched: Books) -> None:
    long = [found(f"{PAGE}?list={'é' * 4000}{number}") for number in (1, 2)]

    assert watched.ledger.add_found(source().id, long, now=MORNING) == 2
    assert watched.ledger.add_found(source().id, long, now=MORNING) == 0
    assert watched.ledger.is_known(long[0].url)
    assert [page.url for page in due(watched.ledger).pages] == [one.url for one in long]


def test_a_thousand_addresses_are_entered_at_once(watched: Books) -> None:
    many = [found(f"{PAGE}/{number}") for number in range(1500)]

    assert watched.ledger.add_found(source().id, many, now=MORNING) == 1500
    assert watched.ledger.add_found(source().id, many, now=MORNING) == 0


def test_a_page_is_visited_again_only_when_it_is_told_so(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    body = "sha256:" + "ab" * 32

    watched.ledger.page_visited(PAGE, visited(next_at=MORNING + HOUR, digest=body))

    assert due(watched.ledger).pages == []
    (page,) = due(watched.ledger, hours=1).pages
    assert (page.visits, page.digest) == (1, body)
    watched.ledger.page_visited(PAGE, visited(next_at=None))
    assert due(watched.ledger, hours=10_000).pages == []


def test_a_page_keeps_its_body_digest_where_none_came(watched: Books) -> None:
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    watched.ledger.page_visited(PAGE, visited(next_at=MORNING, digest="sha256:" + "ab" * 32))

    watched.ledger.page_visited(PAGE, visited(next_at=MORNING, answered=False, trouble=BUSY))

    (page,) = due(watched.ledger).pages
    assert (page.visits, page.digest, page.troubles_in_row) == (1, "sha256:" + "ab" * 32, 1)


def test_addresses_and_bodies_are_known_once_entered(watched: Books) -> None:
    kept = capture(url="https://rivermen.example/fax.txt", body=b"All locks are shut.")
    watched.ledger.add_found(source().id, [found()], now=MORNING)
    watched.ledger.add_capture(kept, evidence(kept))

    assert watched.ledger.is_known(PAGE + "/")
    assert watched.ledger.is_known(kept.digest)
    assert not watched.ledger.is_known("https://rivermen.example/other")
    assert not watched.ledger.is_known("sha256:" + "0" * 64)


def test_the_same_capture_is_entered_once(watched: Books) -> None:
    kept = capture()

    assert watched.ledger.add_capture(kept, evidence(kept))
    assert not watched.ledger.add_capture(kept, evidence(kept))
    assert watched.counts()["captures"] == 1


def test_a_capture_of_a_body_that_was_seen_before_is_another_capture(watched: Books) -> None:
    early, late = capture(), capture(fetched_at=MORNING + HOUR)

    assert watched.ledger.add_capture(early, evidence(early))
    assert watched.ledger.add_capture(late, evidence(late))


def test_a_capture_with_a_long_or_odd_media_type_is_entered(watched: Books) -> None:
    odd = capture(media_type="text/" + "x" * 5000)

    assert watched.ledger.add_capture(odd, evidence(odd))


def test_a_document_is_current_at_its_address_as_it_was_entered(watched: Books) -> None:
    one = document()

    made = entered(watched.ledger, one)

    known = watched.ledger.current(PAGE + "/?utm_medium=mail")
    assert known is not None
    assert (known.document, known.assignment) == (one, made.assignment)
    assert watched.ledger.current("https://rivermen.example/other") is None


def test_a_document_with_every_field_comes_back_the_same(watched: Books) -> None:
    odd = "İstanbul\u00a0’çalışanları’ \u200fنقابة\u200e 協会 🚢"
    one = document(title=odd, text=f"{odd}\n\n{odd}", language="tr-Latn-TR", standfirst=odd, links=(PAGE,))

    entered(watched.ledger, one)

    known = watched.ledger.current(PAGE)
    assert known is not None
    assert known.document == one


def test_characters_that_no_database_takes_do_not_stop_a_document(watched: Books) -> None:
    one = document(title="Locks \x00 reopen", text="No \x00 barge \ud800 waits.")

    entered(watched.ledger, one)

    known = watched.ledger.current(PAGE)
    assert known is not None
    assert "barge" in known.document.text


def test_of_two_texts_at_one_address_only_the_later_is_current(watched: Books) -> None:
    ledger, later = watched.ledger, document(text="The locks reopen on 9 March.")
    first = entered(ledger, document())
    known = ledger.current(PAGE)
    assert known is not None
    kept = capture(body=later.text.encode())
    ledger.add_capture(kept, evidence(kept))

    change = Change(changed=("text",), material=True, summary="The text is another.")
    ledger.add_document(revision(later, evidence(kept), known=known, change=change))

    now = ledger.current(PAGE)
    assert now is not None
    assert (now.document, now.assignment.statement) == (later, first.assignment.statement)
    assert (watched.counts()["documents"], watched.counts()["current"], watched.counts()["statements"]) == (2, 1, 1)


def test_what_was_revised_is_no_candidate_any_more(watched: Books) -> None:
    ledger, later = watched.ledger, document(text="The locks reopen on 9 March.")
    entered(ledger, document(), keys=frozenset({LOCKS}))
    known = ledger.current(PAGE)
    assert known is not None
    kept = capture(body=later.text.encode())
    ledger.add_capture(kept, evidence(kept))

    ledger.add_document(revision(later, evidence(kept), known=known, keys=frozenset({LOCKS, MARCH})))

    assert [one.fingerprint.digest for one in ledger.candidates(frozenset({LOCKS}), limit=9)] == [later.digest]


def test_a_document_at_an_address_that_no_list_named_gets_a_page_that_is_not_visited(watched: Books) -> None:
    mail = document(url="mid:locks@rivermen.example")

    entered(watched.ledger, mail)

    assert watched.ledger.is_known("mid:locks@rivermen.example")
    assert due(watched.ledger, hours=10_000).pages == []


def test_candidates_share_a_key_and_those_that_share_most_come_first(watched: Books) -> None:
    one, two, three = texts(3)
    entered(watched.ledger, one, keys=frozenset({1}))
    entered(watched.ledger, two, keys=frozenset({1, 2, 3}))
    entered(watched.ledger, three, keys=frozenset({26}))

    near = watched.ledger.candidates(frozenset({1, 2, 3}), limit=9)

    assert [candidate.fingerprint.digest for candidate in near] == [two.digest, one.digest]
    assert near[0].statement == original(two).statement
    assert near[0].story == original(two).story


def test_a_rare_key_weighs_more_than_a_common_one(watched: Books) -> None:
    documents = texts(6)
    for one in documents[:5]:
        entered(watched.ledger, one, keys=frozenset({1}))
    entered(watched.ledger, documents[5], keys=frozenset({2}))

    near = watched.ledger.candidates(frozenset({1, 2}), limit=3)

    found = [candidate.fingerprint.digest for candidate in near]
    assert found == [one.digest for one in (documents[5], *documents[:2])]


def test_a_key_that_very_many_share_says_nothing(watched: Books) -> None:
    kept = capture()
    watched.ledger.add_capture(kept, evidence(kept))
    with watched.ledger.transaction():
        for one in texts(match.SHARERS):
            watched.ledger.add_document(entry(one, evidence(kept), keys=frozenset({1})))

    assert watched.ledger.candidates(frozenset({1}), limit=9) == []


def test_marks_are_counted_anew_as_the_books_grow(watched: Books) -> None:
    assert watched.ledger.background().documents == 0

    for number, one in enumerate(texts(20), 1):
        entered(watched.ledger, one)
        assert number - 2 <= watched.ledger.background().documents <= number


def test_without_keys_there_are_no_candidates(watched: Books) -> None:
    entered(watched.ledger, document())

    assert watched.ledger.candidates(frozenset(), limit=9) == []


def test_documents_of_one_statement_are_counted_as_one_statement(watched: Books) -> None:
    ledger, (one, two) = watched.ledger, texts(2)
    first = entered(ledger, one)
    known = ledger.current(one.url)
    assert known is not None
    joined = Assignment(
        statement=first.assignment.statement, relation="copy", of=known.key, story="t-another", score=0.9
    )

    entered(ledger, two, assignment=joined)

    second = ledger.current(two.url)
    assert second is not None
    assert second.assignment == replace(joined, story=first.assignment.story)
    assert watched.counts()["statements"] == 1


def test_statements_that_are_joined_are_one_from_then_on(watched: Books) -> None:
    ledger = watched.ledger
    first = entered(ledger, document(), keys=frozenset({LOCKS}))
    second = entered(ledger, document(url=PAGE + "-2", text="Reopen the four locks!"), keys=frozenset({LOCKS}))
    names = [one.assignment.statement for one in (first, second)]

    ledger.join(names[1], [names[0]], now=MORNING + HOUR)
    ledger.join(names[1], [names[0]], now=MORNING + HOUR)

    assert {one.statement for one in ledger.candidates(frozenset({LOCKS}), limit=9)} == {names[0]}
    assert [one.fingerprint.digest for one in ledger.members(names[1])] == [
        first.document.digest,
        second.document.digest,
    ]
    third = entered(ledger, document(url=PAGE + "-3", text="Four locks."), assignment=second.assignment)
    assert ledger.members(names[0])[-1].fingerprint.digest == third.document.digest


def test_relations_can_be_told_anew(watched: Books) -> None:
    ledger = watched.ledger
    first = entered(ledger, document())
    joined = replace(first.assignment, relation="copy", of="1", score=0.9)
    entered(ledger, document(url=PAGE + "-2"), assignment=joined)
    one, other = ledger.members(first.assignment.statement)

    ledger.retell(
        [
            Kinship(key=one.key, relation="excerpt", of=other.key, score=0.8),
            Kinship(key=other.key, relation="original", of=None, score=1.0),
        ]
    )

    told = [known.assignment for url in (PAGE, PAGE + "-2") if (known := ledger.current(url))]
    assert [(one.relation, one.of, one.score) for one in told] == [("excerpt", other.key, 0.8), ("original", None, 1.0)]
