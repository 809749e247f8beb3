"""Stories: statements on one matter, and the name that makes a dossier of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from communique.kit import text as texts
from communique.web.inbox import bar, group, listing
from communique.web.inbox.access import Visitor, action, page, told
from communique.web.inbox.group import Member
from communique.web.ledger import dossiers, models
from communique.web.ledger.people import Role
from communique.web.ledger.publication import AlreadyMoved

STORIES = 40
SHOWN = 6  # statements of each in the list
MEMBERS = 100  # of one story on its own page


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Statements on one matter."""

    key: str
    name: str  # "": nobody has named it
    size: int
    last_at: datetime
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A dispatch of a story."""

    number: int
    text: str
    language: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that the page of one story needs."""

    story: Story
    public: str | None  # address on the wire; None: it has none yet
    dispatches: tuple[Told, ...]
    may_name: bool


@page(Role.READER)
def shelf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the stories that have more than one statement or a name, the one with the newest first."""
    named = dict(models.Dossier.objects.values_list("story", "name"))
    found = _standing().values("story").annotate(size=Count("pk"), last=Max("first_seen_at"))
    newest = list(found.filter(Q(size__gt=1) | Q(story__in=named)).order_by("-last", "story")[:STORIES])
    rows = _standing().filter(story__in=[one["story"] for one in newest]).order_by("-first_seen_at", "-id")
    members: dict[str, list[Member]] = {}
    for row in listing.with_documents(rows):
        if row.shown:  # type: ignore[attr-defined]  # by the Prefetch
            members.setdefault(row.story, []).append(group.member(row))
    made = [
        Story(key=one["story"], name=named.get(one["story"], ""), size=one["size"], last_at=one["last"],
              members=tuple(members.get(one["story"], ())[:SHOWN]))
        for one in newest
    ]  # fmt: skip
    return bar.shown(request, "desk/stories.html", made, visitor=visitor, here="Stories")


@page(Role.READER)
def story(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Show one story with its statements and what was published of it."""
    rows = _standing().filter(story=key).order_by("-first_seen_at", "-id")
    known = list(listing.with_documents(rows)[:MEMBERS])
    if not known:
        return told(request, "Not here", "There is no such story at this desk; Stories has all.", status=404)
    dossier = dossiers.of(key)
    made = Shown(
        story=Story(
            key=key, name=dossier.name if dossier else "", size=rows.count(), last_at=known[0].first_seen_at,
            members=tuple(group.member(row) for row in known if row.shown),  # type: ignore[attr-defined]  # likewise
        ),
        public=_public(dossier), dispatches=_dispatches(known), may_name=visitor.may(Role.EDITOR),
    )  # fmt: skip
    return bar.shown(request, "desk/story.html", made, visitor=visitor, here="Stories")


@action(Role.EDITOR)
def name(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Give a story a name."""
    wording = texts.collapsed(request.POST.get("name", ""))[: dossiers.LONGEST_NAME]
    if not _standing().filter(story=key).exists():
        return told(request, "Not here", "There is no such story at this desk; Stories has all.", status=404)
    act = dossiers.Naming(story=key, before=request.POST.get("before", ""), by=visitor.user, at=visitor.now)
    if not wording or wording == act.before:
        messages.warning(request, "Nothing was done: give the story a name.")
        return HttpResponseRedirect(f"/desk/stories/{key}/")
    done = dossiers.name(act, wording, language=visitor.workspace.text("wire.language"))
    if isinstance(done, AlreadyMoved):
        messages.warning(request, f"{done.detail[:1].upper()}{done.detail[1:]}.")
    else:
        messages.success(request, f"Called “{done.name}”. What is published from now on stands at /story/{done.slug}/.")
    return HttpResponseRedirect(f"/desk/stories/{key}/")


def _standing() -> QuerySet[models.Statement]:
    return models.Statement.objects.filter(merged_into__isnull=True)


def _public(dossier: models.Dossier | None) -> str | None:
    if dossier is None or not models.DispatchSection.objects.filter(kind="story", key=dossier.slug).exists():
        return None
    return f"/story/{dossier.slug}/"


def _dispatches(rows: Sequence[models.Statement]) -> tuple[Told, ...]:
    found = [one for row in rows for one in row.dispatches.all() if one.number is not None]
    ordered = sorted(found, key=lambda one: -(one.number or 0))
    return tuple(Told(number=one.number or 0, text=one.text, language=one.language, stage=one.stage) for one in ordered)
