"""Which words are months, where the language is known and where it is not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from communique.kit import months as names

# Asked for when a text's language is not known: those in which organisations publish most, by speakers and by press.
LANGUAGES = (
    "en", "es", "fr", "de", "pt", "it", "nl", "ru", "uk", "el", "tr", "pl", "cs", "sv", "da", "nb", "fi", "hu", "ro",
    "bg", "sr", "hr", "ca", "ar", "he", "fa", "hi", "bn", "ur", "id", "vi",
)  # fmt: skip


@cache
def months(language: str | None) -> Mapping[str, int]:
    """Yield month by name, case folded, for a language and for English; for an unknown language, for all of them.

    A name that means two months ("listopad" in Czech and Croatian) is left out where the language is not known.
    """
    primary = (language or "").replace("_", "-").split("-")[0].lower()
    named = _of(primary)
    if named:
        return {**_of("en"), **named}
    return _unambiguous()


@cache
def _unambiguous() -> Mapping[str, int]:
    meanings: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for name, month in _of(language).items():
            meanings.setdefault(name, set()).add(month)
    return {name: next(iter(found)) for name, found in meanings.items() if len(found) == 1}


@cache
def _of(language: str) -> Mapping[str, int]:
    return {name: month for name, month in names.of(language).items() if len(name) > 2 and not name[0].isdigit()}
