"""Units: the words of a sentence, with bodies, dates and occasions each drawn together to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
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
    spans = _spans(bodies, dates, occasions)
    sentence: list[Unit] = []
    index = 0
    while index < len(words):
        unit, after = _unit(words, index, spans, lexicon)
        if unit.tag == "MARK" and unit.low in ".!?" and _ends(words, after, text):
            yield (*sentence, unit) if unit.low == "?" else tuple(sentence)
            sentence = []
        else:
            if sentence and "\n" in text[sentence[-1].end : unit.start]:
                yield tuple(sentence)
                sentence = []
            sentence.append(unit)
        index = after
    if sentence:
        yield tuple(sentence)


Spans = dict[int, tuple[int, str, int]]


def _spans(bodies: Sequence[Body], dates: Sequence[DateExpression], occasions: Sequence[Found]) -> Spans:
    """Map where an expression begins to where it ends, its tag and its index. An occasion goes before what it holds."""
    found: Spans = {body.mention.span[0]: (body.mention.span[1], "BODY", i) for i, body in enumerate(bodies)}
    found |= {one.span[0]: (one.span[1], "DATE", i) for i, one in enumerate(dates)}
    found |= {one.occasion.span[0]: (one.occasion.span[1], "OCCASION", i) for i, one in enumerate(occasions)}
    return found


def _unit(words: Sequence[Word], index: int, spans: Spans, lexicon: Lexicon) -> tuple[Unit, int]:
    word = words[index]
    span = spans.get(word.start)
    if span:
        end, tag, ref = span
        after = index
        while after < len(words) and words[after].start < end:
            after += 1
        low = " ".join(one.low for one in words[index:after])
        return Unit(tag, low, word.start, end, ref, words[after - 1].text), after
    pairs = lexicon.modality["negating_pairs"]
    pair = f"{word.low} {words[index + 1].low}" if word.low in _firsts(pairs) and index + 1 < len(words) else ""
    if pair in pairs:
        return Unit("NEG", pair, word.start, words[index + 1].end, -1, word.text), index + 2
    quoted = _quoted(words, index)
    if quoted:
        return Unit("QUOTE", word.low, word.start, words[quoted - 1].end, -1, word.text), quoted
    return Unit(_tag(word, lexicon), word.low, word.start, word.end, -1, word.text), index + 1


@cache
def _firsts(pairs: frozenset[str]) -> frozenset[str]:
    return frozenset(pair.split(" ")[0] for pair in pairs)


_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}


def _quoted(words: Sequence[Word], index: int) -> int | None:
    """Yield the index after a quotation that begins here; what is quoted is not the text's own telling."""
    close = _CLOSING.get(words[index].text)
    if close is None or (words[index].text in "'’" and index and words[index - 1].end == words[index].start):
        return None
    for place in range(index + 1, min(index + 80, len(words))):
        if words[place].text == close and not (close in "'’" and words[place - 1].low.endswith("s")):
            return place + 1
    return None


def _tag(word: Word, lexicon: Lexicon) -> str:
    if not word.text[0].isalnum():
        return "POSS" if word.low in ("'s", "'") else "MARK"
    known = lexicon.tags.get(word.low)
    if known:
        return known
    if word.low.endswith("ly") and len(word.low) > 4 and word.low not in lexicon.closed["not_adverbs"]:
        return "ADV"
    if word.text[0].isdigit():
        return "NUMBER"
    return "WORD"


def _ends(words: Sequence[Word], after: int, text: str) -> bool:
    """Tell whether a full stop ends the sentence: nothing follows, or no small letter."""
    if after >= len(words):
        return True
    following = words[after]
    return (
        text[words[after - 1].end : following.start].strip() == ""
        and not following.text[0].islower()
        and (following.start > words[after - 1].end)
    )
