"""Occasions in any language with a glossary: "14e congrès", "XII Congreso", "50-летие", as a series and a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from communique.code._bodies import Body
from communique.code._glossary import Glossary, folded, glossary
from communique.code._occasions import Found, roman
from communique.records import Occasion, Span

KINDS = ("plenary", "congress", "conference", "session", "meeting", "anniversary")
_MATTER = 6  # words that say what an anniversary is of
_BETWEEN = r"(?:\s+[^\W\d_]+(?:-[^\W\d_]+)*){0,2}?"  # adjectives between number and noun
_SUFFIX = 12  # code points of a case and a space behind a body
_OWNER = 60  # code points of two words before a number


class _Series(NamedTuple):
    """What a language's occasions are read with."""

    numbered: re.Pattern[str]  # groups n and noun
    counted: re.Pattern[str] | None  # group noun: a word that holds its number
    dated: re.Pattern[str] | None  # groups n and noun: figures and a word behind a hyphen
    values: tuple[tuple[re.Pattern[str], int], ...]  # ordinals
    counts: tuple[tuple[re.Pattern[str], int], ...]  # words that hold their number
    kinds: tuple[tuple[re.Pattern[str], str], ...]
    teen: re.Pattern[str] | None  # Arabic: behind a unit, ten more
    leads: frozenset[str]  # words between the noun and whose it is


def occasions(text: str, bodies: Sequence[Body], known: Glossary) -> tuple[Found, ...]:
    """Yield the occasions of a text, in order, none overlapping."""
    series = _series(known.language)
    if series is None:
        return ()
    level = levelled(text, known.language)
    found: list[Found] = []
    for hit in sorted(_hits(text, level, series, known)):
        if not found or hit.span[0] >= found[-1].occasion.span[1]:
            found.append(_Owners(text, level, bodies, series, known).owned(hit))
    return tuple(found)


def levelled(text: str, language: str) -> str:
    """Yield a text as words are looked up, letter for letter."""
    return "".join(_letter(letter, language) for letter in text)


@cache
def _letter(letter: str, language: str) -> str:
    low = folded(letter, language)
    return low if len(low) == 1 else letter


class _Hit(NamedTuple):
    """A number with the noun that it numbers."""

    span: Span
    kind: str
    number: int
    title: str  # the words without the number


def _hits(text: str, level: str, series: _Series, known: Glossary) -> Iterator[_Hit]:
    apart = (
        known.classes["articles"] | known.classes["prepositions"] | known.classes["skipped"] | frozenset(known.forms)
    )
    for hit in series.numbered.finditer(level):
        number, kind = _number(text[slice(*hit.span("n"))], hit["n"], series), _kind(hit["noun"], series)
        # "12 meetings" are counted, not numbered; in Arabic the figure stands behind.
        is_counted = hit["n"].isdecimal() and known.order != "vso" and (kind != "anniversary" or known.order == "sov")
        title = text[hit.end("n") : hit.end()] if known.order != "vso" else text[slice(*hit.span("noun"))]
        if number is not None and not is_counted and apart.isdisjoint(title.lower().split()[:-1]):
            yield _Hit(hit.span(), kind, number, title.strip())
    for hit in series.counted.finditer(level) if series.counted else ():
        number = next(n for word, n in series.counts if word.fullmatch(hit["noun"]))
        yield _Hit(hit.span(), "anniversary", number, text[slice(*hit.span())])
    for hit in series.dated.finditer(level) if series.dated else ():
        yield _Hit(hit.span(), "anniversary", int(hit["n"]), text[slice(*hit.span())])


def _kind(noun: str, series: _Series) -> str:
    return next(kind for pattern, kind in series.kinds if pattern.fullmatch(noun))


def _number(shown: str, written: str, series: _Series) -> int | None:
    """Read an ordinal, as shown and levelled: figures, Roman figures, a word, or tens and units."""
    figures = re.match(r"\d+", written)
    if figures:
        return int(figures[0])
    by_letters = roman(re.sub(r"[\W\da-zèйгму]+$", "", shown))
    if by_letters is not None:
        return by_letters
    whole = next((n for word, n in series.values if word.fullmatch(written)), None)
    if whole is not None:
        return whole
    parts = [part.removeprefix("و") if index else part for index, part in enumerate(re.split(r"[\s-]+", written))]
    numbers = [next((n for word, n in series.values if word.fullmatch(part)), 0) for part in parts]
    if len(parts) == 2 and series.teen is not None and series.teen.fullmatch(parts[1]):
        return numbers[0] + 10
    if len(numbers) == 2 and all(numbers):
        high, low = max(numbers), min(numbers)
        return high + low if high % 10 == 0 and low < 10 else None
    return numbers[0] or None if len(numbers) == 1 else None


class _Owners:
    """Finds whose an occasion is, or what an anniversary is of."""

    def __init__(self, text: str, level: str, bodies: Sequence[Body], series: _Series, known: Glossary) -> None:
        self._text, self._level, self._series, self._known = text, level, series, known
        self._starts = {body.mention.span[0]: body for body in bodies}
        self._ends = {body.mention.span[1]: body for body in bodies}

    def owned(self, hit: _Hit) -> Found:
        """Yield the occasion with what belongs to it."""
        order, (start, end) = self._known.order, hit.span
        ahead = self._before(start) if order in ("sov", "v2") else None
        if ahead is not None:
            first = ahead.mention.span[0]
            return self._made(hit, (first, end), f"{ahead.mention.text} {hit.title}", ahead)
        if order == "sov":
            first = self._matter_start(start) if hit.kind == "anniversary" else start
            return self._made(hit, (first, end), self._text[first:start].strip() or hit.title, None)
        return self._behind(hit, self._after_leads(end))

    def _behind(self, hit: _Hit, place: int) -> Found:
        start, end = hit.span
        owner = self._starts.get(place) or (self._starts.get(place + 1) if self._known.proclitics else None)
        if owner is not None and place > end and not self._acts(owner, hit):
            last = owner.mention.span[1]
            name = owner.mention.name if hit.kind == "anniversary" else f"{hit.title} {self._text[end:last].strip()}"
            return self._made(hit, (start, last), name, owner)
        last = self._matter_end(place) if hit.kind == "anniversary" and place > end and owner is None else 0
        if last > place:
            return self._made(hit, (start, last), self._text[place:last], None)
        return self._made(hit, hit.span, hit.title, None)

    def _acts(self, body: Body, hit: _Hit) -> bool:
        """Tell a nominative from a genitive where no article parts them: "na 31. zjeździe Federacja … zażądała"."""
        between = self._text[hit.span[1] : body.mention.span[0]].strip()
        if between or not self._known.has_cases:
            return False
        head = next(word for word in self._level[slice(*body.mention.span)].split() if word)
        nominative = self._known.cases.get("nom", ())
        return head.endswith(nominative) or not head.endswith(tuple("aeiouyаеёиоуыюяій"))

    def _before(self, start: int) -> Body | None:
        """Yield a body in the genitive right before the number: "Bagarförbundets 14:e kongress"."""
        for end in range(max(1, start - _SUFFIX), start):
            is_beside = end in self._ends and re.fullmatch(r"(?:['’]\w+)?\s+", self._level[end:start])
            if is_beside and (self._known.order == "sov" or self._level[end - 1] == "s"):
                return self._ends[end]
        return None

    def _matter_start(self, start: int) -> int:
        """Yield where "Niksar selinin" begins, in the genitive before a Turkish number."""
        first = max(0, start - _OWNER)
        hit = re.search(r"(?:\b\w+\s+)?\b\w+[ıiuü]n\s+$", self._level[first:start])
        return first + hit.start() if hit else start

    def _after_leads(self, place: int) -> int:
        """Yield where what stands behind "of the" begins."""
        while hit := re.compile(r"\s*([^\W\d_]+['’]?)").match(self._level, place):
            begin = hit.start(1)
            if begin in self._starts or hit[1] not in self._series.leads:
                return begin
            place = hit.end()
        return place

    def _matter_end(self, place: int) -> int:
        end, known = place, self._known.classes
        small = (known["prepositions"] - known["at"] - known["of"]) | known["and"] | known["with"]
        for count, hit in enumerate(re.compile(r"[^\W_]+(?:-[^\W_]+)*|\S").finditer(self._level, place)):
            is_mark = not hit[0][0].isalnum() and hit[0] not in "'’"
            if count >= _MATTER or is_mark or hit[0] in small or (count and hit[0] in self._known.forms):
                break
            end = hit.end()
        return end

    def _made(self, hit: _Hit, span: Span, name: str, owner: Body | None) -> Found:
        text = self._text[slice(*span)]
        occasion = Occasion(text=text, span=span, name=name, kind=hit.kind, number=hit.number)
        return Found(occasion=occasion, owners=(owner.mention.span,) if owner is not None else ())


@cache
def _series(language: str) -> _Series | None:
    known = glossary(language)
    if known is None or not known.occasions:
        return None
    table = known.occasions
    kinds = tuple((_any(table[kind].split(), language), kind) for kind in KINDS)
    noun = "|".join(pattern.pattern for pattern, _ in kinds)
    units = list(_values(table["ordinals"], 1, language))
    tens = [(word, (place + 1) * 10) for place, word in enumerate(_words(table["tens"], language))]
    cardinals = [(word, (place + 1) * 10) for place, word in enumerate(_words(table.get("cardinals", ""), language))]
    teen = _any(table["teen"].split(), language) if "teen" in table else None
    counts = tuple((_any(word.split("/"), language), int(number))
                   for word, _, number in (entry.rpartition("=") for entry in table["counted"].split()))  # fmt: skip
    # In Spanish and Portuguese "décimo" is ten and a unit of its own: tens are asked first.
    values = (*tens, *units, *cardinals)
    number = _numbers(table["marks"], [word.pattern for word, _ in values], teen)
    order = (rf"(?P<noun>{noun})", rf"(?P<n>{number})")
    pattern = rf"{order[0]}\s+{order[1]}" if known.order == "vso" else rf"{order[1]}{_BETWEEN}\s*{order[0]}"
    leads = known.classes["of"] | known.classes["articles"]
    leads |= {word for word, meant in known.spelt.items() if meant in known.classes["of"]}
    counted = "|".join(word.pattern for word, _ in counts)
    dated = "|".join(word.pattern for word in _words(table.get("dated", ""), language))
    return _Series(
        numbered=re.compile(rf"(?<![\w-]){pattern}(?!\w)"),
        counted=re.compile(rf"(?<!\w)(?P<noun>{counted})(?!\w)") if counted else None,
        dated=re.compile(rf"(?<!\w)(?P<n>\d{{1,4}})-(?P<noun>{dated})(?!\w)") if dated else None,
        values=values, counts=counts, kinds=kinds, teen=teen, leads=frozenset(leads),
    )  # fmt: skip


def _numbers(marks: str, words: Sequence[str], teen: re.Pattern[str] | None) -> str:
    """Yield the pattern of a number: figures with a mark or bare, Roman figures, ordinals."""
    mark = "|".join(re.escape(mark) for mark in marks.split())
    word = f"(?:{'|'.join(words)})"
    behind = rf"(?:\s+(?:{teen.pattern}|و(?:{'|'.join(words)})))?" if teen is not None else rf"(?:[\s-]+{word})?"
    letters = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
    return rf"\d{{1,4}}(?:{mark})?|{letters}(?:{mark})?|{word}{behind}"


def _values(listed: str, first: int, language: str) -> Iterator[tuple[re.Pattern[str], int]]:
    for place, word in enumerate(_words(listed, language), first):
        yield word, place


def _words(listed: str, language: str) -> Iterator[re.Pattern[str]]:
    for entry in listed.split():
        yield _any(entry.split("/"), language)


def _any(words: Sequence[str], language: str) -> re.Pattern[str]:
    made = [re.escape(levelled(word.replace("_", " "), language)).replace(r"\*", r"\w*") for word in words]
    return re.compile(f"(?:{'|'.join(made)})")
