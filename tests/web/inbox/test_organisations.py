"""Who is who at the desk: looked up, added, corrected, renamed, merged; and what that codes again."""

from __future__ import annotations

from typing import Any

import pytest

from communique import registry
from communique.flow import actors
from communique.records import Actor, Context
from communique.web.ledger import models, organisations, returning

from .conftest import page_text

NEW = {
    "id": "xx-pb",
    "name": "Pilotage Board",
    "kind": "agency",
    "country": "no",
    "acronyms": "PB",
    "names": "no: Losråd",
}


def _said(answer: Any) -> str:
    return " ".join(str(one) for one in answer.context["messages"])


def _act(desk: Any, path: str, /, **fields: str) -> str:
    return _said(desk.signed_in("editor").post(f"/desk/organisations/{path}", fields, follow=True))


def _known(desk: Any, id_: str) -> Actor:
    actor = actors.of(desk.workspace.registry).actor(id_)
    assert actor is not None
    return actor


def _outdated() -> list[str]:
    return sorted(str(one.title) for one in models.Document.objects.filter(code_version=0))


@pytest.mark.parametrize("query", ["river pilots", "URP", "xx-rup"])
def test_a_reader_looks_up_by_name_acronym_or_id(desk: Any, query: str) -> None:
    page = desk.signed_in("reader").get("/desk/organisations/", {"q": query}).context["page"]

    assert "xx-rup" in [row.id for row in page.rows]
    assert not page.may_change


def test_a_name_nobody_bears_is_said_to_be_nobodys(desk: Any) -> None:
    answer = desk.signed_in("reader").get("/desk/organisations/", {"q": "Guild of Lamplighters of Nowhere"})

    assert "Nobody in the registry is called" in answer.content.decode()


def test_an_organisation_shows_its_names_its_years_and_what_it_belongs_to(desk: Any) -> None:
    changed = Actor(
        id="xx-old", name="Lock Keepers", kind="union", country="NO", names=(("Slusevokterne", "no"),), founded="1921",
        ended="1991-05", successor="xx-rup", parent="xx-ww",
    )  # fmt: skip
    registry.save(desk.workspace.registry, [changed])

    html = page_text(desk.signed_in("reader").get("/desk/organisations/xx-old/"))

    for said in ("Slusevokterne", "founded 1921", "ended May 1991", "Union of River Pilots", "Water Wardens"):
        assert said in html
    assert "<form" not in html.partition("<main")[2]


def test_an_id_nobody_has_is_a_page_not_found(desk: Any) -> None:
    answer = desk.signed_in("reader").get("/desk/organisations/xx-nobody/")

    assert answer.status_code == 404
    assert "No organisation has the id xx-nobody" in answer.content.decode()


@pytest.mark.parametrize("what", ["add/", "xx-rup/change/", "xx-rup/rename/", "xx-rup/merge/"])
def test_a_reader_changes_nothing(desk: Any, what: str) -> None:
    answer = desk.signed_in("reader").post(f"/desk/organisations/{what}", {**NEW, "into": "xx-ww"})

    assert answer.status_code == 403
    assert registry.load(desk.workspace.registry).actor("xx-pb") is None


def test_an_organisation_is_added_and_understood(desk: Any) -> None:
    said = _act(desk, "add/", **NEW)

    actor = _known(desk, "xx-pb")
    assert said == "Pilotage Board is in the registry of the desk."
    assert (actor.kind, actor.country, actor.acronyms, actor.names) == ("agency", "NO", ("PB",), (("Losråd", "no"),))
    assert models.Audit.objects.get(action="add organisation").detail == {"organisation": "xx-pb"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"id": "xx-rup"}, "The id xx-rup is taken"),
        ({"id": "Øl!"}, "small letters, digits and hyphens"),
        ({"id": "add"}, "small letters, digits and hyphens"),
        ({"kind": "gang"}, "kind is 'gang'"),
        ({"country": "Norway"}, "right would be ISO 3166-1 alpha-2"),
        ({"founded": "last year"}, "a year, month or day"),
        ({"founded": "1990", "ended": "1980"}, "a day not before the founding"),
        ({"parent": "xx-nobody"}, "xx-nobody"),
        ({"site": "javascript:alert(1)"}, "an address"),
        ({"name": ""}, "name is ''"),
    ],
)
def test_what_can_not_be_entered_is_a_sentence_and_changes_nothing(desk: Any, given: dict[str, str], said: str) -> None:
    before = registry.own(desk.workspace.registry)

    assert said in _act(desk, "add/", **(NEW | given))

    assert registry.own(desk.workspace.registry) == before
    assert not models.Audit.objects.filter(action="add organisation").exists()


def test_a_shipped_organisation_is_corrected_in_the_desks_own_words(desk: Any) -> None:
    shipped = _known(desk, "int-who")
    given = {
        "name": shipped.name,
        "kind": shipped.kind,
        "country": "INT",
        "acronyms": "WHO",
        "names": "fr: OMS; de: WGO",
    }

    _act(desk, "int-who/change/", **given)

    assert _known(desk, "int-who").names == (("OMS", "fr"), ("WGO", "de"))
    assert desk.signed_in().get("/desk/organisations/int-who/").context["page"].is_own


def test_under_its_new_name_the_old_one_is_still_understood(desk: Any) -> None:
    said = _act(desk, "xx-rup/rename/", name="River Pilots United", on="2026-05-01")

    actor = _known(desk, "xx-rup")
    assert said.startswith("River Pilots United is in the registry")
    assert (actor.name, actor.names) == ("River Pilots United", (("Union of River Pilots", None),))
    assert "renamed 2026-05-01, before: Union of River Pilots" in actor.source
    assert actors.of(desk.workspace.registry).resolve("Union of River Pilots") == actor


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "Union of River Pilots"}, "must differ"),
        ({"name": ""}, "Give the new name"),
        ({"name": "Pilots", "on": "May"}, "give it as 2026-05-01"),
    ],
)
def test_a_name_that_is_none_renames_nothing(desk: Any, given: dict[str, str], said: str) -> None:
    assert said in _act(desk, "xx-rup/rename/", **given)
    assert _known(desk, "xx-rup").name == "Union of River Pilots"


def test_two_bodies_that_became_one_on_a_day_are_told_apart_by_it(desk: Any) -> None:
    _act(desk, "xx-ww/merge/", into="Union of River Pilots", on="2026-05-01")

    actor = _known(desk, "xx-ww")
    assert (actor.ended, actor.successor) == ("2026-05-01", "xx-rup")
    assert _known(desk, "xx-rup").names == ()


def test_two_lines_of_one_body_are_one_from_then_on(desk: Any) -> None:
    _act(desk, "xx-ww/merge/", into="xx-rup")

    assert _known(desk, "xx-rup").names == (("Water Wardens", None),)
    read = actors.of(desk.workspace.registry).mentions("The Water Wardens met on Monday.", context=Context())
    assert [mention.actor for mention in read] == ["xx-rup"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"into": "xx-ww"}, "can't be merged into itself"),
        ({"into": "nobody"}, "Give the id or the full name of the other"),
        ({"into": "xx-rup", "on": "2026-13-01"}, "give it as 2026-05-01"),
    ],
)
def test_a_merger_that_can_not_be_is_a_sentence(desk: Any, given: dict[str, str], said: str) -> None:
    assert said in _act(desk, "xx-ww/merge/", **given)
    assert _known(desk, "xx-ww").successor is None


def test_nobody_is_merged_in_a_circle(desk: Any) -> None:
    _act(desk, "xx-ww/merge/", into="xx-rup", on="2026-05-01")

    assert "merge the other way round" in _act(desk, "xx-rup/merge/", into="xx-ww", on="2026-06-01")
    assert _known(desk, "xx-rup").successor is None


def test_documents_that_name_it_are_coded_again_and_no_others(desk: Any) -> None:
    desk.statement(title="Pilots")
    desk.statement("The Lamplighters of Aldermouth met on Monday and said nothing.", title="Lamplighters")

    said = _act(desk, "xx-rup/rename/", name="River Pilots United", on="2026-05-01")

    assert said.endswith("; 1 document that names it is coded again.")
    assert _outdated() == ["Pilots"]


def test_documents_that_name_a_new_one_are_coded_again(desk: Any) -> None:
    desk.statement("The Pilotage Board of Aldermouth met on Monday and said nothing.", title="Board")
    desk.statement(title="Pilots")

    _act(desk, "add/", **NEW)

    assert _outdated() == ["Board"]


def test_saving_what_stands_there_already_codes_nothing_again(desk: Any) -> None:
    desk.statement()

    assert organisations.enter(desk.workspace, _known(desk, "xx-rup")) == 0
    assert _outdated() == []


def test_an_imported_registry_codes_again_what_names_its_actors(desk: Any) -> None:
    desk.statement(title="Pilots")
    desk.statement("The Water Wardens met.", title="Wardens")
    row = {"id": "xx-ww", "name": "Water Wardens", "kind": "ngo", "country": None}

    assert returning.registry(iter([row]), desk.workspace.registry) == (1, 0)

    assert _outdated() == ["Wardens"]
