"""Where the documents of one statement differ: in what compares across languages, and word by word within one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from communique.kit.text import folded

SHOWN_NUMBERS = 10
SHOWN_NAMES = 12
COMPARED_WORDS = 1500  # of each text: comparing takes time as the product of both in the worst case
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is compared of one document."""

    name: str  # "el, kke.gr"
    language: str | None
    text: str
    day: date | None
    signers: int | None
    signer_names: tuple[str, ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()  # of the registry that it names: id and name
    is_original: bool = False  # several may be: what one body said in its own languages on one day


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words that both texts have, or that only one has."""

    text: str
    kind: Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One document held against the first."""

    name: str
    language: str | None
    is_original: bool
    day: date | None
    other_day: bool
    signers: int | None
    other_signers: bool
    lacks: tuple[str, ...]  # numbers that only the first has
    adds: tuple[str, ...]  # numbers that only this one has
    unnamed: tuple[str, ...]  # bodies that only the first names
    named: tuple[str, ...]  # bodies that only this one names
    unsigned: tuple[str, ...]  # signers that only the first has; told of two lists in one language
    signed: tuple[str, ...]  # signers that only this one has, likewise


def rows(documents: Sequence[Compared]) -> tuple[Row, ...]:
    """Hold documents against the first: days, who signed, the numbers and bodies in their texts."""
    return tuple(_row(documents[0], one) for one in documents) if documents else ()


def _row(first: Compared, one: Compared) -> Row:
    mine, its = _numbers(first.text), _numbers(one.text)
    lacks, adds = sorted(mine - its, key=_size), sorted(its - mine, key=_size)
    return Row(
        name=one.name, language=one.language, is_original=one.is_original, day=one.day, signers=one.signers,
        other_day=bool(first.day and one.day and first.day != one.day),
        other_signers=bool(first.signers and one.signers and first.signers != one.signers),
        lacks=tuple(lacks[:SHOWN_NUMBERS]), adds=tuple(adds[:SHOWN_NUMBERS]),
        unnamed=_only(first.bodies, one.bodies), named=_only(one.bodies, first.bodies),
        unsigned=_signers_only(first, one), signed=_signers_only(one, first),
    )  # fmt: skip


def _only(bodies: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Yield the names of bodies that others are not among, whatever each text calls them.

    Nothing where one text names none that the registry knows: it may name them in words that nobody has listed.
    """
    if not bodies or not others:
        return ()
    known = {id_ for id_, _ in others}
    return tuple(dict.fromkeys(name for id_, name in bodies if id_ not in known))[:SHOWN_NAMES]


def _signers_only(one: Compared, other: Compared) -> tuple[str, ...]:
    """Yield signers of one list that the other lacks; nothing across languages, where a name is another word."""
    if not one.signer_names or not other.signer_names or one.language != other.language:
        return ()
    known = {folded(name) for name in other.signer_names}
    return tuple(name for name in one.signer_names if folded(name) not in known)[:SHOWN_NAMES]


def _size(number: str) -> tuple[int, str]:
    return len(number), number


def _numbers(text: str) -> set[str]:
    """Yield the numbers of a text by value: digits of any script, without separators of thousands."""
    found = (re.sub(r"[.,\s](?=\d{3}(?!\d))", "", number) for number in _NUMBER.findall(text))
    return {
        "".join(str(int(sign)) if sign.isdecimal() else sign for sign in number).replace(",", ".") for number in found
    }


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Yield two texts of one language as one, with what was removed and added; of each the first COMPARED_WORDS."""
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(a=[word.strip() for word in old], b=[word.strip() for word in new], autojunk=False)
    made: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made.append(Piece(text="".join(new[c:d]), kind="same"))
            continue
        if a < b:
            made.append(Piece(text="".join(old[a:b]), kind="removed"))
        if c < d:
            made.append(Piece(text="".join(new[c:d]), kind="added"))
    return tuple(made)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)[:COMPARED_WORDS]
