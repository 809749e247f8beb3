"""All pages of an edition, or those that a change can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.records import Dispatch
from communique.wire import _assets, _dispatch_page, _feeds, _html, _links, _maps, _newsml, _ninjs, _plan
from communique.wire._edition import Edition, Section
from communique.wire._plan import Plan, SectionPlan
from communique.wire._press import Page, Press, press

_FEED_FILES = ("feed.atom", "feed.rss", "feed.json")


def pages(edition: Edition, *, touched: frozenset[int] | None = None) -> Iterator[Page]:
    """Yield the files of the published wire, but for the page of the log (see `log_page`).

    None: everything. A set of dispatch ids: only the files that their publication or change since the last build can
    change, in a form that makes the folder what a full build of the same edition gives, byte for byte; a page without
    body is one that is no more. The set names every dispatch whose record, digest, proof or slug differs from the
    last build (of translations: both sides; of a story's name: all its dispatches). After a change of settings, of
    an actor's name or of this software only a full build will do.
    """
    made = press(edition)
    plan = _plan.whole(edition) if touched is None else _plan.after(edition, touched)
    yield from _always(made)
    yield from _planned(made, plan)
    if plan.is_whole:
        yield from _assets.assets()
        yield _html.search(made)
        yield _html.lost(made)
        yield _maps.opensearch(made)


def log_page(edition: Edition, lists: Iterable[str] = ()) -> Page:
    """Yield the page of the log, which comes last: it links all lists of the edition's files, and stands on one itself.

    `lists` are their paths within `log/`.
    """
    return _html.log(press(edition), lists)


def found(edition: Edition, query: str, dispatches: Iterable[Dispatch], *, older: str | None = None) -> bytes:
    """Yield the search page with what a live wire found, best first or newest first as given.

    `older` is where the search goes on, relative to the wire's root; None: all was looked through.
    """
    body = _html.search(press(edition), query, dispatches, older=older).body
    assert body is not None  # noqa: S101 - only removals have none
    return body


def _always(made: Press) -> Iterator[Page]:
    """Yield what shows numbers that grow, or the newest."""
    edition = made.edition
    yield _html.front(made)
    newest = edition.dispatches(edition.last_id() - _feeds.NEWEST + 1, edition.last_id())
    yield from _feeds.feeds(made, "", "", newest)
    yield _html.about(made)
    yield _html.corrections(made)
    yield from _maps.fresh(made)


def _planned(made: Press, plan: Plan) -> Iterator[Page]:
    for id_ in plan.ids:
        if one := made.edition.dispatch(id_):
            yield from _of_dispatch(made, one)
    for number in plan.numbers:
        yield _html.numbered(made, number)
    for one_section in plan.sections:
        yield from _of_section(made, one_section)
    for kind in plan.kinds:
        yield _html.sections(made, kind)
    for number in plan.maps:
        yield _maps.part(made, number)


def _of_dispatch(made: Press, dispatch: Dispatch) -> Iterator[Page]:
    yield _dispatch_page.page(made, dispatch)
    yield _dispatch_page.short(made, dispatch)
    yield from _ninjs.pages(made, dispatch)
    yield _newsml.page(made, dispatch)
    yield Page(path=f"d/{dispatch.id}.tlog-proof", body=made.edition.proof(dispatch.id))


def _of_section(made: Press, plan: SectionPlan) -> Iterator[Page]:
    base = _links.section(plan.section)
    for number in plan.gone:
        yield Page(path=f"{_links.numbered(base, number)}index.html", body=None)
    if plan.is_gone:
        yield from (Page(path=base + name, body=None) for name in ("index.html", *_FEED_FILES))
        return
    yield _html.section(made, plan.section)
    yield from _section_feeds(made, plan.section, base)
    for number in plan.numbers:
        yield _html.section_numbered(made, plan.section, number)


def _section_feeds(made: Press, section: Section, base: str) -> Iterator[Page]:
    size = made.edition.section_size(section)
    newest = made.edition.section_range(section, size - _feeds.NEWEST + 1, size)
    yield from _feeds.feeds(made, base, _html.section_name(made, section), newest)
