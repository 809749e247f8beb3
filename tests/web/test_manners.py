"""Who writes one thing after the other gives way to others."""

from __future__ import annotations

from communique.web.ledger.manners import PAUSE_S, SPELL_S, Turns


class Time:
    """A clock that goes on only when told, and when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_a_short_spell_of_writing_goes_on() -> None:
    time = Time()
    turns = Turns(monotonic=lambda: time.now, sleep=time.sleep)

    time.now = SPELL_S / 2
    turns()

    assert time.slept == []


def test_each_spell_of_writing_ends_in_one_pause() -> None:
    time = Time()
    turns = Turns(monotonic=lambda: time.now, sleep=time.sleep)

    for _ in range(4):
        time.now += SPELL_S + 0.01
        turns()
        turns()

    assert time.slept == [PAUSE_S] * 4
