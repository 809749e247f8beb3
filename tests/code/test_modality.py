"""Modality: what was planned, denied, doubted or not done is never told as done."""

from __future__ import annotations

from datetime import date

import pytest

from communique import code, registry
from communique.records import Context, Event

CONTEXT = Context(language="en", published=date(2026, 4, 15))


def main_events(text: str) -> list[Event]:
    made = code.coding(text, registry=registry.load(), context=CONTEXT)
    return [event for event in made.events if event.level == "main"]


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("The Harbour Workers' Union condemned the closure of the quay.", "CONDEMN", "asserted"),
        ("The Harbour Workers' Union has not condemned the closure.", "CONDEMN", "negated"),
        ("The Lantern Party has never supported the pipeline.", "SUPPORT", "negated"),
        ("The Church of Northport failed to agree on a text.", "AGREE", "negated"),
        ("The Ministry of Tides has yet to reply.", "STATE", "negated"),
        ("Neither the Lantern Party nor the Beekeepers' Union commented.", "STATE", "negated"),
        ("No member of the Dockers' Union has signed the accord.", "AGREE", "negated"),
        ("The Teachers' Union postponed its congress.", "CONVENE", "negated"),
        ("The congress of the Teachers' Union was called off.", "CONVENE", "negated"),
        ("The strike of the Dockers' Union was called off.", "ACT", "negated"),
        ("The Harbour Council will not take part in the talks.", "MEET", "negated"),
        ("The Teachers' Union will strike on 12 May.", "ACT", "planned"),
        ("The Fishermen's Union of Northport plans to strike.", "ACT", "planned"),
        ("The Chess Federation of Northport is to meet the Harbour Council.", "MEET", "planned"),
        ("The National Bank of Northport is expected to publish its report.", "PUBLISH", "planned"),
        ("The Teachers' Union announced a strike for Monday.", "ACT", "planned"),
        ("Church of Northport to hold synod meeting in May", "CONVENE", "planned"),
        ("The Teachers' Union said it would strike.", "ACT", "planned"),
        ("The Lantern Party may join the coalition.", "JOIN", "possible"),
        ("The Lantern Party has reportedly joined the coalition.", "JOIN", "possible"),
        ("The Lantern Party is said to have joined the coalition.", "JOIN", "possible"),
        ("If the parliament agrees, the Teachers' Union will strike.", "ACT", "conditional"),
        ("The Teachers' Union would strike if the parliament agreed.", "ACT", "conditional"),
        ("The Teachers' Union will strike unless the ministry answers.", "ACT", "conditional"),
    ],
)
def test_the_modality_is_what_the_verb_group_says(text: str, kind: str, modality: str) -> None:
    (event, *_) = main_events(text)

    assert (event.type, event.modality) == (kind, modality)


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Tides denied that it had banned the ferry.",
        "The Ministry of Tides denied having banned the ferry.",
        "The Ministry of Tides rejected a report that it had banned the ferry.",
    ],
)
def test_a_denied_act_is_background_and_denied(text: str) -> None:
    made = code.coding(text, registry=registry.load(), context=CONTEXT)

    assert [event.type for event in made.events if event.level == "main"] == ["DENY"]
    assert [event.modality for event in made.events if event.level == "background"] == ["denied"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The Dockers' Union of Northport didn't sign the accord.", "negated"),
        ("The Dockers' Union of Northport hasn’t signed the accord.", "negated"),
        ("The Dockers' Union of Northport won't sign the accord.", "negated"),
        ("The Dockers' Union of Northport almost signed the accord.", "negated"),
        ("The Dockers' Union of Northport neither signed nor rejected the accord.", "negated"),
        ("Nobody from the Dockers' Union of Northport signed the accord.", "negated"),
        ("Dockers' Union of Northport not to sign accord", "negated"),
        ("The Dockers' Union of Northport is yet to sign the accord.", "negated"),
        ("The Dockers' Union of Northport has no longer supported the accord.", "negated"),
        ("The Dockers' Union of Northport reportedly signed the accord.", "possible"),
        ("The Dockers' Union of Northport hardly supported the accord.", "possible"),
        ("The Dockers' Union of Northport should have signed the accord.", "possible"),
        ("Will the Dockers' Union of Northport sign the accord?", "possible"),
        ("Dockers' Union of Northport set to sign accord", "planned"),
        ("The Dockers' Union of Northport hopes to sign the accord.", "planned"),
        ("The Dockers' Union of Northport signs the accord next week.", "planned"),
        ("The Dockers' Union of Northport holds its congress on 30 May.", "planned"),
        ("The Dockers' Union of Northport, if elected, signs the accord.", "conditional"),
        ("The Dockers' Union of Northport would have signed the accord.", "conditional"),
    ],
)
def test_no_way_of_saying_that_it_was_not_done_is_told_as_done(text: str, modality: str) -> None:
    assert {event.modality for event in main_events(text)} == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "The Dockers' Union of Northport is unlikely to sign the accord.",
        "The Dockers' Union of Northport was supposed to sign the accord.",
        "The Dockers' Union of Northport has no plans to sign the accord.",
        "The Dockers' Union of Northport is not expected to sign the accord.",
        "Did the Dockers' Union of Northport sign the accord?",
        "It is not true that the Dockers' Union of Northport signed the accord.",
        "Rumours that the Dockers' Union of Northport signed the accord were denied by its president.",
        "The Dockers' Union of Northport refrained from signing the accord.",
        "Before the Dockers' Union of Northport signs the accord, it waits.",
        "The Harbour Council believes that the Dockers' Union of Northport signed the accord.",
        "The Miners' Union of Northport accused the Dockers' Union of Northport of having signed the accord.",
        "The Dockers' Union of Northport ‘signed the accord’, says the minister.",
    ],
)
def test_where_nothing_is_sure_no_signing_is_asserted(text: str) -> None:
    made = code.coding(text, registry=registry.load(), context=CONTEXT)

    assert not [event for event in made.events if event.type == "AGREE" and event.modality == "asserted"]


def test_a_headline_that_asks_has_its_addressee_in_front() -> None:
    (event,) = main_events("Dockers' Union of Northport urged to sign accord")

    assert (event.type, event.modality, event.source, len(event.addressee)) == ("CALL", "asserted", (), 1)


def test_who_is_named_as_not_taking_part_makes_a_negated_event_of_its_own() -> None:
    done, left_out = main_events("The Quay Union and the Ferry Union, but not the Crane Union, welcomed the decree.")

    assert (done.modality, left_out.modality) == ("asserted", "negated")
    assert (len(done.source), len(left_out.source)) == (2, 1)


def test_not_calling_off_is_not_calling_off() -> None:
    (event,) = main_events("The Dockers' Union did not call off its congress.")

    assert (event.type, event.modality) == ("DECIDE", "negated")


def test_what_is_done_and_what_is_not_done_are_two_events() -> None:
    done, left = main_events("The Lantern Party welcomed, but did not sign, the charter.")

    assert (done.modality, left.modality) == ("asserted", "negated")
