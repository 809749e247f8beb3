"""What the shipped registry and another list of parties both hold agrees, or it was decided why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench.registry import agreement

from communique import registry

GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", "not-set"))
LIST = GOLD / "registry" / "partyfacts-core-parties.csv"
pytestmark = pytest.mark.skipif(not LIST.exists(), reason=f"no list of parties at {LIST}; set COMMUNIQUE_GOLD")


def test_what_both_lists_hold_agrees_or_was_decided() -> None:
    held = list(agreement.pairs(registry.load(), list(agreement.others(LIST))))
    told = [one for actor, other in held for one in agreement.differences(actor, other)]

    known = agreement.decided()

    assert len(held) >= 800
    assert [one for one in told if (one.actor, one.fact, one.theirs) not in known] == []
