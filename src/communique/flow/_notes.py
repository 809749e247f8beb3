"""Entries of a feed that are the statement themselves: nothing stands behind them, and the feed is their evidence.

A microblog's entries have no title (RSS 2.0 and JSON Feed say so of them), a film's page holds a player where the feed
holds what is said about it, and some entries have no link at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import quote

from communique.collect import is_film_feed
from communique.kit import digest, urls
from communique.records import Capture, Feed, FeedEntry, Trouble

NOTES = 100  # of one feed at one visit; the newest stand first
_ROUTE = "#/entry/"  # behind the feed's address: leads a person to the feed, and names one entry of it
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_IS_CUT = re.compile(r"(?:\.\.\.|…|\[(?:…|\.\.\.|&#8230;|&hellip;)\])\W{0,3}(?:\w+\W+){0,4}$")


def notes(feed: Feed, feed_url: str) -> Iterator[tuple[str, FeedEntry]]:
    """Yield the entries that are statements themselves, each with the address that it is known under."""
    is_of_films = is_film_feed(feed_url)
    found = [entry for entry in feed.items if _is_note(entry, is_of_films=is_of_films)]
    for entry in found[:NOTES]:
        yield address(entry, feed_url), entry


def _is_note(entry: FeedEntry, *, is_of_films: bool) -> bool:
    said = entry.content or entry.summary
    if said is None:
        return False
    return not _link(entry) or is_of_films or (entry.title is None and not _IS_CUT.search(said[-80:]))


def _link(entry: FeedEntry) -> str | None:
    return urls.absolute(entry.link, "") if entry.link else None


def address(entry: FeedEntry, feed_url: str) -> str:
    """Yield the link of an entry, or, without one, an address of its own: the feed's with the entry's id or digest."""
    if (link := _link(entry)) is not None:
        return link
    said = (entry.title, entry.content or entry.summary, entry.published)
    name = entry.id or digest.sha256_of_text("\n".join(part or "" for part in said))
    return f"{feed_url.partition('#')[0]}{_ROUTE}{quote(name, safe='')}"


def page(entry: FeedEntry, at: str, feed: Capture) -> Capture:
    """Yield an entry as the page that it would be; its digest stays that of the feed, which is the evidence."""
    said = entry.content or entry.summary or ""
    if not _MARKUP.search(said):
        said = "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", said))
    title = escape(entry.title) if entry.title else ""
    head = f"<title>{title}</title>" if title else ""
    heading = f"<h1>{title}</h1>" if title else ""
    body = f"<!doctype html><html><head>{head}</head><body><main><article>{heading}{said}"
    return replace(
        feed, url=at, final_url=at, media_type="text/html", charset="utf-8", headers=(),
        body=f"{body}</article></main></body></html>".encode("utf-8", "replace"),
    )  # fmt: skip


def of_kept(feed: Feed | Trouble, at: str, kept: Capture, *, feed_url: str) -> Capture | Trouble:
    """Yield the page of the note at an address out of a kept feed."""
    if isinstance(feed, Trouble):
        return feed
    found = next((page(entry, known, kept) for known, entry in notes(feed, feed_url) if known == at), None)
    detail = f"{at} is not among the entries of {kept.url} any more as they are read now; the document stays as it was"
    return found or Trouble(room="read", kind="no-such-entry", detail=detail, passing=False)
