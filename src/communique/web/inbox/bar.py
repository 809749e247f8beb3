"""What stands on every page of the desk: the counts, who is signed in, what can be undone, the keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communique.web.inbox import assets, keys, undoing
from communique.web.inbox.access import Visitor
from communique.web.ledger import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the top bar."""

    name: str
    address: str
    count: str  # "38", "3 to see"; "" where nothing is to be counted
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The frame of a page."""

    wire: str
    places: tuple[Place, ...]
    person: str
    role: str
    undo: str | None  # what `u` would undo: "decline of …"; None: nothing
    keys: tuple[keys.Key, ...]
    zone: str  # in which times are shown: "Europe/Lisbon"
    assets: str  # folder of styles and scripts, with their digest in it


def of(visitor: Visitor, here: str) -> Bar:
    """Yield the frame. `here` is the name of the place that the page belongs to."""
    counts = _counts(visitor)
    marked = _marked()
    rows = (
        ("Inbox", "/desk/", f"{counts['inbox']:,}"),
        ("Due", "/desk/?view=due", f"{counts['due']:,}"),
        ("Snoozed", "/desk/?view=snoozed", f"{counts['snoozed']:,}"),
        ("Stories", "/desk/stories/", ""),
        ("Sources", "/desk/sources/", f"{marked} to see" if marked else ""),
        ("Published", "/desk/published/", ""),
        ("Organisations", "/desk/organisations/", ""),
    )
    return Bar(
        wire=visitor.workspace.text("wire.name"),
        places=tuple(Place(name=name, address=to, count=count, is_here=name == here) for name, to, count in rows),
        person=visitor.user.username,
        role=visitor.role.value,
        undo=undoing.last_act(visitor.user, visitor.now),
        keys=keys.KEYS,
        zone=visitor.zone.key,
        assets=assets.folder(),
    )


def shown(
    request: HttpRequest, template: str, page: object, *, visitor: Visitor, here: str, status: int = 200
) -> HttpResponse:
    """Answer with a page in its frame."""
    return render(request, template, {"page": page, "bar": of(visitor, here)}, status=status)


def due(visitor: Visitor) -> Q:
    """Yield which statements are owed an editor's look: put off until now, or changed after their publication."""
    is_over = Q(stage=models.Statement.Stage.SNOOZED, snoozed_until__lte=visitor.now)
    return is_over | Q(needs_review__isnull=False)


def _counts(visitor: Visitor) -> dict[str, int]:
    stage = models.Statement.Stage
    asleep = Q(stage=stage.SNOOZED, snoozed_until__gt=visitor.now)
    return models.Statement.objects.filter(merged_into__isnull=True).aggregate(
        inbox=Count("pk", filter=Q(stage=stage.INBOX)),
        due=Count("pk", filter=due(visitor)),
        snoozed=Count("pk", filter=asleep),
    )


def _marked() -> int:
    """Yield how many sources wait for a person who has not seen it yet."""
    return models.Source.objects.filter(mark__isnull=False, mark_seen_at__isnull=True, is_paused=False).count()
