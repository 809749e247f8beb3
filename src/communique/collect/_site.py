"""Which hosts belong together: one owner's machines are asked as one."""

from __future__ import annotations

import threading
from functools import lru_cache

from tld import get_fld

_LIST = threading.Lock()  # else each of several threads reads the whole list at its first question


@lru_cache(maxsize=8192)  # a desk asks for the same hosts again and again: twice in each pass
def site(host: str) -> str:
    """Yield the registered domain of a host (public suffix list, private section too); an IP address is its own.

    `www.party.example.co.uk` gives `example.co.uk`, `blog.wordpress.com` itself. A suffix that is not on the list
    counts as one label, as the list's own rule says.
    """
    if ":" in host or host.replace(".", "").isdigit():
        return host
    with _LIST:
        found = get_fld(host, fail_silently=True, fix_protocol=True, search_private=True)
    return found if isinstance(found, str) else ".".join(host.split(".")[-2:])
