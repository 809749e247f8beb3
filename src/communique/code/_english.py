"""Forms of English verbs: by rule, with the irregular ones from the lexicon."""

from __future__ import annotations

from collections.abc import Iterable

ORDER = ("past", "s", "base", "ing", "part")  # in which the readings of a form are tried
_VOWELS = "aeiou"
# Short verbs double their last consonant (stop, stopped) unless it is one of these.
_NEVER_DOUBLED = "wxyh"


def forms(
    lemmas: Iterable[str], irregular: Iterable[str], doubling: Iterable[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Map each written form to the lemmas that it may be of, and as what: base, s, past, part or ing."""
    past = {line.split()[0]: tuple(line.split()[1:]) for line in irregular}
    doubled = frozenset(doubling)
    found: dict[str, list[tuple[str, str]]] = {}
    for lemma in sorted(lemmas):
        stem = _stem(lemma, doubled)
        pair = past.get(lemma) or (_ed(lemma, stem), _ed(lemma, stem))
        for form, kind in (
            (lemma, "base"), (_s(lemma), "s"), (pair[0], "past"), (pair[1], "part"), (_ing(lemma, stem), "ing"),
        ):  # fmt: skip
            if (lemma, kind) not in found.setdefault(form, []):
                found[form].append((lemma, kind))
    return {form: tuple(sorted(readings, key=lambda one: ORDER.index(one[1]))) for form, readings in found.items()}


def _stem(lemma: str, doubled: frozenset[str]) -> str:
    last = lemma[-1]
    short = (
        len(lemma) <= 4
        and len(lemma) >= 3
        and last not in _VOWELS
        and last not in _NEVER_DOUBLED
        and lemma[-2] in _VOWELS
        and lemma[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in lemma) == 1
    )
    return lemma + last if lemma in doubled or short else lemma


def _s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _ed(lemma: str, stem: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return stem + "ed"


def _ing(lemma: str, stem: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return stem + "ing"
