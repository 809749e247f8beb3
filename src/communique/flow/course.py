"""What is remembered of a source from visit to visit, so that its silence can be explained: pure decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from communique import collect
from communique.flow import _hubs, layout
from communique.flow.layout import Relaid
from communique.records import NO_HISTORY, NO_WISHES, Capture, Feed, ListHistory, Listing, ListingEntry, Wishes

SILENT = timedelta(days=14)  # before a feed's silence is doubted at all
SILENT_GAPS = 4  # times its usual pause: the same
HOME_PAUSE = timedelta(days=7)  # between two such looks: each is a request that the site did not ask for
MOVED_FOR_GOOD = 3  # days on which a 301 or 308 was seen before it is believed: a mistake is mended sooner


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the last visits showed. Instants are aware UTC."""

    gap_s: float | None = None  # what usually passes between two statements; None: not known yet
    wishes: Wishes = NO_WISHES
    newest_at: datetime | None = None  # the latest date in the feed or list; None: none is dated
    listed: int | None = None  # entries at the last visit that read a list or feed; None: none was read
    empty_since: datetime | None = None  # it has listed nothing since then, and did before; None: it lists something
    home: str | None = None  # the page that a feed says it belongs to
    home_seen_at: datetime | None = None  # when that page was last held against the feed
    ahead: int = 0  # statements that stood there and not in the feed
    moved_to: str | None = None  # where it says that it has moved for good; None: it stands where it stood
    moved_since: date | None = None
    moved_last: date | None = None
    moved_days: int = 0  # days on which it said so
    hub: str | None = None  # through which it announces itself (WebSub); None: it names none
    topic: str | None = None  # as what; None: as `hub`
    history: ListHistory = NO_HISTORY  # where its list stands; of other kinds of sources nothing is known
    relaid: Relaid | None = None  # the last change of that; None: there was none, or it is long ago


NOTHING = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one visit to a source's own address brought."""

    at: datetime
    capture: Capture  # any answer that was no trouble
    made: Feed | Listing | None  # None: not changed, or the source is a single page
    is_new: bool  # something came that was not in the books
    last_new: datetime | None  # when that was so before; None: never


def after(memory: Memory, brought: Brought, *, url: str) -> Memory:
    """Yield what is remembered after a visit to a source at `url`."""
    known = _announced(_moved(memory, brought, url), brought)
    if brought.made is None:
        return replace(known, gap_s=_observed(memory, brought))
    instants = list(_instants(brought.made))
    count = len(brought.made.items)
    return replace(
        _laid_out(known, brought),
        gap_s=collect.gap_of(instants, brought.at) or _observed(memory, brought),
        newest_at=max(instants, default=None),
        listed=count,
        empty_since=None if count else _empty_since(memory, brought.at),
        wishes=brought.made.wishes if isinstance(brought.made, Feed) else NO_WISHES,
        home=brought.made.link if isinstance(brought.made, Feed) else None,
        ahead=0 if brought.is_new else memory.ahead,
    )


def _laid_out(memory: Memory, brought: Brought) -> Memory:
    if not isinstance(brought.made, Listing):
        return memory
    changed = layout.relaid(memory.relaid, memory.history, brought.made, brought.at)
    return replace(memory, history=layout.learned(memory.history, brought.made), relaid=changed)


def _empty_since(memory: Memory, now: datetime) -> datetime | None:
    """Yield since when nothing is listed; None where nothing ever was."""
    return memory.empty_since or (now if memory.listed else None)


def looks_home(memory: Memory, *, last_new: datetime | None, now: datetime) -> bool:
    """Tell whether a silent feed is to be held against the page that it belongs to: once a week, while it is silent."""
    if memory.home is None or last_new is None:
        return False
    silent = now - last_new
    usual = timedelta(seconds=memory.gap_s * SILENT_GAPS) if memory.gap_s else SILENT
    is_fresh = memory.home_seen_at is not None and now - memory.home_seen_at < HOME_PAUSE
    return silent > max(usual, SILENT) and not is_fresh


def ahead_of(feed: Memory, entries: Sequence[tuple[ListingEntry, bool]]) -> int:
    """Yield how many entries of a list are newer than a feed; each comes with whether it is in the books.

    Newer is what is dated after the newest entry of the feed, and, of the undated, what stands above the first that
    is known. What is pinned, or stands below, may be old statements that the feed has long dropped.
    """
    newest = feed.newest_at.date() if feed.newest_at else None
    first_known = next((place for place, (entry, known) in enumerate(entries) if known and not entry.pinned), 0)
    return sum(
        entry.date > newest if entry.date and newest else place < first_known
        for place, (entry, known) in enumerate(entries)
        if not known and not entry.pinned
    )


def seen_at_home(memory: Memory, *, ahead: int, at: datetime) -> Memory:
    """Yield what is remembered once that page was looked at; `ahead` of its statements stand in no list of ours."""
    return replace(memory, home_seen_at=at, ahead=ahead)


def has_moved(memory: Memory) -> bool:
    """Tell whether a move was said on so many days that it is taken over without asking."""
    return memory.moved_to is not None and memory.moved_days >= MOVED_FOR_GOOD


def arrived(memory: Memory) -> Memory:
    """Yield what is remembered once the new address is the source's own."""
    return replace(memory, moved_to=None, moved_since=None, moved_last=None, moved_days=0)


def _observed(memory: Memory, brought: Brought) -> float | None:
    if not brought.is_new:
        return memory.gap_s
    return collect.gap_after(memory.gap_s, brought.last_new, brought.at)


def _moved(memory: Memory, brought: Brought, url: str) -> Memory:
    target, today = brought.capture.final_url, brought.at.date()
    if not brought.capture.moved or target == url:
        return arrived(memory)
    if target != memory.moved_to:
        return replace(memory, moved_to=target, moved_since=today, moved_last=today, moved_days=1)
    if today == memory.moved_last:
        return memory
    return replace(memory, moved_last=today, moved_days=memory.moved_days + 1)


def _announced(memory: Memory, brought: Brought) -> Memory:
    """Remember the hub that an answer names; one without a body names nothing, and the hub stays as it was."""
    found = _hubs.named(brought.capture, brought.made)
    if found is None and brought.made is None:
        return memory
    hub, topic = found or (None, None)
    return replace(memory, hub=hub, topic=topic)


def _instants(made: Feed | Listing) -> Iterator[datetime]:
    """Yield the dates of the entries; one without hours counts as noon, so that it is in no reader's future."""
    if isinstance(made, Listing):
        yield from (datetime.combine(entry.date, time(12), UTC) for entry in made.items if entry.date)
        return
    for entry in made.items:
        if (said := entry.published or entry.updated) and (instant := _instant(said)):
            yield instant


def _instant(said: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(said)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # a month, a year, or an instant at the edge of time
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """In which language the documents of a source are, without regions: "el", not "el-CY"."""

    usual: str | None = None  # None: nothing was read yet
    other: str | None = None  # the language of the newest ones, where that is another
    run: int = 0  # of how many in a row
    since: datetime | None = None


NOTHING_SAID = Spoken()


def heard(spoken: Spoken, language: str | None, *, known: tuple[str, ...], at: datetime) -> Spoken:
    """Yield what is remembered after one more document. `known` are the languages that the desk expects there."""
    plain = language.partition("-")[0].lower() if language else None
    if plain is None or plain == spoken.usual:
        return spoken if plain is None else Spoken(usual=plain)
    if spoken.usual is None or plain in {one.partition("-")[0].lower() for one in known}:
        return Spoken(usual=spoken.usual or plain)
    if plain == spoken.other:
        return replace(spoken, run=spoken.run + 1)
    return Spoken(usual=spoken.usual, other=plain, run=1, since=at)
