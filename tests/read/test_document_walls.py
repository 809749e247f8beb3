"""A page that shows only what stands in the way of its text says so, and gives no document."""

from __future__ import annotations

import json

import pytest
from tests.read.samples import article, capture

from communique import read
from communique.records import Document, Trouble

COOKIES = {
    "de": "Besuchen Sie uns wie gewohnt. Wenn Sie akzeptieren, willigen Sie ein, dass wir und unsere 180 Partner Daten "
    "verarbeiten. Ihre Zustimmung können Sie jederzeit widerrufen.",
    "en": "We and our 214 partners store information on your device. You can withdraw your consent at any time.",
    "fr": "Nous et nos 97 partenaires utilisons des cookies. Vous pouvez retirer votre consentement à tout moment.",
    "es": "Nosotros y nuestros socios usamos datos para mostrar publicidad personalizada. Retire su consentimiento.",
    "pl": "My i nasi zaufani partnerzy stosujemy pliki cookies. Szanujemy Twoją prywatność.",
    "ru": "Мы и наши партнёры используем данные. Нажмите «Принять все», чтобы дать своё согласие.",
    "ar": "نحن وشركاؤنا نستخدم ملفات تعريف الارتباط. يمكنك سحب موافقتك في أي وقت.",
}
ROBOTS = [
    "Verify you are human by completing the action below.",
    "访问受限,请先完成安全验证。",
    "Подтвердите, что вы не робот",
]
READERS = [
    "This article is for subscribers only. Log in or subscribe to keep reading.",
    "Déjà abonné ? Connectez-vous.",
]


def kind(paragraph: str, *, head: str = "") -> str:
    found = read.document(capture(f"<html><head>{head}</head><body><h1>Harbour</h1><p>{paragraph}</p></body></html>"))
    return found.kind if isinstance(found, Trouble) else "document"


@pytest.mark.parametrize("language", COOKIES)
def test_a_page_that_only_asks_about_cookies_says_so(language: str) -> None:
    assert kind(COOKIES[language]) == "consent-wall"


@pytest.mark.parametrize("text", ROBOTS)
def test_a_page_that_only_looks_for_robots_says_so_and_may_be_tried_again(text: str) -> None:
    found = read.document(capture(f"<html><body><h1>Harbour</h1><p>{text}</p></body></html>"))

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("robot-wall", True)


@pytest.mark.parametrize("text", READERS)
def test_a_page_for_subscribers_says_so(text: str) -> None:
    assert kind(text) == "subscriber-wall"


def test_the_text_behind_a_wall_is_read_where_json_ld_gives_it() -> None:
    said = json.dumps({"@type": "NewsArticle", "articleBody": "The dockers of Solm have rejected the offer. " * 4})

    assert kind(COOKIES["en"], head=f'<script type="application/ld+json">{said}</script>') == "document"


@pytest.mark.parametrize(
    "text",
    [
        "Consumers of Tarn: the law on cookies leaves visitors without a choice. Parliament should forbid banners.",
        "The association of robot makers welcomes the new standard and asks that access be denied to nobody.",
    ],
)
def test_a_statement_about_cookies_or_robots_is_a_statement(text: str) -> None:
    assert kind(text) == "document"


def test_a_question_about_cookies_over_a_text_is_no_part_of_it() -> None:
    found = read.document(capture(article().replace("<main>", f"<main><p>{COOKIES['en']}</p>")))

    assert isinstance(found, Document)
    assert found.text.startswith("The dockers of Solm")
