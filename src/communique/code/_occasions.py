"""Occasions of a text: numbered or recurring events, as a series and a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from communique.code._lexicon import Lexicon
from communique.kit.words import Run, Word
from communique.records import Mention, Occasion, Span

_NUMBERED = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_DIGITS = frozenset("0123456789")

_SENTENCE_ENDS = frozenset(".!?;:")
_NO_HOLDERS = frozenset(("person", "people", "state", "city", "unnamed-group", "other"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An occasion, and the bodies whose occasion it is."""

    occasion: Occasion
    owners: tuple[Span, ...]  # spans of mentions


def occasions(words: Run, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Found, ...]:
    """Yield the occasions of the text in order."""
    found: list[Found] = []
    end = 0
    for index in _beginnings(words, lexicon):
        one = _at(words, index, mentions, lexicon) if words[index].start >= end else None
        if one:
            found.append(one)
            end = one.occasion.span[1]
    return tuple(found)


def _beginnings(words: Run, lexicon: Lexicon) -> list[int]:
    """Yield where an occasion may begin: at a number, or at a word that opens one."""
    known = lexicon.ready.occasions
    return [
        index for index, (text, low, _, _) in enumerate(words)
        if low in known or text[0] in _DIGITS or (text[0] in _VALUES and len(text) > 1 and text[1] in _VALUES)
    ]  # fmt: skip


def number(word: str, lexicon: Lexicon) -> int | None:
    """Read an ordinal: "27th", "third", "XXVI"; None where it is none. A single letter is no number."""
    if "0" <= word[0] <= "9":
        numbered = _NUMBERED.fullmatch(word.lower())
        return int(numbered[1]) if numbered else None
    spelt: int | None = lexicon.occasions["ordinals"].get(word.lower())
    return spelt or (roman(word) if len(word) > 1 else None)


def roman(word: str) -> int | None:
    """Read capitals as a Roman figure, or None where they are none."""
    if not word or not _ROMAN.fullmatch(word):
        return None
    values = [_VALUES[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _at(words: Sequence[Word], index: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Found | None:
    count = number(words[index].text, lexicon)
    if count is not None:
        return _numbered(words, index, count, mentions, lexicon)
    return _recurring(words, index, mentions, lexicon) or _holiday(words, index, lexicon)


def _numbered(
    words: Sequence[Word], index: int, count: int, mentions: Sequence[Mention], lexicon: Lexicon
) -> Found | None:
    after = index + 1
    body = _mention_at(words, after, mentions)
    if body and body.kind == "event-body":
        text = (words[index].start, body.span[1])
        return _made(words, text, body.name, "meeting", count, (body.span,), series=body.name)
    noun, kind = _gathering(words, after, lexicon, reach=5)
    return _with_owner(words, index, noun, kind, count, mentions, lexicon) if kind else None


def _recurring(words: Sequence[Word], index: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Found | None:
    """Read "next mid-term conference", "plenary meeting of X": a series without a number."""
    if words[index].low not in lexicon.recurring:
        return None
    start = index
    noun, kind = _gathering(words, index + 1, lexicon, reach=3)
    if not kind and words[index].low == "plenary":
        noun, kind = index + 1, "plenary"
    if kind and words[index].low == "plenary":
        kind = "plenary"
    made = _with_owner(words, start, noun, kind, None, mentions, lexicon) if kind else None
    owned = made is not None and (made.owners or words[index].low not in ("general", "national", "regular", "central"))
    return made if owned else None


def _gathering(words: Sequence[Word], start: int, lexicon: Lexicon, *, reach: int) -> tuple[int, str | None]:
    """Look for the noun of a gathering; yield the index after it, and its kind."""
    for place in range(start, min(start + reach, len(words))):
        for size in (2, 1):
            noun = " ".join(word.low for word in words[place : place + size])
            for kind in ("plenary", "congress", "conference", "session", "meeting", "anniversary"):
                if noun in lexicon.occasions[kind] and len(words[place : place + size]) == size:
                    return place + size, kind
        if not words[place].text[0].isalpha() or words[place].low in lexicon.ends:
            break
    return start, None


def _with_owner(
    words: Sequence[Word],
    start: int,
    noun: int,
    kind: str,
    count: int | None,
    mentions: Sequence[Mention],
    lexicon: Lexicon,
) -> Found:
    """Let "of …" belong to the occasion: a body for a gathering, a matter for an anniversary."""
    title = _joined(words[start + (count is not None) : noun])
    after = noun
    if after < len(words) and words[after].low == "of":
        after += 1
        article = after < len(words) and words[after].low in ("the", "its", "their")
        body = _mention_at(words, after + article, mentions)
        if body:
            end = body.span[1]
            name = body.name if kind == "anniversary" else f"{_capital(title)} of the {body.name}"
            owners = () if kind == "anniversary" else (body.span,)
            return _made(words, (words[start].start, end), name, kind, count, owners, series=_series(name, kind))
        if kind == "anniversary":
            last = _matter_end(words, after + article, lexicon)
            if last > after + article:
                name = _joined(words[after + article : last])
                span = (words[start].start, words[last - 1].end)
                return _made(words, span, name, kind, count, (), series=_series(name, kind))
    span = (words[start].start, words[noun - 1].end)
    holder = _holder(words, start, mentions) if kind != "anniversary" and title else None
    series = f"{_capital(title)} of the {holder.name}" if holder else None
    return _made(words, span, _capital(title) or kind, kind, count, (), series=series)


def _holder(words: Sequence[Word], start: int, mentions: Sequence[Mention]) -> Mention | None:
    """Yield whose occasion "its 12th congress" is: the body that the sentence begins with, if it names no other."""
    if start == 0 or words[start - 1].low not in ("its", "their"):
        return None
    first = next((at + 1 for at in range(start - 1, -1, -1) if words[at].text in _SENTENCE_ENDS), 0)
    begins, ends = words[first].start, words[start].start
    named = [one for one in mentions if begins <= one.span[0] < ends]
    reach = words[min(first + 1, start)].start
    return named[0] if len(named) == 1 and named[0].span[0] <= reach and named[0].kind not in _NO_HOLDERS else None


def _series(name: str, kind: str) -> str:
    """Yield what a series is called. A gathering that is given to nobody is of none: many bodies have congresses."""
    return f"Anniversary: {name}" if kind == "anniversary" else name


def _matter_end(words: Sequence[Word], start: int, lexicon: Lexicon) -> int:
    """Yield the index after a short noun phrase: "Cuban Revolution", "Treaty of Kiel", "Bergen tunnel"."""
    ends = lexicon.ends
    end = start
    while end < len(words) and end - start < 6:
        low = words[end].low
        if low in ends and not (low == "of" and end > start):
            break
        end += 1
    return end


def _made(
    words: Sequence[Word], span: Span, name: str, kind: str, count: int | None, owners: tuple[Span, ...],
    *, series: str | None = None,
) -> Found:  # fmt: skip
    inside = [word for word in words if span[0] <= word.start < span[1]]
    text = "".join(
        (" " if i and word.start > inside[i - 1].end else "") + word.text for i, word in enumerate(inside)
    )  # fmt: skip
    made = Occasion(text=text, span=span, name=name, kind=kind, number=count, series=series)
    return Found(occasion=made, owners=owners)


@cache
def _holidays(names: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    """Map first words to the holidays that begin so, each with its number of words."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in names:
        parts = name.replace("'s", " 's").replace("s' ", "s ' ").split()
        found.setdefault(parts[0], []).append((name, len(parts)))
    return found


def _holiday(words: Sequence[Word], index: int, lexicon: Lexicon) -> Found | None:
    for name, size in _holidays(tuple(lexicon.occasions["holidays"])).get(words[index].text, ()):
        part = words[index : index + size]
        if part and _joined(part).replace("’", "'") == name:
            return _made(words, (part[0].start, part[-1].end), name, "holiday", None, ())
    return None


def _mention_at(words: Sequence[Word], index: int, mentions: Sequence[Mention]) -> Mention | None:
    if index >= len(words):
        return None
    return next((mention for mention in mentions if mention.span[0] == words[index].start), None)


def _joined(words: Sequence[Word]) -> str:
    return "".join(
        (" " if i and word.start > words[i - 1].end else "") + word.text for i, word in enumerate(words)
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
