"""Who signed: nine shapes, three relations, and what must never be taken for a signer."""

from __future__ import annotations

import pytest

from communique.read import SignatureList, signatories

BODY = "The timetable leaves eleven villages without a morning boat. We ask the port office to lay the draft aside.\n\n"
BODIES = ("Union of Lamp Keepers of Tarn", "Green Harbour, Veldmark", "Chamber of Millers and Bakers", "People’s Party")


def signers(found: SignatureList, relation: str = "signer") -> tuple[str, ...]:
    return tuple(one.name for one in found.signatories if one.relation == relation)


@pytest.mark.parametrize("mark", ["1. ", "1) ", "- ", "• ", "– ", ""])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_under_a_heading_is_read_line_by_line(mark: str, gap: str) -> None:
    text = BODY + "Signed by:\n\n" + gap.join(mark + name for name in BODIES)

    assert signers(signatories(text, language="en")) == BODIES


def test_spans_are_the_names_as_they_stand_in_the_text() -> None:
    text = BODY + "Signatories:\n\n1. 𝔗arn Liberal Circle;\n2. Ville de Quesnoy\u00a0(VQ)\n"

    found = signatories(text, language="en").signatories

    assert [text[slice(*one.span)] for one in found if one.span] == [one.name for one in found]
    assert [one.name for one in found] == ["𝔗arn Liberal Circle", "Ville de Quesnoy\u00a0(VQ)"]


def test_a_list_in_a_sentence_is_parted_at_commas_and_the_last_and() -> None:
    text = BODY + "The statement was signed by Union of Lamp Keepers, Save Our Signals (SOS), and Tarn Chess Union."

    assert signers(signatories(text, language="en")) == (
        "Union of Lamp Keepers",
        "Save Our Signals (SOS)",
        "Tarn Chess Union",
    )


def test_and_inside_the_last_name_stays() -> None:
    text = BODY + "The letter was signed by Green Harbour and League for Libraries and Reading Rooms."

    assert signers(signatories(text, language="en")) == ("Green Harbour", "League for Libraries and Reading Rooms")


def test_commas_inside_a_name_with_its_acronym_stay() -> None:
    text = "Unterzeichnet von: Verband der Fähren (VF), Gewerkschaft Bergbau, Chemie, Energie (GBCE)."

    assert signers(signatories(text, language="de")) == (
        "Verband der Fähren (VF)",
        "Gewerkschaft Bergbau, Chemie, Energie (GBCE)",
    )


def test_the_body_signs_and_not_the_person_who_signs_for_it() -> None:
    text = BODY + (
        "Signed by:\n\nAda Moorland, President – Lutheran Synod of North Dravia\n\n"
        "Karel Vondra, General Secretary – Green Harbour, Veldmark\n\nElio Farrand, Treasurer – Tarn Chess Union"
    )

    assert signers(signatories(text, language="en")) == (
        "Lutheran Synod of North Dravia", "Green Harbour, Veldmark", "Tarn Chess Union",
    )  # fmt: skip


def test_a_dash_inside_the_names_of_a_list_stays() -> None:
    text = BODY + "Firman:\n\n- Alianza Verde - Belcora\n- Unión de Fareros\n- Consejo de Apicultores de Ilmen"

    assert signers(signatories(text, language="es")) == (
        "Alianza Verde - Belcora",
        "Unión de Fareros",
        "Consejo de Apicultores de Ilmen",
    )


def test_we_and_a_list_of_names_are_signers() -> None:
    text = "We, Bank of Quesnoy, Bank of Lunde and the Federal Reserve of Tarn, declare the following.\n\n" + BODY

    assert signers(signatories(text, language="en")) == ("Bank of Quesnoy", "Bank of Lunde", "Federal Reserve of Tarn")


def test_sub_headings_between_bullets_are_no_signers() -> None:
    text = (
        BODY
        + "Assinam:\n\nRede do Lago\n\n- Círculo Liberal\n- União dos Faroleiros\n\n"
        + "Rede da Costa\n\n- Liga das Bibliotecas"
    )

    assert signers(signatories(text, language="pt")) == (
        "Círculo Liberal",
        "União dos Faroleiros",
        "Liga das Bibliotecas",
    )


def test_acronyms_alone_can_be_signers() -> None:
    assert signers(signatories("Signataires : CGB, UNSL, FSU-T et SUD", language="fr")) == (
        "CGB",
        "UNSL",
        "FSU-T",
        "SUD",
    )


@pytest.mark.parametrize(
    ("language", "sentence", "count"),
    [
        ("en", "The letter was signed by 98 organisations.", 98),
        ("en", "More than 1,200 civil society organizations have signed.", 1200),
        ("de", "Den Brief haben 169 Organisationen unterzeichnet.", 169),
        ("fr", "La lettre a été signée par 67 associations.", 67),
        ("ru", "Заявление подписали 54 организации.", 54),
    ],
)
def test_a_bare_count_is_a_count_and_no_name(language: str, sentence: str, count: int) -> None:
    found = signatories(BODY + sentence, language=language)

    assert (found.count, found.signatories) == (count, ())


def test_a_choice_of_the_signers_leaves_the_list_open() -> None:
    text = (
        BODY
        + "The letter was signed by 67 organisations.\n\n"
        + "Among those who signed are Tarn Chess Union and Save Our Signals."
    )

    found = signatories(text, language="en")

    assert (signers(found), found.count, found.is_open) == (("Tarn Chess Union", "Save Our Signals"), 67, True)


def test_among_others_leaves_the_list_open_and_is_no_name() -> None:
    found = signatories("Signatories: Green Harbour, Tarn Chess Union, among others.", language="en")

    assert (signers(found), found.is_open) == (("Green Harbour", "Tarn Chess Union"), True)


def test_who_did_not_sign_is_no_signer() -> None:
    text = BODY + "Signed by:\n\n- Green Harbour\n- Save Our Signals\n\nTarn Chess Union did not sign the statement."

    found = signatories(text, language="en")

    assert signers(found) == ("Green Harbour", "Save Our Signals")
    assert signers(found, "non-signer") == ("Tarn Chess Union",)


def test_who_took_part_is_no_signer() -> None:
    text = BODY + "An der Sitzung nahmen Freie Liste Orsania, Arbeiterbund Marosh und Grüne Mitte teil."

    found = signatories(text, language="de")

    assert signers(found) == ()
    assert signers(found, "participant") == ("Freie Liste Orsania", "Arbeiterbund Marosh", "Grüne Mitte")


def test_who_joined_later_is_marked() -> None:
    text = (
        BODY + "Signed by:\n\n- Green Harbour\n- Save Our Signals (joined later)\n- Tarn Chess Union*\n\n* joined later"
    )

    found = signatories(text, language="en").signatories

    assert [(one.name, one.joined) for one in found] == [
        ("Green Harbour", None), ("Save Our Signals", "later"), ("Tarn Chess Union", "later"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "Firmatari:\n\n- Circolo dei Fari\n- Lega Verde", ("Circolo dei Fari", "Lega Verde")),
        ("nl", "Ondertekend door:\n\nBond van Vissers\n\nGroene Haven", ("Bond van Vissers", "Groene Haven")),
        ("sv", "Undertecknat av:\n\nFyrvaktarnas förbund\n\nGröna hamnen", ("Fyrvaktarnas förbund", "Gröna hamnen")),
        ("pl", "Podpisali:\n\n1. Związek Latarników\n2. Zielony Port", ("Związek Latarników", "Zielony Port")),
        ("el", "Υπογράφουν:\n\nΣύλλογος Φαροφυλάκων\n\nΠράσινο Λιμάνι", ("Σύλλογος Φαροφυλάκων", "Πράσινο Λιμάνι")),
        ("ru", "Подписали:\n\n1. Союз смотрителей\n2. Зелёная гавань", ("Союз смотрителей", "Зелёная гавань")),
        ("tr", "Açıklamayı Fener Bekçileri Sendikası, Yeşil Liman ve Arıcılar Konseyi imzaladı.",
         ("Fener Bekçileri Sendikası", "Yeşil Liman", "Arıcılar Konseyi")),
        ("ar", "الموقعون:\n\n- اتحاد الصيادين\n- جمعية المنارة", ("اتحاد الصيادين", "جمعية المنارة")),
        ("he", "החותמים:\n\n- איגוד הדייגים\n- נמל ירוק", ("איגוד הדייגים", "נמל ירוק")),
        ("zh", "联署组织：\n\n灯塔看守人协会\n\n绿色港口", ("灯塔看守人协会", "绿色港口")),
        ("ja", "署名団体：\n\n灯台守協会\n\n緑の港", ("灯台守協会", "緑の港")),
        ("id", "Penandatangan:\n\n- Serikat Nelayan\n- Pelabuhan Hijau", ("Serikat Nelayan", "Pelabuhan Hijau")),
        (None, "Allekirjoittajat:\n\n- Majakanvartijat\n- Vihreä satama", ("Majakanvartijat", "Vihreä satama")),
    ],
)  # fmt: skip
def test_cues_are_known_in_many_languages(language: str | None, text: str, expected: tuple[str, ...]) -> None:
    assert signers(signatories(text, language=language)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Organisations that wish to sign are asked to write to the secretariat before the end of the month.",
        "Please add your signature: Green Harbour, Quay 7, office@harbour.example",
        "The minister signed the law on Monday, said Ada Moorland, President of Green Harbour.",
        "The contract was signed by Acme Shipping and Tarn Ferries last year.",
        "Contact: Tarn Free Assembly, Quay 7, 1204 Port Tarn",
        "Related: Green Harbour, Save Our Signals, Tarn Chess Union",
        "We, too, believe that the harbour must stay open.",
        "Wer unterzeichnen möchte, schreibe bitte bis Monatsende an das Sekretariat.",
    ],
)
def test_what_is_no_list_of_signers_gives_none(text: str) -> None:
    assert signatories(BODY + text).signatories == ()


def test_the_page_s_foot_after_a_list_is_no_signer() -> None:
    text = (
        BODY
        + "Signed by:\n\nGreen Harbour\n\nSave Our Signals\n\nTel. 555 0142 · office@example.org\n\n"
        + "More news\n\nTarn Chess Union"
    )

    assert signers(signatories(text, language="en")) == ("Green Harbour", "Save Our Signals")


def test_a_paragraph_after_a_list_ends_it() -> None:
    text = BODY + "Signed by:\n\nGreen Harbour\n\nSave Our Signals\n\n" + BODY + "Tarn Chess Union"

    assert signers(signatories(text, language="en")) == ("Green Harbour", "Save Our Signals")


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n\n", "Signed by:", "Signed by: ", "a" * 500_000, "signed by " * 40_000, ", " * 100_000,
        "Signed by:\n" + "- x\n" * 100_000, "We, " * 30_000, "(" * 200_000,
    ],
)  # fmt: skip
def test_odd_texts_end_quietly(text: str) -> None:
    assert isinstance(signatories(text), SignatureList)
