"""Which addresses may be asked: pure decisions, made again for every redirect.

An attacker who can name an address to a desk (a link, a redirect, a DNS answer) must not reach what only the desk's
own machine can reach. So a name is resolved once, each of its addresses is judged here, and the transport connects
to exactly those. Ranges: RFC 6890 and the IANA special-purpose registries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from communique.collect._settings import Resolve, Settings
from communique.collect._trouble import shown, trouble
from communique.records import Trouble

URL_LENGTH = 8192  # characters; servers refuse longer ones, and nobody types them
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
Networks = tuple[IPv4Network | IPv6Network, ...]


def _networks(*texts: str) -> Networks:
    return tuple(ip_network(text) for text in texts)


# IPv6 ranges that carry an IPv4 address inside (NAT64, 6to4, Teredo, mapped, compatible): a way round any check.
_CARRIERS = _networks("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::ffff:0:0/96", "::/96")
_PRIVATE = _networks(
    *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10"),
    *("::1/128", "fc00::/7"),
)
# What some versions of Python's `is_global` let through: protocol assignments, relays of 6to4, old site-local ones.
_FURTHER = _networks("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20", "fec0::/10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One address that may be asked, as far as it can be told from its text."""

    url: str  # normalised by httpx, without fragment
    scheme: str  # "http" or "https"
    host: str  # lower case, ASCII (IDNA), without brackets
    port: int

    @property
    def origin(self) -> str:
        """Yield scheme, host and port: the unit that a robots.txt speaks for."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{name}" + ("" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}")


def hop(url: str, settings: Settings) -> Hop | Trouble:
    """Read an address, or say why it is not asked."""
    if len(url) > URL_LENGTH:
        detail = f"the address {shown(url, 60)} has {len(url)} characters, more than the {URL_LENGTH} that are asked"
        return trouble("bad-address", detail, passing=False)
    try:
        parts = httpx.URL(url)
        host = parts.raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError) as error:
        return trouble("bad-address", f"{shown(url)} is not a web address ({shown(str(error))})", passing=False)
    return _wrong_parts(url, parts, host, settings) or Hop(
        url=str(parts.copy_with(fragment=None, host=host)),
        scheme=parts.scheme,
        host=host,
        port=parts.port or _DEFAULT_PORTS[parts.scheme],
    )


def _wrong_parts(url: str, parts: httpx.URL, host: str, settings: Settings) -> Trouble | None:
    if parts.scheme not in _DEFAULT_PORTS:
        detail = f"{shown(url) or 'an empty address'} does not begin with http:// or https://, and only those are asked"
        return trouble("scheme", detail, passing=False)
    if parts.userinfo or "@" in parts.netloc.decode("ascii", "replace"):
        detail = f"the address on {shown(host)} carries a user name or password; give it without"
        return trouble("credentials", detail, passing=False)
    if not _is_host(host):
        detail = f"{shown(host) or 'nothing'} in {shown(url)} is not the name of a host, or a number in an unusual form"
        return trouble("bad-address", detail, passing=False)
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    if not 0 < port < 65536 or (settings.ports and port not in settings.ports):
        detail = f"{shown(url)} asks for port {port}, and only {_listed(settings.ports)} may be asked (collect.ports)"
        return trouble("port", detail, passing=False)
    return None


def _listed(ports: tuple[int, ...]) -> str:
    return ", ".join(map(str, ports)) or "1 to 65535"


def _is_host(host: str) -> bool:
    """Tell a DNS name, a dotted quad or an IPv6 address from anything else: `127.1`, `0x7f000001`, `2130706433`."""
    if _literal(host):
        return "%" not in host  # a zone names an interface of this machine
    return len(host) <= 253 and bool(_NAME.fullmatch(host)) and not _NUMBER.fullmatch(host.rpartition(".")[2])


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def refusal(address: str, *, allow_private: bool) -> str | None:
    """Say in a word why an IP address is not connected to; None: it may be.

    `allow_private` opens loopback and private networks only; link-local ones (where clouds keep their secrets),
    multicast, reserved, and IPv6 forms that carry an IPv4 address stay closed.
    """
    found = _literal(address)
    if found is None or "%" in address:
        return "not a plain IP address"
    if _within(found, _PRIVATE):
        return None if allow_private else "private"
    return _special(found)


def _within(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)


def _special(found: IPv4Address | IPv6Address) -> str | None:
    named = {
        "unspecified": found.is_unspecified,
        "link-local": found.is_link_local,
        "multicast": found.is_multicast,
        "an IPv4 address inside an IPv6 one": _within(found, _CARRIERS),
        "reserved": found.is_reserved or not found.is_global or _within(found, _FURTHER),
    }
    return next((name for name, holds in named.items() if holds), None)


def addresses(host: str, *, resolve: Resolve, allow_private: bool) -> tuple[str, ...] | Trouble:
    """Resolve a host once and judge every address of it; one that is refused refuses the host.

    A name that leads both to the open web and into a private network is a trap or a mistake, never a source.
    """
    if _literal(host):
        found: tuple[str, ...] = (host,)
    else:
        try:
            found = tuple(resolve(host))
        except (OSError, UnicodeError) as error:
            detail = f"the name {shown(host)} has no address ({shown(str(error))}); check the spelling, or wait"
            return trouble("no-such-host", detail, passing=True)
    if not found:
        return trouble("no-such-host", f"the name {shown(host)} has no address; check the spelling", passing=True)
    for address in found:
        if why := refusal(address, allow_private=allow_private):
            detail = f"{shown(host)} leads to {shown(address)}, which is {why}; such addresses are not asked"
            return trouble("private-address", detail + _hint(why), passing=False)
    return found


def _hint(why: str) -> str:
    return " unless collect.allow_private is set" if why == "private" else ""
