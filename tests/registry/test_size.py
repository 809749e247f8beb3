"""The search looks at each letter once, however many names are known."""

from __future__ import annotations

import time

from communique import registry
from communique.records import Actor, Context
from communique.registry._aliases import Aliases

TEXT = "The harbour workers of the river said on Monday that Ford and the AFL did not vote. " * 5000


def _seconds(index: Aliases) -> float:
    begun = time.process_time()
    index.hits(TEXT)
    return time.process_time() - begun


def test_four_megabytes_a_second_in_fifty_thousand_names() -> None:
    many = [Actor(id=f"x-{n}", name=f"Union {n} of Quay {n % 97}", kind="union", country="NO") for n in range(50_000)]

    took = min(_seconds(Aliases(many)) for _ in range(2))

    assert len(TEXT) / took >= 4_000_000


def test_a_text_eight_times_as_long_takes_no_more_than_sixteen_times_as_long() -> None:
    names = (
        "The Communist Party of Greece met the Workers' Union of Peru and the Ministry of Finance of Portugal. " * 150
    )
    known, context = registry.load(), Context(language="en")

    def seconds(text: str) -> float:
        begun = time.process_time()
        known.mentions(text, context=context)
        return time.process_time() - begun

    assert min(seconds(names * 8) for _ in range(2)) <= 16 * min(seconds(names) for _ in range(3))


def test_ten_megabytes_in_one_line_and_mixed_scripts_are_read() -> None:
    text = "КПРФ ΣΥΡΙΖΑ 日本共産党 الحزب الشيوعي السوداني \u202e\u0007 " + "x" * 2_000_000

    found = {mention.actor for mention in registry.load().mentions(text, context=Context(language="ru"))}

    assert {"ru-cprf", "gr-syriza", "jp-jcp", "sd-scp"} <= found
    assert registry.load().mentions("", context=Context()) == ()
