"""The texts of feeds: what stands in an element, as markup or as one plain line; names without their addresses."""

from __future__ import annotations

import base64
import binascii
import re
from html import escape

from lxml import etree
from lxml import html as lxml_html

from communique.kit.text import collapsed, nfc, printable
from communique.read._feed_tree import inner_text

_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#[xX]|[a-zA-Z])")
_BINARY = re.compile(r"(?:application/octet-stream|image/|audio/|video/|font/)", re.I)
_ADDRESS = re.compile(r"[^\s<>()@]+@[^\s<>()@]+")
_NAME_AFTER = re.compile(r"[^\s<>()@]+@\S+\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")  # RSS: "desk@union.example (Ann Bell)"
_AROUND = " \t<>()\"',;-"  # what is left around a name when its address is cut
TITLE_CHARACTERS = 20_000  # a title that is longer is a text by mistake, and is cut before it is parsed


def markup(element: etree._Element) -> str | None:
    """Yield what stands in the element: its text, with child elements as they were; None if there is nothing."""
    if len(element) == 0:
        return kept(inner_text(element))
    inner = [escape(element.text or "", quote=False)]
    inner += [etree.tostring(child, encoding="unicode", method="xml") for child in element]
    return kept("".join(inner))


def construct(element: etree._Element) -> str | None:
    """Yield an Atom text or content construct (RFC 4287, section 3.1; Atom 0.3: `mode`) as text or markup."""
    kind, mode = (element.get("type") or "").lower(), (element.get("mode") or "").lower()
    if mode == "base64" or (not mode and _BINARY.match(kind)):
        return _of_base64(element)
    if len(element) == 1 and str(element[0].tag).endswith("}div"):
        return markup(element[0])
    return markup(element)


def _of_base64(element: etree._Element) -> str | None:
    written = inner_text(element)
    try:
        return kept(printable(base64.b64decode("".join(written.split()), validate=True).decode("utf-8")))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return kept(written)  # pictures and other true binaries are left as they stand


def kept(text: str) -> str | None:
    """Yield a text out of XML in NFC without white space at its ends, or None if nothing is left."""
    if text.isascii() and "\x7f" not in text:  # XML lets no other control through, and ASCII needs no composing
        return text.strip() or None
    return nfc(printable(text)).strip() or None


def line(text: str | None) -> str | None:
    """Yield one plain line of what may be markup: titles and descriptions of feeds are written either way."""
    if text and _MARKUP.search(text):
        text = _plain(text[:TITLE_CHARACTERS])
    return collapsed(text or "") or None


def _plain(text: str) -> str:
    try:
        return str(lxml_html.fragment_fromstring(text, create_parent="div").text_content())
    except (etree.LxmlError, ValueError):
        return text


def person(text: str | None) -> str | None:
    """Yield the name in "Name", "address (Name)" or "Name <address>"; None where there is only an address."""
    text = collapsed(text or "")
    if "@" not in text:  # most are names alone
        return text.strip(_AROUND) or None
    if found := _NAME_AFTER.search(text):
        text = found.group(1)
    return _ADDRESS.sub("", text).strip(_AROUND) or None


def unique(values: list[str | None]) -> tuple[str, ...]:
    """Yield the values that are there, once each, in order."""
    return tuple(dict.fromkeys(value for value in values if value))
