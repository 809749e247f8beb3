"""The inbox and its sisters: what is due, what is put off, what was declined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from communique.web.inbox import bar, group, listing, times, words
from communique.web.inbox.access import Visitor, page, told
from communique.web.inbox.group import Group
from communique.web.inbox.lines import Line
from communique.web.inbox.listing import Asked
from communique.web.ledger import models
from communique.web.ledger.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """All that the page of a list needs."""

    name: str
    view: str
    search: str
    lines: tuple[Line, ...]
    opened: Group | None  # None: no line is opened
    opened_key: str
    older: str | None  # address of the next page
    newest: str | None  # address of the first page; None: this is it
    empty: str  # what an empty list says
    beside: str  # where the script asks for the group beside the list
    latest_at: datetime | None  # of the first line, so that the script can ask what came since


@page(Role.READER)
def inbox(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show a list, and beside it the statement that is opened."""
    asked, key = _asked(request), request.GET.get("open", "")
    opened = group.of(visitor, key) if key else None
    if isinstance(opened, str):
        return HttpResponseRedirect(address(asked, opened=opened))
    part = listing.part(visitor, asked)
    made = Inbox(
        name=listing.NAMES[asked.view], view=asked.view, search=asked.search, lines=part.lines, opened=opened,
        opened_key=opened.key if opened else "", older=_older(asked, part.next_before),
        newest=address(Asked(view=asked.view, search=asked.search)) if asked.before else None,
        empty="" if part.lines else _empty(visitor, asked), beside="/desk/statements/",
        latest_at=part.lines[0].at if part.lines and not asked.before else None,
    )  # fmt: skip
    return bar.shown(request, "desk/inbox.html", made, visitor=visitor, here=made.name)


@page(Role.READER)
def pulse(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say what changed while the page stood: the counts, which lines are gone, how many are new."""
    asked, shown = _asked(request), request.GET.get("shown", "").split()[: listing.PAGE]
    rows = listing.wanted(visitor, asked)
    standing = set(rows.filter(key__in=shown).values_list("key", flat=True))
    since = times.written(request.GET.get("since", ""))
    fresh = rows.filter(first_seen_at__gt=since).count() if since else 0
    places = {place.name: place.count for place in bar.of(visitor, "").places}
    return JsonResponse({"places": places, "gone": [key for key in shown if key not in standing], "fresh": fresh})


@page(Role.READER)
def statement(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Show one statement on a page of its own."""
    return shown_group(request, visitor, key)


@page(Role.READER)
def beside(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Yield one statement as it stands beside a list: a part of a page, for the script."""
    found = group.of(visitor, key)
    if isinstance(found, str):
        return HttpResponseRedirect(f"/desk/statements/{found}/beside/")
    if found is None:
        return told(request, "Not here", "This statement is no longer there.", status=404)
    return render(request, "desk/group.html", {"group": found, "here": _here(request), "bar": None})


def shown_group(
    request: HttpRequest, visitor: Visitor, key: str, *, typed: str | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the page of a statement; `typed` words stand in its draft without being saved."""
    found = group.of(visitor, key, typed=typed)
    if isinstance(found, str):
        return HttpResponseRedirect(f"/desk/statements/{found}/")
    if found is None:
        return told(request, "Not here", "There is no such statement at this desk; the inbox has all.", status=404)
    context = {"group": found, "here": "", "bar": bar.of(visitor, "")}
    return render(request, "desk/statement.html", context, status=status)


def address(asked: Asked, *, opened: str = "", before: str | None = None) -> str:
    """Yield the address of a list."""
    fields = {
        "view": asked.view if asked.view != "inbox" else "", "q": asked.search,
        "before": asked.before if before is None else before, "open": opened,
    }  # fmt: skip
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"/desk/?{query}" if query else "/desk/"


def _asked(request: HttpRequest) -> Asked:
    view = request.GET.get("view", "inbox")
    search = " ".join(request.GET.get("q", "").split())[:100]
    known = view if view in listing.NAMES else "inbox"
    return Asked(view=known, search=search, before=request.GET.get("before", "")[:90])


def _here(request: HttpRequest) -> str:
    """Yield which list the group stands beside, so that an action leads back to it."""
    here = request.GET.get("here", "")
    return here if here.startswith("/desk/?") or here == "/desk/" else "/desk/"


def _older(asked: Asked, next_before: str | None) -> str | None:
    return address(asked, before=next_before) if next_before else None


def _empty(visitor: Visitor, asked: Asked) -> str:
    """Say why a list is empty and what comes next."""
    if asked.search:
        return f"Nothing here says “{asked.search}”."
    if asked.view == "due":
        return "Nothing is due: nothing was put off until now, and no published statement has changed."
    if asked.view == "snoozed":
        return "Nothing is put off. h puts a statement off until later."
    if asked.view == "declined":
        return "Nothing was declined."
    watched = models.Source.objects.filter(is_paused=False)
    if (next_at := watched.aggregate(at=Min("next_visit_at"))["at"]) is None:
        return "No source is watched yet. Add one under Sources; what it says will stand here."
    wait = words.until(next_at, visitor.now)
    return f"All is done. The next source is due {wait}, at {words.clock(next_at, visitor.local_now)}."
