"""Revisions: what a later text at the same address changed, and whether it matters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique import match
from communique.records import Document

Make = Callable[..., Document]

TEXT = (
    "The federation of hospital workers regrets the decision of the ministry. In all, 98 organisations have signed the "
    "appeal of Doctor Amina Keller. The strike of 12 May will take place."
)


def test_the_same_text_is_no_change(make: Make) -> None:
    assert match.change(make(text=TEXT), make(text=TEXT.replace(" ", "  "))) is None


def test_another_number_is_a_material_change(make: Make) -> None:
    found = match.change(make(text=TEXT), make(text=TEXT.replace("98", "105")))

    assert found is not None
    assert found.material
    assert "numbers" in found.changed
    assert "without 98 and with 105" in found.summary


def test_another_name_is_told(make: Make) -> None:
    found = match.change(make(text=TEXT), make(text=TEXT.replace("Amina Keller", "Jonas Weber")))

    assert found is not None
    assert found.changed == ("text", "names")
    assert "Jonas" in found.summary


@pytest.mark.parametrize(
    ("before", "after"),
    [("will take", "will not take"), ("regrets", "welcomes"), ("workers regrets", "regrets workers")],
)
def test_what_turns_the_sense_is_material(make: Make, before: str, after: str) -> None:
    found = match.change(make(text=TEXT), make(text=TEXT.replace(before, after)))

    assert found is not None
    assert found.material


@pytest.mark.parametrize(
    "after", [TEXT.replace("organisations", "organizations"), TEXT + " (updated)", TEXT.replace(".", "…")]
)
def test_spelling_and_update_marks_are_minor(make: Make, after: str) -> None:
    found = match.change(make(text=TEXT), make(text=after))

    assert found is not None
    assert not found.material


def test_a_later_signer_is_material_and_named(make: Make) -> None:
    signers = [{"name": "Union of Nurses"}, {"name": "Caritas Castria"}]

    found = match.change(make(text=TEXT, signatories=signers[:1]), make(text=TEXT, signatories=signers))

    assert found is not None
    assert (found.changed, found.material) == (("signatories",), True)
    assert "with Caritas Castria" in found.summary


def test_another_day_and_another_title_are_told_in_one_sentence(make: Make) -> None:
    before = make(text=TEXT, title="Appeal", published="2024-05-01")
    after = make(text=TEXT, title="Appeal to the ministry", published="2024-05-02")

    found = match.change(before, after)

    assert found is not None
    assert found.changed == ("title", "published")
    assert found.summary.count(". ") == 0
    assert "2024-05-02" in found.summary
