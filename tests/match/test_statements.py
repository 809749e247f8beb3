"""Groups: what is one statement, whatever the language, the order and the other fields."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from communique import match
from communique.records import Assignment, Document

Make = Callable[..., Document]
Wire = list[tuple[str, Document]]


def _partition(wire: Wire) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for (key, _), assignment in zip(wire, match.statements(wire), strict=True):
        groups.setdefault(assignment.statement, set()).add(key)
    return {frozenset(keys) for keys in groups.values()}


def _gold(given: list[dict[str, Any]]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for fields in given:
        groups.setdefault(fields["gold_statement"], set()).add(fields["id"])
    return {frozenset(keys) for keys in groups.values()}


def _by_key(wire: Wire) -> dict[str, Assignment]:
    return {key: one for (key, _), one in zip(wire, match.statements(wire), strict=True)}


@pytest.mark.parametrize("dropped", [(), ("published",), ("published", "title"), ("published", "language")])
def test_one_statement_in_many_scripts_is_one_group(
    given: list[dict[str, Any]], make: Make, dropped: tuple[str, ...]
) -> None:
    wire = [
        (fields["id"], make(**{name: value for name, value in fields.items() if name not in dropped}))
        for fields in given
    ]

    found = _partition(wire)

    assert found == _gold(given)


def test_a_yearly_twin_is_a_statement_of_its_own(wire: Wire) -> None:
    found = _by_key(wire)

    assert found["yard-en"].statement != found["twin-en"].statement
    assert found["twin-en"].statement == found["twin-de"].statement


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_the_input_changes_nothing(wire: Wire, seed: int) -> None:
    shuffled = random.Random(seed).sample(wire, len(wire))

    assert _by_key(shuffled) == _by_key(wire)


def test_the_ids_of_the_input_do_not_enter_the_statement_ids(wire: Wire) -> None:
    renamed = [(f"x{at}", document) for at, (_, document) in enumerate(wire)]

    first, second = match.statements(wire), match.statements(renamed)

    assert [one.statement for one in first] == [one.statement for one in second]
    assert [one.story for one in first] == [one.story for one in second]


def test_the_hash_seed_of_python_changes_nothing(given: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(fields) + "\n" for fields in given)
    outs = {
        subprocess.run(
            [sys.executable, "-m", "communique", "match", "--quiet"],
            input=lines,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }

    assert len(outs) == 1


def test_the_earliest_is_the_original_and_others_refer_to_it(wire: Wire) -> None:
    found = _by_key(wire)

    assert found["truce-pl"].relation == "translation"
    assert found["yard-ar"].of in ("yard-en", "yard-de")
    assert sum(one.relation == "original" for key, one in found.items() if key.startswith("yard")) == 1


def _wrapped(text: str) -> str:
    return f"HARBOUR WIRE, 19 March -- {text}\n\nAll rights reserved. Harbour Wire."


def test_a_copy_with_dateline_and_footer_is_a_copy(wire: Wire, make: Make) -> None:
    original = dict(wire)["yard-en"]
    copy = make(text=_wrapped(original.text), language="en", publisher="Harbour Wire", published="2024-03-19")

    found = match.statements([*wire, ("copy", copy)])[-1]

    assert (found.relation, found.of) == ("copy", "yard-en")


def test_the_first_third_at_another_publisher_is_an_excerpt(wire: Wire, make: Make) -> None:
    original = dict(wire)["yard-en"]
    part = "\n\n".join(original.text.split("\n\n")[:2])
    excerpt = make(text=f"{part}\n\nRead on at the source.", language="en", publisher="Port Gazette")

    found = match.statements([*wire, ("part", excerpt)])[-1]

    assert (found.relation, found.of) == ("excerpt", "yard-en")


def test_a_later_text_at_the_same_address_is_a_revision(make: Make) -> None:
    text = (
        "The teachers' union of Castria asks parents to support the strike in all 212 schools of the capital this week."
    )
    first = make(text=text, url="https://teachers.example/strike", published="2024-05-02", language="en")
    later = make(
        text=text.replace("212", "230"),
        url="https://www.teachers.example/strike/",
        published="2024-05-03",
        language="en",
    )

    found = match.statements([("a", first), ("b", later)])

    assert found[0].statement == found[1].statement
    assert (found[1].relation, found[1].of) == ("revision", "a")


def test_a_copy_of_a_translation_refers_to_the_translation(wire: Wire, make: Make) -> None:
    german = dict(wire)["yard-de"]
    copy = make(text=_wrapped(german.text), language="de", publisher="Hafenbote", published="2024-03-21")

    found = match.statements([*wire, ("copy", copy)])[-1]

    assert (found.relation, found.of) == ("copy", "yard-de")


def test_a_report_that_quotes_a_statement_is_about_it(wire: Wire, make: Make) -> None:
    quoted = "We stand with the families of Varnhaven and with the young workers in their apprenticeship."
    report = make(
        text="The mayor of Varnhaven, Tove Lind, met shop stewards at the town hall on Tuesday and promised a round "
        f"table before summer. In their statement the unions had written: “{quoted}” The mayor said that the town "
        "owns a third of the land under the slipway and would not sell it. A spokesman for the employers called the "
        "promise premature, and pointed to the order book, which has been empty since autumn.",
        language="en",
        publisher="Town of Varnhaven",
        published="2024-03-21",
    )  # fmt: skip

    found = match.statements([*wire, ("report", report)])
    by_key = dict(zip([*(key for key, _ in wire), "report"], found, strict=True))

    assert (by_key["report"].relation, by_key["report"].of) == ("about", "yard-en")
    assert by_key["report"].statement != by_key["yard-en"].statement
    assert by_key["report"].story == by_key["yard-en"].story


def test_a_template_with_another_name_in_it_is_another_statement(make: Make) -> None:
    text = (
        "On behalf of the members of our federation I congratulate you on your election as president of the {} "
        "and wish you success in the years ahead. Our cooperation in training, safety and refereeing goes back a long "
        "way. I look forward to meeting you at the congress in {} and to continuing our common work for the game."
    )
    names = [("Castrian Football Union", "Puerto Real"), ("Norrland Football League", "Varnhaven")]
    letters = [(name, make(text=text.format(name, place), language="en")) for name, place in names]

    found = match.statements(letters)

    assert found[0].statement != found[1].statement


def test_the_same_text_after_five_years_is_another_statement(make: Make) -> None:
    text = "We greet all working people on the first of May. The eight-hour day was won by those who went before us."
    years = [("a", make(text=text, published="2019-05-01")), ("b", make(text=text, published="2024-05-01"))]

    found = match.statements(years)

    assert found[0].statement != found[1].statement


def test_nothing_is_merged_by_a_phrase(make: Make) -> None:
    pages = [(str(at), make(text="Read on at the source.", title=f"Headline {at}")) for at in range(5)]

    found = match.statements(pages)

    assert len({one.statement for one in found}) == 5


def test_a_thousand_copies_are_one_statement(wire: Wire) -> None:
    document = dict(wire)["river-en"]

    found = match.statements([(str(at), document) for at in range(1000)])

    assert len({one.statement for one in found}) == 1
    assert sum(one.relation == "original" for one in found) == 1


def test_a_text_of_numbers_alone_is_dealt_with(make: Make) -> None:
    rows = [(str(at), make(text=" ".join(str(at * 7919 + n) for n in range(60_000)))) for at in range(2)]

    found = match.statements(rows)

    assert found[0].statement != found[1].statement


def test_no_documents_give_no_assignments() -> None:
    assert match.statements([]) == ()
