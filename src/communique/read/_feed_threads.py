"""Which entry answers which, and how many answers there are (Atom Threading Extensions, RFC 4685; slash in RSS).

Asked of every entry of every feed, and most have neither: so the names are looked up before anything is made.
"""

from __future__ import annotations

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read._feed_tree import Parts

_DIGITS = 9  # of a count; a longer one is none
_COUNT = "{http://purl.org/syndication/thread/1.0}count"


def answered(found: Parts, here: str) -> str | None:
    """Yield the address, else the id, of what an entry answers; None: it is no answer."""
    if "thr:in-reply-to" not in found:
        return None
    for one in found["thr:in-reply-to"]:
        written = collapsed(one.get("href") or "")
        if said := (urls.absolute(here, written) if written else None) or collapsed(one.get("ref") or ""):
            return said
    return None


def answers(found: Parts, links: str) -> int | None:
    """Yield how many answers there are: the total that is said, else the sum over the `links` to them."""
    for name in ("thr:total", "slash:comments"):
        if name in found and (total := _number(found[name][0].text)) is not None:
            return total
    named = found.get(links, ())
    if len(named) < 2:  # one is the entry's own
        return None
    counts = [_number(one.get(_COUNT)) for one in named if one.get("rel") == "replies"]
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _number(written: str | None) -> int | None:
    plain = (written or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS else None
