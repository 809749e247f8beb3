"""An act under a helping word that says it was not done, is planned or only possible is never told as done.

The sentences of `undone/` are put together from acts, markers and ways to join two or three acts: "will sign the
agreement, march *and condemn* the attack". What is joined is not done either.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from communique import code, registry
from communique.records import Context

FOLDER = Path(__file__).with_name("undone")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SAMPLE = 60  # sentences a language in the quick run


class Sentence(NamedTuple):
    """A sentence and where its acts stand in it."""

    text: str
    acts: tuple[tuple[int, int], ...]


def sentences(language: str) -> Iterator[Sentence]:
    """Yield every marker with every joint, the acts in turn."""
    given: dict[str, Any] = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    turn = 0
    for place, form in enumerate(given["forms"]):
        for marker in given["markers"].get(form, ()):
            for joint in given["joints"]:
                for _ in range(3):
                    acts = [given["acts"][(turn + step) % len(given["acts"])][place] for step in (0, 1, 2)]
                    subject = given["subjects"][turn % len(given["subjects"])]
                    turn += 1
                    yield _sentence(f"{subject} {marker}.", joint, acts)


def _sentence(frame: str, joint: str, acts: list[str]) -> Sentence:
    text = frame.replace("{}", joint.format(*acts))
    starts = [(text.find(act), act) for act in acts if act in text]
    return Sentence(text, tuple((start, start + len(act)) for start, act in starts))


def told_as_done(language: str, given: Sentence) -> list[str]:
    """Yield the triggers of acts of a sentence that are coded as done."""
    made = code.coding(given.text, registry=registry.load(), context=Context(language=language))
    return [
        event.trigger.text
        for event in made.events
        if event.modality == "asserted" and event.level == "main"
        and any(event.trigger.span[0] < end and start < event.trigger.span[1] for start, end in given.acts)
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_helping_word_holds_open_is_not_told_as_done(language: str) -> None:
    sample = random.Random(7).sample(list(sentences(language)), SAMPLE)

    wrong = [(each.text, found) for each in sample if (found := told_as_done(language, each))]

    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_helping_word_of_all_lets_an_act_be_told_as_done(language: str) -> None:
    wrong = [(each.text, found) for each in sentences(language) if (found := told_as_done(language, each))]

    assert wrong == []
