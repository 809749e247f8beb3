"""How many sentences a second code takes apart, in processor time of one process, by language.

English sentences are given as JSON Lines with `text`; the other languages are the open halves of our own statements.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from bench.code import languages

from communique import code, registry
from communique.records import Context

ROUNDS = 9


def rate(texts: Sequence[str], language: str) -> float:
    """Yield sentences a second of processor time in the fastest round, after one that loads what is loaded once."""
    context = Context(language=language)
    known = registry.load()
    for text in texts:
        code.coding(text, registry=known, context=context)
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            code.coding(text, registry=known, context=context)
        rounds.append(time.process_time() - start)
    return len(texts) / min(rounds)


def main() -> None:
    """Print a line a language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("english", nargs="?", type=Path, help="JSON Lines of English sentences")
    options = parser.parse_args()
    if options.english:
        lines = options.english.read_text(encoding="utf-8").splitlines()
        print(f"en {rate([json.loads(line)['text'] for line in lines], 'en'):,.0f}")
    for language in languages.LANGUAGES:
        texts = [record["text"] for record in languages.half(language, closing=False)]
        print(f"{language} {rate(texts, language):,.0f}")


if __name__ == "__main__":
    main()
