"""What all pages of one build share: the edition, the wire's words, and lines already made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from communique.records import Dispatch
from communique.wire import _links, _view, _words
from communique.wire._edition import Edition
from communique.wire._words import Words

KEPT_LINES = 2000  # lines kept ready: a dispatch stands in about six lists, mostly close together in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the wire."""

    path: str  # relative to the wire's folder, "/" between parts: "d/27/the-slug/index.html"
    body: bytes | None  # None: the file is no more


@dataclass(frozen=True, slots=True)
class Press:
    """One build."""

    edition: Edition
    words: Words
    base: str  # absolute, with a slash at the end
    _lines: dict[int, _view.Line] = field(default_factory=dict)
    entries: dict[int, Any] = field(default_factory=dict)  # what `_feeds` made of a dispatch, for its other feeds

    def line(self, dispatch: Dispatch) -> _view.Line:
        """Yield a dispatch as lists show it, made once."""
        if (made := self._lines.get(dispatch.id)) is None:
            if len(self._lines) >= KEPT_LINES:
                self._lines.clear()
            made = self._lines[dispatch.id] = _view.line(self.edition, self.words, dispatch)
        return made

    def groups(self, dispatches: Iterable[Dispatch]) -> tuple[_view.Group, ...]:
        """Yield the dispatches grouped by day."""
        return _view.groups([(_view.day_of(one, self.words), self.line(one)) for one in dispatches], self.words)

    def by_occasion(self, dispatches: Iterable[Dispatch]) -> tuple[_view.Group, ...]:
        """Yield the dispatches of a series by occasion, the highest number first, those of each in the order given."""
        ordered = sorted(dispatches, key=lambda one: -(one.occasion_number or 0))
        runs = groupby(ordered, key=lambda one: one.occasion_number or 0)
        return tuple(
            _view.Group(label=self.words.occasion(number), iso=None, lines=tuple(map(self.line, run)), is_dated=False)
            for number, run in runs
        )

    def counted_groups(self, dispatches: Iterable[Dispatch]) -> tuple[_view.Group, ...]:
        """Yield the dispatches grouped by day, with numbers that grow: only for pages written with every edition."""
        lines = [(_view.day_of(one, self.words), self.counted(one)) for one in dispatches]
        return _view.groups(lines, self.words)

    def counted(self, dispatch: Dispatch) -> _view.Line:
        """Yield a dispatch with numbers that grow."""
        return _view.line(self.edition, self.words, dispatch, counts=True)


def press(edition: Edition) -> Press:
    """Begin a build."""
    settings = edition.settings
    return Press(edition, _words.words(settings.language, settings.timezone, settings.countries), _links.base(edition))
