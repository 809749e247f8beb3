"""Who signed a statement, who took part, and who expressly did not; by the words with which texts say so.

Precision comes before completeness: a name that is not sure to be one is left out, since a false signer is a
correction on the wire. Spans are code points of the text that was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from communique.kit.text import folded
from communique.read import _signatories_names as names
from communique.read._signatories_names import Span
from communique.read._signatories_words import FOOT, UPDATED, Forms, Patterns, patterns
from communique.records import Signatory, SignatoryRelation

TEXT_CHARACTERS = 400_000  # a statement is a hundredth of it; what stands beyond is not read
PARAGRAPH_CHARACTERS = 6_000  # of a paragraph that is searched for sentences about signing
HEADING_CHARACTERS = 110
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_LEGEND = re.compile(r"([*†‡]{1,3})\s*[(:=–—-]?\s*(?=[^\W\d_])")
LINES = 4_000  # that are read; the longest list of signers known has a quarter of them
MOST = 2000  # signers: the longest list known is half of it


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureList:
    """What a text says of its signers."""

    signatories: tuple[Signatory, ...]
    count: int | None  # the number that the text states, where it states one
    is_open: bool  # the text says that there are more than it names


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of the text that is not empty."""

    start: int
    end: int
    text: str
    marked: bool  # begins with a bullet or a number
    gap: bool  # a blank line stands before it

    @property
    def inner(self) -> Span:
        """Yield the span without bullet or number."""
        return self.start + names.marker(self.text), self.end


def signatories(text: str, *, language: str | None = None) -> SignatureList:
    """Yield who signed, in the order of the text. `language` is that of the text (BCP 47), None: not known."""
    text = text[:TEXT_CHARACTERS]
    known = patterns(language)
    lines = list(islice(_lines(text), LINES))
    found = [*_listed(text, lines, known), *_told(text, lines, known)]
    kept = _unique(text, sorted(found, key=lambda one: one.span))
    count = _count(lines, known)
    signers = sum(one.relation == "signer" for one in kept)
    is_open = any(_is_open(line, known) for line in lines) or (count is not None and 0 < signers < count)
    return SignatureList(signatories=kept, count=count, is_open=is_open and (signers > 0 or count is not None))


def _lines(text: str) -> Iterator[_Line]:
    gap = True
    for found in re.finditer(r"[^\n]*", text):
        start, end = found.span()
        line = text[start:end]
        if not line.strip():
            gap = gap or start > 0
            continue
        start += len(line) - len(line.lstrip())
        end -= len(line) - len(line.rstrip())
        line = text[start:end]
        yield _Line(start=start, end=end, text=line, marked=names.marker(line) > 0, gap=gap)
        gap = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A name and what is said of it."""

    span: Span
    relation: SignatoryRelation
    joined: Literal["later"] | None = None


def _listed(text: str, lines: list[_Line], known: Patterns) -> Iterator[_Found]:
    """Yield the names that stand under a heading, or after it on the same line."""
    legend = next((sign for line in lines if (sign := _legend(line, known))), None)
    number = 0
    while number < len(lines):
        relation, rest = _heading(lines[number], known)
        is_late = relation is not None and bool(known.later.search(lines[number].text))
        number += 1
        if relation is None:
            continue
        if rest is not None:
            found = [_Found(span=span, relation=relation) for span in _names_in(text, rest, known)]
        else:
            block = _block(lines[number:], known)
            found = [replace(one, relation=relation) for one in _of_block(text, block, known, legend)]
            number += len(block)
        yield from (replace(one, joined="later") if is_late else one for one in found)


def _legend(line: _Line, known: Patterns) -> str | None:
    """Yield the sign that marks later signers, where a line explains it: "* joined later"."""
    found = _LEGEND.match(line.text)
    return found.group(1) if found and known.later.search(line.text) else None


def _heading(line: _Line, known: Patterns) -> tuple[SignatoryRelation | None, Span | None]:
    """Yield which kind of list a line announces, and where it begins if it is on the same line."""
    head, colon, rest = line.text.partition(":")
    if not colon:
        head, colon, rest = line.text.partition("：")
    if len(head) > HEADING_CHARACTERS or known.calls.search(line.text):
        return None, None
    plain = re.sub(r"\([^)]*\)", "", folded(head)).strip(" .*#_-–—[]»«>")
    relation = _relation(plain, known)
    if relation is None or (not colon and len(plain.split()) > 5):
        return None, None
    if rest.strip():
        start = line.start + len(head) + 1
        return relation, (start, line.end)
    return relation, None


def _relation(plain: str, known: Patterns) -> SignatoryRelation | None:
    if known.refused_heading.fullmatch(plain):
        return "non-signer"
    if known.later.fullmatch(plain):
        return "signer"
    if known.headings.fullmatch(plain):
        return "signer"
    return "participant" if known.participants.fullmatch(plain) else None


def _block(lines: list[_Line], known: Patterns) -> list[_Line]:
    """Yield the lines under a heading that are its list; sub-headings between marked lines are passed over."""
    kept: list[_Line] = []
    is_marked = any(line.marked for line in lines[:2])
    for number, line in enumerate(lines):
        if _ends_list(line, known):
            break
        if is_marked and not line.marked:
            after = lines[number + 1 : number + 2]
            if not (after and after[0].marked and len(line.text) <= HEADING_CHARACTERS and not line.text.endswith(".")):
                break
        kept.append(line)
    return kept


def _ends_list(line: _Line, known: Patterns) -> bool:
    """Tell whether a line can't belong to a list of names: a sentence, the page's foot, another heading, a call."""
    if FOOT.search(line.text) or UPDATED.search(line.text) or known.calls.search(line.text):
        return True
    if any(form.search(line.text) for form in (*known.refused, *known.counted)):
        return True
    relation, _ = _heading(line, known)
    return relation is not None


def _of_block(text: str, block: list[_Line], known: Patterns, legend: str | None) -> Iterator[_Found]:
    marked = [line for line in block if line.marked]
    chosen = marked or block
    if len(chosen) == 1 and not marked:
        yield from (_Found(span=span, relation="signer") for span in _names_in(text, chosen[0].inner, known))
        return
    persons = names.are_persons([text[slice(*line.inner)] for line in chosen])
    is_late = False
    for line in block:
        if (marked and not line.marked) or line.text.endswith(":"):
            is_late = bool(known.later.search(line.text))
            continue
        found = _of_line(text, line, known, persons=persons)
        if names.is_name(text[slice(*found.span)]):
            marked_late = is_late or found.joined == "later" or (legend is not None and line.text.endswith(legend))
            yield replace(found, joined="later" if marked_late else None)
        elif not marked:
            return


def _of_line(text: str, line: _Line, known: Patterns, *, persons: bool) -> _Found:
    """Yield the name on a line, without a remark that says when it joined and without the person who signed for it."""
    span = names.trimmed(text, line.inner)
    remark = _REMARK.search(text[slice(*span)])
    is_late = remark is not None and bool(known.later.search(remark.group()))
    if remark is not None and is_late:
        span = names.trimmed(text, (span[0], span[0] + remark.start()))
    span = names.body_of(text, span, persons=persons)
    return _Found(span=span, relation="signer", joined="later" if is_late else None)


def _names_in(text: str, span: Span, known: Patterns) -> Iterator[Span]:
    """Yield the names in running text; nothing where one of them is no name, since then the cut is not sure."""
    end = re.search(r"(?<![A-ZÀ-Þ]\.[A-ZÀ-Þ])(?<!\be\.V)\.\s+(?=[^\W\d_a-zà-ÿ])", text[slice(*span)])
    if end and not re.search(r"\b[A-Z]$", text[span[0] : span[0] + end.start()]):
        span = (span[0], span[0] + end.start())
    others = known.others.search(text, span[0], span[1])
    if others:
        span = (span[0], others.start())
    found = [_without_article(text, one) for one in names.split(text, names.trimmed(text, span), known)]
    if found and all(_is_sure(text[slice(*one)]) for one in found):
        yield from found


def _is_sure(name: str) -> bool:
    return names.is_name(name) and len(name) <= 120 and not re.match(r"\d", name)


def _without_article(text: str, span: Span) -> Span:
    lead = re.match(
        r"(?:the|and|sowie|und|et|y|e|ve|la|le|les|el|los|der|die|das|den)\s+(?=[^\W\d_a-zà-ÿ])", text[slice(*span)]
    )
    return (span[0] + lead.end(), span[1]) if lead else span


def _told(text: str, lines: list[_Line], known: Patterns) -> Iterator[_Found]:
    """Yield the names that stand in sentences: "The letter was signed by …", "We, …, declare", "… did not sign"."""
    kinds: tuple[tuple[Forms, SignatoryRelation], ...] = (
        (known.refused, "non-signer"),
        (known.among, "signer"),
        (known.present, "participant"),
        (known.signed, "signer"),
    )
    for line in lines:
        if len(line.text) > PARAGRAPH_CHARACTERS or known.calls.search(line.text):
            continue
        sentences = tuple(_sentences(line))
        for forms, relation in kinds:
            spans = _first(text, sentences, forms, relation, known)
            if spans:
                yield from (_Found(span=span, relation=relation) for span in spans)
                break


def _first(
    text: str, sentences: tuple[Span, ...], forms: Forms, relation: SignatoryRelation, known: Patterns
) -> list[Span]:
    for form in forms:
        for sentence in sentences:
            found = form.search(text[slice(*sentence)])
            if found is None:
                continue
            start, end = found.span("list")
            spans = list(_names_in(text, (sentence[0] + start, sentence[0] + end), known))
            enough = len(spans) > 1 or relation != "signer"  # one name after "signed by" is mostly an author
            if spans and enough and all(names.begins_like_a_name(text[slice(*span)]) for span in spans):
                return spans
    return []


def _sentences(line: _Line) -> Iterator[Span]:
    """Yield the sentences of a line; a full stop after one letter, or before a small one, ends none."""
    start = line.start + names.marker(line.text)
    for found in re.finditer(r"(?<![\s.][^\W\d_])[.!?。]\s+(?=[^\W\d_a-zà-ÿ])", line.text):
        if line.start + found.start() > start:
            yield start, line.start + found.start() + 1
            start = line.start + found.end()
    yield start, line.end


def _count(lines: list[_Line], known: Patterns) -> int | None:
    """Yield the number of signers that the text states; the largest, where it states several."""
    found = [one for line in lines if len(line.text) <= PARAGRAPH_CHARACTERS
             for form in known.counted for one in form.finditer(line.text)]  # fmt: skip
    counts = [int(re.sub(r"\D", "", one["count"])) for one in found]
    return max((count for count in counts if count > 1), default=None)


def _is_open(line: _Line, known: Patterns) -> bool:
    """Tell whether a line says that there are more signers than are named."""
    if len(line.text) > PARAGRAPH_CHARACTERS:
        return False
    if any(form.search(line.text) for form in known.among):
        return True
    says_signing = any(form.search(line.text) for form in known.signed) or _heading(line, known)[0] is not None
    return says_signing and bool(known.others.search(line.text))


def _unique(text: str, found: list[_Found]) -> tuple[Signatory, ...]:
    """Yield each name once; who is told not to have signed is no signer."""
    refused = {folded(text[slice(*one.span)]) for one in found if one.relation == "non-signer"}
    known: set[str] = set()
    kept: list[Signatory] = []
    for one in found[:MOST]:
        name = text[slice(*one.span)]
        key = folded(name)
        if key in known or (key in refused and one.relation != "non-signer"):
            continue
        known.add(key)
        kept.append(Signatory(name=name, span=one.span, relation=one.relation, actor=None, joined=one.joined))
    return tuple(kept)
