"""Plain text becomes parts: its first short line is the title."""

from __future__ import annotations

from communique.read._dateforms import days
from communique.read._parts import Parts, is_dateline, unwrapped
from communique.read._witnesses import Witness

TITLE_CHARS = 200
_HEAD_PARAGRAPHS = 4


def plain(text: str) -> Parts:
    """Read a plain text."""
    return of_paragraphs(unwrapped(text))


def of_paragraphs(paragraphs: tuple[str, ...]) -> Parts:
    """Find title, dateline and days in a text that is nothing but paragraphs."""
    title = next((one for one in paragraphs[:2] if _is_title(one)), None) if len(paragraphs) > 1 else None
    dateline = next((one for one in paragraphs[:_HEAD_PARAGRAPHS] if is_dateline(one)), None)
    kept = tuple(one for one in paragraphs if one not in (title, dateline))
    return Parts(
        paragraphs=kept or paragraphs, title=title if kept else None, dateline=dateline, witnesses=in_text(paragraphs)
    )


def in_text(paragraphs: tuple[str, ...]) -> tuple[Witness, ...]:
    """Yield what the first and last lines say of the day."""
    found = []
    for one in paragraphs[:_HEAD_PARAGRAPHS]:
        for named in days(one[:300], order="day-first")[:1]:
            alone = len(one) < 110
            found.append(Witness(at=named.at, evidence="text", weight=0.78 if alone and not named.ambiguous else 0.45))
    if len(paragraphs) > _HEAD_PARAGRAPHS and len(paragraphs[-1]) < 110:
        found += [
            Witness(at=named.at, evidence="text", weight=0.7) for named in days(paragraphs[-1], order="day-first")
        ]
    return tuple(found)


def _is_title(paragraph: str) -> bool:
    return (
        len(paragraph) <= TITLE_CHARS
        and "\n" not in paragraph
        and paragraph[-1] not in ".:;,"
        and not is_dateline(paragraph)
    )
