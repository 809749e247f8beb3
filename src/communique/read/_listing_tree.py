"""A web page as a tree that lists can be sought in: cleaned, with every link, its path and its place in the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from communique.kit import urls
from communique.kit.text import collapsed, printable
from communique.read._encoding import decoded

Element = etree._Element

ELEMENTS = 400_000  # a page of more is a machine's work; the longest list met has 40,000
LINKS = 20_000
WAY = 16  # steps of a way that is told and remembered
LABEL = 60  # characters of one of them
LEVELS = 1_000  # of elements within each other; real pages with hundreds of unclosed tags have half of it

_UNREAD = {"script", "style", "template", "svg", "noframes", "object", "iframe"}
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "wbr", "tt", "kbd", "var", "acronym", "big", "strike",
}  # fmt: skip
_ROWS = {"tr", "td", "th", "li", "dt", "dd", "option", "article", "a", "p", "tbody", "thead"}  # class says no kind here
_PASSING = re.compile(
    r"(?:odd|even|first|last|alt|active|current|hidden|visible|sticky|pinned|featured|clear\w*)", re.I
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of the page."""

    element: Element
    url: str  # absolute
    identity: str
    text: str
    path: int  # number of the path of labels from the root: links of one path look alike
    place: int  # in document order


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page."""

    url: str  # what its links are relative to
    address: str  # where it was found
    root: Element
    links: tuple[Link, ...]
    places: dict[Element, int]  # of each element, in document order
    labels: dict[Element, str]
    paths: dict[Element, int]  # number of the path of labels from the root; inline elements have that of their block
    language: str | None


def page(body: bytes, *, charset: str | None, url: str) -> Page | None:
    """Yield the page, or None where there is nothing to read or far too much of it."""
    root = _root(printable(decoded(body, charset)))
    if root is None:
        return None
    elements = list(root.iter(etree.Element))
    if len(elements) > ELEMENTS:
        return None
    base = _base(root, url)
    places = {one: number for number, one in enumerate(elements)}
    labels = _labels(elements)
    paths = _paths(elements, labels)
    return Page(
        url=base, address=url, root=root, places=places, labels=labels, paths=paths,
        language=(root.get("lang") or "").strip() or None, links=_links(elements, paths, base),
    )  # fmt: skip


def text_of(element: Element) -> str:
    """Yield the element's text in one line."""
    return collapsed("".join(str(part) for part in element.itertext()))


def way(page: Page, element: Element, *, steps: int = WAY) -> str:
    """Yield the kinds of elements that lead to an element, in words: "main > ul.news > li > a"; at most its last steps.

    Like the numbers of paths, it says nothing of what only changes the look of text.
    """
    above = [one for one in (element, *element.iterancestors()) if one.tag == "a" or one.tag not in INLINE]
    labels = [page.labels.get(one, str(one.tag))[:LABEL] for one in above if one.tag not in ("html", "body")]
    return " > ".join(reversed(labels[:steps]))


def beginning_of(element: Element, characters: int) -> str:
    """Yield the element's text in one line, cut where it is longer than so many characters."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if length > characters:
            break
    return collapsed("".join(parts)[: characters + 1])[:characters]


def _root(text: str) -> Element | None:
    """Parse without network and within libxml2's own limits; then part what stands in blocks by spaces."""
    if not text.strip():
        return None
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    if _is_too_deep(root):
        return None
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    _unnest(root)
    for one in root.iter(etree.Element):
        if one.tag not in INLINE:
            one.text = f" {printable(one.text or '')}"  # a reference like &#5; makes what the tree itself refuses
            one.tail = f" {printable(one.tail or '')}"
    return root


def _is_too_deep(root: Element) -> bool:
    levels: dict[Element, int] = {}
    for one in root.iter(etree.Element):
        parent = one.getparent()
        levels[one] = 1 if parent is None else levels[parent] + 1
        if levels[one] > LEVELS:
            return True
    return False


def _unnest(root: Element) -> None:
    """Put rows and cells that were never closed beside each other: the parser puts each into the one before."""
    last: dict[Element, Element] = {}
    for one in list(root.iter("tr", "td", "th")):
        outer = _unclosed(one)
        if outer is not None:
            last.get(outer, outer).addnext(one)
            last[outer] = one


def _unclosed(element: Element) -> Element | None:
    """Yield the row in which a row stands, or the cell in which a cell stands, with no table between them."""
    kinds = ("tr",) if element.tag == "tr" else ("td", "th", "tr")
    for above in element.iterancestors():
        if above.tag == "table" or (element.tag != "tr" and above.tag == "tr"):
            return None
        if above.tag in kinds:
            return above
    return None


def _base(root: Element, url: str) -> str:
    stated = root.find(".//base[@href]")
    return url if stated is None else urls.absolute(url, stated.get("href") or "") or url


def _labels(elements: list[Element]) -> dict[Element, str]:
    """Yield for each element its kind: the tag, and for boxes the class that it shares with most of its siblings."""
    labels: dict[Element, str] = {}
    for parent in elements:
        shared = Counter(
            (str(child.tag), word) for child in parent.iterchildren(etree.Element) for word in _words(child)
        )
        for column, child in enumerate(parent.iterchildren(etree.Element)):
            labels[child] = _label(child, column, shared)
    return labels


def _label(element: Element, column: int, shared: Counter[tuple[str, str]]) -> str:
    tag = str(element.tag)
    if tag in ("td", "th"):
        return f"{tag}:{column}"
    if tag in _ROWS:
        return tag
    words = sorted(_words(element), key=lambda word: (-shared[tag, word], word))
    return f"{tag}.{words[0]}" if words else tag


def _words(element: Element) -> set[str]:
    """Yield the class words of an element, without numbers and passing states; its id where it has no class."""
    written = element.get("class") or f"#{element.get('id') or ''}"
    words = {_DIGITS.sub("0", word) for word in written.split()[:12] if word != "#"}
    return {word for word in words if not _PASSING.fullmatch(word)}


def _paths(elements: list[Element], labels: dict[Element, str]) -> dict[Element, int]:
    """Yield for each element the number of its path. What only changes the look of text is no step of a path."""
    numbers: dict[tuple[int, str], int] = {}
    paths: dict[Element, int] = {}
    for one in elements:
        parent = one.getparent()
        above = paths[parent] if parent is not None else 0
        if one.tag in INLINE and one.tag != "a":
            paths[one] = above
        else:
            paths[one] = numbers.setdefault((above, labels.get(one, "html")), len(numbers) + 1)
    return paths


def _links(elements: list[Element], paths: dict[Element, int], base: str) -> tuple[Link, ...]:
    found: list[Link] = []
    for place, one in enumerate(elements):
        if one.tag == "a" and len(found) < LINKS and (url := _target(one, base)):
            found.append(Link(element=one, url=url, identity=urls.identity(url), text=text_of(one),
                              path=paths[one], place=place))  # fmt: skip
    return tuple(found)


def _target(element: Element, base: str) -> str | None:
    """Yield where a link leads to; None for those within the page and those that are no web address."""
    written = (element.get("href") or "").strip()
    if not written or written.startswith("#"):
        return None
    return urls.absolute(base, printable("".join(written.splitlines())))
