"""Who is who at the desk: look up, add, correct, rename with a day, merge."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from communique import registry
from communique.flow import actors
from communique.kit import text as texts
from communique.records import Actor
from communique.web.inbox import bar, times
from communique.web.inbox.access import Visitor, action, page, told
from communique.web.ledger import models, organisations
from communique.web.ledger.organisations import OrganisationError
from communique.web.ledger.people import Role

HERE = "/desk/organisations/"
SHOWN = 50  # of those that were found
LONGEST = 300  # characters of one field
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One organisation in the list."""

    id: str
    address: str
    name: str
    kind: str
    country: str  # "" where it is not known
    acronyms: str
    years: str  # "1921–1991"; "" where nothing is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the page of all organisations needs."""

    query: str
    rows: tuple[Found, ...]
    total: str
    kinds: tuple[str, ...]
    may_change: bool
    is_wrong: bool  # the query found nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the page of one organisation needs."""

    actor: Actor
    names: str  # one a line, "fr: Nom"
    acronyms: str
    founded: str  # as people write it; "" where it is not known
    ended: str  # likewise
    parent: Found | None
    successor: Found | None
    parts: tuple[Found, ...]
    is_own: bool  # it stands in the desk's own registry
    may_change: bool
    kinds: tuple[str, ...]


@page(Role.READER)
def shelf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show who is found by a name, an acronym or an id; without a query, how many are known."""
    known = actors.of(visitor.workspace.registry)
    query = texts.collapsed(request.GET.get("q", ""))[:LONGEST]
    rows = tuple(_found(actor) for actor in known.search(query)[:SHOWN])
    made = Shelf(
        query=query, rows=rows, total=f"{len(known):,}", kinds=registry.KINDS, may_change=visitor.may(Role.EDITOR),
        is_wrong=bool(query and not rows),
    )  # fmt: skip
    return bar.shown(request, "desk/organisations.html", made, visitor=visitor, here="Organisations")


@page(Role.READER)
def one(request: HttpRequest, visitor: Visitor, id_: str) -> HttpResponse:
    """Show one organisation, and the forms that change it."""
    known = actors.of(visitor.workspace.registry)
    actor = known.actor(id_)
    if actor is None:
        return _nobody(request, id_)
    made = Sheet(
        actor=actor,
        names="\n".join(f"{language}: {name}" if language else name for name, language in actor.names),
        acronyms=" ".join(actor.acronyms),
        founded=times.dated(actor.founded or ""),
        ended=times.dated(actor.ended or ""),
        parent=_linked(known, actor.parent),
        successor=_linked(known, actor.successor),
        parts=tuple(_found(other) for other in known.actors() if other.parent == actor.id)[:SHOWN],
        is_own=organisations.is_own(visitor.workspace, actor.id),
        may_change=visitor.may(Role.EDITOR),
        kinds=registry.KINDS,
    )
    return bar.shown(request, "desk/organisation.html", made, visitor=visitor, here="Organisations")


@action(Role.EDITOR)
def add(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Enter a new organisation into the desk's own registry."""
    id_ = texts.collapsed(request.POST.get("id", ""))[:80].lower()
    known = actors.of(visitor.workspace.registry)
    if not _ID.fullmatch(id_) or known.actor(id_):
        messages.warning(request, _wrong_id(id_, is_taken=bool(known.actor(id_))))
        return HttpResponseRedirect(HERE)
    actor = _given(request, Actor(id=id_, name="", kind="other", country=None))
    return _entered(request, visitor, "add organisation", actor)


@action(Role.EDITOR)
def change(request: HttpRequest, visitor: Visitor, id_: str) -> HttpResponse:
    """Correct the facts of an organisation; a shipped one is overridden in the desk's own registry."""
    actor = actors.of(visitor.workspace.registry).actor(id_)
    if actor is None:
        return _nobody(request, id_)
    return _entered(request, visitor, "change organisation", _given(request, actor))


@action(Role.EDITOR)
def rename(request: HttpRequest, visitor: Visitor, id_: str) -> HttpResponse:
    """Give an organisation a new name from a day on; the old one is still understood."""
    actor = actors.of(visitor.workspace.registry).actor(id_)
    if actor is None:
        return _nobody(request, id_)
    try:
        on = _day(request.POST.get("on", "")) or visitor.now.date()
        new = organisations.renamed(actor, texts.collapsed(request.POST.get("name", ""))[:LONGEST], on)
    except OrganisationError as error:
        return _refused(request, visitor, id_, error)
    return _entered(request, visitor, "rename organisation", new)


@action(Role.EDITOR)
def merge(request: HttpRequest, visitor: Visitor, id_: str) -> HttpResponse:
    """Let one organisation become part of another, on a day or as two lines that were one body."""
    known = actors.of(visitor.workspace.registry)
    actor, into = known.actor(id_), known.resolve(texts.collapsed(request.POST.get("into", "")))
    if actor is None:
        return _nobody(request, id_)
    if into is None:
        error = OrganisationError("Give the id or the full name of the other organisation, as the search shows it")
        return _refused(request, visitor, id_, error)
    try:
        changed = organisations.merged(actor, into, _day(request.POST.get("on", "")))
    except OrganisationError as error:
        return _refused(request, visitor, id_, error)
    return _entered(request, visitor, "merge organisation", *changed)


def _entered(request: HttpRequest, visitor: Visitor, what: str, *changed: Actor) -> HttpResponse:
    try:
        touched = organisations.enter(visitor.workspace, *changed)
    except OrganisationError as error:
        return _refused(request, visitor, changed[0].id, error)
    models.Audit.objects.create(at=visitor.now, by=visitor.user, action=what, detail={"organisation": changed[0].id})
    messages.success(request, f"{changed[-1].name} is in the registry of the desk{_again(touched)}.")
    return HttpResponseRedirect(f"{HERE}{changed[-1].id}/")


def _again(touched: int) -> str:
    if touched == 1:
        return "; 1 document that names it is coded again"
    return f"; {touched:,} documents that name it are coded again" if touched else ""


def _refused(request: HttpRequest, visitor: Visitor, id_: str, error: OrganisationError) -> HttpResponse:
    messages.warning(request, f"{error}. Nothing was changed.")
    known = actors.of(visitor.workspace.registry).actor(id_)
    return HttpResponseRedirect(f"{HERE}{id_}/" if known else HERE)


def _nobody(request: HttpRequest, id_: str) -> HttpResponse:
    sentence = f"No organisation has the id {id_[:80]}; look it up by its name."
    return told(request, "Not in the registry", sentence, status=404, back=HERE)


def _wrong_id(id_: str, *, is_taken: bool) -> str:
    if is_taken:
        return f"The id {id_} is taken; open that organisation and change it, or choose another id."
    return f"The id {id_!r} can't be: small letters, digits and hyphens are expected, as no-harbour-union."


def _given(request: HttpRequest, actor: Actor) -> Actor:
    """Read the form of an organisation; what it leaves out stays as it was."""
    field = {name: texts.collapsed(request.POST.get(name, ""))[:LONGEST] for name in _FIELDS}
    lines = request.POST.get("names", "").splitlines()[:50]
    return replace(
        actor, name=field["name"] or actor.name, kind=field["kind"] or actor.kind,
        country=field["country"].upper() or None, names=tuple(_named(line) for line in lines if line.strip()),
        acronyms=tuple(field["acronyms"].split()), parent=field["parent"] or None, successor=field["successor"] or None,
        site=field["site"] or None, founded=field["founded"] or None, ended=field["ended"] or None,
        source=field["source"] or actor.source,
    )  # fmt: skip


_FIELDS = ("name", "kind", "country", "acronyms", "parent", "successor", "site", "founded", "ended", "source")
_NAMED = re.compile(r"\s*(?:([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\s*:\s*)?(.+)")


def _named(line: str) -> tuple[str, str | None]:
    found = _NAMED.fullmatch(texts.collapsed(line)[:LONGEST])
    return (found[2], found[1]) if found else (texts.collapsed(line)[:LONGEST], None)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given.strip()) if given.strip() else None
    except ValueError as error:
        raise OrganisationError(f"The day {given[:20]!r} can't be read; give it as 2026-05-01") from error


def _linked(known: registry.Registry, id_: str | None) -> Found | None:
    actor = known.actor(id_) if id_ else None
    return _found(actor) if actor else None


def _found(actor: Actor) -> Found:
    years = f"{actor.founded or ''}–{actor.ended or ''}" if actor.founded or actor.ended else ""
    return Found(
        id=actor.id, address=f"{HERE}{actor.id}/", name=actor.name, kind=actor.kind, country=actor.country or "",
        acronyms=" ".join(actor.acronyms), years=years,
    )  # fmt: skip
