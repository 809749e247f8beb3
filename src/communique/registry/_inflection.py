"""How a name is written in a sentence: its case forms, by the tables of its language in `data/rules/<language>.toml`.

A table row lists endings that replace one another, the dictionary form first. Three places of a name may change:
`phrase`: the adjectives at its beginning and the noun they belong to, together, column by column (Slavic, Greek,
German); `first` and `last`: the first or the last word alone, each ending of the row a form of its own (Romanian
article, Turkish, Finnish and Hungarian suffixes, Nordic genitive). `demonym`: all forms of a country's adjective.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_Row = tuple[str, ...]  # endings, the dictionary form first
LONG_ENDING = 4  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    """The tables of one language, in the order of the file: the first row that fits a word is taken."""

    adjective: tuple[_Row, ...]
    noun: tuple[_Row, ...]
    first: tuple[_Row, ...]
    last: tuple[_Row, ...]
    demonym: tuple[_Row, ...]
    is_agreeing_behind: bool  # whether adjectives behind the noun change with it
    prefixes: tuple[tuple[str, str], ...]  # what a name's beginning becomes behind a particle (Arabic)


def forms(name: str, language: str | None) -> tuple[str, ...]:
    """Yield the other written forms of a name in its language; none where the language has no tables."""
    tables = _tables((language or "").split("-")[0])
    if tables is None:
        return ()
    found = [*_of_phrase(name, tables), *_of_edge(name, tables)]
    found += [new + name.removeprefix(old) for old, new in tables.prefixes if name.startswith(old)]
    return tuple(dict.fromkeys(form for form in found if form != name))


def phrase_forms(words: str, language: str) -> tuple[str, ...]:
    """Yield the case forms of a noun with its adjectives, the dictionary form first."""
    tables = _tables(language)
    return tuple(dict.fromkeys([words, *(_of_phrase(words, tables) if tables else ())]))


def demonym_forms(word: str, language: str) -> tuple[str, ...]:
    """Yield all forms of a country's adjective, in every gender, number and case that the table of its language has."""
    tables = _tables(language)
    row = _fitting(word, tables.demonym) if tables else None
    return tuple(dict.fromkeys([word, *(_ended(word, row, end) for end in row)])) if row else (word,)


@cache
def _tables(language: str) -> _Tables | None:
    path = files("communique.registry").joinpath("data", "rules", f"{language}.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8")).get("inflection") if language and path.is_file() else None
    if table is None:
        return None
    rows = {part: tuple(tuple(row.replace("-", "").split(",")) for row in table.get(part, ())) for part in _PARTS}
    prefixes = tuple((old, new) for old, new in table.get("prefixes", ()))
    return _Tables(prefixes=prefixes, is_agreeing_behind=table.get("agreeing_behind", False), **rows)


_PARTS = ("adjective", "noun", "first", "last", "demonym")


def _of_phrase(name: str, tables: _Tables) -> list[str]:
    """Change the adjectives at the beginning and the noun behind them, in every case."""
    if not tables.noun:
        return []
    words = name.split(" ")
    changed: list[_Row] = []
    for place, word in enumerate(words):
        adjective = _fitting(word, tables.adjective) if place < len(words) - 1 else None
        noun = _fitting(word, tables.noun)
        is_noun = noun is not None and (adjective is None or len(noun[0]) > len(adjective[0]))
        changed.append((noun if is_noun else adjective) or ())
        if is_noun or adjective is None:
            break
    if tables.is_agreeing_behind:
        changed += _agreeing(words[len(changed) :], tables)
    if not all(changed):
        return []
    cases = max(len(row) for row in changed)
    return [
        " ".join(
            [*(_cased(word, row, case) for word, row in zip(words, changed, strict=False)), *words[len(changed) :]]
        )
        for case in range(1, cases)
    ]


def _agreeing(behind: list[str], tables: _Tables) -> list[_Row]:
    """Yield the rows of the adjectives that follow the noun and change with it (Polish)."""
    rows: list[_Row] = []
    for word in behind:
        row = _fitting(word, tables.adjective)
        if row is None:
            break
        rows.append(row)
    return rows


def _of_edge(name: str, tables: _Tables) -> list[str]:
    """Change the first or the last word alone."""
    words = name.split(" ")
    first, last = _fitting(words[0], tables.first), _fitting(words[-1], tables.last)
    found = [" ".join([_ended(words[0], first, end), *words[1:]]) for end in first[1:]] if first else []
    return found + ([" ".join([*words[:-1], _ended(words[-1], last, end)]) for end in last[1:]] if last else [])


def _fitting(word: str, rows: tuple[_Row, ...]) -> _Row | None:
    low = word.lower()
    return next((row for row in rows if low.endswith(row[0]) and _is_stem(low[: len(low) - len(row[0])], row)), None)


def _is_stem(stem: str, row: _Row) -> bool:
    """Tell whether what an ending leaves is a stem; an ending of four letters and more may be a whole word."""
    return len(stem) >= (0 if len(row[0]) >= LONG_ENDING else 2)


def _cased(word: str, row: _Row, case: int) -> str:
    return _ended(word, row, row[min(case, len(row) - 1)])


def _ended(word: str, row: _Row, end: str) -> str:
    return word[: len(word) - len(row[0])] + end
