"""A seeded corpus for measuring match: statements in several languages, near-twins, copies and shared boilerplate.

Words, names and numbers follow Zipf's law, as in real text: few are everywhere, most are nearly nowhere. Of one
hundred statements sixty stand alone, twenty have two or three translations, ten a copy, ten a near-twin a year later.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

LANGUAGES = ("en", "es", "fr", "de", "pt", "it")
WORDS, NAMES, PUBLISHERS, DAYS = 20_000, 30_000, 400, 3650
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in ("a", "e", "i", "o", "u", "ai", "or", "en")]


def documents(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield so many documents, as `communique match` reads them."""
    return islice(_documents(random.Random(seed)), count)


def _documents(drawn: random.Random) -> Iterator[dict[str, Any]]:
    number = 0
    while True:
        for fields in _statement(drawn):
            number += 1
            yield {"id": str(number), **fields}


def _statement(drawn: random.Random) -> Iterator[dict[str, Any]]:
    day = date(2016, 1, 1) + timedelta(days=drawn.randrange(DAYS))
    facts = _facts(drawn, day)
    publisher, kind = _zipf(drawn, PUBLISHERS), drawn.random()
    seed = drawn.random()
    languages = drawn.sample(LANGUAGES, 3 if kind < 0.1 else 2 if kind < 0.2 else 1)
    for language in languages:
        yield _document(language, facts, publisher, day, seed)
    if 0.2 <= kind < 0.3:
        copy = _document(languages[0], facts, _zipf(drawn, PUBLISHERS), day, seed)
        yield {**copy, "text": f"HARBOUR WIRE -- {copy['text']}\n\nAll rights reserved."}
    if 0.3 <= kind < 0.4:
        later = day + timedelta(days=365)
        yield _document(languages[0], [*facts[:8], *_facts(drawn, later)[8:]], publisher, later, seed)


def _facts(drawn: random.Random, day: date) -> list[str]:
    near = day + timedelta(days=drawn.randrange(60))
    numbers = [str(int(drawn.paretovariate(0.6)) % 100_000) for _ in range(drawn.randrange(2, 9))]
    names = [_word("name", _zipf(drawn, NAMES)).capitalize() for _ in range(drawn.randrange(4, 14))]
    return [*names, *numbers, f"{near.day}.{near.month}.{near.year}"]


def _document(language: str, facts: list[str], publisher: int, day: date, seed: float) -> dict[str, Any]:
    drawn = random.Random(f"{language} {seed}")
    words = [_word(language, _zipf(drawn, WORDS)) for _ in range(drawn.randrange(80, 250))]
    for at, fact in enumerate(facts, 1):
        words.insert(at * len(words) // (len(facts) + 1), fact)
    half = len(words) // 2
    about = " ".join(_word(language, publisher * 7 + at) for at in range(25))
    return {
        "text": f"{' '.join(words[:half])}.\n\n{' '.join(words[half:])}.\n\n{about}.",
        "title": " ".join(words[:8]), "language": language, "publisher": f"Publisher {publisher}",
        "published": day.isoformat(),
    }  # fmt: skip


def _zipf(drawn: random.Random, size: int) -> int:
    """Yield a rank below `size`, the first ones often: the logarithm of the rank is spread evenly."""
    return int(size ** drawn.random()) - 1


@cache
def _word(kind: str, rank: int) -> str:
    drawn = random.Random(f"{kind} {rank}")
    return "".join(drawn.choice(SYLLABLES) for _ in range(drawn.randrange(1, 5)))
