"""The watchlist at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from communique.flow.discovery import Discovery
from communique.kit import text as texts
from communique.records import Source, SourceKind, Trouble
from communique.web.inbox import bar, looking
from communique.web.inbox.access import Visitor, action, page
from communique.web.ledger import courses, models, watchlist
from communique.web.ledger import opml as outline
from communique.web.ledger.people import Role

LARGEST_OPML = 5 * 1024**2  # bytes; the largest known lists have some thousand feeds and 1 MiB
WEB_KINDS = ("feed", "listing", "sitemap", "page")
HERE = "/desk/sources/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source as the page shows it."""

    slug: str
    name: str
    url: str
    kind: str
    languages: str
    state: str  # one sentence
    needs_a_person: bool
    is_paused: bool
    is_marked: bool  # nobody has seen it yet
    moved_to: str | None  # None: it stands where it stood
    new_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """All that the page of the sources needs."""

    rows: tuple[Watched, ...]
    troubled: int
    only: str  # "troubled" where only those are shown, else ""
    may_change: bool
    url: str  # that was looked at; "" for none
    found: Discovery | None
    wrong: str  # why nothing can be collected there; "" where all is well


@page(Role.READER)
def watched(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the sources, those that need a person first."""
    return _shown(request, visitor)


@action(Role.ADMIN)
def look(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Look at an address and show what would be collected; nothing is entered yet."""
    url = texts.collapsed(request.POST.get("url", ""))[:2000]
    if url and "://" not in url:
        url = f"https://{url}"
    if not url.startswith(("http://", "https://")):
        return _shown(request, visitor, url=url, wrong="An address that begins with https:// is expected.")
    found = looking.look(url, visitor.workspace)
    if isinstance(found, Trouble):
        return _shown(request, visitor, url=url, wrong=found.detail)
    return _shown(request, visitor, url=url, found=found)


@action(Role.ADMIN)
def add(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Watch what was found."""
    url, kind = texts.collapsed(request.POST.get("url", ""))[:2000], request.POST.get("kind", "")
    if kind not in WEB_KINDS or not url.startswith(("http://", "https://")):
        messages.warning(request, "Nothing was added: look at an address first, then watch what was found there.")
        return HttpResponseRedirect(HERE)
    name = texts.collapsed(request.POST.get("name", ""))[:300] or url
    source = Source(
        id=watchlist.source_id(url, name), url=url, kind=cast("SourceKind", kind), name=name,
        publisher=texts.collapsed(request.POST.get("publisher", ""))[:100] or None,
        languages=tuple(request.POST.get("languages", "").replace(",", " ").split()[:8]),
        pause_s=visitor.workspace.number("collect.pause"),
    )  # fmt: skip
    is_new = watchlist.add(source, now=visitor.now)
    if is_new:
        _note(visitor, "add source", source.id)
    messages.success(request, f"{name} is watched from now on." if is_new else f"{url} is watched already.")
    return HttpResponseRedirect(HERE)


@action(Role.ADMIN)
def change(request: HttpRequest, visitor: Visitor, slug: str, what: str) -> HttpResponse:
    """Pause, resume, remove or visit a source, take its new address over, or note that its mark is seen."""
    there = HERE if what == "remove" or "source" not in request.POST else f"{HERE}{slug}/"
    try:
        said = watchlist.change(what, slug, now=visitor.now)
    except watchlist.WatchlistError as error:
        messages.warning(request, f"{error}.")
        return HttpResponseRedirect(there)
    _note(visitor, f"{what} source", slug)
    messages.success(request, f"{said}.")
    return HttpResponseRedirect(there)


@action(Role.ADMIN)
def take_over(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take over the feeds of an OPML file."""
    given = request.FILES.get("opml")
    if not isinstance(given, UploadedFile) or (given.size or 0) > LARGEST_OPML:
        messages.warning(request, "Choose an OPML file of at most 5 MB; feed readers export one.")
        return HttpResponseRedirect(HERE)
    try:
        sources = outline.sources(given.read(), pause_s=visitor.workspace.number("collect.pause"))
    except watchlist.WatchlistError as error:
        messages.warning(request, f"{given.name}: {error}.")
        return HttpResponseRedirect(HERE)
    new, known = watchlist.add_all(sources, now=visitor.now)
    _note(visitor, "import sources", str(given.name))
    messages.success(request, f"{new} sources added, {known} were watched already.")
    return HttpResponseRedirect(HERE)


@page(Role.READER)
def opml(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the watchlist as an OPML file."""
    headers = {"Content-Disposition": 'attachment; filename="watchlist.opml"'}
    return HttpResponse(outline.written(visitor.workspace), content_type="text/x-opml", headers=headers)


def _note(visitor: Visitor, what: str, name: str) -> None:
    models.Audit.objects.create(at=visitor.now, by=visitor.user, action=what, detail={"source": name})


def _shown(
    request: HttpRequest, visitor: Visitor, *, url: str = "", found: Discovery | None = None, wrong: str = ""
) -> HttpResponse:
    rows = [_watched(row, visitor.now) for row in models.Source.objects.order_by("slug")]
    troubled = [row for row in rows if row.needs_a_person]
    only = "troubled" if request.GET.get("only") == "troubled" else ""
    made = Watchlist(
        rows=tuple(troubled if only else sorted(rows, key=lambda row: not row.needs_a_person)), troubled=len(troubled),
        only=only, may_change=visitor.may(Role.ADMIN), url=url, found=found, wrong=wrong,
    )  # fmt: skip
    return bar.shown(request, "desk/sources.html", made, visitor=visitor, here="Sources", status=422 if wrong else 200)


def _watched(row: models.Source, now: datetime) -> Watched:
    known, state = courses.of(row), courses.state(row, now)
    return Watched(
        slug=row.slug, name=row.name, url=row.url, kind=row.kind, languages=" ".join(row.languages),
        state=state.sentence, needs_a_person=state.needs_a_person, is_paused=row.is_paused,
        is_marked=row.mark is not None and row.mark_seen_at is None, moved_to=known.memory.moved_to, new_at=row.new_at,
    )  # fmt: skip
