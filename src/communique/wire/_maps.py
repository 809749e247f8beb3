"""For machines that look for pages: sitemaps, the news sitemap, robots.txt, OpenSearch.

Each sitemap is a `urlset` (sitemaps.org 0.9). `sitemap.xml` holds the lists and the newest dispatches; all dispatches
stand in `sitemap-1.xml`, `sitemap-2.xml`, …, counted from the oldest so that full ones stay as they are. robots.txt
names them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta
from xml.sax.saxutils import escape

from communique.kit.text import printable
from communique.records import Dispatch
from communique.wire import _feeds, _links, _view, _words
from communique.wire._edition import KINDS, Section
from communique.wire._press import Page, Press

PART = 500  # dispatches in one numbered sitemap: a publication rewrites one of them
SECTIONS = 40_000  # addresses of lists in sitemap.xml at most; the format allows 50,000 in all
NEWS = timedelta(days=2)  # what a news sitemap may hold (Google's rule)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_NAMESPACE = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_FIXED = ("", "about/", "corrections/", "log/", *(f"{kind}/" for kind in KINDS))
SHORT_CHARACTERS = 16


def parts(press: Press) -> int:
    """Yield how many numbered sitemaps there are."""
    return (press.edition.last_id() + PART - 1) // PART


def names(press: Press) -> tuple[str, ...]:
    """Yield the files that machines ask for by their names, and no page leads to."""
    numbered = (f"sitemap-{number}.xml" for number in range(1, parts(press) + 1))
    return ("404.html", "robots.txt", "sitemap.xml", "sitemap-news.xml", *numbered)


def part_of(id_: int) -> int:
    """Yield the number of the sitemap that a dispatch stands in."""
    return (id_ - 1) // PART + 1


def part(press: Press, number: int) -> Page:
    """One numbered sitemap."""
    found = press.edition.dispatches((number - 1) * PART + 1, number * PART)
    return Page(path=f"sitemap-{number}.xml", body=_urlset(_of_dispatches(press, found)))


def fresh(press: Press) -> Iterator[Page]:
    """Yield what every edition changes: sitemap.xml, the news sitemap, robots.txt."""
    edition = press.edition
    lists = (_links.section(Section(kind, key)) for kind in KINDS for key in edition.sections(kind))
    shown = [path for path, _ in zip(lists, range(SECTIONS), strict=False)]
    newest = edition.dispatches(edition.last_id() - _links.PAGE + 1, edition.last_id())
    urls = [_url(press.base + path) for path in (*_FIXED, *shown)]
    yield Page(path="sitemap.xml", body=_urlset([*urls, *_of_dispatches(press, newest)]))
    yield _news(press)
    lines = [f"Sitemap: {press.base}{name}" for name in ("sitemap.xml", "sitemap-news.xml")]
    lines += [f"Sitemap: {press.base}sitemap-{number}.xml" for number in range(1, parts(press) + 1)]
    rules = ["User-agent: *", "Disallow: /desk/", "Disallow: /search/?", ""]
    yield Page(path="robots.txt", body=("\n".join(rules + lines) + "\n").encode())


def opensearch(press: Press) -> Page:
    """How a browser searches this wire (OpenSearch 1.1)."""
    name = printable(press.edition.settings.name)
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(_short(name))}</ShortName>\n"
        f"<LongName>{escape(name[:48])}</LongName>\n"
        f"<Description>{escape(press.words('what_is'))}</Description>\n"
        f'<Url type="text/html" template="{escape(press.base)}search/?q={{searchTerms}}"/>\n'
        f"<Language>{escape(press.words.language)}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    )
    return Page(path="opensearch.xml", body=body.encode())


def _short(name: str) -> str:
    """Yield a name of 16 characters at most, which is what the format allows; whole words where there are several."""
    if len(name) <= SHORT_CHARACTERS:
        return name
    return name[: SHORT_CHARACTERS + 1].rpartition(" ")[0] or name[:SHORT_CHARACTERS]


def _of_dispatches(press: Press, dispatches: Iterable[Dispatch]) -> Iterator[str]:
    began = press.edition.settings.began
    for one in dispatches:
        if not _view.is_shown(one):
            continue
        known = bool(one.corrections or one.released or one.published)
        day = _feeds.updated(one, began).astimezone(UTC).isoformat(timespec="seconds") if known else None
        yield _url(press.base + _links.dispatch(press.edition, one.id), day)


def _news(press: Press) -> Page:
    edition = press.edition
    recent = edition.published_since(edition.at - NEWS, 1000)
    urls = [_news_url(press, one) for one in recent if one.stage == "published"]
    # The format demands one address at least; the front page, without news of its own, stands for none.
    return Page(path="sitemap-news.xml", body=_urlset(urls or [_url(press.base)], _NEWS_NAMESPACE))


def _news_url(press: Press, dispatch: Dispatch) -> str:
    name = escape(printable(press.edition.settings.name))
    news = (
        f"<news:news><news:publication><news:name>{name}</news:name>"
        f"<news:language>{_words.tag(dispatch.language).split('-')[0]}</news:language></news:publication>"
        f"<news:publication_date>{_view.written(dispatch)}</news:publication_date>"
        f"<news:title>{escape(_view.title(dispatch, press.words))}</news:title></news:news>"
    )
    return _url(press.base + _links.dispatch(press.edition, dispatch.id), more=news)


def _url(address: str, day: str | None = None, more: str = "") -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{changed}{more}</url>"


def _urlset(urls: Iterable[str], namespaces: str = "") -> bytes:
    return "\n".join([f"{_HEAD}{namespaces}>", *urls, "</urlset>", ""]).encode()
