"""The inbox: one line a statement, counts, pages by key, search, what an empty one says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communique.records import Coding, Signatory
from communique.web.ledger import models
from communique.web.ledger.people import Role

LEAD = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
GREEK = "Η Ένωση Ποταμοπλοηγών ζητεί να ανοίξουν πάλι οι τέσσερις υδατοφράκτες."
ARABIC = "تدعو نقابة مرشدي النهر إلى إعادة فتح الأهوسة الأربعة."


def _page(desk: Any, path: str = "/desk/", role: Role = Role.READER) -> Any:
    return desk.signed_in(role).get(path).context["page"]


def test_a_line_says_who_did_what_to_whom(desk: Any) -> None:
    desk.statement()

    (line,) = _page(desk).lines

    assert (line.who, line.act) == ("Union of River Pilots", "calls on")
    assert "Ministry of Waterways" in line.what.text
    assert "to reopen the four locks" in line.what.text


def test_a_joint_statement_is_one_line_with_its_languages_and_sites(desk: Any) -> None:
    first = desk.statement()
    desk.statement(GREEK, of=first, language="el", publisher="xx-ww")
    desk.statement(ARABIC, of=first, language="ar", publisher="xx-mow")

    (line,) = _page(desk).lines

    assert (line.who, line.others, line.sites) == ("URP, Water Wardens", 1, 3)
    assert set(line.languages_whole.split(", ")) == {"English", "Greek", "Arabic"}


def test_a_line_counts_the_longest_list_of_signers(desk: Any) -> None:
    signers = tuple(
        Signatory(name=name, span=None, relation="signer", actor=None, joined=None) for name in ("A Union", "B Church")
    )
    desk.statement(signatories=(*signers, replace(signers[0], name="Not us", relation="non-signer")))

    assert _page(desk).lines[0].signers == 2


def test_a_plan_is_never_told_as_done(desk: Any) -> None:
    desk.statement(modality="planned")

    (line,) = _page(desk).lines

    assert [note.text for note in line.notes] == ["planned"]


def test_a_name_of_two_bodies_asks_which(desk: Any) -> None:
    desk.statement(undecided=True)

    (line,) = _page(desk).lines

    assert line.notes[0].text == "unsure: which “Ministry of Waterways”?"
    assert line.mark.kind == "unsure"


def test_a_statement_without_an_act_shows_its_title_in_its_language(desk: Any) -> None:
    desk.statement(ARABIC, language="ar", coding=Coding())

    (line,) = _page(desk).lines

    assert (line.act, line.what.language, line.what.direction) == ("", "ar", "rtl")
    assert line.mark.kind == "uncoded"


def test_newest_come_first_and_pages_go_on_by_key(desk: Any) -> None:
    for number in range(52):
        desk.statement(f"Statement {number} on the locks of the Alder.", minutes=number)

    first = _page(desk)
    second = _page(desk, first.older)

    titles = [line.what.text for line in (*first.lines, *second.lines)]
    assert len(first.lines) == 50
    assert titles == [f"Statement {number} on the locks of" for number in reversed(range(52))]
    assert second.older is None


def test_the_number_of_queries_does_not_grow_with_the_lines(desk: Any) -> None:
    client = desk.signed_in()
    counts = []
    for _ in range(2):
        for _ in range(4):
            first = desk.statement(f"{LEAD} {models.Document.objects.count()}")
            desk.statement(f"{GREEK} {models.Document.objects.count()}", of=first, language="el")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14


def test_search_finds_by_title_text_and_source(desk: Any) -> None:
    desk.statement()
    desk.statement("The Bakers' Guild thanks the millers for the long winter.", coding=Coding())

    assert len(_page(desk, "/desk/?q=millers").lines) == 1
    assert len(_page(desk, "/desk/?q=site+1").lines) == 1
    assert _page(desk, "/desk/?q=volcano").empty == "Nothing here says “volcano”."


def test_an_empty_inbox_says_when_the_next_source_is_due(desk: Any) -> None:
    statement = desk.statement()
    models.Statement.objects.filter(pk=statement.pk).update(stage="declined")
    models.Source.objects.update(next_visit_at=datetime.now(UTC) + timedelta(minutes=31))

    assert _page(desk).empty.startswith("All is done. The next source is due in 3")


@pytest.mark.usefixtures("desk")
def test_a_desk_without_sources_says_how_to_begin(desk: Any) -> None:
    assert _page(desk).empty.startswith("No source is watched yet.")


def test_the_bar_counts_what_waits(desk: Any) -> None:
    desk.statement()
    desk.statement("Another word on the locks.")
    models.Statement.objects.filter(documents__title__startswith="Another").update(needs_review="one number changed")

    bar = desk.signed_in().get("/desk/").context["bar"]

    counts = {place.name: place.count for place in bar.places}
    assert (counts["Inbox"], counts["Due"], counts["Snoozed"]) == ("2", "1", "0")


def test_an_opened_line_shows_its_documents_beside(desk: Any) -> None:
    statement = desk.statement()

    page = _page(desk, f"/desk/?open={statement.key}")

    assert page.opened.key == statement.key
    assert page.opened.sheets[0].language == "en"


def test_a_merged_statement_opens_as_the_one_it_belongs_to(desk: Any) -> None:
    statement, other = desk.statement(), desk.statement("The same in other words, on the locks.")
    models.Statement.objects.filter(pk=statement.pk).update(merged_into=other)

    answer = desk.signed_in().get(f"/desk/?open={statement.key}")

    assert answer.headers["Location"] == f"/desk/?open={other.key}"


@pytest.mark.parametrize(
    "query", ["view=nothing", "before=x", "q=%FF", "open=s-none", "before=s-none", "q=" + "x" * 5000]
)
def test_no_address_breaks_the_page(desk: Any, query: str) -> None:
    desk.statement()

    assert desk.signed_in().get(f"/desk/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "open=s-%00", "before=%00"])
def test_a_null_character_is_a_sentence(desk: Any, query: str) -> None:
    assert desk.signed_in().get(f"/desk/?{query}").status_code == 400


def test_the_pulse_tells_what_is_gone_and_what_is_new(desk: Any) -> None:
    gone = desk.statement()
    since = gone.first_seen_at.isoformat()
    desk.statement("A new word on the locks.", minutes=5)
    models.Statement.objects.filter(pk=gone.pk).update(stage="declined")

    told = desk.signed_in().get("/desk/pulse/", {"view": "inbox", "shown": gone.key, "since": since}).json()

    assert (told["gone"], told["fresh"], told["places"]["Inbox"]) == ([gone.key], 1, "1")
