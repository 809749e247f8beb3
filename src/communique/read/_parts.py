"""What every format yields, before day, language and signers are decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.kit.text import collapsed, nfc, printable
from communique.read._dateforms import days
from communique.read._witnesses import Witness
from communique.read._words import BY, PUBLISHED, UPDATED
from communique.records import Numerals, PagePart

TEXT_CHARS = 2_000_000  # of one statement; party programmes reach a tenth

# "ICP, 19 June 2019", "Wien, den 3. Mai 2021", "BRUSSELS (EPSU) 4.6.2024": places and bodies in front, nothing behind
_BEFORE_DAY = re.compile(r"^[^.!?;:]{2,60}[,\s(–—-]\s*(?:(?:den|the|le|el|il|am|on|a|em|this)\s+)?\(?$", re.I)
_AFTER_LABEL = re.compile(r"^[\s,|/·–—-]{0,4}(?:(?:at|um|à|às|a las|alle|kl\.?|в)\s)?\d{1,2}[:.h]\d\d.{0,30}$", re.I)
_AFTER_DAY = re.compile(r"^[\s.)–—:·-]{0,4}(?:г\.|года|р\.|року|[A-Z]{2,12})?[\s.)–—:-]{0,3}$")
_OPENS_ENTRY = re.compile(r"^\s*(?:[-*•–—·▪●○>]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One text and what was printed beside it. None: not there."""

    paragraphs: tuple[str, ...]  # the body, each NFC; lines within one parted by "\n"
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    standfirst: str | None = None
    dateline: str | None = None
    canonical_url: str | None = None
    declared_language: str | None = None
    links: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    numerals: Numerals | None = None  # None: there are no days in numerals, or the format was not asked for them
    origins: tuple[tuple[str, str], ...] = ()  # field and what it was taken from, for whoever looks at the reading
    blocks: tuple[PagePart, ...] = ()  # of a page: all of them; none: the format has no parts to leave out


def text_of(paragraphs: Sequence[str]) -> str:
    """Yield the paragraphs as one text: NFC, parted by one blank line."""
    return printable(nfc("\n\n".join(part for part in paragraphs if part)))[:TEXT_CHARS].strip()


def is_dateline(line: str, *, language: str | None = None) -> bool:
    """Tell whether a line is a dateline: who or where, a day, and nothing else."""
    around = _around_day(line, language)
    return (
        around is not None
        and not _is_label(around[0])
        and bool(_BEFORE_DAY.match(around[0]) and _AFTER_DAY.match(around[1]))
    )


def is_label(line: str, *, language: str | None = None) -> bool:
    """Tell whether a line only says when or by whom a text was put on its page: that is not part of the text."""
    if len(line) < 40 and line.endswith(":") and PUBLISHED.match(line):
        return True
    around = _around_day(line, language)
    if around is None or len(around[1]) > 60:
        return False
    before = around[0].strip(" ,|/·-–—(")
    is_bare = not before or _is_label(before)
    return is_bare and (
        not around[1].strip(" .,") or bool(_AFTER_DAY.match(around[1])) or bool(_AFTER_LABEL.match(around[1]))
    )


def _around_day(line: str, language: str | None) -> tuple[str, str] | None:
    """Yield what stands before and behind the one day of a short line."""
    if not 8 <= len(line) <= 110 or "\n" in line:
        return None
    found = days(line, order="day-first", language=language)
    return (line[: found[0].span[0]], line[found[0].span[1] :]) if len(found) == 1 else None


def _is_label(before: str) -> bool:
    return len(before) < 60 and bool(PUBLISHED.search(before) or UPDATED.search(before) or BY.match(before))


def unwrapped(text: str) -> tuple[str, ...]:
    """Yield the paragraphs of plain text; lines broken at a column are joined again."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    width = max((len(line) for line in lines), default=0)
    is_wrapped = 40 <= width <= 100 and any(not line for line in lines)
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            paragraphs.append([])
        elif is_wrapped and paragraphs[-1] and _goes_on(paragraphs[-1][-1], line, width):
            paragraphs[-1][-1] += " " + line.strip()
        else:
            paragraphs[-1].append(line)
    made = ("\n".join(filter(None, map(collapsed, lines))) for lines in paragraphs)
    if not any(not line.strip() for line in lines):
        made = (collapsed(line) for line in lines)
    return tuple(part for part in made if part)


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line carries on the one before: that one was full, and this one opens no entry."""
    last = before[-width:] if len(before) > width else before
    return len(last) + len(line.split(maxsplit=1)[0]) + 1 > width * 0.8 and not _OPENS_ENTRY.match(line)
