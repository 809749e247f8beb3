"""A place where an actor publishes, and what must be remembered between two visits to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SourceKind = Literal["feed", "listing", "sitemap", "page", "mail", "folder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place where an organisation publishes."""

    id: str  # slug, unique in a workspace
    url: str  # http(s) address; for mail `imaps:`, or `file:` of a Maildir or an mbox file; for folder `file:`
    kind: SourceKind
    name: str  # as the desk calls it
    publisher: str | None = None  # actor id; None: not known
    languages: tuple[str, ...] = ()  # BCP 47, likeliest first; empty: not known
    pause_s: int = 3600  # seconds between two visits to this source


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What to send back so that an unchanged answer costs nothing (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a feed asks of those who visit it (RSS 2.0 `ttl`, `skipHours`, `skipDays`; RSS 1.0 `sy:updatePeriod`)."""

    least_s: int | None = None  # seconds between two visits; None: it asks for none
    skip_hours: tuple[int, ...] = ()  # 0..23, UTC
    skip_days: tuple[int, ...] = ()  # 0 Monday .. 6 Sunday, UTC


NO_WISHES = Wishes()
