"""What a page says of itself in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from communique.kit.text import collapsed, printable
from communique.read._words import words

SCRIPT_CHARS = 1_000_000  # one script
NODES = 5_000  # looked at in all scripts of a page

_MARKED = re.compile(r"</?(?:p|br|div|a|h\d|li|strong|em|b|i|span)\b[^>]{0,500}>", re.I)
_ENDS_PARAGRAPH = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.I)
_ARTICLES = words(
    """article newsarticle pressrelease blogposting reportagenewsarticle report socialmediaposting analysisnewsarticle
    opinionnewsarticle advertisercontentarticle scholarlyarticle techarticle backgroundnewsarticle liveblogposting
    discussionforumposting reviewnewsarticle"""
)
_PAGES = words("webpage itempage creativework")
_SITES = words("website organization newsmediaorganization")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """The article's own description. None: it does not say."""

    headline: str | None = None
    body: str | None = None  # the whole text, paragraphs parted by line feeds
    published: str | None = None  # as printed
    modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    sites: tuple[str, ...] = ()  # names of the site and its owner, wherever they stand


def markup(root: HtmlElement) -> Markup:
    """Read the first article that the page describes, else the page's own description."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    articles = [node for node in nodes if _types(node) & _ARTICLES]
    pages = [node for node in nodes if _types(node) & _PAGES]
    chosen = next((node for node in articles if node.get("datePublished")), (articles or pages or [{}])[0])
    return Markup(
        headline=_text(chosen.get("headline")) or (_text(chosen.get("name")) if articles else None),
        body=_body(chosen.get("articleBody") or (chosen.get("text") if articles else None)),
        published=_text(chosen.get("datePublished")) or _first(pages, "datePublished"),
        modified=_text(chosen.get("dateModified")),
        authors=tuple(_names(chosen.get("author"))),
        publisher=next(_names(chosen.get("publisher")), None),
        language=_text(chosen.get("inLanguage")),
        sites=tuple(name for node in nodes if _types(node) & _SITES
                    for name in _names(node)),
    )  # fmt: skip


def _nodes(script: HtmlElement) -> list[dict[str, Any]]:
    text = script.text or ""
    if "ld+json" not in (script.get("type") or "").lower() or len(text) > SCRIPT_CHARS:
        return []
    try:
        # Templates leave line feeds within strings, comments and CDATA marks around them.
        found = json.loads(text.strip().removeprefix("//<![CDATA[").removesuffix("//]]>").strip(" ;\n"), strict=False)
    except (ValueError, RecursionError):
        return []
    return list(_described(found))


def _described(found: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a script in their order: those of lists, graphs and main entities."""
    waiting, seen = [found], 0
    while waiting and seen < NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, list):
            waiting[:0] = node[:NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(node.get(key), dict | list)
            ]


def _types(node: dict[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1].lower() for kind in named if isinstance(kind, str))


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return (collapsed(value) or None) if isinstance(value, str) else None


def _body(value: Any) -> str | None:
    """Yield a text with its lines; markup and entities, which some templates put in, are undone."""
    if not isinstance(value, str) or not value.strip():
        return None
    if "&lt;" in value and not _MARKED.search(value):
        value = unescape(value)  # markup that a template escaped once more
    if _MARKED.search(value):
        broken = _ENDS_PARAGRAPH.sub("\n", printable(value))
        try:
            value = str(fragment_fromstring(broken, create_parent="div").text_content())
        except (etree.ParserError, ValueError):
            return None
    return unescape(value).strip() or None


def _first(nodes: list[dict[str, Any]], key: str) -> str | None:
    return next((text for node in nodes if (text := _text(node.get(key)))), None)


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if name := _text(one.get("name") if isinstance(one, dict) else one):
            yield name
