"""HTML of every page: one view for each kind of page, one template for each view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2

from communique.kit.text import paragraphs, printable
from communique.records import Dispatch
from communique.wire import _links, _maps, _series, _view, _words
from communique.wire._edition import Edition, LogState, Section
from communique.wire._press import Page, Press
from communique.wire._view import Group, Line, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every page."""

    path: str  # of the page's folder, relative to the wire's root, with a slash at the end; "": the front page
    file: str = "index.html"
    root: str | None = None  # the way to the wire's root; None: as it is from the path
    title: str  # of the page, without the wire's name
    feeds: str = ""  # path of the folder whose feeds belong to the page
    description: str = ""
    alternates: tuple[Link, ...] = ()  # the same in other languages, and in other formats
    is_indexed: bool = True  # False: search engines are asked not to keep it


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """The front page."""

    motto: str
    pinned: tuple[Line, ...]
    groups: tuple[Group, ...]
    older: str | None
    log_entries: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A numbered page, or the newest of a section."""

    heading: str
    lead: str
    groups: tuple[Group, ...]
    label: str  # "page 37"; "": not a numbered page
    newer: str | None
    older: str | None
    occasions: tuple[Link, ...] = ()  # of a series, the highest number first, each to its first dispatch


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsView:
    """All sections of one kind."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One correction."""

    word: str
    kind: str
    when: str
    iso: str
    reason: str
    before: str | None
    language: str
    direction: str
    link: Link | None  # to the dispatch, where the list is not its own


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """The transparency log."""

    state: LogState | None
    entries: str
    files: tuple[Link, ...]  # of the log itself
    lists: tuple[Link, ...]  # digests of the wire's files
    others: tuple[Link, ...]  # files of the wire that no other page leads to


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """What the wire says of itself."""

    paragraphs: tuple[str, ...]
    contact: Link | None
    licence: Link | None
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search form, and what was found where a live wire answers."""

    action: str
    host: str
    query: str
    groups: tuple[Group, ...] | None  # None: nothing was asked
    found: str
    older: str | None = None  # where the search goes on; None: all was looked through


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("communique.wire", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def printed(press: Press, template: str, frame: Frame, view: object) -> Page:
    """Print a view into its template."""
    settings = press.edition.settings
    body = (
        _templates()
        .get_template(f"{template}.html")
        .render(
            say=press.words,
            frame=frame,
            view=view,
            root=_links.root_from(frame.path) if frame.root is None else frame.root,
            base=press.base,
            wire=printable(settings.name),
            zone=settings.timezone,
        )
    )
    return Page(path=f"{frame.path}{frame.file}", body=printable(body).encode())


def front(press: Press) -> Page:
    """The front page: pins, then the newest; the only list with numbers that grow."""
    edition, words = press.edition, press.words
    newest = edition.newest(_links.PAGE)
    before = newest[-1].id - 1 if newest else 0
    organisations = edition.section_count("org")
    log = edition.log()
    view = FrontView(
        motto=words("motto", organisations) if organisations else words("motto_plain"),
        pinned=tuple(press.counted(one) for one in edition.pinned()),
        groups=press.counted_groups(newest),
        older=_links.numbered("", _links.page_number(before)) if before > 0 else None,
        log_entries=words("log_entries", log.size) if log else None,
    )
    frame = Frame(path="", title="", description=edition.settings.description or words("what_is"))
    return printed(press, "front", frame, view)


def numbered(press: Press, number: int) -> Page:
    """A page of the main list. Where it is full it never changes again but by a logged operation."""
    last = number * _links.PAGE
    is_full = press.edition.last_id() >= last
    label = press.words("page", number=press.words.number(number))
    view = ListView(
        heading=label,
        lead="" if press.edition.last_id() > last - _links.PAGE else press.words("empty_page"),
        groups=press.groups(press.edition.dispatches(last - _links.PAGE + 1, last)),
        label=label,
        newer=_links.numbered("", number + 1) if is_full else "",
        older=_links.numbered("", number - 1) if number > 1 else None,
    )
    return printed(press, "list", Frame(path=_links.numbered("", number), title=label), view)


def section_name(press: Press, section: Section) -> str:
    """Yield a section's name in the wire's language."""
    from communique.wire import _topics

    if section.kind == "org":
        return _view.actor_link(press.edition, press.words, section.key).text
    if section.kind == "country":
        return press.words.country(section.key)
    if section.kind == "topic":
        return _topics.name(section.key, press.words.language)
    if section.kind == "series":
        return _series.name(press.edition, section)
    return press.words.tongue(section.key) if section.kind == "lang" else _view.story_name(press.edition, section.key)


def _lead(press: Press, one: Section) -> str:
    """Yield what a section's own page says beneath its name: a story its size, an organisation its country."""
    if one.kind == "story":
        return press.words("dispatches", press.edition.section_size(one))
    actor = press.edition.actor(one.key) if one.kind == "org" else None
    return press.words.country(actor.country) if actor and actor.country else ""


def section(press: Press, one: Section) -> Page:
    """The newest of a section."""
    edition, size = press.edition, press.edition.section_size(one)
    path, name = _links.section(one), section_name(press, one)
    older = _links.numbered(path, (size - _links.PAGE - 1) // _links.PAGE + 1) if size > _links.PAGE else None
    view = ListView(
        heading=name,
        lead=_lead(press, one),
        groups=_grouped(press, one, edition.section_range(one, size - _links.PAGE + 1, size)),
        label="",
        newer=None,
        older=older,
        occasions=_occasions(press, one) if one.kind == "series" else (),
    )
    return printed(press, "list", Frame(path=path, title=name, feeds=path), view)


def section_numbered(press: Press, one: Section, number: int) -> Page:
    """A numbered page of a section, counted from its oldest dispatch."""
    size, last = press.edition.section_size(one), number * _links.PAGE
    base, name = _links.section(one), section_name(press, one)
    label = press.words("page", number=press.words.number(number))
    view = ListView(
        heading=name,
        lead="" if size > last - _links.PAGE else press.words("empty_page"),
        groups=_grouped(press, one, press.edition.section_range(one, last - _links.PAGE + 1, last)),
        label=label,
        newer=_links.numbered(base, number + 1) if size >= last else base,
        older=_links.numbered(base, number - 1) if number > 1 else None,
    )
    title = press.words("page_of", title=name, number=press.words.number(number))
    return printed(press, "list", Frame(path=_links.numbered(base, number), title=title, feeds=base), view)


def _grouped(press: Press, one: Section, dispatches: Sequence[Dispatch]) -> tuple[Group, ...]:
    """Yield the dispatches of a section by day; those of a series by occasion, the highest number first."""
    return press.by_occasion(dispatches) if one.kind == "series" else press.groups(dispatches)


def _occasions(press: Press, series: Section) -> tuple[Link, ...]:
    known = reversed(press.edition.occasions(series.key))
    return tuple(
        Link(text=press.words.occasion(number), href=_links.dispatch(press.edition, first)) for number, first in known
    )


def sections(press: Press, kind: Any) -> Page:
    """All sections of a kind, by name."""
    named = [(section_name(press, one), one) for one in (Section(kind, key) for key in press.edition.sections(kind))]
    named.sort(key=lambda pair: (pair[0].casefold(), pair[1].key))
    links = tuple(
        Link(text=name, href=_links.section(one), lang=one.key if kind == "lang" else None) for name, one in named
    )
    heading = press.words(f"index_of_{kind}")
    return printed(press, "sections", Frame(path=f"{kind}/", title=heading), SectionsView(heading=heading, links=links))


def change(press: Press, dispatch: Any, correction: Any, *, linked: bool) -> ChangeView:
    """Yield a correction as a list shows it. The old wording of what was withdrawn is not repeated."""
    local = press.words.local(correction.at)
    before = correction.before if _view.is_shown(dispatch) else None
    text = press.words("affects", id=str(dispatch.id))
    return ChangeView(
        word=press.words(f"op_{correction.operation}"),
        kind=correction.operation,
        when=f"{press.words.day(local.date())} {press.words.clock(correction.at)}",
        iso=local.isoformat(timespec="minutes"),
        reason=printable(correction.reason),
        before=printable(before) if before is not None else None,
        language=_words.tag(dispatch.language),
        direction=_words.direction(dispatch.language),
        link=Link(text=text, href=_links.dispatch(press.edition, dispatch.id)) if linked else None,
    )


CORRECTIONS = 200  # on the page of corrections; older ones stand on their dispatches


def corrections(press: Press) -> Page:
    """The latest corrections of all dispatches."""
    view = tuple(change(press, *pair, linked=True) for pair in press.edition.corrected(CORRECTIONS))
    return printed(press, "corrections", Frame(path="corrections/", title=press.words("corrections")), view)


def about(press: Press) -> Page:
    """What the wire says of itself, with its numbers."""
    settings, words = press.edition.settings, press.words
    counts = [words("dispatches", press.edition.last_id()), words("covers", press.edition.section_count("org"))]
    counts.append(words("languages", press.edition.section_count("lang")))
    licence = Link(text=settings.licence, href=_links.outside(settings.licence_url), inside=False)
    view = AboutView(
        paragraphs=paragraphs(settings.about) or (words("what_is"), words("operated_by")),
        contact=_contact(settings.contact) if settings.contact else None,
        licence=licence if settings.licence else None,
        counts=tuple(counts),
    )
    return printed(press, "about", Frame(path="about/", title=words("about")), view)


def _contact(contact: str) -> Link:
    is_mail = "@" in contact and not any(mark in contact for mark in " <>\"'?&:/")
    return Link(text=contact, href=f"mailto:{contact}" if is_mail else _links.outside(contact), inside=False)


def log(press: Press, lists: Iterable[str]) -> Page:
    """The page that links every file of the transparency log, and whatever else no page leads to.

    So a plain recursive copy of the wire has all of it. `lists` are paths within `log/`.
    """
    state = press.edition.log()
    entries = press.words("log_entries", state.size) if state else press.words("log_none")
    view = LogView(
        state=state,
        entries=entries,
        files=tuple(Link(text=path, href=f"log/{path}") for path in (state.files if state else ())),
        lists=tuple(Link(text=path, href=f"log/{quote(path)}") for path in lists),
        others=tuple(Link(text=path, href=path) for path in _maps.names(press)),
    )
    return printed(press, "log", Frame(path="log/", title=press.words("log_heading")), view)


def lost(press: Press) -> Page:
    """What stands for an address that the wire does not have. Shown at any depth, so its links begin at the host."""
    root = urlsplit(press.base).path
    frame = Frame(path="", file="404.html", root=root, title=press.words("lost"), is_indexed=False)
    return printed(press, "lost", frame, None)


def search(press: Press, query: str = "", found: Iterable[Any] | None = None, *, older: str | None = None) -> Page:
    """The search page; `found` is given where a live wire answers."""
    host = urlsplit(press.base).netloc
    dispatches = None if found is None else tuple(found)
    view = SearchView(
        action=f"{press.base}search/",
        host=host,
        query=printable(query),
        groups=None if dispatches is None else press.groups(dispatches),
        found="" if dispatches is None else press.words("search_found", len(dispatches)),
        older=older,
    )
    frame = Frame(path="search/", title=press.words("search"), is_indexed=False)
    return printed(press, "search", frame, view)


def languages(edition: Edition, ids: Iterable[int]) -> tuple[Link, ...]:
    """Yield links to the same dispatch in other languages."""
    found = [one for one in map(edition.dispatch, ids) if one]
    return tuple(
        Link(text=one.language, href=_links.dispatch(edition, one.id), lang=_words.tag(one.language)) for one in found
    )
