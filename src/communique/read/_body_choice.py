"""Which blocks of a page are taken for its statement so far."""

from __future__ import annotations

from collections.abc import Sequence

from communique.read._body_votes import Votes


class Choice:
    """Which blocks are taken so far, and why or why not."""

    __slots__ = ("reasons", "taken")

    def __init__(self, votes: Sequence[Votes]) -> None:
        self.taken = [vote.careful or (vote.usual and vote.other) for vote in votes]
        self.reasons = [vote.reason for vote in votes]

    @property
    def numbers(self) -> list[int]:
        """Yield the indexes of the blocks that are taken."""
        return [number for number, is_taken in enumerate(self.taken) if is_taken]

    def take(self, number: int, reason: str) -> None:
        """Take a block, unless it is taken already."""
        self._turn(number, reason, is_taken=True)

    def drop(self, number: int, reason: str) -> None:
        """Leave out a block, unless it is left out already."""
        self._turn(number, reason, is_taken=False)

    def _turn(self, number: int, reason: str, *, is_taken: bool) -> None:
        if self.taken[number] != is_taken:
            self.taken[number], self.reasons[number] = is_taken, reason
