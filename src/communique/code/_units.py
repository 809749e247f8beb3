"""Units: the words of a sentence, with bodies, dates and occasions each drawn together to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.code._bodies import Body
from communique.code._lexicon import Lexicon
from communique.code._occasions import Found
from communique.kit.words import Word
from communique.records import DateExpression

# What a unit is: BODY DATE OCCASION QUOTE; else a closed class of words, VERB (a form of a known one), NUMBER,
# WORD or MARK.


class Unit(NamedTuple):
    """One unit of a sentence."""

    tag: str
    low: str  # small letters; of a body its text
    start: int  # code points of the text
    end: int
    ref: int  # index of the body, date or occasion; -1
    text: str


def sentences(
    words: Sequence[Word],
    bodies: Sequence[Body],
    dates: Sequence[DateExpression],
    occasions: Sequence[Found],
    lexicon: Lexicon,
    text: str,
) -> Iterator[tuple[Unit, ...]]:
    """Yield the sentences of a text, each as its units."""
    units = _units(words, _spans(bodies, dates, occasions), lexicon)
    first = 0
    for index, unit in enumerate(units):
        if index > first and "\n" in text[units[index - 1].end : unit.start]:
            yield tuple(units[first:index])
            first = index
        if unit.tag == "MARK" and unit.low in ".!?" and _ends(units, index, text):
            yield tuple(units[first : index + (unit.low == "?")])
            first = index + 1
    if first < len(units):
        yield tuple(units[first:])


Spans = dict[int, tuple[int, str, int]]


def _spans(bodies: Sequence[Body], dates: Sequence[DateExpression], occasions: Sequence[Found]) -> Spans:
    """Map where an expression begins to where it ends, its tag and its index. An occasion goes before what it holds."""
    found: Spans = {body.mention.span[0]: (body.mention.span[1], "BODY", i) for i, body in enumerate(bodies)}
    found |= {one.span[0]: (one.span[1], "DATE", i) for i, one in enumerate(dates)}
    found |= {one.occasion.span[0]: (one.occasion.span[1], "OCCASION", i) for i, one in enumerate(occasions)}
    return found


def _units(words: Sequence[Word], spans: Spans, lexicon: Lexicon) -> list[Unit]:
    """Yield the units of a text; most are words of their own."""
    tags, leading = lexicon.tags, lexicon.ready.negating_firsts
    found: list[Unit] = []
    index, count = 0, len(words)
    while index < count:
        word = words[index]
        text, low, start, end = word
        if start in spans or low in leading or text in _CLOSING:
            unit, index = _drawn(words, index, spans, lexicon)
        else:
            unit, index = Unit(tags.get(low) or _tag(word, lexicon), low, start, end, -1, text), index + 1
        found.append(unit)
    return found


def _drawn(words: Sequence[Word], index: int, spans: Spans, lexicon: Lexicon) -> tuple[Unit, int]:
    """Yield the unit that begins with a word, of one word or several, and the index after it."""
    word = words[index]
    span = spans.get(word.start)
    if span:
        end, tag, ref = span
        after = index
        while after < len(words) and words[after].start < end:
            after += 1
        low = " ".join(one.low for one in words[index:after])
        return Unit(tag, low, word.start, end, ref, words[after - 1].text), after
    if word.low in lexicon.ready.negating_firsts and index + 1 < len(words):
        pair = f"{word.low} {words[index + 1].low}"
        if pair in lexicon.modality["negating_pairs"]:
            return Unit("NEG", pair, word.start, words[index + 1].end, -1, word.text), index + 2
    quoted = _quoted(words, index) if word.text in _CLOSING else None
    if quoted:
        return Unit("QUOTE", word.low, word.start, words[quoted - 1].end, -1, word.text), quoted
    tag = lexicon.tags.get(word.low) or _tag(word, lexicon)
    return Unit(tag, word.low, word.start, word.end, -1, word.text), index + 1


_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}


def _quoted(words: Sequence[Word], index: int) -> int | None:
    """Yield the index after a quotation that begins here; what is quoted is not the text's own telling."""
    close = _CLOSING[words[index].text]
    if words[index].text in "'’" and index and words[index - 1].end == words[index].start:
        return None
    for place in range(index + 1, min(index + 80, len(words))):
        if words[place].text == close and not (close in "'’" and words[place - 1].low.endswith("s")):
            return place + 1
    return None


def _tag(word: Word, lexicon: Lexicon) -> str:
    """Yield the tag of a word that the lexicon does not know."""
    if not word.text[0].isalnum():
        return "POSS" if word.low in ("'s", "'") else "MARK"
    if word.low.endswith("ly") and len(word.low) > 4 and word.low not in lexicon.closed["not_adverbs"]:
        return "ADV"
    if word.text[0].isdigit():
        return "NUMBER"
    return "WORD"


def _ends(units: Sequence[Unit], index: int, text: str) -> bool:
    """Tell whether a full stop ends the sentence: nothing follows, or no small letter behind a space."""
    if index + 1 >= len(units):
        return True
    following = units[index + 1].start
    return following > units[index].end and not text[following].islower()
