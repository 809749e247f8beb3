"""Names by rule in ten languages: an unlisted body has kind and country, a listed one is found behind its own name."""

from __future__ import annotations

import pytest

from communique import registry
from communique.records import Context, Mention


def first(text: str, language: str) -> Mention:
    return registry.load().mentions(text, context=Context(language=language))[0]


@pytest.mark.parametrize(
    ("language", "text", "surface", "kind", "country"),
    [
        ("fr", "Le gouvernement espagnol a répondu.", "gouvernement espagnol", "government", "ES"),
        ("fr", "La fédération kényane de football.", "fédération kényane de football", "sport", "KE"),
        ("fr", "L'ambassade des États-Unis.", "ambassade des États-Unis", "government", "US"),
        ("es", "El gobierno de Noruega respondió.", "gobierno de Noruega", "government", "NO"),
        ("es", "El Ministerio de Cultura chileno.", "Ministerio de Cultura chileno", "ministry", "CL"),
        ("pt", "O governo da Polónia respondeu.", "governo da Polónia", "government", "PL"),
        ("pt", "O Partido Comunista da Islândia.", "Partido Comunista da Islândia", "party", "IS"),
        ("it", "Il governo tedesco ha risposto.", "governo tedesco", "government", "DE"),
        ("it", "Il ministero della Salute cubano.", "ministero della Salute cubano", "ministry", "CU"),
        ("de", "Die griechische Regierung hat geantwortet.", "griechische Regierung", "government", "GR"),
        ("de", "Das Gesundheitsministerium Perus.", "Gesundheitsministerium Perus", "ministry", "PE"),
        ("ru", "Ответ греческого правительства.", "греческого правительства", "government", "GR"),
        ("ru", "Минздрав Израиля ответил.", "Минздрав Израиля", "ministry", "IL"),
        ("el", "Η κυβέρνηση της Ισπανίας απάντησε.", "κυβέρνηση της Ισπανίας", "government", "ES"),
        ("el", "Απάντηση της τουρκικής κυβέρνησης.", "τουρκικής κυβέρνησης", "government", "TR"),
        ("tr", "İspanya hükümetinin yanıtı.", "İspanya hükümetinin", "government", "ES"),
        ("tr", "Almanya'nın Sağlık Bakanlığı.", "Almanya'nın Sağlık Bakanlığı", "ministry", "DE"),
        ("ar", "ردت الحكومة الإسبانية.", "الحكومة الإسبانية", "government", "ES"),
        ("ar", "قالت وزارة الصحة اليونانية", "وزارة الصحة اليونانية", "ministry", "GR"),
        ("pl", "Odpowiedź rządu Niemiec.", "rządu Niemiec", "government", "DE"),
        ("pl", "Norweskie ministerstwo kultury.", "Norweskie ministerstwo kultury", "ministry", "NO"),
    ],
)
def test_an_unlisted_body_has_kind_and_country(language: str, text: str, surface: str, kind: str, country: str) -> None:
    found = first(text, language)

    assert (found.text, found.kind, found.country, found.actor) == (surface, kind, country, None)


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("fr", "Le Parti communiste grec a répondu.", "gr-kke"),
        ("es", "El Partido Comunista de Portugal respondió.", "pt-pcp"),
        ("pt", "O Ministério das Relações Exteriores do Japão.", "jp-mofa"),
        ("it", "La Federazione cilena di calcio.", "cl-football"),
        ("de", "Erklärung der Kommunistischen Partei Griechenlands.", "gr-kke"),
        ("ru", "Заявление Португальской коммунистической партии.", "pt-pcp"),
        ("el", "Ανακοίνωση του Κομμουνιστικού Κόμματος Πορτογαλίας.", "pt-pcp"),
        ("tr", "Yunanistan Komünist Partisi yanıt verdi.", "gr-kke"),
        ("ar", "وقال الحزب الشيوعي البرتغالي", "pt-pcp"),
        ("pl", "Oświadczenie Komunistycznej Partii Grecji.", "gr-kke"),
    ],
)
def test_a_listed_body_is_found_by_its_english_name(language: str, text: str, actor: str) -> None:
    assert first(text, language).actor == actor


def test_two_bodies_of_one_name_in_a_country_stay_candidates() -> None:
    found = first("Le Parti communiste danois a répondu.", "fr")

    assert found.actor in (None, "dk-dkp")
    assert found.country == "DK"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le gouvernement a répondu."),
        ("es", "El partido de ayer en España fue largo."),
        ("de", "Die Partei hat geantwortet."),
        ("ru", "Правительство ответило."),
    ],
)
def test_a_head_without_a_country_is_no_name(language: str, text: str) -> None:
    assert registry.load().mentions(text, context=Context(language=language)) == ()
