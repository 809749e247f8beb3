"""What was read from a capture: a document, or a list of links to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.records.source import NO_WISHES, Wishes

Precision = Literal["year", "month", "day", "minute"]
DayOrder = Literal["day-first", "month-first"]  # how 3/4/2023 is meant
DateEvidence = Literal["feed", "json-ld", "meta", "time", "listing", "url", "text", "mail", "pdf", "editor"]
SignatoryRelation = Literal["signer", "participant", "non-signer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When a text was published, as exactly as is known, and what says so."""

    at: str  # ISO 8601, as long as `precision` says: "2019", "2019-06", "2019-06-19", "2019-06-19T09:30+02:00"
    precision: Precision
    evidence: DateEvidence

    @property
    def day(self) -> date | None:
        """Yield the day, or None when only a month or a year is known."""
        return date.fromisoformat(self.at[:10]) if self.precision in ("day", "minute") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How the days in numerals on a page ("3/4/2023") were read, and by what."""

    order: DayOrder | None  # None: nothing tells, so those that can be read both ways were left out
    by: Literal["page", "source", "custom"] | None  # its own undoubted days, those of its source, land and language


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A name in a list of those who signed, took part, or expressly did not sign."""

    name: str  # as printed
    span: tuple[int, int] | None  # code points of Document.text, end exclusive; None: stands outside the text
    relation: SignatoryRelation
    actor: str | None  # actor id; None: not looked up, or not known
    joined: Literal["later"] | None  # "later": marked as having joined after the first publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was read from one capture. Field names are those of the contract, section 2."""

    capture_digest: str  # the evidence: "sha256:…" of the captured body
    url: str
    canonical_url: str | None
    title: str | None
    byline: str | None
    publisher: str | None  # as the page names itself; not an actor id
    dateline: str | None  # "ICP, 19 June 2019"
    published: Dating | None  # None: the page gives no date; never guessed from the visit
    updated: Dating | None
    language: str | None  # BCP 47
    standfirst: str | None
    text: str  # NFC, paragraphs parted by one blank line
    signatories: tuple[Signatory, ...]
    signatory_count: int | None  # the number that the page states, where it states one
    open_list: bool  # the page says that there are more signers than it names
    links: tuple[str, ...]  # absolute, within the statement's own text
    feeds: tuple[str, ...]  # absolute
    digest: str  # "sha256:…" of the normalised text
    numerals: Numerals | None = None  # None: it has no days in numerals, or its format was not asked for them


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWitness:
    """A field of a document, and what it was taken from."""

    field: str  # its name in Document
    value: str | None  # as in Document; None: nothing gave it
    witness: str  # in words: "the h1, with which og:title agrees"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWitness:
    """One place that names a day, and what became of it."""

    at: str  # ISO 8601: month, day or minute
    evidence: DateEvidence
    role: Literal["published", "updated"]
    weight: float  # 0..1: how often such a witness is right where it speaks
    verdict: Literal["decided", "agrees", "outvoted", "impossible", "open"]  # "open": no day was decided


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """One block of a page, taken into the text or left out."""

    text: str
    kind: str  # "paragraph", "heading", "entry", "row"
    is_taken: bool
    reason: str  # one clause: why


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a document was read, for whoever looks at the reading."""

    fields: tuple[FieldWitness, ...]
    days: tuple[DayWitness, ...]  # the strongest first
    parts: tuple[PagePart, ...]  # all blocks, in page order


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known of a page from elsewhere, before it is read."""

    listing_date: date | None = None
    feed_date: str | None = None  # ISO 8601 day or instant, as the feed gave it
    languages: tuple[str, ...] = ()  # the source's, likeliest first
    day_order: DayOrder | None = None  # as the undoubted days of the source show; None: they don't, or not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEntry:
    """One entry of a page that lists others. Field names are those of the contract, section 3."""

    url: str
    title: str | None
    teaser: str | None
    date: date | None
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPattern:
    """Where the entries of a list stand on its page, in words that stay the same from visit to visit.

    Ways are the kinds of elements from the outermost to the innermost: "main > ul.news > li > a".
    """

    links: tuple[str, ...]  # ways to the links of the entries, one for each group of them
    title: str | None  # where in an entry its title stands; None: no one place holds the titles
    day: str | None  # likewise its day; None: no entry has one, or they stand outside the entries


STEADY = 10  # captures of a list in a row that were read alike


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHistory:
    """What earlier captures of one list have shown."""

    pattern: ListPattern | None = None  # the last that was found; None: none was
    held: int = 0  # captures in a row that were read so
    links: str = ""  # marks of the links on the last of them, in page order; see `read`
    entries: int = 0  # on the last of them

    @property
    def is_steady(self) -> bool:
        """Tell whether the list was read alike for so long that its place is believed against what looks better."""
        return self.held >= STEADY


NO_HISTORY = ListHistory()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLesson:
    """What one capture of a list teaches for the next, and what became of what was known before."""

    pattern: ListPattern | None  # None: no list was found
    links: str  # as in ListHistory
    familiar: int | None = None  # entries whose links stood there at the last visit; None: that is not known
    numerals: Numerals | None = None  # as in Document
    breach: str | None = None  # how the known pattern is broken, in a clause; None: it holds, or none was known


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a page lists."""

    url: str
    items: tuple[ListingEntry, ...]  # in page order
    next: str | None  # the page at which the list goes on, where the page calls it the next one
    feeds: tuple[str, ...]
    explanation: str  # one sentence: how the list was found, or why none was
    older: str | None = None  # the page at which the list goes on, whatever it is called: what is paged back by
    hub: str | None = None  # through which the page announces itself; for whoever visits it again, as of a feed
    topic: str | None = None  # what it calls itself to that hub
    lesson: ListLesson | None = None  # None: made by hand, not read


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed. None and empty mean: the feed does not give it."""

    id: str | None
    title: str | None
    summary: str | None
    content: str | None
    link: str | None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: str | None = None  # ISO 8601 with the offset that the feed gave
    updated: str | None = None
    in_reply_to: str | None = None  # address, else id, of what it answers (RFC 4685); None: it is no reply
    replies: int | None = None  # how many the feed counts; None: it doesn't


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed file, whatever its format. Field names are those of the contract, section 3."""

    title: str | None
    description: str | None
    link: str | None
    language: str | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    rights: str | None
    published: str | None
    updated: str | None
    hub: str | None
    items: tuple[FeedEntry, ...]  # in file order
    older: str | None = None  # where the entries before these stand (RFC 5005; JSON Feed `next_url`)
    wishes: Wishes = NO_WISHES  # for whoever visits the feed again; no field of the contract
    topic: str | None = None  # what it calls itself (rel=self), which is what a hub is asked for; likewise no field


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One address that a sitemap names."""

    url: str  # absolute
    title: str | None = None  # a news sitemap's
    changed: str | None = None  # ISO 8601 (`lastmod`); None: not said
    published: str | None = None  # ISO 8601, a news sitemap's


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap file names: pages, or further sitemaps, never both in a sound one."""

    url: str
    items: tuple[SitemapEntry, ...]  # in file order
    parts: tuple[SitemapEntry, ...]  # sitemaps that an index names
