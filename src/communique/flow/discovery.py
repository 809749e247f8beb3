"""What an address offers: a feed, a list, or one page. Nothing is entered; `sources` asks this."""

from __future__ import annotations

from dataclasses import dataclass

from communique import collect
from communique.flow.reading import Reader
from communique.kit import urls
from communique.records import Capture, Feed, Hints, Listing, SourceKind, Trouble

SHOWN = 10  # titles that a person is shown
FEED_TYPES = ("xml", "rss", "atom", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found at an address, and what else there was."""

    url: str  # of what was chosen
    kind: SourceKind
    name: str  # as the site calls itself, else its host
    titles: tuple[str, ...]  # of the newest entries, at most SHOWN
    entries: int  # in all
    explanation: str  # one sentence: why this was chosen, or why nothing would come of it
    others: tuple[str, ...]  # further feeds


def discover(url: str, *, client: collect.Client, reader: Reader) -> Discovery | Trouble:
    """Look at an address and choose: the feed that it is or names, else the list on it, else the page itself."""
    capture = collect.capture(url, client=client)
    if isinstance(capture, Trouble):
        return capture
    if capture.status != 200:
        detail = f"{url}: the site answers {capture.status}; check the address in a browser"
        return Trouble(room="collect", kind="refused", detail=detail, passing=capture.status >= 500)
    if looks_like_feed(capture):
        feed = reader.feed(capture)
        return feed if isinstance(feed, Trouble) else _of_feed(url, feed, (), "the address is a feed")
    return _of_page(url, capture, client, reader)


def looks_like_feed(capture: Capture) -> bool:
    """Tell whether an answer is a feed, by its media type and its first bytes."""
    start = capture.body[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = any(word in (capture.media_type or "") for word in FEED_TYPES) and "xhtml" not in (capture.media_type or "")
    shaped = start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"{"))
    return shaped and (named or any(tag in start for tag in (b"<rss", b"<feed", b"<rdf", b"jsonfeed")))


def _of_page(url: str, capture: Capture, client: collect.Client, reader: Reader) -> Discovery | Trouble:
    listing = reader.listing(capture)
    if isinstance(listing, Trouble):
        return listing
    for address in listing.feeds[:3]:  # a site names its main feed first; comment feeds come behind
        if (chosen := _named_feed(address, listing, client, reader)) is not None:
            return chosen
    if listing.items:
        return _of_listing(url, capture, listing)
    return _of_single(url, capture, listing, reader)


def _named_feed(address: str, listing: Listing, client: collect.Client, reader: Reader) -> Discovery | None:
    capture = collect.capture(address, client=client)
    if isinstance(capture, Trouble) or capture.status != 200:
        return None
    feed = reader.feed(capture)
    if isinstance(feed, Trouble) or not feed.items:
        return None
    others = tuple(other for other in listing.feeds if other != address)
    return _of_feed(address, feed, others, "the page names this feed")


def _of_feed(url: str, feed: Feed, others: tuple[str, ...], why: str) -> Discovery:
    titles = tuple(entry.title or entry.link or "(without title)" for entry in feed.items[:SHOWN])
    explanation = (
        f"{why}, with {len(feed.items)} entries" if feed.items else f"{why}, but it is empty: nothing would come"
    )
    return Discovery(
        url=url, kind="feed", name=feed.title or urls.host(url), titles=titles, entries=len(feed.items),
        explanation=explanation, others=others,
    )  # fmt: skip


def _of_listing(url: str, capture: Capture, listing: Listing) -> Discovery:
    titles = tuple(entry.title or entry.url for entry in listing.items[:SHOWN])
    return Discovery(
        url=url, kind="listing", name=urls.host(capture.final_url), titles=titles, entries=len(listing.items),
        explanation=f"no feed answers here; {listing.explanation}", others=(),
    )  # fmt: skip


def _of_single(url: str, capture: Capture, listing: Listing, reader: Reader) -> Discovery | Trouble:
    document = reader.document(capture, Hints())
    if isinstance(document, Trouble):
        return document
    return Discovery(
        url=url, kind="page", name=document.publisher or urls.host(url), titles=(document.title or url,), entries=1,
        explanation=f"no feed and no list ({listing.explanation}); the page itself is watched for changes", others=(),
    )  # fmt: skip
