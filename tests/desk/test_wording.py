"""What a draft tells as done, as said and as so is held against the place of the sources that it comes from."""

from __future__ import annotations

import pytest

from communique import desk
from communique.records import Coding, Event, Mention, Quote, SourceText

SOURCE = (
    "The Pilots' Guild of Norrland will hold a strike in Vik on Monday. The harbour board has not signed the tariff "
    "agreement, its chair Ada Holm said. The Ministry of Ports may close the station at Sund. "
    "The guild plans to appeal the ruling. “We were never asked about the station,” said its secretary."
)


def _found(draft: str, source: str = SOURCE, language: str = "en") -> list[str]:
    found = desk.findings(draft, [SourceText(text=source, language=language, publisher="Pilots' Guild of Norrland")])
    return [one.kind for one in found if one.blocks]


@pytest.mark.parametrize(
    "draft",
    [
        "The Pilots' Guild of Norrland will hold a strike in Vik on Monday.",
        "Pilots' Guild of Norrland to hold strike in Vik on Monday.",
        "Pilots in Vik plan a strike.",
        "The harbour board has not signed the tariff agreement.",
        "The harbour board didn't sign the tariff agreement.",
        "The harbour board has yet to sign the tariff agreement.",
        "The Ministry of Ports may close the station at Sund.",
        "The Ministry of Ports could close the station at Sund, the guild said.",
        "The guild wants to appeal the ruling.",
        "“We were never asked about the station,” the guild's secretary said.",
        '"We were never asked … about the station", the secretary said.',
        "The Pilots' Guild of Norrland says: The harbour board has not signed the tariff agreement.",
    ],
)
def test_a_draft_in_other_words_is_let_through(draft: str) -> None:
    assert _found(draft) == []


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("The harbour board has signed the tariff agreement.", "negation"),
        ("The Pilots' Guild of Norrland will not hold a strike in Vik on Monday.", "negation"),
        ("The Ministry of Ports will close the station at Sund.", "modality"),
        ("The Ministry of Ports closed the station at Sund.", "modality"),
        ("The Pilots' Guild of Norrland has managed to appeal the ruling.", "modality"),
        ("“We were never told about the station,” said its secretary.", "quote"),
        ("The chair of the harbour board, Eda Holm, said so.", "name"),
        ("The Pilots' Guild of Norrland will hold a strike in Oslo on Monday.", "place"),
        ("The Ministry of Ports was asked by the OECD.", "acronym"),
        ("The Bakers' Union says: The harbour board has not signed the tariff agreement.", "attribution"),
        ("The Ministry of Ports denounced the strike in Vik.", "action"),
        ("The guild has called off its strike in Vik.", "action"),
        ("The notorious harbour board has not signed the tariff agreement.", "loaded-word"),
        ("The guild writes at www.guild.example that it may strike.", "name"),
    ],
)
def test_what_the_sources_don_t_say_blocks(draft: str, kind: str) -> None:
    assert kind in _found(draft)


TAKEN_OVER = (
    "While the ferry line has not yet opened, the council will be again represented in future talks on the harbour. "
    "Some of the boats may be kept in the old basin until the works are finished."
)


@pytest.mark.parametrize(
    ("draft", "kind", "text"),
    [
        (TAKEN_OVER.replace("will be", "was"), "modality", "was"),
        (TAKEN_OVER.replace("may be", "will be"), "modality", "will"),
        (TAKEN_OVER.replace("may be", "are"), "modality", "are"),
        (TAKEN_OVER.replace("has not yet", "has"), "negation", "line has"),
        (TAKEN_OVER.replace("will be", "will not be"), "negation", "will not be"),
    ],
)
def test_another_not_or_will_of_the_sentence_hides_no_exchange(draft: str, kind: str, text: str) -> None:
    found = desk.findings(draft, [SourceText(text=TAKEN_OVER, language="en")])

    assert [one.kind for one in found if one.blocks] == [kind]
    assert text in draft[max(0, found[0].span[0] - 5) : found[0].span[1] + 5]


@pytest.mark.parametrize(
    "draft",
    [
        TAKEN_OVER.replace("will be", "is to be"),
        TAKEN_OVER.replace("will be", "would be"),
        TAKEN_OVER.replace("has not yet opened", "hasn't opened yet"),
        TAKEN_OVER.replace("the ferry line has not yet opened", "the ferry line is still closed"),
        TAKEN_OVER.replace("may be kept", "could perhaps be kept"),
        TAKEN_OVER.replace("may be kept", "might be kept"),
    ],
)
def test_helping_words_of_the_same_meaning_may_be_exchanged(draft: str) -> None:
    assert not [one for one in _found(draft, TAKEN_OVER) if one in ("modality", "negation")]


def test_a_sentence_that_another_source_tells_as_the_draft_does_is_let_through() -> None:
    later = TAKEN_OVER.replace("will be again", "was again")

    found = desk.findings(later, [SourceText(text=text, language="en") for text in (TAKEN_OVER, later)])

    assert not [one for one in found if one.blocks]


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("The bishops of Germany met in Munich.", "Die Bischöfe aus Deutschland trafen sich in München."),
        ("Portuguese fishers met in Lisbon.", "Os pescadores de Portugal reuniram-se em Lisboa."),
    ],
)
def test_places_are_known_across_languages(draft: str, source: str) -> None:
    found = desk.findings(draft, [SourceText(text=source, language=None)], language="en")

    assert not [one for one in found if one.kind == "place"]


def test_what_is_quoted_word_for_word_is_not_asked_for_again() -> None:
    source = SourceText(text="Verband zählt 2.450 offene Lehrstellen in Süderland.", language="de")

    found = desk.findings("It says: “Verband zählt 2.450 offene Lehrstellen in Süderland”.", [source], language="en")

    assert found == ()


def test_a_people_stands_for_its_country() -> None:
    assert _found("Palestinian doctors met.", "Doctors from Palestine met.") == []
    assert _found("Norwegian doctors met.", "Doctors from Norway met.") == []
    assert _found("Austrian doctors met.", "Doctors from Australia met.") == ["place"]


def test_an_acronym_of_a_name_in_the_source_is_carried() -> None:
    assert _found("The PGN met.", "The Pilots Guild of Norrland met.") == []


def test_a_name_is_not_put_together_from_two() -> None:
    source = (
        "Ada Holm chairs the board. "
        + "The board met in the old town hall on the square by the river. " * 2
        + "Its clerk is Per Lund."
    )

    assert _found("Ada Lund met the board.", source) == ["name"]


def test_without_a_source_in_the_draft_s_language_names_and_quotations_are_pointed_out_only() -> None:
    source = SourceText(text="Гильдия лоцманов Норрланда объявила забастовку.", language="ru")

    found = desk.findings("The Pilots' Guild said “we strike”.", [source], language="en")

    assert {one.kind for one in found} >= {"quote"}
    assert not any(one.blocks for one in found)


def test_an_actor_that_the_codings_know_may_be_called_otherwise() -> None:
    there = Coding(mentions=(Mention(text="ΚΚΕ", span=(3, 6), actor="gr-kke", name="KKE", kind="party", country="GR"),))
    name = "Communist Party of Greece"
    here = Coding(mentions=(Mention(text=name, span=(4, 29), actor="gr-kke", name=name, kind="party", country="GR"),))
    source = SourceText(text="Το ΚΚΕ met on Crete.", language="en", coding=there)

    assert not [one for one in desk.findings(f"The {name} met.", [source], coding=here) if one.blocks]
    assert [one for one in desk.findings(f"The {name} met.", [source]) if one.blocks]


def test_what_is_coded_as_planned_there_is_not_told_as_done_here() -> None:
    def coding(modality: str) -> Coding:
        trigger = Quote(text="strikes", span=(10, 17))
        return Coding(events=(Event(type="ACT", plover="PROTEST", trigger=trigger, modality=modality),))  # type: ignore[arg-type]  # a literal

    source = SourceText(text="The guild strikes next week, it is hoped.", language="en", coding=coding("planned"))

    found = desk.findings("The guild strikes.", [source], coding=coding("asserted"))

    assert [one.kind for one in found if one.blocks] == ["modality"]


def test_findings_are_in_the_order_of_the_draft_and_say_where() -> None:
    draft = "On Friday the 17 bakers of Oslo met."

    found = desk.findings(draft, [SourceText(text=SOURCE, language="en")])

    assert [one.kind for one in found] == ["date", "number", "place"]
    assert [draft[slice(*one.span)] for one in found] == [one.text for one in found]
    assert all(one.advice.endswith(".") for one in found)


@pytest.mark.parametrize(
    ("language", "draft", "source"),
    [
        ("de", "Der Verband hat den Tarif unterschrieben.", "Der Verband hat den Tarif nicht unterschrieben."),
        ("fr", "Le syndicat a signé l'accord tarifaire.", "Le syndicat n'a pas signé l'accord tarifaire."),
        ("es", "El sindicato ha firmado el acuerdo tarifario.", "El sindicato no ha firmado el acuerdo tarifario."),
        ("it", "Il sindacato ha firmato l'accordo tariffario.", "Il sindacato non ha firmato l'accordo tariffario."),
        ("pt", "O sindicato assinou o acordo salarial.", "O sindicato não assinou o acordo salarial."),
        ("nl", "De vakbond heeft het akkoord ondertekend.", "De vakbond heeft het akkoord niet ondertekend."),
        ("sv", "Facket har undertecknat avtalet.", "Facket har inte undertecknat avtalet."),
        ("pl", "Związek podpisał porozumienie płacowe.", "Związek nie podpisał porozumienia płacowego."),
        ("ru", "Профсоюз подписал тарифное соглашение.", "Профсоюз не подписал тарифное соглашение."),
        ("el", "Το συνδικάτο υπέγραψε τη συλλογική σύμβαση.", "Το συνδικάτο δεν υπέγραψε τη συλλογική σύμβαση."),
        ("ar", "نقابة الخبازين وقعت اتفاق الأجور.", "نقابة الخبازين ما وقعت اتفاق الأجور."),
    ],
)
def test_a_not_is_known_in_other_languages(language: str, draft: str, source: str) -> None:
    assert _found(draft, source, language) == ["negation"]
    assert _found(source, source, language) == []


@pytest.mark.parametrize(
    ("language", "draft", "source"),
    [
        ("it", "Il sindacato ha firmato l'accordo a Vik.", "Il sindacato forse ha firmato l'accordo a Vik."),
        ("pt", "O sindicato assinou o acordo em Vik.", "O sindicato alegadamente assinou o acordo em Vik."),
        ("nl", "De bond heeft het akkoord ondertekend.", "De bond heeft het akkoord vermoedelijk ondertekend."),
        ("sv", "Facket har undertecknat avtalet i Vik.", "Facket har möjligen undertecknat avtalet i Vik."),
        ("pl", "Związek podpisał porozumienie w Vik.", "Związek rzekomo podpisał porozumienie w Vik."),
        ("ru", "Профсоюз подписал соглашение в Вике.", "Профсоюз якобы подписал соглашение в Вике."),
        ("el", "Το συνδικάτο υπέγραψε τη σύμβαση εκεί.", "Το συνδικάτο ίσως υπέγραψε τη σύμβαση εκεί."),
        ("ar", "نقابة الخبازين وقعت الاتفاق.", "نقابة الخبازين ربما وقعت الاتفاق."),
    ],
)
def test_a_perhaps_is_known_in_other_languages(language: str, draft: str, source: str) -> None:
    assert _found(draft, source, language) == ["modality"]
    assert _found(source, source, language) == []


def test_an_empty_draft_blocks_and_a_long_one_is_pointed_out() -> None:
    source = [SourceText(text=SOURCE, language="en")]

    empty, long = desk.findings("  ", source), desk.findings(SOURCE + " " + SOURCE, source)

    assert [(one.kind, one.blocks) for one in empty] == [("length", True)]
    assert [(one.kind, one.blocks) for one in long] == [("length", False)]


@pytest.mark.parametrize(
    "draft",
    ["\ud800", "\x00", "«»“”\"\"", "9" * 5000, "I" * 3000, "1,2." * 2000, "2021-99-99", "31 February 2021",
     "99 May", "a@" * 3000,
     "not " * 3000, "Ünï cödé", "\u202eabc\u202c", "٣١٣١٣١", "seventy-seventy-seventy",
     "yesterday" * 10, "A." * 4000],
)  # fmt: skip
def test_any_draft_is_answered(draft: str) -> None:
    for source in (SOURCE, draft, ""):
        desk.findings(draft, [SourceText(text=source, language="en", published="not a day")])
