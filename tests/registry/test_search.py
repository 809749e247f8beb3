"""Looking up: by id, name, acronym, in any language; with a country where a name has several bearers."""

from __future__ import annotations

from communique import registry


def test_an_id_a_name_and_an_acronym_resolve_to_the_same_body() -> None:
    shipped = registry.load()

    for name in ("gb-tuc", "Trades Union Congress"):
        assert getattr(shipped.resolve(name), "id", None) == "gb-tuc"
    assert getattr(shipped.resolve("Greek CP"), "id", None) == "gr-kke"


def test_a_name_of_several_bodies_resolves_with_a_country_only() -> None:
    shipped = registry.load()

    assert shipped.resolve("PCP") is None
    assert getattr(shipped.resolve("PCP", "PT"), "id", None) == "pt-pcp"


def test_an_unknown_name_resolves_to_nothing() -> None:
    assert registry.load().resolve("Society for Quiet Harbours") is None


def test_search_finds_by_part_of_a_name_without_accents() -> None:
    found = [actor.id for actor in registry.load().search("medecins")]

    assert found == ["int-msf"]


def test_search_puts_the_exact_name_first() -> None:
    found = registry.load().search("CUT")

    assert {actor.id for actor in found[:4]} == {"br-cut", "cl-cut", "co-cut", "py-cut"}


def test_search_for_nothing_finds_nothing() -> None:
    assert registry.load().search("  ") == ()
    assert registry.load().search("zzzz") == ()


def test_nations_are_known_by_name_and_demonym() -> None:
    assert registry.nation("Portuguese") == "PT"
    assert registry.nation("DPRK") == "KP"
    assert registry.country("Portuguese") is None
    assert registry.nation("Harbour") is None
