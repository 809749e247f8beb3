"""A source whose hub tells what is new is visited more rarely; the visits stay as a net under that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from communique.flow.ledger import Due
from communique.testing.ledger import MemoryLedger

from .conftest import World, feed

DAY = timedelta(days=1)


class ToldLedger(MemoryLedger):
    """Books in which a hub has promised to tell of every source until an instant."""

    told_until: datetime

    @contextmanager
    def due(self, now: datetime, *, limit: int) -> Iterator[Due]:
        with super().due(now, limit=limit) as due:
            yield replace(due, sources=[replace(one, told_until=self.told_until) for one in due.sources])


@pytest.mark.parametrize(("days", "hours"), [(10, 6), (0, 1)])
def test_the_pause_is_longer_while_a_hub_tells(world: World, days: int, hours: int) -> None:
    world.ledger = books = ToldLedger()
    books.told_until = world.clock.now() + days * DAY
    world.show({"/feed.xml": feed()})
    world.watch(pause_s=3600)

    world.collect()

    assert books.next_due_at() == world.clock.now() + timedelta(hours=hours)
