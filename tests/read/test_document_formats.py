"""Formats and encodings: HTML in wrong encodings, PDF, plain text, mail."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.read.samples import article, capture, pdf

from communique import read
from communique.records import Dating, Document, Trouble

GREEK = "Η Ομοσπονδία Οικοδόμων καλεί τα μέλη της σε συγκέντρωση στην πλατεία της πόλης για τα μέτρα ασφάλειας."


def document(body: bytes | str, **known: Any) -> Document:
    found = read.document(capture(body, **known))
    assert isinstance(found, Document), found
    return found


def page(paragraph: str, head: str = "") -> str:
    body = f"<h1>Ανακοίνωση</h1><p>{paragraph}</p><p>{paragraph[::-1]}</p>"
    return f"<html><head>{head}<title>Ανακοίνωση</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("codec", "head", "charset"),
    [
        ("iso8859-7", '<meta charset="iso-8859-7">', None),
        ("iso8859-7", "", "ISO-8859-7"),
        ("utf-8", '<meta charset="iso-8859-1">', None),
        ("utf-8", "", "windows-1252"),
        ("utf-8", "", "no-such-charset"),
        ("utf-8", "", None),
        ("utf-8-sig", "", "iso-8859-7"),
        ("utf-16", "", None),
        ("utf-16-le", '<meta charset="utf-16">', None),
        ("cp1253", "", None),
    ],
)
def test_a_page_is_read_in_whatever_encoding_it_comes(codec: str, head: str, charset: str | None) -> None:
    found = document(page(GREEK, head).encode(codec), charset=charset)

    assert GREEK in found.text
    assert found.language == "el"


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    body = page(GREEK * 3).encode().replace("Οικοδόμων".encode(), "Οικοδόμων".encode() + b"\xff", 1)

    assert "καλεί τα μέλη της" in document(body, charset="utf-8").text


def test_xhtml_with_a_declaration_is_read() -> None:
    body = (
        '<?xml version="1.0" encoding="iso-8859-7"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="el">' + page(GREEK)[6:]
    )

    found = document(body.encode("iso8859-7"), media_type="application/xhtml+xml")

    assert GREEK in found.text


def test_a_pdf_gives_paragraphs_without_running_heads_and_hyphens() -> None:
    head = "Federation of Harbour Pilots - Circular 14"
    first = [
        head,
        "Pilots ask for a second tug",
        "Solm, 3 May 2021",
        "The federation has written to the harbour board to ask for a second tug in the chan-",
        "nel, because two ships of the new class could not be turned in the wind of last week.",
        "1",
    ]
    second = [
        head,
        "The board has not answered yet and will meet on Thursday, as its secretary has told the",
        "federation by telephone.",
        "2",
    ]
    third = [head, "Copies of this letter go to the mayor and to the crews.", "3"]

    found = document(pdf(first, second, third), media_type="application/pdf")

    assert found.title == "Pilots ask for a second tug"
    assert found.dateline == "Solm, 3 May 2021"
    assert found.published is not None
    assert found.published.at == "2021-05-03"
    assert "a second tug in the channel, because" in found.text
    assert head not in found.text


def test_a_pdf_that_says_no_day_is_dated_by_its_making() -> None:
    lines = [
        "The pilots of Solm thank the crews of both tugs for their work in the storm of this winter.",
        "They will be honoured in spring.",
    ]

    found = document(pdf(lines, created="D:20220305101500+01'00'"), media_type=None)

    assert found.published is not None
    assert (found.published.at, found.published.evidence) == ("2022-03-05", "pdf")


def test_a_scanned_pdf_says_so() -> None:
    found = read.document(capture(pdf([], []), media_type="application/pdf"))

    assert isinstance(found, Trouble)
    assert found.kind == "no-text"
    assert "scanned" in found.detail


def test_plain_text_is_unwrapped() -> None:
    text = (
        "Statement of the Beekeepers of Tarn\n\nTarn, 2 April 2020\n\n"
        "The association has asked the ministry to forbid the\nspraying of orchards in blossom. A meeting has been\n"
        "promised for May.\n\n- no spraying by day\n- a register of hives\n"
    )

    found = document(text, media_type="text/plain")

    assert found.title == "Statement of the Beekeepers of Tarn"
    assert found.dateline == "Tarn, 2 April 2020"
    assert "forbid the spraying of orchards in blossom. A meeting" in found.text
    assert found.text.endswith("- no spraying by day\n- a register of hives")


MAIL = b"""From: =?utf-8?q?Verband_der_M=C3=BCller?= <presse@mueller.example>
To: redaktion@wire.example
Subject: =?utf-8?q?Re:_M=C3=BChlen_bleiben_offen?=
Date: Tue, 04 May 2021 09:30:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Der Verband der M=FCller teilt mit, dass alle M=FChlen w=E4hrend der Ernte ge=
=F6ffnet bleiben. Die Mitglieder haben das am Montag beschlossen.

> Frage der Redaktion: Bleiben die M=FChlen offen?

--=20
Verband der M=FCller, Hafenstra=DFe 4
--b
Content-Type: text/html; charset=utf-8

<html><body><p>Der Verband</p></body></html>
--b--
"""


def test_a_mail_is_its_senders_text_with_subject_day_and_name() -> None:
    found = document(MAIL, media_type="message/rfc822", url="mid:1")

    assert found.title == "Mühlen bleiben offen"
    assert found.publisher == "Verband der Müller"
    assert found.published is not None
    assert (found.published.at, found.published.evidence) == ("2021-05-04T09:30+02:00", "mail")
    assert found.text == (
        "Der Verband der Müller teilt mit, dass alle Mühlen während der Ernte geöffnet bleiben. "
        "Die Mitglieder haben das am Montag beschlossen."
    )


def test_a_mail_that_is_only_html_is_read_without_how_to_leave_the_list() -> None:
    html = article(body="<p>Unsubscribe from this list at any time</p>").encode()
    body = (
        b"From: union@example.org\nSubject: Offer\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + html
    )

    found = document(body, media_type=None, url="mid:2")

    assert "rejected the offer of the port company" in found.text
    assert "Unsubscribe" not in found.text


def test_a_page_served_as_plain_text_is_still_a_page() -> None:
    assert "<p>" not in document(article(), media_type="text/plain").text


def test_a_forwarded_mail_is_its_first_senders() -> None:
    head = "From: Union of Dockers <office@dockers.example>\nDate: Wed, 8 Mar 2023 at 18:12\nSubject: Offer rejected\n"
    text = f"FYI\n\n---------- Forwarded message ---------\n{head}\nThe dockers have rejected the offer.\n"
    mail = f"From: Press <press@union.example>\nSubject: Fwd: Offer\nDate: Thu, 09 Mar 2023 10:00:00 +0100\n\n{text}"

    found = read.document(capture(mail, media_type="message/rfc822"))

    assert isinstance(found, Document)
    assert (found.title, found.publisher) == ("Offer rejected", "Union of Dockers")
    assert found.text == "The dockers have rejected the offer."
    assert found.published == Dating(at="2023-03-08", precision="day", evidence="mail")


@pytest.mark.parametrize(
    ("mark", "sender"),
    [
        ("-------- Weitergeleitete Nachricht --------", "Von: Hafenrat <rat@hafen.example>"),
        ("---------- Message transféré ----------", "De : Dockers <d@docks.example>"),
        ("---------- Пересылаемое сообщение ----------", "От: Профсоюз <p@port.example>"),
        ("Begin forwarded message:", "From: Dockers <d@docks.example>"),
    ],
)
def test_the_head_of_a_forwarded_mail_is_known_in_many_languages(mark: str, sender: str) -> None:
    mail = f"From: Press <press@union.example>\nSubject: Fwd: A\n\nSee below.\n\n{mark}\n{sender}\n\nThe text itself.\n"

    found = read.document(capture(mail.encode(), media_type="message/rfc822"))

    assert isinstance(found, Document)
    assert found.text == "The text itself."


def test_a_page_built_by_script_is_read_from_its_json_ld() -> None:
    said = {"@type": "NewsArticle", "headline": "Offer rejected", "articleBody": "<p>The dockers said no.</p>" * 9}
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'

    found = read.document(capture(f"<html><head>{script}</head><body><div id=app></div></body></html>"))

    assert isinstance(found, Document)
    assert found.text.startswith("The dockers said no.\n")


def test_text_that_the_page_shows_is_not_taken_from_json_ld() -> None:
    said = json.dumps({"@type": "Article", "articleBody": "Short. " * 60})
    script = f'<script type="application/ld+json">{said}</script>'

    found = read.document(capture(article(head=script)))

    assert isinstance(found, Document)
    assert "Short." not in found.text


def test_an_answer_above_a_longer_mail_is_the_senders_own() -> None:
    quoted = "-----Original Message-----\nFrom: Port <p@port.example>\n\nWill you come?\n"
    mail = f"From: Dockers <d@docks.example>\nSubject: Re: A\n\nWe will not come, and this is why: pay.\n\n{quoted}"

    assert document(mail, media_type="message/rfc822").text.startswith("We will not come")


def beside(left: list[str], right: list[str]) -> list[str | tuple[int, int, str]]:
    """Lines of two columns, drawn row by row."""
    rows = [(at, one, other) for at, (one, other) in enumerate(zip(left, right, strict=True))]
    return [piece for at, one, other in rows for piece in ((50, 700 - 15 * at, one), (320, 700 - 15 * at, other))]


def test_a_pdf_in_two_columns_is_read_column_by_column() -> None:
    left = [f"Demand {number} of the dockers in the port" for number in range(8)]
    right = [f"Answer {number} of the company that runs it" for number in range(8)]

    text = document(pdf([(50, 760, "Talks in the port of Solm go on"), *beside(left, right)]), media_type=None).text

    assert text.index("Demand 7") < text.index("Answer 0")


def test_a_table_in_a_pdf_is_read_row_by_row() -> None:
    names, places = [f"Dockers {number}" for number in range(8)], [f"Harbour {number}" for number in range(8)]

    text = document(pdf(["Signed by the unions of all eight harbours:", *beside(names, places)]), media_type=None).text

    assert text.index("Harbour 0") < text.index("Dockers 1")


def test_a_page_behind_the_warnings_of_its_program_is_a_page() -> None:
    warning = "<br />\n<b>Deprecated</b>: a way of asking that will go in <b>settings.php</b> on line <b>52</b><br />\n"
    found = read.document(capture(warning * 60 + article(), media_type=None))

    assert isinstance(found, Document)
    assert found.title == "Dockers reject the offer"
    assert "Deprecated" not in found.text


PILOTS = "The board has not answered yet and will meet on Thursday, as its secretary has told the federation."


def test_the_running_head_of_two_pages_and_those_of_left_and_right_ones_are_no_text() -> None:
    two = pdf(["Pilots of Solm", "A second tug", PILOTS, "Page 1 of 2"], ["Pilots of Solm", PILOTS, "Page 2 of 2"])
    sided = [["Circular 14" if number % 2 else "Pilots of Solm", f"{number * 'x'}. {PILOTS}"] for number in range(5)]

    assert "Pilots of Solm" not in document(two, media_type="application/pdf").text
    assert "Circular" not in (text := document(pdf(*sided), media_type="application/pdf").text)
    assert "Pilots of Solm" not in text


def test_a_pdf_in_three_columns_is_read_column_by_column() -> None:
    rows = [
        (left, 700 - 15 * at, f"{name} {at} of the page")
        for at in range(9)
        for left, name in ((40, "First"), (230, "Second"), (410, "Third"))
    ]

    text = document(pdf([(50, 760, "Talks in the port of Solm go on"), *rows]), media_type=None).text

    assert text.index("First 8") < text.index("Second 0") < text.index("Second 8") < text.index("Third 0")


def test_a_hyphen_between_two_names_stays_at_the_end_of_a_line() -> None:
    lines = ["A word from the port", "The ferries on the North-", "South route sail again, the pilots said on Monday."]

    assert "on the North-South route" in document(pdf(lines), media_type=None).text


def forwarding(body: str, *, subject: str = "FW: Offer", kind: str = "text/plain") -> Document:
    head = f"From: Press <press@union.example>\nSubject: {subject}\nDate: Thu, 09 Mar 2023 10:00:00 +0100\n"
    return document(
        f"{head}MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\n{body}", media_type="message/rfc822"
    )


OUTLOOK = (
    "From: Dockers <d@docks.example>\nSent: Wednesday, March 8, 2023\nSubject: Offer rejected\n\n"
    "The offer is rejected.\n"
)


def test_a_head_without_a_mark_is_of_a_forwarded_mail_where_the_subject_says_so() -> None:
    found = forwarding(f"FYI\n\n{OUTLOOK}")

    assert (found.title, found.publisher, found.text) == ("Offer rejected", "Dockers", "The offer is rejected.")


def test_a_head_without_a_mark_under_an_answer_is_not_what_is_said() -> None:
    assert forwarding(f"We agree.\n\n{OUTLOOK}", subject="Re: Offer").text.startswith("We agree.")


def test_a_mail_that_is_forwarded_as_a_quotation_is_read() -> None:
    quoted = (
        "> Begin forwarded message:\n>\n> From: Dockers <d@docks.example>\n>\n> The dockers said no to the offer.\n"
    )

    assert forwarding(quoted).text == "The dockers said no to the offer."


def test_a_mail_that_is_forwarded_as_html_is_its_first_senders() -> None:
    head = "---------- Forwarded message ---------<br>From: <b>Dockers</b> &lt;d@docks.example&gt;<br>Subject: No<br>"
    text = "<p>The dockers have rejected the offer of the company by a wide margin, their committee said.</p>"

    found = forwarding(f"<div>FYI<br><br><div>{head}</div>{text}</div>", kind="text/html")

    assert (found.title, found.publisher) == ("No", "Dockers")
    assert found.text.startswith("The dockers have rejected")
