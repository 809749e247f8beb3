"""Bytes become text: declared, undeclared and wrongly declared encodings."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

# What browsers decode under these labels (WHATWG Encoding Standard): the wider sibling, so that no letter is lost.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Escapes in seven bits: valid UTF-8 by their bytes, but not by their meaning.
_SEVEN_BIT = ("iso2022_jp", "iso2022_kr", "hz")
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I
)
_PRESCAN_BYTES = 4096  # browsers look at 1,024; pages with long comments on top declare later
_SAMPLE_BYTES = 60_000  # enough for a guess; the guess costs time in proportion
_FEW_BYTES = 8  # beyond ASCII: fewer say too little for a guess, and most pages are from the west
_DAMAGE = 0.002  # share of replaced characters up to which a declared encoding is still believed


def decoded(body: bytes, declared: str | None) -> str:
    """Yield the text of a body; `declared` is the charset of the header. Never fails; what can't be read is U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    if (wide := _wide_without_mark(body)) is not None:
        return body.decode(wide, "replace")
    names = [found for label in (declared, _in_page(body)) if (found := _codec(label))]
    for name in names:
        if name in _SEVEN_BIT and (text := _strictly(body, name)) is not None:
            return text
    # Text that is valid UTF-8 by chance and means something else does not occur; wrong labels do.
    for name in ("utf-8", *names):
        if (text := _strictly(body, name)) is not None:
            return text
    return _damaged(body, names) or _guessed(body)


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name if label else None
        if name:
            b"".decode(name)  # refuses codecs that are not of text, such as hex
    except (LookupError, ValueError, UnicodeError):
        return None
    return _WIDER.get(name, name) if name else None


def _in_page(body: bytes) -> str | None:
    found = _DECLARED.search(body[:_PRESCAN_BYTES])
    # A page that can be searched for ASCII is not in UTF-16, whatever it says.
    label = found[1].decode("ascii", "ignore") if found else None
    return "utf-8" if label and label.lower().startswith("utf-16") else label


def _wide_without_mark(body: bytes) -> str | None:
    """Know UTF-16 without a mark by the zero bytes of its ASCII."""
    sample = body[:1024]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.2 and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.2 and odd < even / 10 else None


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return None


def _damaged(body: bytes, names: list[str]) -> str | None:
    """Yield the text under a declared encoding (or UTF-8) that fits but for a few broken bytes."""
    for name in (*names, "utf-8"):
        text = body.decode(name, "replace")
        if name == "utf-8" and not any("\x80" <= char != "\ufffd" for char in text):
            continue  # nothing but the broken bytes speaks for UTF-8
        if text.count("\ufffd") <= max(2, len(text) * _DAMAGE):
            return text
    return None


def _guessed(body: bytes) -> str:
    if sum(byte > 127 for byte in body[:_SAMPLE_BYTES]) < _FEW_BYTES:
        return body.decode("cp1252", "replace")
    best = from_bytes(body[:_SAMPLE_BYTES]).best()
    return body.decode(_codec(best.encoding if best else None) or "cp1252", "replace")
