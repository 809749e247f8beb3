"""Acts in eleven languages: figures on our own statements hold, and what was not done is never told as done."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from bench.code import languages, undone

from communique import code, registry
from communique.records import Coding, Context

STATEMENTS = Path(__file__).with_name("not_done.tsv")
NOT_DONE = list(csv.reader(STATEMENTS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
# Of the statements that the floors below were measured on; new statements are a new measurement.
DIGEST = "sha256:112c55a4126035f90ede0110a6f1edd201d8c9f6709562151bec6813c2d6a51b"


def coded(text: str, language: str) -> Coding:
    return code.coding(text, registry=registry.load(), context=Context(language=language))


@pytest.mark.parametrize(("language", "text", "type_"), NOT_DONE)
def test_what_was_not_done_is_never_told_as_done(language: str, text: str, type_: str) -> None:
    events = coded(text, language).events

    assert not [event for event in events if event.type == type_ and event.modality == "asserted"]


@pytest.mark.parametrize("path", sorted(undone.UNDONE.glob("*.jsonl")), ids=lambda path: path.stem)
def test_none_of_the_acts_that_were_written_as_undone_is_told_as_done(path: Path) -> None:
    wrong = [record["text"] for record in undone.records(path) if undone.wrong(record, undone.told(record))]

    assert wrong == []


@pytest.mark.parametrize(
    ("language", "text", "modality"),
    [
        ("de", "Die Bäckergewerkschaft bestreitet, ein Abkommen mit der Regierung unterzeichnet zu haben.", "denied"),
        ("de", "Kommt das Gesetz, streikt die Bäckergewerkschaft.", "conditional"),
        ("de", "Kein Verband hat das Gesetz verurteilt.", "negated"),
        ("fr", "Sans condamner le texte, la Fédération des boulangers a rencontré le ministre.", "asserted"),
        ("ru", "Союз пекарей поддержал бы закон.", "conditional"),
        ("tr", "Fırıncılar Birliği bakanlıkla protokol imzaladığını yalanladı.", "denied"),
        ("it", "L'incontro tra la Federazione dei Panettieri e il ministero è stato annullato.", "negated"),
    ],
)
def test_what_leads_to_an_act_says_what_reality_it_has(language: str, text: str, modality: str) -> None:
    told = [event.modality for event in coded(text, language).events]

    assert modality in told


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Die Glasergewerkschaft wirft dem Bauministerium Wortbruch vor.", "CONDEMN", ["Glasergewerkschaft"], None),
        ("Der Glaserbund ist aus dem Handwerksverband ausgetreten.", "LEAVE", ["Glaserbund"], ["Handwerksverband"]),
        ("Das Amtsgericht verurteilt die Glasfabrik.", "JUDGE", ["Amtsgericht"], None),
        ("Dass die Brücke gesperrt bleibt, kritisierte der Glaserbund.", "CONDEMN", ["Glaserbund"], []),
        ("Nach langer Pause hat die Gewerkschaft der Glaser den Vertrag kritisiert.", "CONDEMN",
         ["Gewerkschaft der Glaser"], []),
        ("Tarifabschluss zwischen Glasergewerkschaft und Bauverband erzielt", "AGREE",
         ["Glasergewerkschaft", "Bauverband"], []),
        ("Der Beirat der Glaser stellt sich hinter den Bauverband.", "SUPPORT", None, ["Bauverband"]),
    ],
)  # fmt: skip
def test_german_order_cases_and_compounds(
    text: str, type_: str, source: list[str] | None, target: list[str] | None
) -> None:
    made = coded(text, "de")

    (event,) = made.events
    names = [[made.mentions[index].text for index in slot] for slot in (event.source, event.target)]
    assert event.type == type_
    assert source in (None, names[0])
    assert target in (None, names[1])


@pytest.mark.parametrize("infinitive", ["das Gesetz zu verurteilen", "das Gesetz zu unterstützen"])
def test_a_german_infinitive_with_zu_tells_of_nothing_by_itself(infinitive: str) -> None:
    events = coded(f"Die Bäckergewerkschaft hat Mut, {infinitive}.", "de").events

    assert [event for event in events if event.modality == "asserted"] == []


def test_the_statements_are_those_that_were_measured() -> None:
    assert languages.digest() == DIGEST


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_language_holds_its_floors_on_the_open_half(language: str) -> None:
    found = languages.figures(languages.measured(language, closing=False))

    assert found["type"] >= 0.90
    assert found["source"] >= 0.90
    assert found["wrongly_asserted"] == 0


def test_english_of_another_writer_holds_its_floor() -> None:
    found = languages.figures(languages.measured(languages.SECOND, closing=False))

    assert found["type"] >= 0.72
    assert found["source"] >= 0.87
    assert found["wrongly_asserted"] == 0


def test_slots_follow_cases_prepositions_and_order() -> None:
    made = coded("Türkiye Yüzme Federasyonu Hırvatistan Yüzme Federasyonu'nu İzmir'e davet etti", "tr")

    event = made.events[0]

    assert [made.mentions[index].text for index in event.source] == ["Türkiye Yüzme Federasyonu"]
    assert [made.mentions[index].text for index in event.target] == ["Hırvatistan Yüzme Federasyonu"]


def test_what_a_body_says_that_another_did_is_the_other_s_act() -> None:
    text = "Le ministère grec de la Santé affirme que le Parti communiste de Chypre a quitté la coalition"

    made = coded(text, "fr")

    event = made.events[0]
    assert (event.type, [made.mentions[index].text for index in event.source]) == (
        "LEAVE",
        ["Parti communiste de Chypre"],
    )
    assert [made.mentions[index].kind for index in event.attributed_to] == ["ministry"]


def test_yesterday_is_resolved_in_a_language_with_a_glossary() -> None:
    context = Context(language="es", published=date(2026, 4, 15))
    made = code.coding("El Senado uruguayo aprobó ayer la ley", registry=registry.load(), context=context)

    assert [one.value for one in made.dates] == ["2026-04-14"]
    assert made.events[0].date == "2026-04-14"


def test_an_act_has_the_place_that_its_clause_names() -> None:
    made = coded("La Federación Uruguaya de Fútbol celebró su congreso en Montevideo", "es")

    assert [(place.name, place.country) for place in made.places] == [("Montevideo", "UY")]
    assert made.events[0].place == "Montevideo"
