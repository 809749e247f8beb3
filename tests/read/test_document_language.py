"""The language of a text."""

from __future__ import annotations

import pytest

from communique.read._language import language

SENTENCES = {
    "en": "The union calls on the government to publish the report before the vote.",
    "de": "Die Gewerkschaft fordert die Regierung auf, den Bericht vor der Abstimmung zu veröffentlichen.",
    "fr": "Le syndicat demande au gouvernement de publier le rapport avant le vote.",
    "es": "El sindicato pide al Gobierno que publique el informe antes de la votación.",
    "pl": "Związek wzywa rząd do opublikowania raportu przed głosowaniem.",
    "fi": "Liitto vaatii hallitusta julkaisemaan raportin ennen äänestystä.",
    "ru": "Профсоюз призывает правительство опубликовать доклад до голосования.",
    "uk": "Профспілка закликає уряд оприлюднити звіт до голосування.",
    "el": "Το σωματείο καλεί την κυβέρνηση να δημοσιεύσει την έκθεση.",
    "he": "הוועד קורא לממשלה לפרסם את הדוח לפני ההצבעה בכנסת.",
    "ar": "تدعو النقابة الحكومة إلى نشر التقرير قبل التصويت في البرلمان.",
    "fa": "اتحادیه از دولت می‌خواهد که گزارش را پیش از رأی‌گیری منتشر کند.",
    "hi": "यूनियन ने सरकार से मतदान से पहले रिपोर्ट प्रकाशित करने की मांग की है।",
    "ja": "組合は政府に対し、採決の前に報告書を公表するよう求める。",
    "zh": "工会要求政府在表决之前公布报告，并与工人代表会面。",
    "ko": "노조는 정부에 표결 전에 보고서를 공개할 것을 요구한다.",
    "da": "Fagforeningen opfordrer regeringen til at offentliggøre rapporten før afstemningen.",
    "no": "Fagforeningen ber regjeringen om å offentliggjøre rapporten før avstemningen.",
    "sv": "Facket uppmanar regeringen att offentliggöra rapporten före omröstningen.",
    "hr": "Sindikat poziva Vladu da objavi izvješće prije glasovanja.",
    "sl": "Sindikat poziva vlado, naj poročilo objavi pred glasovanjem.",
    "sr": "Синдикат позива владу да објави извештај пре гласања.",
    "bg": "Синдикатът призовава правителството да публикува доклада преди гласуването.",
    "mk": "Синдикатот ја повикува Владата да го објави извештајот пред гласањето.",
    "ckb": "سەندیکا داوا لە حکومەت دەکات ڕاپۆرتەکە پێش دەنگدان بڵاو بکاتەوە.",
    "ur": "یونین نے حکومت سے مطالبہ کیا ہے کہ رائے شماری سے پہلے رپورٹ شائع کی جائے۔",
    "th": "สหภาพเรียกร้องให้รัฐบาลเผยแพร่รายงานก่อนการลงคะแนน",
}


@pytest.mark.parametrize("tag", SENTENCES)
def test_one_sentence_tells_its_language(tag: str) -> None:
    assert language(SENTENCES[tag]) == tag


def test_a_text_too_short_to_tell_has_none() -> None:
    assert language("OK, 2019") is None
    assert language("…") is None
    assert language("") is None


def test_a_full_sentence_wins_over_the_languages_of_its_source() -> None:
    assert language(SENTENCES["de"], likely=("fr", "en")) == "de"


def test_a_tag_comes_back_as_the_source_writes_it() -> None:
    assert language("O sindicato pede ao governo que publique o relatório.", likely=("pt-BR",)) == "pt-BR"


def test_a_few_words_in_another_script_do_not_decide() -> None:
    assert language(SENTENCES["en"] + " (Профсоюз)") == "en"


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("Ny overenskomst for dokarbejdere", "da"),
        ("Havnearbeiderne krever nye forhandlinger", "no"),
        ("Nytt avtal för hamnarbetare", "sv"),
        ("Kein Streik am Freitag", "de"),
        ("Appel à la grève", "fr"),
        ("Declaración de los estibadores", "es"),
        ("Declaração dos estivadores", "pt"),
        ("Заявление профсоюза портовиков", "ru"),
        ("Заява профспілки портовиків", "uk"),
        ("声明", "zh"),
        ("17歳以上対象", "ja"),
    ],
)
def test_a_few_words_tell_their_language(title: str, tag: str) -> None:
    assert language(title) == tag


def test_names_of_products_and_bodies_do_not_speak() -> None:
    assert language("Профсоюз на Harbour Linux Expo 2024") == "ru"
    assert language("Le PORTNET 3.0 arrive chez les dockers") == "fr"


def test_characters_alone_are_in_the_language_of_their_source() -> None:
    assert language("港湾労働者声明", likely=("ja", "en")) == "ja"
    assert language("声明", likely=("ja", "en")) == "ja"
    assert language("声明", likely=("zh-Hant", "ja")) == "zh-Hant"


def test_the_languages_of_the_source_decide_what_is_alike_in_several() -> None:
    assert language("Comunicado", likely=("pt", "en")) == "pt"
    assert language("Comunicado", likely=("es", "en")) == "es"
