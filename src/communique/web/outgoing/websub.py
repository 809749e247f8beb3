"""WebSub as a subscriber speaks it (W3C Recommendation of 23 January 2018): pure decisions over words and instants."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

LEASE = timedelta(days=10)  # asked for; the Recommendation's own advice to hubs (section 8.2)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=5), timedelta(days=365)  # believed of what a hub promises
_RENEWED_AFTER = 0.8  # of a lease: what is left is time for a hub that does not answer
_METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
CHALLENGE_LENGTH = 2000  # characters; it is given back, so it is held small and plain (section 8.2)


def form(mode: str, *, topic: str, callback: str, secret: str) -> dict[str, str]:
    """Yield what is asked of a hub; `mode` is "subscribe" or "unsubscribe" (section 5.1).

    The secret goes to hubs without TLS too: what is signed only makes a source due, and unsigned anybody could do that.
    """
    asked = {"hub.mode": mode, "hub.topic": topic, "hub.callback": callback}
    lease = {"hub.lease_seconds": f"{LEASE.total_seconds():.0f}", "hub.secret": secret}
    return asked | lease if mode == "subscribe" else asked


def addresses(hub: str) -> tuple[str, ...]:
    """Yield where a hub is asked, one after the other: over TLS first, however it names itself (section 8.2)."""
    parts = urlsplit(hub)
    if parts.scheme != "http" or parts.port is not None:
        return (hub,)
    return (urlunsplit(parts._replace(scheme="https")), hub)


def lease(seconds: str) -> timedelta:
    """Yield how long a hub will tell us, as its verification says; nonsense counts as what was asked for."""
    if not (seconds.isascii() and seconds.isdigit()):
        return LEASE
    return min(max(timedelta(seconds=int(seconds[:9])), SHORTEST_LEASE), LONGEST_LEASE)


def renewal(now: datetime, promised: timedelta) -> datetime:
    """Yield when a hub is asked to go on, well before the lease ends."""
    return now + promised * _RENEWED_AFTER


def is_plain(challenge: str) -> bool:
    """Tell whether a challenge may be given back: short, and nothing that a browser could take for more than text."""
    return 0 < len(challenge) <= CHALLENGE_LENGTH and challenge.isascii() and challenge.isprintable()


class Signature:
    """What a hub says that the body of its push is signed with, held against the body as that comes in."""

    def __init__(self, header: str, secret: str) -> None:
        method, _, self._said = header.strip().partition("=")
        digest = _METHODS.get(method.strip().lower())
        self._made = hmac.new(secret.encode(), digestmod=digest) if digest else None

    def add(self, part: bytes) -> None:
        """Take the next part of the body."""
        if self._made is not None:
            self._made.update(part)

    @property
    def holds(self) -> bool:
        """Tell whether the whole body is what was signed; False where nothing was, or by no known method."""
        said = self._said.strip().lower().encode("utf-8", "replace")
        return self._made is not None and hmac.compare_digest(self._made.hexdigest().encode(), said)
