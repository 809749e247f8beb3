"""Units: the words of a sentence, with bodies, dates and occasions each drawn together to one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from communique.code._bodies import Body
from communique.code._lexicon import Lexicon
from communique.code._occasions import Found
from communique.kit.words import Run, Word
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
    words: Run,
    bodies: Sequence[Body],
    dates: Sequence[DateExpression],
    occasions: Sequence[Found],
    lexicon: Lexicon,
    text: str,
) -> Iterator[tuple[Unit, ...]]:
    """Yield the sentences of a text, each as its units."""
    units = _units(words, _spans(bodies, dates, occasions), lexicon)
    has_lines = "\n" in text
    first = 0
    for index, unit in enumerate(units):
        if has_lines and index > first and "\n" in text[units[index - 1].end : unit.start]:
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


# The same as Unit(…), at half the cost: there is one for almost every word.
_made = partial(tuple.__new__, Unit)


def _units(words: Run, spans: Spans, lexicon: Lexicon) -> list[Unit]:
    """Yield the units of a text: most are words of their own; the others are put in their places afterwards."""
    tags = lexicon.tags
    plain = list(map(_made, [
        (tags.get(low) or _tag(text, low, lexicon), low, start, end, -1, text) for text, low, start, end in words
    ]))  # fmt: skip
    found: list[Unit] = []
    after = 0
    for index in _drawing(words, spans, lexicon):
        if index >= after:
            found += plain[after:index]
            unit, after = _drawn(words, index, spans, lexicon)
            found.append(unit)
    return found + plain[after:]


def _drawing(words: Run, spans: Spans, lexicon: Lexicon) -> list[int]:
    """Yield where several words may be one unit: where an expression begins, at "no" ("no longer"), at a quote."""
    starts = words.where.starts
    places = {place for start in spans if (place := bisect_left(starts, start)) < len(starts)}
    places = {place for place in places if starts[place] in spans}
    leading = lexicon.ready.negating_firsts
    if not (leading.isdisjoint(words.where.lows) and _OPENING.isdisjoint(words.where.lows)):
        places.update([place for place, word in enumerate(words) if word.low in leading or word.text in _CLOSING])
    return sorted(places)


def _drawn(words: Sequence[Word], index: int, spans: Spans, lexicon: Lexicon) -> tuple[Unit, int]:
    """Yield the unit that begins with a word, of one word or several, and the index after it."""
    word = words[index]
    span = spans.get(word.start)
    if span:
        end, tag, ref = span
        after = index
        while after < len(words) and words[after].start < end:
            after += 1
        low = " ".join([one.low for one in words[index:after]])
        return Unit(tag, low, word.start, end, ref, words[after - 1].text), after
    if word.low in lexicon.ready.negating_firsts and index + 1 < len(words):
        pair = f"{word.low} {words[index + 1].low}"
        if pair in lexicon.modality["negating_pairs"]:
            return Unit("NEG", pair, word.start, words[index + 1].end, -1, word.text), index + 2
    quoted = _quoted(words, index) if word.text in _CLOSING else None
    if quoted:
        return Unit("QUOTE", word.low, word.start, words[quoted - 1].end, -1, word.text), quoted
    tag = lexicon.tags.get(word.low) or _tag(word.text, word.low, lexicon)
    return Unit(tag, word.low, word.start, word.end, -1, word.text), index + 1


_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}
_OPENING = frozenset(_CLOSING)  # ‘ and ’ are ' in small letters


def _quoted(words: Sequence[Word], index: int) -> int | None:
    """Yield the index after a quotation that begins here; what is quoted is not the text's own telling."""
    close = _CLOSING[words[index].text]
    if words[index].text in "'’" and index and words[index - 1].end == words[index].start:
        return None
    for place in range(index + 1, min(index + 80, len(words))):
        if words[place].text == close and not (close in "'’" and words[place - 1].low.endswith("s")):
            return place + 1
    return None


def _tag(text: str, low: str, lexicon: Lexicon) -> str:
    """Yield the tag of a word that the lexicon does not know."""
    first = text[0]
    if not first.isalnum():
        return "POSS" if low in ("'s", "'") else "MARK"
    if low.endswith("ly") and len(low) > 4 and low not in lexicon.closed["not_adverbs"]:
        return "ADV"
    return "NUMBER" if first.isdigit() else "WORD"


def _ends(units: Sequence[Unit], index: int, text: str) -> bool:
    """Tell whether a full stop ends the sentence: nothing follows, or no small letter behind a space."""
    if index + 1 >= len(units):
        return True
    following = units[index + 1].start
    return following > units[index].end and not text[following].islower()
