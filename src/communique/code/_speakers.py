"""Persons who speak for a body, in any language with a glossary: "Au nom de la Fédération, Jeanne Morel a salué …".

Persons are read nowhere else: without a body that they speak for they are none of a press desk's actors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.code._bodies import Body
from communique.code._glossary import Glossary, folded
from communique.kit.words import Word
from communique.records import Mention

_NAME = (2, 3)  # words of a person's name
_REACH = 30  # words between the body and the person who speaks for it
_LEAST_SPLIT = 4  # words of a body's name of which the last two may be a person's


def with_speakers(words: Sequence[Word], bodies: Sequence[Body], known: Glossary) -> tuple[Body, ...]:
    """Yield the bodies, with the persons who speak on behalf of one of them, in order."""
    reader = _Reader(words, bodies, known)
    found: list[Body] = []
    for body in bodies:
        if not reader.is_spoken_for(body):
            found.append(body)
            continue
        shorter, person = reader.split(body)
        found.append(shorter)
        person = person or reader.speaker(shorter)
        others = [*found, *(other for other in bodies if other is not body)]
        if person is not None and not any(_overlap(person, other) for other in others):
            found.append(person)
    return tuple(sorted(found, key=lambda one: one.mention.span))


def _overlap(one: Body, two: Body) -> bool:
    return one.mention.span[0] < two.mention.span[1] and two.mention.span[0] < one.mention.span[1]


def is_behalf(lows: Sequence[str], known: Glossary) -> bool:
    """Tell whether words end with "on behalf of"; they are small, contractions spelt out, articles left out."""
    return ends_with(lows, known.classes["behalf"])


def ends_with(lows: Sequence[str], phrases: frozenset[str]) -> bool:
    """Tell whether words end with one of some phrases, whose words `_` joins."""
    whole = "_" + "_".join(lows)
    return any(whole.endswith(f"_{phrase}") for phrase in phrases)


class _Reader:
    """Finds who speaks for the bodies of one text."""

    def __init__(self, words: Sequence[Word], bodies: Sequence[Body], known: Glossary) -> None:
        self._words, self._known = words, known
        self._small = known.classes["articles"] - known.classes["of"]
        lows = [folded(word.text, known.language) for word in words]
        elided = [i + 1 < len(words) and words[i + 1].text in "'’" for i in range(len(words))]
        self._low = [known.spelt.get(low + "'" * cut, low + "'" * cut) for low, cut in zip(lows, elided, strict=True)]
        spans = [body.mention.span for body in bodies]
        self._taken = [any(span[0] <= word.start < span[1] for span in spans) for word in words]

    def is_spoken_for(self, body: Body) -> bool:
        """Tell whether "on behalf of" stands before a body, or behind it."""
        first, after = self._edges(body)
        before = [low for low in self._low[max(0, first - 6) : first] if low not in self._small and low not in "'’"]
        following = self._low[after : after + 1]
        if following and following[0] in "'’":  # a Turkish case
            following = self._low[after + 2 : after + 3]
        return is_behalf(before, self._known) or is_behalf(following, self._known)

    def _edges(self, body: Body) -> tuple[int, int]:
        start, end = body.mention.span
        first = next(i for i, word in enumerate(self._words) if word.end > start)
        return first, next((i for i, word in enumerate(self._words) if word.start >= end), len(self._words))

    def split(self, body: Body) -> tuple[Body, Body | None]:
        """Part "Izby Rolniczej Paweł Górski": where names have cases, nothing stands between body and person."""
        first, after = self._edges(body)
        follows_verb = after < len(self._words) and self._low[after] in self._known.forms
        is_linked = body.mention.actor is not None
        if not self._known.has_cases or after - first < _LEAST_SPLIT or not follows_verb or is_linked:
            return body, None
        if not all(self._is_name(place) for place in (after - 2, after - 1)):
            return body, None
        end = self._words[after - 3].end
        text = body.mention.text[: end - body.mention.span[0]]
        shorter = replace(body.mention, text=text, name=text, span=(body.mention.span[0], end))
        return replace(body, mention=shorter), self._person(after - 2, after)

    def speaker(self, body: Body) -> Body | None:
        """Yield the person who stands nearest behind the body, or right before the words that say so."""
        first, after = self._edges(body)
        if self._known.order == "vso":
            return self._behind_verb(after)
        behind = range(after, min(after + _REACH, len(self._words) - 1))
        before = range(max(0, first - 7), first)
        for place in (*behind, *before):
            size = self._name_size(place)
            if size and (place in behind or self._closes(place + size, first)):
                return self._person(place, place + size)
        return None

    def _closes(self, end: int, first: int) -> bool:
        """Tell whether only a comma and "on behalf of" stand between a name and the body."""
        between = [low for low in self._low[end:first] if low not in self._small and low not in ",'’"]
        return bool(between) and is_behalf(between, self._known) and len(between) <= 3

    def _name_size(self, place: int) -> int:
        """Yield how many words the name of a person has that begins here; 0 where none does."""
        size = 0
        while place + size < len(self._words) and size <= _NAME[1] and self._is_name(place + size, free=True):
            size += 1
        is_whole = not place or not self._is_name(place - 1, free=True)
        return size if _NAME[0] <= size <= _NAME[1] and is_whole else 0

    def _is_name(self, place: int, *, free: bool = False) -> bool:
        word, known = self._words[place], self._known
        is_capital = (
            word.text[0].isupper() and word.text[0].isalpha() and len(word.text) > 1 and not word.text.isupper()
        )
        small = known.classes["skipped"] | known.classes["prepositions"] | known.classes["articles"]
        return is_capital and not (free and self._taken[place]) and self._low[place] not in small

    def _behind_verb(self, after: int) -> Body | None:
        """Read an Arabic name, which has no capitals: the two words behind the verb, neither of which is definite."""
        for place in range(after, min(after + 4, len(self._words) - 2)):
            if self._low[place] in self._known.forms:
                name = range(place + 1, place + 3)
                plain = [not self._taken[i] and not self._low[i].startswith("ال") for i in name]
                is_name = (
                    all(plain) and self._words[place + 1].text[0].isalpha() and len(self._words[place + 2].text) > 2
                )
                return self._person(place + 1, place + 3) if is_name else None
        return None

    def _person(self, start: int, end: int) -> Body:
        part = self._words[start:end]
        text = " ".join(word.text for word in part)
        span = (part[0].start, part[-1].end)
        mention = Mention(text=text, span=span, actor=None, name=text, kind="person", country=None)
        return Body(mention=mention, is_sure=False)
