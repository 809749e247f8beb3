"""The shipped lists of places."""

from __future__ import annotations

from communique.kit import towns


def test_disputed_places_are_listed_once() -> None:
    assert "Jerusalem" in towns.claimed()
