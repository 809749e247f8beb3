"""Where a site may offer what it publishes: places to look at, in the order of their promise. Nothing is asked here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from communique.kit import urls
from communique.records import Capture

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]*))?)*)")
# A name begins where none goes on, and a run of anything is taken whole: strangers write long headers.
_PARAMETER = re.compile(r"(?<![\w*-])([\w*-]++)\s*+=\s*+(?:\"([^\"]*+)\"|([^\s;,\"]*+))")
_ASIDE = re.compile(r"comment|/kommentar|/discuss|replies", re.I)
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)
SITEMAP_LINES = 20  # of a robots.txt; large sites name hundreds

_FEED_PLACES = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss")
_SITEMAP_PLACES = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml")


def linked(capture: Capture) -> tuple[str, ...]:
    """Yield the feeds that an answer names in its Link headers (RFC 8288)."""
    return tuple(url for url, said in _links(capture, "alternate") if said.get("type", "").lower() in FEED_TYPES)


def related(capture: Capture, relation: str) -> str | None:
    """Yield the first address that an answer names in its Link headers as related to it so; None: it names none."""
    return next((url for url, _ in _links(capture, relation)), None)


def _links(capture: Capture, relation: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the addresses of a relation, with what else is said of each."""
    written = ", ".join(value for name, value in capture.headers if name.lower() == "link")
    for target, rest in _LINK.findall(written):
        said = _parameters(rest)
        url = urls.absolute(capture.final_url, target) if relation in said.get("rel", "").lower().split() else None
        if url:
            yield url, said


def _parameters(said: str) -> dict[str, str]:
    return {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(said)}


def by_promise(feeds: tuple[str, ...]) -> tuple[str, ...]:
    """Yield each feed once, those of comments last: a site names its main feed first."""
    return tuple(sorted(dict.fromkeys(feeds), key=lambda url: bool(_ASIDE.search(url))))


def feed_places(url: str) -> tuple[str, ...]:
    """Yield where feeds stand that nothing names: behind the address itself, then at the site's root."""
    parts = urlsplit(url)
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    own = (f"{folder}feed/",) if folder != "/" else ()
    return tuple(dict.fromkeys(f"{parts.scheme}://{parts.netloc}{path}" for path in (*own, *_FEED_PLACES)))


def sitemap_places(url: str, robots: str) -> tuple[str, ...]:
    """Yield the sitemaps that a robots.txt names (those of news first), else where sitemaps stand."""
    named = [urls.absolute(url, one) for one in _SITEMAP_LINE.findall(robots)[:SITEMAP_LINES]]
    known = sorted((one for one in named if one), key=lambda one: "news" not in one.lower())
    parts = urlsplit(url)
    return tuple(dict.fromkeys(known)) or tuple(f"{parts.scheme}://{parts.netloc}{path}" for path in _SITEMAP_PLACES)
