"""A revision: what a later text at the same address changed, and whether it matters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from communique.kit.text import collapsed, folded
from communique.match._fingerprint import ADDRESS, CODE, DAY, KIND_SHIFT, NAME, NUMBER, SMALL, YEAR, surfaces
from communique.records import Change, Document

ALIKE = 0.75  # two words that share so many letters are spellings of one, if neither is short or a number
ALIKE_LETTERS = 5
COMPARED_WORDS = 3000  # a longer changed passage is material without looking closer
TOLD = 4  # so many names or numbers are told; of the rest the count

_WORD = re.compile(r"\w+")
_UPDATE_MARK = re.compile(
    r"\((?:last )?(?:updated|corrected)\b[^\n()]{0,40}\)|^(?:last )?(?:updated|corrected)(?: on)?:[^\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_FACTS = (DAY, NUMBER, SMALL, YEAR, CODE)


def change(before: Document, after: Document) -> Change | None:
    """Yield what changed from one text to the next at one address; None if nothing that a reader sees."""
    changed = tuple(name for name, differs in _differences(before, after) if differs)
    if not changed:
        return None
    return Change(
        changed=changed, material=_is_material(before, after, changed), summary=_summary(before, after, changed)
    )


def _differences(before: Document, after: Document) -> Iterator[tuple[str, bool]]:
    yield "title", collapsed(before.title or "") != collapsed(after.title or "")
    yield "text", collapsed(before.text) != collapsed(after.text)
    yield "numbers", any(_gone_and_new(before, after, _FACTS))
    yield "names", any(_gone_and_new(before, after, (NAME, ADDRESS)))
    yield "signatories", _signers(before) != _signers(after)
    yield "published", bool(before.published and after.published) and _day(before) != _day(after)


def _day(document: Document) -> str:
    return document.published.at[:10] if document.published else ""


def _signers(document: Document) -> set[tuple[str, str]]:
    return {(folded(one.name), str(one.relation)) for one in document.signatories}


def _gone_and_new(before: Document, after: Document, kinds: Sequence[int]) -> tuple[list[str], list[str]]:
    """Yield what only the earlier and what only the later text names, as written, in alphabetical order."""
    left, right = surfaces(before), surfaces(after)
    spoken = {mark & 0xFFFFFFFF for mark in left}, {mark & 0xFFFFFFFF for mark in right}
    gone = {left[mark] for mark in left if mark >> KIND_SHIFT in kinds and mark & 0xFFFFFFFF not in spoken[1]}
    new = {right[mark] for mark in right if mark >> KIND_SHIFT in kinds and mark & 0xFFFFFFFF not in spoken[0]}
    gone, new = ({word for word in words if not _is_mark_word(word)} for words in (gone, new))
    return sorted(gone), sorted(new)


def _is_mark_word(word: str) -> bool:
    return word.casefold() in ("updated", "corrected", "last")


def _is_material(before: Document, after: Document, changed: Sequence[str]) -> bool:
    if {"numbers", "signatories", "published"} & set(changed):
        return True
    return not all(
        _is_spelling(_words(one), _words(other))
        for one, other in ((before.title or "", after.title or ""), (before.text, after.text))
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(_UPDATE_MARK.sub(" ", text)))


def _is_spelling(before: list[str], after: list[str]) -> bool:
    """Tell whether two rows of words differ in nothing but the spelling of words. "Not" is a word."""
    front = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    before, after = before[front:], after[front:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    if len(before) != len(after) or len(before) > COMPARED_WORDS:
        return False
    return all(a == b or _is_one_word(a, b) for a, b in zip(before, after, strict=True))


def _is_one_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) < ALIKE_LETTERS or not (one.isalpha() and other.isalpha()):
        return False
    return SequenceMatcher(None, one[:60], other[:60], autojunk=False).ratio() >= ALIKE


def _summary(before: Document, after: Document, changed: Sequence[str]) -> str:
    parts = [part for name in changed if (part := _told(before, after, name))]
    return f"Changed since the earlier version: {'; '.join(parts)}."


def _told(before: Document, after: Document, name: str) -> str:
    if name == "title":
        return f"title is now “{collapsed(after.title or '') or 'empty'}”"
    if name == "published":
        return f"dated {_day(after)}, before {_day(before)}"
    if name == "signatories":
        gone, new = _signers(before) - _signers(after), _signers(after) - _signers(before)
        names = {(folded(one.name), str(one.relation)): one.name for one in (*before.signatories, *after.signatories)}
        return "signatories " + _both([names[one] for one in sorted(gone)], [names[one] for one in sorted(new)])
    if name in ("numbers", "names"):
        return f"{name} " + _both(*_gone_and_new(before, after, _FACTS if name == "numbers" else (NAME, ADDRESS)))
    return "wording of the text"


def _both(gone: list[str], new: list[str]) -> str:
    return " and ".join(f"{verb} {_list(words)}" for verb, words in (("without", gone), ("with", new)) if words)


def _list(words: list[str]) -> str:
    more = f" and {len(words) - TOLD} more" if len(words) > TOLD else ""
    return ", ".join(words[:TOLD]) + more
