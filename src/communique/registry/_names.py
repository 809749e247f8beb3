"""What stands around a name in an English text: a country beside it, an apposition, an acronym in brackets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from communique.kit.words import Run, Word
from communique.registry import _rules
from communique.registry._nations import nation


class Name(NamedTuple):
    """A name in the text, before it is known whom it means."""

    start: int
    end: int
    ids: tuple[str, ...] = ()  # who may be meant
    kind: str | None = None
    country: str | None = None  # as the name or its neighbour says
    needs_support: bool = False  # many bodies may be called so
    is_full: bool = True


def without_appositions(names: Sequence[Name], text: str) -> list[Name]:
    """Let "BSI, the British standards body," be one body, of the country that the description says."""
    kept: list[Name] = []
    for name in names:
        before = kept[-1] if kept else None
        gap = text[before.end : name.start] if before else ""
        after = text[name.end : name.end + 1]
        if before and not name.is_full and before.is_full and gap in (", the ", ", ") and after in (",", ""):
            kept[-1] = before._replace(country=before.country or name.country)
            continue
        kept.append(name)
    return kept


# Kinds whose nouns may stand behind a name in small letters and only say what it is.
_SAYING_KINDS = frozenset({"union", "party", "employers", "sport", "media", "standards"})


def with_noun(name: Name, run: Run) -> Name:
    """Let "the Unite trade union" be one name."""
    first = _index_at(run, name.end) if name.ids else len(run)
    if first == len(run) or run[first].start != name.end + 1:
        return name
    plain = _rules.rules().plain
    for last in range(min(first + 3, len(run)), first, -1):
        if run[last - 1].low not in _rules.rules().plain_ends:
            continue
        part = tuple(word.low for word in run[first:last])
        is_small = all(word.text[0].islower() for word in run[first:last])
        if is_small and plain.get(part) in _SAYING_KINDS:
            return name._replace(end=run[last - 1].end)
    return name


def beside_nation(name: Name, run: Run) -> Name:
    """Read the country that stands directly before ("Germany's BSI", "the Greek KKE") or after ("PT of Brazil")."""
    if name.country or not run:
        return name
    first = _index_at(run, name.start)
    last = _index_at(run, name.end)
    before = first - 1 - (first > 0 and run[first - 1].low == "'s")
    for size in (2, 1):
        if before - size + 1 >= 0 and first:
            country = nation(" ".join([word.text for word in run[before - size + 1 : before + 1]]))
            if country and country != "EU":
                starts = run[before - size + 1].start if name.kind and name.is_full else name.start
                return name._replace(country=country, start=starts)
    is_followed = last + 1 < len(run) and run[last].text in (",", "(")
    is_plain = is_followed and all(_rules.is_ordinary(word.text) for word in run[first:last])
    signed = _signed_with(run, last) if is_plain else None
    if signed:
        return name._replace(country=signed[0], end=signed[1])
    bracket = _bracket(run, last)
    after = last + 3 if bracket else last
    if after + 1 < len(run) and run[after].low == "of":
        size = 1 + (run[after + 1].low == "the")
        country = nation(run[after + size].text) if after + size < len(run) else None
        if country:
            return name._replace(country=country, end=run[after + size].end)
    return name


def _signed_with(run: Sequence[Word], last: int) -> tuple[str, int] | None:
    """Read the country as lists of signers write it: "Communist Party, Portugal;", "Communist Party (Portugal)"."""
    country, after = _rules.nation_at(run, last + 1)
    closing = run[after].text if after < len(run) else ";"
    if country is None or closing != (")" if run[last].text == "(" else ";"):
        return None
    return country, run[after].end if closing == ")" else run[after - 1].end


def _index_at(run: Run, start: int) -> int:
    """Yield the index of the first word that begins at or after a place of the text."""
    return bisect_left(run.where.starts, start)


def _bracket(run: Sequence[Word], place: int) -> bool:
    """Tell whether "(ABC)" begins at a word."""
    return (
        place + 2 < len(run)
        and run[place].text == "("
        and run[place + 2].text == ")"
        and _is_short(run[place + 1].text)
    )


def _is_short(text: str) -> bool:
    return 2 <= len(text) <= 12 and sum(letter.isupper() for letter in text) >= 2


def with_brackets(text: str, names: Sequence[Name]) -> tuple[list[Name], dict[str, Name]]:
    """Let "Name (ABC)" be one name, and remember what ABC stands for in this text."""
    joined: list[Name] = []
    short: dict[str, Name] = {}
    for name in names:
        before = joined[-1] if joined else None
        gap = text[before.end : name.start] if before else ""
        if (
            before
            and gap.strip() == "("
            and text[name.end : name.end + 1] == ")"
            and _is_short(text[name.start : name.end])
        ):
            common = tuple(id_ for id_ in before.ids if id_ in name.ids)
            ids = common or before.ids or (name.ids if not before.is_full else ())
            joined[-1] = before._replace(end=name.end + 1, ids=ids, needs_support=before.needs_support and not common)
            short[text[name.start : name.end]] = joined[-1]
            continue
        if before and name.start < before.end:
            continue
        if before and gap == "-" and _is_short(text[name.start : name.end]):
            joined[-1] = before._replace(end=name.end)
            continue
        joined.append(name)
    return [_taking_bracket(text, name, short) for name in joined], short


def _taking_bracket(text: str, name: Name, short: dict[str, Name]) -> Name:
    """Do the same for an acronym that is not listed."""
    rest = text[name.end : name.end + 16].replace("\xa0", " ")
    if not rest.startswith(" (") or ")" not in rest:
        return name
    acronym = rest[2 : rest.index(")")]
    if not _is_short(acronym) or " " in acronym:
        return name
    longer = name._replace(end=name.end + rest.index(")") + 1)
    short[acronym] = longer
    return longer


def repeated(names: list[Name], text: str, run: Sequence[Word], short: dict[str, Name]) -> list[Name]:
    """Find acronyms again that the text itself has explained; they mean what it says, whatever the registry lists."""
    if not short:
        return names
    found = [
        short[text[name.start : name.end]]._replace(start=name.start, end=name.end)
        if text[name.start : name.end] in short else name
        for name in names
    ]  # fmt: skip
    for word in run:
        if word.text in short and not any(name.start < word.end and word.start < name.end for name in found):
            found.append(short[word.text]._replace(start=word.start, end=word.end))
    return sorted(found, key=lambda name: name.start)
