"""Words as they are looked up: small letters, and without what one writer sets and another leaves out."""

from __future__ import annotations

from communique.kit.words import LEVELLED

# Greek accents (never set in capitals) and the final sigma, hamza on alef, the dotless ya, the ё of Russian.
_FROM, _TO = "άέήίόύώϊϋΐΰςأإآىё", "αεηιουωιυιυσاااي" + "е"
_BOTH_CASES = {**dict(zip(_FROM, _TO, strict=True)), **dict(zip("ΆΈΉΊΌΎΏΪΫΣЁ", "αεηιουωιυσе", strict=True))}
# One table, since a pass over a long text costs more than all the search in it.
_FOLDED = LEVELLED | str.maketrans(_BOTH_CASES)


def looked_up(text: str) -> str:
    """Yield the text as it is looked up, code point for code point."""
    return text.translate(_FOLDED).lower()
