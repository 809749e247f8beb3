"""The published state as the wire sees it: ranges of keys, nothing that needs all rows at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

from communique.records import Actor, Correction, Dispatch

Kind = Literal["org", "country", "topic", "story", "series", "lang"]
KINDS: tuple[Kind, ...] = ("org", "country", "topic", "story", "series", "lang")


class WireError(Exception):
    """The wire could not be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the desk says of its wire."""

    name: str
    base_url: str  # absolute, of the published wire; with or without a slash at the end
    language: str = "en"  # BCP 47, of everything that is not a dispatch
    timezone: str = "UTC"  # IANA name: in which days and times are shown
    description: str = ""  # one line, for feeds and search engines; "": a general one
    about: str = ""  # paragraphs parted by one blank line, plain text
    contact: str = ""  # an address of mail or web; "": none is given
    licence: str = ""  # its name: "CC BY 4.0"; "": nothing is said
    licence_url: str = ""
    countries: tuple[tuple[str, str], ...] = ()  # code and name, where the wire calls a country otherwise than CLDR
    began: datetime = datetime(2000, 1, 1, tzinfo=UTC)  # aware: when the wire began; stands where a feed demands a time


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """One list beside the main one: all dispatches of one organisation, country, topic, story, series or language."""

    kind: Kind
    key: str  # actor id, country code, topic id, slug of a story or series, BCP 47 tag


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """The transparency log as it stands when this edition has been entered in it.

    It holds nothing that depends on the pages themselves (no root, no sizes): their list is entered in the log.
    """

    size: int  # entries
    vkey: str  # the verifier key, one line
    files: tuple[str, ...]  # all but the page itself: paths within `log/`, sorted


class Edition(Protocol):
    """One state of the wire. Lists are newest first unless their name says otherwise; a method never sees drafts.

    Kept true by every implementation: ids rise in order of publication; `translations` are mutual; a dispatch that
    was published once stays (held and withdrawn ones too, by their `stage`).
    """

    @property
    def settings(self) -> Settings: ...

    @property
    def number(self) -> int: ...

    @property
    def at(self) -> datetime:
        """Yield the moment that counts as now. Only pages that are written with every edition show it."""
        ...

    def last_id(self) -> int:
        """Yield the highest id; 0 on an empty wire."""
        ...

    def dispatch(self, id_: int) -> Dispatch | None: ...

    def dispatches(self, first: int, last: int) -> tuple[Dispatch, ...]:
        """Yield those with first <= id <= last."""
        ...

    def newest(self, count: int) -> tuple[Dispatch, ...]:
        """Yield the newest without the pinned ones."""
        ...

    def pinned(self) -> tuple[Dispatch, ...]: ...

    def corrected(self, count: int) -> tuple[tuple[Dispatch, Correction], ...]:
        """Yield the latest corrections, latest first (by time, then id)."""
        ...

    def published_since(self, moment: datetime, count: int) -> tuple[Dispatch, ...]:
        """Yield those whose `published` is at or after the moment, by id, newest first."""
        ...

    def sections(self, kind: Kind) -> tuple[str, ...]:
        """Yield the keys in use, sorted."""
        ...

    def section_count(self, kind: Kind) -> int: ...

    def section_size(self, section: Section) -> int: ...

    def section_place(self, section: Section, id_: int) -> int:
        """Yield how many dispatches of the section have a lower id."""
        ...

    def section_range(self, section: Section, first: int, last: int) -> tuple[Dispatch, ...]:
        """Yield the first-th to last-th dispatch of the section, counted from its oldest, which is 1."""
        ...

    def moved(self, id_: int) -> frozenset[Section]:
        """Yield the sections that an operation ever brought it into or took it out of. Mostly none."""
        ...

    def occasions(self, series: str) -> tuple[tuple[int, int], ...]:
        """Yield the numbers of a series' occasions, rising, each with the lowest id of its dispatches."""
        ...

    def occasion(self, series: str, number: int) -> tuple[int, ...]:
        """Yield the ids of the dispatches of one occasion, rising. A dispatch's number changes only with its series."""
        ...

    def actor(self, id_: str) -> Actor | None: ...

    def story_name(self, slug: str) -> str | None: ...

    def slug(self, id_: int) -> str:
        """Yield the last part of its address: made from its first wording, the same for ever."""
        ...

    def content_digest(self, id_: int) -> str | None:
        """Yield the digest that the log holds of it; None: not logged."""
        ...

    def proof(self, id_: int) -> bytes | None:
        """Yield its C2SP proof file; None: not logged."""
        ...

    def log(self) -> LogState | None: ...
