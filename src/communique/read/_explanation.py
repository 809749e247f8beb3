"""How a document was read: each field with its witness, each part of the page with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from communique.read._parts import Parts
from communique.records import DayWitness, Document, Explanation, FieldWitness, Hints, PagePart

_FIELDS = ("title", "byline", "publisher", "canonical_url", "standfirst", "dateline")
_DEFAULT = {
    "title": "the first line",
    "byline": "the file's own description",
    "publisher": "the sender",
    "canonical_url": "link rel=canonical or og:url",
    "standfirst": "a line above the text that the page names or describes so",
    "dateline": "a line of place or body and a day",
}

_OF_NUMERALS = {
    "page": "days of this page that can be read in one way only",
    "source": "undoubted days on other pages of the source",
    "custom": "what is usual in the page's country and language",
    None: "nothing tells whether day or month comes first; such days were left out",
}


def explanation(made: Document, parts: Parts, days: tuple[DayWitness, ...], *, hints: Hints) -> Explanation:
    """Yield how a document came out of its parts."""
    return Explanation(fields=tuple(_fields(made, parts, hints)), days=days, parts=parts.blocks or _whole(parts))


def _fields(made: Document, parts: Parts, hints: Hints) -> Iterator[FieldWitness]:
    origins = dict(parts.origins)
    for name in _FIELDS:
        value = getattr(made, name)
        witness = origins.get(name, _DEFAULT[name]) if value else "nothing gives it"
        yield FieldWitness(field=name, value=value, witness=witness)
    for name, dating in (("published", made.published), ("updated", made.updated)):
        known = dating.evidence if dating else "no witness, or none that is believed"
        yield FieldWitness(field=name, value=dating.at if dating else None, witness=known)
    if made.numerals is not None:
        yield FieldWitness(field="numerals", value=made.numerals.order, witness=_OF_NUMERALS[made.numerals.by])
    yield FieldWitness(field="language", value=made.language, witness=_of_language(parts, hints))


def _of_language(parts: Parts, hints: Hints) -> str:
    asked = ["the letters of the text"]
    asked += [f"the source's languages ({', '.join(hints.languages)})"] if hints.languages else []
    asked += [f"the page's own lang ({parts.declared_language})"] if parts.declared_language else []
    return ", ".join(asked)


def _whole(parts: Parts) -> tuple[PagePart, ...]:
    """Yield the paragraphs of what has no parts to leave out: a PDF, a mail, a plain text."""
    return tuple(
        PagePart(text=one, kind="paragraph", is_taken=True, reason="it is the text of a file")
        for one in parts.paragraphs
    )
