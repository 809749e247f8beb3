"""Every name of every actor, found in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from communique.kit.words import is_part_of_word, is_unspaced, level
from communique.records import Actor
from communique.registry._inflection import forms
from communique.registry._lookup import looked_up
from communique.registry._rules import REMEMBERED

# Arabic and Hebrew write "and", "in", "to", "the" onto the next word, up to two of them; a name may follow directly.
_PROCLITICS = frozenset("وفبلكهובלמשכ")
MAX_PROCLITICS = 2
SHOUTED = 4  # letters: a word of a name in capitals this long ("Die PARTEI") is written so
_ACRONYM_LETTERS = 6  # a name of one word in capitals, no longer than this, is written so or it is another word


class Hit(NamedTuple):
    """A known name in a text."""

    start: int
    end: int
    actors: tuple[str, ...]  # ids of all who bear the name, in order
    is_acronym: bool


class _Alias(NamedTuple):
    written: str
    ids: tuple[str, ...]
    is_acronym: bool


class Aliases:
    """An index of names. Time to search is linear in the text, whatever the number of names (Aho–Corasick)."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_form: dict[str, list[_Alias]] = {}
        bearers: dict[tuple[str, bool], list[str]] = {}
        for actor in actors:
            for name, is_acronym in _names(actor):
                ids = bearers.setdefault((name, is_acronym), [])
                if actor.id not in ids:
                    ids.append(actor.id)
        for (name, is_acronym), ids in bearers.items():
            self._by_form.setdefault(looked_up(name), []).append(_Alias(name, tuple(ids), is_acronym))
        self._automaton = ahocorasick.Automaton()
        for form in self._by_form:
            self._automaton.add_word(form, form)
        self._automaton.make_automaton()
        self._borne = lru_cache(maxsize=REMEMBERED)(self._bearers_of)

    def bearers(self, name: str) -> tuple[str, ...]:
        """Yield the ids of all actors that bear exactly this name, case aside."""
        found = self._by_form.get(looked_up(name), ())
        return tuple(dict.fromkeys(id_ for alias in found for id_ in alias.ids))

    def forms(self) -> Iterable[str]:
        """Yield every name in its levelled form."""
        return self._by_form

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Yield the names of the text that overlap with no longer one, in order."""
        if not self._by_form:
            return ()
        return _apart(sorted(self._all(text), key=lambda hit: (hit.start - hit.end, hit.start)))

    def _all(self, text: str) -> Iterator[Hit]:
        for last, form in self._automaton.iter(looked_up(text)):
            end = last + 1
            if text[end : end + 1].isalnum() and not is_unspaced(text[last]):
                continue  # most are inside a word
            start = end - len(form)
            if _stands_alone(text, start, end):
                borne = self._borne(text[start:end])
                if borne:
                    yield Hit(start, end, *borne)

    def _bearers_of(self, written: str) -> tuple[tuple[str, ...], bool] | None:
        """Yield whom a name as written means, and whether as an acronym, which goes before a name."""
        known = self._by_form[looked_up(written)]
        for is_acronym in (True, False):
            may_be = [alias for alias in known if alias.is_acronym is is_acronym and _may_be(alias, written)]
            if may_be:
                return tuple(dict.fromkeys(id_ for alias in may_be for id_ in alias.ids)), is_acronym
        return None


def written_forms(actor: Actor) -> tuple[str, ...]:
    """Yield all that a text may call an actor: names, their case forms, acronyms."""
    return tuple(dict.fromkeys(name for name, _ in _names(actor)))


def _names(actor: Actor) -> Iterator[tuple[str, bool]]:
    for name, language in ((actor.name, None), *actor.names):
        yield name, name.isupper() and " " not in name and len(name) <= _ACRONYM_LETTERS
        for form in forms(name, language):
            yield form, False
    for acronym in actor.acronyms:
        yield acronym, True


def _may_be(alias: _Alias, written: str) -> bool:
    """Acronyms are read as written; a name must keep its capitals' first, so that "unity" is no party."""
    if alias.is_acronym:
        return level(written) == level(alias.written) and (
            written == alias.written or (written.isupper() and len(alias.written) > 3)
        )
    if alias.written[0].isupper() and not written[0].isupper():
        return False
    return written.isupper() or not any(
        part.isupper() and len(part) >= SHOUTED and part not in written for part in alias.written.split(" ")
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is bounded like a word in its script."""
    if end < len(text) and not is_unspaced(text[end - 1]) and is_part_of_word(text[end]):
        return False
    if start == 0 or text[start - 1] == " " or is_unspaced(text[start]) or not is_part_of_word(text[start - 1]):
        return True
    before = start
    while before > max(0, start - MAX_PROCLITICS) and text[before - 1] in _PROCLITICS:
        before -= 1
    return before < start and (before == 0 or not is_part_of_word(text[before - 1]))


def _apart(longest_first: list[Hit]) -> tuple[Hit, ...]:
    """Keep each hit that overlaps with none kept before it."""
    taken: set[int] = set()
    kept = []
    for hit in longest_first:
        if hit.start not in taken and hit.end - 1 not in taken:
            taken.update(range(hit.start, hit.end))
            kept.append(hit)
    return tuple(sorted(kept))
