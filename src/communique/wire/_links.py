"""Where each page lies, and which outside addresses may become links."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from communique.kit.text import printable
from communique.wire import _slugs, _topics
from communique.wire._edition import Edition, Section

PAGE = 50  # dispatches on a numbered page (contract, section 8)
LONGEST_URL = 2000  # characters: what all readers, validators and sitemaps take


def page_number(id_: int) -> int:
    """Yield the number of the page that a dispatch stands on; pages count from the oldest, from 1."""
    return (id_ - 1) // PAGE + 1


def dispatch(edition: Edition, id_: int) -> str:
    """Yield the address of a dispatch's page, relative to the wire's root."""
    return f"d/{id_}/{edition.slug(id_)}/"


def section(one: Section) -> str:
    """Yield the address of a section's page, relative to the wire's root."""
    key = _topics.slug(one.key) if one.kind == "topic" else _slugs.segment(one.key)
    return f"{one.kind}/{key}/"


def numbered(base: str, number: int) -> str:
    """Yield the address of a numbered page of a list whose own page is at base ("" for the main list)."""
    return f"{base}page/{number}/"


def root_from(path: str) -> str:
    """Yield the way from a page to the root of the wire, so that a mirror works below any folder."""
    return "../" * path.count("/") or "./"


def base(edition: Edition) -> str:
    """Yield the wire's own absolute address, with a slash at the end."""
    return edition.settings.base_url.rstrip("/") + "/"


@lru_cache(maxsize=4096)  # a source stands in each form of its dispatch
def outside(url: str) -> str | None:
    """Yield an address from outside in the form that may stand in a link (RFC 3986); None: it may not.

    Only http and https, only with a host, without user names (they disguise hosts), not overlong.
    """
    try:
        parts = urlsplit(printable(url).strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(url) > LONGEST_URL:
        return None
    if (name := _host(host)) is None:
        return None
    path = quote(parts.path, safe="/%:@!$&()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&()*+,;=~-._?")
    fragment = quote(parts.fragment, safe="/%:@!$&()*+,;=~-._?")
    made = urlunsplit((parts.scheme, name if port is None else f"{name}:{port}", path, query, fragment))
    return _without_stray_percents(made)


def _host(host: str) -> str | None:
    try:
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if ":" in ascii_host:
        return f"[{ascii_host}]"
    return ascii_host if all(letter.isalnum() or letter in "-._" for letter in ascii_host) else None


def _without_stray_percents(url: str) -> str:
    head, *rest = url.split("%")
    hexes = "0123456789abcdefABCDEF"
    return head + "".join(("%" if len(p) > 1 and p[0] in hexes and p[1] in hexes else "%25") + p for p in rest)
