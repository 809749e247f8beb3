"""The bytes of a feed become a tree, mended where that is plain, without entities, DTD or network."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

Parts = dict[str, list[etree._Element]]  # children by name, in file order

# Namespace (lower case, without scheme and last slash) -> the prefix under which we read its elements.
_PREFIXES = {
    "purl.org/atom/ns#": "atom:",
    "www.w3.org/2005/atom": "atom:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/terms": "dcterms:",
    "purl.org/rss/1.0/modules/content": "content:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "search.yahoo.com/mrss": "media:",
    "purl.org/syndication/thread/1.0": "thr:",
    "purl.org/syndication/history/1.0": "fh:",
    "purl.org/rss/1.0/modules/slash": "slash:",
    "www.w3.org/1999/xhtml": "xhtml:",
    "www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
_OWN = re.compile(r"purl\.org/rss/1\.0|my\.netscape\.com/rdf/simple/0\.9|.*/rss2?(?:/.*)?|channel\.netscape\.com/.*")
_OTHER = "other:"  # an element of a namespace that we don't read

_DECLARATION = re.compile(r"<\?xml\b[^>]{0,200}\?>")
_PROLOG = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.S)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.I)
_CDATA = re.compile(r"(<!\[CDATA\[|\]\]>)")
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)?")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def root(text: str) -> etree._Element | None:
    """Yield the root element, or None if there is no element at all."""
    start = text.find("<")
    if start < 0:
        return None
    plain = _without_doctype(_DECLARATION.sub("", text[start:], count=1))
    sound = _parsed(plain, recover=False)
    return _parsed(_mended(plain), recover=True) if sound is None else sound  # most feeds need no mending


def _parsed(text: str, *, recover: bool) -> etree._Element | None:
    # Without `huge_tree` libxml2 itself ends at 256 levels and 10 MB in one text; `recover` keeps what came before.
    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _without_doctype(text: str) -> str:
    """Cut the document type with the entities that it declares: none of them is ever expanded."""
    prolog = _PROLOG.match(text)
    first = _ELEMENT.search(text, prolog.end() if prolog else 0)
    found = _DOCTYPE.search(text, 0, first.start() if first else len(text))
    if found is None:
        return text
    start = found.start()
    end, inner = text.find(">", start), text.find("[", start)
    if 0 <= inner < end:
        closed = re.compile(r"\]\s*>").search(text, inner)
        end = closed.end() - 1 if closed else end
    return text[:start] + text[end + 1 :] if end > 0 else text


def _mended(text: str) -> str:
    """Write HTML's named entities as numbers and bare ampersands as entities, but for CDATA sections."""
    return "".join(_mended_parts(text))


def _mended_parts(text: str) -> Iterator[str]:
    inside = False
    for part in _CDATA.split(text):
        if part == "<![CDATA[":
            inside = True
        elif part == "]]>":
            inside = False
        yield part if inside else _AMPERSAND.sub(_reference, part)


def _reference(found: re.Match[str]) -> str:
    name = found.group(1)
    meant = html.unescape(f"&{name}") if name else ""
    if name and meant != f"&{name}":
        return "".join(f"&#{ord(char)};" for char in meant)
    return f"&amp;{name or ''}"


def local_name(element: etree._Element) -> str:
    """Yield the element's name without its namespace or prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def parts(element: etree._Element) -> Parts:
    """Yield the children by name: "title", "dc:creator", "atom:link"; RSS's own have no prefix."""
    found: Parts = defaultdict(list)
    for child in element:
        if isinstance(child.tag, str):
            found[_name(child.tag)].append(child)
    return found


@lru_cache(maxsize=4096)  # a feed has some twenty names, and asks for each thousands of times
def _name(tag: str) -> str:
    namespace, _, local = tag.rpartition("}")
    if not namespace:
        return local  # also "dc:creator", where the feed forgot to declare its prefix
    key = namespace.removeprefix("{").lower().partition("://")[2].rstrip("/")
    if key in _PREFIXES:
        return _PREFIXES[key] + local
    return local if _OWN.fullmatch(key) else _OTHER + local


def inner_text(element: etree._Element) -> str:
    """Yield all text within the element, as written."""
    return "".join(str(part) for part in element.itertext()) if len(element) else (element.text or "")


def language(element: etree._Element) -> str | None:
    """Yield the element's own `xml:lang`."""
    return (element.get(_XML_LANG) or "").strip() or None


def xml_base(element: etree._Element) -> str | None:
    """Yield the element's own `xml:base`."""
    return element.get(_XML_BASE)
