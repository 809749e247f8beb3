"""How a dispatch is put together in a language: one reviewable file each in data/templates/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The sentences of one language; braces name what goes in."""

    language: str  # BCP 47, primary part
    locale: str  # of days
    stated: str
    stated_jointly: str
    stated_untitled: str
    unknown_actor: str
    two: str
    many: str
    more: str
    on_day: str
    article: str  # "": the language has none, or it needs more than one
    articled: frozenset[str]  # words of names that take it, lower case
    first_person: frozenset[str]  # lower case
    relative: frozenset[str]  # lower case
    verbs: Mapping[str, Mapping[str, str]]  # type of event -> modality -> sentence
    abroad: Mapping[str, Mapping[str, str]]  # the same for a text in another language; "_to": with a counterpart

    def day(self, day: date) -> str:
        """Yield a day as the language writes it in a sentence."""
        return format_date(day, format="long", locale=self.locale)

    def named(self, name: str) -> str:
        """Yield a name with its article, where it takes one."""
        words = name.casefold().replace(",", " ").split()
        takes_one = self.article and words[0] != self.article and not self.articled.isdisjoint(words)
        return f"{self.article} {name}" if takes_one else name


@cache
def templates(language: str) -> Templates:
    """Load the sentences of a language; English, where there are none yet."""
    folder = files("communique.desk").joinpath("data", "templates")
    path = folder.joinpath(f"{language}.toml")
    found: dict[str, Any] = tomllib.loads(
        (path if path.is_file() else folder.joinpath("en.toml")).read_text(encoding="utf-8")
    )
    found |= {name: frozenset(found[name].split()) for name in ("articled", "first_person", "relative")}
    return Templates(**found)
