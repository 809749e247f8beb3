"""One statement's walk: from a feed to the books, and what becomes of it there when its page changes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from communique import archive
from communique.flow.reading import Here
from communique.records import Capture, Document, Hints, Trouble
from communique.testing.web import Answer

from .conftest import World, article, feed

LOCKS = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
BARGES = "Since 14 January 37 barges have waited below the weir, and 212 members have had no work."
PAY = "The Union of River Pilots rejects the offer of 2.1 per cent that the Port Authority made on 27 February."
TIDE = "Members in all eleven harbours will vote on a strike between 9 and 13 March, the union's council decided."


def seen(world: World) -> dict[str, Document]:
    """Yield the documents in the books, by path; the latest where there are several."""
    return {"/" + entry.url.split("/", 3)[3]: entry.document for entry in world.ledger.entries()}


def two_statements(world: World) -> None:
    world.show(
        {
            "/feed.xml": feed(world.url("/locks"), world.url("/pay")),
            "/locks": article("Reopen the locks", LOCKS, BARGES),
            "/pay": article("No to 2.1 per cent", PAY, TIDE),
        }
    )
    world.watch()


def test_what_a_feed_names_is_captured_read_and_entered(world: World) -> None:
    two_statements(world)

    tally, _ = world.collect()

    assert (tally.visits, tally.captures, tally.found, tally.documents, tally.troubles) == (3, 3, 2, 2, 0)
    assert world.ledger.counts() == {
        "sources": 1, "pages": 2, "captures": 3, "statements": 2, "documents": 2, "current": 2,
    }  # fmt: skip
    assert LOCKS in seen(world)["/locks"].text
    assert "Quay 4" not in seen(world)["/locks"].text


def test_a_document_is_entered_with_what_was_coded_from_it(world: World) -> None:
    two_statements(world)

    world.collect()

    codings = [entry.coding for entry in world.ledger.entries()]
    assert all(coding is not None for coding in codings)
    assert any(event.type == "CALL" for coding in codings if coding for event in coding.events)


def test_the_list_of_a_page_without_feed_is_followed(world: World) -> None:
    rows = "".join(
        f'<li><a href="/s/{number}">River pilots speak about lock number {number} at length</a> '
        f"<time datetime='2026-02-{number:02}'>{number} February 2026</time></li>"
        for number in range(1, 9)
    )
    pages = {f"/s/{number}": article(f"Lock {number}", f"{LOCKS} Lock {number}.", BARGES) for number in range(1, 9)}
    world.show({"/s/": Answer(body=f"<html><body><main><ul>{rows}</ul></main></body></html>".encode()), **pages})
    world.watch(url=world.url("/s/"), kind="listing")

    tally, _ = world.collect()

    assert (tally.found, tally.documents) == (8, 8)


PINNED = (
    b'<ul><li class="sticky"><a href="/s/charter">The charter of the river pilots, in force since 1991</a> '
    b'<time datetime="2026-02-28">28 February 2026</time></li>'
)


def listing(numbers: range, older: str) -> Answer:
    """Yield one page of a list of statements, with a link to the next one."""
    entries = "".join(
        f'<li><time datetime="2026-02-{number:02}">{number} February 2026</time> '
        f'<a href="/statements/{number}/">The pilots of the upper river answer question number {number}</a></li>'
        for number in numbers
    )
    pager = f'<nav class="pager"><a rel="next" href="{older}">Older statements</a></nav>'
    return Answer(body=f"<html><body><main><ul>{entries}</ul></main>{pager}</body></html>".encode())


def test_a_list_seen_for_the_first_time_is_paged_back_and_later_not(world: World) -> None:
    world.show({"/list/": listing(range(28, 20, -1), "/list/2/"), "/list/2/": listing(range(20, 12, -1), "/list/")})
    world.watch(url=world.url("/list/"), kind="listing")

    first, _ = world.collect()
    world.later(days=1)
    world.collect()

    assert first.found == 16
    assert world.asked("/list/2/") == [200]


def test_a_desk_may_wish_for_the_first_page_of_a_list_alone(world: World) -> None:
    world.show({"/list/": listing(range(28, 20, -1), "/list/2/"), "/list/2/": listing(range(20, 12, -1), "/list/")})
    world.watch(url=world.url("/list/"), kind="listing")
    world.first_pages = 1

    first, _ = world.collect()

    assert (first.found, world.asked("/list/2/")) == (8, [])


def test_entries_that_are_pinned_on_every_page_of_a_list_are_one(world: World) -> None:
    pinned = Answer(body=listing(range(20, 12, -1), "/list/").body.replace(b"<ul>", PINNED))
    first = Answer(body=listing(range(28, 20, -1), "/list/2/").body.replace(b"<ul>", PINNED))
    world.show({"/list/": first, "/list/2/": pinned})
    world.watch(url=world.url("/list/"), kind="listing")

    tally, _ = world.collect()

    assert tally.found == 17


def test_every_answer_is_evidence_before_anything_is_made_of_it(world: World) -> None:
    two_statements(world)

    _, visits = world.collect()

    for visit in visits:
        assert visit.kept is not None
        again = archive.answer(visit.kept.evidence, folder=world.evidence)
        assert isinstance(again, Capture)
        assert again.body == visit.kept.capture.body
    assert _responses(world.evidence) == Counter({visit.kept.capture.url: 1 for visit in visits if visit.kept})


def _responses(folder: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            found.update(
                record.rec_headers.get_header("WARC-Target-URI")
                for record in ArchiveIterator(stream)
                if record.rec_type in ("response", "revisit")
            )
    return found


def test_nothing_new_is_entered_when_nothing_changed(world: World) -> None:
    two_statements(world)
    world.collect()
    before = world.ledger.counts()
    world.later(hours=2)

    tally, visits = world.collect()

    assert (tally.documents, tally.found, tally.revisions, tally.troubles) == (0, 0, 0, 0)
    assert {visit.kept.capture.status for visit in visits if visit.kept} == {304}
    assert {**before, "captures": before["captures"] + tally.captures} == world.ledger.counts()


def test_an_unchanged_page_is_asked_for_by_its_validators(world: World) -> None:
    two_statements(world)
    world.collect()
    world.later(hours=2)

    world.collect()

    assert world.asked("/locks") == [200, 304]
    assert world.asked("/feed.xml") == [200, 304]


def test_a_page_that_never_says_unchanged_is_read_once_all_the_same(world: World) -> None:
    two_statements(world)
    plain = article("Reopen the locks", LOCKS, BARGES)
    world.show({"/feed.xml": feed(world.url("/locks")), "/locks": lambda _: Answer(body=plain.body, headers=())})
    world.collect()
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.documents, tally.revisions) == (0, 0)
    assert len(world.ledger.entries()) == 1


def test_a_silent_edit_makes_a_revision_of_the_same_statement(world: World) -> None:
    two_statements(world)
    world.collect()
    edited = BARGES.replace("212 members", "118 members")
    world.show({"/feed.xml": feed(world.url("/locks")), "/locks": article("Reopen the locks", LOCKS, edited)})
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.documents, tally.revisions) == (1, 1)
    first, second = (entry for entry in world.ledger.entries() if entry.url.endswith("/locks"))
    assert second.change is not None
    assert second.change.material
    assert "numbers" in second.change.changed
    assert second.assignment.statement == first.assignment.statement
    assert world.ledger.counts()["current"] == 2


def test_an_edit_of_menus_and_footers_makes_no_revision(world: World) -> None:
    two_statements(world)
    world.collect()
    other = article("Reopen the locks", LOCKS, BARGES)
    world.show(
        {
            "/feed.xml": feed(world.url("/locks")),
            "/locks": Answer(body=other.body.replace(b"Quay 4", b"Harbour House, open until 5")),
            "/pay": article("No to 2.1 per cent", PAY, TIDE),
        }
    )
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.documents, tally.revisions) == (0, 0)
    assert world.asked("/locks") == [200, 200]


def test_a_page_that_is_gone_keeps_its_document_and_says_so(world: World) -> None:
    two_statements(world)
    world.collect()
    world.show({"/feed.xml": feed(world.url("/locks"))})
    world.later(hours=2)

    tally, visits = world.collect()

    troubles = [visit.trouble for visit in visits if visit.trouble]
    assert {trouble.kind for trouble in troubles} == {"gone"}
    assert tally.troubles == 2
    assert set(seen(world)) == {"/locks", "/pay"}
    assert world.ledger.counts()["current"] == 2


def test_the_same_statement_on_two_pages_is_one_statement(world: World) -> None:
    world.show(
        {
            "/feed.xml": feed(world.url("/locks"), world.url("/press/locks-2026")),
            "/locks": article("Reopen the locks", LOCKS, BARGES, TIDE),
            "/press/locks-2026": article("Reopen the locks", LOCKS, BARGES, TIDE),
        }
    )
    world.watch()

    world.collect()

    assert (world.ledger.counts()["documents"], world.ledger.counts()["statements"]) == (2, 1)


def test_a_source_that_fails_is_a_trouble_and_others_go_on(world: World) -> None:
    two_statements(world)
    world.watch(id="dead", url="http://nowhere.localhost:1/feed.xml")

    tally, visits = world.collect()

    (trouble,) = (visit.trouble for visit in visits if visit.trouble)
    assert trouble.room == "collect"
    assert "nowhere.localhost" in trouble.detail
    assert tally.documents == 2


def test_a_failing_source_is_asked_ever_more_rarely(world: World) -> None:
    world.show({"/feed.xml": Answer(status=500)})
    world.watch()
    pauses = []
    for _ in range(4):
        world.collect()
        next_at = world.ledger.next_due_at()
        assert next_at is not None
        pauses.append(next_at - world.clock.now())
        world.clock.seconds += pauses[-1].total_seconds()

    assert pauses == [timedelta(hours=hours) for hours in (2, 4, 8, 16)]


def test_a_failing_page_is_given_up_after_some_tries(world: World) -> None:
    world.show({"/feed.xml": feed(world.url("/locks")), "/locks": Answer(status=503)})
    world.watch(pause_s=30 * 86400)
    for _ in range(12):
        world.collect()
        world.later(days=1)

    assert len(world.asked("/locks")) == 6


def test_a_feed_that_is_none_is_a_trouble_of_reading(world: World) -> None:
    world.show({"/feed.xml": Answer(body=b"<h1>Welcome to our new site</h1>")})
    world.watch()

    tally, visits = world.collect()

    (trouble,) = (visit.trouble for visit in visits if visit.trouble)
    assert (trouble.room, tally.troubles, tally.captures) == ("read", 1, 1)


def test_addresses_that_no_browser_opens_are_not_found(world: World) -> None:
    odd = ("javascript:alert(1)", "mailto:press@rivermen.example", "ftp://rivermen.example/a", "http://", "")
    world.show({"/feed.xml": feed(*odd, world.url("/locks")), "/locks": article("Reopen the locks", LOCKS, BARGES)})
    world.watch()

    tally, _ = world.collect()

    assert (tally.found, tally.troubles) == (1, 0)


def test_a_mail_is_entered_once(world: World, tmp_path: Path) -> None:
    mails = tmp_path / "mail" / "new"
    mails.mkdir(parents=True)
    (mails.parent / "cur").mkdir()
    head = "From: press@rivermen.example\nDate: Sun, 1 Mar 2026 09:00:00 +0000\nMessage-ID: <locks@rivermen.example>"
    (mails / "1").write_text(f"{head}\nSubject: Reopen the locks\n\n{LOCKS}\n\n{BARGES}\n", encoding="ascii")
    world.watch(id="mail", url=mails.parent.as_uri(), kind="mail", pause_s=60)

    first, _ = world.collect()
    world.later(hours=1)
    second, _ = world.collect()

    assert (first.documents, second.visits, second.captures, second.documents) == (1, 1, 0, 0)


def test_a_mail_that_cannot_be_read_is_told_once(world: World, tmp_path: Path) -> None:
    mails = tmp_path / "mail" / "new"
    mails.mkdir(parents=True)
    (mails.parent / "cur").mkdir()
    (mails / "1").write_text("From: a@b.example\nMessage-ID: <empty@b.example>\nSubject: \n\n\n", encoding="ascii")
    world.watch(id="mail", url=mails.parent.as_uri(), kind="mail", pause_s=60)

    first, _ = world.collect()
    world.later(hours=1)
    second, _ = world.collect()

    assert (first.troubles, first.captures) == (1, 1)
    assert (second.troubles, second.captures) == (0, 0)


def test_what_is_wrong_with_a_single_file_is_told_once(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "notes.docx").write_bytes(b"PK")
    world.watch(id="folder", url=folder.as_uri(), kind="folder", pause_s=60)
    told = []
    for name in ("notes.docx", "notes.docx", "more.docx"):
        (folder / name).write_bytes(b"PK")
        told.append(world.collect()[0].troubles)
        world.later(days=2)

    assert told == [1, 0, 1]


def test_a_folder_that_is_missing_is_told_at_each_visit(world: World, tmp_path: Path) -> None:
    world.watch(id="folder", url=(tmp_path / "none").as_uri(), kind="folder", pause_s=60)
    told = []
    for _ in range(2):
        told.append(world.collect()[0].troubles)
        world.later(days=2)

    assert told == [1, 1]


def test_a_watched_page_is_revised_under_its_own_address(world: World) -> None:
    world.show({"/position": article("Our position on locks", LOCKS, BARGES)})
    world.watch(url=world.url("/position"), kind="page")
    world.collect()
    world.show({"/position": article("Our position on locks", LOCKS, TIDE)})
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.documents, tally.revisions) == (1, 1)
    assert world.ledger.counts()["current"] == 1


def test_a_fault_of_ours_ends_the_pass_and_what_was_not_entered_is_still_due(world: World) -> None:
    two_statements(world)
    world.reader = _Faulty()

    with pytest.raises(ZeroDivisionError):
        world.collect()

    assert world.ledger.counts()["documents"] == 0
    assert world.ledger.next_due_at() is not None
    world.reader = Here()
    tally, _ = world.collect()
    assert tally.documents == 2
    assert world.ledger.counts()["captures"] >= 3


class _Faulty(Here):
    """A reader with a fault in it."""

    def document(self, capture: Capture, hints: Hints) -> Document | Trouble:
        raise ZeroDivisionError
