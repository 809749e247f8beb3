"""What an answer names: the addresses in a feed, a list or a sitemap, as the ledger takes them."""

from __future__ import annotations

from communique.flow import _notes, _sitemaps
from communique.flow._visit import Visit
from communique.flow.ledger import DueSource, Found
from communique.kit import urls
from communique.records import Feed, Listing, Sitemap


def found(visit: Visit) -> list[Found]:
    """Yield what a visit's answer names; the source's own address, which broken links resolve to, is no statement."""
    own = urls.identity(visit.due.source.url)
    return [one for one in _named(visit) if urls.absolute(one.url, "") and urls.identity(one.url) != own]


def _named(visit: Visit) -> list[Found]:
    made = visit.made
    if isinstance(made, Feed):
        return _of_feed(made, visit.due.source.url)
    if isinstance(made, Sitemap):
        is_first = isinstance(visit.due, DueSource) and visit.due.is_first
        return _sitemaps.found(made, is_first=is_first, now=visit.at)
    if isinstance(made, Listing):
        return [
            Found(url=entry.url, title=entry.title, listing_date=entry.date, pinned=entry.pinned)
            for entry in made.items
        ]
    return []


def _of_feed(feed: Feed, feed_url: str) -> list[Found]:
    """Yield the pages behind a feed's links, due; and its notes, which the feed holds already."""
    notes = {
        at: Found(url=at, title=entry.title, feed_date=entry.published or entry.updated, is_due=False)
        for at, entry in _notes.notes(feed, feed_url)
    }
    behind = [
        Found(url=entry.link, title=entry.title, feed_date=entry.published or entry.updated)
        for entry in feed.items
        if entry.link and entry.link not in notes
    ]
    return [*notes.values(), *behind]
