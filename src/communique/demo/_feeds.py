"""A site's feed in one of three forms: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1."""

from __future__ import annotations

import email.utils
import json
from dataclasses import dataclass
from datetime import datetime

from markupsafe import escape

from communique.testing.web import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement as a feed tells it."""

    url: str
    title: str
    teaser: str
    html: str
    at: datetime  # aware
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself."""

    url: str  # of the feed
    home: str
    title: str
    tagline: str
    language: str


def rss(channel: Channel, entries: tuple[Entry, ...]) -> Answer:
    """Yield the feed as RSS 2.0, with teasers only."""
    told = "".join(
        f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>"
        f'<guid isPermaLink="true">{escape(entry.url)}</guid><description>{escape(entry.teaser)}</description>'
        f"<pubDate>{email.utils.format_datetime(entry.at)}</pubDate></item>\n"
        for entry in entries
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{escape(channel.title)}</title><link>{escape(channel.home)}</link>"
        f"<description>{escape(channel.tagline)}</description><language>{channel.language}</language>"
        f'<atom:link rel="self" type="application/rss+xml" href="{escape(channel.url)}"/><ttl>60</ttl>\n'
        f"{told}</channel></rss>\n"
    )
    return _answer(body, "application/rss+xml; charset=utf-8", entries)


def atom(channel: Channel, entries: tuple[Entry, ...]) -> Answer:
    """Yield the feed as Atom, with the whole text."""
    told = "".join(
        f'<entry xml:lang="{entry.language}"><title>{escape(entry.title)}</title><id>{escape(entry.url)}</id>'
        f'<link rel="alternate" href="{escape(entry.url)}"/><published>{entry.at.isoformat()}</published>'
        f"<updated>{entry.at.isoformat()}</updated><summary>{escape(entry.teaser)}</summary>"
        f'<content type="html">{escape(entry.html)}</content></entry>\n'
        for entry in entries
    )
    newest = entries[0].at.isoformat() if entries else "1970-01-01T00:00:00+00:00"
    body = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{channel.language}">\n<title>{escape(channel.title)}</title><id>{escape(channel.url)}</id>'
        f'<subtitle>{escape(channel.tagline)}</subtitle><link rel="self" href="{escape(channel.url)}"/>'
        f'<link rel="alternate" href="{escape(channel.home)}"/><updated>{newest}</updated>'
        f"<author><name>{escape(channel.title)}</name></author>\n{told}</feed>\n"
    )
    return _answer(body, "application/atom+xml; charset=utf-8", entries)


def json_feed(channel: Channel, entries: tuple[Entry, ...]) -> Answer:
    """Yield the feed as JSON Feed 1.1, with the whole text."""
    told = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.teaser,
            "content_html": entry.html,
            "date_published": entry.at.isoformat(),
            "language": entry.language,
        }
        for entry in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.tagline,
        "home_page_url": channel.home,
        "feed_url": channel.url,
        "language": channel.language,
        "authors": [{"name": channel.title}],
        "items": told,
    }
    return _answer(json.dumps(feed, ensure_ascii=False, indent=1), "application/feed+json", entries)


def _answer(body: str, media_type: str, entries: tuple[Entry, ...]) -> Answer:
    return Answer(body=body.encode(), media_type=media_type, modified=entries[0].at if entries else None)
