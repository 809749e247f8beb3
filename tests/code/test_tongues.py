"""Grammar that eleven languages share: names, who speaks for whom, embedded clauses, objects, occasions."""

from __future__ import annotations

import pytest
from bench.code import depth, languages

from communique import code, registry
from communique.records import Coding, Context

DIGEST = "sha256:c6c89d1f0a56ea41e9386855ac7ce27ab8f468ace5ad7b129227e77de97b3dcc"


def coded(text: str, language: str) -> Coding:
    return code.coding(text, registry=registry.load(), context=Context(language=language))


def names(made: Coding, slot: tuple[int, ...]) -> list[str]:
    return [made.mentions[index].text for index in slot]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "La Ligue des jardiniers publie une carte", "Ligue des jardiniers"),
        ("it", "La Lega dei Giardinieri pubblica una carta", "Lega dei Giardinieri"),
        ("ru", "Союз садоводов встретился в Риге", "Союз садоводов"),
        ("sv", "Trädgårdspartiet och Odlarkonferensen kräver svar", "Trädgårdspartiet"),
    ],
)
def test_a_name_ends_where_it_ends(language: str, text: str, name: str) -> None:
    made = coded(text, language)

    assert name in [mention.text for mention in made.mentions]


@pytest.mark.parametrize(
    ("language", "text", "person", "body"),
    [
        ("es", "En nombre de la Liga de Jardineros, Elena Prado saludó la ley.", "Elena Prado", "Liga de Jardineros"),
        ("pl", "W imieniu Izby Ogrodniczej Ewa Sadowska poparła ustawę.", "Ewa Sadowska", "Izby Ogrodniczej"),
        ("sv", "På Odlarförbundets vägnar fördömde Eva Lind beslutet.", "Eva Lind", "Odlarförbundets"),
    ],
)
def test_who_speaks_on_behalf_of_a_body_acts_with_it(language: str, text: str, person: str, body: str) -> None:
    made = coded(text, language)

    assert sorted(names(made, made.events[0].source)) == sorted([person, body])


def test_a_relative_clause_is_told_as_background_of_the_body_before_it() -> None:
    made = coded("Il Sindacato dei Giardinieri, che ha condannato la legge, chiede un incontro.", "it")

    told = [(event.type, event.level, names(made, event.source)) for event in made.events]
    assert told == [
        ("CALL", "main", ["Sindacato dei Giardinieri"]),
        ("CONDEMN", "background", ["Sindacato dei Giardinieri"]),
    ]


def test_what_stands_behind_a_relative_clause_goes_on_with_what_is_said() -> None:
    text = "Der Gartenrat berichtet, dass der Obstverband, der das Bündnis verlassen hat, einen Vorstand gewählt hat."

    made = coded(text, "de")

    elected = next(event for event in made.events if event.type == "ELECT")
    assert names(made, elected.source) == ["Obstverband"]
    assert names(made, elected.attributed_to) == ["Gartenrat"]


def test_a_relative_clause_that_is_negated_is_not_told_as_done() -> None:
    made = coded("La Federación de Jardineros, que no firmó el acuerdo, exige una reunión.", "es")

    assert [event.modality for event in made.events if event.type == "AGREE"] == ["negated"]


def test_a_participle_has_the_subject_of_its_sentence_or_its_agent() -> None:
    made = coded("Saluant le décret, la Ligue des jardiniers demande une réunion.", "fr")

    greeted = next(event for event in made.events if event.level == "background")
    assert (greeted.type, names(made, greeted.source)) == ("SUPPORT", ["Ligue des jardiniers"])


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("fr", "La Ligue des jardiniers condamne la fermeture du parc.", "la fermeture du parc"),
        ("de", "Der Gartenverband hat die Schließung des Parks verurteilt.", "die Schließung des Parks"),
        ("pt", "A nova lei dos parques foi criticada pela Liga dos Jardineiros.", "A nova lei dos parques"),
        ("tr", "Bahçıvanlar Derneği parkın kapatılmasını kınadı.", "parkın kapatılmasını"),
    ],
)
def test_an_act_has_the_object_that_its_words_name(language: str, text: str, phrase: str) -> None:
    event = coded(text, language).events[0]

    assert event.object is not None
    assert event.object.text == phrase


@pytest.mark.parametrize(
    ("language", "text", "kind", "number"),
    [
        ("fr", "La Ligue tient son vingt-troisième congrès", "congress", 23),
        ("es", "El XVII Congreso de la Liga de Jardineros", "congress", 17),
        ("de", "Der 38. Kongress des Gartenverbandes tagt in Graz", "congress", 38),
        ("ru", "Союз садоводов отмечает 70-летие", "anniversary", 70),
        ("ar", "المؤتمر السابع عشر للحزب", "congress", 17),
        ("sv", "Odlarförbundets 12:e kongress hölls i Visby", "congress", 12),
    ],
)
def test_an_occasion_is_a_series_and_a_number(language: str, text: str, kind: str, number: int) -> None:
    found = coded(text, language).occasions

    assert [(one.kind, one.number) for one in found] == [(kind, number)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "La Ligue a tenu 12 réunions en 2024"), ("pt", "Segundo a Conferência Episcopal, a lei é boa")],
)
def test_what_is_counted_is_no_occasion(language: str, text: str) -> None:
    assert coded(text, language).occasions == ()


def test_depth_of_the_open_halves_holds() -> None:
    assert languages.digest(depth.DEPTH) == DIGEST, "the floors below were measured on other sentences"
    records = [record for language in depth.LANGUAGES for record in depth.half(language, closing=False)]

    found = depth.measured(records)

    figures = depth.figures(found)
    floors = {"type": 0.77, "source": 0.78, "slots": 0.78, "object": 0.66, "occasion": 0.95}
    assert {name: value for name, value in figures.items() if value < floors[name]} == {}
    assert found["wrongly_asserted"] == 0
