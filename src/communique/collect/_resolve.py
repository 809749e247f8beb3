"""Names to addresses, by this machine's resolver."""

from __future__ import annotations

import socket


def system_resolver(name: str) -> tuple[str, ...]:
    """Yield the addresses of a host name in the order that the system prefers. Raises OSError where there are none."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))
