"""Which statements become a story, in a sample of an invented year and in small cases; the whole is `bench/match`."""

from __future__ import annotations

from bench.match import stories, year

SAMPLE = 240  # days of the year


def test_the_stories_of_two_invented_seasons_are_pure_and_bounded() -> None:
    told = year.statements(7, days=SAMPLE)

    found = stories.figures(told, stories.at_once(stories.wire(told)))

    assert found["purity"] >= 0.85
    assert found["completeness"] >= 0.65
    assert found["largest"] <= 20


def test_yearly_twins_are_not_one_story() -> None:
    told = [one for one in year.statements(7) if one.series and "yearly" in one.series]

    found = stories.at_once(stories.wire(told))

    matters = {(one.matter, found[one.fields["id"]][1]) for one in told}
    assert len({story for _, story in matters}) == len(matters)


def test_one_by_one_a_strike_becomes_one_story() -> None:
    told = [one for one in year.statements(7) if one.matter == "en-strike-0" or one.fields["language"] == "es"][:160]
    strike = [one for one in told if one.matter == "en-strike-0" and one.fields["language"] == "en"]

    found = stories.one_by_one(stories.wire(told))

    assert len({found[one.fields["id"]][1] for one in strike}) <= 2
