"""Measure how often the language of a short text is named right, with and without what is known of its source.

    python bench/read/languages.py FILE.jsonl [--field title] [--seed 1] [--wrong]

FILE has one object a line with `language` (BCP 47) and the text in the field named. Measured are: no prior; as prior
two or three languages of the source (the right one and one or two others, drawn by the seed from those of the file as
often as they occur there, in random order). Languages are compared without their regions; no answer counts as wrong.
`--wrong` prints what was not right.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from communique.read._language import language


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--field", default="title")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    texts = titled(given.file, given.field)
    language("Warm up the model of languages.")
    _measured("without prior", texts, [()] * len(texts), is_shown=given.wrong)
    _measured("with the source's languages", texts, sources(texts, given.seed), is_shown=given.wrong)


def titled(path: Path, field: str = "title") -> list[tuple[str, str]]:
    """Yield the texts of a file, each with the language that it is in."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(one[field], base(one["language"])) for one in records if one.get(field)]


def sources(texts: list[tuple[str, str]], seed: int) -> list[tuple[str, ...]]:
    """Draw for each text the languages that its source is known to use."""
    drawn, spoken = random.Random(seed), [name for _, name in texts]
    sources = []
    for _, name in texts:
        known = {name, *(drawn.choice(spoken) for _ in range(drawn.choice((1, 2))))}
        while len(known) < 2:
            known.add(drawn.choice(spoken))
        sources.append(tuple(drawn.sample(sorted(known), len(known))))
    return sources


def _measured(name: str, texts: list[tuple[str, str]], known: list[tuple[str, ...]], *, is_shown: bool) -> None:
    begun = time.process_time()
    said = [base(language(text, likely=likely) or "none") for (text, _), likely in zip(texts, known, strict=True)]
    took = time.process_time() - begun
    wrong = [(text, want, got) for (text, want), got in zip(texts, said, strict=True) if want != got]
    right = 1 - len(wrong) / len(texts)
    unnamed = sum(got == "none" for got in said)
    sys.stdout.write(
        f"{name}: {len(texts)} texts, {right:.3f} right, {unnamed} unnamed, {len(texts) / took:.0f} texts/s\n"
    )
    for (want, got), count in Counter((want, got) for _, want, got in wrong).most_common(12):
        sys.stdout.write(f"  {want} taken for {got}: {count}\n")
    for text, want, got in wrong if is_shown else ():
        sys.stdout.write(f"    {want} {got} {text}\n")


def base(tag: str) -> str:
    """Yield a language without its region and script."""
    return tag.partition("-")[0]


if __name__ == "__main__":
    main()
