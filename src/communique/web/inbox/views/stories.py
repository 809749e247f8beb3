"""Stories: statements on one matter, and the name that makes a dossier of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from communique.kit import text as texts
from communique.web.inbox import actions, bar, group, lines, listing, words
from communique.web.inbox.access import Visitor, action, page, told
from communique.web.inbox.actions import Act
from communique.web.inbox.group import Member
from communique.web.inbox.lines import Told
from communique.web.ledger import dossiers, models
from communique.web.ledger.people import Role
from communique.web.ledger.publication import AlreadyMoved

STORIES = 40
SHOWN = 6  # statements of each in the list
MEMBERS = 100  # of one story on its own page
FOUND = 12  # statements of others that a search offers to add


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Statements on one matter."""

    key: str
    name: str  # "": nobody has named it
    called: Told  # by the title of the statement that most sites carry, until somebody names it
    size: int
    last_at: datetime
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
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
    dispatches: tuple[Published, ...]
    may_name: bool
    search: str
    found: tuple[Member, ...]  # statements of other stories that say what is searched
    wording: str  # of the field of its name: the one that it has, or a title that readers of the wire can read


@page(Role.READER)
def shelf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the stories that have more than one statement or a name, the one with the newest first."""
    named = dict(models.Dossier.objects.values_list("story", "name"))
    found = _standing().values("story").annotate(size=Count("pk"), last=Max("first_seen_at"))
    newest = list(found.filter(Q(size__gt=1) | Q(story__in=named)).order_by("-last", "story")[:STORIES])
    rows = _standing().filter(story__in=[one["story"] for one in newest]).order_by("-first_seen_at", "-id")
    language, members = visitor.workspace.text("wire.language"), defaultdict[str, list[models.Statement]](list)
    for row in listing.with_documents(rows):
        if row.shown:  # type: ignore[attr-defined]  # by the Prefetch
            members[row.story].append(row)
    made = [
        Story(key=one["story"], name=named.get(one["story"], ""), called=_called(members[one["story"]], language),
              size=one["size"], last_at=one["last"], members=_by_day(members[one["story"]])[:SHOWN])
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
    search = " ".join(request.GET.get("q", "").split())[:100]
    dossier, language = dossiers.of(key), visitor.workspace.text("wire.language")
    shown = [row for row in known if row.shown]  # type: ignore[attr-defined]  # likewise
    called = _called(shown, language)
    made = Shown(
        story=Story(
            key=key, name=dossier.name if dossier else "", called=called, size=rows.count(),
            last_at=known[0].first_seen_at, members=_by_day(shown),
        ),
        search=search, found=_found(key, search) if search else (),
        public=_public(dossier), dispatches=_dispatches(known), may_name=visitor.may(Role.EDITOR),
        wording=dossier.name if dossier else _suggested(called, language),
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
    done = dossiers.name(act, wording)
    if isinstance(done, AlreadyMoved):
        messages.warning(request, f"{done.detail[:1].upper()}{done.detail[1:]}.")
    else:
        messages.success(request, f"Called “{done.name}”. What is published from now on stands at /story/{done.slug}/.")
    return HttpResponseRedirect(f"/desk/stories/{key}/")


@action(Role.EDITOR)
def move(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Tell a statement in another story, or take it out of the one that it is in."""
    to, given = request.POST.get("story", "")[:80], request.POST.get("version", "")
    if to and not (dossiers.of(to) or _standing().filter(story=to).exists()):
        return told(request, "Not here", "There is no such story at this desk; Stories has all.", status=404)
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
    done = actions.tell_in(Act(statement=key, version=version, by=visitor.user, at=visitor.now), to)
    if isinstance(done, AlreadyMoved):
        messages.warning(request, f"{done.detail[:1].upper()}{done.detail[1:]}.")
    else:
        messages.success(request, "Moved to the story." if to else "Taken out: it is in no other's story now.")
    here = request.POST.get("from", "")
    is_story = here.startswith("t-") and here.replace("-", "").isalnum()
    return HttpResponseRedirect(f"/desk/stories/{here}/" if is_story else f"/desk/statements/{key}/")


def _called(rows: Sequence[models.Statement], language: str) -> Told:
    """Yield the title that stands for a story: of the statement that most documents carry, the first of several.

    In the wire's language where a document of it has one; else as the original says it, never translated.
    """
    if not rows:
        return Told(text="(without a title)", language=None, direction="auto")
    lead = max(rows, key=lambda row: (len(row.shown), -row.pk))  # type: ignore[attr-defined]  # by the Prefetch
    ordered = lines.in_order(lead.shown, language)  # type: ignore[attr-defined]  # likewise
    titled = [row for row in ordered if row.title] or ordered
    first = next((row for row in titled if _is_in(row.language, language)), titled[0])
    return Told(
        text=first.title or "(without a title)", language=first.language, direction=words.direction(first.language)
    )


def _found(story: str, search: str) -> tuple[Member, ...]:
    """Yield the newest statements of other stories that say something."""
    rows = listing.with_documents(_standing().exclude(story=story).order_by("-first_seen_at", "-id"))
    return tuple(map(group.member, listing.saying(rows, search)[:FOUND]))


def _suggested(called: Told, language: str) -> str:
    """Yield what stands in the field of a name that nobody gave yet: a title that the wire's readers can read."""
    is_short = len(called.text) <= dossiers.LONGEST_NAME
    return called.text if is_short and _is_in(called.language, language) else ""


def _is_in(tag: str | None, language: str) -> bool:
    return words.primary(tag) == words.primary(language)


def _by_day(rows: Sequence[models.Statement]) -> tuple[Member, ...]:
    """Yield statements as a list names them, the newest day first, those without one last."""
    ordered = sorted(rows, key=lambda row: (row.day or date.min, row.pk), reverse=True)
    return tuple(map(group.member, ordered))


def _standing() -> QuerySet[models.Statement]:
    return models.Statement.objects.filter(merged_into__isnull=True)


def _public(dossier: models.Dossier | None) -> str | None:
    if dossier is None or not models.DispatchSection.objects.filter(kind="story", key=dossier.slug).exists():
        return None
    return f"/story/{dossier.slug}/"


def _dispatches(rows: Sequence[models.Statement]) -> tuple[Published, ...]:
    found = [one for row in rows for one in row.dispatches.all() if one.number is not None]
    ordered = sorted(found, key=lambda one: -(one.number or 0))
    return tuple(
        Published(number=one.number or 0, text=one.text, language=one.language, stage=one.stage) for one in ordered
    )
