"""Link headers come from strangers: read in time that grows with them, and not with their square."""

from __future__ import annotations

from time import process_time

import pytest

from communique.flow import course
from communique.flow.course import NOTHING, Brought
from communique.testing.builders import MORNING, capture

KIB = 1024
HUB = '<https://hub.example/>; rel="hub"'
CASES = {
    "a word without end": f"<a>; {'a' * 60 * KIB}",
    "words without values": f"<a>{'; a' * 20 * KIB}",
    "a value without end": f'<a>; b="{"a" * 60 * KIB}',
    "openings without end": "<" * 60 * KIB,
    "links without end": "<a>," * 15 * KIB,
    "spaces without end": f"<a>{' ' * 60 * KIB}",
    "equals signs without end": f"<a>; a{'=' * 60 * KIB}",
    "stars and dashes": f"<a>; {'*-' * 30 * KIB}=",
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_link_header_costs_little_and_hides_nothing_before_it(case: str) -> None:
    kept = capture(headers=(("Link", f"{HUB}, {CASES[case]}"),))
    brought = Brought(at=MORNING, capture=kept, made=None, is_new=False, last_new=None)
    begun = process_time()

    memory = course.after(NOTHING, brought, url=kept.url)

    assert process_time() - begun < 0.5
    assert memory.hub == "https://hub.example/"
