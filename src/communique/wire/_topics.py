"""Topics by their IPTC Media Topics id: names and slugs. The list lies in data/topics.tsv."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

from communique.kit.text import printable
from communique.wire import _slugs

SCHEME = "http://cv.iptc.org/newscodes/mediatopic/"


def bare(topic: str) -> str:
    """Yield the id without the prefix that some systems write before it."""
    return printable(topic).removeprefix("medtop:").removeprefix(SCHEME)


def slug(topic: str) -> str:
    """Yield the topic's part of an address: its English name, or its id where the list does not know it."""
    return _slugs_by_id().get(bare(topic)) or _slugs.segment(bare(topic))


def name(topic: str, language: str) -> str:
    """Yield the topic's name in a language, else in English, else its id."""
    names = _names().get(bare(topic), {})
    return names.get(language.split("-", maxsplit=1)[0]) or names.get("en") or bare(topic)


@cache
def _names() -> dict[str, dict[str, str]]:
    lines = (files("communique.wire") / "data" / "topics.tsv").read_text(encoding="utf-8").splitlines()
    heading, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: dict(zip(heading[1:], row[1:], strict=True)) for row in rows}


@cache
def _slugs_by_id() -> dict[str, str]:
    """Two topics with one English name are told apart by their ids."""
    plain = {id_: _slugs.slug(names["en"], "en") for id_, names in _names().items()}
    often = Counter(plain.values())
    return {id_: made if often[made] == 1 else f"{made}-{id_}" for id_, made in plain.items()}
