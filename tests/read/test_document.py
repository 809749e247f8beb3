"""What `read.document` finds on whole pages: golden pairs, and what must hold for all of them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.read.samples import URL, article, capture

from communique import read
from communique.kit import jsonable
from communique.records import Document, Hints

PAGES = Path(__file__).with_name("pages")
GOLDEN = sorted(
    name
    for path in PAGES.glob("*.expected.json")
    if not (name := path.name.removesuffix(".expected.json")).startswith(("lists-", "pagers-"))  # test_listing's
)


def document(markup: str | bytes, **known: Any) -> Document:
    found = read.document(capture(markup, **known))
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("name", GOLDEN)
def test_a_page_reads_as_its_golden_pair_says(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.expected.json").read_text())

    found = jsonable.of_record(document((PAGES / f"{name}.html").read_bytes(), url=expected["url"]))

    assert {key: found[key] for key in expected} == expected


def test_menus_comments_and_footers_are_no_part_of_the_text() -> None:
    text = document((PAGES / "nurses-strike.html").read_bytes()).text

    assert not any(word in text for word in ("Join us", "Well done", "porters", "©", "Privacy"))


def test_paragraphs_are_parted_by_one_blank_line_and_entries_by_a_line() -> None:
    text = document(
        article(
            body="<ul><li>mediation;</li><li>no redundancies;</li><li>a vote.</li></ul><p>The port is open today.</p>"
        )
    ).text

    assert "- mediation;\n- no redundancies;\n- a vote.\n\nThe port is open today." in text
    assert "\n\n\n" not in text


def test_the_text_is_nfc() -> None:
    text = document(
        article(
            body="<p>The café of the harbour has been closed since Monday evening, it said.</p>".replace("é", "e\u0301")
        )
    ).text

    assert unicodedata.is_normalized("NFC", text)
    assert "café" in text


def test_a_wide_list_of_demands_between_two_paragraphs_is_kept() -> None:
    demands = "".join(f"<li>Demand number {number} of the committee</li>" for number in range(1, 8))
    text = document(
        article(body=f"<ol>{demands}</ol><p>The committee meets again on Thursday at the seamen's hall.</p>")
    ).text

    assert "1. Demand number 1 of the committee\n2. Demand number 2" in text


def test_a_lone_link_to_another_page_within_the_text_is_dropped() -> None:
    text = document(
        article(body='<p><a href="/x">Read more: the history of the port</a></p><p>It goes on until Friday noon.</p>')
    ).text

    assert "Read more" not in text
    assert "until Friday noon" in text


def test_links_of_the_text_are_absolute_and_those_of_menus_left_out() -> None:
    found = document(
        article(body='<p>The full <a href="../offer.pdf">offer of the company</a> was published on Monday.</p>')
    )

    assert found.links == ("https://union.example/offer.pdf",)


def test_the_title_loses_the_name_of_the_site() -> None:
    head = '<meta property="og:site_name" content="Dockers Solm">'
    for title in ("Dockers reject the offer – Dockers Solm", "Dockers Solm: x | Dockers reject the offer | News"):
        page = article(head=head, title=title).replace(f"<h1>{title}</h1>", "<h1>Dockers reject the offer</h1>")

        assert document(page).title == "Dockers reject the offer"


@pytest.mark.parametrize(
    ("given", "believed"),
    [
        ("https://www.union.example/news/statement", "https://www.union.example/news/statement"),
        ("/news/statement?id=1", "https://union.example/news/statement?id=1"),
        ("https://union.example/", None),
        ("https://staging.other.example/news/statement", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_canonical_address_is_believed_on_the_same_site_only(given: str, believed: str | None) -> None:
    assert document(article(head=f'<link rel="canonical" href="{given}">')).canonical_url == believed


def test_a_dateline_is_a_field_and_not_text() -> None:
    found = document(article(before="<p>ICP, 19 June 2019</p>"))

    assert found.dateline == "ICP, 19 June 2019"
    assert "19 June" not in found.text


def test_the_digest_is_of_the_words_and_not_of_their_markup() -> None:
    plain = document(article())
    marked = document(article().replace("<p>The offer", "<p class=x>\n  The&nbsp;offer"))
    other = document(article().replace("two per cent", "three per cent"))

    assert plain.digest == marked.digest != other.digest


def test_what_the_source_knows_decides_a_short_text() -> None:
    page = "<html><body><h1>Uttalelse</h1><p>Vi krever fred, arbeid og brød til alle i byen nå.</p></body></html>"

    found = read.document(capture(page), hints=Hints(languages=("nb", "en")))

    assert isinstance(found, Document)
    assert found.language == "nb"


def test_reading_twice_gives_the_same() -> None:
    given = capture(article())

    assert read.document(given) == read.document(given)
    assert read.document(replace(given, url=URL)) == read.document(given)


def test_the_only_headline_wins_over_titles_written_for_searching() -> None:
    page = article(title="Offer rejected").replace("<title>Offer rejected", "<title>What dockers earn | Harbour Post")

    assert document(page).title == "Offer rejected"


def test_the_name_of_the_site_in_a_banner_is_no_headline() -> None:
    banner = '<div class="site-title"><h1>Harbour Post</h1></div>'
    page = article(title="Dockers reject the offer").replace("<h1>Dockers reject the offer</h1>", "")

    assert document(page.replace("<main>", f"{banner}<main>")).title == "Dockers reject the offer"


def test_a_headline_that_begins_the_title_is_the_headline() -> None:
    page = article(title="Offers of the port").replace("</title>", " | The Review of Harbours and Rivers</title>")

    assert document(page).title == "Offers of the port"


def test_signs_without_a_width_do_not_part_words_from_their_witnesses() -> None:
    page = (
        article()
        .replace("rejected the offer", "re\u200cjected the o\u00adffer")
        .replace("committee", "commit\u200dtee")
    )

    assert len(document(page).text.split("\n\n")) == 3
