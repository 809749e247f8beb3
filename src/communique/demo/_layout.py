"""Pages as web designers leave them: eight layouts, each with its own menus, boxes and habits.

A layout is a file of data/layouts with the sections `page`, `list`, `rows` (what stands around the rows), `row`,
`next` and `style`; `$words` in it are put in as they are, so what comes in here is HTML already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template

from communique.demo._script import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The parts of one layout."""

    page: Template
    list: Template
    rows: Template
    row: Template
    next: Template
    style: str


@cache
def layout(name: str) -> Layout:
    """Yield a layout by the name of its file."""
    sections = _sections((DATA / "layouts" / f"{name}.html").read_text("utf-8"))
    return Layout(
        page=Template(sections["page"]),
        list=Template(sections["list"]),
        rows=Template(sections["rows"]),
        row=Template(sections["row"]),
        next=Template(sections["next"]),
        style=sections["style"],
    )


def list_page(this: Layout, values: Mapping[str, str], *, rows: list[Mapping[str, str]], next_href: str | None) -> str:
    """Yield a page that lists statements; `next_href` leads to the older ones."""
    made = "\n".join(this.row.substitute({**values, **row}).rstrip("\n") for row in rows)
    older = "" if next_href is None else this.next.substitute(values, href=next_href)
    return this.list.substitute(values, rows=this.rows.substitute(rows=made), next=older)


def bare_page(this: Layout, values: Mapping[str, str], *, html: str) -> str:
    """Yield a page that is neither statement nor list."""
    return this.list.substitute(values, rows=html, next="")


def _sections(text: str) -> dict[str, str]:
    named = (part.split("\n", 1) for part in text.split("%% ")[1:])
    return {name.strip(): body for name, body in named}
