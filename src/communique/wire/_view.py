"""What a list shows of one dispatch, and how a list is grouped by day. Templates print these and decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from communique.kit.text import collapsed, printable
from communique.kit.urls import host
from communique.records import Correction, Dispatch, DispatchSource
from communique.wire import _links, _series, _words
from communique.wire._edition import Edition, Section
from communique.wire._words import Words

ACTORS = 3  # named beneath a sentence before "and 28 others"
KEPT = {"urn:": "source_file", "mid:": "source_mail"}  # addresses that lead nowhere, made from what was kept
LANGUAGES = 4  # named after "source"
TITLE = 160  # characters: what feed readers and browser tabs show of a title
_SHOWN = ("published", "replaced")  # stages whose text stands in public


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that may lead somewhere."""

    text: str
    href: str | None = None  # None: not a link
    inside: bool = True  # href is relative to the wire's root
    lang: str | None = None  # BCP 47 of what it leads to, where that is another language


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the small line beneath a sentence."""

    kind: str  # class of its own in the page: "who", "where", "from", …
    links: tuple[Link, ...]
    before: str = ""  # words before the links
    after: str = ""  # words after them


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A change as a word with its time."""

    kind: str  # an operation
    word: str
    at: str  # "18:10", or with the day where that is another one
    iso: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One dispatch in a list."""

    id: int
    href: str
    said: str  # the sentence, or what stands in its place when it is held or withdrawn
    is_shown: bool  # False: held or withdrawn
    stage: str
    language: str
    direction: str
    headline: str | None
    clock: str | None  # "18:40"; None: no time is known
    iso: str | None  # of the day or instant
    day: str | None  # "20 October 2019"
    signal: Signal | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Neighbours of one day, or undated ones."""

    label: str
    iso: str | None  # the day; None: undated
    lines: tuple[Line, ...]
    is_dated: bool = True  # False: the label is no day, so that each line has its own


def is_shown(dispatch: Dispatch) -> bool:
    """Tell whether the text of a dispatch stands in public."""
    return dispatch.stage in _SHOWN


def said(dispatch: Dispatch, words: Words) -> str:
    """Yield the sentence, or what stands in its place."""
    return printable(dispatch.text) if is_shown(dispatch) else words(f"{dispatch.stage}_text")


def title(dispatch: Dispatch, words: Words) -> str:
    """Yield one line of at most TITLE characters, cut between words: never empty."""
    whole = collapsed(dispatch.headline or dispatch.text) if is_shown(dispatch) else said(dispatch, words)
    if len(whole) <= TITLE:
        return whole or words("dispatch", id=str(dispatch.id))
    head = whole[:TITLE]
    return (head.rsplit(" ", 1)[0] if " " in head[TITLE // 2 :] else head).rstrip(" ,;:") + "…"


def latest(dispatch: Dispatch) -> Correction | None:
    """Yield the correction that a list shows: the latest that is not the release of a hold."""
    return next((one for one in reversed(dispatch.corrections) if one.operation != "release"), None)


def day_of(dispatch: Dispatch, words: Words) -> date | None:
    """Yield the day of publication, on the wire's clock where the time is known; None: the original has no date."""
    if dispatch.published is None:
        return None
    return (
        dispatch.published.date() if dispatch.published_precision == "day" else words.local(dispatch.published).date()
    )


def written(dispatch: Dispatch) -> str | None:
    """Yield the publication for formats that take a day as well as an instant: as exact as it is known, ISO 8601."""
    if (moment := dispatch.published) is None:
        return None
    return moment.date().isoformat() if dispatch.published_precision == "day" else moment.isoformat(timespec="seconds")


def actor_link(edition: Edition, words: Words, actor_id: str) -> Link:
    """Yield an actor's name in the wire's language, else the established one, leading to its page."""
    actor = edition.actor(actor_id)
    own = (
        (name for name, tag in actor.names if tag and tag.split("-")[0] == words.language.split("-")[0])
        if actor
        else ()
    )
    name = next(iter(own), None) or (actor.name if actor else actor_id)
    return Link(text=printable(name), href=_links.section(Section("org", actor_id)))


def line(edition: Edition, words: Words, dispatch: Dispatch, *, counts: bool = False) -> Line:
    """Yield a dispatch as a list shows it; with `counts`, also numbers that may grow without a correction."""
    day = day_of(dispatch, words)
    timed = words.local(dispatch.published) if dispatch.published and dispatch.published_precision != "day" else None
    href = _links.dispatch(edition, dispatch.id)
    return Line(
        id=dispatch.id,
        href=href,
        said=said(dispatch, words),
        is_shown=is_shown(dispatch),
        stage=dispatch.stage,
        language=_words.tag(dispatch.language) if is_shown(dispatch) else words.language,
        direction=_words.direction(dispatch.language) if is_shown(dispatch) else words.direction,
        headline=printable(dispatch.headline) if dispatch.headline and is_shown(dispatch) else None,
        clock=words.clock(timed) if timed else None,
        iso=timed.isoformat(timespec="minutes") if timed else day.isoformat() if day else None,
        day=words.day(day) if day else None,
        signal=_signal(dispatch, words, href),
        parts=tuple(_parts(edition, words, dispatch, counts=counts)) if is_shown(dispatch) else (),
    )


def _signal(dispatch: Dispatch, words: Words, href: str) -> Signal | None:
    if (change := latest(dispatch)) is None:
        return None
    local = words.local(change.at)
    same_day = day_of(dispatch, words) == local.date()
    return Signal(
        kind=change.operation,
        word=words(f"op_{change.operation}"),
        at=words.clock(change.at) if same_day else f"{words.day(local.date())} {words.clock(change.at)}",
        iso=local.isoformat(timespec="minutes"),
        href=f"{href}#corrections",
    )


def _parts(edition: Edition, words: Words, dispatch: Dispatch, *, counts: bool) -> Iterator[Part]:
    """Yield who, where, on what occasion, and the proof, always in this order."""
    href = _links.dispatch(edition, dispatch.id)
    if dispatch.actors:
        yield _who(edition, words, dispatch)
    if dispatch.place:
        yield Part(kind="where", links=(Link(text=printable(dispatch.place)),))
    if dispatch.occasion:
        series = _series.section(dispatch)
        href_of_series = _links.section(series) if series else None
        yield Part(kind="occasion", links=(Link(text=printable(dispatch.occasion), href=href_of_series),))
    if dispatch.sources:
        yield _sources(words, dispatch, href + "#sources", counts=counts)
    yield Part(kind="evidence", links=(Link(text=words("evidence"), href=href + "#proof"),))
    if dispatch.story:
        yield _story(edition, words, dispatch.story, counts=counts)


def _who(edition: Edition, words: Words, dispatch: Dispatch) -> Part:
    named = tuple(actor_link(edition, words, one) for one in dispatch.actors[:ACTORS])
    more = len(dispatch.actors) - len(named)
    return Part(kind="who", links=named, after=words("and_others", more) if more else "")


def _sources(words: Words, dispatch: Dispatch, sources_href: str, *, counts: bool) -> Part:
    tags = tuple(dict.fromkeys(_words.tag(one.language) for one in dispatch.sources if one.language))
    if counts and len(dispatch.sources) > 1:
        sites = len({host(one.url) or one.url for one in dispatch.sources})
        told = words("comma").join([words("sites", sites), *([words("languages", len(tags))] if len(tags) > 1 else [])])
        return Part(kind="from", links=(Link(text=told, href=sources_href),))
    first = dispatch.sources[0]
    link = Link(
        text=words("source"),
        href=_links.outside(first.url),
        inside=False,
        lang=first.language and _words.tag(first.language),
    )
    after = "\u200f" if words.direction == "rtl" else ""  # a mark that keeps codes of Latin letters from right to left
    named = [f"{tag}{after}" for tag in tags[:LANGUAGES]]
    shown = words("comma").join([*named, *(["…"] if len(tags) > LANGUAGES else [])])
    return Part(kind="from", links=(link,), after=f"({shown})" if shown else "")


def _story(edition: Edition, words: Words, slug: str, *, counts: bool) -> Part:
    section = Section("story", slug)
    size = f"({words.number(edition.section_size(section))})" if counts else ""
    link = Link(text=story_name(edition, slug), href=_links.section(section))
    return Part(kind="story", links=(link,), before=words("story") + ":", after=size)


def story_name(edition: Edition, slug: str) -> str:
    """Yield the name that an editor gave a story, else its slug as words."""
    return printable(edition.story_name(slug) or slug.replace("-", " "))


def source_name(edition: Edition, words: Words, source: DispatchSource) -> str:
    """Yield who published a source: the actor's name, else the host, else what it is, else the address."""
    if source.publisher and edition.actor(source.publisher):
        return actor_link(edition, words, source.publisher).text
    if found := source.publisher or host(source.url):
        return printable(found)
    kept = next((word for scheme, word in KEPT.items() if source.url.startswith(scheme)), None)
    return words(kept) if kept else printable(source.url)


def groups(dated: Iterable[tuple[date | None, Line]], words: Words) -> tuple[Group, ...]:
    """Group neighbours by day, in the order given; undated ones under what their neighbours say of them."""
    runs = [(day, tuple(one for _, one in run)) for day, run in groupby(dated, key=lambda pair: pair[0])]
    made = []
    for place, (day, lines) in enumerate(runs):
        newer = runs[place - 1][0] if place else None
        older = runs[place + 1][0] if place + 1 < len(runs) else None
        label = words.weekday(day) if day else _undated(words, older, newer)
        made.append(Group(label=label, iso=day.isoformat() if day else None, lines=lines))
    return tuple(made)


def _undated(words: Words, older: date | None, newer: date | None) -> str:
    """Yield a bracket only where both neighbours have a day and stand in order; nothing is made up."""
    if older is None or newer is None or older > newer:
        return words("undated")
    return words("undated_among", day=words.day(older)) if older == newer else words.between(older, newer)
