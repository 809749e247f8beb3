"""What `communique code` takes as the day of a text."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from communique.cli import program

TEXT = "The Harbour Union yesterday condemned the closure of the ferry."


def coded(published: object) -> dict[str, object]:
    """Code one sentence of a given day."""
    line = json.dumps({"text": TEXT, "language": "en", "published": published})
    answer: dict[str, object] = json.loads(CliRunner().invoke(program, ["code", "--quiet"], input=line).stdout)
    return answer


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-03-08", "2026-03-07"),
        ("2026-03-08T09:00:00+00:00", "2026-03-07"),
        ({"at": "2026-03-08", "precision": "day", "evidence": "meta"}, "2026-03-07"),
        ({"at": "2026-03", "precision": "month", "evidence": "url"}, None),
        (None, None),
    ],
)
def test_yesterday_counts_from_the_day_as_read_gives_it(published: object, day: str | None) -> None:
    dates = coded(published)["dates"]

    assert isinstance(dates, list)
    assert [one["value"] for one in dates] == [day]


@pytest.mark.parametrize("published", ["last Tuesday", {"at": 7}, 7])
def test_what_is_no_day_is_a_trouble(published: object) -> None:
    assert "published" in str(coded(published)["trouble"])
