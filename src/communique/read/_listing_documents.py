"""Entries with two links: one to a record about the document, one to the document that the list exists for.

Courts and offices link the name of a case to its register, and beside it the opinion or decision itself. Where each
entry has a link that is called by a kind of document, by its own text or by the head of its column, it is the entry's.
"""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

from communique.kit.text import folded
from communique.read._listing_groups import Group, Record
from communique.read._listing_tree import Element, Link, Page, beginning_of

Columns = dict[Element, dict[int, str]]  # of each table the heads, by column

SHARE = 0.8  # of the entries that must have such a link, each its own
FEWEST = 3  # entries that show that it is the list's own way
CALLED = 60  # characters: a longer text is a name

# What bodies issue, folded; "text", "PDF" and "download" are no kinds of document, but forms.
_KINDS = re.compile(
    r"\b(?:opinions?|orders?|judge?ments?|decisions?|rulings?|verdicts?|resolutions?|dispositions?|memorand(?:um|a)"
    r"|urteil|beschluss|entscheidung(?:stext)?|bescheid|erkenntnis|arrets?|jugements?|ordonnances?|deliberation|avis"
    r"|sentencias?|autos?|fallos?|resolucion(?:es)?|acordaos?|acordao|sentenca|despacho|decisao|sentenza|ordinanza"
    r"|delibera|uitspraak|vonnis|arrest|besluit|domslut|domen|dommen|kjennelse|kendelse|paatos|tuomio|wyrok|uchwala"
    r"|postanowienie|rozsudek|usneseni|rozhodnuti|itelet|vegzes|hatarozat|hotarare|sentinta|presuda|rjesenje|resenje"
    r"|решение|постановление|определение|приговор|рішення|постанова|ухвала|αποφαση|karar|hukum|putusan)\b"
    r"|判決|決定|裁定|判决|판결|결정|حكم|قرار"
)


def documents(page: Page, group: Group) -> dict[Element, Link]:
    """Yield for the entries of a group (by their element) the link to the document, where the list has such links."""
    if len(group.records) < FEWEST:
        return {}
    columns = _columns(page)
    if sum(_names_a_kind(record.link, columns) for record in group.records) >= 0.5 * len(group.records):
        return {}
    found = _called(page, group, columns)
    others = {link.identity for link in found.values()}
    own = {record.link.identity for record in group.records}
    is_way = len(found) >= SHARE * len(group.records) and len(others) >= SHARE * len(found) and not others & own
    return found if is_way else {}


def _called(page: Page, group: Group, columns: Columns) -> dict[Element, Link]:
    """Yield the first link in each entry's region, or right after it, that is called by a kind of document."""
    by_element = {link.element: link for link in page.links}
    found: dict[Element, Link] = {}
    for record in group.records:
        for element in _links_of(record):
            link = by_element.get(element)
            if link and link.identity != record.link.identity and _names_a_kind(link, columns):
                found[record.element] = link
                break
    return found


def _links_of(record: Record) -> list[Element]:
    pieces = [piece for piece in record.pieces if not isinstance(piece, str)]
    row = next((one for one in record.element.iterancestors("tr")), None)
    if row is not None and record.element.tag in ("td", "th"):
        pieces.append(row)
    return [one for piece in pieces for one in piece.iter("a")]


def _names_a_kind(link: Link, columns: Columns) -> bool:
    if len(link.text) > CALLED:
        return False
    return bool(_KINDS.search(folded(link.text)) or _KINDS.search(_head_over(link.element, columns)))


def _columns(page: Page) -> Columns:
    """Yield for each table the texts of its first row, by column, folded."""
    heads: dict[Element, dict[int, str]] = defaultdict(dict)
    for table in page.root.iter("table"):
        first = next(table.iter("tr"), None)
        for number, cell in enumerate(first.iterchildren("td", "th") if first is not None else ()):
            text = beginning_of(cell, CALLED + 1)  # a cell may hold the whole page
            if len(text) <= CALLED and not any(True for _ in cell.iter("a")):
                heads[table][number] = folded(text)
    return heads


def _head_over(link: Element, columns: Columns) -> str:
    cell = next(link.iterancestors("td", "th"), None)
    table = next(link.iterancestors("table"), None)
    if cell is None or table is None:
        return ""
    number = sum(1 for _ in cell.itersiblings(preceding=True, tag=etree.Element))
    return columns.get(table, {}).get(number, "")
