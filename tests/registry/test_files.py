"""Registry files: what is shipped is sound, a desk's own folder adds and replaces, a mistake is named with its line."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from communique import registry
from communique.records import Actor
from communique.registry import COLUMNS

HEAD = ",".join(COLUMNS)


def folder_with(tmp_path: Path, name: str, *rows: str) -> Path:
    (tmp_path / name).write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return tmp_path


def test_the_shipped_registry_knows_bodies_of_all_continents_and_kinds() -> None:
    shipped = registry.load()

    assert len(shipped) >= 2_700
    kinds = "party union employers church ngo igo ministry centralbank standards sport"
    assert set(registry.counted_by_kind(shipped)) >= {*kinds.split(" ")}
    assert {"BR", "ZA", "IN", "JP", "AU", "US", "DE", "EG", "INT", "EU"} <= {one.country for one in shipped.actors()}


def test_each_shipped_actor_says_where_it_comes_from_and_hangs_on_known_parents() -> None:
    shipped = registry.load()

    for actor in shipped.actors():
        assert actor.source, actor.id
        assert actor.parent is None or shipped.actor(actor.parent), actor.id
        assert actor.successor is None or shipped.actor(actor.successor), actor.id


def test_general_knowledge_carries_no_address_and_no_date() -> None:
    for actor in registry.load().actors():
        if actor.source == "general knowledge":
            assert (actor.site, actor.founded, actor.ended) == (None, None, None), actor.id


def test_a_good_part_of_the_shipped_actors_was_read_in_a_named_source() -> None:
    read = [actor for actor in registry.load().actors() if actor.source != "general knowledge"]

    assert len(read) >= 1_300


def test_no_two_shipped_actors_of_a_country_bear_one_name_at_the_same_time() -> None:
    bearers: defaultdict[tuple[str | None, str], list[Actor]] = defaultdict(list)
    for actor in registry.load().actors():
        for name in {actor.name, *(name for name, _ in actor.names)}:
            bearers[actor.country, name.lower()].append(actor)

    together = [found for found in bearers.values() if sum(actor.ended is None for actor in found) > 1]

    assert together == []


def test_a_desk_folder_adds_an_actor_and_replaces_one(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        "union.csv",
        "xx-hwu,NO,Harbour Workers' Union,HWU,no:Havnearbeiderne,,1921,,,,charter read on paper",
        "gb-tuc,GB,Trades Union Congress of the Desk,TUC,,,,,,,",
    )

    own = registry.load(folder)

    assert own.actor("xx-hwu") is not None
    tuc = own.actor("gb-tuc")
    assert tuc is not None
    assert tuc.name == "Trades Union Congress of the Desk"
    assert len(own) == len(registry.load()) + 1


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("union.csv", "xx hwu,NO,Union,,,,,,,,", "union.csv:2: id is 'xx hwu'"),
        ("union.csv", "xx-hwu,Norway,Union,,,,,,,,", "union.csv:2: country is 'Norway'"),
        ("union.csv", "xx-hwu,NO,,,,,,,,,", "union.csv:2: name is ''"),
        ("union.csv", "xx-hwu,NO,Union,,,,in May,,,,", "union.csv:2: founded is 'in May'"),
        ("union.csv", "xx-hwu,NO,Union,,,,1990,1980,,,", "union.csv:2: ended is '1980'"),
        ("union.csv", "xx-hwu,NO,Un\x07ion,,,,,,,,", "union.csv:2: a field is ''; right would be text without control"),
        ("union.csv", "xx-hwu,NO,Union,,,xx-gone,,,,,", "union.csv:2: parent is 'xx-gone', which no file has"),
        ("union.csv", "xx-hwu,NO,Union", "union.csv:2: 3 fields, where 11 are expected"),
        ("clubs.csv", "xx-hwu,NO,Union,,,,,,,,", "clubs.csv: a registry file is named after a kind"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_what_would_be_right(
    tmp_path: Path, name: str, row: str, said: str
) -> None:
    folder = folder_with(tmp_path, name, row)

    with pytest.raises(registry.BadRegistry) as caught:
        registry.load(folder)

    assert said in str(caught.value)


def test_an_id_that_stands_twice_is_a_mistake(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "union.csv", "xx-a,NO,Union A,,,,,,,,", "xx-a,NO,Union B,,,,,,,,")

    with pytest.raises(registry.BadRegistry, match=r"union\.csv:3: the id 'xx-a' stands at union\.csv:2 already"):
        registry.load(folder)


def test_an_id_that_stands_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "party.csv", "xx-a,NO,Party A,,,,,,,,")
    folder_with(tmp_path, "union.csv", "xx-a,NO,Union A,,,,,,,,")

    with pytest.raises(registry.BadRegistry, match=r"union\.csv:2: the id 'xx-a' stands at party\.csv:2 already"):
        registry.load(folder)


def test_a_succession_that_leads_back_is_a_mistake(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "party.csv", "xx-a,NO,Party A,,,,,,xx-b,,", "xx-b,NO,Party B,,,,,,xx-a,,")

    with pytest.raises(registry.BadRegistry, match=r"party\.csv:2: the successor of 'xx-a' leads back"):
        registry.load(folder)


def test_a_field_too_long_is_a_mistake(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "union.csv", "xx-a,NO," + "A" * 120_000 + ",,,,,,,,")

    with pytest.raises(registry.BadRegistry, match=r"union\.csv:2: a field of 120,000 characters"):
        registry.load(folder)


def test_a_file_in_another_encoding_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "union.csv").write_bytes(HEAD.encode() + "\nxx-a,NO,Førde Union,,,,,,,,\n".encode("latin-1"))

    with pytest.raises(registry.BadRegistry, match="not UTF-8"):
        registry.load(tmp_path)


def test_a_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(registry.BadRegistry, match="no such folder"):
        registry.load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "gang"}, "xx-a: kind is 'gang'; right would be one of party, "),
        ({"id": "Xx A"}, "right would be small letters, digits and hyphens"),
        ({"country": "Norway"}, "xx-a: country is 'Norway'; right would be ISO 3166-1 alpha-2"),
        ({"site": "javascript:alert(1)"}, "right would be an address, as https://www.un.org/"),
        ({"parent": "xx-nobody"}, "xx-nobody"),
        ({"successor": "xx-a"}, "xx-a"),
    ],
)
def test_what_no_file_could_hold_is_not_written(tmp_path: Path, given: dict[str, str], said: str) -> None:
    actor = replace(Actor(id="xx-a", name="A", kind="union", country=None), **given)  # type: ignore[arg-type]  # str fields

    with pytest.raises(registry.BadRegistry, match=re.escape(said)):
        registry.save(tmp_path, [actor])

    assert not [*tmp_path.iterdir()]


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    actor = Actor(
        id="xx-a", name='Guild "A", of Pilots', kind="union", country="NO", names=(("Laug", "no"), ("Guild A", None)),
        acronyms=("GA", "AG"), parent="int-un", site="https://a.example/", founded="1949-10", ended="1991", source="s",
    )  # fmt: skip

    assert [registry.save(tmp_path, [actor]) for _ in range(2)] == [(1, 0), (0, 1)]

    assert registry.own(tmp_path) == (actor,)


def test_a_shipped_actor_in_the_same_words_is_not_written_again(tmp_path: Path) -> None:
    shipped = registry.load().actors()

    assert registry.save(tmp_path, shipped) == (0, len(shipped))

    assert registry.own(tmp_path) == ()
