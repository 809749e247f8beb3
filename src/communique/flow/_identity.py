"""Which other addresses lead to the page that answered: pure decisions over one answer."""

from __future__ import annotations

import re

from communique import collect
from communique.kit import urls
from communique.records import Capture, Document

_SAME_IN_OTHER_DRESS = re.compile(r"[/?](?:amp|print|printable|mobile)(?:=\w*)?")


def redirected(url: str, capture: Capture) -> str | None:
    """Yield where redirects led, if that is another address; None also where it is a front page, which is none."""
    there = capture.final_url
    if urls.identity(there) == urls.identity(url) or (urls.is_front(there) and not urls.is_front(url)):
        return None
    return there


def canonical(capture: Capture, document: Document) -> str | None:
    """Yield the address that a page calls its own, where that is plausible; None: it names none, or not its own.

    Sites copy one `rel=canonical` to all their pages, mostly the front page or the list above: believed is only what
    stays on the site, is no front page, and does not leave out what tells this page from the others.
    """
    named, here = document.canonical_url, capture.final_url
    if named is None or urls.absolute(named, "") is None:
        return None
    known, own = urls.identity(named), urls.identity(here)
    if known == own or urls.is_front(named) or collect.site(urls.host(named)) != collect.site(urls.host(here)):
        return None
    left_out = own.removeprefix(known)
    if own != left_out and left_out[0] in "/?#" and not _SAME_IN_OTHER_DRESS.fullmatch(left_out):
        return None
    return named
