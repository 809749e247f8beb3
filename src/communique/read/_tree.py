"""One parse tree for all witnesses: bounded in size and depth, no network, no entities, no comments."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree, html
from lxml.html import HtmlElement

from communique.kit.text import printable

# Real pages stay under 100 (old markup with unclosed <font> reaches that); the witnesses recurse, and Python stops at
# 1,000 frames, so what is deeper is lifted up.
DEPTH = 120
ATTRIBUTES = 200  # of one element; frameworks reach 40
ELEMENTS = 150_000  # a page of 10 MB of pure markup; more is made to be slow
# One class for all elements, known to the parser itself: the library's own lookup asks Python for each element that is
# touched, a sixth of the time of reading. Forms and labels lose their methods, which nobody here uses.
_ELEMENTS = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction, entity=html.HtmlEntity
)
# References to control characters: the parser takes them, and the tree then refuses to have its own text moved.
_CONTROLS = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127)(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|7f)(?![0-9a-f]));?", re.I
)
_CLOSED = ("script", "style", "noscript", "template", "svg", "math", "object", "embed", "canvas", "iframe")


def tree(markup: str) -> HtmlElement | None:
    """Parse a page; None where there is no element in it, or far too many."""
    parser = html.HTMLParser(  # type: ignore[call-arg]  # lxml-stubs lack default_doctype
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
        no_network=True,
    )
    parser.set_element_class_lookup(_ELEMENTS)
    content = _CONTROLS.sub("", printable(_without_declaration(markup))).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    if not isinstance(root, HtmlElement) or _counted(root) > ELEMENTS:
        return None
    _flatten(root)
    return root


def _without_declaration(markup: str) -> str:
    """Drop an XML declaration: it would speak of an encoding that the text no longer has."""
    start = markup.lstrip("\ufeff \t\r\n")
    return start[start.find("?>") + 2 :] if start.startswith("<?xml") and "?>" in start[:400] else start


def _counted(root: HtmlElement) -> int:
    """Count the elements, up to one more than are read; an element with absurdly many attributes loses them."""
    count = 0
    for element in islice(root.iter(), ELEMENTS + 1):
        count += 1
        # Each of the witnesses' copies would take a time that grows with the square of their number.
        if len(element.attrib) > ATTRIBUTES:
            element.attrib.clear()
    return count


def _flatten(root: HtmlElement) -> None:
    """Lift the content of elements below DEPTH up to it, and that of links within links, in one pass.

    HTML has no link within a link; the witnesses look at each link's whole inside, which takes a square of the time.
    """
    depth, links = 0, 0
    walk = etree.iterwalk(root, events=("start", "end"))
    deep: list[HtmlElement] = []
    inner: list[HtmlElement] = []
    for event, element in walk:
        step = 1 if event == "start" else -1
        depth += step
        if element.tag == "a":
            links += step
            if event == "start" and links > 1:
                inner.append(element)
        if event == "start" and depth == DEPTH and len(element):
            walk.skip_subtree()
            deep.append(element)
    for element in inner:
        element.drop_tag()
    for element in deep:
        etree.strip_elements(element, *_CLOSED, with_tail=False)
        etree.strip_tags(element, "*")
