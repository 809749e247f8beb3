"""Where one name ends and the next begins, and which part of a line is the name that signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.read._signatories_words import FOOT, Patterns, roles

Span = tuple[int, int]

NAME_CHARACTERS = 180
WORDS = 24

_MARKER = re.compile(r"\s*(?:[-–—*•·▪◦‣●○■□➢➤►✓✔]|\(?\d{1,4}[.):]|\d{1,4}\s(?=[^\W\d_])|\[\d{1,4}\])\s*")
_SEPARATOR = re.compile(r"\s*[,،、，]\s*")
_STRONG = re.compile(r"\s*[;；]\s*")
_TRAILING = re.compile(r"[\s,;.:،、，；*†‡]+$")
_LEADING = re.compile(r"^(?:[\s,;:،、，；]|(?:the following(?: \w+)?:))+")
_ACRONYM = re.compile(r"\(([^()]{2,14})\)$")
_DASH = re.compile(r"\s+[–—-]\s+")
_VERBLIKE = re.compile(r"[.!?…]\s+[^\W\d_]|[!?]$")
_ARTICLE = re.compile(r"^(?:the|der|die|das|den|le|la|les|los|las|el|os|as|il|gli|het)\s+")
# "section North", "secção Sul": a part of the name before; but "the Bank of …" begins one of its own.
_PART_OF_A_NAME = re.compile(
    r"(?!(?:the|der|die|das|le|la|les|los|las|el|os|as|il|gli|den|het)\s)[^\W\d_A-ZÀ-Þ][\w.]*\s+[A-ZÀ-Þ]|[a-zà-ÿ]\S*$"
)


def marker(line: str) -> int:
    """Yield how many characters of the line are a bullet or a number before it."""
    found = _MARKER.match(line)
    return found.end() if found and found.end() < len(line) else 0


def trimmed(text: str, span: Span) -> Span:
    """Cut white space and punctuation at both ends of a span; brackets and quotation marks stay."""
    start, end = span
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    tail = _TRAILING.search(text[start:end])
    if tail:
        kept = text[start : start + tail.start()]
        # "e.V.", "S.A.", "Inc.": a full stop after one or two letters, or after an abbreviation with one, is the name's
        is_short = text[start + tail.start() : start + tail.start() + 1] == "." and re.search(
            r"(?:\b\w\.\s?\w|\be\.\s?V|\bInc|\bLtd)$", kept
        )
        end = start + tail.start() + (1 if is_short else 0)
    return start, max(start, end)


def is_name(name: str) -> bool:
    """Tell whether a text can be the name of a body or a person: short, no sentence, begins like a name."""
    if not 2 <= len(name) <= NAME_CHARACTERS or len(name.split()) > WORDS or FOOT.search(name):
        return False
    if _VERBLIKE.search(name.replace("e. V.", "e.V.")) and not re.search(r"\b[A-Z]\w{0,2}\.\s", name):
        return False
    letters = [char for char in name if char.isalpha()]
    return len(letters) >= 2 and not name.rstrip().endswith(":")


def begins_like_a_name(name: str) -> bool:
    """Tell whether the first letter is no small letter (scripts without capitals always pass)."""
    name = _ARTICLE.sub("", name)
    first = next((char for char in name if char.isalnum()), "")
    return not first.islower() or any(char.isupper() for char in name[:3])


def body_of(text: str, span: Span, *, persons: bool) -> Span:
    """Yield the span of the body in "Person, function – Body" or "Person, function, Body"; else the span itself."""
    line = text[span[0] : span[1]]
    dashes = list(_DASH.finditer(line))
    if dashes and (persons or roles().search(line[: dashes[0].start()])) and "," in line[: dashes[0].start()]:
        return trimmed(text, (span[0] + dashes[0].end(), span[1]))
    if dashes and persons:
        return trimmed(text, (span[0] + dashes[0].end(), span[1]))
    commas = list(_SEPARATOR.finditer(line))
    for number, comma in enumerate(commas[1:], 1):
        if roles().search(line[commas[number - 1].end() : comma.start()]) and _is_person(line[: commas[0].start()]):
            return trimmed(text, (span[0] + comma.end(), span[1]))
    return span


def are_persons(lines: list[str]) -> bool:
    """Tell whether all lines of a list are "Person – Body": two to four capitalised words before the first dash."""
    lefts = [_DASH.split(line, maxsplit=1)[0] for line in lines if _DASH.search(line)]
    return len(lines) >= 3 and len(lefts) >= 0.8 * len(lines) and all(_is_person(left.split(",")[0]) for left in lefts)


def _is_person(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() and not word.isupper() for word in words if word)


def split(text: str, span: Span, patterns: Patterns) -> Iterator[Span]:
    """Yield the names of a list in running text: parted by semicolons, or by commas and a last "and"."""
    inner = text[span[0] : span[1]]
    if _STRONG.search(inner):
        pieces = _cut(text, span, _STRONG)
        pieces[-1:] = _last_two(text, pieces[-1], patterns, only_at_start=True)
    else:
        pieces = _rejoined(text, _cut(text, span, _SEPARATOR), patterns)
        pieces[-1:] = _last_two(text, pieces[-1], patterns, only_at_start=False)
    yield from (found for piece in pieces if (found := trimmed(text, piece))[1] > found[0])


def _cut(text: str, span: Span, mark: re.Pattern[str]) -> list[Span]:
    """Cut a span at the marks that stand outside brackets."""
    pieces, start, depth, at = [], span[0], 0, span[0]
    marks = {found.start(): found.end() for found in mark.finditer(text, span[0], span[1])}
    while at < span[1]:
        if text[at] in "([（":
            depth += 1
        elif text[at] in ")]）":
            depth = max(0, depth - 1)
        if depth == 0 and at in marks and marks[at] > at:
            pieces.append((start, at))
            start = at = marks[at]
            continue
        at += 1
    pieces.append((start, span[1]))
    return pieces


def _rejoined(text: str, pieces: list[Span], patterns: Patterns) -> list[Span]:
    """Put together what commas inside names have parted: "Union of Mining, Chemistry, Energy (UMCE)"."""
    kept: list[Span] = []
    for piece in pieces:
        part = text[piece[0] : piece[1]]
        if kept and part[:1].islower() and not _conjunction(part, patterns) and _PART_OF_A_NAME.match(part):
            kept[-1] = (kept[-1][0], piece[1])
            continue
        kept.append(piece)
        while len(kept) > 1 and _lacks_beginning(text, kept):
            kept[-2:] = [(kept[-2][0], kept[-1][1])]
    return kept


def _lacks_beginning(text: str, kept: list[Span]) -> bool:
    """Tell whether a piece ends in an acronym whose first letter stands only at the beginning of the piece before."""
    last, before = text[kept[-1][0] : kept[-1][1]], text[kept[-2][0] : kept[-2][1]]
    found = _ACRONYM.search(last)
    if not found:
        return False
    letters = [char for char in found.group(1) if char.isupper()]
    words = last[: found.start()].split()
    if len(letters) < 2 or len(words) >= len(letters) - 1 or _ACRONYM.search(before):
        return False
    return not words or words[0][:1].upper() != letters[0]


def _last_two(text: str, piece: Span, patterns: Patterns, *, only_at_start: bool) -> list[Span]:
    """Part the last two names at their conjunction; names may have one inside, so both sides must stand alone."""
    part = text[piece[0] : piece[1]]
    words = rf"(?:{patterns.conjunctions.pattern})"
    lead = _conjunction(part, patterns)
    if lead or only_at_start or _is_spelt_out(part):
        return [(piece[0] + (lead.end() if lead else 0), piece[1])]
    found = [
        one
        for one in re.finditer(rf"\s+{words}\s+", part, re.I)
        if part.count("(", 0, one.start()) <= part.count(")", 0, one.start())
    ]
    good = [one for one in found if begins_like_a_name(part[one.end() :]) and _stands_alone(part[: one.start()])]
    if not good:
        return [piece]
    chosen = (
        max(good, key=lambda one: min(len(part[: one.start()].split()), len(part[one.end() :].split()), 3))
        if len(good) > 1
        else good[0]
    )
    return [(piece[0], piece[0] + chosen.start()), (piece[0] + chosen.end(), piece[1])]


def _conjunction(part: str, patterns: Patterns) -> re.Match[str] | None:
    """Yield the conjunction with which a text begins."""
    return re.match(rf"(?:{patterns.conjunctions.pattern})\s+", part, re.I)


def _is_spelt_out(part: str) -> bool:
    """Tell whether a text is one name with its own acronym: "Türk Mühendis ve Mimar Odaları Birliği (TMMOB)"."""
    found = _ACRONYM.search(part)
    words = part[: found.start()].split() if found else []
    if not found or len(words) < 3 or "(" in part[: found.start()]:
        return False
    initials, letters = [word[0].upper() for word in words], [char for char in found.group(1) if char.isupper()]
    at = iter(initials)
    return len(letters) >= 3 and letters[0] == initials[0] and all(letter in at for letter in letters)


def _stands_alone(text: str) -> bool:
    """Tell whether a text is a whole name: it does not end in a genitive or a word that wants another."""
    return bool(text.strip()) and not re.search(
        r"(?:['’]|\b(?:of|for|der|des|de|la|los|die|the|von|für|pour|per|di|do|da))$", text.strip(), re.I
    )
