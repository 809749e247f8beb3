"""The page of one dispatch: the sentence, who and where, its sources, its changes, its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from communique.kit.text import collapsed, printable
from communique.records import Dispatch, DispatchSource
from communique.wire import _html, _links, _series, _topics, _view, _words
from communique.wire._edition import Section
from communique.wire._press import Page, Press
from communique.wire._view import Line, Link

_Time = TypeVar("_Time", date, datetime)

COURSE = 3  # earlier dispatches of the same story shown on a page; later ones stand on the story's own


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One row of the sources."""

    name: str
    url: str | None  # None: not an address that may be a link
    shown: str  # the address as text; "": it says nothing to a reader
    language: str | None
    published: str | None  # as people write it
    published_iso: str | None
    captured: str | None
    captured_iso: str | None
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the facts beneath the sentence."""

    name: str
    links: tuple[Link, ...]
    iso: str | None = None  # where the fact is a time


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchView:
    """The page of one dispatch."""

    line: Line
    dateline: str | None
    facts: tuple[Fact, ...]
    sources: tuple[SourceView, ...]
    signatories: tuple[str, ...]
    signed: str
    changes: tuple[_html.ChangeView, ...]
    replaced_by: Link | None
    course: tuple[Line, ...]
    story: Link | None
    translations: tuple[Link, ...]
    digest: str | None
    log_index: str | None
    proof: str | None  # address of the proof file
    formats: tuple[Link, ...]
    page: Link
    cite: str
    bibtex: str
    permalink: str
    short: str  # address without the words; what lies there is linked by its name, so that a copy has it too


def page(press: Press, dispatch: Dispatch) -> Page:
    """Print the page of one dispatch."""
    path = _links.dispatch(press.edition, dispatch.id)
    view = _made(press, dispatch, path)
    own = Link(text=dispatch.language, href=path, lang=_words.tag(dispatch.language))
    frame = _html.Frame(
        path=path,
        title=_view.title(dispatch, press.words),
        description=collapsed(_view.said(dispatch, press.words))[:300],
        alternates=(own, *view.translations) if view.translations else (),
        is_indexed=_view.is_shown(dispatch),
    )
    return _html.printed(press, "dispatch", frame, view)


def short(press: Press, dispatch: Dispatch) -> Page:
    """Print what stands at the address without a slug, `d/27/`: the way on. A live wire answers with it by itself."""
    frame = _html.Frame(
        path=_links.dispatch(press.edition, dispatch.id),
        title=press.words("dispatch", id=str(dispatch.id)),
        is_indexed=False,
    )
    page = _html.printed(press, "short", frame, f"{press.edition.slug(dispatch.id)}/")
    return Page(path=f"d/{dispatch.id}/index.html", body=page.body)


def _made(press: Press, dispatch: Dispatch, path: str) -> DispatchView:
    edition, words, shown = press.edition, press.words, _view.is_shown(dispatch)
    line = press.line(dispatch)
    permalink = press.base + path
    story = Section("story", dispatch.story) if dispatch.story else None
    signed = tuple(printable(name) for name in dispatch.signatories) if shown else ()
    return DispatchView(
        line=line,
        dateline=printable(dispatch.dateline) if dispatch.dateline and shown else None,
        facts=_facts(press, dispatch) if shown else (),
        sources=tuple(_source(press, one) for one in dispatch.sources) if shown else (),
        signatories=signed,
        signed=words("signed_count", len(signed)),
        changes=tuple(_html.change(press, dispatch, one, linked=False) for one in dispatch.corrections),
        replaced_by=_replacement(press, dispatch),
        course=_course(press, dispatch, story) if story and shown else (),
        story=Link(text=_view.story_name(edition, story.key), href=_links.section(story)) if story and shown else None,
        translations=_html.languages(edition, dispatch.translations),
        digest=edition.content_digest(dispatch.id),
        log_index=words.number(dispatch.log_index) if dispatch.log_index is not None else None,
        proof=f"d/{dispatch.id}.tlog-proof" if edition.proof(dispatch.id) is not None else None,
        formats=formats(dispatch.id),
        page=Link(text=words("page", number=words.number(_links.page_number(dispatch.id))),
                  href=f"{_links.numbered('', _links.page_number(dispatch.id))}#d{dispatch.id}"),
        cite=_cite(press, dispatch, permalink),
        bibtex=_bibtex(press, dispatch, permalink),
        permalink=permalink,
        short=f"d/{dispatch.id}/",
    )  # fmt: skip


def formats(id_: int) -> tuple[Link, ...]:
    """Yield the addresses of a dispatch's other forms."""
    named = (
        ("ninjs 3.1", "json"),
        ("ninjs 2.2", "ninjs-2.2.json"),
        ("ninjs 1.6", "ninjs-1.6.json"),
        ("NewsML-G2", "xml"),
    )
    return tuple(Link(text=name, href=f"d/{id_}.{ending}") for name, ending in named)


def _facts(press: Press, dispatch: Dispatch) -> tuple[Fact, ...]:
    words, edition = press.words, press.edition
    facts = []
    if dispatch.actors:
        who = tuple(_view.actor_link(edition, words, one) for one in dispatch.actors)
        facts.append(Fact(name=words("attribution"), links=who))
    facts += _where(press, dispatch)
    day = press.line(dispatch)
    when = day.day or words("day_unknown")
    facts.append(Fact(name=words("day"), links=(Link(text=f"{when} {day.clock or ''}".strip()),), iso=day.iso))
    if dispatch.occasion:
        facts.append(Fact(name=words("occasion"), links=(Link(text=printable(dispatch.occasion)),)))
    facts += _series_of(press, dispatch)
    if dispatch.topics:
        topics = tuple(Link(text=_topics.name(one, words.language), href=_links.section(Section("topic", one)))
                       for one in dispatch.topics)  # fmt: skip
        facts.append(Fact(name=words("topic"), links=topics))
    if dispatch.publisher:
        facts.append(Fact(name=words("publisher"), links=(Link(text=printable(dispatch.publisher)),)))
    return tuple(facts)


def _series_of(press: Press, dispatch: Dispatch) -> list[Fact]:
    """Yield the series of an occasion, and the occasions before and after it, each by its first dispatch."""
    series, number = _series.section(dispatch), dispatch.occasion_number
    if series is None or number is None:
        return []
    link = Link(text=_series.name(press.edition, series), href=_links.section(series))
    made = [Fact(name=press.words("series"), links=(link,))]
    for name, one in zip(
        ("occasion_before", "occasion_after"), _series.beside(press.edition, series, number), strict=True
    ):
        if one is not None:
            other = Link(text=press.words.occasion(one[0]), href=_links.dispatch(press.edition, one[1]))
            made.append(Fact(name=press.words(name), links=(other,)))
    return made


def _where(press: Press, dispatch: Dispatch) -> list[Fact]:
    country = dispatch.country
    links = [Link(text=printable(dispatch.place))] if dispatch.place else []
    if country:
        links.append(Link(text=press.words.country(country), href=_links.section(Section("country", country))))
    return [Fact(name=press.words("place"), links=tuple(links))] if links else []


def _source(press: Press, source: DispatchSource) -> SourceView:
    words = press.words
    day = _parsed(date, source.published and source.published[:10])
    seen = _parsed(datetime, source.captured)
    local = words.local(seen) if seen and seen.tzinfo else seen
    return SourceView(
        name=_view.source_name(press.edition, words, source),
        url=_links.outside(source.url),
        shown="" if source.url.startswith(tuple(_view.KEPT)) else printable(source.url),
        language=source.language and _words.tag(source.language),
        published=words.day(day) if day else None,
        published_iso=day.isoformat() if day else None,
        captured=f"{words.day(local.date())} {local:%H:%M}" if local else None,
        captured_iso=local.isoformat(timespec="minutes") if local else None,
        digest=source.digest,
    )


def _parsed(kind: type[_Time], written: str | None) -> _Time | None:
    """Yield an ISO 8601 day or instant; None where there is none, or where it is not one."""
    try:
        return kind.fromisoformat(written) if written else None
    except ValueError:
        return None


def _course(press: Press, dispatch: Dispatch, story: Section) -> tuple[Line, ...]:
    """Yield what came before in the story, oldest first: fixed when the dispatch is published."""
    place = press.edition.section_place(story, dispatch.id)
    earlier = press.edition.section_range(story, place - COURSE + 1, place)
    return tuple(press.line(one) for one in reversed(earlier))


def _replacement(press: Press, dispatch: Dispatch) -> Link | None:
    if dispatch.replaced_by is None or press.edition.dispatch(dispatch.replaced_by) is None:
        return None
    text = press.words("dispatch", id=str(dispatch.replaced_by))
    return Link(text=text, href=_links.dispatch(press.edition, dispatch.replaced_by))


def _cite(press: Press, dispatch: Dispatch, permalink: str) -> str:
    day = press.line(dispatch).day
    name = printable(press.edition.settings.name)
    number = press.words("dispatch", id=str(dispatch.id))
    quoted = f"“{_view.title(dispatch, press.words)}”"
    return f"{name}, {number}: {quoted} {day + '. ' if day else ''}{permalink}"


def _bibtex(press: Press, dispatch: Dispatch, permalink: str) -> str:
    name = _braced(press.edition.settings.name)
    lines = [
        f"@misc{{dispatch{dispatch.id},",
        f"  author = {{{{{name}}}}},",
        f"  title = {{{{{_braced(_view.title(dispatch, press.words))}}}}},",
        *([f"  date = {{{press.line(dispatch).iso}}},"] if dispatch.published else []),
        f"  number = {{{dispatch.id}}},",
        f"  url = {{{permalink}}},",
        "}",
    ]
    return "\n".join(lines)


def _braced(text: str) -> str:
    """Yield text that can stand within BibTeX braces: those signs that TeX reads are left out or escaped."""
    plain = collapsed(text).replace("\\", "").replace("{", "").replace("}", "")
    return "".join(f"\\{sign}" if sign in "#$%&_" else sign for sign in plain)
