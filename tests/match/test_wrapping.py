"""What another's page puts around a text is no part of it: datelines, tails of feeds."""

from __future__ import annotations

import pytest

from communique import match
from communique.testing.builders import document

TEXT = "We, the pilots of two rivers, ask the harbour office of Valparos to open the locks at night, and to pay for it."


@pytest.mark.parametrize("dateline", ["SALTMARSH, 15.2.2024 – ", "GHENT (ICP, 19 June) — ", "HARBOUR WIRE -- "])
def test_a_dateline_is_no_part_of_a_text(dateline: str) -> None:
    bare, wrapped = (match.fingerprint(document(text=text)) for text in (TEXT, dateline + TEXT))

    assert wrapped.marks == bare.marks
    assert wrapped.shingles == bare.shingles


@pytest.mark.parametrize(
    "tail",
    ["The post Locks appeared first on Saltmarsh Wire.", "Der Beitrag Schleusen erschien zuerst auf Salzmarsch.",
     "L’article Écluses est apparu en premier sur Valparos.", "ظهرت المقالة أولاً على موقع الميناء."],
)  # fmt: skip
def test_the_tail_of_a_feed_is_no_part_of_a_text(tail: str) -> None:
    bare, wrapped = (match.fingerprint(document(text=text)) for text in (TEXT, f"{TEXT}\n\n{tail}"))

    assert wrapped.marks == bare.marks


def test_a_number_before_a_dash_is_no_dateline() -> None:
    marks = match.fingerprint(document(text=f"We, 98 organisations – {TEXT}")).marks

    assert set(match.fingerprint(document(text="98 – one", title=None)).marks) <= set(marks)


def test_a_text_that_is_nothing_but_a_dateline_stays() -> None:
    assert match.fingerprint(document(text="VALPAROS, 15.2.2024 – Night.")).words
