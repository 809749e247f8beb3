"""What an editor does with one statement. Each action answers with where the work goes on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from communique.flow import actors
from communique.web import newsroom
from communique.web.inbox import actions, drafts, listing, merging, times, undoing
from communique.web.inbox.access import Visitor, action, told
from communique.web.inbox.actions import Act, Outcome
from communique.web.inbox.listing import Asked
from communique.web.inbox.views import lists
from communique.web.ledger import drafting, models, publication
from communique.web.ledger.people import Role
from communique.web.ledger.publication import AlreadyMoved

LONGEST_DRAFT = 5000  # characters; a dispatch is a sentence or two
MORNING = time(8, 0)  # in the desk's zone
_SAME = frozenset(("document", "other", "story"))  # names of the answers whether a document says the same
_NEAR = frozenset(("same", "unlike", "matter"))  # and whether a statement is the same as another
_SAID = {"decline": "Declined", "reopen": "Back in the inbox", "review": "Noted: the dispatch stands"}


@action(Role.EDITOR)
def simple(request: HttpRequest, visitor: Visitor, key: str, what: str) -> HttpResponse:
    """Decline, or note as looked at."""
    act, after = _act(request, visitor, key), _after(request, visitor, key)
    return _answer(request, actions.SIMPLE[what](act), said=_SAID[what], to=after)


@action(Role.REPORTER)
def reopen(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Put a statement back into the inbox."""
    done = actions.reopen(_act(request, visitor, key))
    return _answer(request, done, said=_SAID["reopen"], to=f"/desk/statements/{key}/")


@action(Role.REPORTER)
def snooze(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Put a statement off: an hour, until tomorrow morning, until Monday morning."""
    until = _until(request.POST.get("until", ""), visitor.local_now)
    act, after = _act(request, visitor, key), _after(request, visitor, key)
    return _answer(request, actions.snooze(act, until), said=f"Put off until {until:%a %d %b, %H:%M %Z}", to=after)


@action(Role.EDITOR)
def split(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Let the chosen documents be a statement of their own."""
    chosen = [f"urn:uuid:{name}" for name in request.POST.getlist("document")]
    done = actions.split(_act(request, visitor, key), chosen)
    to = f"/desk/statements/{key if isinstance(done, AlreadyMoved) else done.key}/"
    return _answer(request, done, said="Parted: this is a statement of its own now", to=to)


@action(Role.EDITOR)
def answer(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Answer the one question that a statement asks: which body a name stands for, or that a document belongs."""
    act, here = _act(request, visitor, key), _here(request, key)
    for given in _SAME & request.POST.keys():
        return _same(request, act, f"urn:uuid:{request.POST[given]}", given)
    for given in _NEAR & request.POST.keys():
        return _near(request, act, request.POST[given][:90], given)
    id_ = request.POST.get("actor", "")
    actor = actors.of(visitor.workspace.registry).actor(id_) if id_ else None
    if id_ and actor is None:
        return _answer(request, AlreadyMoved(detail="the registry has no such body"), said="", to=here)
    done = actions.decide(act, request.POST.get("surface", ""), actor)
    return _answer(request, done, said=f"Noted: {actor.name if actor else 'none of these'}", to=here)


def _same(request: HttpRequest, act: Act, record_id: str, given: str) -> HttpResponse:
    """Answer whether a document says the same as the others of its statement."""
    if given == "document":
        done = actions.confirm(act, record_id)
        return _answer(request, done, said="Noted: it says the same", to=_here(request, act.statement))
    done = actions.part_off(act, record_id, is_one_story=given == "story")
    said = "Noted: two statements of one story" if given == "story" else "Noted: two statements"
    return _answer(request, done, said=said, to=_here(request, act.statement))


def _near(request: HttpRequest, act: Act, other: str, given: str) -> HttpResponse:
    """Answer whether a statement is the same as another one."""
    if given == "same":
        done = merging.merge(act, other)
        to = f"/desk/statements/{act.statement if isinstance(done, AlreadyMoved) else done.key}/"
        return _answer(request, done, said="Merged", to=to)
    done = actions.tell_apart(act, other, is_one_story=given == "matter")
    said = "Noted: two statements of one story" if given == "matter" else "Noted: two statements"
    return _answer(request, done, said=said, to=_here(request, act.statement))


@action(Role.EDITOR)
def merge(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Merge the statement into the chosen one."""
    done = merging.merge(_act(request, visitor, key), request.POST.get("into", ""))
    to = f"/desk/statements/{key if isinstance(done, AlreadyMoved) else done.key}/"
    return _answer(request, done, said="Merged", to=to)


@action(Role.EDITOR)
def part(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Let a statement that was merged into this one stand by itself again."""
    done = merging.part(_act(request, visitor, key), request.POST.get("statement", "")[:90])
    to = _here(request, key if isinstance(done, AlreadyMoved) else done.key)
    return _answer(request, done, said="Parted again: no program will join them", to=to)


@action(Role.REPORTER)
def draft(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Begin a draft with the proposal, or save the words that were typed."""
    row = models.Statement.objects.filter(key=key, merged_into__isnull=True).first()
    if row is None:
        return told(request, "Not here", "There is no such statement at this desk.", status=404)
    to = _here(request, key)
    text = request.POST.get("text")
    standing = drafts.open_draft(row)
    if standing is None or text is None:
        begun = drafts.begin(visitor, row)
        return _answer(request, begun, said="Drafted", to=to + "#draft")
    done = drafts.save(visitor, standing, version=_number(request, "draft_version"), text=text[:LONGEST_DRAFT])
    return _answer(request, done, said="Saved", to=to + "#draft")


@action(Role.REPORTER)
def discard(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Delete the draft."""
    row = models.Dispatch.objects.filter(
        statement__key=key, number__isnull=True, version=_number(request, "draft_version")
    ).first()
    wrong = undoing.discard(row) if row else "the draft was changed or deleted meanwhile"
    if wrong is None:
        statement = models.Statement.objects.get(key=key)
        models.Audit.objects.create(at=visitor.now, by=visitor.user, action="discard", statement=statement)
    outcome = AlreadyMoved(detail=wrong) if wrong else None
    return _answer(request, outcome, said="The draft is deleted", to=_here(request, key))


@action(Role.REPORTER)
def check(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Hold typed words against the documents: as a part of a page for the script, else as the whole page again."""
    row = models.Statement.objects.filter(key=key, merged_into__isnull=True).first()
    text = request.POST.get("text", "")[:LONGEST_DRAFT]
    if row is None:
        return told(request, "Not here", "There is no such statement at this desk.", status=404)
    if request.headers.get("X-Part") != "findings":
        return lists.shown_group(request, visitor, key, typed=text)
    found = drafting.findings(text, row, visitor.workspace)
    return render(request, "desk/findings.html", {"findings": found})


@action(Role.EDITOR)
def publish(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Save the typed words and publish them, unless findings keep them back."""
    saved = _saved(request, visitor, key)
    if isinstance(saved, AlreadyMoved):
        return _answer(request, saved, said="", to=_here(request, key))
    done = drafts.publish(visitor, saved, reason=_reason(request))
    if isinstance(done, tuple):
        return _kept_back(request, visitor, key, "published")
    if isinstance(done, AlreadyMoved):
        return _answer(request, done, said="", to=_here(request, key))
    newsroom.written.set()
    return _answer(request, done, said=f"Published as number {done.number}", to=_after(request, visitor, key))


@action(Role.EDITOR)
def schedule(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Save the typed words and let them be published at a time, unless findings keep them back."""
    at = times.instant(request.POST.get("at", ""), zone=visitor.zone, now=visitor.now)
    saved = _saved(request, visitor, key)
    if isinstance(saved, AlreadyMoved) or isinstance(at, str):
        outcome = AlreadyMoved(detail=at) if isinstance(at, str) else saved
        return _answer(request, outcome, said="", to=_here(request, key) + "#draft")
    done = drafts.schedule(visitor, saved, at=at, reason=_reason(request))
    if isinstance(done, tuple):
        return _kept_back(request, visitor, key, "scheduled")
    newsroom.written.set()
    return _answer(request, done, said=f"Goes out on {times.told(at, visitor.zone)}", to=_here(request, key))


@action(Role.EDITOR)
def unschedule(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Let a scheduled dispatch be a draft again."""
    row = models.Dispatch.objects.filter(statement__key=key, stage="scheduled").first()
    done = (
        publication.unschedule(
            publication.Act(dispatch=row.pk, version=_number(request, "draft_version"), by=visitor.user, at=visitor.now)
        )
        if row
        else AlreadyMoved(detail="nothing is scheduled here any more")
    )
    return _answer(request, done, said="A draft again", to=_here(request, key) + "#draft")


def _saved(request: HttpRequest, visitor: Visitor, key: str) -> models.Dispatch | AlreadyMoved:
    """Save the words that were typed in the draft of a statement."""
    row = models.Statement.objects.filter(key=key, merged_into__isnull=True).first()
    standing = drafts.open_draft(row) if row else None
    if standing is None:
        return AlreadyMoved(detail="there is no draft to publish any more")
    text = request.POST.get("text", standing.text)[:LONGEST_DRAFT]
    return drafts.save(visitor, standing, version=_number(request, "draft_version"), text=text)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:500]


def _kept_back(request: HttpRequest, visitor: Visitor, key: str, what: str) -> HttpResponse:
    messages.warning(request, f"Not {what}: the documents do not carry what is marked. Mend it, or give a reason.")
    return lists.shown_group(request, visitor, key, status=409)


@action(Role.REPORTER)
def undo(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take back what this person did last."""
    done = undoing.undo(visitor.user, visitor.now)
    if isinstance(done, AlreadyMoved):
        return _answer(request, done, said="", to=_safe(request.POST.get("here", "")) or "/desk/")
    if done.action in ("pin", "unpin"):
        newsroom.written.set()
    here = _safe(request.POST.get("here", ""))
    to = (
        lists.address(_asked_of(here), opened=done.statement or "")
        if here.startswith("/desk/?") or here == "/desk/"
        else here
    )
    return _answer(
        request,
        None,
        said=f"Undone: {done.action}",
        to=to or (f"/desk/statements/{done.statement}/" if done.statement else "/desk/"),
    )


def _act(request: HttpRequest, visitor: Visitor, key: str) -> Act:
    return Act(statement=key, version=_number(request, "version"), by=visitor.user, at=visitor.now)


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def _answer(request: HttpRequest, done: Outcome | models.Dispatch | None, *, said: str, to: str) -> HttpResponse:
    """Lead to where the work goes on, with a sentence of what was done or why not."""
    if isinstance(done, AlreadyMoved):
        messages.warning(request, done.detail[:1].upper() + done.detail[1:] + ".")
    elif said:
        messages.success(request, said + ".")
    return HttpResponseRedirect(to)


def _here(request: HttpRequest, key: str) -> str:
    """Yield where the person stands: the list with this statement opened, or the statement's own page."""
    here = _safe(request.POST.get("here", ""))
    return lists.address(_asked_of(here), opened=key) if here else f"/desk/statements/{key}/"


def where(request: HttpRequest, key: str) -> str:
    """Yield where the person stands, for actions of other pages."""
    return _here(request, key)


def _after(request: HttpRequest, visitor: Visitor, key: str) -> str:
    """Yield where work goes on when a statement has left its list: at the line below it."""
    here = _safe(request.POST.get("here", ""))
    asked = _asked_of(here)
    return lists.address(asked, opened=listing.next_key(visitor, asked, key))


def _safe(address: str) -> str:
    return address if address.startswith("/desk/") else ""


def _asked_of(here: str) -> Asked:
    fields = {name: values[0] for name, values in parse_qs(urlsplit(here).query).items()}
    view = fields.get("view", "inbox")
    return Asked(
        view=view if view in listing.NAMES else "inbox", search=fields.get("q", "")[:100],
        before=fields.get("before", "")[:90],
    )  # fmt: skip


def _until(choice: str, now: datetime) -> datetime:
    if choice == "hour":
        return now + timedelta(hours=1)
    days = 1 if choice != "monday" else 7 - now.weekday()
    return datetime.combine((now + timedelta(days=days)).date(), MORNING, tzinfo=now.tzinfo)
