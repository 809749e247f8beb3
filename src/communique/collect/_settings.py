"""How a desk wishes to be seen on the web, and how much it will take from anyone there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from communique import __version__

KIB = 1024
MIB = 1024 * KIB

Resolve = Callable[[str], Sequence[str]]  # a host name to its IP addresses as text, best first; OSError: none found


def utc_now() -> datetime:
    """Yield the present instant, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Time, handed in, so that nothing sleeps in a test."""

    now: Callable[[], datetime] = utc_now  # aware UTC: what is written down
    tick: Callable[[], float] = monotonic  # seconds that never run backwards: what pauses and deadlines count in
    sleep: Callable[[float], object] | None = None  # seconds; None: really, until the client is stopped


class BadSettings(Exception):  # noqa: N818 - the house names a fault by what is wrong
    """The settings of collect can't be worked with; the message says which, and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An account on a mail server. The password is shown nowhere."""

    name: str  # how the desk calls it
    host: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Manners and limits. The defaults are right for a desk on the open web."""

    user_agent: str = f"Communique/{__version__}"  # what stands before "/" is the name that robots.txt may use
    contact: str = ""  # a mail address or page where a site's owner reaches the desk; "": none is given
    respect_robots: bool = True  # False only for sites of one's own
    pause_s: float = 5.0  # between two requests to a site or an address; Crawl-delay may lengthen it
    patience_s: float = 60.0  # a longer wait is not slept but told, as a passing Trouble
    allow_private: bool = False  # True: loopback and private networks too, for a demo or an intranet
    ports: tuple[int, ...] = (80, 443)  # those that may be asked; (): all
    redirects: int = 5  # followed for one address
    connect_s: float = 10.0  # until a connection stands, TLS included
    silence_s: float = 20.0  # the longest wait for the first byte, and between two
    total_s: float = 60.0  # one request from connect to last byte, pauses before it not counted
    header_bytes: int = 64 * KIB  # of an answer
    compressed_bytes: int = 16 * MIB  # of a body as it comes over the line
    body_bytes: int = 64 * MIB  # of a body after decoding; of a mail or a dropped file
    files: int = 10_000  # looked at in a mailbox or folder at one visit
    mailboxes: tuple[Mailbox, ...] = ()  # accounts for sources with an `imaps:` address
    authorities: Path | None = None  # PEM file of certificate authorities trusted beside the usual ones

    def __post_init__(self) -> None:
        line = self.identification
        if not (line.isascii() and line.isprintable() and self.robot):
            raise BadSettings(f"collect.user_agent and collect.contact must be plain ASCII and named, not {line!r}")
        for port in self.ports:
            if not 0 < port < 65536:
                raise BadSettings(f"collect.ports: {port} is no port; give numbers from 1 to 65535, or none for all")
        for name in ("connect_s", "silence_s", "total_s", "header_bytes", "compressed_bytes", "body_bytes", "files"):
            if getattr(self, name) <= 0:
                raise BadSettings(f"collect.{name}: {getattr(self, name)} leaves no room; give a number above 0")
        for name in ("pause_s", "patience_s", "redirects"):
            if getattr(self, name) < 0:
                raise BadSettings(f"collect.{name}: {getattr(self, name)} is below 0; give 0 or more")

    @property
    def identification(self) -> str:
        """Yield the User-Agent line as sent: name, version, contact."""
        return f"{self.user_agent} (press wire; +{self.contact})" if self.contact else self.user_agent

    @property
    def robot(self) -> str:
        """Yield the product token that robots.txt groups are matched with (RFC 9309, section 2.2.1)."""
        return self.user_agent.partition("/")[0].strip()
