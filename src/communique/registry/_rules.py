"""Names by rule: bodies that no file lists, known by the noun and the country in their names.

"Portuguese CP", "Communist Party of Greece", "Ministry of Culture of Spain", "Kenyan federation", "Canada's labour
ministry". The nouns stand in `data/rules/<language>.toml`; countries come from CLDR, demonyms from our list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from communique.kit.words import Run, Word, words
from communique.registry._nations import nation, nation_words

_OF = frozenset({"of", "for", "de", "del", "du", "des", "da", "do", "dos"})
_JOINTS = _OF | {"the", "and", "&", "la", "los", "las"}
MAX_WORDS = 14  # a longer run of capitals is a headline, not a name
REMEMBERED = 4_096  # names taken apart already: the same few recur in the news


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The vocabulary of names in one language."""

    heads: dict[tuple[str, ...], str]  # words of a head noun, small letters -> kind
    head_ends: frozenset[str]  # their last words, which most words are not
    plain: dict[tuple[str, ...], str]  # the same for heads in small letters
    plain_ends: frozenset[str]
    shorts: dict[str, str]  # "CP" -> "Communist Party"
    small_shorts: dict[str, str]  # the same in small letters
    plurals: dict[tuple[str, ...], str]  # "social democrats" -> kind
    never_first: frozenset[str]
    gatherings: frozenset[str]
    same: dict[str, tuple[str, ...]]  # what else a body may be called: "football federation" -> "football association"


class RuleName(NamedTuple):
    """A body known by the form of its name alone."""

    start: int  # code points
    end: int
    kind: str
    country: str | None  # as the name says; None: it says none
    rest: str  # the name without its country, small letters: "communist party"
    is_full: bool = True  # written with capitals: a name and not a description


@cache
def rules(language: str = "en") -> Rules:
    """Load the vocabulary of a language from the package."""
    text = files("communique.registry").joinpath("data", "rules", f"{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    heads, plain = _by_words(table["heads"]), _by_words(table["plain"])
    return Rules(
        heads=heads,
        head_ends=frozenset(words_[-1] for words_ in heads),
        plain=plain,
        plain_ends=frozenset(words_[-1] for words_ in plain),
        shorts=table["shorts"],
        small_shorts={short.lower(): long.lower() for short, long in table["shorts"].items()},
        plurals=_by_words(table["plurals"]),
        never_first=frozenset(table["never_first"].split()),
        gatherings=frozenset(table["gatherings"].split()),
        same={call: tuple(others) for call, others in table["same"].items()},
    )


@cache
def _ordinary() -> frozenset[str]:
    """Yield the words, of all languages with a list of them, that names are made of and that name nobody alone."""
    found: set[str] = set()
    for path in files("communique.registry").joinpath("data", "rules").iterdir():
        found.update(tomllib.loads(path.read_text(encoding="utf-8")).get("ordinary", "").split())
    return frozenset(found)


@lru_cache(maxsize=REMEMBERED)
def is_ordinary(name: str) -> bool:
    """Tell whether a name is made of ordinary words alone, so that bodies that no list holds may well bear it."""
    return all(word.low in _ordinary() for word in words(name) if word.text[0].isalnum())


def _by_words(table: dict[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {_split(noun): kind for kind, nouns in table.items() for noun in nouns}


def _split(noun: str) -> tuple[str, ...]:
    return tuple(word.low for word in words(noun))


def found(run: Run) -> list[RuleName]:
    """Yield the names by rule among the words of an English text, none overlapping, in order.

    A name begins at a capital, or behind "the".
    """
    names = []
    after = 0
    # Most texts hold no noun of a body in small letters.
    has_small = not rules().plain_ends.isdisjoint(run.where.lows)
    for place in run.where.openings:
        if place < after:
            continue
        name, after = _small_of(run, place) if has_small else (None, place + 1)
        if name is None:
            name, after = _name_at(run, place, has_small=has_small)
        if name:
            names.append(name)
    return names


def _name_at(run: Sequence[Word], place: int, *, has_small: bool) -> tuple[RuleName | None, int]:
    if not run[place].text[0].isupper() or run[place].low in rules().never_first:
        return None, place + 1
    end = _run_end(run, place)
    joint = next((index for index in range(place, end) if run[index].low in _OF), end)
    if run[joint - 1].low in rules().gatherings and place and _is_ordinal(run[place - 1]):
        return None, joint  # "27th Congress of X" is an occasion; X is the body.
    full = _full_name(run, place, joint, end)
    if full:
        return full, end
    described = (_description(run, place) if has_small else None) or _plural(run, place)
    if described:
        return described, next(i for i in range(place, len(run) + 1) if i == len(run) or run[i].start >= described.end)
    return None, end if end - place > 1 and not any(nation(word.text) for word in run[place:end]) else place + 1


def _is_ordinal(word: Word) -> bool:
    numbered = word.text[0].isdigit() and word.low.endswith(("st", "nd", "rd", "th"))
    return numbered or (len(word.text) > 1 and _ROMAN.issuperset(word.text))


_ROMAN = frozenset("IVXL")


def _run_end(run: Sequence[Word], start: int) -> int:
    """Yield the index after a run of capitalised words joined by "of", "for", "and" and the like."""
    never_first = rules().never_first
    end, longest = start + 1, min(len(run), start + MAX_WORDS)
    while end < longest:
        text, low, _, _ = run[end]
        step = end + 1 if text[0].isupper() and low not in never_first else _joined(run, start, end)
        if step is None:
            break
        end = step
    return end


def _joined(run: Sequence[Word], start: int, end: int) -> int | None:
    """Yield the index after the capital that a small word joins to those before it."""
    word, after = run[end], end + 1
    if word.low in ("'", "'s") and word.start == run[end - 1].end and _is_capital(run, after):
        plural = word.low == "'" and run[end - 1].low.endswith("s")
        own = word.low == "'s" and run[end - 1].low.endswith(("men", "people", "children"))
        return after + 1 if plural or own else None
    if word.low in _OF or (word.low in ("and", "&") and _takes_and(run, start, end)):
        while after < len(run) and run[after].low in ("the", "la", "los", "las"):
            after += 1
        return after + 1 if _is_capital(run, after) else None
    return None


def _is_capital(run: Sequence[Word], place: int) -> bool:
    return place < len(run) and run[place].text[0].isupper() and run[place].low not in rules().never_first


def _takes_and(run: Sequence[Word], start: int, place: int) -> bool:
    """Tell whether "and" may stand inside the name: in what a ministry or a council is for, not between two bodies."""
    before = [word.low for word in run[start:place]]
    if not any(joint in _OF for joint in before):
        return place + 2 < len(run) and run[place + 2].low == "'" and run[place - 1].low in ("communist", "socialist")
    after = run[place + 1] if place + 1 < len(run) else None
    return bool(
        after and run[place - 1].text[0].isupper() and not after.text.isupper() and after.text[0].isupper()
        and nation(after.text) is None and nation(run[place - 1].text) is None
    )  # fmt: skip


def _full_name(run: Sequence[Word], start: int, joint: int, end: int) -> RuleName | None:
    """Read a run of capitals as "<demonym> <head> of <matter or country>"; `joint` is its first "of"."""
    if joint == start or run[joint - 1].low not in rules().head_ends:
        return None
    country, first = _leading_nation(run, start, joint)
    kind = _head_kind(run, first, joint)
    if kind is None:
        return None
    tail_country, last = _trailing_nation(run, joint, end)
    shorts = rules().small_shorts
    text = " ".join([shorts.get(word.low, word.low) for word in run[first:last]])
    return RuleName(start=run[start].start, end=run[end - 1].end, kind=kind, country=country or tail_country, rest=text)


def _head_kind(run: Sequence[Word], first: int, joint: int) -> str | None:
    """Yield the kind of the longest head noun that ends the part before the first "of"."""
    heads = rules().heads
    for start in range(max(first, joint - 4), joint):
        kind = heads.get(tuple([word.low for word in run[start:joint]]))
        if kind:
            return kind
    return None


def _leading_nation(run: Sequence[Word], start: int, joint: int) -> tuple[str | None, int]:
    for size in _widths(run[start]):
        if start + size < joint:
            country = nation(_written(run, start, start + size))
            if country:
                return country, start + size
    return None, start


def _trailing_nation(run: Sequence[Word], joint: int, end: int) -> tuple[str | None, int]:
    """Read the country from the last "of …"; also yield where the name without it ends."""
    for place in range(end - 1, joint - 1, -1):
        if run[place].low in _OF or run[place].low == "the":
            country = nation(_written(run, place + 1, end)) if place + 1 < end else None
            if country:
                while place > joint and run[place - 1].low in _JOINTS:
                    place -= 1
                return country, place
    return None, end


def _written(run: Sequence[Word], start: int, end: int) -> str:
    parts = run[start:end]
    return "".join(
        word.text if not i or word.text in ("'", "'s") or word.text.startswith("’") else f" {word.text}"
        for i, word in enumerate(parts)
    ).replace("’", "'")


def _description(run: Sequence[Word], start: int) -> RuleName | None:
    """Read "<demonym> [words] <head in small letters>", "<country>'s [words] <head>", "<Town> <head>"."""
    ends = rules().plain_ends
    if ends.isdisjoint([word.low for word in run[start + 1 : start + 8]]):
        return None  # as in most places
    size, country = next(
        ((size, code) for size in _widths(run[start]) if (code := nation(_written(run, start, start + size)))),
        (1, None),
    )
    first = start + size
    if first < len(run) and run[first].low == "'s":
        first += 1
    plain = rules().plain
    for last in range(min(len(run), first + 4), first, -1):
        if run[last - 1].low not in ends:
            continue
        part = run[first:last]
        if any(not word.text[0].islower() or word.low in rules().never_first for word in part):
            continue
        for head in range(first, last):
            kind = plain.get(tuple([word.low for word in run[head:last]]))
            if kind and (country or (head == first and kind in _TOWN_KINDS)):
                return RuleName(
                    start=run[start].start, end=run[last - 1].end, kind=kind, country=country,
                    rest=" ".join(word.low for word in part), is_full=False,
                )  # fmt: skip
    return None


def _small_of(run: Sequence[Word], start: int) -> tuple[RuleName | None, int]:
    """Read "the central bank of Peru": a head in small letters, and the country."""
    if start == 0 or run[start - 1].low != "the":
        return None, start + 1
    for size in (2, 1):
        joint = start + size
        kind = rules().plain.get(tuple([word.low for word in run[start:joint]]))
        if kind and joint + 1 < len(run) and run[joint].low == "of" and run[start].text[0].islower():
            country, last = nation_at(run, joint + 1 + (run[joint + 1].low == "the"))
            if country:
                rest = " ".join(word.low for word in run[start:joint])
                span = (run[start].start, run[last - 1].end)
                name = RuleName(start=span[0], end=span[1], kind=kind, country=country, rest=rest, is_full=False)
                return name, last
    return None, start + 1


def nation_at(run: Sequence[Word], first: int) -> tuple[str | None, int]:
    """Yield the country that is named at a place, and the index after its name."""
    for size in _widths(run[first]) if first < len(run) else ():
        country = nation(_written(run, first, first + size)) if first + size <= len(run) else None
        if country:
            return country, first + size
    return None, first


def _widths(first: Word) -> range:
    """Yield how many words a country's name may have that begins with this one, longest first."""
    return range(min(nation_words().get(first.text, 1), 3), 0, -1)


# Bodies that a town's own name may stand before.
_TOWN_KINDS = frozenset({"parliament", "publicbody", "government", "police"})


def _plural(run: Sequence[Word], start: int) -> RuleName | None:
    """Read "the Greens": capitalised members that stand for their party."""
    if start == 0 or run[start - 1].low != "the":
        return None
    for size in (2, 1):
        part = run[start : start + size]
        kind = rules().plurals.get(tuple([word.low for word in part]))
        if kind and part[-1].text[0].isupper():
            rest = " ".join(word.low for word in part)
            return RuleName(start=part[0].start, end=part[-1].end, kind=kind, country=None, rest=rest, is_full=False)
    return None
