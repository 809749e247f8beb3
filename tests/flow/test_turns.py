"""Whose turn it is: no thread sleeps for one site while another may be asked."""

from __future__ import annotations

from communique.flow._turns import Turn, Turns


def taken(turns: Turns[str], now: float) -> Turn[str]:
    turn = turns.next(now)
    assert isinstance(turn, Turn)
    return turn


def test_each_site_is_in_one_hand_at_a_time() -> None:
    turns = Turns([["a1", "a2"], ["b1"]])

    first, second = taken(turns, 0), taken(turns, 0)

    assert (list(first.due), list(second.due)) == (["a1", "a2"], ["b1"])
    assert turns.next(0) is None


def test_a_site_that_rests_lets_the_others_go_first() -> None:
    turns = Turns([["a1", "a2"], ["b1"]])
    turn = taken(turns, 0)
    turn.due.popleft()

    turns.back(turn, ready_at=5)

    assert list(taken(turns, 0).due) == ["b1"]
    assert turns.next(2) == 3
    assert list(taken(turns, 5).due) == ["a2"]


def test_a_site_with_nothing_left_is_done() -> None:
    turns = Turns([["a1"]])
    turn = taken(turns, 0)
    turn.due.popleft()

    turns.back(turn, ready_at=0)

    assert turns.next(0) is None
