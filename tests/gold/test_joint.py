"""A gate on our own joint statements in twelve languages, few numbers and no links: the half that is only scored."""

from __future__ import annotations

from bench.match import desk, joint


def test_joint_statements_are_found_across_scripts_and_their_twins_kept_apart() -> None:
    given = joint.records("score")

    found = desk.pair_figures([fields["gold_statement"] for fields in given], joint.at_once(given))

    assert found["precision"] >= 0.99
    assert found["f1"] >= 0.97
