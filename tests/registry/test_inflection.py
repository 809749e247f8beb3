"""Names as sentences write them: cases, suffixes, particles written onto them, accents left out."""

from __future__ import annotations

import pytest

from communique import registry
from communique.records import Context


def linked(text: str, language: str) -> list[str | None]:
    return [mention.actor for mention in registry.load().mentions(text, context=Context(language=language))]


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("ru", "Съезд Коммунистической партии Российской Федерации", "ru-cprf"),
        ("uk", "Заява Соціалістичної партії України", "ua-socialist-party"),
        ("pl", "Oświadczenie Polskiej Partii Socjalistycznej", "pl-pps"),
        ("cs", "Prohlášení Komunistické strany Čech a Moravy", "cz-kscm"),
        ("hr", "Izjava Hrvatske demokratske zajednice", "hr-hdz"),
        ("sr", "Саопштење Српске радикалне странке", "rs-srs"),
        ("el", "Ανακοίνωση της Κομμουνιστικής Νεολαίας Ελλάδας", "gr-kne"),
        ("el", "ΚΟΜΜΟΥΝΙΣΤΙΚΗ ΝΕΟΛΑΙΑ ΕΛΛΑΔΑΣ", "gr-kne"),
        ("de", "Beschluss des Österreichischen Gewerkschaftsbundes", "at-oegb"),
        ("de", "Aufruf der Deutschen Kommunistischen Partei", "de-dkp"),
        ("tr", "Cumhuriyet Halk Partisi'nin açıklaması", "tr-chp"),
        ("tr", "Cumhuriyet Halk Partisinin açıklaması", "tr-chp"),
        ("fi", "Vasemmistoliiton kanta", "fi-left-alliance"),
        ("ar", "للحزب الشيوعي السوداني", "sd-scp"),
        ("ar", "وبالحزب الشيوعي السوداني", "sd-scp"),
        ("sv", "Vänsterpartiets kongress", "se-v"),
        ("ro", "Congresul Partidului Social Democrat din România", "ro-psd"),
    ],
)
def test_an_inflected_name_is_linked(language: str, text: str, actor: str) -> None:
    assert linked(text, language) == [actor]


def test_the_case_form_of_a_name_is_no_part_of_a_longer_word() -> None:
    assert linked("Vasemmistoliitonkaan", "fi") == []
