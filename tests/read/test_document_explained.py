"""The reading of a document can be looked at: each field with its witness, each part with the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.read.samples import article, capture, pdf

from communique import read
from communique.records import Document, Explanation, Hints, Trouble

PAGES = Path(__file__).with_name("pages")


def explained(body: str | bytes, *, hints: Hints | None = None, **known: str) -> tuple[Document, Explanation]:
    found = read.explained(capture(body, **known), hints=hints or Hints())
    assert not isinstance(found, Trouble)
    return found


def test_an_explained_document_is_the_document() -> None:
    page = capture((PAGES / "nurses-strike.html").read_bytes())

    found = read.explained(page)

    assert not isinstance(found, Trouble)
    assert found[0] == read.document(page)


def test_every_block_of_the_page_is_a_part_with_a_reason() -> None:
    document, explanation = explained((PAGES / "pescadores-portos.html").read_bytes())

    left_out = {one.text.split("\n")[0]: one.reason for one in explanation.parts if not one.is_taken}
    assert left_out["Pelos portos pequenos: declaração comum"] == "it is the headline"
    assert left_out["Sindicato dos Pescadores de Alvor"] == "it is the foot of the site, or its box of contacts"
    assert all(one.text in document.text for one in explanation.parts if one.is_taken)
    assert all(one.reason for one in explanation.parts)


def test_a_field_names_its_witness() -> None:
    _, explanation = explained(article(head='<meta property="og:title" content="Dockers reject the offer">'))

    witness = {one.field: one.witness for one in explanation.fields}
    assert witness["title"] == "a headline (h1), with which og:title agrees"
    assert witness["byline"] == "nothing gives it"


def test_each_day_on_the_page_is_shown_with_what_became_of_it() -> None:
    published = '<meta property="article:published_time" content="2024-05-14T10:00:00+02:00">'
    page = article(head=published + '<meta name="date" content="2031-01-01">', before="<p>3 May 2024</p>")
    _, explanation = explained(page, hints=Hints(listing_date=date(2024, 5, 14)))

    verdicts = {(one.evidence, one.at[:10]): one.verdict for one in explanation.days}
    assert verdicts["meta", "2024-05-14"] == "decided"
    assert verdicts["listing", "2024-05-14"] == "agrees"
    assert verdicts["meta", "2031-01-01"] == "impossible"
    assert verdicts["text", "2024-05-03"] == "outvoted"


def test_the_text_of_a_file_is_shown_whole() -> None:
    _, explanation = explained(
        pdf(["A word from the harbour", "The pier is closed.", "It opens in May."]), media_type="application/pdf"
    )

    assert {one.reason for one in explanation.parts} == {"it is the text of a file"}
