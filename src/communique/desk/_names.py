"""Findings on names: bodies, people, places, acronyms and addresses that no source names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.desk import _gazetteer
from communique.desk._grounds import Grounds, Source
from communique.desk._text import Span, Word, covered
from communique.kit.text import folded
from communique.records import Finding

_PREFIX = 5  # letters that two forms of one name share at least ("Palestine", "Palestinian"), and
_PREFIX_SHARE = 0.6  # what part of the longer form they make up
_TOGETHER = 14  # words within which two parts of a name stand together in a source
_NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})  # there a capital does not make a name
_TITLE_CASE = 0.6  # of the words of a headline; with more of them in capitals, a capital says little
_UNCASED = frozenset({"ja", "zh", "ko", "th", "ar", "he", "fa", "ur", "hi", "bn", "ka"})
_LONGEST_ACRONYM = 8
_WORDS = re.compile(r"[^\W_]+")


class _Names:
    """What the sources name."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self._publishers = {word for one in grounds.sources for word in _split(one.given.publisher or "")}
        self._capitals = {
            word.word for one in grounds.sources for word in one.text.words if word.is_capitalised
        } | self._publishers
        self._prefixes: dict[str, list[str]] = {}
        for word in self._capitals:
            self._prefixes.setdefault(word[:_PREFIX], []).append(word)
        self._nations: frozenset[str] | None = None
        self._coded = _coded(grounds)
        self._initials = "".join(_initials(one) for one in grounds.sources)

    def nations(self) -> frozenset[str]:
        """Yield the countries that the sources name, by their own name or their people's."""
        if self._nations is None:
            names = {word.text.removesuffix("’s").removesuffix("'s") for one in self.grounds.sources
                     for word in one.text.words if word.is_capitalised}  # fmt: skip
            self._nations = frozenset(code for name in names if (code := _gazetteer.nation(name)))
        return self._nations

    def has(self, word: Word) -> bool:
        """Tell whether a source has a word of a name, in some form."""
        form = word.word
        if form in self.grounds.places or form in self._publishers or covered(word.span, self._coded):
            return True
        if any(_is_form_of(form, other) for other in self._prefixes.get(form[:_PREFIX], ())):
            return True
        return _is_acronym(word) and form in self._initials

    def together(self, left: Word, right: Word) -> bool:
        """Tell whether two words stand near each other in a source, so that they may be one name there."""
        if covered(left.span, self._coded) or covered(right.span, self._coded):
            return True
        if {left.word, right.word} & self._publishers:
            return True
        ones, others = (self.grounds.places.get(word.word, ()) for word in (left, right))
        if not ones or not others:
            return True  # another form stands there; where is not looked up
        near = set(ones)
        return any((number, at + step) in near for number, at in others for step in range(-_TOGETHER, _TOGETHER + 1))


def names(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each name that no source has, and for each made of parts that stand apart there."""
    yield from _links(grounds)
    if grounds.draft.language in _UNCASED:
        return
    known, is_loose = _Names(grounds), _is_loose(grounds)
    before: Word | None = None
    for at, word in enumerate(grounds.draft.words):
        follower = grounds.draft.words[at + 1] if at + 1 < len(grounds.draft.words) else None
        if not _is_name(grounds, word, follower):
            before = None
            continue
        if not known.has(word):
            is_sure = not is_loose or bool(before and word.follows and not known.has(before))
            yield from _unknown(known, word, is_sure=is_sure)
        elif before and word.follows and not is_loose and not known.together(before, word):
            yield _apart(grounds, before, word)
        before = word


def _is_loose(grounds: Grounds) -> bool:
    """Tell whether capitals say little: in German, and in a headline that gives most of its words one."""
    draft = grounds.draft
    if draft.language in _NOUNS_WITH_CAPITALS:
        return True
    words = [word for word in draft.words if word.word not in draft.lexicon.function and not word.text.isdecimal()]
    is_headline = not draft.raw.rstrip(' "”»').endswith((".", "!", "?", "…"))
    return is_headline and sum(word.is_capitalised for word in words) >= _TITLE_CASE * len(words)


def _is_name(grounds: Grounds, word: Word, follower: Word | None) -> bool:
    """Tell whether a word of the draft is written as a name."""
    known = grounds.draft.lexicon
    if not word.is_capitalised or word.text.isdecimal() or word.word in known.function or word.word in known.speech:
        return False
    if len(word.text) == 1 or covered(word.span, (one.span for one in grounds.dated)):
        return False
    if any(covered(word.span, [one.span]) for one in grounds.quantities):
        return False
    if not word.begins:
        return True
    return _is_acronym(word) or _gazetteer.is_nation(word.text) or bool(
        follower and follower.follows and follower.is_capitalised
    )  # fmt: skip


def _unknown(known: _Names, word: Word, *, is_sure: bool) -> Iterator[Finding]:
    """Yield the finding on a word that no source has, unless it is the name of a place that they call otherwise."""
    grounds = known.grounds
    is_place = _gazetteer.is_place(word.text)
    if is_place and _gazetteer.is_known_otherwise(word.text, words=grounds.places.keys(), nations=known.nations()):
        return
    is_sure = is_sure or is_place or _is_acronym(word)
    if not is_sure and grounds.draft.language in _NOUNS_WITH_CAPITALS:
        return
    kind = "place" if is_place else "acronym" if _is_acronym(word) else "name"
    advice = f"No source names {word.text}; check who or what is meant, or leave it out."
    if grounds.is_translated:
        advice = f"No source has {word.text} in this form; check the name against the original."
    blocks = is_sure and not grounds.is_translated
    yield Finding(kind=kind, span=word.span, text=word.text, blocks=blocks, advice=advice)


def _apart(grounds: Grounds, left: Word, right: Word) -> Finding:
    span = (left.span[0], right.span[1])
    text = grounds.draft.raw[span[0] : span[1]]
    advice = f"The sources have the parts of {text}, but not together; check the name."
    return Finding(kind="name", span=span, text=text, blocks=not grounds.is_translated, advice=advice)


def _links(grounds: Grounds) -> Iterator[Finding]:
    """Yield a finding for each address that no source gives."""
    raws = [source.text.raw.casefold() for source in grounds.sources]
    given = {(source.given.publisher or "").casefold() for source in grounds.sources}
    for span in grounds.draft.links:
        address = grounds.draft.raw[span[0] : span[1]]
        form = address.casefold().rstrip(".,;:)")
        if form in given or any(form in raw for raw in raws):
            continue
        advice = f"No source gives the address {address}; check it or leave it out."
        yield Finding(kind="name", span=span, text=address, blocks=True, advice=advice)


def _coded(grounds: Grounds) -> tuple[Span, ...]:
    """Yield the places of the draft where an actor stands that a source names too, under whatever name."""
    if grounds.coding is None:
        return ()
    there = {one.given.publisher for one in grounds.sources} | {
        mention.actor for one in grounds.sources if one.given.coding for mention in one.given.coding.mentions
    }
    return tuple(mention.span for mention in grounds.coding.mentions if mention.actor and mention.actor in there)


def _split(name: str) -> list[str]:
    return _WORDS.findall(folded(name))


def _is_form_of(one: str, other: str) -> bool:
    """Tell whether two words are forms of one name: they share how they begin."""
    shorter, longer = sorted((one, other), key=len)
    shared = next((place for place, mark in enumerate(shorter) if mark != longer[place]), len(shorter))
    return shared >= _PREFIX and shared >= _PREFIX_SHARE * len(longer) and len(longer) - shared <= _PREFIX


def _is_acronym(word: Word) -> bool:
    return 1 < len(word.text) <= _LONGEST_ACRONYM and sum(mark.isupper() for mark in word.text) > len(word.text) / 2


def _initials(source: Source) -> str:
    """Yield the initials of capitalised words in a row, rows parted by a blank: acronyms of them are carried."""
    marks = []
    for word in source.text.words:
        if word.is_capitalised:
            marks.append(word.word[:1])
        elif word.word not in source.text.lexicon.function:
            marks.append(" ")
    return "".join([*marks, " "])
