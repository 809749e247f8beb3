"""Series: occasions that recur by number, each with what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse

from communique.web.inbox import bar, group, listing
from communique.web.inbox.access import Visitor, page, told
from communique.web.inbox.group import Member
from communique.web.ledger import models, occasions
from communique.web.ledger.people import Role

SERIES = 100
STATEMENTS = 200  # of one series on its page, those of the highest numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One series in the list."""

    slug: str
    name: str
    occasions: int
    statements: int
    last: int  # the highest number


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement on an occasion."""

    member: Member
    occasion: str  # as it names it


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One occasion."""

    number: int
    is_first: bool  # of those shown: nothing is known of one after it
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that the page of one series needs."""

    name: str
    public: str | None  # address on the wire; None: nothing of it was published
    occasions: tuple[Held, ...]  # the highest number first
    is_cut: bool


@page(Role.READER)
def shelf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the series that statements tell of, the one with the newest first."""
    found = occasions.all_series(SERIES)
    names = occasions.names([one[0] for one in found])
    made = tuple(
        Row(slug=slug, name=names[slug], occasions=count, statements=statements, last=last)
        for slug, count, statements, last in found
    )
    return bar.shown(request, "desk/series.html", made, visitor=visitor, here="Stories")


@page(Role.READER)
def one(request: HttpRequest, visitor: Visitor, slug: str) -> HttpResponse:
    """Show the occasions of a series by number, each with its statements."""
    found = occasions.statements(slug, STATEMENTS + 1)
    if not found:
        return told(request, "Not here", "There is no such series at this desk; Series has all.", status=404)
    kept = found[:STATEMENTS]
    rows = models.Statement.objects.filter(pk__in=[statement for _, statement, _ in kept])
    members = {row.pk: group.member(row) for row in listing.with_documents(rows) if row.shown}  # type: ignore[attr-defined]  # by the Prefetch
    made = Shown(
        name=occasions.names([slug])[slug], public=_public(slug), is_cut=len(found) > STATEMENTS,
        occasions=tuple(_held(kept, members)),
    )  # fmt: skip
    return bar.shown(request, "desk/occasions.html", made, visitor=visitor, here="Stories")


def _held(found: list[tuple[int, int, str]], members: dict[int, Member]) -> list[Held]:
    made: list[Held] = []
    for number, run in groupby(found, key=lambda row: row[0]):
        said = tuple(Said(member=members[pk], occasion=text) for _, pk, text in run if pk in members)
        made.append(Held(number=number, is_first=not made, said=said))
    return made


def _public(slug: str) -> str | None:
    is_told = models.DispatchSection.objects.filter(kind="series", key=slug).exists()
    return f"/series/{slug}/" if is_told else None
