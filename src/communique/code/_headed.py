"""Bodies that no list has, by the noun that heads their name: "Federación Cubana de Ajedrez", "Związek Marynarzy".

The registry finds what it knows, and names made of a head and a country. What is left is a body of known kind if its
head is written as a name and more of the name stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.code._bodies import Body
from communique.code._glossary import Glossary, fits, folded
from communique.kit.words import Word
from communique.records import Mention, Span

_REACH = 8  # words of a name on one side of its head
_LONG_NAME = 12  # letters of a compound that says whose body it is
_COMPOUND = 8  # letters, where its last part is the noun of a body and of little else: "Mieterbund"
# Kinds of which a country has one.
_ALONE = frozenset({"parliament", "centralbank", "court", "government", "police", "military", "city"})
_OFFICES = frozenset({"parliament", "government"})  # named by their noun alone, in small letters too
_APOSTROPHES = "'’"
_LOWER = 3  # small words in a row inside a name


def headed(words: Sequence[Word], named: Sequence[Mention], known: Glossary) -> tuple[Body, ...]:
    """Yield the bodies of a text: those the registry found, and those that their heads show, in order."""
    linked = [one for one in named if (one.actor or one.candidates) and not _is_longer(one, words, known)]
    found = [*linked]
    taken = [one.span for one in linked]
    open_ = [one for one in named if one not in linked]
    for start, end, kind in _names(words, taken, known):
        span = (words[start].start, words[end - 1].end)
        inside = next((one for one in open_ if span[0] <= one.span[0] and one.span[1] <= span[1]), None)
        if not any(_overlap(one.span, span) for one in open_ if one is not inside):
            found.append(_mention(_surface(words[start:end]), span, kind, inside))
    found += [one for one in open_ if not any(_overlap(one.span, other.span) for other in found)]
    return tuple(Body(mention=one, is_sure=True) for one in sorted(found, key=lambda one: one.span))


def _is_longer(one: Mention, words: Sequence[Word], known: Glossary) -> bool:
    """Tell a name that is a noun of bodies and goes on with "of …": the listed "Lega" is not "Lega dei Consumatori"."""
    if not fits(folded(one.text, known.language), known.heading):
        return False
    place = next((i for i, word in enumerate(words) if word.start >= one.span[1]), len(words))
    reader = _Reader(words, (), known)
    return known.order == "svo" and place < len(words) and reader.goes_on(place)


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _mention(text: str, span: Span, kind: str, inside: Mention | None) -> Mention:
    """Make a mention of a name; what the registry knows of a part of it, by a rule, holds for the whole."""
    if inside is not None:
        kind = inside.kind or kind
    country = inside.country if inside is not None else None
    return Mention(text=text, span=span, actor=None, name=text, kind=kind, country=country)


def _surface(words: Sequence[Word]) -> str:
    return "".join((" " if i and word.start > words[i - 1].end else "") + word.text for i, word in enumerate(words))


def _names(words: Sequence[Word], taken: Sequence[Span], known: Glossary) -> Iterator[tuple[int, int, str]]:
    reader = _Reader(words, taken, known)
    index = floor = 0
    while index < len(words):
        kind = reader.kind(index)
        if kind is None:
            index += 1
            continue
        start, end = reader.edges(index, floor)
        if end - start > 1 or reader.stands_alone(index):
            yield start, end, kind
            floor = end
        index = max(end, index + 1)


class _Reader:
    """Finds the edges of a name around its head."""

    def __init__(self, words: Sequence[Word], taken: Sequence[Span], known: Glossary) -> None:
        self._words, self._known = words, known
        lows = [folded(word.text, known.language) for word in words]
        self._low = [known.spelt.get(low, low) for low in lows]
        self._taken = [any(span[0] <= word.start < span[1] for span in taken) for word in words]
        self._joints = known.classes["of"] | known.classes["skipped"]

    def kind(self, index: int) -> str | None:
        """Yield the kind of body that a word heads, or None."""
        if self._taken[index] or not fits(self._low[index], self._known.heading):
            return None
        if self._low[index] in self._known.classes["skipped"]:
            return None
        if not self._words[index].text[0].isalpha():
            return None
        kind = next((kind for patterns, kind in self._known.heads if fits(self._low[index], patterns)), None)
        if self._known.language == "ar" or self._words[index].text[0].isupper():
            return kind
        return kind if kind in _OFFICES or self._is_plain(index) else None

    def _is_plain(self, index: int) -> bool:
        """Tell whether a head in small letters stands beside a capital: "gouvernement Nord", "türk hükümeti"."""
        lead = index - 1
        while lead >= 0 and self._is_described(lead):
            lead -= 1
        beside = [self._words[max(0, lead)], *self._words[index + 1 : index + 2]]
        return index > 0 and any(word.text[0].isupper() for word in beside)

    def _is_described(self, index: int) -> bool:
        """Tell whether a small adjective stands here: "Томский государственный университет"."""
        low = self._low[index]
        return (
            self._words[index].text[0].islower()
            and low not in self._known.forms
            and fits(low, self._known.classes["adjectives"])
        )

    def stands_alone(self, index: int) -> bool:
        """Tell whether one word is a name by itself: "Bundesregierung", "Riksdagen"."""
        low = self._low[index]
        is_compound = len(low) >= _COMPOUND and fits(low, self._known.classes["compounds"])
        is_name = is_compound or len(low) > _LONG_NAME or self.kind(index) in _ALONE
        is_capital = self._words[index].text[0].isupper()
        if self._known.order == "v2" and is_name and is_capital:
            return True
        behind = self._low[index + 1] if index + 1 < len(self._words) else ""
        is_whole = self.kind(index) in _OFFICES and behind not in self._known.classes["of"]
        return is_whole and (not is_capital or index > 0)

    def edges(self, index: int, floor: int) -> tuple[int, int]:
        """Yield where a name begins, not before `floor`, and ends."""
        if self._known.language == "ar":
            return index, self._arabic_end(index)
        start = index
        while start > floor and index - start < _REACH and (self._leads(start - 1) or self._is_described(start - 1)):
            start -= 1
        return start, (index + 1 if self._known.order == "sov" else self._end(index + 1))

    def _leads(self, index: int) -> bool:
        """Tell whether the word before belongs to the name: an adjective with a capital."""
        word = self._words[index]
        if self._taken[index] or not word.text[0].isupper() or not word.text[0].isalpha():
            return False
        if self._known.order == "sov" and fits(self._low[index], self._known.heading):
            return False  # the name before ends here
        is_first = index == 0 or self._words[index - 1].text in ".:!?\n"
        low = self._low[index]
        nouns = [self._known.classes[name] for name in ("parts", "gatherings", "protests")]
        is_noun = any(fits(low, p) for p in (*nouns, *(p for p, _ in self._known.nominals)))
        if low in self._known.classes["skipped"]:
            return False
        if is_first and (low in self._function or low in self._known.forms or is_noun):
            return False
        return self._known.order in ("sov", "v2") or self._known.has_cases

    @property
    def _function(self) -> frozenset[str]:
        known = self._known.classes
        small = known["skipped"] | known["prepositions"] | known["negations"] | known["nobody"] | known["undoing"]
        return small | known["parts"] | known["conditions"] | known["according"]

    def _end(self, index: int) -> int:
        """Yield the end of what follows the head: up to the last capital that small words lead to."""
        end, lower = self._owner_end(index), 0
        for place in range(max(index, end), min(index + _REACH, len(self._words))):
            word = self._words[place]
            if self._taken[place] or self._stops(place) or self._begins_another(place):
                break
            if place > index and self._leads_away(place):
                break
            if word.text[0].isupper():
                end, lower = place + 1, 0
                continue
            lower += 1
            if lower > _LOWER or not self._joins(place):
                break
            if place == index and self._is_adjective(place):
                end = place + 1
        return end

    def _owner_end(self, index: int) -> int:
        """Yield the end of "of the fishermen" directly behind a head, in small letters; `index` where it is none."""
        known, place = self._known, index
        if known.order != "svo" or known.has_cases or not self._is_of(place):
            return index
        place += 1
        while place < len(self._words) and (
            self._low[place] in known.classes["articles"] or self._words[place].text in _APOSTROPHES
        ):
            place += 1
        is_noun = place < len(self._words) and self._words[place].text[0].islower() and not self._taken[place]
        return place + 1 if is_noun and self._low[place] not in known.classes["prepositions"] else index

    def goes_on(self, index: int) -> bool:
        """Tell whether what stands behind a head says whose body it is."""
        return self._is_of(index) and self._end(index) > index

    def _is_of(self, index: int) -> bool:
        if index >= len(self._words):
            return False
        low, elided = self._low[index], folded(self._words[index].text, self._known.language) + "'"
        return low in self._known.classes["of"] or self._known.spelt.get(elided) in self._known.classes["of"]

    def _joins(self, index: int) -> bool:
        """Tell whether a small word may stand inside a name; German, where all nouns have capitals, lists them."""
        joints = self._known.classes["joints"]
        return not joints or self._low[index] in joints

    def _begins_another(self, index: int) -> bool:
        """Tell "X Federation and the Y Union" from "Ministry of Labour and Trade": a head or a known name follows."""
        if self._low[index] not in self._known.classes["and"]:
            return False
        following = range(index + 1, min(index + 5, len(self._words)))
        return any(self._taken[place] or fits(self._low[place], self._known.heading) for place in following)

    def _leads_away(self, index: int) -> bool:
        """Tell a preposition or a verb behind the first word of what follows a head: "… union met in Riga"."""
        known = self._known.classes
        away = known["prepositions"] | known["with"] | known["to"] | known["by"]
        return self._low[index] in away - known["of"] - known["joints"]

    def _is_adjective(self, index: int) -> bool:
        """Tell whether a small word directly behind the head is part of the name: "Federazione italiana"."""
        is_joint = self._low[index] in self._joints | self._known.classes["prepositions"] | self._known.classes["and"]
        return self._known.order == "svo" and self._words[index].text[0].isalpha() and not is_joint

    def _stops(self, index: int) -> bool:
        word, low = self._words[index], self._low[index]
        if not word.text[0].isalpha():
            return not (word.text in "'’-" and index + 1 < len(self._words))
        known = self._known
        is_verb = low in known.forms and word.text[0].islower()
        plain = known.classes["negations"] | known.classes["have"] | known.classes["be"] | known.classes["relatives"]
        plain |= known.classes["prepositions"] | known.classes["future"] | known.classes["possible"]
        joined = self._low[index - 1] in known.classes["joints"]  # "Gewerkschaft der Polizei"
        plain -= self._joints | known.classes["joints"]
        return is_verb or low in plain or (fits(low, known.heading) and not joined)

    def _arabic_end(self, index: int) -> int:
        """Yield the end of an Arabic name: definite words and adjectives of relation behind the head."""
        end = index + 1
        while end < len(self._words) and end - index < 5 and not self._taken[end]:
            low = self._low[end]
            is_definite = low.startswith(("ال", "لل"))
            is_country = end > index + 1 and low in self._known.forms
            if is_country or not (is_definite or end == index + 1) or not low.isalpha() or self._stops(end):
                break
            end += 1
            if low.startswith("ال") and low.endswith(("ي", "ية", "يين", "يه")) and not (
                end < len(self._words) and self._low[end].startswith(("لل", "ال")) and _relates(self._low[end])
            ):  # fmt: skip
                break
        return end


def _relates(low: str) -> bool:
    return low.startswith("لل") or low.endswith(("ي", "ية", "يه", "يين"))
