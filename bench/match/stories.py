"""Measure stories on invented years: how pure they are, how whole, how large.

python -m bench.match.stories [--seed 1 2 3] [--one-by-one] [--show]    prints one JSON object a year
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from bench.match import year
from bench.match.year import Told

from communique import match
from communique.cli import _documents
from communique.records import Document

Wire = list[tuple[str, Document]]
Found = dict[str, tuple[str, str]]  # id -> statement, story


def wire(told: Sequence[Told]) -> Wire:
    """Yield the statements as match takes them."""
    read = [(one.fields["id"], _documents.document(one.fields)) for one in told]
    return [(id_, document) for id_, document in read if isinstance(document, Document)]


def at_once(documents: Wire) -> Found:
    """Yield the statement and the story of each document, all matched at once."""
    assigned = match.statements(documents)
    return {id_: (one.statement, one.story) for (id_, _), one in zip(documents, assigned, strict=True)}


def one_by_one(documents: Wire) -> Found:
    """Yield the same as a desk finds it, where statements come in the order of their days."""
    ledger = _Ledger()
    return {id_: ledger.enter(id_, document) for id_, document in documents}


class _Ledger:
    """What the desk's ledger knows of documents that have come, as far as stories need it."""

    def __init__(self) -> None:
        self._by_key: defaultdict[int, list[str]] = defaultdict(list)
        self._known: dict[str, match.Candidate] = {}
        self._by_publisher: defaultdict[str, list[match.Fingerprint]] = defaultdict(list)
        self._background, self._counted = match.background([]), 0

    def enter(self, id_: str, document: Document) -> tuple[str, str]:
        new, keys = match.fingerprint(document), match.keys(document)
        if match.is_outgrown(self._counted, len(self._known)):
            newest = [one.fingerprint for one in self._known.values()][-match.COUNTED :]
            self._background, self._counted = match.background(newest), len(self._known)
        sharers = {key: [int(one) for one in self._by_key[key][::-1][: match.SHARERS]] for key in sorted(keys)}
        near = [self._known[str(one)] for one in match.nearest(sharers, self._background)]
        found = match.statement(new, near, self._background)
        story = found.story
        if not any(one.statement == found.statement or one.story == found.story for one in near):
            story = self._story(new, near) or story
        self._known[id_] = match.Candidate(fingerprint=new, key=id_, statement=found.statement, story=story)
        self._by_publisher[new.publisher].append(new)
        for key in keys:
            self._by_key[key].append(id_)
        return found.statement, story

    def _story(self, new: match.Fingerprint, near: Sequence[match.Candidate]) -> str | None:
        asked = match.near_stories(new, near, self._background)
        told = [one for one in self._known.values() if one.story in asked] if asked else []
        bodies = sorted({new.publisher, *(one.fingerprint.publisher for one in told)})
        written = [one for body in bodies for one in self._by_publisher[body][-match.HABIT :]]
        return match.story(new, told, written, self._background) if told else None


def figures(told: Sequence[Told], found: Found) -> dict[str, float]:
    """Yield how stories agree with the truth. Two statements that were merged wrongly are told, and counted as one.

    purity: of the statements in stories of two and more, the share that is of the story's most frequent matter.
    completeness: of the statements of true matters, the share that is in the one story which has most of the matter.
    """
    first = {found[one.fields["id"]][0]: one for one in reversed(told)}
    merged, told = len(told) - len(first), list(first.values())
    stories = {one.fields["id"]: found[one.fields["id"]][1] for one in told}
    true = {one.fields["id"]: one.matter or f"alone {one.fields['id']}" for one in told}
    by_story: defaultdict[str, list[str]] = defaultdict(list)
    for id_, story in stories.items():
        by_story[story].append(true[id_])
    several = [members for members in by_story.values() if len(members) > 1]
    inside = sum(map(len, several))
    pure = sum(Counter(members).most_common(1)[0][1] if not _alone(members) else 1 for members in several)
    matters: defaultdict[str, list[str]] = defaultdict(list)
    for one in told:
        if one.matter is not None:
            matters[one.matter].append(stories[one.fields["id"]])
    whole = sum(
        max(Counter(members).values()) if len(set(members)) < len(members) else 0 for members in matters.values()
    )
    right, made = _pairs(list(true.values())), _pairs(list(stories.values()))
    both = _pairs([f"{true[id_]} {story}" for id_, story in stories.items()])
    return {
        "statements": len(told), "merged_wrongly": merged, "stories": len(several),
        "largest": max(map(len, several), default=0),
        "purity": round(pure / max(1, inside), 4),
        "completeness": round(whole / max(1, sum(map(len, matters.values()))), 4),
        "pair_precision": round(both / max(1, made), 4), "pair_recall": round(both / max(1, right), 4),
    }  # fmt: skip


def _alone(members: Sequence[str]) -> bool:
    return all(one.startswith("alone ") for one in members)


def _pairs(labels: Sequence[str]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def main() -> None:
    """Print the figures of some years."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--one-by-one", action="store_true", help="as they come to a desk, instead of all at once")
    parser.add_argument("--after", type=int, default=0, help="so many first statements are known, and not counted")
    parser.add_argument("--show", action="store_true", help="print the impure stories too")
    asked = parser.parse_args()
    for seed in asked.seed:
        told = year.statements(seed)
        found = one_by_one(wire(told)) if asked.one_by_one else at_once(wire(told))
        known = told[asked.after :]
        print(json.dumps({"seed": seed, **figures(known, found)}))
        if asked.show:
            _show(known, found)


def _show(told: Sequence[Told], found: Found) -> None:
    members: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        members[found[one.fields["id"]][1]].append(one)
    for story in members.values():
        if len(story) > 1 and any(
            one.matter is None or one.matter != other.matter for one, other in combinations(story, 2)
        ):
            print()
            for one in story:
                print(
                    f"  {one.matter or '-':16} {one.fields['published']} {one.fields['publisher'][:24]:24} "
                    f"{one.fields['title']}"
                )


if __name__ == "__main__":
    main()
