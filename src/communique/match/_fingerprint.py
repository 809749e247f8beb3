"""All that matching looks at in one document, in a form that is small and quick to compare."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from zlib import crc32

from communique.kit.digest import sha256_of_text
from communique.kit.text import collapsed, folded, paragraphs
from communique.kit.urls import identity
from communique.match._foreign import foreign_names
from communique.match._names import sound, stem
from communique.match._numerals import NUMERALS
from communique.match._terms import UNSPACED, languages, terms, unspaced_terms
from communique.match._tokens import Token, day_value, plain, tokens
from communique.match._wrapping import unwrapped
from communique.records import Document

# Kinds of marks, in the upper bits of a mark.
DAY, NUMBER, SMALL, YEAR, NAME, WORD, SOUND, ADDRESS, LINK, CODE = range(1, 11)
TERM = 15  # 11 to 14 are kinds of keys
KIND_SHIFT = 32
HASH = 0xFFFFFFFF

SHINGLE_WORDS = 3
SHINGLES = 4096  # of a longer text the smallest by hash are kept, and compared within the range that both cover
MARKS = 1500  # the same bound for what survives translation
WORD_LETTERS = 6  # shorter common words look alike in too many languages
SOUND_CLASSES = 3
TITLE_ONLY = 255
GUESSED_LETTERS = 40

# What pages write beside a text that they changed, in the languages of most of the press.
_UPDATED = re.compile(
    r"\((?:updated|corrected|update|korrigiert|aktualisiert|mis à jour|mise à jour|actualizado|aggiornato|atualizado"
    r"|обновлено|ενημερώθηκε|güncellendi|محدث|अद्यतन|更新|zaktualizowano|uppdaterad|opdateret|päivitetty)\b"
    r"|^\s*(?:last updated|updated(?: on)?|update|corrected|correction|aktualisiert|mise à jour|actualización)\s*[:(]",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fingerprint:
    """What is compared. Hashes are CRC-32 of UTF-8 and so the same on every machine and in every process.

    Two are never asked whether they are equal; what is made of one is kept under its identity.
    """

    digest: str  # of the document's text
    identity: str  # hex: of text, title, day and address; what a statement's id is made of
    language: str  # primary subtag; "" where unknown
    latin: bool  # most letters are Latin, Greek or Cyrillic: stems can be compared, sounds need not be
    day: int | None  # ordinal of the day of publication; None: not known to the day
    publisher: str  # folded; "" where unknown
    address: str  # identity of the address; "" where unknown
    signers: frozenset[str]  # folded names
    publisher_marks: frozenset[int]  # hashes of the marks of the publisher's name, whatever their kind
    title_marks: frozenset[int]  # of the title alone; empty where there is no title
    letters: int  # length of the text
    paragraphs: int
    words: int
    shingles: array[int]  # sorted
    marks: array[int]  # sorted; KIND_SHIFT parts kind and hash
    places: bytes  # where each mark stands first: 0..254 of the text; TITLE_ONLY: not in the text
    is_marked_updated: bool  # the page says of itself that it was changed


@lru_cache(maxsize=32)  # asked for twice or thrice in a row; a ledger keeps them
def fingerprint(document: Document) -> Fingerprint:
    """Yield the fingerprint of a document. Costs time and memory that are linear in the text, and bounded."""
    language = _primary(document.language) or _guessed(document.text)
    text, title = unwrapped(plain(document.text)), plain(document.title or "")
    digest = document.digest or sha256_of_text(collapsed(document.text))
    day = _ordinal(document.published.day if document.published else None)
    url = document.canonical_url or document.url
    address = identity(url) if url else ""
    row = list(tokens(text, language or None))
    headline = list(tokens(title, language or None))
    marks, places = _marks(row, headline, document.links, (text, language))
    shingles = array("I", _smallest(_shingles(row), SHINGLES))
    return Fingerprint(
        digest=digest,
        identity=sha256_of_text("\n".join((digest, title, str(day), address))).removeprefix("sha256:"),
        language=language,
        latin=_is_latin(row),
        day=day,
        publisher=folded(document.publisher or ""),
        address=address,
        publisher_marks=_name_marks(document.publisher or "", language),
        signers=frozenset(folded(one.name) for one in document.signatories if one.relation == "signer"),
        title_marks=frozenset(mark for token in headline for mark in _token_marks(token)),
        letters=len(text),
        paragraphs=len(paragraphs(document.text)),
        words=sum(token.kind == "word" for token in row),
        shingles=shingles,
        marks=marks,
        places=places,
        is_marked_updated=bool(_UPDATED.search(title) or _UPDATED.search(text[:600]) or _UPDATED.search(text[-200:])),
    )


@lru_cache(maxsize=8)
def surfaces(document: Document) -> Mapping[int, str]:
    """Yield how each mark of a document is written there, for telling people about it."""
    written: dict[int, str] = {}
    for text in (document.text, document.title or ""):
        for token in tokens(plain(text), _primary(document.language) or None):
            for mark in _token_marks(token):
                written[mark] = token.value
    for term in _terms_of(document):
        written[_mark(TERM, term)] = term
    return written | {_mark(LINK, identity(link)): link for link in document.links}


def _terms_of(document: Document) -> Iterator[str]:
    language, text = _primary(document.language), plain(document.text)
    if language in UNSPACED:
        yield from (term for term, _ in unspaced_terms(text, language))
    elif language in languages():
        yield from (term for one in tokens(text, language) if one.kind == "word" for term in terms(one.value, language))


def _name_marks(name: str, language: str) -> frozenset[int]:
    row = tokens(plain(name), language or None)
    return frozenset(mark & HASH for token in row for mark in _token_marks(token) if mark >> KIND_SHIFT != SOUND)


def _primary(language: str | None) -> str:
    return (language or "").replace("_", "-").split("-")[0].lower()


def _guessed(text: str) -> str:
    """Yield the language that a text without one is most likely in; "" for a text too short to tell."""
    if len(text) < GUESSED_LETTERS:
        return ""
    import py3langid  # loads its model: only where a document comes without a language

    code: str = py3langid.classify(text[:2000])[0]
    return code


def link(address: str) -> int:
    """Yield the hash of the mark that a link to an address (its identity) makes."""
    return _mark(LINK, address) & HASH


def is_fact(mark: int) -> bool:
    """Tell whether the mark is a number, a day or a code like "r6": what twins differ in."""
    return mark >> KIND_SHIFT in (DAY, NUMBER, SMALL, YEAR, CODE)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _is_latin(row: Sequence[Token]) -> bool:
    words = [token.value for token in row[:400] if token.kind == "word"]
    return 2 * sum(stem(word) is not None for word in words) >= len(words)


def _shingles(row: Sequence[Token]) -> Iterator[int]:
    said = [token.value.casefold() for token in row if token.kind != "day"]
    width = SHINGLE_WORDS * 2 if sum(map(len, said)) < 2 * len(said) else SHINGLE_WORDS
    if len(said) < width:
        return iter([crc32(" ".join(said).encode("utf-8", "surrogatepass"))] if said else [])
    runs = map(" ".join, zip(*(said[at:] for at in range(width)), strict=False))
    return (crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def _smallest(hashes: Iterable[int], limit: int) -> list[int]:
    return sorted(set(hashes))[:limit]


def _marks(
    row: Sequence[Token], headline: Sequence[Token], links: Iterable[str], spoken: tuple[str, str]
) -> tuple[array[int], bytes]:
    """Yield the marks of a document and where each stands first; `spoken`: its text and language."""
    where: dict[int, int] = {}
    for link in links:
        where[_mark(LINK, identity(link))] = TITLE_ONLY
    for token in headline:
        for mark in _token_marks(token):
            where[mark] = TITLE_ONLY
    scale = max(1, len(row))
    placed = ((mark, token.at * TITLE_ONLY // scale) for token in row for mark in _token_marks(token))
    for mark, place in chain(placed, _said(row, *spoken)):
        if where.get(mark, TITLE_ONLY) > place:
            where[mark] = place
        elif mark not in where:
            where[mark] = TITLE_ONLY
    kept = sorted(sorted(where, key=_spread)[:MARKS])
    return array("Q", kept), bytes(where[mark] for mark in kept)


def _said(row: Sequence[Token], text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the terms of the trade in a text, and in Chinese the foreign names, each with its place."""
    if language not in languages():
        return
    if language not in UNSPACED:
        scale = max(1, len(row))
        for token in row:
            if token.kind == "word":
                for term in terms(token.value, language):
                    yield _mark(TERM, term), token.at * TITLE_ONLY // scale
        return
    for term, at in unspaced_terms(text, language):
        yield _mark(TERM, term), at * TITLE_ONLY // len(text)
    for name, at in foreign_names(text) if language == "zh" else ():
        if len(heard := sound(name)) >= SOUND_CLASSES:
            yield _mark(SOUND, heard), at * TITLE_ONLY // len(text)


def _spread(mark: int) -> int:
    """Yield the hash alone, multiplied apart, so that what is kept of a long text is a fair sample of all kinds."""
    return (mark & 0xFFFFFFFF) * 2654435761 & 0xFFFFFFFF


def _mark(kind: int, value: str) -> int:
    return kind << KIND_SHIFT | crc32(value.encode("utf-8", "surrogatepass"))


# The numbers that stand in a date: who shares the date shares them too, and has shared one thing.
PARTS_OF_DAY = {
    _mark(DAY, day_value(month, day)): (_mark(SMALL, str(month)), _mark(SMALL, str(day)))
    for month in range(1, 32)
    for day in range(month, 32)
}


def _token_marks(token: Token) -> tuple[int, ...]:
    if token.kind == "word":
        return _word_marks(token.value, token.opens)
    if token.kind == "day":
        return (_mark(DAY, token.value),)
    if token.kind == "number":
        return (_mark(_number_kind(token.value), token.value),)
    return (_mark(ADDRESS, identity(token.value) if "@" not in token.value else token.value.lower()),)


def _number_kind(value: str) -> int:
    if value.isdigit() and len(value) <= 2:
        return SMALL
    return YEAR if len(value) == 4 and value[:2] in ("18", "19", "20") else NUMBER


@lru_cache(maxsize=1 << 11)
def _word_marks(word: str, opens: bool) -> tuple[int, ...]:
    """Yield the marks of a word as written; `opens`: it stands first in a sentence, where its capital says nothing."""
    if len(word) < 2:
        return ()
    if any(letter.isdigit() for letter in word):
        return (_mark(CODE, folded(word)),)
    if (small := NUMERALS.get(word.casefold())) is not None:
        return (_mark(SMALL, str(small)),)
    return tuple(_name_or_word_marks(word, opens=opens))


def _name_or_word_marks(word: str, *, opens: bool) -> Iterator[int]:
    stemmed = stem(word)
    named = not word.islower() and word != word.casefold() and not (opens and word[1:].islower())
    if stemmed and named and (len(word) > 2 or word.isupper()):
        yield _mark(NAME, stemmed)
    elif stemmed and len(word) >= WORD_LETTERS:
        yield _mark(WORD, stemmed)
    if (named or not stemmed or len(word) >= WORD_LETTERS) and len(heard := sound(word)) >= SOUND_CLASSES:
        yield _mark(SOUND, heard)
