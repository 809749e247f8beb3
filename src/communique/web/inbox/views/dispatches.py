"""What has been published, and what is done with it: held, corrected, updated, replaced, withdrawn, pinned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from communique.kit import text as texts
from communique.records import Dispatch, Finding
from communique.web import newsroom
from communique.web.inbox import bar, differences, drafts, group, times, words
from communique.web.inbox.access import Visitor, action, page, told
from communique.web.inbox.differences import Piece
from communique.web.inbox.group import Done
from communique.web.ledger import drafting, models, publication
from communique.web.ledger.people import Role
from communique.web.ledger.publication import Act, AlreadyMoved

PAGE = 50
STAGES = {
    "published": "Published", "held": "Held", "withdrawn": "Withdrawn", "replaced": "Replaced",
    "scheduled": "Scheduled", "draft": "Drafts",
}  # fmt: skip
_EMPTY = {
    "published": "Nothing is published yet. Draft a statement of the inbox and publish it.",
    "held": "Nothing is held: all that was published stands.",
    "withdrawn": "Nothing was withdrawn.",
    "replaced": "No dispatch was replaced by another.",
    "scheduled": "Nothing waits for its time. A draft goes out later by “Publish later”.",
    "draft": "No draft waits. A statement of the inbox becomes one, and an import taken over as drafts.",
}
OPERATIONS = {"hold": publication.hold, "release": publication.release, "withdraw": publication.withdraw}
REWORDINGS = {"correct": publication.correct, "update": publication.update}
_SAID = {
    "hold": "Held", "release": "Released", "withdraw": "Withdrawn", "correct": "Corrected", "update": "Updated",
}  # fmt: skip
_BY_STAGE = {
    "published": ("correct", "update", "hold", "replace", "withdraw"),
    "held": ("release", "correct", "replace", "withdraw"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A dispatch in a list."""

    address: str
    number: int | None  # None: a draft
    text: str
    language: str
    direction: str
    stage: str
    is_pinned: bool
    at: datetime | None  # when it was published or is to be; None: the original has no date, or it is a draft
    is_corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """All that the page of a list of dispatches needs."""

    stage: str
    stages: tuple[tuple[str, str, str], ...]  # (stage, name, "page" where it is this one)
    rows: tuple[Row, ...]
    older: str | None
    empty: str  # what a list without a dispatch says


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A correction with what it changed."""

    operation: str
    at: datetime
    reason: str
    who: str
    pieces: tuple[Piece, ...]  # empty where the wording stayed
    number: int  # among the dispatch's corrections, oldest first, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that the page of one dispatch needs."""

    name: str  # in its address: the number, or the import's key of a draft
    number: int | None
    version: int
    text: str
    typed: str  # words of the form, where they differ from `text`
    language: str
    direction: str
    told: Dispatch
    public: str | None  # address on the wire
    statement: str | None  # address at the desk
    changed: str  # what is to be looked at since; "" for nothing
    changes: tuple[Changed, ...]
    history: tuple[Done, ...]
    operations: tuple[str, ...]  # that this visitor may do now
    may_pin: bool
    may_publish: bool
    zone: str  # in which a time is given
    scheduled_at: datetime | None  # None: not scheduled
    findings: tuple[Finding, ...]


@page(Role.READER)
def shelf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the dispatches of one stage, newest first."""
    asked = request.GET.get("stage", "published")
    stage = asked if asked in STAGES else "published"
    rows = models.Dispatch.objects.filter(stage=stage).prefetch_related("corrections").select_related("statement")
    found = list(_before(rows, request.GET.get("before", "")).order_by("-number", "-id")[: PAGE + 1])
    more = f"/desk/published/?stage={stage}&before={_name(found[PAGE - 1])}" if len(found) > PAGE else None
    made = Shelf(
        stage=stage, rows=tuple(map(_row, found[:PAGE])),
        stages=tuple((key, name, "page" if key == stage else "") for key, name in STAGES.items()),
        older=more, empty=_EMPTY[stage],
    )  # fmt: skip
    return bar.shown(request, "desk/published.html", made, visitor=visitor, here="Published")


@page(Role.READER)
def dispatch(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show one dispatch with all that happened to it."""
    row = _named(name)
    return _shown(request, visitor, row, typed=_words_before(request, row)) if row else _missing(request)


def _words_before(request: HttpRequest, row: models.Dispatch) -> str:
    """Yield the wording before a correction, to take it up again; "" where none is asked for."""
    asked = request.GET.get("before", "")
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    rows = row.corrections.all()[place - 1 : place] if place else ()
    return next((one.before or "" for one in rows), "")


@action(Role.EDITOR)
def operate(request: HttpRequest, visitor: Visitor, name: str, operation: str) -> HttpResponse:
    """Hold, release or withdraw a dispatch, with the reason that readers will see."""
    row, reason = _named(name), _reason(request)
    if row is None:
        return _missing(request)
    if not reason:
        return _without_reason(request, visitor, row, operation)
    return _answer(request, OPERATIONS[operation](_act(request, visitor, row), reason), _SAID[operation], name)


@action(Role.EDITOR)
def reword(request: HttpRequest, visitor: Visitor, name: str, operation: str) -> HttpResponse:
    """Correct or update the wording; blocking findings need a reason of their own, which is logged."""
    row, reason = _named(name), _reason(request)
    wording = texts.collapsed(request.POST.get("text", ""))[:5000]
    if row is None:
        return _missing(request)
    if not reason or not wording or wording == row.text:
        messages.warning(request, "Nothing was changed: change the words and give the reason, which readers will see.")
        return _shown(request, visitor, row, typed=wording, status=409)
    found = _findings(visitor, row, wording)
    override = request.POST.get("override", "").strip()[:500]
    if any(one.blocks for one in found) and not override:
        messages.warning(
            request, "Nothing was changed: the documents do not carry what is marked. Mend it, or override it."
        )
        return _shown(request, visitor, row, typed=wording, findings=found, status=409)
    done = REWORDINGS[operation](_act(request, visitor, row), wording, reason)
    if not isinstance(done, AlreadyMoved):
        _after_correction(visitor, done, override)
    return _answer(request, done, _SAID[operation], name)


@action(Role.EDITOR)
def replace(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Let another dispatch, named by its number, take this one's place."""
    row, reason = _named(name), _reason(request)
    if row is None:
        return _missing(request)
    if not reason:
        return _without_reason(request, visitor, row, "replace")
    given = request.POST.get("by", "").strip()
    other = _named(given) if given.isascii() and given.isdigit() else None
    if other is None:
        messages.warning(request, "Nothing was done: give the number of the dispatch that takes its place.")
        return _shown(request, visitor, row, status=409)
    done = publication.replace_by(_act(request, visitor, row), other, reason)
    return _answer(request, done, f"Replaced by number {other.number}", name)


@action(Role.EDITOR)
def pin(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Pin a dispatch to the top of the front page, or take it from there."""
    row = _named(name)
    if row is None:
        return _missing(request)
    is_pinned = request.POST.get("pinned") == "yes"
    done = publication.pin(_act(request, visitor, row), is_pinned=is_pinned)
    return _answer(request, done, "Pinned" if is_pinned else "No longer pinned", name)


@action(Role.EDITOR)
def publish(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Publish an imported draft, with its words as they are typed."""
    row = _named(name)
    if row is None:
        return _missing(request)
    wording = texts.collapsed(request.POST.get("text", ""))[:5000] or row.text
    saved = drafts.save(visitor, row, version=_act(request, visitor, row).version, text=wording)
    if isinstance(saved, AlreadyMoved):
        return _answer(request, saved, "", name)
    done = drafts.publish(visitor, saved, reason=_reason(request))
    if isinstance(done, tuple):
        return _shown(request, visitor, saved, findings=done, status=409)
    said = "" if isinstance(done, AlreadyMoved) else f"Published as number {done.number}"
    return _answer(request, done, said, name if isinstance(done, AlreadyMoved) else str(done.number))


@action(Role.EDITOR)
def time(request: HttpRequest, visitor: Visitor, name: str, what: str) -> HttpResponse:
    """Let an imported draft be published at a time, or no longer."""
    row = _named(name)
    if row is None:
        return _missing(request)
    act = _act(request, visitor, row)
    if what == "unschedule":
        return _answer(request, publication.unschedule(act), "A draft again", name, seen="")
    at = times.instant(request.POST.get("at", ""), zone=visitor.zone, now=visitor.now)
    wording = texts.collapsed(request.POST.get("text", ""))[:5000] or row.text
    saved = drafts.save(visitor, row, version=act.version, text=wording)
    if isinstance(saved, AlreadyMoved) or isinstance(at, str):
        outcome = AlreadyMoved(detail=at) if isinstance(at, str) else saved
        return _answer(request, outcome, "", name)
    done = drafts.schedule(visitor, saved, at=at, reason=_reason(request))
    if isinstance(done, tuple):
        return _shown(request, visitor, saved, findings=done, status=409)
    return _answer(request, done, f"Goes out on {times.told(at, visitor.zone)}", name, seen="")


def _before(rows: QuerySet[models.Dispatch], name: str) -> QuerySet[models.Dispatch]:
    """Yield the rows below the one of that name. Drafts have no number yet, so they stand in order of their making."""
    last = _named(name) or models.Dispatch.objects.filter(number__isnull=True, statement__key=name).last()
    if last is None:
        return rows
    return rows.filter(number__lt=last.number) if last.number else rows.filter(number__isnull=True, pk__lt=last.pk)


def _name(row: models.Dispatch) -> str:
    own = row.statement.key if row.statement else row.import_key
    return str(row.number or own)


def _row(row: models.Dispatch) -> Row:
    return Row(
        address=_address(row), number=row.number, text=row.text, language=row.language,
        direction=words.direction(row.language), stage=row.stage, is_pinned=row.pinned,
        at=row.scheduled_at or row.published_at,
        is_corrected=any(one.operation == "correct" for one in row.corrections.all()),
    )  # fmt: skip


def _address(row: models.Dispatch) -> str:
    if row.number is None and row.statement is not None:
        return f"/desk/statements/{row.statement.key}/#draft"
    return f"/desk/dispatches/{row.number or row.import_key}/"


def _named(name: str) -> models.Dispatch | None:
    """Yield a dispatch by its number, or an imported draft by its import's key."""
    rows = publication.whole(models.Dispatch.objects.select_related("statement"))
    if name.isascii() and name.isdigit():
        return rows.filter(number=int(name)).first() if len(name) < 10 else None
    return rows.filter(import_key=name).first()


def _shown(
    request: HttpRequest, visitor: Visitor, row: models.Dispatch, *, typed: str = "",
    findings: tuple[Finding, ...] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    editor = visitor.may(Role.EDITOR)
    made = Shown(
        name=str(row.number or row.import_key), number=row.number, version=row.version, text=row.text,
        typed=typed or row.text, language=row.language, direction=words.direction(row.language),
        told=publication.record(row), public=f"/d/{row.number}/{row.slug}/" if row.number else None,
        statement=f"/desk/statements/{row.statement.key}/" if row.statement else None,
        changed=words.changed(row.statement.needs_review if row.statement else None), changes=_changes(row),
        history=tuple(map(group.done, models.Audit.objects.filter(dispatch=row).select_related("by")[:50])),
        operations=_BY_STAGE.get(row.stage, ()) if editor else (), may_pin=editor and row.stage == "published",
        may_publish=editor and row.stage in ("draft", "scheduled"), findings=findings, zone=visitor.zone.key,
        scheduled_at=row.scheduled_at,
    )  # fmt: skip
    return bar.shown(request, "desk/dispatch.html", made, visitor=visitor, here="Published", status=status)


def _changes(row: models.Dispatch) -> tuple[Changed, ...]:
    """Yield the corrections, newest first, each with the wording before and the one that came of it."""
    made, after = [], row.text
    for number, one in reversed(list(enumerate(row.corrections.select_related("by"), 1))):
        compared = differences.pieces(one.before, after) if one.before is not None else ()
        who = one.by.username if one.by else "by import"
        made.append(
            Changed(operation=one.operation, at=one.at, reason=one.reason, who=who, pieces=compared, number=number)
        )
        after = one.before if one.before is not None else after
    return tuple(made)


def _findings(visitor: Visitor, row: models.Dispatch, wording: str) -> tuple[Finding, ...]:
    return drafting.findings(wording, row.statement, visitor.workspace) if row.statement else ()


def _after_correction(visitor: Visitor, row: models.Dispatch, override: str) -> None:
    """Note an override; what changed in the documents has been answered by the correction."""
    if row.statement is not None:
        models.Statement.objects.filter(pk=row.statement.pk).update(needs_review=None)
    if override:
        models.Audit.objects.create(
            at=visitor.now, by=visitor.user, action="override", dispatch=row, statement=row.statement,
            detail={"reason": override},
        )  # fmt: skip


def _act(request: HttpRequest, visitor: Visitor, row: models.Dispatch) -> Act:
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
    return Act(dispatch=row.pk, version=version, by=visitor.user, at=visitor.now)


def _reason(request: HttpRequest) -> str:
    return texts.collapsed(request.POST.get("reason", ""))[:500]


def _without_reason(request: HttpRequest, visitor: Visitor, row: models.Dispatch, operation: str) -> HttpResponse:
    messages.warning(request, f"Nothing was done: to {operation} it, give the reason, which readers will see.")
    return _shown(request, visitor, row, status=409)


def _answer(
    request: HttpRequest, done: models.Dispatch | AlreadyMoved, said: str, name: str, *,
    seen: str = "Readers see it within moments.",
) -> HttpResponse:  # fmt: skip
    if isinstance(done, AlreadyMoved):
        messages.warning(request, done.detail[:1].upper() + done.detail[1:] + ".")
    else:
        newsroom.written.set()
        messages.success(request, f"{said}. {seen}".strip())
    return HttpResponseRedirect(f"/desk/dispatches/{name}/")


def _missing(request: HttpRequest) -> HttpResponse:
    return told(request, "Not here", "There is no such dispatch at this desk; Published has all.", status=404)
