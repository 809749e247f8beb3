"""Which parts of a page are its statement: leads, credits, last headings, what asks for leave, what others wrote."""

from __future__ import annotations

import pytest
from tests.read.samples import article, capture

from communique import read
from communique.records import Document

LEAD = (
    "The committee of the dockers of Solm has asked the mayor to mediate in the conflict with the port company, after "
    "two of three members had voted against an offer that was made on Monday night."
)
BOX = f"<div class='teaser'><p>{LEAD}</p></div>"  # no witness takes such a box for text


def text(*, before: str = "", body: str = "") -> str:
    found = read.document(capture(article(before=before, body=body)))
    assert isinstance(found, Document)
    return found.text


def test_a_lead_in_a_box_of_its_own_opens_the_text() -> None:
    assert text(before=BOX).startswith(LEAD)


@pytest.mark.parametrize(
    "box",
    [
        f"<figure><img src='/a.jpg'><figcaption>{LEAD}</figcaption></figure>",
        f"<div class='author-bio'><p>{LEAD}</p></div>",
        f"<aside><p>{LEAD}</p></aside>",
        f"<div class='teaser'><p><a href='/other'>{LEAD}</a></p></div>",
    ],
)
def test_what_only_stands_where_a_lead_would_is_no_text(box: str) -> None:
    assert LEAD not in text(before=box)


@pytest.mark.parametrize(
    "credit", ["Photo: Ana Petrov / Solm News", "Titelbild: J. Mbeki", "The port at dawn. © N. Ito"]
)
def test_a_line_that_says_whose_a_picture_is_is_no_text(credit: str) -> None:
    assert credit not in text(body=f"<p>{credit}</p><p>The talks go on in the town hall on Thursday, it said.</p>")


def test_a_heading_with_nothing_behind_it_is_no_text() -> None:
    assert "Recommended" not in text(body="<h2>Recommended</h2>")


def test_a_heading_within_the_text_stays() -> None:
    behind = "<h2>What comes next</h2><p>The talks go on in the town hall on Thursday at nine, the committee said.</p>"

    assert "What comes next" in text(body=behind)


def test_what_stands_above_a_dateline_is_no_text() -> None:
    opening = (
        "<p>SOLM, 3 May 2024 – The dockers have rejected the offer by a wide margin, their committee said today.</p>"
    )
    page = article(before=BOX).replace("<p>The dockers", f"{opening}<p>The dockers")

    found = read.document(capture(page))

    assert isinstance(found, Document)
    assert found.text.startswith("SOLM, 3 May 2024")
