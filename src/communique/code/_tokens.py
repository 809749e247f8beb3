"""Tokens of a sentence in a language with a glossary: words as they are looked up, bodies and dates as one each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from communique.code._bodies import Body
from communique.code._glossary import Glossary, folded
from communique.kit.months import of as months_of
from communique.kit.words import Word
from communique.records import DateExpression, Span

# What a token is: BODY, DATE, QUOTE, COMMA, BREAK (colon, dash, semicolon, bracket), ASKED, SUFFIX, or WORD.
_MARKS = {",": "COMMA", "،": "COMMA", "?": "ASKED", "؟": "ASKED", ";": "BREAK", "؛": "BREAK", ":": "BREAK",
          "–": "BREAK", "—": "BREAK", "-": "BREAK", "(": "BREAK", ")": "BREAK"}  # fmt: skip
_ENDS = frozenset(".!?؟…")
_OPENING = {"«": "»", "„": "“”", "“": "”", '"': '"', "‚": "‘"}
_MAX_QUOTED = 80  # words: what is longer was never closed
_APOSTROPHES = "'’"


class Token(NamedTuple):
    """One token of a sentence."""

    tag: str
    low: str  # as it is looked up
    text: str
    start: int  # code points of the text
    end: int
    ref: int = -1  # index of the body or date


def sentences(
    words: Sequence[Word],
    bodies: Sequence[Body],
    dates: Sequence[DateExpression],
    known: Glossary,
    text: str,
    *,
    whole: Sequence[Span] = (),
) -> Iterator[tuple[Token, ...]]:
    """Yield the sentences of a text, each as its tokens. None ends within one of `whole`: "14. Kongress"."""
    inside = {place for start, end in whole for place in range(start, end)}
    spans: dict[int, tuple[int, str, int]] = {one.span[0]: (one.span[1], "DATE", i) for i, one in enumerate(dates)}
    spans |= {one.mention.span[0]: (one.mention.span[1], "BODY", i) for i, one in enumerate(bodies)}
    sentence: list[Token] = []
    index = 0
    while index < len(words):
        is_end = words[index].start not in inside and _is_end(words, index, text)
        if sentence and ("\n" in text[sentence[-1].end : words[index].start] or is_end):
            asked = words[index].text in "?؟"
            yield (*sentence, _token("ASKED", words[index], known)) if asked else tuple(sentence)
            sentence = []
        made, index = _at(words, index, spans, known)
        if made is not None:
            sentence.append(made)
    if sentence:
        yield tuple(sentence)


def _is_end(words: Sequence[Word], index: int, text: str) -> bool:
    if words[index].text not in _ENDS:
        return False
    following = words[index + 1] if index + 1 < len(words) else None
    return following is None or (following.start > words[index].end and not following.text[0].islower())


def _token(tag: str, word: Word, known: Glossary) -> Token:
    return Token(tag, folded(word.text, known.language), word.text, word.start, word.end)


def _at(
    words: Sequence[Word], index: int, spans: dict[int, tuple[int, str, int]], known: Glossary
) -> tuple[Token | None, int]:
    word = words[index]
    if word.start in spans:
        end, tag, ref = spans[word.start]
        after = index + 1
        while after < len(words) and words[after].start < end:
            after += 1
        text = "".join((" " if i and w.start > words[index + i - 1].end else "") + w.text
                       for i, w in enumerate(words[index:after]))  # fmt: skip
        return Token(tag, folded(text, known.language), text, word.start, end, ref), after
    closing = _closing(words, index)
    if closing:
        return Token("QUOTE", "", "", word.start, words[closing - 1].end), closing
    if word.text in _APOSTROPHES and word.text:
        return _suffix(words, index, known)
    if not word.text[0].isalnum():
        tag = _MARKS.get(word.text, "")
        return (_token(tag, word, known), index + 1) if tag else (None, index + 1)
    elided = index + 1 < len(words) and words[index + 1].text in _APOSTROPHES and words[index + 1].start == word.end
    low = folded(word.text, known.language) + ("'" if elided and known.language != "tr" else "")
    if low.endswith(known.enclitics):
        low = next(low.removesuffix(end) for end in known.enclitics if low.endswith(end))
    return Token("WORD", known.spelt.get(low, low), word.text, word.start, word.end), index + 1


def _suffix(words: Sequence[Word], index: int, known: Glossary) -> tuple[Token | None, int]:
    """Read the case that stands behind an apostrophe in Turkish; in other languages the mark belongs to an article."""
    if known.language != "tr" or index + 1 >= len(words) or words[index + 1].start != words[index].end:
        return None, index + 1
    return _token("SUFFIX", words[index + 1], known), index + 2


def _closing(words: Sequence[Word], index: int) -> int | None:
    """Yield the index after a quotation that begins here: what is quoted is not the text's own telling."""
    close = _OPENING.get(words[index].text)
    if close is None:
        return None
    for place in range(index + 1, min(index + _MAX_QUOTED, len(words))):
        if words[place].text in close:
            return place + 1
    return None


def split_proclitics(words: Sequence[Word], taken: Sequence[Span], known: Glossary) -> tuple[Word, ...]:
    """Part the letters that are written onto a word ("and" in Arabic) where what is left is a form of a known verb.

    A word on which a body begins later than the word does is parted there as well.
    """
    if not known.proclitics:
        return tuple(words)
    starts = {span[0] for span in taken}
    made: list[Word] = []
    for word in words:
        cut = next((len(letters) for letters in known.proclitics if _is_parted(word, letters, starts, known)), 0)
        if cut:
            made.append(Word(word.text[:cut], word.low[:cut], word.start, word.start + cut))
            made.append(Word(word.text[cut:], word.low[cut:], word.start + cut, word.end))
        else:
            made.append(word)
    return tuple(made)


def _is_parted(word: Word, letters: str, starts: set[int], known: Glossary) -> bool:
    if not word.text.startswith(letters) or len(word.text) < len(letters) + 2:
        return False
    rest = folded(word.text[len(letters) :], known.language)
    whole = folded(word.text, known.language)
    return word.start + len(letters) in starts or (rest in known.forms and whole not in known.forms)


def days(words: Sequence[Word], known: Glossary, published: date | None) -> Iterator[DateExpression]:
    """Yield "yesterday" and its like, and days of the week: the last one before publication."""
    months = months_of(known.language)
    for word in words:
        month = months.get(word.text.casefold())
        if month is not None and len(word.text) > 2:
            yield DateExpression(
                text=word.text, span=(word.start, word.end), kind="relative", value=_nearest(month, published)
            )
        shift = known.days.get(folded(word.text, known.language))
        if shift is None:
            continue
        value = None
        if published is not None:
            step = shift if shift < WEEKDAYS else -((published.weekday() - (shift - WEEKDAYS)) % 7)
            value = (published + timedelta(days=step)).isoformat()
        yield DateExpression(text=word.text, span=(word.start, word.end), kind="relative", value=value)


def _nearest(month: int, published: date | None) -> str | None:
    if published is None:
        return None
    away = (month - published.month + 6) % 12 - 6
    whole = published.year * 12 + published.month - 1 + away
    return f"{whole // 12}-{whole % 12 + 1:02}"


WEEKDAYS = 100  # in the table of days: 100 is Monday, 106 Sunday; below it, days from today
