"""The lines of a PDF page that is set in two or more columns, in the order in which they are read.

A PDF gives its text in the order in which it was drawn, often line by line across both columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

RECTS = 4_000  # of one page; more is a map or a drawing
GUTTER = 6.0  # points of white between two columns at least
ROWS = 6  # rows with text on both sides of it at least
SHARE = 0.5  # of the page's rows that have
WORDS = 4  # of the middle piece beside the gutter at least: columns of figures and of names are read across
_STEP = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A run of text in a page, in points from the lower left corner."""

    left: float
    right: float
    bottom: float
    top: float
    text: str


def lines_of_columns(textpage: Any) -> list[str] | None:
    """Yield the lines of a page of two columns; None where it has one column, or a table."""
    count = textpage.count_rects()
    if not 2 * ROWS <= count <= RECTS:
        return None
    boxes = [textpage.get_rect(number) for number in range(count)]
    empty = _rows(
        [_Piece(left=left, bottom=bottom, right=right, top=top, text="") for left, bottom, right, top in boxes]
    )
    gutter = _gutter(empty)
    if gutter is None:
        return None
    rows = [[replace(one, text=_text(textpage, one)) for one in row] for row in empty]
    return _read(rows, gutter) if _is_prose(rows, gutter) else None


def _text(textpage: Any, piece: _Piece) -> str:
    found: str = textpage.get_text_bounded(piece.left, piece.bottom, piece.right, piece.top)
    return " ".join(found.split())


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Yield the rows of a page, from above: pieces whose middles lie within each other's height."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-(one.top + one.bottom) / 2, one.left)):
        middle = (piece.top + piece.bottom) / 2
        if rows and rows[-1][0].bottom <= middle <= rows[-1][0].top:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _gutter(rows: Sequence[Sequence[_Piece]]) -> float | None:
    """Yield the middle of the white that parts most rows, somewhere in the middle half of the page."""
    if len(rows) < ROWS:
        return None
    left, right = min(one.left for row in rows for one in row), max(one.right for row in rows for one in row)
    best, places = 0, list[float]()
    for step in range(int((right - left) / 2 / _STEP) + 1):
        place = left + (right - left) / 4 + step * _STEP
        parted = sum(_is_parted(row, place) for row in rows)
        if parted > best:
            best, places = parted, []
        if parted == best:
            places.append(place)
    enough = best >= max(ROWS, SHARE * len(rows))
    return places[len(places) // 2] if enough else None


def _is_parted(row: Sequence[_Piece], place: float) -> bool:
    """Tell whether a row has text on both sides of a place and white around it."""
    is_white = all(one.right <= place - GUTTER / 2 or one.left >= place + GUTTER / 2 for one in row)
    return is_white and any(one.right < place for one in row) and any(one.left > place for one in row)


def _is_prose(rows: Sequence[Sequence[_Piece]], gutter: float) -> bool:
    """Tell whether both sides of the gutter are lines of text, not the cells of a table."""
    parted = [row for row in rows if _is_parted(row, gutter)]
    for is_left in (True, False):
        words = sorted(
            len(" ".join(one.text for one in row if (one.right < gutter) == is_left).split()) for row in parted
        )
        if words[len(words) // 2] < WORDS:
            return False
    return True


def _read(rows: Sequence[Sequence[_Piece]], gutter: float) -> list[str]:
    """Yield the lines: rows across the page as they are, rows between them first left, then right of the gutter."""
    lines: list[str] = []
    for is_across, group in groupby(rows, key=lambda row: any(one.left < gutter < one.right for one in row)):
        held = list(group)
        if is_across:
            lines += [_line(row) for row in held]
            continue
        for is_left in (True, False):
            side = [part for row in held if (part := [one for one in row if (one.right < gutter) == is_left])]
            inner = _gutter(side)  # a third column
            is_parted = inner is not None and _is_prose(side, inner)
            lines += _read(side, inner) if inner is not None and is_parted else [_line(row) for row in side]
    return [line for line in lines if line]


def _line(row: Sequence[_Piece]) -> str:
    return " ".join(one.text for one in sorted(row, key=lambda one: one.left) if one.text)
