"""Addresses: one form for one page, so that two spellings of an address are known as the same."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_CAMPAIGN = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|yclid|_ga|ref_src|phpsessid|jsessionid|sid)", re.I)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def absolute(base: str, reference: str) -> str | None:
    """Resolve a link against its page (RFC 3986, section 5); None unless it is a usable http(s) address."""
    try:
        joined = urljoin(base, reference.strip())
        parts = urlsplit(joined)
        _ = parts.port
    except ValueError:
        return None
    return joined if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def host(url: str) -> str:
    """Yield the host of an address, lower case; "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def identity(url: str) -> str:
    """Yield the form under which an address is known: two addresses of one page give one identity.

    Scheme, `www.`, default port, fragment, campaign and session parameters, the last slash and the order
    of parameters don't matter. An address that can't be parsed is its own identity.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    name = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if port is not None and port not in _DEFAULT_PORTS.values():
        name = f"{name}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")
    path = posixpath.normpath(path) if "/." in path else path
    kept = sorted((key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True)
                  if not _CAMPAIGN.fullmatch(key))  # fmt: skip
    return urlunsplit(("", name, path.rstrip("/"), urlencode(kept), "")).removeprefix("//")
