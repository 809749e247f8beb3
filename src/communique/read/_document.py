"""A capture becomes a document: the format's parts, then day, language and signers."""

from __future__ import annotations

from datetime import date

from communique.kit.digest import of_words
from communique.kit.text import collapsed
from communique.read import _dates
from communique.read._encoding import decoded
from communique.read._explanation import explanation
from communique.read._formats import Format, format_of
from communique.read._language import language
from communique.read._mail import mail
from communique.read._page import page
from communique.read._parts import Parts, text_of
from communique.read._pdf import pdf
from communique.read._plain import plain
from communique.read._signatories import signatories
from communique.records import Capture, Document, Explanation, Hints, Trouble

_NO_HINTS = Hints()
_TITLE_PRIOR_CHARS = 200  # a shorter text's language is asked with its title
_WARM_DAY = date(2021, 5, 3)  # any day


def document(capture: Capture, *, hints: Hints = _NO_HINTS) -> Document | Trouble:
    """Read the statement in a capture: its text, title, day, language and signers.

    A page without any text, a broken or encrypted PDF and things that are no page are troubles.
    """
    found = _read(capture, hints)
    return found if isinstance(found, Trouble) else found[0]


def explained(capture: Capture, *, hints: Hints = _NO_HINTS) -> tuple[Document, Explanation] | Trouble:
    """Read as `document` does, and say of each field what it was taken from and of each part why it is text or not."""
    found = _read(capture, hints)
    if isinstance(found, Trouble):
        return found
    made, parts = found
    asked = [*_dates.of_hints(hints), *parts.witnesses]
    return made, explanation(made, parts, _dates.verdicts(asked, made, fetched_at=capture.fetched_at), hints=hints)


def _read(capture: Capture, hints: Hints) -> tuple[Document, Parts] | Trouble:
    found = format_of(capture)
    if isinstance(found, Trouble):
        return found
    parts = _parts(capture, found, hints)
    if isinstance(parts, Trouble):
        return parts
    text = text_of(parts.paragraphs)
    if not text:
        return _no_text(capture)
    spoken = language(_sample(parts, text), likely=hints.languages, declared=parts.declared_language)
    dates = _dates.decided([*_dates.of_hints(hints), *parts.witnesses], fetched_at=capture.fetched_at)
    signers = signatories(text, language=spoken)
    made = Document(
        capture_digest=capture.digest,
        url=capture.final_url,
        canonical_url=parts.canonical_url,
        title=_line(parts.title),
        byline=_line(parts.byline),
        publisher=_line(parts.publisher),
        dateline=_line(parts.dateline),
        published=dates.published,
        updated=dates.updated,
        language=spoken,
        standfirst=_line(parts.standfirst),
        text=text,
        signatories=signers.signatories,
        signatory_count=signers.count,
        open_list=signers.is_open,
        links=parts.links,
        feeds=parts.feeds,
        digest=text_digest(text),
        numerals=parts.numerals,
    )
    return made, parts


def warm() -> None:
    """Load what is otherwise loaded on first use: the model of languages, the names of months, the tables.

    A page with a day and one without: slow witnesses are asked only about the second.
    """
    for line in ("3 May 2021. We, the undersigned, welcome it.", "We, the undersigned, welcome it in May."):
        page(f"<html><body><h1>Statement</h1><p>{line}</p></body></html>", url="", latest=_WARM_DAY)
    language("We, the undersigned organisations, welcome the decision of the court.")


def text_digest(text: str) -> str:
    """Yield the digest under which a text is known: of its words and punctuation, not of its white space."""
    return of_words(text)


def _parts(capture: Capture, found: Format, hints: Hints) -> Parts | Trouble:
    url, latest = capture.final_url, _dates.latest_day(capture.fetched_at)
    if found == "pdf":
        return pdf(capture.body, url=url)
    if found == "mail":
        return mail(capture.body, url=url, latest=latest)
    text = decoded(capture.body, capture.charset)
    return page(text, url=url, latest=latest, order=hints.day_order) if found == "html" else plain(text)


def _sample(parts: Parts, text: str) -> str:
    """Yield the text whose language is asked: a short statement is helped by its title."""
    return text if len(text) > _TITLE_PRIOR_CHARS else f"{parts.title or ''}\n{text}"


def _line(text: str | None) -> str | None:
    return (collapsed(text) or None) if text else None


def _no_text(capture: Capture) -> Trouble:
    detail = (
        f"{capture.final_url or 'the page'} has no text that could be a statement; if a browser shows one, "
        "the page is built by script: look for a feed, a print version or a PDF of it"
    )
    return Trouble(room="read", kind="no-text", detail=detail, passing=False)
