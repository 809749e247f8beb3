"""Links that look alike become a group, and each link of a group the region of the page that speaks of it.

The region of a link is the largest element that holds no other link of its group, with what stands between it and
the next one where entries are not elements of their own (`dt` and `dd`, headings with paragraphs, lines).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read._listing_tree import INLINE, Element, Link, Page, beginning_of, text_of

Piece = Element | str

GROUPS = 300  # groups of two links and more that are looked at, the largest first
EVERYWHERE = 5  # links of one path to one address: it stands beside each entry and is none
SAID_AGAIN = 3  # links of one text: fewer may be two entries with one name
LABEL_SHARE = 0.25  # of the links of one path: a label stands in each entry, a name comes twice by chance
MENU_BESIDE = 2  # lines of one link, beside which a line of several is a menu
MENUS = 2  # a menu on top and one at the foot; more lines of several links are the list's own way
MENU_NAMES = 0.75  # of the length of the other names, on average
REGION = 4000  # characters of a region that are read: entries of lists are shorter, and a page may be one region
SECTIONS = 0.5  # of the gaps between entries, below which a heading in them is one of a section
PIECES = 12  # that an entry may take from between two records
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One link of a group and its region."""

    link: Link
    element: Element
    pieces: tuple[Piece, ...]  # the region, in page order; the element is one of them

    @property
    def text(self) -> str:
        """Yield the region's text in one line, of a long region its beginning."""
        parts = (piece if isinstance(piece, str) else beginning_of(piece, REGION) for piece in self.pieces)
        return collapsed(" ".join(parts)[:REGION])


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Links that look alike, each to another address, in page order."""

    path: int
    records: tuple[Record, ...]
    holder: Element  # the smallest element that holds all of them


def groups(page: Page, *, older: str | None = None) -> tuple[Group, ...]:
    """Yield the groups of at least two links, those of most links first; `older` is the next page, and no entry."""
    by_kind: dict[tuple[int, str], list[Link]] = defaultdict(list)
    links = _candidates(page, older)
    said = Counter((link.path, link.text) for link in links)
    of_path = Counter(link.path for link in links)
    for link in links:
        # Two links of each entry may have one path; a text that comes again and again ("PDF", "Read") tells them apart.
        again = said[link.path, link.text]
        is_label = again >= SAID_AGAIN and again >= of_path[link.path] * LABEL_SHARE
        by_kind[link.path, link.text if is_label else ""].append(link)
    rows = Counter((link.path, _line_of(link)) for link in page.links)
    kinds = [part for kind in by_kind.values() for part in _without_menus(kind, rows)]
    several = [kind for kind in kinds if len({link.identity for link in kind}) > 1]
    several.sort(key=len, reverse=True)
    return tuple(_group(page, kind) for kind in several[:GROUPS])


def _candidates(page: Page, older: str | None) -> list[Link]:
    """Yield the links that may be entries: none to this page, the next, the front page, or one place everywhere."""
    again_and_again = Counter((link.path, link.identity) for link in page.links)
    here = {page.url, page.address, older}
    front = urls.identity(urls.absolute(page.address, "/") or page.address)
    return [
        link
        for link in page.links
        if link.url not in here and link.identity != front and again_and_again[link.path, link.identity] < EVERYWHERE
    ]


def lone(page: Page, *, older: str | None = None) -> tuple[Group, ...]:
    """Yield each link that shares its line with no other as a group of its own: a list may have one entry only."""
    if not page.links:
        return ()
    rows = Counter(_line_of(link) for link in page.links)
    held, _ = _ancestors(list(page.links))
    links = [link for link in _candidates(page, older) if rows[_line_of(link)] == 1]
    return tuple(_lone(link, _record_element(link, held)) for link in links[:GROUPS])


def _lone(link: Link, element: Element) -> Group:
    return Group(path=link.path, records=(Record(link=link, element=element, pieces=(element,)),), holder=element)


def _without_menus(links: list[Link], on_page: Counter[tuple[int, Element]]) -> tuple[list[Link], ...]:
    """Part from links that have a line each those that share a line of nothing but short links: a menu.

    `on_page` counts the links of a path and line, also those that can be no entry (to the front page, to this one).
    """
    rows: dict[Element, list[Link]] = defaultdict(list)
    for link in links:
        rows[_line_of(link)].append(link)
    single = [link for line, row in rows.items() if on_page[row[0].path, line] == 1 for link in row]
    menus = [row for line, row in rows.items() if on_page[row[0].path, line] > 1 and _is_menu(line, row, single)]
    if len(single) < MENU_BESIDE or not menus or len(menus) > MENUS:
        return (links,)
    apart = {link.element for row in menus for link in row}
    return [one for one in links if one.element not in apart], [one for one in links if one.element in apart]


def _line_of(link: Link) -> Element:
    """Yield the smallest block that the link stands in."""
    return next((one for one in link.element.iterancestors() if one.tag not in INLINE), link.element)


def _is_menu(line: Element, row: list[Link], single: list[Link]) -> bool:
    """Tell whether a line says nothing beside its links, whose names are short against those of the lines of one."""
    beside = text_of(line)
    for element in line.iter("a"):
        beside = beside.replace(text_of(element), " ", 1)
    usual = sum(len(link.text) for link in single) / max(1, len(single))
    names = sum(len(link.text) for link in row) / len(row)
    return not any(char.isalnum() for char in beside) and names < MENU_NAMES * usual


def _group(page: Page, links: list[Link]) -> Group:
    alone, holder = _ancestors(links)
    by_element: dict[Element, Link] = {}
    for link in links:
        element = _record_element(link, alone)
        known = by_element.get(element)
        if known is None or len(known.text) < len(link.text):
            by_element[element] = link
    return Group(path=links[0].path, records=_records(page, by_element), holder=holder)


def _ancestors(links: list[Link]) -> tuple[dict[Element, str | None], Element]:
    """Yield for each ancestor the one address that it holds (None: several), and the smallest that holds all."""
    alone: dict[Element, str | None] = {}
    shared: list[Element] | None = None
    for link in links:
        above = [link.element, *link.element.iterancestors()]
        for one in above:
            alone[one] = link.identity if alone.setdefault(one, link.identity) == link.identity else None
        if shared is None:
            shared = above
        else:
            kept = set(above)
            shared = [one for one in shared if one in kept]
    return alone, (shared or [links[0].element])[0]


def _record_element(link: Link, alone: dict[Element, str | None]) -> Element:
    found = link.element
    for above in link.element.iterancestors():
        if alone[above] is None:
            break
        found = above
    return found


def _records(page: Page, by_element: dict[Element, Link]) -> tuple[Record, ...]:
    by_parent: dict[Element, list[Element]] = defaultdict(list)
    for element in by_element:
        parent = element.getparent()
        by_parent[element if parent is None else parent].append(element)
    found: list[Record] = []
    for parent, elements in by_parent.items():
        for element, pieces in _regions(page, parent, elements):
            found.append(Record(link=by_element[element], element=element, pieces=pieces))
    return tuple(sorted(found, key=lambda record: record.link.place))


def _regions(page: Page, parent: Element, elements: list[Element]) -> Iterator[tuple[Element, tuple[Piece, ...]]]:
    """Yield each element with what belongs to it of the pieces between the elements."""
    if len(elements) == 1:
        yield elements[0], (elements[0],)
        return
    chosen = set(elements)
    before: list[list[Piece]] = [[]]  # before[n]: the pieces before the n-th element; the last: after all of them
    for piece in _pieces(parent):
        if isinstance(piece, str) or piece not in chosen:
            before[-1].append(piece)
        else:
            before.append([])
    before = _without_sections(before)
    gaps = before[1:-1]
    if not any(gaps) or not _belongs(gaps, elements[0]):
        yield from ((one, (one,)) for one in elements)
        return
    leading, trailing = _shares(page, before)
    for number, one in enumerate(elements):
        ahead = before[number][-leading:] if leading else []
        yield one, (*ahead, one, *before[number + 1][:trailing])


def _without_sections(before: list[list[Piece]]) -> list[list[Piece]]:
    """Leave out headings that stand in few of the gaps: they part sections of a list, and belong to no entry."""
    gaps = before[1:-1]
    said = Counter(
        tag for gap in gaps for tag in {str(p.tag) for p in gap if not isinstance(p, str) and _is_heading(p)}
    )
    sections = {tag for tag, count in said.items() if count < SECTIONS * len(gaps)}
    return [[piece for piece in gap if isinstance(piece, str) or piece.tag not in sections] for gap in before]


def _shares(page: Page, before: list[list[Piece]]) -> tuple[int, int]:
    """Yield how many pieces between two records belong to the later and how many to the earlier of them.

    What stands before the first record looks like what leads each; what follows the last like what trails each.
    """
    gaps = Counter(tuple(_kind(page, piece) for piece in gap) for gap in before[1:-1] if gap)
    usual = gaps.most_common(1)[0][0]
    first = tuple(_kind(page, piece) for piece in before[0])
    last = tuple(_kind(page, piece) for piece in before[-1])
    leading = len(usual)
    while leading and first[-leading:] != usual[-leading:]:
        leading -= 1
    trailing = len(usual)
    while trailing and last[:trailing] != usual[:trailing]:
        trailing -= 1
    if leading + trailing < len(usual) and not (leading and not last):
        trailing = len(usual) - leading
    return min(leading, len(usual) - min(trailing, len(usual)), PIECES), min(trailing, PIECES)


def _kind(page: Page, piece: Piece) -> str:
    return "#text" if isinstance(piece, str) else page.labels.get(piece, str(piece.tag))


def _pieces(parent: Element) -> Iterator[Piece]:
    """Yield the children and the bare text between them, where there is any."""
    if (parent.text or "").strip():
        yield parent.text or ""
    for child in parent.iterchildren(etree.Element):
        if child.tag not in ("br", "hr"):
            yield child
        if (child.tail or "").strip():
            yield child.tail or ""


def _belongs(gaps: list[list[Piece]], element: Element) -> bool:
    """Tell whether what stands between records is part of them: not headings over several of them."""
    alike = any(not isinstance(piece, str) and piece.tag == element.tag for gap in gaps for piece in gap)
    if alike or any(_is_heading(piece) for gap in gaps for piece in gap):
        return len({len(gap) for gap in gaps}) == 1
    return True


def _is_heading(piece: Piece) -> bool:
    return not isinstance(piece, str) and piece.tag in _HEADINGS
