"""What a newsroom made of the world is compared with the answer key, one sentence for each difference."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest

from communique import demo
from communique.demo import AnswerKey, Coded, Failed, Named, Outcome, Revised, Told

NOW = datetime(2031, 5, 14, 9, 30, tzinfo=UTC)


@cache
def key(visit: int = 1) -> AnswerKey:
    return demo.world(NOW, port=8000, visit=visit).key


def perfect(visit: int = 1) -> Outcome:
    """Yield the outcome of a newsroom that makes no mistake."""
    this = key(visit)
    group_of = {url: group for group in this.groups for url in group.urls}
    signers = {group.urls[0]: group.signers for group in this.groups}

    def told(one: demo.Expected) -> Told:
        group = group_of.get(one.url)
        return Told(
            url=one.url,
            statement=f"s-{group.urls[0] if group else one.url}",
            relation="original" if group is None or group.urls[0] == one.url else "translation",
            title=one.title,
            language=one.language,
            published=one.published,
            signers=signers.get(one.url, ()),
            text=one.text,
        )

    acts = (Coded(url=act.url, type="DEED", modality=act.modality, trigger=act.words[0]) for act in this.modal)
    said = (Coded(url=act.url, type=act.said, modality="asserted", trigger="said") for act in this.modal if act.said)
    silent = (Failed(source=id_, url="", kind=words[0], detail=words[0]) for id_, words in this.silent.items())
    hostile = (Failed(source="anglers", url=url, kind="too-large", detail="too large") for url in this.hostile)
    return Outcome(
        sources=this.sources,
        documents=tuple(told(one) for one in this.documents),
        events=(*acts, *said),
        mentions=this.ambiguous,
        failures=(*silent, *hostile),
        revisions=tuple(Revised(url=url, changed=("text", changed)) for url, changed in this.revisions.items()),
    )


def at(ref: str) -> str:
    return next(one.url for one in key().documents if one.ref == ref)


def with_document(outcome: Outcome, ref: str, **other: str) -> Outcome:
    """Yield the outcome with one document read otherwise."""
    url = at(ref)
    documents = tuple(dataclasses.replace(one, **other) if one.url == url else one for one in outcome.documents)  # type: ignore[arg-type]
    return dataclasses.replace(outcome, documents=documents)


def with_event(outcome: Outcome, ref: str, type_: str, modality: str, trigger: str) -> Outcome:
    event = Coded(url=at(ref), type=type_, modality=modality, trigger=trigger)
    return dataclasses.replace(outcome, events=(*outcome.events, event))


@pytest.mark.parametrize("visit", [1, 2])
def test_a_newsroom_without_mistakes_has_no_findings(visit: int) -> None:
    assert demo.findings(perfect(visit), key(visit)) == ()


Fault = Callable[[Outcome], Outcome]
FAULTS: dict[str, tuple[Fault, str]] = {
    "a source is not followed": (
        lambda outcome: dataclasses.replace(outcome, sources=40),
        "sources: 40 are followed, 41 are there",
    ),
    "a page is not read": (
        lambda outcome: dataclasses.replace(outcome, documents=outcome.documents[1:]),
        "documents: 1 of 129 were not read",
    ),
    "a menu is taken for a statement": (
        lambda outcome: dataclasses.replace(
            outcome,
            documents=(
                *outcome.documents,
                dataclasses.replace(outcome.documents[0], url="http://bank.localhost:8000/about/"),
            ),
        ),
        "documents: 1 are no statements of this world",
    ),
    "a translation is not recognised": (
        lambda outcome: with_document(outcome, "ummal/atqum", statement="s-alone"),
        "are one statement, and were told as several",
    ),
    "a copy is taken for the original": (
        lambda outcome: with_document(
            with_document(outcome, "teachers/safe-crews", relation="original"), "dockers/safe-crews", relation="copy"
        ),
        "another was taken for it",
    ),
    "the yearly twin is merged": (
        lambda outcome: with_document(
            outcome, "dockers/lamplighters-day-last-year", statement=f"s-{at('dockers/lamplighters-day-this-year')}"
        ),
        "different statements, and were told as one",
    ),
    "a denied act is told as done": (
        lambda outcome: with_event(outcome, "bank/no-devaluation", "DECIDE", "asserted", "devalue"),
        "is denied, and was coded as done",
    ),
    "an acronym is guessed": (
        lambda outcome: dataclasses.replace(
            outcome, mentions=(Named(url=at("commission/ftm-hearing"), text="FTM", actor="qm-ftm-teachers"),)
        ),
        "can't be decided, and was taken for qm-ftm-teachers",
    ),
    "silence is not explained": (
        lambda outcome: dataclasses.replace(
            outcome, failures=tuple(one for one in outcome.failures if one.source != "mayaki")
        ),
        "silence: mayaki says nothing, and nobody was told why",
    ),
    "a good source is called broken": (
        lambda outcome: dataclasses.replace(
            outcome,
            failures=(*outcome.failures, Failed(source="bank", url="", kind="timeout", detail="it took too long")),
        ),
        "troubles: bank is all right",
    ),
    "the clock makes a revision": (
        lambda outcome: dataclasses.replace(
            outcome, revisions=(*outcome.revisions, Revised(url=at("observatory/comet"), changed=("text",)))
        ),
        "did not change, and a revision was told",
    ),
    "a signer is missed": (
        lambda outcome: dataclasses.replace(
            outcome,
            documents=tuple(
                dataclasses.replace(one, signers=one.signers[:5]) if one.signers else one for one in outcome.documents
            ),
        ),
        "signers: 5 of 11 were found",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_in_a_sentence(name: str) -> None:
    fault, sentence = FAULTS[name]

    found = demo.findings(fault(perfect()), key())

    assert any(sentence in one for one in found), found


def test_a_silent_edit_that_nobody_noticed_is_told() -> None:
    blind = dataclasses.replace(perfect(2), revisions=())

    found = demo.findings(blind, key(2))

    assert len([one for one in found if one.endswith("was changed, and nobody noticed")]) == 2


def test_poison_in_a_text_is_told() -> None:
    url = next(url for url in key().hostile if url.endswith("grand-prize"))
    poisoned = Told(
        url=url, statement="s-x", relation="original", title="", language="en", published="", text="alert(1)"
    )
    outcome = perfect()

    found = demo.findings(dataclasses.replace(outcome, documents=(*outcome.documents, poisoned)), key())

    assert found == (f"hostile: alert( of {url} came into its text",)


def test_a_reader_that_loses_the_lists_of_many_pages_is_told() -> None:
    outcome = perfect()
    documents = tuple(dataclasses.replace(one, text=one.text.split("\n\n")[0]) for one in outcome.documents)

    found = demo.findings(dataclasses.replace(outcome, documents=documents), key())

    assert len(found) == 1
    assert found[0].startswith("text: right on 0.")


def test_a_few_wrong_titles_are_within_the_floor_and_many_are_not() -> None:
    def spoilt(share: int) -> Outcome:
        outcome = perfect()
        documents = tuple(
            dataclasses.replace(one, title="Home") if number % share == 0 else one
            for number, one in enumerate(outcome.documents)
        )
        return dataclasses.replace(outcome, documents=documents)

    assert demo.findings(spoilt(20), key()) == ()
    assert demo.findings(spoilt(5), key())[0].startswith("title: right on 0.79")
