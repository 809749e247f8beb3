"""What a statement is about, as far as marks tell it: its names and words, and whether they stand in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

from communique.match._fingerprint import CODE, HASH, KIND_SHIFT, NAME, SOUND, TITLE_ONLY, WORD, Fingerprint
from communique.match._months import months
from communique.match._names import sound, stem

# Names and words are one here: a headline writes as a name what the text writes as a word. Numbers and days are left
# out: statements of one week share deadlines and years, whatever they are on.
BODY, LEAD, TITLE = range(3)
LEAD_PART = TITLE_ONLY * 3 // 10  # what a text is on is said in its first third, a footer is not
_HEARD = 1 << KIND_SHIFT  # keys of sounds, apart from those of spellings


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """The marks of one document that tell its matter."""

    places: Mapping[int, int]  # key -> BODY, LEAD or TITLE, the foremost in any of its documents
    at: Mapping[int, int]  # key -> where it stands first, in words from the beginning; only of what stands in the text
    names: frozenset[int]  # keys of what is written as a name, or of letters and digits
    is_latin: bool  # spellings can be compared; else sounds are
    publisher: str  # "" where unknown
    day: int | None
    language: str  # primary subtag; "" where unknown


Themes = tuple[Theme, ...]  # of one statement: that of its original first, then one for each further language
LANGUAGES = 4  # of one statement that are looked at


@lru_cache(maxsize=128)  # some 30 KiB each
def theme(one: Fingerprint) -> Theme:
    """Yield the theme of a document."""
    places: dict[int, int] = {}
    at: dict[int, int] = {}
    names: set[int] = set()
    for mark, place in zip(one.marks, one.places, strict=True):
        key = key_of(mark)
        if key is None or mark & HASH in one.publisher_marks or key in _calendar():
            continue
        where = TITLE if mark in one.title_marks else LEAD if place < LEAD_PART else BODY
        places[key] = max(where, places.get(key, BODY))
        if place < TITLE_ONLY:
            at[key] = min(place * one.words // TITLE_ONLY, at.get(key, one.words))
        if mark >> KIND_SHIFT in (NAME, CODE):
            names.add(key)
    return Theme(places, at, frozenset(names), one.latin, one.publisher, one.day, one.language)


def themes(prints: Sequence[Fingerprint]) -> Themes:
    """Yield the themes of a statement's documents, the original first, one for each language."""
    by_language: dict[str, Fingerprint] = {}
    for one in prints:
        if len(by_language) < LANGUAGES:
            by_language.setdefault(one.language, one)
    return tuple(map(theme, by_language.values()))


def key_of(mark: int) -> int | None:
    """Yield the key of a mark; None for a number, a day, an address."""
    kind = mark >> KIND_SHIFT
    if kind in (NAME, WORD, CODE):
        return mark & HASH
    return _HEARD | mark & HASH if kind == SOUND else None


def marks_of(key: int) -> tuple[int, ...]:
    """Yield the marks that have a key."""
    kinds = (SOUND,) if key & _HEARD else (NAME, WORD, CODE)
    return tuple(kind << KIND_SHIFT | key & HASH for kind in kinds)


def is_heard(key: int) -> bool:
    """Tell whether a key is of a sound."""
    return bool(key & _HEARD)


@cache
def _calendar() -> frozenset[int]:
    """Yield the keys of the months' names: a season is no matter."""
    written = {form for name in months(None) if (form := stem(name))}
    heard = {_HEARD | _hash(form) for name in months(None) if (form := sound(name))}
    return frozenset(map(_hash, written)) | heard


def _hash(form: str) -> int:
    return crc32(form.encode("utf-8", "surrogatepass"))
