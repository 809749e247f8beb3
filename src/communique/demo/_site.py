"""One organisation's site: its statements, its list, its feed, and the pages around them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from markupsafe import escape

from communique.demo import _calendar, _feeds, _layout, _markup, _oddities, _pdf, _script
from communique.demo._publication import Publication, host
from communique.demo._script import Script
from communique.testing.web import Answer, Page, Request, Site

Address = Callable[[str], str]
FEED_PATHS = {"rss": "/feed.xml", "atom": "/atom.xml", "json": "/feed.json"}
_FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
_FEEDS = {"rss": _feeds.rss, "atom": _feeds.atom, "json": _feeds.json_feed}
LATEST = 3  # statements on the front page, and among the related ones
RIGHT_TO_LEFT = ("ar",)


def site(script: Script, told: tuple[Publication, ...], address: Address, *, now: datetime, port: int) -> Site:
    """Yield the site with all its pages. `told` are this organisation's statements, newest first."""
    words = _words(script, now)
    pages: dict[str, Page] = {
        "/robots.txt": Answer(body=script.robots.encode(), media_type="text/plain; charset=utf-8"),
        "/style.css": Answer(body=_layout.layout(script.layout).style.encode(), media_type="text/css; charset=utf-8"),
        **_around(script, words),
        **_lists(script, told, words),
        **{one.path: _statement(one, told, words, address) for one in told},
    }
    if script.outlet in FEED_PATHS:
        pages[FEED_PATHS[script.outlet]] = _feed(script, told, address, port)
    return _oddities.changed(script, Site(host=host(script), pages=pages))


def _words(script: Script, now: datetime) -> Mapping[str, str]:
    """Yield what all pages of a site have in common, as HTML."""
    said = {name: str(escape(text)) for name, text in _script.labels()[script.language].items()}
    menu = (("/", "home"), (script.list_path, "news"), ("/about/", "about"), ("/contact/", "contact"))
    return {
        **said,
        "related_word": said["related"],
        "lang": script.language,
        "dir": "rtl" if script.language in RIGHT_TO_LEFT else "ltr",
        "site": str(escape(script.name)),
        "tagline": str(escape(script.tagline)),
        "host": host(script),
        "list": script.list_path,
        "menu": "".join(f'<li><a href="{path}">{said[word]}</a></li>' for path, word in menu),
        "feed": _feed_link(script),
        "year": str(now.year),
        "clock": "",
    }


def _feed_link(script: Script) -> str:
    if script.outlet not in FEED_PATHS:
        return ""
    kind, path = _FEED_TYPES[script.outlet], FEED_PATHS[script.outlet]
    return f'<link rel="alternate" type="{kind}" title="{escape(script.name)}" href="{path}">'


def _html(text: str) -> Answer:
    return Answer(body=text.encode())


def _around(script: Script, words: Mapping[str, str]) -> dict[str, Page]:
    """Yield the pages that hold no statement."""
    style = _layout.layout(script.layout)
    texts = {
        "/about/": ("about", script.about),
        "/contact/": ("contact", f"{script.name}, press@{host(script)}"),
        "/privacy/": ("privacy", words["cookie"]),
        "/search": ("search", "…"),
    }
    return {
        path: _html(_layout.bare_page(style, {**words, "title": words[word]}, html=f"<p>{escape(text)}</p>"))
        for path, (word, text) in texts.items()
    }


def _lists(script: Script, told: tuple[Publication, ...], words: Mapping[str, str]) -> dict[str, Page]:
    """Yield the front page and the list, in as many pages as it needs."""
    style = _layout.layout(script.layout)
    rows = [_row(one) for one in told]
    front = {**words, "title": words["site"]}
    made: dict[str, Page] = {"/": _html(_layout.list_page(style, front, rows=rows[:LATEST], next_href=None))}
    for start in range(0, max(len(rows), 1), script.per_page):
        number = start // script.per_page + 1
        older = _list_path(script, number + 1) if start + script.per_page < len(rows) else None
        shown = rows[start : start + script.per_page]
        page = _layout.list_page(style, {**words, "title": words["news"]}, rows=shown, next_href=older)
        made[_list_path(script, number)] = _html(page)
    return made


def _list_path(script: Script, number: int) -> str:
    if number == 1:
        return script.list_path
    return f"{script.list_path}{'&' if '?' in script.list_path else '?'}page={number}"


def _row(one: Publication) -> Mapping[str, str]:
    return {
        "href": one.path,
        "title": str(escape(one.title)),
        "teaser": str(escape(_markup.teaser(one.text))),
        **_when(one),
    }


def _when(one: Publication) -> Mapping[str, str]:
    form, digits = one.script.date_form, one.script.digits
    return {
        "date": _calendar.written(one.day, language=one.script.language, form=form, digits=digits),
        "iso": one.at.isoformat(),
        "day_iso": one.day.isoformat(),
    }


def _statement(one: Publication, told: tuple[Publication, ...], words: Mapping[str, str], address: Address) -> Page:
    if one.piece.form == "pdf":
        body = _pdf.pdf(title=one.title, text=_markup.plain(one.text), author=one.script.name, at=one.at)
        return Answer(body=body, media_type="application/pdf", modified=one.at)
    others = [other for other in told if other is not one][:LATEST]
    values = {
        **words,
        **_row(one),
        "url": one.url,
        "body": _markup.html(one.text, address),
        "json_ld": _json_ld(one),
        "related": "".join(f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in others),
    }
    if one.piece.language != one.script.language:
        values["body"] = f'<div lang="{one.piece.language}">{values["body"]}</div>'

    def page(clock: str) -> Answer:
        return _html(_layout.layout(one.script.layout).page.substitute({**values, "clock": clock}))

    if one.piece.feature == "clock":
        return lambda request: page(_clock(request, words["time_here"]))
    return _oddities.statement(one, page(""))


def _clock(request: Request, label: str) -> str:
    """Yield a box that is another at every visit."""
    visitors = 40_000 + int(request.at.timestamp() * 1000) % 10_000
    return f'<div class="clock"><p>{label}: {request.at:%H:%M:%S.%f}</p><p>Visitor no. {visitors}</p></div>'


def _json_ld(one: Publication) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.title,
        "datePublished": one.at.isoformat(),
        "inLanguage": one.piece.language,
        "publisher": {"@type": "Organization", "name": one.script.name},
    }
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _feed(script: Script, told: tuple[Publication, ...], address: Address, port: int) -> Answer:
    home = f"http://{host(script)}:{port}"
    channel = _feeds.Channel(
        url=home + FEED_PATHS[script.outlet],
        home=home + "/",
        title=script.name,
        tagline=script.tagline,
        language=script.language,
    )
    entries = tuple(
        _feeds.Entry(
            url=one.url,
            title=one.title,
            teaser=_markup.teaser(one.text),
            html=_markup.html(one.text, address),
            at=one.at,
            language=one.piece.language,
        )
        for one in told
    )
    return _FEEDS[script.outlet](channel, entries)
