"""Text as it is kept: NFC, plain spaces, paragraphs parted by one blank line."""

from __future__ import annotations

import re
import unicodedata

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# C0 and C1 controls but tab, line feed and carriage return; lone surrogates; non-characters U+FFFE and U+FFFF.
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def nfc(text: str) -> str:
    """Yield the text in Unicode NFC."""
    return unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """Drop control characters and lone surrogates, which no output format can carry."""
    if text.isascii():  # ten times as fast, and feeds and pages are mostly ASCII
        return text.encode("ascii").translate(None, _CONTROLS).decode("ascii")
    return _UNPRINTABLE.sub("", text)


def collapsed(text: str) -> str:
    """Yield one line: NFC, each run of white space (non-breaking ones too) one space, none at the ends."""
    if not (text.isascii() and text.isprintable()):  # else there is nothing to drop and nothing to compose
        text = nfc(printable(text))
    return " ".join(text.split())


def paragraphs(text: str) -> tuple[str, ...]:
    """Yield the paragraphs of a text that has blank lines between them, each as one line."""
    return tuple(line for part in _BLANK_LINES.split(text) if (line := collapsed(part)))


def folded(text: str) -> str:
    """Yield a form for comparison: case folded, without accents, one space between words."""
    if text.isascii():
        return collapsed(text.lower())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return collapsed("".join(mark for mark in decomposed if not unicodedata.combining(mark)))
