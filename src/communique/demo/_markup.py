"""The little markup of the world's texts: paragraphs, lists, subheadings, quotations, links.

A blank line parts blocks. `- ` begins a line of a list, `## ` a subheading, `> ` a quotation. `[words](ref)` is a
link, where `ref` is a statement ("dockers/ferry-crews") or an http address.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")

Address = Callable[[str], str]  # from the reference of a statement to its address


def html(text: str, address: Address) -> str:
    """Yield the blocks of a text as HTML."""
    return "\n".join(_block(block, address) for block in _blocks(text))


def plain(text: str) -> str:
    """Yield the text as people type it into a mail: no marks, links as their words."""
    lines = (re.sub(r"^(?:## |> )", "", line) for line in _LINK.sub(r"\1", text).split("\n"))
    return "\n".join(lines).strip()


def teaser(text: str, length: int = 160) -> str:
    """Yield the first paragraph, cut at a word where it is longer than `length` characters."""
    first = " ".join(plain(next(iter(_blocks(text)))).split())
    if len(first) <= length:
        return first
    return first[:length].rsplit(" ", 1)[0].rstrip(",;:، 、") + "…"


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def _block(block: str, address: Address) -> str:
    if block.startswith("## "):
        return f"<h2>{_inline(block[3:], address)}</h2>"
    if block.startswith("- "):
        entries = (f"<li>{_inline(line[2:], address)}</li>" for line in block.split("\n"))
        return "<ul>\n" + "\n".join(entries) + "\n</ul>"
    if block.startswith("> "):
        quoted = re.sub(r"(?m)^> ", "", block)
        return f"<blockquote><p>{_inline(quoted, address)}</p></blockquote>"
    return f"<p>{_inline(block, address)}</p>"


def _inline(text: str, address: Address) -> str:
    made, at = [], 0
    for link in _LINK.finditer(text):
        target = link[2] if link[2].startswith("http") else address(link[2])
        made += [str(escape(text[at : link.start()])), f'<a href="{escape(target)}">{escape(link[1])}</a>']
        at = link.end()
    return "".join([*made, str(escape(text[at:]))])
