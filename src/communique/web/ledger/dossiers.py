"""Dossiers: stories that an editor named. The name's slug is the address of the story on the wire, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from communique import wire
from communique.web.ledger import models
from communique.web.ledger.publication import AlreadyMoved
from communique.web.ledger.store import DatabaseLedger

OFFERED = 30  # dossiers that a statement can be moved to from its own page
LONGEST_NAME = 120  # characters: a heading and a link


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Who gives which story a name, having seen which one."""

    story: str  # models.Statement.story
    before: str  # the name that the person saw; "" for none
    by: User
    at: datetime


def name(act: Naming, wording: str) -> models.Dossier | AlreadyMoved:
    """Give a story a name, or another one; its address stays as the first name made it.

    A name that Latin letters can't spell gives it the day of its naming as address.
    """
    with DatabaseLedger().transaction():
        standing = of(act.story)
        if (standing.name if standing else "") != act.before:
            what = f"called “{standing.name}”" if standing else "without a name"
            return AlreadyMoved(detail=f"the story is {what} by now; look at it again")
        detail = {"story": act.story, "before": act.before, "name": wording}
        models.Audit.objects.create(at=act.at, by=act.by, action="name story", detail=detail)
        if standing is None:
            slug = _free(wire.slug(wording, f"{act.at:%Y-%m-%d}"))
            return models.Dossier.objects.create(story=act.story, name=wording, slug=slug, named_at=act.at)
        _rename(standing, wording)
    return standing


def name_back(story: str, *, given: str, before: str) -> str | None:
    """Undo a naming. Yields why it can't be done."""
    standing = of(story)
    if standing is None or standing.name != given:
        return "somebody has given it another name since; nothing was undone"
    if before:
        _rename(standing, before)
        return None
    if models.DispatchSection.objects.filter(kind="story", key=standing.slug).exists():
        return "readers know it by that name already; give it another one"
    standing.delete()
    return None


def of(story: str) -> models.Dossier | None:
    """Yield the dossier of a story; None: nobody has named it."""
    return models.Dossier.objects.filter(story=story).first()


def others(story: str) -> tuple[tuple[str, str], ...]:
    """Yield the stories (with their names) that were named last, but for one."""
    rows = models.Dossier.objects.exclude(story=story).order_by("-named_at", "-id")
    return tuple(rows.values_list("story", "name")[:OFFERED])


def names() -> dict[str, str]:
    """Yield how the desk calls its stories, by slug."""
    return dict(models.Dossier.objects.order_by("slug").values_list("slug", "name"))


def renamed() -> list[list[str]]:
    """Yield the stories whose name changed after it was given: pages that have the old one are written anew."""
    return [list(row) for row in models.Dossier.objects.filter(is_renamed=True).values_list("slug", "name")]


def _rename(row: models.Dossier, wording: str) -> None:
    row.name, row.is_renamed = wording, True
    row.save(update_fields=["name", "is_renamed"])


def _free(slug: str) -> str:
    """Yield a slug that no dossier has. One that only imported dispatches have is the same story, gone on with."""
    taken = set(models.Dossier.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for n in range(1, len(taken) + 2) if (one := slug if n == 1 else f"{slug}-{n}") not in taken)
