"""Mentions: who is named in a text; country first, then kind; undecided stays undecided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communique import registry
from communique.records import Actor, Context, Mention
from communique.registry import COLUMNS


def mentions(text: str, *, publisher: str | None = None, language: str | None = "en") -> tuple[Mention, ...]:
    return registry.load().mentions(text, context=Context(language=language, publisher=publisher))


def linked(text: str, **known: str | None) -> list[str | None]:
    return [mention.actor for mention in mentions(text, **known)]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Portuguese CP has answered.", "pt-pcp"),
        ("The CP of Greece has met.", "gr-kke"),
        ("Delegates of the Palestinian Communist Party spoke.", "ps-pcp"),
        ("The Paraguayan Communist Party has answered.", "py-pcp"),
        ("New Zealand's Labour Party has answered.", "nz-lab"),
        ("Japan's Ministry of Foreign Affairs was asked.", "jp-mofa"),
        ("The central bank of Peru has answered.", "pe-bcrp"),
        ("Norges Bank has answered.", "no-nb"),
        ("Communist Party, Portugal; Communist Party (Greece)", "pt-pcp"),
        ("Communist Party (Greece)", "gr-kke"),
        ("The Scottish Football Association has answered.", "gb-scottish-football"),
        ("La Confédération générale du travail appelle; le PCF aussi, en France.", "fr-cgt"),
    ],
)
def test_a_name_by_rule_or_list_is_linked(text: str, actor: str) -> None:
    assert linked(text)[0] == actor


def test_an_acronym_of_several_countries_is_settled_by_its_neighbours() -> None:
    assert linked("The CGT and the CFDT met.") == ["fr-cgt", "fr-cfdt"]
    assert linked("CCOO and UGT met.") == ["es-ccoo", "es-ugt"]
    assert linked("Portugal's UGT met.") == ["pt-ugt"]


def test_an_acronym_of_several_countries_is_settled_by_the_publisher() -> None:
    assert linked("The PCP has met.", publisher="pt-pcp") == ["pt-pcp"]
    assert linked("The PCP has met.", publisher="Paraguayan Communist Party") == ["py-pcp"]


def test_an_acronym_that_nothing_settles_keeps_its_candidates() -> None:
    (mention,) = mentions("The ICC has answered.")

    assert mention.actor is None
    assert set(mention.candidates) == {"int-icc", "int-icc-court", "int-icc-cricket"}


def test_a_short_acronym_is_not_linked_only_because_one_bearer_is_known() -> None:
    (mention,) = mentions("The MPN has answered.")

    assert (mention.actor, mention.candidates) == (None, ("ar-mpn",))


def test_a_description_in_apposition_settles_the_country() -> None:
    assert linked("BSI, the British standards body, has answered.") == ["gb-bsi"]
    assert linked("Germany's BSI has published it.") == ["de-bsi"]


def test_an_acronym_in_brackets_means_what_the_text_says() -> None:
    first, second = mentions("The Harbour Union (UGT) has met. UGT did not say why.")

    assert first.text == "Harbour Union (UGT)"
    assert (first.actor, second.actor) == (None, None)


def test_a_country_that_the_name_says_is_never_overruled() -> None:
    (mention,) = mentions("The Communist Party of Iceland has met.")

    assert (mention.actor, mention.kind, mention.country) == (None, "party", "IS")


def test_two_parties_that_differ_by_a_preposition_are_two() -> None:
    assert linked("The Communist Party of Denmark has met.") == ["dk-dkp"]
    assert linked("The Communist Party in Denmark has met.") == ["dk-kp"]


@pytest.mark.parametrize(
    ("text", "surface", "kind", "country"),
    [
        ("The Kenyan federation was chosen.", "Kenyan federation", "sport", "KE"),
        ("Canada's labour ministry has answered.", "Canada's labour ministry", "ministry", "CA"),
        ("The Spanish Ministry of Culture has answered.", "Spanish Ministry of Culture", "ministry", "ES"),
        ("The central bank of Eritrea has answered.", "central bank of Eritrea", "centralbank", "ER"),
        ("The Chess Federation of Armenia has answered.", "Chess Federation of Armenia", "sport", "AM"),
    ],
)
def test_an_unlisted_body_is_a_mention_with_kind_and_country(text: str, surface: str, kind: str, country: str) -> None:
    (mention,) = mentions(text)

    assert (mention.text, mention.kind, mention.country, mention.actor) == (surface, kind, country, None)


def test_a_part_of_a_body_is_not_the_body() -> None:
    (mention,) = mentions("The Youth Council of the Church of Sweden has voted.")

    assert (mention.text, mention.actor) == ("Youth Council of the Church of Sweden", None)


def test_a_name_inside_another_word_is_no_name() -> None:
    assert mentions("The INTERVOXEL company and a vox populi.") == ()


def test_spans_point_at_the_words_of_the_text() -> None:
    text = "İzmir: the Communist Party of Turkey\xa0(TKP) met the Workers’ Party of Belgium."

    for mention in mentions(text):
        assert text[slice(*mention.span)] == mention.text


@pytest.mark.parametrize(
    ("text", "language", "actor"),
    [
        ("وقال الحزب الشيوعي السوداني", "ar", "sd-scp"),
        ("والحزب الشيوعي السوداني", "ar", "sd-scp"),
        ("日本共産党は声明を発表した", "ja", "jp-jcp"),
        ("Заявление КПРФ", "ru", "ru-cprf"),
        ("Η Κομμουνιστική Νεολαία Ελλάδας", "el", "gr-kne"),
    ],
)
def test_names_are_found_in_every_script(text: str, language: str, actor: str) -> None:
    assert linked(text, language=language) == [actor]


def test_a_body_that_has_ended_is_not_meant_later(tmp_path: Path) -> None:
    rows = [
        ",".join(COLUMNS),
        "no-old,NO,Old Quay Union,OQUN,,,1900,1950,,,minutes",
        "no-new,NO,New Quay Union,OQUN,,,1951,,,,minutes",
    ]
    (tmp_path / "union.csv").write_text("\n".join(rows), encoding="utf-8")
    own = registry.load(tmp_path)

    (then,) = own.mentions("OQUN has met.", context=Context(published=date(1930, 5, 1)))
    (now,) = own.mentions("OQUN has met.", context=Context(published=date(2020, 5, 1)))

    assert (then.actor, now.actor) == ("no-old", "no-new")


def test_a_body_that_had_ended_or_not_begun_does_not_act() -> None:
    shipped = registry.load()
    in_italy = "Rome, 3 May – the PDS has met."

    (then,) = shipped.mentions(in_italy, context=Context(published=date(1995, 5, 3)))
    (later,) = shipped.mentions(in_italy, context=Context(published=date(2020, 5, 3)))
    (before,) = shipped.mentions(in_italy, context=Context(published=date(1980, 5, 3)))

    assert (then.actor, later.actor, before.actor) == ("it-pds", None, None)
    assert "it-pds" in later.candidates
    assert "it-pds" not in before.candidates


def test_a_dateline_settles_the_country() -> None:
    assert linked("LISBON, 19 June – The PCP has met.") == ["pt-pcp"]
    assert linked("Asunción, 3 May – The PCP has met.") == ["py-pcp"]
    assert linked("The PCP has met.") == [None]


def test_a_name_of_ordinary_words_needs_its_country() -> None:
    assert linked("The National Democratic Party has met.") == [None]
    assert linked("Suriname: the National Democratic Party has met.") == ["sr-ndp"]


def test_an_acronym_in_capitals_is_no_word_in_small_letters() -> None:
    assert linked("London – GMB has met.") == ["gb-gmb"]
    assert linked("London – A Gmb has met.") == []


def test_in_a_publishers_own_statement_the_short_form_of_its_name_is_itself() -> None:
    own = Actor(id="qm-workers", name="Marevian Workers' Party", kind="party", country="QM")
    known = registry.Registry([*registry.load().actors(), own])

    (said,) = known.mentions(
        "The Workers’ Party thanks the crews.", context=Context(language="en", publisher="qm-workers")
    )
    others = known.mentions("The Workers’ Party thanks the crews.", context=Context(language="en"))

    assert said.actor == "qm-workers"
    assert "qm-workers" not in {one.actor for one in others}
