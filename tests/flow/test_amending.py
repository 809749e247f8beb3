"""A reading as an editor corrected it: what is laid over it, and what goes on to hold for a later text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique import read
from communique.flow.amending import amended, still_hold, with_amendment
from communique.records import Amendment, Signatory
from communique.testing import builders

FIRST, MENU, LIST = "The ferrymen greet the strike.", "Home News Contact", "Signed: Ferry Union, Port Union"
PAGE = builders.document(
    text=f"{FIRST}\n\n{MENU}\n\n{LIST}",
    signatories=tuple(
        Signatory(name=name, span=(at, at + len(name)), relation="signer", actor=None, joined=None)
        for name, at in (("Ferry Union", 59), ("Port Union", 72))
    ),
)


def said(what: str, to: str | None, **given: Any) -> Amendment:
    return Amendment(what=what, to=to, by="ana", at="2026-03-02T09:00:00+00:00", **given)  # type: ignore[arg-type]  # tests name real fields


def names_at_their_places(document: Any) -> list[str]:
    return [document.text[slice(*one.span)] for one in document.signatories if one.span]


def test_the_page_of_these_tests_has_its_signers_where_it_says() -> None:
    assert names_at_their_places(PAGE) == ["Ferry Union", "Port Union"]


def test_a_field_is_as_the_editor_says() -> None:
    made = amended(PAGE, [said("title", "Greetings"), said("byline", None), said("language", "fi")])

    assert (made.title, made.byline, made.language) == ("Greetings", None, "fi")


def test_a_day_is_as_exact_as_it_is_written() -> None:
    days = ("2019", "2019-06", "2019-06-19", "2019-06-19T09:30+02:00")

    made = [amended(PAGE, [said("published", day)]).published for day in days]

    assert [one and one.precision for one in made] == ["year", "month", "day", "minute"]
    assert amended(PAGE, [said("published", None)]).published is None


def test_a_paragraph_left_out_moves_the_signers_behind_it() -> None:
    made = amended(PAGE, [said("leave-out", MENU)])

    assert made.text == f"{FIRST}\n\n{LIST}"
    assert names_at_their_places(made) == ["Ferry Union", "Port Union"]


def test_who_signs_in_a_paragraph_left_out_has_not_signed() -> None:
    made = amended(PAGE, [said("leave-out", LIST)])

    assert (made.text, made.signatories) == (f"{FIRST}\n\n{MENU}", ())


def test_a_paragraph_taken_in_stands_where_it_stands_on_the_page() -> None:
    places = {"Home": None, "More.": FIRST, "End.": "a paragraph that is gone"}

    made = amended(PAGE, [said("take-in", text, after=after) for text, after in places.items()])

    assert made.text.split("\n\n") == ["Home", FIRST, "More.", MENU, LIST, "End."]
    assert names_at_their_places(made) == ["Ferry Union", "Port Union"]


def test_leaving_out_what_was_taken_in_gives_the_text_as_read() -> None:
    made = amended(PAGE, [said("take-in", "More.", after=MENU), said("leave-out", "More.")])

    assert made == replace(PAGE, digest=made.digest)


def test_signers_are_removed_and_added() -> None:
    made = amended(
        PAGE, [said("remove-signer", "port union"), said("add-signer", "Home"), said("add-signer", "Abroad")]
    )

    assert [(one.name, one.span is None) for one in made.signatories] == [
        ("Ferry Union", False), ("Home", False), ("Abroad", True)]  # fmt: skip


def test_a_corrected_text_has_the_digest_that_reading_it_would_give() -> None:
    made = amended(PAGE, [said("leave-out", MENU)])

    assert made.digest == read.text_digest(made.text)


def test_a_field_stays_corrected_while_the_page_gives_the_same() -> None:
    title = said("title", "Greetings", was=PAGE.title)

    assert still_hold([title], PAGE, replace(PAGE, text="Other.")) == (title,)
    assert still_hold([title], PAGE, replace(PAGE, title="Another title")) == ()


def test_an_added_signer_stays_while_the_text_names_it() -> None:
    inside, outside = said("add-signer", "Home"), said("add-signer", "Abroad")

    assert still_hold([inside, outside], PAGE, replace(PAGE, text=FIRST)) == (outside,)


def test_a_field_corrected_twice_is_as_said_last_and_was_as_it_was_read() -> None:
    made = with_amendment([said("title", "One", was="As read")], said("title", "Two", was="One"))

    assert [(one.to, one.was) for one in made] == [("Two", "As read")]


def test_a_field_put_back_to_what_was_read_is_not_corrected() -> None:
    assert with_amendment([said("title", "One", was="As read")], said("title", "As read", was="One")) == ()


def test_what_is_taken_in_again_was_never_left_out() -> None:
    out = with_amendment([said("language", "fi")], said("leave-out", MENU))

    assert [one.what for one in with_amendment(out, said("take-in", MENU))] == ["language"]
    assert len(with_amendment(out, said("leave-out", MENU))) == 2
