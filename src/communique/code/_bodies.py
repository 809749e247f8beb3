"""Who may act in a text: bodies that the registry finds, and states, peoples, persons and unnamed groups.

States, peoples and groups are kept only where an event's slot holds them: a country is first of all a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique import registry
from communique.code._lexicon import Lexicon
from communique.code._unlisted import name_end
from communique.kit.words import Run, Word
from communique.records import Mention, Place, Span

_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who may fill a slot."""

    mention: Mention
    is_sure: bool  # listed, or named by rule: a mention whether or not an event needs it
    is_place: bool = False  # a country or a town: listed under places unless it acts


def bodies(
    words: Run, named: Sequence[Mention], places: Sequence[Place], taken: Iterable[Span], lexicon: Lexicon
) -> tuple[Body, ...]:
    """Yield all who may act, in order, none overlapping. `taken` are stretches that hold no actor, such as dates."""
    units = _units(words, named, lexicon)
    whole = [unit.mention.span for unit in units]
    found = [*units]
    found += [Body(mention=one, is_sure=True) for one in named if not _within_any(one.span, whole)]
    found += [_state(place) for place in places if place.country and not _within_any(place.span, whole)]
    covered: set[int] = set()
    for start, end in (*[body.mention.span for body in found], *taken):
        covered.update(range(start, end))
    after = 0
    for index, makers in _beginnings(words, _before_groups(words, lexicon)):
        body, after = _at(words, index, covered, lexicon, makers) if index >= after else (None, after)
        if body:
            found.append(body)
            covered.update(range(*body.mention.span))
    return tuple(sorted(found, key=lambda body: body.mention.span))


def _before_groups(words: Run, lexicon: Lexicon) -> set[int]:
    """Yield the indexes of the words that an unnamed plural follows closely, and of its own."""
    nouns = lexicon.actors["groups"]
    if nouns.isdisjoint(words.where.lows):
        return set()
    groups = [place for place, word in enumerate(words) if word.low in nouns]
    return {place for group in groups for place in range(group - _GROUP_WORDS + 1, group + 1)}


def _within_any(one: Span, wholes: Sequence[Span]) -> bool:
    return any(whole[0] <= one[0] and one[1] <= whole[1] for whole in wholes)


def _units(words: Run, named: Sequence[Mention], lexicon: Lexicon) -> list[Body]:
    """Find parts of bodies that act for themselves: "M's youth wing", "X's branch of M", "its local unit in Bergen"."""
    nouns, possessives = lexicon.ready.units, lexicon.closed["possessives"]
    found: list[Body] = []
    if "'s" not in words.where.lows and possessives.isdisjoint(words.where.lows):
        return found
    for index in [place for place, word in enumerate(words[:-1], 1) if word.low == "'s" or word.low in possessives]:
        low = tuple([word.low for word in words[index : index + 2]])
        size = next((n for n in (2, 1) if n <= len(low) and low[:n] in nouns), 0)
        made = _unit(words, index, size, named, lexicon) if size else None
        if made and not any(made.mention.span[0] < one.mention.span[1] for one in found):
            found.append(made)
    return found


def _unit(words: Sequence[Word], index: int, size: int, named: Sequence[Mention], lexicon: Lexicon) -> Body | None:
    before = words[index - 1]
    is_owned = before.low == "'s" and index > 1
    owner = next((one for one in named if is_owned and one.span[1] == before.start), None)
    end, country, parent = _unit_tail(words, index + size, named)
    known = owner or parent
    if (is_owned and known is None) or not (is_owned or before.low in lexicon.closed["possessives"]):
        return None
    start = owner.span[0] if owner else words[index - 2].start if is_owned else before.start
    text = _surface([word for word in words if start <= word.start < end])
    country = country or (known.country if known else None)
    return Body(mention=_mention(text, (start, end), known.kind if known else None, country), is_sure=True)


def _unit_tail(words: Sequence[Word], after: int, named: Sequence[Mention]) -> tuple[int, str | None, Mention | None]:
    """Read " of M" or " in Place" behind the noun of a unit; yield the end, the place's country, and M."""
    end = words[after - 1].end
    if after + 1 >= len(words):
        return end, None, None
    if words[after].low == "of":
        article = words[after + 1].low == "the" and after + 2 < len(words)
        parent = next((one for one in named if one.span[0] == words[after + 1 + article].start), None)
        return (parent.span[1], None, parent) if parent else (end, None, None)
    if words[after].low == "in" and words[after + 1].text[0].isupper():
        return words[after + 1].end, registry.country(words[after + 1].text), None
    return end, None, None


def _surface(words: Sequence[Word]) -> str:
    """Write words as they stood, each run of spaces as one."""
    if len(words) == 1:
        return words[0].text
    return "".join((" " if i and word.start > words[i - 1].end else "") + word.text for i, word in enumerate(words))


def _state(place: Place) -> Body:
    kind = "state" if registry.country(place.name) else "city"
    mention = _mention(place.text, place.span, kind, place.country, name=place.name)
    return Body(mention=mention, is_sure=False, is_place=True)


def _mention(text: str, span: Span, kind: str | None, country: str | None, *, name: str | None = None) -> Mention:
    return Mention(text=text, span=span, actor=None, name=name or text, kind=kind, country=country)


_GROUP_WORDS = 7  # of an unnamed plural: "two thirds of the communist and workers' parties"


def _at(
    words: Sequence[Word], index: int, covered: set[int], lexicon: Lexicon, makers: _Makers
) -> tuple[Body | None, int]:
    for make in makers if words[index].start not in covered else ():
        body, after = make(words, index, covered, lexicon)
        if body:
            return body, after
    return None, index + 1


Found = tuple[Body | None, int]


_Makers = tuple[Callable[..., Found], ...]


_QUOTES = frozenset("'\"‘“")


def _beginnings(words: Run, before_group: set[int]) -> Iterator[tuple[int, _Makers]]:
    """Yield where a body may begin, with who may find it: most words are small and stand before no plural."""
    where = words.where
    quotes = [index for index, word in enumerate(words) if word.text in _QUOTES] if _QUOTES & where.lows else ()
    indexes = sorted(before_group.union(where.openings, quotes)) if before_group or quotes else where.openings
    for index in indexes:
        if 0 <= index < len(words):
            is_capital = words[index].text[0].isupper()
            after_the = index > 0 and words[index - 1].low == "the"
            yield index, _makers(is_capital, index in quotes, after_the, index in before_group)


@cache
def _makers(is_capital: bool, is_quote: bool, after_the: bool, near: bool) -> _Makers:
    every: tuple[tuple[Callable[..., Found], bool], ...] = (
        (_people, is_capital), (_media, is_quote), (_definite, after_the), (_group, near), (_person, is_capital),
        (_acronym, is_capital), (_unlisted, is_capital),
    )  # fmt: skip
    return tuple(make for make, may in every if may)


def _body(words: Sequence[Word], start: int, end: int, kind: str | None, country: str | None, *, sure: bool) -> Found:
    text = _surface(words[start:end])
    span = (words[start].start, words[end - 1].end)
    return Body(mention=_mention(text, span, kind, country), is_sure=sure), end


def _people(words: Sequence[Word], index: int, _covered: set[int], _lexicon: Lexicon) -> Found:
    """Read "Palestinians", "the Kurdish people"."""
    word = words[index]
    if word.text[0].isupper() and index + 1 < len(words) and words[index + 1].low == "people":
        return _body(words, index, index + 2, "people", registry.nation(word.text), sure=True)
    if word.text[0].isupper() and word.low.endswith("s") and not registry.nation(word.text):
        country = registry.nation(word.text[:-1])
        if country and country != "EU":
            return _body(words, index, index + 1, "people", country, sure=False)
    return None, index


def _definite(words: Sequence[Word], index: int, _covered: set[int], lexicon: Lexicon) -> Found:
    """Read "the government": a body that everybody knows, though the text does not name it."""
    kind = lexicon.ready.definites.get(words[index].low)
    return _body(words, index, index + 1, kind, None, sure=False) if kind else (None, index)


def _media(words: Sequence[Word], index: int, _covered: set[int], lexicon: Lexicon) -> Found:
    """Read "'Name' magazine"."""
    part = words[index : index + 4]
    if (
        len(part) == 4
        and part[3].low in lexicon.actors["media"]
        and part[0].text in _QUOTES
        and part[1].text[0].isupper()
        and part[2].text in "'\"’”"
    ):
        return _body(words, index, index + 4, "media", None, sure=True)
    return None, index


def _person(words: Sequence[Word], index: int, covered: set[int], lexicon: Lexicon) -> Found:
    """Read two or more capitals in a row, or one after a title; a demonym or a title before them belongs to them."""
    titles = lexicon.actors["titles"]
    end = index
    while end < len(words) and _is_name(words[end], covered) and end - index < 8:
        if end > index and words[end].start > words[end - 1].end + 1:
            break
        end += 1
    if end == index:
        return None, index
    part = words[index:end]
    if part[0].low in lexicon.ready.never_names:
        return None, index
    if part[-1].low.endswith("s") and part[-1].low[:-1] in titles:
        return None, index  # "Foreign Ministers": whose they are says the text
    is_titled = any(word.low in titles for word in part[:-1])
    plain = [word for word in part if word.low not in titles and not registry.nation(word.text)]
    if len(plain) >= 2 or (is_titled and plain and part[-1].low not in titles):
        if not is_titled and any(word.low in lexicon.forms or word.text.isupper() for word in plain):
            return None, index
        country = next((code for word in part if (code := registry.nation(word.text))), None)
        return _body(words, index, end, "person", country, sure=True)
    return None, index


def _is_name(word: Word, covered: set[int]) -> bool:
    return word.text[0].isupper() and word.text[0].isalpha() and word.start not in covered


def _group(words: Sequence[Word], index: int, covered: set[int], lexicon: Lexicon) -> Found:
    """Read an unnamed plural: "12 further groups", "communist and workers' parties", "Communists"."""
    groups = lexicon.actors["groups"]
    end = index
    while end < len(words) and end - index < _GROUP_WORDS and words[end].start not in covered:
        word = words[end]
        if word.low in groups and not _continues(words, end, covered, groups):
            return _body(words, index, end + 1, "unnamed-group", _country(words[index:end]), sure=False)
        if not _may_lead(word, words[end - 1] if end > index else None, lexicon):
            return None, index
        end += 1
    return None, index


def _continues(words: Sequence[Word], end: int, covered: set[int], groups: frozenset[str]) -> bool:
    """Tell whether the plural is only the owner of a later one ("workers' parties")."""
    after = words[end + 1 : end + 4]
    return (
        bool(after)
        and after[0].low in ("'", "and")
        and any(w.low in groups and w.start not in covered for w in after[1:])
    )


def _may_lead(word: Word, before: Word | None, lexicon: Lexicon) -> bool:
    """Tell whether a word may stand before the plural: a number, an adjective, a demonym; no verb and no article."""
    at_start = before is None
    if word.low in lexicon.actors["counted"] or _NUMBER.fullmatch(word.text) or registry.nation(word.text):
        return True
    if at_start and word.low in lexicon.closed["determiners"]:
        return word.low in ("all", "several", "many")
    if word.low in ("and", "'", "further", "other", "more", "than"):
        return not at_start
    if word.low == "of":
        return before is not None and (before.low in lexicon.actors["counted"] or bool(_NUMBER.fullmatch(before.text)))
    return word.text[0].isalpha() and word.low not in lexicon.function_words and word.low not in lexicon.forms


def _country(words: Sequence[Word]) -> str | None:
    return next((code for word in words if (code := registry.nation(word.text))), None)


_ROMAN = frozenset("IVXLC")


def _acronym(words: Sequence[Word], index: int, _covered: set[int], lexicon: Lexicon) -> Found:
    """Read capitals that no list knows as a body of unknown kind, unless the text shouts."""
    word = words[index]
    if (
        2 <= len(word.text) <= 8
        and word.text.isupper()
        and word.text.isalpha()
        and word.text not in lexicon.actors["no_bodies"]
        and not _shouts(words[max(0, index - 3) : index + 4])
    ):
        return _body(words, index, index + 1, None, None, sure=False)
    return None, index


def _shouts(words: Sequence[Word]) -> bool:
    return sum(word.text.isupper() and len(word.text) > 1 for word in words) > 4


def _unlisted(words: Sequence[Word], index: int, covered: set[int], lexicon: Lexicon) -> Found:
    """Read a name that only its place before a verb of saying shows to be one."""
    end = name_end(words, index, covered, lexicon)
    return _body(words, index, end, None, None, sure=False) if end else (None, index)
