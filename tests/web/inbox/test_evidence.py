"""Stored copies, differences, stories, keys, styles: what else the desk shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from communique import archive
from communique.records import Signatory
from communique.testing import builders
from communique.web.inbox import assets, differences
from communique.web.inbox.differences import Compared
from communique.web.inbox.keys import KEYS
from communique.web.ledger import models, store

HOSTILE = b"<script>alert(document.cookie)</script><h1>Reopen the locks</h1>"


def _kept(desk: Any, **given: Any) -> str:
    capture = builders.capture(**{"body": HOSTILE, **given})
    evidence = archive.keep(capture, folder=desk.workspace.evidence)
    store.DatabaseLedger().add_capture(capture, evidence)
    return f"/desk/evidence/{evidence.record_id.removeprefix('urn:uuid:')}/"


def test_a_stored_copy_is_shown_as_text_and_never_as_a_page(desk: Any) -> None:
    answer = desk.signed_in("reader").get(_kept(desk))

    assert b"&lt;script&gt;alert" in answer.content
    assert b"<script>alert" not in answer.content


def test_the_bytes_of_a_stored_copy_are_only_to_be_saved(desk: Any) -> None:
    answer = desk.signed_in("reader").get(_kept(desk) + "?as=file")

    assert answer.content == HOSTILE
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_stored_copies_are_behind_sign_in_unless_the_newsroom_shows_them(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _kept(desk)
    behind = Client().get(path).status_code

    monkeypatch.setenv("COMMUNIQUE_EVIDENCE_PUBLIC", "true")

    assert (behind, Client().get(path).status_code) == (302, 200)


@pytest.mark.parametrize(
    "given", [{"charset": "x-none"}, {"body": b"\xff\xfe\x00"}, {"media_type": None}, {"media_type": "application/pdf"}]
)
def test_any_answer_of_the_web_can_be_looked_at(desk: Any, given: dict[str, Any]) -> None:
    assert desk.signed_in().get(_kept(desk, **given)).status_code == 200


def test_a_copy_that_is_lost_is_a_sentence(desk: Any) -> None:
    path = _kept(desk)
    for file in desk.workspace.evidence.glob("*.gz"):
        file.unlink()

    answer = desk.signed_in().get(path)

    assert answer.status_code == 500
    assert b"restore" in answer.content


def test_differences_mark_other_days_signers_and_numbers() -> None:
    first = Compared(
        name="en", language="en", text="We, 1,300 pilots, meet on 4 May.", day=date(2026, 5, 1), signers=31
    )
    other = replace(first, name="el", text="Εμείς, 1.300 πιλότοι, στις 5 Μαΐου.", day=date(2026, 5, 2), signers=29)

    row = differences.rows([first, other])[1]

    assert (row.other_day, row.other_signers, row.lacks, row.adds) == (True, True, ("4",), ("5",))


def test_numbers_of_other_scripts_are_the_same_numbers() -> None:
    first = Compared(name="en", language="en", text="31 unions and 2,500 members", day=None, signers=None)
    other = replace(first, name="ar", text="٣١ نقابة و ٢٥٠٠ عضو")

    row = differences.rows([first, other])[1]

    assert (row.lacks, row.adds) == ((), ())


def _version(language: str, signers: tuple[str, ...], bodies: tuple[tuple[str, str], ...]) -> Compared:
    return Compared(
        name="x", language=language, text="", day=None, signers=len(signers), signer_names=signers, bodies=bodies
    )


def test_differences_name_signers_that_one_list_lacks() -> None:
    first = _version("en", ("Harbour Union", "Tide League"), ())

    row = differences.rows([first, _version("en", ("HARBOUR UNION", "Employers of the Port"), ())])[1]

    assert (row.unsigned, row.signed) == (("Tide League",), ("Employers of the Port",))


def test_differences_name_bodies_by_what_they_are_and_no_signers_across_languages() -> None:
    first = _version("en", ("Harbour Union",), (("xt-hpu", "Harbour Union"), ("xt-mot", "Ministry of Tides")))

    row = differences.rows([first, _version("pt", ("Sindicato",), (("xt-hpu", "Sindicato do Porto"),))])[1]

    assert (row.unnamed, row.named) == (("Ministry of Tides",), ())
    assert (row.unsigned, row.signed) == ((), ())


def test_differences_say_nothing_of_names_where_a_text_has_none_that_are_known() -> None:
    first = _version("en", (), (("xt-hpu", "Harbour Union"),))

    row = differences.rows([first, _version("ja", (), ())])[1]

    assert (row.unnamed, row.named) == ((), ())


def test_the_page_of_the_differences_shows_what_changed_at_one_address(desk: Any) -> None:
    statement = desk.statement()
    before = statement.documents.get()
    models.Document.objects.filter(pk=before.pk).update(is_current=False)
    after = models.Document.objects.get(pk=before.pk)
    after.pk, after.is_current, after.revises = None, True, before
    after.content = {**before.content, "text": before.content["text"].replace("four", "five")}
    after.save()

    page = desk.signed_in("reader").get(f"/desk/statements/{statement.key}/differences/").context["page"]

    changed = [(piece.kind, piece.text.strip()) for piece in page.revisions[0].pieces if piece.kind != "same"]
    assert changed == [("removed", "four"), ("added", "five")]


def test_stories_show_statements_on_one_matter(desk: Any) -> None:
    first, second = desk.statement(), desk.statement("Of the weir at Aldermouth.", minutes=2)
    models.Statement.objects.filter(pk=second.pk).update(story=first.story)

    (story,) = desk.signed_in("reader").get("/desk/stories/").context["page"]
    members = desk.signed_in().get(f"/desk/statements/{first.key}/").context["group"].members

    assert story.size == 2
    assert [one.address for one in members] == [f"/desk/statements/{second.key}/"]


def test_signers_stand_in_a_list_of_their_own(desk: Any) -> None:
    signers = tuple(
        Signatory(name=f"Union {number}", span=None, relation="signer", actor=None, joined=None) for number in range(31)
    )
    statement = desk.statement(signatories=signers)

    assert len(desk.signed_in().get(f"/desk/statements/{statement.key}/").context["group"].signers) == 31


def test_every_key_of_the_table_stands_on_the_help_page_and_in_every_page(desk: Any) -> None:
    shown = desk.signed_in().get("/desk/keys/").content.decode()

    assert all(key.meaning in shown for key in KEYS)
    assert set(re.findall(r'data-for="([\w-]+)"', shown)) == {key.does for key in KEYS}


def test_no_two_things_are_done_by_one_key_but_answers_while_a_question_stands() -> None:
    presses = [press for key in KEYS for press in key.presses if not key.does.startswith("same-")]

    assert len(presses) == len(set(presses))


@pytest.mark.usefixtures("desk")
def test_styles_are_kept_for_ever_under_their_digest() -> None:
    answer = Client().get(assets.folder() + "desk.css")

    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert (
        Client().get(assets.folder() + "desk.css", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "path", ["/desk/assets/x/../../../etc/passwd", "/desk/assets/x/nothing.css", "/desk/assets/x/__init__.py"]
)
def test_nothing_but_styles_and_scripts_is_served_as_them(path: str) -> None:
    assert Client().get(path).status_code in (302, 404)


def test_no_style_sheet_names_an_id_or_goes_deep() -> None:
    for name, content in assets.files().items():
        if name.endswith(".css") and name != assets.STYLE:
            selectors = re.findall(r"^([^@{}/*]+)\{", re.sub(r"/\*.*?\*/", "", content.decode(), flags=re.S), re.M)
            assert not [one for one in selectors if re.search(r"#[\w-]+", one)], name
            assert not [part for one in selectors for part in one.split(",") if part.count(".") > 2], name


def test_no_script_is_longer_than_150_lines() -> None:
    scripts = {name: content for name, content in assets.files().items() if name.endswith(".js")}

    assert max(content.count(b"\n") for content in scripts.values()) < 150


def test_unknown_addresses_of_the_desk_are_a_sentence(desk: Any) -> None:
    answer = desk.signed_in().get("/desk/nothing/of/this/")

    assert answer.status_code == 404
    assert b"no such page at this desk" in answer.content


def test_one_click_leads_from_a_dispatch_to_its_page_as_it_stood(desk: Any) -> None:
    made = desk.published()
    digest = models.Capture.objects.get().digest
    reader = desk.signed_in("reader")
    assert f'href="/desk/evidence/{digest}/"' in reader.get(f"/desk/dispatches/{made.number}/").content.decode()

    answer = reader.get(f"/desk/evidence/{digest}/", follow=True)

    assert answer.status_code == 200
    assert digest in answer.content.decode()


def test_a_digest_that_is_not_stored_is_a_sentence(desk: Any) -> None:
    answer = desk.signed_in("reader").get(f"/desk/evidence/sha256:{'0' * 64}/")

    assert answer.status_code == 404
    assert "There is no stored copy" in answer.content.decode()
