"""From one page of a list to another: the one number in which their addresses differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from communique.kit import urls

SECOND = (1, 2)  # the number of the second page: some count from 0

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERS = re.compile(r"(\d+)")
# What a page's number adds to an address: "/2", "/page/2", "_2.html", "/seite-2/"
_ADDED = re.compile(r"[/_-](?:[^\W\d]{1,12}[/_-])?(\d{1,4})(?:\.\w{2,5})?")
_ENDING = re.compile(r"\.\w{2,5}$")
# Parameters that count entries, not pages: the second page may have any number.
_OFFSETS = re.compile(r"(?:\w+_)?(?:start|offset|from|skip|begin|first|row|limitstart|(?:b_)?start:int)|o|s", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The one difference between two addresses."""

    before: int | None  # None: the address that one comes from bears no such number
    behind: int | None  # None: the address that it leads to bears none, so it is the first page
    is_offset: bool = False  # the number counts entries

    @property
    def is_on(self) -> bool:
        """Tell whether the step leads to a later page."""
        if self.behind is None:
            return False
        if self.before is None:
            return self.behind in SECOND or (self.is_offset and self.behind > 0)
        return self.behind > self.before

    @property
    def is_back(self) -> bool:
        """Tell whether the step leads to an earlier page."""
        return self.behind is None or (self.before is not None and self.behind < self.before)


def step(here: str, there: str) -> Step | None:
    """Yield the step from one address to another; None where they differ in something else, or in nothing."""
    ours, theirs = urls.identity(here), urls.identity(there)
    if ours == theirs:
        return None
    path, _, query = ours.partition("?")
    other_path, _, other_query = theirs.partition("?")
    if path == other_path:
        return _of_queries(query, other_query)
    return _of_paths(path, other_path) if query == other_query else None


def _of_queries(ours: str, theirs: str) -> Step | None:
    before = dict(parse_qsl(ours, keep_blank_values=True))
    behind = dict(parse_qsl(theirs, keep_blank_values=True))
    changed = [key for key in before.keys() | behind.keys() if before.get(key) != behind.get(key)]
    if len(changed) != 1:
        return None
    given = [value for value in (before.get(changed[0]), behind.get(changed[0])) if value]
    if not given or any(not value.isdecimal() or len(value) > 6 or _YEAR.fullmatch(value) for value in given):
        return None
    return Step(
        before=_number(before.get(changed[0])), behind=_number(behind.get(changed[0])),
        is_offset=_OFFSETS.fullmatch(changed[0]) is not None,
    )  # fmt: skip


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _of_paths(ours: str, theirs: str) -> Step | None:
    if (added := _added(ours, theirs)) is not None:
        return Step(before=None, behind=added)
    if (added := _added(theirs, ours)) is not None:
        return Step(before=added, behind=None)
    before, behind = _NUMBERS.split(ours), _NUMBERS.split(theirs)
    changed = [place for place, (one, other) in enumerate(zip(before, behind, strict=False)) if one != other]
    if len(before) != len(behind) or len(changed) != 1 or changed[0] % 2 == 0:
        return None
    place = changed[0]
    is_of_calendar = place >= 2 and _YEAR.fullmatch(before[place - 2]) and before[place - 1] in ("/", "-", "_", ".")
    if is_of_calendar or any(len(part) > 5 or _YEAR.fullmatch(part) for part in (before[place], behind[place])):
        return None
    return Step(before=int(before[place]), behind=int(behind[place]))


def _added(shorter: str, longer: str) -> int | None:
    """Yield the number that one path has behind the other; None where it has something else there."""
    stem = _ENDING.sub("", shorter) if "/" in shorter else shorter
    found = _ADDED.fullmatch(longer, len(stem)) if longer.startswith(stem) else None
    return int(found[1]) if found and not _YEAR.fullmatch(found[1]) else None
