"""What an address offers: a feed, a list, a sitemap, or one page. Nothing is entered; `sources` asks this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from communique import collect
from communique.flow import _absence, _offers
from communique.flow.reading import Reader
from communique.kit import urls
from communique.records import Capture, Document, Feed, Hints, Listing, Sitemap, SourceKind, Trouble

SHOWN = 10  # titles that a person is shown
NAMED_FEEDS = 3  # asked of those that a page names
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
    others: tuple[str, ...]  # further feeds and sitemaps


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """What looking around works with."""

    client: collect.Client
    reader: Reader

    def answer(self, url: str) -> Capture | None:
        """Yield what an address answers, if it is anything to read."""
        got = collect.capture(url, client=self.client)
        return got if isinstance(got, Capture) and got.status == 200 and got.body.strip() else None

    def feed(self, url: str) -> Feed | None:
        """Yield the feed at an address, if there is one with entries."""
        found = self.named_feed(url)
        return None if isinstance(found, str) else found

    def named_feed(self, url: str) -> Feed | str:
        """Yield the feed at an address, or say why there is none with entries."""
        got = collect.capture(url, client=self.client)
        if isinstance(got, Trouble):
            return got.detail
        if got.status != 200:
            return f"{url} answers {got.status}"
        found = self.reader.feed(got) if got.body.strip() else None
        if isinstance(found, Trouble):
            return found.detail
        if found and found.items and _is_of_comments(found):
            return f"{url} holds what others answer there"
        return found if found and found.items else f"{url} is empty"

    def sitemap(self, url: str) -> Sitemap | None:
        """Yield the sitemap at an address, if there is one with addresses."""
        got = self.answer(url)
        found = self.reader.sitemap(got) if got else None
        return found if isinstance(found, Sitemap) and (found.items or found.parts) else None


def discover(url: str, *, client: collect.Client, reader: Reader) -> Discovery | Trouble:
    """Look at an address and choose what it offers.

    The feed that it is, that it names (link elements, Link headers), that its platform documents, or that stands in
    a common place and names the same; else the list on it; else the site's sitemap; else the page itself.
    """
    asking = _Asking(client=client, reader=reader)
    for account in collect.channels(url):
        if (feed := asking.feed(account)) is not None:
            return _of_feed(account, feed, (), "this is the open feed of that account")
    capture = collect.capture(url, client=client)
    if isinstance(capture, Trouble):
        return capture
    absent = _absence.of_answer(capture, url=url)
    if absent and absent.kind == "login-wall":
        return _not_there(url, absent)
    if capture.status != 200:
        detail = f"{url}: the site answers {capture.status}; check the address in a browser"
        return Trouble(room="collect", kind="refused", detail=detail, passing=capture.status >= 500)
    if looks_like_sitemap(capture):
        found = reader.sitemap(capture)
        return found if isinstance(found, Trouble) else _of_sitemap(url, found, (), "the address is a sitemap")
    if looks_like_feed(capture):
        feed_or_trouble = reader.feed(capture)
        if isinstance(feed_or_trouble, Trouble):
            return feed_or_trouble
        return _of_feed(url, feed_or_trouble, (), "the address is a feed")
    return _of_page(url, capture, asking)


def looks_like_feed(capture: Capture) -> bool:
    """Tell whether an answer is a feed, by its media type and its first bytes."""
    start = capture.body[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = any(word in (capture.media_type or "") for word in FEED_TYPES) and "xhtml" not in (capture.media_type or "")
    shaped = start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"{"))
    return shaped and (named or any(tag in start for tag in (b"<rss", b"<feed", b"<rdf", b"jsonfeed")))


def looks_like_sitemap(capture: Capture) -> bool:
    """Tell whether an answer is a sitemap, by its first bytes; a packed one by its name."""
    start = capture.body[:2000].lower()
    packed = start.startswith(b"\x1f\x8b") and ".xml" in capture.final_url
    return packed or b"<urlset" in start or b"<sitemapindex" in start


def _of_page(url: str, capture: Capture, asking: _Asking) -> Discovery | Trouble:
    listing = asking.reader.listing(capture)
    if isinstance(listing, Trouble):
        return _of_single(url, capture, listing.detail, asking.reader)  # a PDF, say
    named = _offers.by_promise((*listing.feeds, *_offers.linked(capture)))
    wrong = []
    for address in named[:NAMED_FEEDS]:
        feed = asking.named_feed(address)
        if not isinstance(feed, str):
            return _of_feed(address, feed, _without(address, named), "the page names this feed")
        wrong.append(feed)
    found = _unnamed(url, capture, listing, asking)
    return _with_flaws(found, wrong) if wrong else found


def _with_flaws(found: Discovery | Trouble, wrong: list[str]) -> Discovery | Trouble:
    """Add what is wrong with the feeds that the page names: their owner may not know, or the person can mend it."""
    said = f"a feed that the page names can't be used ({'; '.join(wrong)})"
    if isinstance(found, Trouble):
        return replace(found, detail=f"{found.detail}; {said}")
    return replace(found, explanation=f"{found.explanation}; {said}")


def _not_there(url: str, absent: _absence.Absence) -> Trouble:
    detail = f"{url}: {absent.what}; give an address where everybody sees what is published"
    return Trouble(room="collect", kind=absent.kind, detail=detail, passing=False)


def _unnamed(url: str, capture: Capture, listing: Listing, asking: _Asking) -> Discovery | Trouble:
    """Look where nothing points: a feed in a common place counts where it names what the page lists."""
    document = asking.reader.document(capture, Hints())
    absent = _absence.of_page(capture, document if isinstance(document, Document) else None)
    # A list may stand beside the form of a login and hold next to no text.
    if absent and (absent.kind != "login-wall" or not listing.items):
        return _not_there(url, absent)
    others: list[str] = []
    for address in _offers.feed_places(capture.final_url):
        if (feed := asking.feed(address)) is None:
            continue
        if _is_of(listing, feed):
            return _of_feed(address, feed, (), "no feed is named here, but one stands where feeds usually do")
        others.append(address)
    robots = asking.answer(urls.absolute(capture.final_url, "/robots.txt") or "")
    places = _offers.sitemap_places(capture.final_url, robots.body.decode("utf-8", "replace") if robots else "")
    if listing.items:
        return _of_listing(url, capture, listing, (*others, *(places if robots else ())))
    for address in places:
        if (found := asking.sitemap(address)) is not None:
            left = (*others, *_without(address, places if robots else ()))
            return _of_sitemap(address, found, left, "no usable feed and no list, but the site has a map")
    single = _of_document(url, document, listing.explanation)
    return single if isinstance(single, Trouble) else replace(single, others=tuple(others))


def _is_of_comments(feed: Feed) -> bool:
    """Tell whether all entries of a feed answer others: then it holds what readers say, not the site."""
    return all(entry.in_reply_to for entry in feed.items)


def _is_of(listing: Listing, feed: Feed) -> bool:
    """Tell whether a feed names anything that the page lists; without a list there is nothing against it."""
    listed = {urls.identity(entry.url) for entry in listing.items}
    return not listed or any(urls.identity(entry.link) in listed for entry in feed.items if entry.link)


def _without(address: str, all_of: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in all_of if one != address)


def _of_feed(url: str, feed: Feed, others: tuple[str, ...], why: str) -> Discovery:
    titles = tuple(
        entry.title or (entry.summary or entry.content or "")[:100] or entry.link or "(without title)"
        for entry in feed.items[:SHOWN]
    )
    count = f"{len(feed.items)} {'entry' if len(feed.items) == 1 else 'entries'}"
    explanation = f"{why}, with {count}" if feed.items else f"{why}, but it is empty: nothing would come"
    hub = f"; it announces what is new through {feed.hub}" if feed.hub else ""
    return Discovery(
        url=url, kind="feed", name=feed.title or urls.host(url), titles=titles, entries=len(feed.items),
        explanation=explanation + hub, others=others,
    )  # fmt: skip


def _of_listing(url: str, capture: Capture, listing: Listing, others: tuple[str, ...]) -> Discovery:
    titles = tuple(entry.title or entry.url for entry in listing.items[:SHOWN])
    return Discovery(
        url=url, kind="listing", name=urls.host(capture.final_url), titles=titles, entries=len(listing.items),
        explanation=f"no usable feed here; {listing.explanation}", others=others,
    )  # fmt: skip


def _of_sitemap(url: str, sitemap: Sitemap, others: tuple[str, ...], why: str) -> Discovery:
    named = sitemap.items or sitemap.parts
    titles = tuple(entry.title or entry.url for entry in named[:SHOWN])
    what = ("address", "addresses") if sitemap.items else ("further map", "further maps")
    count = f"{len(named)} {what[len(named) != 1]}"
    return Discovery(
        url=url, kind="sitemap", name=urls.host(url), titles=titles, entries=len(named),
        explanation=f"{why}, with {count}; only what changed in the last weeks is visited", others=others,
    )  # fmt: skip


def _of_single(url: str, capture: Capture, why: str, reader: Reader) -> Discovery | Trouble:
    return _of_document(url, reader.document(capture, Hints()), why)


def _of_document(url: str, document: Document | Trouble, why: str) -> Discovery | Trouble:
    if isinstance(document, Trouble):
        return document
    return Discovery(
        url=url, kind="page", name=document.publisher or urls.host(url), titles=(document.title or url,), entries=1,
        explanation=f"no usable feed and no list ({why}); the page itself is watched for changes", others=(),
    )  # fmt: skip
