"""Feeds: Atom (RFC 4287), RSS 2.0 with the RSS board's advice, JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from communique import __version__
from communique.kit.text import printable
from communique.records import Dispatch
from communique.wire import _links, _view, _words
from communique.wire._press import KEPT_LINES, Page, Press

ATOM = "http://www.w3.org/2005/Atom"
_ATOM_DEFAULT: Any = {None: ATOM}  # lxml takes None for the default namespace; its stubs do not know
NEWEST = 50  # entries in a feed
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dispatch as all three feeds give it."""

    id: int
    url: str
    title: str
    text: str
    html: str
    language: str
    published: datetime | None  # where only the day is known: its midnight, since feeds know instants alone
    updated: datetime  # on this wire: see `updated`
    is_changed: bool
    sources: tuple[tuple[str, str | None], ...]  # (address, language)
    authors: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One feed: what it is called, and what it holds."""

    path: str  # of the folder that it lies in, relative to the wire's root; "": the whole wire
    title: str
    language: str  # of the entries, where all have one; else the wire's
    entries: tuple[Entry, ...]


def updated(dispatch: Dispatch, began: datetime) -> datetime:
    """Yield when a dispatch last changed on this wire, for formats that demand an instant.

    Its latest correction, else its release here, else its publication. One that has none of them was taken over
    from a wire without a clock: it gets the day that this wire began, and as many seconds as its number, which
    keeps the order and says nothing of the original's day.
    """
    if dispatch.corrections:
        return max(change.at for change in dispatch.corrections).astimezone(UTC)
    known = dispatch.released or dispatch.published
    return known.astimezone(UTC) if known else _beginning(began, dispatch.id)


def _beginning(began: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(began.timestamp() + seconds, tz=UTC)


def _once(press: Press, dispatch: Dispatch) -> Entry:
    """Yield a dispatch as an entry, made once for all feeds that it stands in."""
    made: Entry | None = press.entries.get(dispatch.id)
    if made is None:
        if len(press.entries) >= KEPT_LINES:
            press.entries.clear()
        made = press.entries[dispatch.id] = entry(press, dispatch)
    return made


def entry(press: Press, dispatch: Dispatch) -> Entry:
    """Yield a dispatch as an entry."""
    edition, words = press.edition, press.words
    shown = _view.is_shown(dispatch)
    found = (
        tuple(
            (url, one.language and _words.tag(one.language))
            for one in dispatch.sources
            if (url := _links.outside(one.url))
        )
        if shown
        else ()
    )
    return Entry(
        id=dispatch.id,
        url=press.base + _links.dispatch(edition, dispatch.id),
        title=_view.title(dispatch, words),
        text=_view.said(dispatch, words),
        html=_content(press, dispatch),
        language=_words.tag(dispatch.language) if shown else words.language,
        published=dispatch.published.astimezone(UTC) if dispatch.published else None,
        updated=updated(dispatch, edition.settings.began),
        is_changed=bool(dispatch.corrections),
        sources=found,
        authors=tuple(_view.actor_link(edition, words, one).text for one in dispatch.actors) if shown else (),
        tags=tuple(dict.fromkeys(printable(event.type) for event in dispatch.events)) if shown else (),
    )


def _content(press: Press, dispatch: Dispatch) -> str:
    """Yield the entry's HTML: the sentence, a correction, the sources."""
    words = press.words
    parts = [Markup("<p>{}</p>").format(_view.said(dispatch, words))]
    if (change := _view.latest(dispatch)) is not None:
        told = f"{words(f'op_{change.operation}')} {words.day(words.local(change.at).date())}"
        reason = printable(change.reason)
        parts.append(Markup("<p><strong>{}</strong>{}</p>").format(told, f": {reason}" if reason else ""))
    if dispatch.sources and _view.is_shown(dispatch):
        named = [_source(press, one) for one in dispatch.sources]
        parts.append(Markup("<p>{}: {}</p>").format(words("sources"), Markup(", ").join(named)))
    return str(Markup("\n").join(parts))


def _source(press: Press, source: Any) -> Markup:
    name = _view.source_name(press.edition, press.words, source)
    tag = f" ({_words.tag(source.language)})" if source.language else ""
    url = _links.outside(source.url)
    return Markup('<a href="{}">{}</a>{}').format(url, name, tag) if url else escape(name + tag)


def feeds(press: Press, path: str, name: str, dispatches: tuple[Dispatch, ...]) -> Iterator[Page]:
    """Yield the three feeds of a list whose page lies at `path`."""
    settings = press.edition.settings
    entries = tuple(_once(press, one) for one in dispatches)
    tongues = {one.language for one in entries}
    wire = printable(settings.name)
    channel = Channel(
        path=path,
        title=press.words("feed_of", title=name, wire=wire) if name else wire,
        language=tongues.pop() if len(tongues) == 1 else settings.language,
        entries=entries,
    )
    yield Page(path=f"{path}feed.atom", body=_atom(press, channel))
    yield Page(path=f"{path}feed.rss", body=_rss(press, channel))
    yield Page(path=f"{path}feed.json", body=_json(press, channel))


def _changed(press: Press, channel: Channel) -> datetime:
    return max((one.updated for one in channel.entries), default=press.edition.settings.began.astimezone(UTC))


def _about(press: Press) -> str:
    return printable(press.edition.settings.description) or press.words("what_is")


def _atom(press: Press, channel: Channel) -> bytes:
    feed = etree.Element(f"{{{ATOM}}}feed", {_XML_LANG: channel.language}, nsmap=_ATOM_DEFAULT)
    add = partial(_added, feed, ATOM)
    here = press.base + channel.path
    add("id", here)
    add("title", channel.title)
    add("subtitle", _about(press))
    add("updated", _rfc3339(max(map(_apart, channel.entries), default=_changed(press, channel))))
    add("link", rel="self", type="application/atom+xml", href=f"{here}feed.atom")
    add("link", rel="alternate", type="text/html", href=here)
    author = add("author")
    _added(author, ATOM, "name", printable(press.edition.settings.name))
    _added(author, ATOM, "uri", press.base)
    if press.edition.settings.licence:
        add("rights", printable(press.edition.settings.licence))
    add("generator", "Communiqué", version=__version__)
    for one in channel.entries:
        _atom_entry(add("entry"), one, press)
    return _xml(feed)


def _apart(one: Entry) -> datetime:
    """Yield when the entry changed, and as many microseconds later as its number says.

    Entries of one feed should not share an instant (RFC 4287, section 4.2.15 and the validators), and an import or a
    correction of many dispatches is one act: it gives all of them the same, to the microsecond.
    """
    return one.updated + timedelta(microseconds=one.id % 1_000_000)


def _atom_entry(element: Any, one: Entry, press: Press) -> None:
    add = partial(_added, element, ATOM)
    if one.language != press.words.language:
        element.set(_XML_LANG, one.language)
    add("id", one.url)
    add("title", one.title)
    add("link", rel="alternate", type="text/html", href=one.url)
    for url, language in one.sources:
        add("link", rel="via", href=url, **({"hreflang": language} if language else {}))
    add("updated", _rfc3339(_apart(one)))
    if one.published:
        add("published", _rfc3339(one.published))
    for name in one.authors:
        _added(add("author"), ATOM, "name", name)
    for tag in one.tags:
        add("category", term=tag)
    add("content", one.html, type="html")


def _rss(press: Press, channel: Channel) -> bytes:
    rss = etree.Element("rss", version="2.0", nsmap={"atom": ATOM, "dc": "http://purl.org/dc/elements/1.1/"})
    add = partial(_added, _added(rss, "", "channel"), "")
    here = press.base + channel.path
    add("title", channel.title)
    add("link", here)
    add("description", _about(press))
    add("language", channel.language)
    add(f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=f"{here}feed.rss")
    add("lastBuildDate", _rfc822(_changed(press, channel)))
    add("generator", f"Communiqué {__version__}")
    add("docs", "https://www.rssboard.org/rss-specification")
    for one in channel.entries:
        _rss_entry(add("item"), one)
    return _xml(rss)


def _rss_entry(element: Any, one: Entry) -> None:
    add = partial(_added, element, "")
    add("title", one.title)
    add("link", one.url)
    add("description", one.html)
    add("guid", one.url, isPermaLink="true")
    for name in one.authors:
        add("{http://purl.org/dc/elements/1.1/}creator", name)
    for tag in one.tags:
        add("category", tag)
    if one.published:
        add("pubDate", _rfc822(one.published))


def _json(press: Press, channel: Channel) -> bytes:
    settings = press.edition.settings
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": press.base + channel.path,
        "feed_url": f"{press.base}{channel.path}feed.json",
        "description": _about(press),
        "language": channel.language,
        "authors": [{"name": printable(settings.name), "url": press.base}],
        "items": [_json_entry(one) for one in channel.entries],
    }
    return as_json(feed)


def _json_entry(one: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": one.url,
        "url": one.url,
        "title": one.title,
        "content_text": one.text,
        "content_html": one.html,
        "language": one.language,
        "_communique": {"id": str(one.id)},
    }
    if one.sources:
        made["external_url"] = one.sources[0][0]
    if one.published:
        made["date_published"] = _rfc3339(one.published)
    if one.is_changed:
        made["date_modified"] = _rfc3339(one.updated)
    if one.authors:
        made["authors"] = [{"name": name} for name in one.authors]
    return made | ({"tags": list(one.tags)} if one.tags else {})


def as_json(value: Any) -> bytes:
    """Yield JSON for a file: one form for one value, and never taken for markup by a guessing browser."""
    text = printable(json.dumps(value, ensure_ascii=False))
    return (text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n").encode()


def _added(parent: Any, namespace: str, tag: str, text: str | None = None, **attributes: str) -> Any:
    name = f"{{{namespace}}}{tag}" if namespace and not tag.startswith("{") else tag
    element = etree.SubElement(parent, name, {key: printable(value) for key, value in attributes.items()})
    element.text = printable(text) if text is not None else None
    return element


def _xml(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
