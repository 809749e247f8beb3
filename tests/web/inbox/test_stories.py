"""Stories that editors name: at the desk, and on the wire from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from communique.records import Occasion
from communique.web.ledger import models, site

from .conftest import LEAD, coding, page_text, post


def _named(desk: Any, name: str = "Locks of the Alder", *, who: str = "", **given: Any) -> str:
    """Name the story of all statements, and yield what the desk said."""
    models.Statement.objects.update(story="t-locks")
    fields = {"name": name, "before": "", **given}
    return page_text(desk.signed_in("editor", who).post("/desk/stories/t-locks/name/", fields, follow=True))


def _written(desk: Any, *, folder: str = "site", full: bool = False) -> dict[str, bytes]:
    out = desk.workspace.folder / folder
    site.write(desk.workspace, out, full=full, now=datetime.now(UTC))
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_a_named_story_is_called_so_at_the_desk(desk_on: Any) -> None:
    statement = desk_on.statement()

    said = _named(desk_on)

    client = desk_on.signed_in()
    assert "Called “Locks of the Alder”" in said
    assert [one.name for one in client.get("/desk/stories/").context["page"]] == ["Locks of the Alder"]
    assert client.get(f"/desk/statements/{statement.key}/").context["group"].dossier == "Locks of the Alder"


def test_what_is_published_from_then_on_stands_together_on_the_wire(desk: Any) -> None:
    desk.published(f"{LEAD} Before.")
    second = desk.statement(f"{LEAD} After.", minutes=3)
    _named(desk)
    post(desk.signed_in(), f"/desk/statements/{second.key}/draft/")
    post(desk.signed_in(), f"/desk/statements/{second.key}/publish/", draft_version=0, reason="seen")

    files = _written(desk)

    page = files["story/locks-of-the-alder/index.html"].decode()
    assert "Locks of the Alder" in page
    assert ("/d/2/" in page, "/d/1/" in page) == (True, False)


def test_another_name_keeps_the_address_and_the_wire_is_as_if_written_whole(desk: Any) -> None:
    desk.statement()
    _named(desk)
    _publish_all(desk)
    _written(desk)

    _named(desk, "Alder locks", before="Locks of the Alder")

    files = _written(desk)
    assert "Alder locks" in files["story/locks-of-the-alder/index.html"].decode()
    assert files == _written(desk, folder="again", full=True)


def _publish_all(desk: Any) -> None:
    for row in models.Statement.objects.all():
        post(desk.signed_in(), f"/desk/statements/{row.key}/draft/")
        post(desk.signed_in(), f"/desk/statements/{row.key}/publish/", draft_version=0, reason="seen")


def test_a_naming_is_undone_until_readers_know_it(desk: Any) -> None:
    desk.statement()
    _named(desk)
    undone = page_text(post(desk.signed_in(), "/desk/undo/"))
    nothing = models.Dossier.objects.count()
    _named(desk)
    models.DispatchSection.objects.create(
        dispatch=desk.published(f"{LEAD} Now."), kind="story", key="locks-of-the-alder", number=1
    )
    models.Audit.objects.filter(action="draft").delete()

    late = page_text(post(desk.signed_in(), "/desk/undo/"))

    assert ("Undone: name story" in undone, nothing) == (True, 0)
    assert "readers know it by that name already" in late.replace("Readers", "readers")


def test_a_slower_namer_is_told_what_it_is_called(desk: Any) -> None:
    desk.statement()
    _named(desk, who="ana")

    said = _named(desk, "The locks", who="ben")

    assert "The story is called “Locks of the Alder” by now" in said


def test_two_stories_of_one_name_have_two_addresses(desk: Any) -> None:
    desk.statement()
    _named(desk)
    other = desk.statement(f"{LEAD} Again.", minutes=5)

    post(desk.signed_in(), f"/desk/stories/{other.story}/name/", name="Locks of the Alder", before="")

    assert [row.slug for row in models.Dossier.objects.all()] == ["locks-of-the-alder", "locks-of-the-alder-2"]


@pytest.mark.parametrize("name", ["", "   ", "Locks of the Alder"])
def test_no_name_or_the_same_does_nothing(desk: Any, name: str) -> None:
    desk.statement()
    _named(desk)

    said = _named(desk, name, before="Locks of the Alder")

    assert "Nothing was done" in said
    assert models.Audit.objects.filter(action="name story").count() == 1


def test_a_story_that_is_not_there_is_a_sentence(desk: Any) -> None:
    assert desk.signed_in().get("/desk/stories/t-nothing/").status_code == 404
    assert desk.signed_in().post("/desk/stories/t-nothing/name/", {"name": "x"}).status_code == 404


ARABIC = "تدعو نقابة مرشدي النهر إلى إعادة فتح الأهوسة"
GREEK = "Η Ένωση ζητεί να ανοίξουν πάλι οι υδατοφράκτες"
JAPANESE = "水先人組合、水門の再開を求める"


@pytest.mark.parametrize(("title", "language"), [(ARABIC, "ar"), (GREEK, "el"), (JAPANESE, "ja")])
def test_a_story_without_a_name_is_called_by_its_title_as_it_is_written(desk: Any, title: str, language: str) -> None:
    desk.statement(title=title, language=language)
    models.Statement.objects.update(story="t-locks")

    page = desk.signed_in().get("/desk/stories/t-locks/").context["page"]

    assert (page.story.called.text, page.story.called.language, page.wording) == (title, language, "")


def test_a_story_is_called_after_what_most_sites_carry_in_the_words_of_the_wire_where_it_has_some(desk: Any) -> None:
    joint = desk.statement(title=GREEK, language="el")
    desk.statement(f"{LEAD} Soon.", of=joint, title="Reopen the locks", language="en")
    desk.statement(f"{LEAD} Thanks.", title="Thanks to the lock-keeper", minutes=9)
    models.Statement.objects.update(story="t-locks")

    page = desk.signed_in().get("/desk/stories/t-locks/").context["page"]

    assert (page.story.called.text, page.wording) == ("Reopen the locks", "Reopen the locks")


@pytest.mark.parametrize(
    ("name", "slug"), [("قضية الأهوسة", None), ("水門の再開", None), ("Οι υδατοφράκτες", "oi-ydatofraktes")]
)
def test_a_name_that_latin_letters_cannot_spell_has_the_day_as_address(desk: Any, name: str, slug: str | None) -> None:
    desk.statement()

    _named(desk, name)

    row = models.Dossier.objects.get()
    assert row.name == name
    assert row.slug == (slug or f"{row.named_at:%Y-%m-%d}")


def test_a_list_of_stories_shows_the_newest_day_first(desk: Any) -> None:
    for day in ("2026-03-02", "2026-03-05", "2026-03-03"):
        models.Statement.objects.filter(pk=desk.statement(f"{LEAD} {day}").pk).update(day=day, story="t-locks")

    (story,) = desk.signed_in().get("/desk/stories/").context["page"]

    assert [f"{one.day}" for one in story.members] == ["2026-03-05", "2026-03-03", "2026-03-02"]


def _moved(desk: Any, statement: models.Statement, **fields: Any) -> models.Statement:
    version = models.Statement.objects.get(pk=statement.pk).version
    post(desk.signed_in(), f"/desk/statements/{statement.key}/story/", version=version, **fields)
    return models.Statement.objects.get(pk=statement.pk)


def test_a_statement_is_taken_out_of_its_story_and_undone(desk_on: Any) -> None:
    statement, other = desk_on.statement(), desk_on.statement(f"{LEAD} Now.", minutes=3)
    _named(desk_on)

    out = _moved(desk_on, statement, story="", **{"from": "t-locks"}).story
    post(desk_on.signed_in(), "/desk/undo/")

    assert out not in ("t-locks", other.story)
    assert models.Statement.objects.get(pk=statement.pk).story == "t-locks"


def test_a_statement_is_moved_into_a_dossier_from_its_own_page(desk: Any) -> None:
    first = desk.statement()
    _named(desk)
    second = desk.statement(f"{LEAD} Now.", minutes=3)
    page = desk.signed_in().get(f"/desk/statements/{second.key}/").context["group"]

    moved = _moved(desk, second, story="t-locks")

    assert page.dossiers == (("t-locks", "Locks of the Alder"),)
    assert (moved.story, first.pk != moved.pk) == ("t-locks", True)


def test_a_statement_is_not_moved_into_a_story_that_is_not_there(desk: Any) -> None:
    statement = desk.statement()

    moved = _moved(desk, statement, story="t-nowhere")

    assert moved.story == statement.story


def _held(desk: Any, number: int, minutes: int = 0) -> Any:
    """Enter a statement on a congress of the pilots."""
    text = f"{LEAD} At the {number}th Congress of the Union of River Pilots, on day {minutes}."
    occasion = Occasion(
        text=f"{number}th Congress", span=(0, 12), name="Congress of the Union of River Pilots", kind="congress",
        number=number, series="Congress of the Union of River Pilots",
    )  # fmt: skip
    return desk.statement(text, minutes=minutes, coding=replace(coding(text), occasions=(occasion,)))


def test_a_series_lists_its_occasions_by_number(desk_on: Any) -> None:
    for minutes, number in enumerate((19, 21, 20, 21)):
        _held(desk_on, number, minutes)

    page = desk_on.signed_in("reader").get("/desk/series/congress-of-the-union-of-river-pilots/").context["page"]

    assert [(one.number, len(one.said)) for one in page.occasions] == [(21, 2), (20, 1), (19, 1)]
    assert page.name == "Congress of the Union of River Pilots"


def test_all_series_are_listed_with_how_far_they_have_come(desk_on: Any) -> None:
    _held(desk_on, 19)
    _held(desk_on, 20, 1)

    (row,) = desk_on.signed_in("reader").get("/desk/series/").context["page"]

    assert (row.last, row.occasions, row.statements) == (20, 2, 2)


def test_a_statement_names_its_occasion(desk: Any) -> None:
    statement = _held(desk, 19)

    page = desk.signed_in("reader").get(f"/desk/statements/{statement.key}/").content.decode()

    assert 'href="/desk/series/congress-of-the-union-of-river-pilots/"' in page


def test_a_later_text_that_names_no_occasion_leaves_the_series(desk: Any) -> None:
    from communique.web.ledger import occasions

    statement = _held(desk, 19)
    row = statement.documents.get()
    row.coding = None
    occasions.keep(row)

    assert occasions.of(statement) is None


def test_an_unknown_series_is_told_so(desk: Any) -> None:
    assert desk.signed_in("reader").get("/desk/series/nothing/").status_code == 404


def test_a_published_occasion_stands_in_its_series_on_the_wire(desk_on: Any) -> None:
    for minutes, number in enumerate((19, 20)):
        statement = _held(desk_on, number, minutes)
        post(desk_on.signed_in(), f"/desk/statements/{statement.key}/draft/")
        post(desk_on.signed_in(), f"/desk/statements/{statement.key}/publish/", draft_version=0, reason="seen")

    files = _written(desk_on)

    page = files["series/congress-of-the-union-of-river-pilots/index.html"].decode()
    assert page.index("<h2>No. 20") < page.index("<h2>No. 19")
    assert (
        "No. 19" in next(body for path, body in files.items() if path.startswith("d/2/") and len(body) > 3000).decode()
    )


def test_a_statement_is_found_and_added_on_the_page_of_a_story_and_undone(desk_on: Any) -> None:
    desk_on.statement()
    _named(desk_on)
    other = desk_on.statement("The ferry to Saint Brannoc runs again.", minutes=4)
    (found,) = desk_on.signed_in().get("/desk/stories/t-locks/?q=Brannoc").context["page"].found

    added = _moved(desk_on, other, story="t-locks", **{"from": "t-locks"}).story
    post(desk_on.signed_in(), "/desk/undo/")

    assert (found.key, added) == (other.key, "t-locks")
    assert models.Statement.objects.get(pk=other.pk).story == other.story


def test_a_reader_is_offered_nothing_to_add(desk: Any) -> None:
    statement = desk.statement()

    page = desk.signed_in("reader").get(f"/desk/stories/{statement.story}/?q=locks").content.decode()

    assert "Add a statement" not in page
