"""What a draft is held against: the sources cut into words, with their numbers and days, and where each word stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communique.desk import _dates, _text
from communique.desk._dates import Dated, Known
from communique.desk._lexicon import languages, lexicon, primary
from communique.desk._numbers import Quantity, quantities
from communique.desk._text import Text
from communique.records import Coding, SourceText

SOURCE_CHARACTERS = 2_000_000  # of all sources together; statements are a thousandth of it
_LEAST_WORDS = 2  # of a language's function words, before a draft is taken to be in it
_LEAST_SHARE = 0.5  # of a draft's words in a source, before it is taken to be in the source's language

Place = tuple[int, int]  # number of the source, number of the word in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source, cut up."""

    given: SourceText
    text: Text
    published: date | None
    dated: tuple[Dated, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A draft and all that its sources say."""

    draft: Text
    coding: Coding | None  # of the draft
    published: date | None  # what the draft's relative words count from
    dated: tuple[Dated, ...]  # of the draft
    quantities: tuple[Quantity, ...]  # of the draft
    sources: tuple[Source, ...]
    days: Known
    places: Mapping[str, tuple[Place, ...]]  # where each folded word stands, in sources of any language
    same: frozenset[int]  # numbers of the sources that are in the draft's language

    @property
    def is_translated(self) -> bool:
        """Tell whether no source is in the draft's language, so that wording can't be compared."""
        return not self.same


def grounds(
    draft: str, sources: Sequence[SourceText], *, language: str | None, published: date | None, coding: Coding | None
) -> Grounds:
    """Cut up a draft and its sources. What is beyond SOURCE_CHARACTERS is left out."""
    cut = tuple(_cut(sources))
    told = _text.text(draft, language or _language(draft, cut))
    days = _dates.dated(told)
    same = frozenset(number for number, one in enumerate(cut) if one.text.language in ("", told.language))
    return Grounds(
        draft=told, coding=coding, published=published, dated=days, quantities=_quantities(told, days), sources=cut,
        days=_dates.known(tuple((one.text, one.dated, one.published) for one in cut)), places=_places(cut), same=same,
    )  # fmt: skip


def _cut(sources: Sequence[SourceText]) -> list[Source]:
    left, found = SOURCE_CHARACTERS, []
    for given in sources:
        text = _text.text(given.text[:left], given.language)
        left = max(0, left - len(given.text))
        days = _dates.dated(text)
        found.append(
            Source(
                given=given,
                text=text,
                published=_day(given.published),
                dated=days,
                quantities=_quantities(text, days),
            )
        )
    return found


def _quantities(text: Text, days: tuple[Dated, ...]) -> tuple[Quantity, ...]:
    """Yield the numbers of a text that belong to no day; a year alone may be a number ("2000 people")."""
    dates = [one.span for one in days if one.month or one.weekday is not None]
    return quantities(text, plain=_text.masked(text.raw, (*text.links, *dates)))


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given[:10]) if given else None
    except ValueError:
        return None


def _places(sources: tuple[Source, ...]) -> dict[str, tuple[Place, ...]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for number, source in enumerate(sources):
        for place, word in enumerate(source.text.words):
            found[word.word].append((number, place))
    return {word: tuple(where) for word, where in found.items()}


def _language(draft: str, sources: Sequence[Source]) -> str:
    """Tell the language of a draft: by its function words, else as that of the source that shares most of its words."""
    plain = _text.masked(draft, _text.quoted(draft))
    words = [word.word for word in _text.text(plain, None).words]
    counted = {tongue: sum(word in lexicon(tongue).function for word in words) for tongue in languages()}
    best = max(counted, key=lambda tongue: counted[tongue])
    shares = [
        (sum(word in known for word in words) / max(1, len(words)), one.text.language)
        for one in sources
        if (known := {word.word for word in one.text.words})
    ]
    share, near = max(shares, default=(0.0, ""), key=lambda pair: pair[0])
    if near and share >= _LEAST_SHARE and (near not in counted or counted[near] >= counted[best] / 2):
        return near
    return best if counted[best] >= _LEAST_WORDS else (near or primary("en"))
