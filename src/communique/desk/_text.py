"""A text as the desk compares it: words with their places, sentences, and the addresses that are no words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from communique.desk._lexicon import Lexicon, lexicon, primary
from communique.kit.text import folded

Span = tuple[int, int]  # code points, end exclusive

# Addresses: with a scheme, of a mailbox, or a bare host in lower case ("press.union.example").
_LINK = re.compile(
    r"https?://[^\s<>\"”»]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<![\w.@-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,20}(?![\w@])(?:/[^\s<>\"”»]{0,2000})?"
)
# Pairs as typeset in most languages; straight marks open and close alike.
QUOTE = re.compile(
    r"[“„]([^“”„\"]{1,2000})[”“\"]"
    r"|\"([^\"“”]{1,2000})\"|«([^«»]{1,2000})»|»([^«»]{1,2000})«|「([^」]{1,2000})」"
)
# "don't" stays one word, "union's" loses its ending, other apostrophes part words ("l'équipe").
_WORD = re.compile(r"[^\W_]+(?:['’](?:t|s)(?![^\W_]))?")
_ENDING = re.compile(r"['’]s$")
# After these a word begins a sentence, a quotation or a bracket, so that its capital says nothing.
_OPENING = frozenset('"“”„«»‘([{–—-•*:¡¿')
_STOPS = frozenset(".!?…:;。！？")
_LONGEST_ABBREVIATION = 3  # letters before a full stop that ends no sentence: "Mr.", "No.", "U.S."


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str  # as written
    word: str  # folded, without a genitive ending or apostrophe
    span: Span
    sentence: int  # number of its sentence in the text, from 0
    begins: bool  # a sentence, quotation or bracket begins with it
    follows: bool  # only a space or a hyphen parts it from the word before, in the same sentence

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text cut into words."""

    raw: str
    language: str  # primary part of BCP 47; "": not known
    lexicon: Lexicon
    words: tuple[Word, ...]
    links: tuple[Span, ...]


def text(raw: str, language: str | None) -> Text:
    """Cut a text into words and sentences. Linear in its length."""
    tongue = primary(language)
    links = tuple(match.span() for match in _LINK.finditer(raw))
    return Text(raw=raw, language=tongue, lexicon=lexicon(tongue), words=tuple(_words(raw, links)), links=links)


def quoted(raw: str) -> tuple[Span, ...]:
    """Yield the places of quotations, marks included."""
    return tuple(match.span() for match in QUOTE.finditer(raw))


def covered(span: Span, by: Iterable[Span]) -> bool:
    """Tell whether a span overlaps one of others."""
    return any(span[0] < end and start < span[1] for start, end in by)


def masked(raw: str, spans: Iterable[Span]) -> str:
    """Put blanks in place of spans, so that every other place stays where it was."""
    pieces, last = [], 0
    for start, end in sorted(spans):
        if start >= last:
            pieces += [raw[last:start], " " * (end - start)]
            last = end
    return "".join([*pieces, raw[last:]])


def _words(raw: str, links: tuple[Span, ...]) -> Iterable[Word]:
    sentence, last_end, last_text = 0, 0, ""
    plain = masked(raw, links) if links else raw
    for match in _WORD.finditer(plain):
        between = plain[last_end : match.start()]
        ended = _ends(between, last_text, match[0])
        sentence += ended
        begins = ended or not last_text or (between != "-" and not _OPENING.isdisjoint(between))
        follows = not begins and between in (" ", "-", "‑", "\u00a0", "")
        yield Word(match[0], _folded(match[0]), match.span(), sentence, begins, follows)
        last_end, last_text = match.end(), match[0]


def _ends(between: str, before: str, after: str) -> bool:
    """Tell whether a sentence ends between two words."""
    if "\n" in between:
        return True
    if _STOPS.isdisjoint(between):
        return False
    if between.strip() == "." and between != ".":
        is_abbreviation = before[0].isupper() and len(before) <= _LONGEST_ABBREVIATION
        return not is_abbreviation and not after[0].islower()
    return between.strip(" ") != "." or between.endswith(" ")


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    return folded(_ENDING.sub("", word)).replace("'", "").replace("’", "")
