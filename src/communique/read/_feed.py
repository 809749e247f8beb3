"""A feed file becomes a Feed: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, Telegram's preview.

Our own reader on lxml: the feed libraries turn every instant into UTC and mix the authors' names with their
addresses, so that each field would have to be read a second time from the element itself. What a tolerant reader can
mend (cut files, bare ampersands, HTML's entities, wrong encodings) is mended by `_feed_tree`.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from communique.kit.text import printable
from communique.read import _feed_atom, _feed_json, _feed_rss, _feed_telegram, _feed_tree, _feed_wishes
from communique.read._encoding import decoded
from communique.records import Capture, Feed, Trouble

FEED_BYTES = 16 * 1024 * 1024  # the longest real feeds hold some 10 MiB

_FORMS = {"rss": _feed_rss.feed, "RDF": _feed_rss.feed, "channel": _feed_rss.feed, "feed": _feed_atom.feed}
_PAGES = {"html", "body", "head"}


def feed(capture: Capture) -> Feed | Trouble:
    """Yield what a feed file holds. Links are made absolute; instants keep the offset that the feed gave."""
    if len(capture.body) > FEED_BYTES:
        return _trouble(
            capture, "too-large", f"holds more than {FEED_BYTES // 1024**2} MiB; a feed is never that large"
        )
    text = printable(decoded(capture.body, capture.charset)).lstrip()
    if not text:
        return _trouble(capture, "empty", "is empty; look whether the address still is that of a feed")
    if text[0] in "{[":
        return _of_json(capture, text)
    root = _feed_tree.root(text)
    if root is None:
        return _trouble(capture, "not-a-feed", "is neither XML nor JSON; look at what the address answers in a browser")
    return _of_tree(capture, root, text)


def _of_json(capture: Capture, text: str) -> Feed | Trouble:
    found = _feed_json.feed(text, base=capture.final_url)
    return found or _trouble(capture, "not-a-feed", "is not a JSON Feed (JSON without a list `items`)")


def _of_tree(capture: Capture, root: etree._Element, text: str) -> Feed | Trouble:
    name = _feed_tree.local_name(root)
    if name in _FORMS:
        return replace(_FORMS[name](root, base=capture.final_url), wishes=_feed_wishes.wishes(root))
    if (preview := _feed_telegram.feed(text, base=capture.final_url)) is not None:
        return preview
    if name.lower() in _PAGES:
        return _trouble(capture, "not-a-feed", "is a web page, not a feed; read it as a listing")
    return _trouble(capture, "not-a-feed", f"is XML of another kind (<{name[:40]}>), where RSS or Atom is expected")


def _trouble(capture: Capture, kind: str, what: str) -> Trouble:
    where = capture.final_url or "the file"
    return Trouble(room="read", kind=kind, detail=f"{where} {what}", passing=False)
