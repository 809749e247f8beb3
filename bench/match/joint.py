"""Joint statements of invented bodies in twelve languages, with few numbers and no links; and how match fares on them.

python -m bench.match.joint [--half look|score] [--dropped published signatories] [--seeds 1 2] [--misses]

Written before anything was run on them, each for the sake of its kind: yearly ones, solidarity, congress greetings,
court cases, of every colour. `statements/NAME.toml` holds the texts of one; from it are made

- one document for each language, as the site of one signer has it;
- its twin of a later year, in the same languages: the slots (occasion number, year, count, counterpart) filled anew;
- an excerpt (dateline, first paragraph, feed tail), and a version to which signers were added;
- a report on it, written apart, which is a statement of its own.

Half of the statements, by the digest of their names, may be looked at while rules are written ("look"); the other half
is only ever scored ("score"). Prints one JSON object for each way of matching: pair precision, recall and F1.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from bench.match import desk

from communique import match
from communique.cli import _documents
from communique.records import Document

Half = Literal["look", "score"]
FOLDER = Path(__file__).parent / "statements"
LANGUAGES = ("en", "fr", "es", "de", "pt", "ru", "el", "ar", "tr", "hi", "ja", "zh")
AROUND: dict[str, dict[str, str]] = tomllib.loads(FOLDER.with_name("around.toml").read_text(encoding="utf-8"))
Fields = dict[str, Any]


def half(name: str) -> Half:
    """Yield the half that a statement is in."""
    return "look" if int(sha256(name.encode()).hexdigest(), 16) % 2 else "score"


def records(*halves: Half) -> list[Fields]:
    """Yield the documents of all statements in some halves, as `communique match` reads them, with what is right."""
    paths = sorted(path for path in FOLDER.glob("*.toml") if half(path.stem) in halves)
    return [fields for path in paths for fields in _of(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))]


def _of(name: str, told: Mapping[str, Any]) -> Iterator[Fields]:
    languages = [language for language in LANGUAGES if language in told]
    drawn = random.Random(name)
    for year, day in enumerate(told[key] for key in ("day", "twin_day") if key in told):
        statement = f"{name}-{year}"
        first = date.fromisoformat(day)
        for at, language in enumerate(drawn.sample(languages, len(languages))):
            published = first + timedelta(days=at % 3)
            yield _filled(told, language, year) | _head(f"{statement}-{language}", statement, language, published, told)
        yield _excerpt(told, statement, drawn.choice(languages), year, first + timedelta(days=1))
        if "later" in told:
            yield _version(told, statement, drawn.choice(languages), year, first + timedelta(days=6))
        for language in told.get("report", ()):
            report = told["report"][language] | {"text": told["report"][language]["text"].strip()}
            facts = _slots(told, language, year)
            head = _head(f"{statement}-report", f"{statement}-report", language, first + timedelta(days=1), {})
            yield {key: text.format_map(facts) for key, text in report.items()} | head


def _head(id_: str, statement: str, language: str, day: date, told: Mapping[str, Any]) -> Fields:
    return {
        "id": id_, "gold_statement": statement, "language": language, "published": day.isoformat(),
        "signatories": [{"name": signer} for signer in told.get("signers", ())],
    }  # fmt: skip


def _slots(told: Mapping[str, Any], language: str, year: int) -> dict[str, str]:
    slots = told.get("slots", {})
    common = {key: values for key, values in slots.items() if isinstance(values, list)}
    return {key: values[year] for key, values in (common | slots.get(language, {})).items()}


def _filled(told: Mapping[str, Any], language: str, year: int) -> Fields:
    facts = _slots(told, language, year)
    return {key: told[language][key].strip().format_map(facts) for key in ("title", "text", "publisher")}


def _excerpt(told: Mapping[str, Any], statement: str, language: str, year: int, day: date) -> Fields:
    whole = _filled(told, language, year)
    around = AROUND[language]
    front = around["dateline"].format(day=day.day, month=day.month, year=day.year)
    first = whole["text"].split("\n\n")[0]
    tail = around["tail"].format(title=whole["title"], site="Saltmarsh Wire")
    given = {"title": whole["title"], "text": f"{front}{first}\n\n{tail}", "publisher": "Saltmarsh Wire"}
    return given | _head(f"{statement}-excerpt", statement, language, day, {})


def _version(told: Mapping[str, Any], statement: str, language: str, year: int, day: date) -> Fields:
    whole = _filled(told, language, year)
    around = AROUND[language]
    signers = [*told["signers"], *told["later"]]
    text = "\n\n".join((whole["text"], around["signed"], *signers))
    given = {"title": f"{whole['title']} {around['mark']}", "text": text, "publisher": told["later"][0]}
    return given | _head(f"{statement}-version", statement, language, day, {"signers": signers})


def document(fields: Mapping[str, Any], dropped: Sequence[str] = ()) -> Document:
    """Yield the record of one document, without some of its fields."""
    made = _documents.document({key: value for key, value in fields.items() if key not in dropped})
    assert isinstance(made, Document)
    return made


def at_once(given: Sequence[Fields], dropped: Sequence[str] = ()) -> list[str]:
    """Yield the statement of each document, all matched in one go."""
    found = match.statements([(fields["id"], document(fields, dropped)) for fields in given])
    return [one.statement for one in found]


def one_by_one(given: Sequence[Fields], seed: int, dropped: Sequence[str] = ()) -> tuple[list[str], int]:
    """Yield the statement of each document, as they stand after all came in a shuffled order; and how many asked."""
    books, order = desk.Desk(), random.Random(seed).sample(range(len(given)), len(given))
    for at in order:
        books.take(document(given[at], dropped))
    said = dict(zip(order, (books.standing(one.statement) for one in books.given), strict=True))
    return [said[at] for at in range(len(given))], sum(len(one.asks) for one in books.given)


def _misses(given: Sequence[Fields], said: Sequence[str]) -> Iterator[str]:
    for at, one in enumerate(given):
        for other in range(at):
            is_one, is_said = one["gold_statement"] == given[other]["gold_statement"], said[at] == said[other]
            if is_one != is_said:
                yield f"{'missed' if is_one else 'WRONG '} {given[other]['id']} {one['id']}"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--half", nargs="+", default=["look", "score"], choices=["look", "score"])
    asked.add_argument("--dropped", nargs="*", default=[])
    asked.add_argument("--seeds", type=int, nargs="*", default=[1])
    asked.add_argument("--misses", action="store_true", help="name what went wrong; of the half that may be looked at")
    wanted = asked.parse_args()
    for name in wanted.half:
        given = records(name)
        gold = [fields["gold_statement"] for fields in given]
        said = at_once(given, wanted.dropped)
        head = {"half": name, "documents": len(given)}
        print(json.dumps({**head, "way": "at once", **desk.pair_figures(gold, said)}))
        if wanted.misses and name == "look":
            print("\n".join(_misses(given, said)))
        for seed in wanted.seeds:
            one_said, questions = one_by_one(given, seed, wanted.dropped)
            print(json.dumps({**head, "way": f"seed {seed}", **desk.pair_figures(gold, one_said), "asked": questions}))


if __name__ == "__main__":
    main()
